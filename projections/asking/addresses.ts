import { type Shown } from './interval.js';

/** What is asked, by the names of parameters; what is undefined or null is not asked. */
type Asked = Readonly<Record<string, string | null | undefined>>;

/**
 * The address of a question, e.g. `/v1/audit-trail?fund=resident&from=2025-01-01`: where a figure comes from. What may
 * stand in a query as it is stays legible.
 */
export function addressOf(route: string, asked: Asked): string {
  const said = Object.entries(asked).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  if (said.length === 0) return `/v1/${route}`;
  const query = new URLSearchParams(said).toString();
  return `/v1/${route}?${query.replaceAll('%2F', '/').replaceAll('%40', '@').replaceAll('%3A', ':')}`;
}

/** The address of one event of the log, with all that is known of it: a voucher, a memo. */
export const voucherAt = (id: string): string => `/v1/vouchers/${id}`;

/** The address of the event at a position of the log, as it is stored. */
export const eventAt = (position: number): string => addressOf('events', { after: String(position - 1), limit: '1' });

/** The address of all events of a stream. */
export const streamAt = (stream: string): string => addressOf('events', { stream });

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
