import { type Turnover } from '../fund-balance/lines.js';
import { type ReadTables, tableName } from '../following/read-tables.js';
import { DIRECT, netAssets, TAKEN_BACK } from './projection.js';

/** What vouchers of one kind that post to net assets moved on one ledger line, over some books, in fen. */
export interface DirectMovement extends Turnover {
  readonly kind: string;
  readonly line: string;
}

/** What of it counts: some books, business days behind one up to another, and nothing recorded after a position. */
export interface DirectScope {
  readonly streams: readonly string[];
  readonly after: string;
  readonly to: string;
  readonly position: number;
}

/** What moved net assets directly: once on its own day, and once less on the day on which it was taken back. */
export function readDirect(tables: ReadTables, { streams, after, to, position }: DirectScope): DirectMovement[] {
  const rows = tables.rows<Record<keyof DirectMovement, string>>(
    `WITH asked(position, after, last) AS (VALUES (?, ?, ?)), seen AS (
       SELECT one.kind, line, debit, credit,
         (one.business_day > after) - coalesce(back.business_day > after, FALSE) AS times
       FROM asked CROSS JOIN json_each(?) AS wanted
       JOIN "${tableName(netAssets, DIRECT)}" AS one ON one.stream = wanted.value
       LEFT JOIN "${tableName(netAssets, TAKEN_BACK)}" AS back
         ON back.taken_back = one.id AND back.position <= asked.position AND back.business_day <= last
       WHERE one.position <= asked.position AND one.business_day <= last
     )
     SELECT kind, line, exact_sum(debit * times) AS debit, exact_sum(credit * times) AS credit
     FROM seen WHERE times <> 0 GROUP BY kind, line ORDER BY kind, line`,
    position,
    after,
    to,
    JSON.stringify(streams),
  );
  return rows.map(({ kind, line, debit, credit }) => ({ kind, line, debit: BigInt(debit), credit: BigInt(credit) }));
}
