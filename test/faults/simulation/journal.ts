import { keyText } from '../../../src/books/book-state.js';
import { type Receipt } from '../../../src/books/event.js';
import { type Prepared } from '../../../src/books/prepared.js';
import { type Intent } from './commands.js';

/**
 * What a client was told of one attempt.
 * - acknowledged: it is recorded; a line of a file has no receipt.
 * - refused: a rule forbids it.
 * - not-written: the machine could not, and nothing was written.
 * - unknown: nobody knows.
 */
export type Told =
  | { readonly how: 'acknowledged'; readonly receipt: Receipt | undefined; readonly replayed: boolean }
  | { readonly how: 'refused' | 'not-written' | 'unknown'; readonly code: string };

/** An attempt: what was told, and whether it may still have an effect behind its client's back. */
export interface Attempt {
  readonly told: Told;
  readonly isOpen: boolean;
}

/** An intent with all that its client was told of it: what a clerk would write down. */
export class Entry {
  readonly attempts: Attempt[] = [];

  constructor(
    readonly intent: Intent,
    readonly prepared: Prepared,
    /** Whether each attempt was made after the one before had ended. */
    readonly isInTurn: boolean,
    /** Under which keys it was sent: its own, unless the client is at fault. */
    readonly keys: string[] = [keyText(intent.key)],
  ) {}

  get acknowledged(): Receipt[] {
    return this.attempts.flatMap(({ told }) => (told.how === 'acknowledged' && told.receipt ? [told.receipt] : []));
  }

  /** Whether it was said to be recorded. */
  get isAcknowledged(): boolean {
    return this.attempts.some(({ told }) => told.how === 'acknowledged');
  }

  /** Whether it is certain that it was not recorded: it was refused, or never written, and nothing is under way. */
  get isRefused(): boolean {
    const { attempts } = this;
    const isSure = ({ told, isOpen }: Attempt): boolean => !isOpen && told.how !== 'acknowledged';
    const last = attempts.at(-1);
    return last !== undefined && last.told.how !== 'unknown' && attempts.every(isSure);
  }

  /** Whether it was said to stand already, although every attempt before was said to have written nothing. */
  get isMiraculous(): boolean {
    const first = this.attempts.findIndex(({ told }) => told.how !== 'not-written');
    const told = this.attempts[first]?.told;
    return this.isInTurn && told?.how === 'acknowledged' && told.replayed;
  }
}
