import { type Fen } from '../../src/money.js';
import { type Interval } from '../interval.js';
import { type ReadTables, tableName } from '../read-tables.js';
import { type Direction, provincialConsolidation, TRANSFER_REVERSALS, TRANSFERS } from './projection.js';

/** A transfer of which one side has more than the other. */
export interface OpenTransfer {
  readonly fund: string;
  readonly transfer: string;
  readonly direction: Direction;
  readonly sender: string | null;
  readonly receiver: string | null;
  /** The business days of the first sending and of the last receipt. */
  readonly sentOn: string | null;
  readonly receivedOn: string | null;
  readonly sent: Fen;
  readonly received: Fen;
}

/**
 * What a transfer with unequal sides is. In transit: more was sent than received, the money is on its way. Received and
 * not sent: the receiver has recorded it and the sender not, or not all of it, as in the middle of an import.
 */
export type TransferState = 'in-transit' | 'received-not-sent';

export const stateOf = ({ sent, received }: Pick<OpenTransfer, 'sent' | 'received'>): TransferState =>
  sent > received ? 'in-transit' : 'received-not-sent';

/** What one unit sent another in the interval, and what that one received from it. */
export interface UnitFlow {
  readonly fund: string;
  readonly direction: Direction;
  readonly sender: string | null;
  readonly receiver: string | null;
  readonly sent: Fen;
  readonly received: Fen;
}

/** Sums come as text: they may be larger than 64 bits. */
type Summed<T> = Omit<T, 'sent' | 'received'> & { readonly sent: string; readonly received: string };
const fen = ({ sent, received }: { sent: string; received: string }) => ({
  sent: BigInt(sent),
  received: BigInt(received),
});

/** Each side of each transfer, and in red what took it back; nothing after the position and the last day. */
const FLOWS = `
WITH flow AS (
  SELECT fund, unit, side, transfer, direction, counterpart, day, position, amount
  FROM "${tableName(provincialConsolidation, TRANSFERS)}"
  UNION ALL
  SELECT fund, unit, side, transfer, direction, counterpart, back.day, back.position, back.amount
  FROM "${tableName(provincialConsolidation, TRANSFER_REVERSALS)}" AS back
  JOIN "${tableName(provincialConsolidation, TRANSFERS)}" USING (fund, unit, revision, side)
), seen AS (
  SELECT flow.*, wanted.key AS place, CASE side WHEN 'sent' THEN unit ELSE counterpart END AS sender,
    CASE side WHEN 'received' THEN unit ELSE counterpart END AS receiver,
    CASE side WHEN 'sent' THEN amount ELSE 0 END AS sent, CASE side WHEN 'received' THEN amount ELSE 0 END AS received
  FROM flow JOIN json_each(?) AS wanted ON wanted.value = fund WHERE position <= ? AND day <= ?
)`;

/** The transfers whose sides differ at the end of a business day, as recorded by a position: what is in transit. */
export function openTransfers(tables: ReadTables, funds: readonly string[], cut: number, to: string): OpenTransfer[] {
  const rows = tables.rows<Summed<OpenTransfer>>(
    `${FLOWS}
     SELECT fund, transfer, min(direction) AS direction,
       coalesce(min(CASE side WHEN 'sent' THEN unit END), min(sender)) AS sender,
       coalesce(min(CASE side WHEN 'received' THEN unit END), min(receiver)) AS receiver,
       min(CASE side WHEN 'sent' THEN day END) AS sentOn, max(CASE side WHEN 'received' THEN day END) AS receivedOn,
       exact_sum(sent) AS sent, exact_sum(received) AS received
     FROM seen GROUP BY fund, transfer HAVING exact_sum(sent) <> exact_sum(received) ORDER BY place, sentOn, transfer`,
    JSON.stringify(funds),
    cut,
    to,
  );
  return rows.map((row) => ({ ...row, ...fen(row) }));
}

/** The flows between units in an interval of business days, as recorded by a position. */
export function unitFlows(
  tables: ReadTables,
  funds: readonly string[],
  cut: number,
  { from, to }: Interval,
): UnitFlow[] {
  const rows = tables.rows<Summed<UnitFlow>>(
    `${FLOWS}
     SELECT fund, direction, sender, receiver, exact_sum(sent) AS sent, exact_sum(received) AS received
     FROM seen WHERE day >= ? GROUP BY fund, direction, sender, receiver
     HAVING exact_sum(sent) <> '0' OR exact_sum(received) <> '0' ORDER BY place, direction, sender, receiver`,
    JSON.stringify(funds),
    cut,
    to,
    from,
  );
  return rows.map((row) => ({ ...row, ...fen(row) }));
}
