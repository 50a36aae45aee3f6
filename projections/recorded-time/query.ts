import { endOfDayInShanghai, isDay } from '../../src/clock.js';
import { LedgerError, text } from '../../src/errors.js';
import { type ReadTables } from '../read-tables.js';
import { recordedTime } from './projection.js';

/**
 * How a moment of recording may be written: a day in Asia/Shanghai, an instant with a zone, or a position of the log.
 */
export const RECORDED_AS_OF_PATTERN =
  '^([0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]{5,12}(Z|[+-][0-9]{2}:[0-9]{2}))?|[0-9]{1,15})$';

/**
 * The last position recorded by a moment: the end of a day in Asia/Shanghai, an instant, or a position itself.
 * Undefined asks for everything there is and gives `now`, the position the answer shows; nothing goes beyond it.
 */
export function positionAsOf(tables: ReadTables, recordedAsOf: string | undefined, now: number): number {
  if (recordedAsOf === undefined) return now;
  if (/^[0-9]{1,15}$/.test(recordedAsOf)) return Math.min(Number.parseInt(recordedAsOf, 10), now);
  const instant = isDay(recordedAsOf) ? endOfDayInShanghai(recordedAsOf) : Date.parse(recordedAsOf);
  if (Number.isNaN(instant)) {
    throw new LedgerError('invalid', 'recorded-as-of', text('入账时点不存在', 'no such moment of recording'), [
      {
        pointer: 'recordedAsOf',
        code: 'recorded-as-of',
        expected: text('日期、带时区的时刻或位置', 'a day, an instant with a zone, or a position'),
        got: recordedAsOf,
      },
    ]);
  }
  const table = `instant_v${recordedTime.version}`;
  const [row] = tables.rows<{ position: number | null }>(
    `SELECT position FROM ${table} WHERE recorded_at <= ? ORDER BY recorded_at DESC LIMIT 1`,
    instant,
  );
  return Math.min(row?.position ?? 0, now);
}
