import { halfWidth } from '../text/digits.ts';

const SPELLINGS = [
  /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
  /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
  /^(\d{4})\.(\d{1,2})\.(\d{1,2})$/,
  /^(\d{4})(\d{2})(\d{2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/,
];

const two = (part: string): string => part.padStart(2, '0');
const DAY_MS = 86_400_000;
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/**
 * A day as people write it, `2025-05-12`, `2025/5/12`, `20250512`, `2025年5月12日`, in half or full width, as
 * `YYYY-MM-DD`; undefined where it is no day.
 */
export function readDay(typed: string): string | undefined {
  const plain = halfWidth(typed).trim().replace(/\s+/g, '');
  for (const spelling of SPELLINGS) {
    const found = spelling.exec(plain);
    if (!found) continue;
    const day = `${found[1]}-${two(found[2]!)}-${two(found[3]!)}`;
    const ms = at(day);
    // What is no day of the calendar, the 31st of April, would be another one.
    return !Number.isNaN(ms) && dayAt(ms) === day ? day : undefined;
  }
  return undefined;
}

/**
 * The last day of a month as people write it, `2025-05`, `202505`, `2025年5月`, or a day as it is; undefined where it is
 * neither.
 */
export function readMonth(typed: string): string | undefined {
  const plain = halfWidth(typed).trim().replace(/\s+/g, '');
  const [, year, month] = /^(\d{4})[-/.年]?(\d{1,2})月?$/.exec(plain) ?? [];
  const first = year && month ? readDay(`${year}-${month}-1`) : undefined;
  return first === undefined ? readDay(typed) : lastDayOf(first.slice(0, 7));
}

export interface Days {
  readonly from: string;
  readonly to: string;
}

export const lastDayOf = (month: string): string => {
  const [year, number] = month.split('-').map((part) => Number.parseInt(part, 10)) as [number, number];
  return dayAt(Date.UTC(year, number, 0));
};

/** A month `YYYY-MM` some months later, or earlier. */
export function monthAfter(month: string, months: number): string {
  const [year, number] = month.split('-').map((part) => Number.parseInt(part, 10)) as [number, number];
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

/** How many whole months the days are; 0 where they are none. */
function wholeMonths({ from, to }: Days): number {
  if (!from.endsWith('-01') || to !== lastDayOf(to.slice(0, 7))) return 0;
  const month = (day: string): number =>
    Number.parseInt(day.slice(0, 4), 10) * 12 + Number.parseInt(day.slice(5, 7), 10);
  return month(to) - month(from) + 1;
}

/** The period before (-1) or behind (1): as many whole months, or as many days. */
export function shiftDays(days: Days, by: 1 | -1): Days {
  const months = wholeMonths(days);
  if (months > 0)
    return {
      from: `${monthAfter(days.from.slice(0, 7), by * months)}-01`,
      to: lastDayOf(monthAfter(days.to.slice(0, 7), by * months)),
    };
  const length = at(days.to) - at(days.from) + DAY_MS;
  return { from: dayAt(at(days.from) + by * length), to: dayAt(at(days.to) + by * length) };
}

/**
 * The period that has a day in it, of the kind that some days are: as many whole months, a year to a month's end, or
 * else a month.
 */
export function periodWith(days: Days, day: string): Days {
  const end = lastDayOf(day.slice(0, 7));
  if (wholeMonths(days) === 0) {
    const first = days.from.endsWith('-01-01') ? `${day.slice(0, 4)}-01-01` : `${day.slice(0, 7)}-01`;
    return { from: first, to: end };
  }
  const by = day < days.from ? -1 : 1;
  let found = days;
  while (day < found.from || day > found.to) found = shiftDays(found, by);
  return found;
}
