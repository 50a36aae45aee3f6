import { type Sums, type TransferIdentity, type TransferPair } from '../../src/books/transfers.js';
import { type Interval } from '../interval.js';
import { type ReadTables, tableName } from '../read-tables.js';
import { provincialConsolidation, TRANSFER_REVERSALS, TRANSFERS } from './projection.js';

/** A transfer as it stands at the end of an interval: vouchers that were reversed by then are away. */
export interface OpenTransfer extends TransferIdentity, Sums {
  /** The business days of the first sending and of the last receipt. */
  readonly sentOn: string | null;
  readonly receivedOn: string | null;
  /** How many vouchers sent it, and how many received it. */
  readonly sendings: number;
  readonly receipts: number;
}

/** What one unit sent another in the interval, and what that one received from it; a reversal counts in red. */
export interface UnitFlow extends TransferPair, Sums {}

/** What is looked at: some funds, an interval of business days, and nothing recorded after a position. */
export interface Scope {
  readonly funds: readonly string[];
  readonly interval: Pick<Interval, 'from' | 'to'>;
  readonly position: number;
}

/**
 * The one matching of all views: every side of a transfer that is seen, whether it stands at the end, and how often it
 * counts in the interval, which is once on its own day and once less on the day on which it was taken back.
 */
const SEEN = `
WITH asked(position, first, last) AS (VALUES (?, ?, ?)), seen AS (
  SELECT wanted.key AS place, one.fund, direction, sender, receiver, transfer, side, one.day, amount,
    back.day IS NULL AS stands, (one.day >= first) - coalesce(back.day >= first, FALSE) AS times
  FROM asked CROSS JOIN json_each(?) AS wanted
  JOIN "${tableName(provincialConsolidation, TRANSFERS)}" AS one ON one.fund = wanted.value
  LEFT JOIN "${tableName(provincialConsolidation, TRANSFER_REVERSALS)}" AS back
    ON back.fund = one.fund AND back.unit = one.unit AND back.revision = one.revision
    AND back.position <= asked.position AND back.day <= last
  WHERE one.position <= asked.position AND one.day <= last
)`;

/** The transfers whose sides differ at the end: what is in transit, and what was received and not sent. */
export function openTransfers(tables: ReadTables, scope: Scope): OpenTransfer[] {
  return read<OpenTransfer>(
    tables,
    scope,
    `SELECT fund, direction, sender, receiver, transfer AS transferId,
       min(day) FILTER (WHERE side = 'sent') AS sentOn, max(day) FILTER (WHERE side = 'received') AS receivedOn,
       count(*) FILTER (WHERE side = 'sent') AS sendings, count(*) FILTER (WHERE side = 'received') AS receipts,
       exact_sum(amount) FILTER (WHERE side = 'sent') AS sent,
       exact_sum(amount) FILTER (WHERE side = 'received') AS received
     FROM seen WHERE stands GROUP BY fund, direction, sender, receiver, transfer HAVING sent <> received
     ORDER BY place, sentOn, transfer, direction, sender, receiver`,
  );
}

/** The flows between units, in order of fund, direction and units. */
export function unitFlows(tables: ReadTables, scope: Scope): UnitFlow[] {
  return read<UnitFlow>(
    tables,
    scope,
    `SELECT fund, direction, sender, receiver,
       exact_sum(amount * times) FILTER (WHERE side = 'sent') AS sent,
       exact_sum(amount * times) FILTER (WHERE side = 'received') AS received
     FROM seen WHERE times <> 0 GROUP BY fund, direction, sender, receiver HAVING sent <> '0' OR received <> '0'
     ORDER BY place, direction, sender, receiver`,
  );
}

function read<T extends Sums>(tables: ReadTables, { funds, interval, position }: Scope, select: string): T[] {
  type Row = Omit<T, keyof Sums> & Readonly<Record<keyof Sums, string>>;
  const { from, to } = interval;
  return tables
    .rows<Row>(`${SEEN} ${select}`, position, from, to, JSON.stringify(funds))
    .map((row) => ({ ...row, sent: BigInt(row.sent), received: BigInt(row.received) }) as unknown as T);
}
