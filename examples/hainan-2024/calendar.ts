/** The months of 2024 by their number, and how many days each has: a leap year. */
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
export const MONTHS: readonly number[] = DAYS_IN_MONTH.map((_, index) => index + 1);
/** Public holidays of 2024 on weekdays (国办发明电〔2023〕7号). */
const HOLIDAYS = new Set(
  (
    '01-01 02-12 02-13 02-14 02-15 02-16 04-04 04-05 05-01 05-02 05-03 06-10 09-16 09-17 ' +
    '10-01 10-02 10-03 10-04 10-07'
  ).split(' '),
);

/** The day of the openings, which is no business day. */
export const FIRST_DAY = '2024-01-01';
export const LAST_DAY = '2024-12-31';

/** The first business day on or after a day of a month; the last of the month, where none is left. */
export function workday(month: number, dayOfMonth: number): string {
  const days = workdaysOf(month);
  return dateOf(month, days.find((day) => day >= dayOfMonth) ?? days.at(-1)!);
}

export const monthEnd = (month: number): string => dateOf(month, DAYS_IN_MONTH[month - 1]!);

function workdaysOf(month: number): number[] {
  const before = DAYS_IN_MONTH.slice(0, month - 1).reduce((sum, days) => sum + days, 0);
  const days = Array.from({ length: DAYS_IN_MONTH[month - 1]! }, (_, index) => index + 1);
  // 1 January 2024 was a Monday.
  const isWeekday = (day: number): boolean => (before + day - 1) % 7 < 5;
  return days.filter((day) => isWeekday(day) && !HOLIDAYS.has(dateOf(month, day).slice(5)));
}

const dateOf = (month: number, day: number): string => `2024-${twoDigits(month)}-${twoDigits(day)}`;
const twoDigits = (value: number): string => String(value).padStart(2, '0');
