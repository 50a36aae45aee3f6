import { type LedgerEvent } from '../books/event.js';
import { eventId, type StoredEvent } from '../event-store/event-store.js';
import { type Fen, formatFen } from '../money.js';
import { type Breach } from './breach.js';
import { fenOf } from './entry-checks.js';

/** One side of a flow between levels. */
export interface TransferSide {
  readonly id: string;
  readonly position: number;
  readonly unit: string;
  readonly businessDate: string;
  readonly amount: string;
}

/** A flow between two books of a fund, by the number its two vouchers share. */
export interface Transfer {
  readonly fund: string;
  readonly direction: 'up' | 'down';
  readonly transferId: string;
  readonly sent: readonly TransferSide[];
  readonly received: readonly TransferSide[];
}

export interface Transfers {
  /** Sent once and received once, with one amount. */
  readonly matched: number;
  /** Sent and not yet received: money on its way, which is no fault. */
  readonly inTransit: readonly Transfer[];
  /** Received and not sent, received with another amount, or more than once on a side. For a person to look at. */
  readonly unmatched: readonly Transfer[];
}

const SIDES: Readonly<Record<string, { direction: 'up' | 'down'; side: 'sent' | 'received'; account: string }>> = {
  'remittance-up': { direction: 'up', side: 'sent', account: 'expenditure.to-above' },
  'remittance-received': { direction: 'up', side: 'received', account: 'income.from-below' },
  'funding-down': { direction: 'down', side: 'sent', account: 'expenditure.to-below' },
  'funding-received': { direction: 'down', side: 'received', account: 'income.from-above' },
};
const ACCOUNTS: ReadonlySet<string> = new Set(Object.values(SIDES).map(({ account }) => account));

interface OpenTransfer extends Transfer {
  readonly sent: TransferSide[];
  readonly received: TransferSide[];
}

/** The flows between levels, as the commands name them; compared at the end with what the accounts say of them. */
export class TransferAudit {
  private readonly open = new Map<string, OpenTransfer>();

  /** Takes a voucher in; a reversal takes its original out again. */
  take(stored: StoredEvent, event: LedgerEvent, original: LedgerEvent | undefined): void {
    const own = original ?? event;
    const kind = SIDES[own.kind];
    if (!kind || own.transferId === undefined) return;
    const id = original ? event.reverses! : eventId(stored.stream, stored.revision);
    const name = `${own.fund} ${kind.direction} ${own.transferId}`;
    const transfer = this.open.get(name) ?? {
      fund: own.fund,
      direction: kind.direction,
      transferId: own.transferId,
      sent: [],
      received: [],
    };
    this.open.set(name, transfer);
    const side = transfer[kind.side];
    if (original) side.splice(0, side.length, ...side.filter((each) => each.id !== id));
    else
      side.push({
        id,
        position: stored.position,
        unit: own.unit,
        businessDate: own.businessDate,
        amount: own.amount!,
      });
  }

  result(): Transfers {
    const transfers = [...this.open.values()].filter(({ sent, received }) => sent.length + received.length > 0);
    const isMatched = ({ sent, received }: Transfer): boolean =>
      sent.length === 1 && received.length === 1 && sent[0]!.amount === received[0]!.amount;
    const isInTransit = ({ sent, received }: Transfer): boolean => sent.length === 1 && received.length === 0;
    return {
      matched: transfers.filter(isMatched).length,
      inTransit: transfers.filter(isInTransit),
      unmatched: transfers.filter((transfer) => !isMatched(transfer) && !isInTransit(transfer)),
    };
  }

  /**
   * What the accounts of flows between levels leave over, by fund, must be what the transfers leave over: eliminations
   * net to zero but for what is in transit.
   */
  breaches(balances: Iterable<readonly [fund: string, lines: ReadonlyMap<string, Fen>]>): Breach[] {
    const left = new Map<string, { transfers: Fen; accounts: Fen }>();
    const of = (fund: string): { transfers: Fen; accounts: Fen } => {
      const known = left.get(fund) ?? { transfers: 0n, accounts: 0n };
      left.set(fund, known);
      return known;
    };
    for (const { fund, sent, received } of this.open.values()) {
      for (const { amount } of sent) of(fund).transfers += fenOf(amount);
      for (const { amount } of received) of(fund).transfers -= fenOf(amount);
    }
    for (const [fund, lines] of balances)
      for (const [line, balance] of lines) if (ACCOUNTS.has(line.split(/[/@]/, 1)[0]!)) of(fund).accounts += balance;
    return [...left]
      .filter(([, { transfers, accounts }]) => transfers !== accounts)
      .map(([fund, { transfers, accounts }]) => ({
        invariant: 'eliminations',
        expected: `${fund}: ${formatFen(transfers)} by transfers`,
        got: `${formatFen(accounts)} on the accounts`,
      }));
  }
}
