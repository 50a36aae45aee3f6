import { type ReadTables, tableName } from '../following/read-tables.js';
import { fundBalance, MOVEMENTS, WHOLE } from './projection.js';

/** The first and the last business day of any voucher. */
export interface VoucherDays {
  readonly first: string;
  readonly last: string;
}

/** The first and the last business day on which any of these books has a voucher, as recorded by now, if one has. */
export function voucherDays(tables: ReadTables, streams: readonly string[]): VoucherDays | undefined {
  const dayIn = (end: 'min' | 'max'): string =>
    `(SELECT ${end}(span) FROM "${tableName(fundBalance, MOVEMENTS)}"
      WHERE stream = book.value AND size = ${WHOLE} AND block = 0 AND span < 'M')`;
  const [row] = tables.rows<VoucherDays | { readonly first: null; readonly last: null }>(
    `SELECT min(${dayIn('min')}) AS first, max(${dayIn('max')}) AS last FROM json_each(?) AS book`,
    JSON.stringify(streams),
  );
  return row === undefined || row.first === null ? undefined : row;
}
