import { bookStream } from '../../src/kinds/kind.js';
import { type Text } from '../../src/errors.js';
import { type Fund } from '../../src/reference/adopted.js';
import { AccountFilter } from '../audit-trail/account.js';
import { type Opening, readOpening } from '../audit-trail/openings.js';
import { beginReading, type Reading } from '../audit-trail/reading.js';
import { type Turnover } from '../fund-balance/lines.js';
import { minus, plus, turnoverOfAll, UNMOVED } from '../fund-balance/turnover.js';
import { intervalOf } from '../asking/interval.js';
import { type Asking } from '../asking/question.js';
import { type AccountLedgerParameters } from './parameters.js';
import { read, type Running, type SumLine } from './running.js';

const NAME = 'account-ledger';
const DEFAULT_ACCOUNT = 'fiscal-account';
/** How many vouchers a page has unless said otherwise. */
export const DEFAULT_LIMIT = '50';

/** A ledger on its way: what it is of, and how far it has come. */
export interface Turning {
  readonly reading: Reading;
  readonly account: AccountFilter;
  readonly book: { readonly fund: Fund; readonly unit: Text };
  readonly asked: Readonly<Record<string, string | undefined>>;
  readonly from: string;
  readonly to: string;
  readonly isDaily: boolean;
  readonly running: Running;
  /** What the book opened with, where it did so in the days of the ledger or behind the beginning of their year. */
  readonly opening: Opening | undefined;
  /** What stands above the first voucher. */
  readonly first: SumLine;
}

/**
 * @throws LedgerError invalid, where a parameter leads nowhere; unavailable, where the read tables are not there yet
 */
export async function begin(asking: Asking, parameters: AccountLedgerParameters): Promise<Turning> {
  const { form, limit: _, ...more } = parameters;
  const { ever } = asking.reference;
  const fund = parameters.fund ?? ever.funds.all[0]!.key;
  const unit = parameters.unit ?? ever.units.all.find(({ parent }) => parent === undefined)!.code;
  const list = `${NAME} ${form ?? ''}`;
  const asked = { ...more, fund, unit, account: parameters.account ?? DEFAULT_ACCOUNT };
  const reading = await beginReading(asking, asked, list);
  const isDaily = form === 'day-book';
  const account = isDaily ? new AccountFilter(asked.account, ever.chart, true) : reading.filter.account!;
  const { until } = reading.stretch;
  const carried = reading.carried && read(reading.carried);
  const { from, to } = carried ?? intervalOf(parameters, asking.today);
  const stream = bookStream(fund, unit);
  const opening = await readOpening(asking, stream, `${from.slice(0, 4)}-01-01`, until);
  const running = carried?.running ?? (await startOf(asking, account, stream, { from, to, until }, opening));
  return {
    reading: {
      ...reading,
      stretch: { ...reading.stretch, from, to },
      filter: { account, numbered: true, ...(opening && { but: opening.positions }) },
    },
    account,
    book: { fund: ever.funds.find(fund)!, unit: ever.unitName(unit) },
    asked: { ...reading.filters, list },
    from,
    to,
    isDaily,
    running,
    opening,
    first: carried ? broughtForward('brought-forward', running) : firstLine(running, from, to, opening),
  };
}

/** The sums of a ledger at the beginning of its first day. An opening is a balance of before, whatever its day. */
async function startOf(
  asking: Asking,
  account: AccountFilter,
  book: string,
  { from, to, until }: { readonly from: string; readonly to: string; readonly until: number },
  opening: Opening | undefined,
): Promise<Running> {
  const starts = [`${from.slice(0, 4)}-01-01`, `${from.slice(0, 7)}-01`, from];
  const sums = await account.turnoversBefore(asking, book, starts, until);
  const opened = turnoverOfAll((opening?.entries ?? []).filter((entry) => account.matches(entry)));
  // What the book opened with is in the sums of the days behind its first; it is put before all of them.
  const [year, month, now] = sums.map((sum, index) =>
    opening && starts[index]! <= opening.day && opening.day <= to ? plus(sum, opened) : sum,
  ) as [Turnover, Turnover, Turnover];
  return {
    day: from,
    listed: '',
    balance: now.debit - now.credit,
    ofDay: UNMOVED,
    ofMonth: minus(now, month),
    ofYear: minus(now, year),
  };
}

export const broughtForward = (line: SumLine['line'], { day, ofYear, balance }: Running): SumLine => ({
  line,
  date: day,
  moved: ofYear,
  balance,
});

function firstLine({ balance }: Running, from: string, to: string, opening: Opening | undefined): SumLine {
  const opened = opening && from <= opening.day && opening.day <= to ? opening.day : undefined;
  const isYear = opened === undefined && from.endsWith('-01-01');
  return { line: isYear ? 'from-last-year' : 'opening', date: opened ?? from, balance };
}
