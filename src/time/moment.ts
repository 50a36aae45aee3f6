import { inAscii, MOST_WRITTEN, readDay } from './clock.js';

/** A moment of recording: a day in Asia/Shanghai, an instant, or a position of the log. */
export type Moment =
  | { readonly form: 'day'; readonly day: string }
  | { readonly form: 'instant'; readonly instantMs: number }
  | { readonly form: 'position'; readonly position: number };

/**
 * The moment that a text names, undefined where it names none that exists, or more than one:
 * - a day as `readDay` knows it;
 * - an instant: a day, `T` or a blank, hours and minutes, seconds and their parts if wanted, and a zone. Without a zone
 *   it is the time of Asia/Shanghai, as days are: China has one. A zone's plus may have become a blank on its way
 *   through an address;
 * - a position of the log: digits. Eight of them that begin with a year are a day, or nothing; the position of the same
 *   digits is `position:20260531`.
 */
export function readMoment(written: string): Moment | undefined {
  if (written.length > MOST_WRITTEN) return undefined;
  const day = readDay(written);
  if (day !== undefined) return { form: 'day', day };
  const text = inAscii(written);
  const position = readPosition(NAMED_POSITION.exec(text)?.[1] ?? (MAY_BE_DAY.test(text) ? '' : text));
  return position === undefined ? readInstant(text) : { form: 'position', position };
}

/** A moment in the form in which it is answered; reading it gives the moment again. */
export function momentText(moment: Moment): string {
  if (moment.form === 'day') return moment.day;
  if (moment.form === 'instant') return new Date(moment.instantMs).toISOString();
  const digits = String(moment.position);
  return MAY_BE_DAY.test(digits) ? `position:${digits}` : digits;
}

/** The position of the log that digits name; undefined where they name none. */
export function readPosition(written: string): number | undefined {
  return /^(0|[1-9][0-9]{0,14})$/.test(written) ? Number(written) : undefined;
}

const NAMED_POSITION = /^(?:position|位置) ?:? ?([0-9]+)$/i;
const MAY_BE_DAY = /^(19|2[01])[0-9]{6}$/;

const TIME = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?`;
const ZONE = String.raw`(?: ?([Zz])| ?([-+])(\d{2})(?::?(\d{2}))?| (\d{2}):(\d{2}))?`;
/** A day, a time of it with minutes, and a zone. */
const INSTANT = new RegExp(`^(.+?)(?:[Tt ] *|(?<=[日号]))${TIME}${ZONE}$`);

const SHANGHAI_MINUTES = 480;
/** The zones of the earth lie between twelve hours behind and fourteen before UTC. */
const MOST_ZONE_MINUTES = 840;

function readInstant(text: string): Moment | undefined {
  const match = INSTANT.exec(text);
  const day = match ? readDay(match[1]!) : undefined;
  if (!match || day === undefined) return undefined;
  const [hours, minutes, seconds] = [match[2], match[3], match[4] ?? 0].map(Number) as [number, number, number];
  const zone = zoneMinutes(match);
  if (hours > 23 || minutes > 59 || seconds > 59 || zone === undefined) return undefined;
  const milliseconds = Number((match[5] ?? '').padEnd(3, '0').slice(0, 3));
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const instantMs = Date.UTC(year, month - 1, date, hours, minutes - zone, seconds, milliseconds);
  return { form: 'instant', instantMs };
}

/** How far a zone lies before UTC; undefined where there is none like it. */
function zoneMinutes([, , , , , , utc, sign, hours, minutes, plusHours, plusMinutes]: RegExpExecArray) {
  if (utc !== undefined) return 0;
  const [zoneHours, rest] = [Number(hours ?? plusHours), Number(minutes ?? plusMinutes ?? 0)];
  if (Number.isNaN(zoneHours)) return SHANGHAI_MINUTES;
  const size = zoneHours * 60 + rest;
  return rest > 59 || size > MOST_ZONE_MINUTES ? undefined : sign === '-' ? -size : size;
}
