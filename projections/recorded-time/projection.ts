import { effectiveTime } from '../../src/time/effective-time.js';
import { type FirstTable, type Projection } from '../projection.js';

/** Rows are of a millisecond, and of the minute and the day around it: what is later than a time is found in few. */
export const MILLISECOND = 1;
export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** In place of a millisecond: an event counts then by the server's time of writing it, and not by its own stamp. */
export const BY_SERVER = 0;

/** The beginning of the minute or the day in which a time lies. */
export const startOf = (span: number, timeMs: number): number => timeMs - (timeMs % span);

/**
 * By the time at which an event counts as recorded: the position of the event before the first of that time, which is
 * the last one that was recorded earlier as far as this time goes. An instant is the least of these positions over
 * every later time, wherever in the log the later times stand.
 */
export const INSTANTS: FirstTable = {
  form: 'firsts',
  name: 'instant',
  key: { span: 'INTEGER', start: 'INTEGER' },
  values: { before: 'INTEGER' },
  within: ([, time]) => [MINUTE, DAY].map((span) => [span, startOf(span, time as number)]),
};

/** When which position was reached, for the recorded-time axis. */
export const recordedTime: Projection = {
  name: 'recorded-time',
  version: 2,
  tables: [INSTANTS],
  apply: ({ recordedAtMs, storedAtMs, previous }, rows) => {
    const timeMs = effectiveTime(recordedAtMs, storedAtMs);
    rows.keep(INSTANTS, [MILLISECOND, recordedAtMs], [previous]);
    if (timeMs > recordedAtMs) rows.keep(INSTANTS, [BY_SERVER, timeMs], [previous]);
  },
};
