import { lastDayOf, periodAfter, periodOf, yearOf } from '../../src/books/periods.js';
import { type Text, text } from '../../src/errors.js';
import { dayBefore } from '../../src/time/clock.js';
import { type BookParameters } from '../asking/book-parameters.js';
import { type Interval, intervalOf } from '../asking/interval.js';
import { type VoucherDays } from '../fund-balance/voucher-days.js';
import { daysBetween } from '../registers/ages.js';
import { yearEarlier } from '../statements/parameters.js';

/** Which days an overview shows, and why these. */
export interface ShownPeriod {
  readonly interval: Interval;
  /** Whether nobody asked for its last day. */
  readonly isDefault: boolean;
  /** Why it ends where it does, where nobody asked for that. */
  readonly says: Text | null;
}

/** So near its end a month has a voucher that is complete: a ledger in use is never without one for longer. */
const LAST_DAYS = 7;

/**
 * The days of an overview. Where nobody says which is the last, that is today; or, where the ledger has ended long
 * before, the end of its last complete month, so that a ledger of past years is not shown as if nothing had come or
 * gone, and a month of which there is only a part is not compared with a whole one.
 * @param known the first and the last business day on which anything is recorded, if there is any
 */
export function periodShown(parameters: BookParameters, today: string, known: VoucherDays | undefined): ShownPeriod {
  const isDefault = parameters.to === undefined && parameters.asOf === undefined;
  const end = known && isLongBefore(today, known.last) ? endOf(known) : today;
  const isBehind = isDefault && end < today && (parameters.from === undefined || parameters.from <= end);
  const interval = intervalOf(isBehind ? { from: parameters.from, to: end } : parameters, today);
  if (!isDefault) return { interval, isDefault, says: null };
  const { from, to } = interval;
  if (!isBehind) return { interval, isDefault, says: text(`${from} 至今天 ${to}`, `${from} to today, ${to}`) };
  return {
    interval,
    isDefault,
    says: text(
      `${from} 至 ${to}：账上最后一个完整的月份；最后一张凭证的业务日期是 ${known!.last}，今天是 ${today}`,
      `${from} to ${to}, the last complete month there is: the last voucher is of ${known!.last}, today is ${today}`,
    ),
  };
}

/** Whether a day is of neither the month of today nor the one before, or of another year. */
const isLongBefore = (today: string, last: string): boolean =>
  yearOf(last) < yearOf(today) || periodOf(last) < periodOf(dayBefore(`${periodOf(today)}-01`));

/** The end of the last complete month; the last day there is, where none is complete. */
function endOf({ first, last }: VoucherDays): string {
  const end = lastDayOf(periodOf(last));
  if (daysBetween(last, end) < LAST_DAYS) return end;
  const before = dayBefore(`${periodOf(last)}-01`);
  return before < first ? last : before;
}

/** What a period is compared with. */
export interface Compared {
  readonly kind: 'month-before' | 'year-before';
  readonly name: Text;
  readonly interval: Interval;
}

/** A month, or a part of it from its first day, is compared with the month before, else with a year earlier. */
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
