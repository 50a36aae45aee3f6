/** Milliseconds since 1970-01-01 UTC. An argument everywhere; only `main.ts` and `cli.ts` pass the real one. */
export type Clock = () => number;

/** China has one time zone without daylight saving since 1991: UTC+8. The recorded day is the day there. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

const DAY_MS = 86_400_000;
let lastDay = { number: 0, text: '1970-01-01' };

/** The calendar day in Asia/Shanghai at an instant, as `YYYY-MM-DD`. Mostly it is the day that was asked for last. */
export function dayInShanghai(instantMs: number): string {
  const number = Math.floor((instantMs + SHANGHAI_OFFSET_MS) / DAY_MS);
  if (number !== lastDay.number) lastDay = { number, text: new Date(number * DAY_MS).toISOString().slice(0, 10) };
  return lastDay.text;
}

/** The last millisecond of a calendar day in Asia/Shanghai. */
export function endOfDayInShanghai(day: string): number {
  return Date.parse(`${day}T00:00:00.000Z`) - SHANGHAI_OFFSET_MS + DAY_MS - 1;
}

let lastFound = '';

/** True for a calendar day that exists, written `YYYY-MM-DD`, from 1900 to 2199. Lines of a day follow each other. */
export function isDay(value: string): boolean {
  if (value === lastFound) return true;
  if (!exists(value)) return false;
  lastFound = value;
  return true;
}

function exists(value: string): boolean {
  if (!/^(19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}$/.test(value)) return false;
  const [year, month, day] = [value.slice(0, 4), value.slice(5, 7), value.slice(8, 10)].map((part) =>
    parseInt(part, 10),
  );
  const days = [31, isLeap(year!) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month! - 1];
  return days !== undefined && day! >= 1 && day! <= days;
}

/** A day as people write it, in ASCII; the separators are the same on both sides. */
const WRITTEN_DAY = /^(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2})| ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号])$/;

/**
 * The calendar day that a text names, as `YYYY-MM-DD`: `2026-05-31`, `2026/5/31`, `2026.5.31`, `20260531`,
 * `2026年5月31日`, also in full-width characters and with blanks around it. Undefined where it names none that exists, or
 * could mean another: the year comes first and has four digits.
 */
export function readDay(written: string): string | undefined {
  if (written.length > MOST_WRITTEN) return undefined;
  const [, year, , ...parts] = WRITTEN_DAY.exec(inAscii(written)) ?? [];
  if (year === undefined) return undefined;
  const day = [year, ...parts.filter((part) => part !== undefined).map((part) => part.padStart(2, '0'))].join('-');
  return isDay(day) ? day : undefined;
}

/** Nobody writes a day or an instant in more characters. */
export const MOST_WRITTEN = 64;

/** Full-width characters in their usual width, every dash a hyphen, every blank a space, and none around. */
export function inAscii(written: string): string {
  const narrow = written.replaceAll(/[！-～]/g, (wide) => String.fromCodePoint(wide.codePointAt(0)! - 0xfee0));
  return narrow
    .replaceAll(/[\u2010-\u2013\u2212]/g, '-')
    .replaceAll(/\s/g, ' ')
    .trim();
}

/** The calendar day before a day. */
export const dayBefore = (day: string): string => shifted(day, -DAY_MS);

/** The calendar day after a day. */
export const dayAfter = (day: string): string => shifted(day, DAY_MS);

const shifted = (day: string, ms: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + ms).toISOString().slice(0, 10);

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
