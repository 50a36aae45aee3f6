import { setImmediate as nextTurn } from 'node:timers/promises';
import { LedgerError, type Text, text } from '../errors.js';
import { giveWay } from '../time/give-way.js';

/** So many pieces of reading are at work at a time. */
const AT_ONCE = 2;
/** Most connections that wait for their turn; more would not be answered while anybody still waits for them. */
const MOST_ASKERS = 500;
/** Most questions of one connection that are not answered: each may hold some of its answer until it is read. */
const MOST_OF_ONE = 8;

/** The connection that a question came over. */
export interface Asker {
  /** Nobody waits for the answer any more. */
  readonly destroyed?: boolean;
}

/** The answer to a question: it says when it is over, whatever came of it. */
interface Answering {
  readonly once: (event: 'close', listener: () => void) => unknown;
}

/**
 * Reading takes turns: a question, or a page of the log, waits until one before it is done, and between any two whoever
 * records gets a turn. However many ask at once, a voucher waits for a piece of what they ask, never for all of it; and
 * however much one connection asks, every other has its turn before it has its second.
 */
export class Turns {
  /** What each connection waits for, in the order in which they have their turns. */
  private readonly waiting = new Map<Asker, (() => void)[]>();
  private readonly unanswered = new WeakMap<Asker, number>();
  private atWork = 0;

  /**
   * Lets a question in, until its answer is sent or given up.
   * @throws LedgerError unavailable `too-many-requests`, where this connection has many, or too many others wait
   */
  admit(asker: Asker, answer: Answering): void {
    const own = this.unanswered.get(asker) ?? 0;
    if (own >= MOST_OF_ONE)
      throw tooMany(text(`每个连接至多 ${MOST_OF_ONE} 个`, `at most ${MOST_OF_ONE} of a connection`), own);
    const { size } = this.waiting;
    if (own === 0 && size >= MOST_ASKERS)
      throw tooMany(text(`至多 ${MOST_ASKERS} 个连接在等待`, `at most ${MOST_ASKERS} connections that wait`), size);
    this.unanswered.set(asker, own + 1);
    answer.once('close', () => this.unanswered.set(asker, (this.unanswered.get(asker) ?? 1) - 1));
  }

  /**
   * Does a piece of reading when the turn of its connection has come.
   * @throws LedgerError unavailable `client-left`, where there is nobody left to be answered; what the work throws
   */
  async take<T>(asker: Asker, work: () => Promise<T>): Promise<T> {
    if (this.atWork >= AT_ONCE) await new Promise<void>((resolve) => this.wait(asker, resolve));
    else this.atWork += 1;
    try {
      if (asker.destroyed === true) throw nobodyWaits();
      return await work();
    } finally {
      void this.passOn();
    }
  }

  private wait(asker: Asker, begin: () => void): void {
    const own = this.waiting.get(asker);
    if (own) own.push(begin);
    else this.waiting.set(asker, [begin]);
  }

  /** Hands the turn over once what has arrived meanwhile was seen to. */
  private async passOn(): Promise<void> {
    await nextTurn();
    // What is being recorded by now is recorded to its end.
    await giveWay();
    const [next] = this.waiting;
    if (!next) return void (this.atWork -= 1);
    const [asker, [begin, ...later]] = next;
    this.waiting.delete(asker);
    if (later.length > 0) this.waiting.set(asker, later);
    begin!();
  }
}

function tooMany(expected: Text, got: number): LedgerError {
  const code = 'too-many-requests';
  const message = text('同时的查询过多，请稍后再试', 'too many questions at once, try again a little later');
  return new LedgerError('unavailable', code, message, [{ pointer: '', code, expected, got: String(got) }]);
}

const nobodyWaits = (): LedgerError =>
  new LedgerError('unavailable', 'client-left', text('客户端已离开', 'the client has left'));
