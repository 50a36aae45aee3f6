import { dayBefore } from '../time/clock.js';
import { isPending, kindOf } from '../reference/account-kinds.js';
import { type Entry } from './entries.js';

/** The accounting period 会计期间 of a day: its calendar month, `YYYY-MM`. */
export const periodOf = (day: string): string => day.slice(0, 7);

/** The fiscal year of a day or a period: its calendar year. */
export const yearOf = (day: string): string => day.slice(0, 4);

/** The period behind one: `2026-01` behind `2025-12`. */
export function periodAfter(period: string): string {
  const month = Number.parseInt(period.slice(5), 10);
  if (month < 12) return `${yearOf(period)}-${String(month + 1).padStart(2, '0')}`;
  return `${Number.parseInt(yearOf(period), 10) + 1}-01`;
}

/** The last day of a period. */
export const lastDayOf = (period: string): string => dayBefore(`${periodAfter(period)}-01`);

export const PERIOD_CLOSE_KIND = 'period-close';
export const PERIOD_REOPENING_KIND = 'period-reopening';
export const YEAR_CLOSE_KIND = 'year-close';

const CLOSING_KINDS: readonly string[] = [PERIOD_CLOSE_KIND, PERIOD_REOPENING_KIND, YEAR_CLOSE_KIND];

/** Whether events of a kind close a period or a year, or open a period again. */
export const isClosing = (kind: string): boolean => CLOSING_KINDS.includes(kind);

/**
 * Whether an entry carries income or expenditure to the fund balance 结转: no statement of what came and went has it.
 * The income that a year's close makes of what was pending (4601, 4602) came, and is no such entry.
 */
export function isCarried(kind: string, { account, credit: credited }: Entry): boolean {
  if (!isClosing(kind) || isPending(account)) return false;
  return kindOf(account) !== 'income' || credited === undefined;
}
