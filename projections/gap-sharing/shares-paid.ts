import { type Fen } from '../../src/money.js';
import { type ReadTables, tableName } from '../following/read-tables.js';
import { GAP_SHARES, gapSharing, TAKEN_BACK } from './projection.js';

/** What came to a book of the gap of one year, in fen. */
export interface PaidShares {
  /** In the year itself, up to the day asked about: it is no income that made the gap smaller. */
  readonly inYear: Fen;
  /** By now, whenever it came. */
  readonly all: Fen;
  /** The ids of the vouchers that brought it. */
  readonly vouchers: readonly string[];
}

/** What was paid of the gaps of a year, by `fund unit`, as recorded by a position. */
export function readPaidShares(
  tables: ReadTables,
  { year, day, position }: { readonly year: string; readonly day: string; readonly position: number },
): ReadonlyMap<string, PaidShares> {
  const rows = tables.rows<{ book: string; inYear: string | null; paid: string | null; vouchers: string | null }>(
    `SELECT fund || ' ' || unit AS book,
       exact_sum(amount) FILTER (WHERE one.day <= ? AND one.day LIKE ? AND coalesce(back.day > ?, TRUE)) AS inYear,
       exact_sum(amount) FILTER (WHERE back.day IS NULL) AS paid,
       group_concat(id, ' ' ORDER BY one.position) FILTER (WHERE back.day IS NULL) AS vouchers
     FROM "${tableName(gapSharing, GAP_SHARES)}" AS one
     LEFT JOIN "${tableName(gapSharing, TAKEN_BACK)}" AS back ON back.taken_back = one.id AND back.position <= ?
     WHERE gap_year = ? AND one.position <= ? GROUP BY fund, unit`,
    day,
    `${year}-%`,
    day,
    position,
    year,
    position,
  );
  return new Map(
    rows.map(({ book, inYear, paid, vouchers }) => [
      book,
      { inYear: BigInt(inYear ?? '0'), all: BigInt(paid ?? '0'), vouchers: vouchers?.split(' ') ?? [] },
    ]),
  );
}
