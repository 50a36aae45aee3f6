import { confirmed } from './confirmed.js';
import { type WireEvent } from './events.js';
import { eventsOf, type Subscription } from './live.js';
import { refusedCall } from './refusal.js';
import { pause, Pauses } from '../retrying.js';

export interface Watching {
  /** Subscribes, from the beginning of the log on, to what says that something was done to a stream. */
  readonly subscribe: () => Subscription & Parameters<typeof confirmed>[0];
  readonly take: (event: WireEvent) => void;
  readonly callTimeoutMs: number;
  /** Ends what waits on a connection that was replaced or closed. */
  readonly gone: () => AbortSignal;
  readonly closed: AbortSignal;
  readonly log: (message: string) => void;
}

/**
 * Hears, from the beginning of the log on, what operators do to our streams. Never gives up; while it hears nothing,
 * since the server does not let it or does not answer, that is told in the log, and to whoever asks.
 */
export class LossWatch {
  /** Why it is not heard what is done to our streams, in English; undefined while it is. */
  unheard: string | undefined;
  private attempt = new AbortController();

  constructor(private readonly watching: Watching) {}

  async run(): Promise<void> {
    const { subscribe, take, callTimeoutMs, gone, closed } = this.watching;
    const pauses = new Pauses();
    const taken = (event: WireEvent): undefined => {
      take(event);
    };
    const begun = (): void => {
      pauses.reset();
      this.hears();
    };
    while (!closed.aborted) {
      this.attempt = new AbortController();
      const stop = AbortSignal.any([gone(), this.attempt.signal]);
      try {
        // Nothing is taken out of it: it ends when it drops.
        await eventsOf(confirmed(subscribe(), callTimeoutMs, begun), { take: taken, limit: 1 }, stop).next();
      } catch (error) {
        if (closed.aborted) return;
        this.isDeaf((refusedCall(error) ?? (error as Error)).message);
        await pause(pauses.next(), closed);
      }
    }
  }

  /** What was heard has been forgotten: it is heard from the beginning of the log once more. */
  beginAnew(): void {
    this.attempt.abort();
  }

  private hears(): void {
    if (this.unheard !== undefined) this.watching.log('what is done to the streams of the ledger is heard again');
    this.unheard = undefined;
  }

  private isDeaf(why: string): void {
    if (this.unheard === undefined)
      this.watching.log(`what is done to the streams of the ledger is not heard, tried again until it is: ${why}`);
    this.unheard = why;
  }
}
