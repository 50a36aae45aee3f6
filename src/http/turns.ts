import { setImmediate as nextTurn } from 'node:timers/promises';
import { LedgerError, text } from '../errors.js';

/** So many pieces of reading are at work at a time. */
const AT_ONCE = 2;
/** Most that wait for their turn; more than these would not be answered while anybody still waits for them. */
const MOST_WAITING = 100;

/**
 * Reading takes turns: a question, or a page of the log, waits until one before it is done, and between any two whoever
 * records gets a turn. However many ask at once, a voucher waits for a piece of what they ask, never for all of it.
 */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private atWork = 0;

  /** @throws LedgerError unavailable `too-many-requests`, where too many wait already */
  demandRoom(): void {
    if (this.waiting.length < MOST_WAITING) return;
    const code = 'too-many-requests';
    const message = text('同时的查询过多，请稍后再试', 'too many questions at once, try again a little later');
    const expected = text(`至多 ${MOST_WAITING} 个在等待`, `at most ${MOST_WAITING} waiting`);
    throw new LedgerError('unavailable', code, message, [
      { pointer: '', code, expected, got: String(this.waiting.length) },
    ]);
  }

  /** Does a piece of reading when its turn has come. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.atWork >= AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.atWork += 1;
    try {
      return await work();
    } finally {
      void this.passOn();
    }
  }

  /** Hands the turn over once what has arrived meanwhile was seen to. */
  private async passOn(): Promise<void> {
    await nextTurn();
    const next = this.waiting.shift();
    if (next) next();
    else this.atWork -= 1;
  }
}
