import { type Screen, SCREENS } from '../../web/src/screens/screens.js';
import { post, type RunningService } from '../service.js';
import { HOSTILE, hostileFile } from './hostile.js';
import { DAYS } from './year-ledger.js';

const IN_DECEMBER = new URLSearchParams(DAYS).toString();
/** A book, and the month in which it is seen. */
export const BOOK = `fund=employee&unit=460100&${IN_DECEMBER}`;

/** The address of a screen of the navigation, in the month that all have something in. */
export const addressOf = ({ path, takes }: Screen): string =>
  takes.includes('from') ? `${path}?${IN_DECEMBER}` : path;

/** What one comes to from the screens: other forms of the same, other units of money, and one thing by itself. */
const BEYOND = [
  `/?${IN_DECEMBER}&charts=table`,
  '/?fund=employee&from=2024-01-01&to=2024-12-31&unitOfMoney=yuan',
  `/trial-balance?${BOOK}&level=3&zeros=show&compareWith=previous&unitOfMoney=wan`,
  `/trial-balance?fund=employee&unit=460000&scope=consolidated&${IN_DECEMBER}&unitOfMoney=yi`,
  '/balance-sheet?fund=employee&unit=460100&to=2024-12-31&unitOfMoney=wan',
  '/income-expenditure?fund=employee&unit=460000&scope=consolidated&to=2024-12-31&form=yearly&unitOfMoney=yi',
  `/net-assets?fund=employee&unit=460100&${IN_DECEMBER}&unitOfMoney=yuan`,
  `/account-ledger?${BOOK}&account=fiscal-account&form=day-book`,
  '/journal?fund=employee&unit=460100&from=2024-01-01&to=2024-12-31&recordedAsOf=2000',
  '/difference?fund=employee&unit=460100&asOf=2024-12-31&againstAsOf=2024-11-30',
  `/registers?fund=employee&register=in-transit&${IN_DECEMBER}`,
  '/search?q=460100',
  '/events?stream=book-employee-460100',
  '/vouchers/book-employee-460100-101',
  '/vouchers/book-employee-460100-110',
  '/vouchers/reference-0',
  '/imports/{import}',
  '/jobs/{verify}',
  '/jobs/{export}',
];

/** Every place of the console, by its address; a thing that was made for the tests stands in braces. */
export const PLACES: readonly string[] = [...SCREENS.map(addressOf), ...BEYOND];

/** What was made, by the name that it has in an address. */
export type Made = Readonly<Record<'import' | 'verify' | 'export', string>>;

/** An address with the ids of what was made. */
export const placeIn = (address: string, made: Made): string =>
  address.replace(/\{(import|verify|export)\}/, (_, name: keyof Made) => made[name]);

/** Sends a file of others, and does a job of each kind that has something to show. */
export async function makeThings(service: RunningService): Promise<Made> {
  const file = new FormData();
  file.set('file', new Blob([hostileFile()], { type: 'text/csv' }), `${HOSTILE}.csv`);
  const sent = await fetch(`${service.address}/v1/imports`, { method: 'POST', body: file });
  const begin = (body: object) => post(service, '/v1/jobs', body, undefined);
  const jobs = [
    await begin({ kind: 'verify' }),
    await begin({ kind: 'export', request: `/v1/journal?${BOOK}&format=csv` }),
  ];
  const ids = [sent.headers.get('location')!, ...jobs.map(({ headers }) => headers.get('location')!)];
  for (const id of ids) await untilEnded(`${service.address}${id}`);
  const [imported, verified, exported] = ids.map((id) => id.slice(id.lastIndexOf('/') + 1));
  return { import: imported!, verify: verified!, export: exported! };
}

async function untilEnded(address: string): Promise<void> {
  for (;;) {
    const { status } = (await (await fetch(address)).json()) as { status: string };
    if (status === 'done') return;
    if (!['queued', 'running', 'paused'].includes(status)) throw new Error(`${address}: ${status}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
