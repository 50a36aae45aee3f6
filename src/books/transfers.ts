import { type Fen } from '../money.js';
import { type LedgerEvent } from './event.js';

/** A transfer that was on its way when the books were opened, as a memo of its sender's. */
export const TRANSFER_OPENING_KIND = 'transfer-opening';
/** What the streams of these begin with. */
export const TRANSFER_OPENINGS = 'transfers-';

/** `up`: remitted by a unit to the one above it; `down`: funded by a unit to one below it. */
export type Direction = 'up' | 'down';
export type Side = 'sent' | 'received';

/** Who sends and who receives, of which fund. A unit is null where the voucher of the other side names none. */
export interface TransferPair {
  readonly fund: string;
  readonly direction: Direction;
  readonly sender: string | null;
  readonly receiver: string | null;
}

/**
 * What makes vouchers of two books sides of one transfer: fund, direction, sender, receiver and number, to the letter.
 * The number alone does not: every unit counts its own transfers from 1.
 */
export interface TransferIdentity extends TransferPair {
  readonly transferId: string;
}

/**
 * The transfer that a voucher is a side of.
 * @param id the voucher's own id, which stands for a number where it has none
 */
export function transferOf(event: LedgerEvent, id: string, direction: Direction, side: Side): TransferIdentity {
  const { fund, unit, transferId = id } = event;
  const named = event[side === 'sent' ? 'toUnit' : 'fromUnit'];
  const other = typeof named === 'string' ? named : null;
  const [sender, receiver] = side === 'sent' ? [unit, other] : [other, unit];
  return { fund, direction, sender, receiver, transferId };
}

/** What was sent and received of a transfer, by the vouchers that stand. */
export interface Sums {
  readonly sent: Fen;
  readonly received: Fen;
}

/**
 * What a transfer is. In transit: more was sent than received, the money is on its way. Received and not sent: the
 * receiver has recorded it and the sender not, or not all of it, as in the middle of an import.
 */
export type TransferState = 'matched' | 'in-transit' | 'received-not-sent';

export function stateOf({ sent, received }: Sums): TransferState {
  if (sent === received) return 'matched';
  return sent > received ? 'in-transit' : 'received-not-sent';
}

/** A pair as one text, e.g. `employee up 460100 → 460000`: unique, and read by people. */
export const pairText = ({ fund, direction, sender, receiver }: TransferPair): string =>
  `${fund} ${direction} ${sender ?? '-'} → ${receiver ?? '-'}`;

/** A transfer as one text, e.g. `employee up 460100 → 460000 SJ-1`. */
export const identityText = (identity: TransferIdentity): string => `${pairText(identity)} ${identity.transferId}`;
