import { dayInShanghai, endOfDayInShanghai } from '../../src/time/clock.js';
import { LedgerError, type Text, text } from '../../src/errors.js';
import { type EventStore, isStoreUnreachable } from '../../src/event-store/event-store.js';
import { isStoreRefused } from '../../src/event-store/store-refusal.js';
import { FINAL_AFTER_MS } from '../../src/time/effective-time.js';
import { type Moment, momentText, readMoment } from '../../src/time/moment.js';
import { isOverWithin } from '../../src/time/within.js';
import { type Asking } from '../asking/question.js';
import { type ReadTables } from '../following/read-tables.js';
import { BY_SERVER, DAY, MILLISECOND, MINUTE, recordedTime, startOf } from './projection.js';

/**
 * The moment a question asks about, once the read tables show it; undefined where it asks for all there is. Today is a
 * moment that has been reached: it takes in everything so far.
 * @param pointer the parameter that names it
 * @throws LedgerError invalid, where the log has no such moment; unavailable, where the read tables are not there yet
 */
export async function momentOf(
  { tables, store, today, waitFor }: Asking,
  written: string | undefined,
  pointer = 'recordedAsOf',
): Promise<Moment | undefined> {
  if (written === undefined) return undefined;
  const moment = readMoment(written);
  if (!moment) throw noSuchMoment(pointer, written, text('日期、时刻或位置', 'a day, an instant or a position'));
  if (moment.form === 'position') {
    if (moment.position > tables.checkpoint(recordedTime).position) await demandHead(store, moment, pointer);
    await waitFor(moment.position);
    return moment;
  }
  const latest = latestDay(tables, today);
  if (dayInShanghai(untilOf(moment)) <= latest) return moment;
  throw noSuchMoment(pointer, momentText(moment), text(`不晚于 ${latest}`, `no later than ${latest}`));
}

/**
 * The last position recorded by a moment, for an answer that shows the log up to `now`: nothing goes beyond it.
 * A position counts as recorded at the latest time of any event up to it, since several writers do not stand in the
 * order of their clocks: what an instant shows is a beginning of the log, the same on every node.
 */
export function positionAsOf(tables: ReadTables, moment: Moment | undefined, now: number): number {
  if (!moment) return now;
  if (moment.form === 'position') return Math.min(moment.position, now);
  return Math.min(lastBefore(tables, untilOf(moment)) ?? now, now);
}

/**
 * Whether what a moment shows can no longer change; null where none is named. A position is exact. A day or an instant
 * is final once anything counts as recorded later, or once it is so old that nothing to come can count as earlier:
 * by the server's clock, which puts its own time on what comes late, and by this machine's.
 * @param position what the answer shows
 */
export async function isFinal(
  { tables, store, clock }: Asking,
  written: string | undefined,
  position: number,
): Promise<boolean | null> {
  const moment = written === undefined ? undefined : readMoment(written);
  if (!moment) return null;
  if (moment.form === 'position') return true;
  const untilMs = untilOf(moment);
  const last = lastBefore(tables, untilMs);
  if (last !== undefined) return last === position;
  if (untilMs >= clock() - FINAL_AFTER_MS) return false;
  // Whatever is at the end of a server's log says how late it is there.
  if (store.serverTime && !isPast(store, untilMs)) await readHead(store);
  if (store.serverTime && !isPast(store, untilMs)) return false;
  // Read after it was known to be too late for anything else to come into it.
  return position === (await readHead(store));
}

/** So long a server is waited for that need not be asked for the answer itself. */
const HEAD_WITHIN_MS = 1_000;

/** The end of the log; undefined where the server does not say: then nobody knows whether anything was added. */
async function readHead(store: EventStore): Promise<number | undefined> {
  const asked = store.head();
  try {
    return (await isOverWithin(asked, HEAD_WITHIN_MS)) ? await asked : undefined;
  } catch (error) {
    if (isStoreUnreachable(error) || isStoreRefused(error)) return undefined;
    throw error;
  }
}

const isPast = ({ serverTime }: EventStore, untilMs: number): boolean =>
  untilMs < (serverTime?.now()?.earliestMs ?? -Infinity) - FINAL_AFTER_MS;

/** The position before the first event that counts as recorded later than a time; undefined where none does. */
function lastBefore(tables: ReadTables, untilMs: number): number | undefined {
  const minutes = startOf(MINUTE, untilMs) + MINUTE;
  const days = startOf(DAY, untilMs) + DAY;
  // The rest of the minute in milliseconds, the rest of the day in minutes, and then days.
  const stretches = [
    [MILLISECOND, untilMs + 1, minutes],
    [BY_SERVER, untilMs + 1, minutes],
    [MINUTE, minutes, days],
    [DAY, days, Number.MAX_SAFE_INTEGER],
  ];
  const first = `SELECT min(before) AS before FROM ${table()} WHERE span = ? AND start >= ? AND start < ?`;
  const [row] = tables.rows<{ before: number | null }>(
    `SELECT min(before) AS before FROM (${stretches.map(() => first).join(' UNION ALL ')})`,
    ...stretches.flat(),
  );
  return row?.before ?? undefined;
}

const table = (): string => `instant_v${recordedTime.version}`;

/** The last millisecond that belongs to a day or an instant. */
const untilOf = (moment: Exclude<Moment, { form: 'position' }>): number =>
  moment.form === 'day' ? endOfDayInShanghai(moment.day) : moment.instantMs;

/** Today, or the last day on which anything was recorded: a clock that ran ahead may have recorded later than today. */
function latestDay(tables: ReadTables, today: string): string {
  const instantMs = lastInstant(tables);
  const recorded = instantMs === undefined ? today : dayInShanghai(instantMs);
  return recorded > today ? recorded : today;
}

/** The latest time at which anything counts as recorded. */
function lastInstant(tables: ReadTables): number | undefined {
  const last = [lastStamp(tables), latest(tables, BY_SERVER)].filter((time) => time !== undefined);
  return last.length === 0 ? undefined : Math.max(...last);
}

/** The latest stamp of any event that the read tables know; undefined where there is none. */
export const lastStamp = (tables: ReadTables): number | undefined => latest(tables, MILLISECOND);

function latest(tables: ReadTables, span: number): number | undefined {
  const sql = `SELECT start FROM ${table()} WHERE span = ? ORDER BY start DESC LIMIT 1`;
  return tables.rows<{ start: number }>(sql, span)[0]?.start;
}

async function demandHead(
  store: EventStore,
  moment: { readonly form: 'position'; readonly position: number },
  pointer: string,
): Promise<void> {
  const head = await store.head();
  if (moment.position > head)
    throw noSuchMoment(pointer, momentText(moment), text(`至多 ${head}，即日志末尾`, `at most ${head}, the log's end`));
}

function noSuchMoment(pointer: string, got: string, expected: Text): LedgerError {
  const message = text('日志中没有这个时点', 'the log has no such moment');
  return new LedgerError('invalid', 'recorded-as-of', message, [{ pointer, code: 'recorded-as-of', expected, got }]);
}
