import { type Shown } from './interval.js';

/** What is asked, by the names of parameters; what is undefined or null is not asked. */
type Asked = Readonly<Record<string, string | null | undefined>>;

/** The address of a question, e.g. `/v1/audit-trail?fund=resident&from=2025-01-01`: where a figure comes from. */
export function addressOf(route: string, asked: Asked): string {
  const said = Object.entries(asked).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return said.length === 0 ? `/v1/${route}` : `/v1/${route}?${new URLSearchParams(said).toString()}`;
}

/** The address of one voucher or memo. */
export const voucherAt = (id: string): string => `/v1/vouchers/${id}`;

/** Vouchers and memos of the days shown, e.g. those of a kind. */
export const trailAt = (asked: Asked, { from, to, recordedAsOf }: Omit<Shown, 'before'>): string =>
  addressOf('audit-trail', { ...asked, from, to, recordedAsOf });

/** Any other question of the same days. */
export const ofDays = (route: string, asked: Asked, { from, to, recordedAsOf }: Omit<Shown, 'before'>): string =>
  addressOf(route, { ...asked, from, to, recordedAsOf });

/** The account of one book in the days shown, or, where no unit is named, the vouchers of all that moved it. */
export const accountAt = (
  fund: string,
  unit: string | undefined,
  account: string,
  shown: Omit<Shown, 'before'>,
): string => ofDays(unit === undefined ? 'audit-trail' : 'account-ledger', { fund, unit, account }, shown);
