import { type Sums, type TransferIdentity, type TransferPair } from '../../src/books/transfers.js';
import { type Fen } from '../../src/money.js';
import { type Interval } from '../asking/interval.js';
import { type ReadTables, tableName } from '../following/read-tables.js';
import { provincialConsolidation, TRANSFER_REVERSALS, TRANSFERS } from './projection.js';

/** A transfer as it stands at the end of an interval: vouchers that were reversed by then are away. */
export interface OpenTransfer extends TransferIdentity, Sums {
  /** The business days of the first sending and of the last receipt. */
  readonly sentOn: string | null;
  readonly receivedOn: string | null;
  /** How many vouchers sent it, and how many received it. */
  readonly sendings: number;
  readonly receipts: number;
  /** The ids of the vouchers that stand, by which it was sent and received. */
  readonly sentBy: readonly string[];
  readonly receivedBy: readonly string[];
  /** The ids of what took a voucher of it back: the pair is open until its other side is taken back too. */
  readonly takenBackBy: readonly string[];
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
 * counts in the interval, which is once on its own day and once less on the day on which it was taken back. What was on
 * its way when the books opened left no book of ours, and counts in no interval.
 */
const SEEN = `
WITH asked(position, first, last) AS (VALUES (?, ?, ?)), seen AS (
  SELECT wanted.key AS place, one.fund, direction, sender, receiver, transfer, side, one.day, amount,
    one.id, one.position, opened, back.day IS NULL AS stands, back.by,
    (NOT opened) * ((one.day >= first) - coalesce(back.day >= first, FALSE)) AS times
  FROM asked CROSS JOIN json_each(?) AS wanted
  JOIN "${tableName(provincialConsolidation, TRANSFERS)}" AS one ON one.fund = wanted.value
  LEFT JOIN "${tableName(provincialConsolidation, TRANSFER_REVERSALS)}" AS back
    ON back.taken_back = one.id AND back.position <= asked.position AND back.day <= last
  WHERE one.position <= asked.position AND one.day <= last
)`;

/** The funds of which any transfer was ever recorded. */
export const fundsWithTransfers = (tables: ReadTables): string[] =>
  tables
    .rows<{ fund: string }>(
      `SELECT DISTINCT fund FROM "${tableName(provincialConsolidation, TRANSFERS)}" ORDER BY fund`,
    )
    .map(({ fund }) => fund);

/** The transfers whose sides differ at the end: what is in transit, and what was received and not sent. */
export function openTransfers(tables: ReadTables, scope: Scope): OpenTransfer[] {
  const rows = read<Omit<OpenTransfer, keyof Ids> & Readonly<Record<keyof Ids, string | null>>>(
    tables,
    scope,
    `SELECT fund, direction, sender, receiver, transfer AS transferId,
       min(day) FILTER (WHERE stands AND side = 'sent') AS sentOn,
       max(day) FILTER (WHERE stands AND side = 'received') AS receivedOn,
       count(*) FILTER (WHERE stands AND side = 'sent') AS sendings,
       count(*) FILTER (WHERE stands AND side = 'received') AS receipts,
       group_concat(id, ' ' ORDER BY position) FILTER (WHERE stands AND side = 'sent') AS sentBy,
       group_concat(id, ' ' ORDER BY position) FILTER (WHERE stands AND side = 'received') AS receivedBy,
       group_concat("by", ' ' ORDER BY position) AS takenBackBy,
       exact_sum(amount) FILTER (WHERE stands AND side = 'sent') AS sent,
       exact_sum(amount) FILTER (WHERE stands AND side = 'received') AS received
     FROM seen GROUP BY fund, direction, sender, receiver, transfer HAVING sent <> received
     ORDER BY place, sentOn, transfer, direction, sender, receiver`,
  );
  const listed = (ids: string | null): string[] => ids?.split(' ') ?? [];
  return rows.map(({ sentBy, receivedBy, takenBackBy, ...row }) => ({
    ...row,
    sentBy: listed(sentBy),
    receivedBy: listed(receivedBy),
    takenBackBy: listed(takenBackBy),
  }));
}

type Ids = Pick<OpenTransfer, 'sentBy' | 'receivedBy' | 'takenBackBy'>;

/** What was on its way between two units when the books opened. */
export interface OpenedTransfer {
  readonly fund: string;
  readonly sender: string | null;
  readonly receiver: string | null;
  readonly amount: Fen;
}

/** What was on its way when the books opened, as far as it is opened by the end of the interval. */
export function openedInTransit(tables: ReadTables, { funds, interval, position }: Scope): OpenedTransfer[] {
  const { from, to } = interval;
  return tables
    .rows<Omit<OpenedTransfer, 'amount'> & { amount: string }>(
      `${SEEN} SELECT fund, sender, receiver, exact_sum(amount) AS amount FROM seen WHERE stands AND opened
       GROUP BY fund, sender, receiver`,
      position,
      from,
      to,
      JSON.stringify(funds),
    )
    .map((row) => ({ ...row, amount: BigInt(row.amount) }));
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
