import { PERIOD_REOPENING_KIND, YEAR_CLOSE_KIND } from '../../src/books/periods.js';
import { type ReadTables, tableName } from '../following/read-tables.js';
import { BEGINNINGS, CLOSES, periods } from './projection.js';

/** How far one book is closed. */
export interface ClosedBook {
  readonly stream: string;
  /** The last day that is closed, and the revision of the close that did so. */
  readonly day: string;
  readonly revision: number;
  /** The last day of the last year that is closed; undefined where none is. */
  readonly yearDay: string | undefined;
  /** The closes that stand, the oldest first. */
  readonly closes: readonly Close[];
}

/** A close of a period or a year that stands. */
export interface Close {
  readonly revision: number;
  readonly day: string;
  readonly kind: string;
  readonly maker: string;
  readonly reviewer: string;
}

/** The books there are, as recorded by a position, each with the business day of its first voucher. */
export function begunBooks(tables: ReadTables, position: number): ReadonlyMap<string, string> {
  const rows = tables.rows<{ stream: string; day: string }>(
    `SELECT stream, business_day AS day FROM "${tableName(periods, BEGINNINGS)}" WHERE position <= ?`,
    position,
  );
  return new Map(rows.map(({ stream, day }) => [stream, day]));
}

/** The books of which anything is closed, as recorded by a position, in the order of their streams. */
export function closedBooks(tables: ReadTables, position: number): ClosedBook[] {
  const rows = tables.rows<Close & { readonly stream: string }>(
    `SELECT stream, revision, business_day AS day, kind, maker, reviewer FROM "${tableName(periods, CLOSES)}"
     WHERE position <= ? ORDER BY stream, revision`,
    position,
  );
  return [...Map.groupBy(rows, ({ stream }) => stream)].flatMap(([stream, closes]) => {
    const standing: typeof rows = [];
    for (const close of closes) {
      if (close.kind === PERIOD_REOPENING_KIND) standing.pop();
      else standing.push(close);
    }
    const last = standing.at(-1);
    const year = standing.findLast(({ kind }) => kind === YEAR_CLOSE_KIND);
    return last ? [{ stream, day: last.day, revision: last.revision, yearDay: year?.day, closes: standing }] : [];
  });
}

/** The book that is closed the furthest, of all; undefined where nothing is closed. */
export const furthestClosed = (tables: ReadTables): ClosedBook | undefined =>
  closedBooks(tables, Number.MAX_SAFE_INTEGER).reduce<ClosedBook | undefined>(
    (furthest, book) => (furthest && furthest.day >= book.day ? furthest : book),
    undefined,
  );
