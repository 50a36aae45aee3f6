import { dayInShanghai, endOfDayInShanghai } from '../../src/time/clock.js';
import { LedgerError, type Text, text } from '../../src/errors.js';
import { type EventStore } from '../../src/event-store/event-store.js';
import { type Moment, momentText, readMoment } from '../../src/time/moment.js';
import { type Asking } from '../question.js';
import { type ReadTables } from '../read-tables.js';
import { recordedTime } from './projection.js';

/**
 * The moment a question asks about, once the read tables show it; undefined where it asks for all there is. Today is a
 * moment that has been reached: it takes in everything so far.
 * @throws LedgerError invalid, where the log has no such moment; unavailable, where the read tables are not there yet
 */
export async function momentOf(
  { tables, store, today, waitFor }: Asking,
  written: string | undefined,
): Promise<Moment | undefined> {
  if (written === undefined) return undefined;
  const moment = readMoment(written);
  if (!moment) throw noSuchMoment(written, text('日期、时刻或位置', 'a day, an instant or a position'));
  if (moment.form === 'position') {
    if (moment.position > tables.checkpoint(recordedTime).position) await demandHead(store, moment);
    await waitFor(moment.position);
    return moment;
  }
  const latest = latestDay(tables, today);
  if (dayInShanghai(untilOf(moment)) <= latest) return moment;
  throw noSuchMoment(momentText(moment), text(`不晚于 ${latest}`, `no later than ${latest}`));
}

/**
 * The last position recorded by a moment, for an answer that shows the log up to `now`: nothing goes beyond it.
 */
export function positionAsOf(tables: ReadTables, moment: Moment | undefined, now: number): number {
  if (!moment) return now;
  if (moment.form === 'position') return Math.min(moment.position, now);
  const [row] = tables.rows<{ position: number }>(
    `SELECT position FROM ${table()} WHERE recorded_at <= ? ORDER BY recorded_at DESC LIMIT 1`,
    untilOf(moment),
  );
  return Math.min(row?.position ?? 0, now);
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

/** The latest recorded time that the read tables know; undefined where there is none. */
export function lastInstant(tables: ReadTables): number | undefined {
  const [row] = tables.rows<{ latest: number | null }>(`SELECT max(recorded_at) AS latest FROM ${table()}`);
  return row?.latest ?? undefined;
}

async function demandHead(store: EventStore, moment: { readonly form: 'position'; readonly position: number }) {
  const head = await store.head();
  if (moment.position > head)
    throw noSuchMoment(momentText(moment), text(`至多 ${head}，即日志末尾`, `at most ${head}, the log's end`));
}

function noSuchMoment(got: string, expected: Text): LedgerError {
  const message = text('日志中没有这个时点', 'the log has no such moment');
  return new LedgerError('invalid', 'recorded-as-of', message, [
    { pointer: 'recordedAsOf', code: 'recorded-as-of', expected, got },
  ]);
}
