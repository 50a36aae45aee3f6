import { type LedgerEvent } from '../books/event.js';
import {
  type Direction,
  transferOf,
  identityText,
  type Side,
  stateOf,
  type Sums,
  type TransferIdentity,
  type TransferState,
} from '../books/transfers.js';
import { eventId, type StoredEvent } from '../event-store/event-store.js';
import { type Fen, formatFen } from '../money.js';
import { type Breach } from './breach.js';
import { addTo, differences } from './differences.js';
import { fenOf } from './entry-checks.js';

/** One side of a flow between levels. */
export interface TransferSide {
  readonly id: string;
  readonly position: number;
  readonly unit: string;
  readonly businessDate: string;
  readonly amount: string;
  /** It was on its way when the books opened, and left none of them. */
  readonly opened?: true;
}

/** A flow between two books of a fund, with the vouchers of both that stand. */
export interface Transfer extends TransferIdentity {
  readonly sent: readonly TransferSide[];
  readonly received: readonly TransferSide[];
  /** The vouchers of it that were taken back, each with what did so. */
  readonly takenBack: readonly TakenBack[];
}

export interface TakenBack {
  readonly id: string;
  readonly by: string;
  readonly position: number;
}

export interface Transfers {
  /** As much received as sent. */
  readonly matched: number;
  /** More sent than received: money on its way, which is no fault. */
  readonly inTransit: readonly Transfer[];
  /** More received than sent. For a person to look at. */
  readonly unmatched: readonly Transfer[];
  /** Several vouchers on a side, whatever their sums: one number used again, or a transfer in parts. */
  readonly repeated: readonly Transfer[];
}

const SIDES: Readonly<Record<string, { direction: Direction; side: Side; account: string }>> = {
  'remittance-up': { direction: 'up', side: 'sent', account: 'expenditure.to-above' },
  'remittance-received': { direction: 'up', side: 'received', account: 'income.from-below' },
  'funding-down': { direction: 'down', side: 'sent', account: 'expenditure.to-below' },
  'funding-received': { direction: 'down', side: 'received', account: 'income.from-above' },
};
const ACCOUNTS: ReadonlySet<string> = new Set(Object.values(SIDES).map(({ account }) => account));

/** What was on its way when the books opened: sent, by no account of any book. */
const OPENED = 'transfer-opening';
const openedSide = ({ direction }: LedgerEvent) => ({ direction: direction as Direction, side: 'sent' as const });

interface TakenTransfer extends Transfer {
  readonly sent: TransferSide[];
  readonly received: TransferSide[];
  readonly takenBack: TakenBack[];
}

/** What the vouchers of a transfer add up to, in fen. */
export const sumsOf = ({ sent, received }: Transfer): Sums => ({ sent: sumOf(sent), received: sumOf(received) });
const sumOf = (sides: readonly TransferSide[]): Fen => sides.reduce((sum, { amount }) => sum + fenOf(amount), 0n);

/** The flows between levels, as the commands name them; compared with what the accounts and the views say of them. */
export class TransferAudit {
  private readonly taken = new Map<string, TakenTransfer>();

  /** Takes a voucher in; a reversal takes its original out again. */
  take(stored: StoredEvent, event: LedgerEvent, original: LedgerEvent | undefined): void {
    const own = original ?? event;
    const kind = own.kind === OPENED ? openedSide(own) : SIDES[own.kind];
    if (!kind) return;
    const ownId = eventId(stored.stream, stored.revision);
    const id = original ? (event.reverses ?? event.withdraws)! : ownId;
    const identity = transferOf(own, id, kind.direction, kind.side);
    const name = identityText(identity);
    const transfer = this.taken.get(name) ?? { ...identity, sent: [], received: [], takenBack: [] };
    this.taken.set(name, transfer);
    const side = transfer[kind.side];
    if (original) {
      side.splice(0, side.length, ...side.filter((each) => each.id !== id));
      transfer.takenBack.push({ id, by: ownId, position: stored.position });
    } else
      side.push({
        id,
        position: stored.position,
        unit: own.unit,
        businessDate: own.businessDate,
        amount: own.amount!,
        ...(own.kind === OPENED && { opened: true }),
      });
  }

  /** The transfers of which a voucher stands. */
  standing(): Transfer[] {
    return [...this.taken.values()].filter(({ sent, received }) => sent.length + received.length > 0);
  }

  result(): Transfers {
    const transfers = this.standing();
    const of = (state: TransferState): Transfer[] => transfers.filter((each) => stateOf(sumsOf(each)) === state);
    return {
      matched: of('matched').length,
      inTransit: of('in-transit'),
      unmatched: of('received-not-sent'),
      repeated: transfers.filter(({ sent, received }) => sent.length > 1 || received.length > 1),
    };
  }

  /** Pairs of which one side was taken back and the other stands: for a person to take back too. */
  notes(): Breach[] {
    const open = this.standing().filter((each) => each.takenBack.length > 0 && stateOf(sumsOf(each)) !== 'matched');
    return open.map(({ takenBack, sent, received, ...identity }) => {
      const { id, by, position } = takenBack.at(-1)!;
      const pair = [...sent, ...received].map((side) => side.id).join(', ');
      const expected = `the other side of ${identityText(identity)} taken back too: ${pair}`;
      return { position, id: by, invariant: 'transfers', expected, got: `${id} alone taken back` };
    });
  }

  /** What the accounts of flows between levels hold, book by book, must be what the transfers have put on them. */
  breaches(balances: Iterable<readonly [stream: string, lines: ReadonlyMap<string, Fen>]>): Breach[] {
    const accounts = new Map<string, Fen>();
    for (const [stream, lines] of balances)
      for (const [line, balance] of lines) {
        const account = line.split(/[/@]/, 1)[0]!;
        if (ACCOUNTS.has(account)) addTo(accounts, `${stream} ${account}`, balance);
      }
    return differences(this.byAccount(), accounts, 0n).map(([account, transfers, balance]) => ({
      invariant: 'eliminations',
      expected: `${account} ${formatFen(transfers)} by transfers`,
      got: `${formatFen(balance)} on the account`,
    }));
  }

  /** What the transfers put on each account of each book, debit positive. */
  private byAccount(): Map<string, Fen> {
    const sums = new Map<string, Fen>();
    for (const { account, direction, side } of Object.values(SIDES))
      for (const transfer of this.taken.values()) {
        if (transfer.direction !== direction) continue;
        for (const { unit, amount, opened } of transfer[side])
          if (!opened)
            addTo(sums, `book-${transfer.fund}-${unit} ${account}`, side === 'sent' ? fenOf(amount) : -fenOf(amount));
      }
    return sums;
  }
}
