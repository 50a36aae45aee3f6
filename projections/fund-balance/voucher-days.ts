import { type ReadTables, tableName } from '../following/read-tables.js';
import { ALL_BLOCKS, fundBalance, MOVEMENTS, WIDE_BLOCK } from './projection.js';

/** The first and the last business day of any voucher. */
export interface VoucherDays {
  readonly first: string;
  readonly last: string;
}

/** The first and the last business day on which any of these books has a voucher, as recorded by now, if one has. */
export function voucherDays(tables: ReadTables, streams: readonly string[]): VoucherDays | undefined {
  // Looked for in each block by itself: the end of one range is found without reading the range.
  const endIn = (end: 'min' | 'max', block: number): string =>
    `SELECT (SELECT ${end}(span) FROM "${tableName(fundBalance, MOVEMENTS)}"
       WHERE stream = book.value AND size = ${WIDE_BLOCK} AND block = ${block} AND span < 'M') AS day
     FROM book`;
  const ends = ALL_BLOCKS.flatMap((block) => [endIn('min', block), endIn('max', block)]);
  const [row] = tables.rows<VoucherDays | { readonly first: null; readonly last: null }>(
    `WITH book AS (SELECT value FROM json_each(?))
     SELECT min(day) AS first, max(day) AS last FROM (${ends.join(' UNION ALL ')})`,
    JSON.stringify(streams),
  );
  return row === undefined || row.first === null ? undefined : row;
}
