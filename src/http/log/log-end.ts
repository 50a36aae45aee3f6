import { LedgerError, text } from '../../errors.js';
import { type EventStore } from '../../event-store/event-store.js';
import { asLedgerError } from '../../machine-fault.js';

/** Most who follow the log at a time: each holds a connection for as long as it likes. */
export const MOST_FOLLOWERS = 100;

/** Says to one follower when the log has grown. */
export interface Follower {
  /**
   * Resolves when something was appended since it was asked last, at once where that is so already, or when so many
   * milliseconds are over; false: there is nothing more to come, since the service stops or the follower has left.
   * @throws what has ended the reading of the log
   */
  readonly grown: (mostMs: number) => Promise<boolean>;
}

/**
 * The end of the log, for whoever looks at it: however many follow, one reader of the store does, and nothing of what
 * it reads is kept. A follower hears that there is more, and reads it at its own pace: one that is slow holds up nobody
 * and piles up nothing.
 */
export class LogEnd {
  private readonly followers = new Set<OneFollower>();
  private reading: { readonly ended: AbortController; readonly begun: Promise<void> } | undefined;
  private stopping = false;

  constructor(private readonly store: Pick<EventStore, 'head' | 'readAll'>) {}

  /**
   * Follows the log until the signal. On return everything that is appended from now on is told.
   * @throws LedgerError unavailable `too-many-followers`, `stopping`, or where the log cannot be read
   */
  async follow(signal: AbortSignal): Promise<Follower> {
    if (this.stopping) throw stopping();
    if (this.followers.size >= MOST_FOLLOWERS) throw tooMany(this.followers.size);
    const follower = new OneFollower();
    this.followers.add(follower);
    const { begun } = (this.reading ??= this.begin());
    signal.addEventListener('abort', () => this.leave(follower), { once: true });
    if (signal.aborted) this.leave(follower);
    try {
      await begun;
    } catch (error) {
      this.leave(follower);
      throw asLedgerError(error);
    }
    return follower;
  }

  /** How many follow. */
  get count(): number {
    return this.followers.size;
  }

  /** Ends every follower, and takes no more. */
  stop(): void {
    this.stopping = true;
    for (const follower of this.followers) this.leave(follower);
  }

  private leave(follower: OneFollower): void {
    this.followers.delete(follower);
    follower.end();
    if (this.followers.size > 0) return;
    this.reading?.ended.abort();
    this.reading = undefined;
  }

  private begin(): NonNullable<typeof this.reading> {
    const ended = new AbortController();
    const head = this.store.head();
    const reading = { ended, begun: head.then(() => undefined) };
    void this.read(head, ended.signal).catch((error: unknown) => {
      if (this.reading === reading) this.reading = undefined;
      const told = ended.signal.aborted ? [] : [...this.followers];
      for (const follower of told) follower.fail(error);
    });
    return reading;
  }

  private async read(head: Promise<number>, signal: AbortSignal): Promise<void> {
    for await (const events of this.store.readAll({ after: await head, live: true }, signal))
      if (events.length > 0) for (const follower of this.followers) follower.tell();
    // Without being told to, a reader ends only with its store.
    if (!signal.aborted) for (const follower of this.followers) this.leave(follower);
  }
}

class OneFollower implements Follower {
  private hasGrown = false;
  private hasEnded = false;
  private failure: Error | undefined;
  private wake: () => void = () => undefined;

  async grown(mostMs: number): Promise<boolean> {
    if (!this.hasGrown && !this.hasEnded && this.failure === undefined)
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, mostMs);
        this.wake = () => {
          clearTimeout(late);
          resolve();
        };
      });
    this.hasGrown = false;
    if (this.failure !== undefined) throw this.failure;
    return !this.hasEnded;
  }

  tell(): void {
    this.hasGrown = true;
    this.wake();
  }

  end(): void {
    this.hasEnded = true;
    this.wake();
  }

  fail(error: unknown): void {
    this.failure = error instanceof Error ? error : new Error(String(error));
    this.wake();
  }
}

const stopping = (): LedgerError =>
  new LedgerError('unavailable', 'stopping', text('服务正在停止', 'the service is stopping'));

function tooMany(got: number): LedgerError {
  const code = 'too-many-followers';
  const message = text('跟随日志的连接过多，请稍后再试', 'too many follow the log at once, try again a little later');
  const expected = text(`至多 ${MOST_FOLLOWERS} 个`, `at most ${MOST_FOLLOWERS}`);
  return new LedgerError('unavailable', code, message, [{ pointer: '', code, expected, got: String(got) }]);
}
