import { type ReadTables, tableName } from '../following/read-tables.js';
import { fundBalance, MOVEMENTS, WHOLE } from './projection.js';

/** The last business day on which any of these books has a voucher, as recorded by now; undefined where none has. */
export function lastVoucherDay(tables: ReadTables, streams: readonly string[]): string | undefined {
  const [row] = tables.rows<{ day: string | null }>(
    `SELECT max(day) AS day FROM (
       SELECT (SELECT max(span) FROM "${tableName(fundBalance, MOVEMENTS)}"
         WHERE stream = book.value AND size = ${WHOLE} AND block = 0 AND span < 'M') AS day
       FROM json_each(?) AS book)`,
    JSON.stringify(streams),
  );
  return row?.day ?? undefined;
}
