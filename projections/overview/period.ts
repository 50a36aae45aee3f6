import { lastDayOf, periodAfter, periodOf } from '../../src/books/periods.js';
import { type Text, text } from '../../src/errors.js';
import { dayBefore } from '../../src/time/clock.js';
import { type BookParameters } from '../asking/book-parameters.js';
import { type Interval, intervalOf } from '../asking/interval.js';
import { yearEarlier } from '../statements/parameters.js';

/** Which days an overview shows, and why these. */
export interface ShownPeriod {
  readonly interval: Interval;
  /** Whether nobody asked for its last day. */
  readonly isDefault: boolean;
  /** Why it ends where it does, where nobody asked for that. */
  readonly says: Text | null;
}

/**
 * The days of an overview. Where nobody says which is the last, that is today; or, where nothing has a day in this month
 * yet, the end of the last month in which something has, so that a year that is over, or one that has hardly begun, is
 * not shown as if nothing had come or gone.
 * @param last the last business day on which anything is recorded, if there is any
 */
export function periodShown(parameters: BookParameters, today: string, last: string | undefined): ShownPeriod {
  const isDefault = parameters.to === undefined && parameters.asOf === undefined;
  const end = last === undefined ? today : lastDayOf(periodOf(last));
  const isBehind = isDefault && end < today && (parameters.from === undefined || parameters.from <= end);
  const interval = intervalOf({ ...parameters, ...(isBehind && { to: end }) }, today);
  const until = `${interval.from} 至 ${interval.to}`;
  const untilIn = `${interval.from} to ${interval.to}`;
  if (!isDefault) return { interval, isDefault, says: null };
  if (!isBehind) return { interval, isDefault, says: text(`${until}（截至今天）`, `${untilIn}, up to today`) };
  return {
    interval,
    isDefault,
    says: text(
      `${until}：最后一张凭证的业务日期是 ${last}，今天是 ${today}`,
      `${untilIn}: the last voucher is of ${last}, and today is ${today}`,
    ),
  };
}

/** What a period is compared with. */
export interface Compared {
  readonly kind: 'month-before' | 'year-before';
  readonly name: Text;
  readonly interval: Interval;
}

/** A month, or a part of it from its first day, is compared with the month before; anything else with a year earlier. */
export function comparedWith({ from, to }: Interval): Compared {
  const isOfMonth = from.endsWith('-01') && periodOf(from) === periodOf(to);
  const earlier = isOfMonth ? monthEarlier : yearEarlier;
  const days = { from: earlier(from), to: earlier(to) };
  return {
    kind: isOfMonth ? 'month-before' : 'year-before',
    name: isOfMonth ? text('上月', 'month before') : text('上年同期', 'year before'),
    interval: { ...days, before: dayBefore(days.from) },
  };
}

/** The same day a month earlier; the last of a month, and what that month does not have, is the last of its month. */
function monthEarlier(day: string): string {
  const before = dayBefore(`${periodOf(day)}-01`);
  const same = periodOf(before) + day.slice(7);
  return day === lastDayOf(periodOf(day)) || same > before ? before : same;
}

/** So many months are shown of a period at most: its last. */
export const MOST_MONTHS = 36;

/** The months of a period, each with the day before it and its last day as far as they are in the period. */
export function monthsOf({ from, to, before }: Interval): { month: string; after: string; to: string }[] {
  const months: { month: string; after: string; to: string }[] = [];
  let after = before;
  for (let month = periodOf(from); month <= periodOf(to); month = periodAfter(month)) {
    const end = lastDayOf(month);
    const last = end < to ? end : to;
    months.push({ month, after, to: last });
    after = last;
  }
  return months.slice(-MOST_MONTHS);
}
