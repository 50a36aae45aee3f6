import { kindOf } from '../../src/reference/account-kinds.js';
import { type Entry } from '../../src/books/entries.js';
import { isClosing } from '../../src/books/periods.js';
import {
  type Direction,
  TRANSFER_OPENING_KIND,
  TRANSFER_OPENINGS,
  transferOf,
  type Side,
} from '../../src/books/transfers.js';
import { eventId } from '../../src/event-store/event-store.js';
import { type Fen, parseFen } from '../../src/money.js';
import { type Projection, type RowTable } from '../projection.js';

/** One side of a transfer between levels, as one book recorded it, or as it was on its way when the books opened. */
export const TRANSFERS: RowTable = {
  form: 'rows',
  name: 'transfer',
  key: { fund: 'TEXT', id: 'TEXT', direction: 'TEXT', side: 'TEXT' },
  values: {
    sender: 'TEXT',
    receiver: 'TEXT',
    transfer: 'TEXT',
    day: 'TEXT',
    position: 'INTEGER',
    amount: 'INTEGER',
    /** 1 where it left no book of ours. */
    opened: 'INTEGER',
  },
};

/**
 * What takes a side of a transfer back, by the id of the voucher that is reversed. A reversal names that voucher and
 * nothing else of the transfer: the two are joined when the question is asked.
 */
export const TRANSFER_REVERSALS: RowTable = {
  form: 'rows',
  name: 'transfer_reversal',
  key: { taken_back: 'TEXT' },
  values: { day: 'TEXT', position: 'INTEGER', by: 'TEXT' },
};

/** The eliminated accounts in their two pairs. What is no longer in both accounts of a pair is in transit. */
export const PAIRS: Readonly<Record<Direction, Readonly<Record<Side, string>>>> = {
  up: { sent: 'expenditure.to-above', received: 'income.from-below' },
  down: { sent: 'expenditure.to-below', received: 'income.from-above' },
};

const BY_ACCOUNT = new Map(
  (['up', 'down'] as const).flatMap((direction) =>
    (['sent', 'received'] as const).map((side) => [PAIRS[direction][side], { direction, side }] as const),
  ),
);

/** What the books of a fund sent each other and received, so that pairs match and the rest is in transit. */
export const provincialConsolidation: Projection = {
  name: 'provincial-consolidation',
  version: 4,
  tables: [TRANSFERS, TRANSFER_REVERSALS],
  apply: ({ stream, revision, position, event }, rows) => {
    const { kind, fund, businessDate, reverses, withdraws, entries = [] } = event;
    const isOpening = kind === TRANSFER_OPENING_KIND || withdraws?.startsWith(TRANSFER_OPENINGS);
    // Nearly every event is of no transfer.
    if (!isOpening && !entries.some(isOfPair)) return;
    const id = eventId(stream, revision);
    const put = (direction: Direction, side: Side, amount: Fen, opened: 0 | 1): void => {
      const { sender, receiver, transferId } = transferOf(event, id, direction, side);
      const values = [sender, receiver, transferId, businessDate, position, amount, opened];
      rows.put(TRANSFERS, [fund, id, direction, side], values);
    };
    if (kind === TRANSFER_OPENING_KIND) put(event['direction'] as Direction, 'sent', parseFen(event.amount!), 1);
    if (withdraws?.startsWith(TRANSFER_OPENINGS))
      rows.put(TRANSFER_REVERSALS, [withdraws], [businessDate, position, id]);
    // A close empties these accounts: nothing is sent or received by it.
    if (isClosing(kind)) return;
    for (const { direction, side, amount } of flowsOf(entries))
      if (reverses === undefined) put(direction, side, amount, 0);
      else rows.put(TRANSFER_REVERSALS, [reverses], [businessDate, position, id]);
  },
};

const isOfPair = ({ account }: Entry): boolean => BY_ACCOUNT.has(account);

interface Flow {
  readonly direction: Direction;
  readonly side: Side;
  readonly amount: Fen;
}

/** What the entries of one voucher send to other levels or receive from them; red amounts are negative. */
function flowsOf(entries: readonly Entry[]): Flow[] {
  const flows: Flow[] = [];
  for (const { account, debit, credit } of entries) {
    const pair = BY_ACCOUNT.get(account);
    if (!pair) continue;
    const effect = parseFen(debit ?? '0') - parseFen(credit ?? '0');
    const amount = kindOf(account) === 'expenditure' ? effect : -effect;
    const same = flows.findIndex(({ direction, side }) => direction === pair.direction && side === pair.side);
    if (same < 0) flows.push({ ...pair, amount });
    else flows[same] = { ...flows[same]!, amount: flows[same]!.amount + amount };
  }
  return flows;
}
