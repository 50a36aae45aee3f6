import { positionOf, type WireEvent } from './events.js';

type Listener<T extends readonly unknown[]> = (...heard: T) => void;

/** A subscription of the driver's, as far as it is listened to. */
export interface Subscription {
  readonly readableLength: number;
  on(event: 'data', listener: Listener<[{ readonly event?: WireEvent }]>): unknown;
  on(event: 'error', listener: Listener<[Error]>): unknown;
  on(event: 'end' | 'close' | 'caughtUp', listener: Listener<[]>): unknown;
  off(event: 'end' | 'close', listener: Listener<[]>): unknown;
  pause(): unknown;
  resume(): unknown;
  isPaused(): boolean;
  unsubscribe(): Promise<unknown>;
}

export interface Listening<T> {
  readonly take: (event: WireEvent) => T | undefined;
  /** Most in one batch. What has arrived and is not taken yet is never more; the server waits. */
  readonly limit: number;
  /** Where it ends: behind the event at this position, or where the server says that there are no more. */
  readonly until?: number;
  /** So long the server may say nothing before the end: then nothing is known. */
  readonly silenceMs?: number;
  /** Tells when the server has said anything else, such as how far it has looked. */
  readonly lastHeardAt?: () => number;
}

/** A batch is waited for until it is full, the server has no more, or nothing has arrived for so long. */
const LULL_MS = 20;

/** The server fell silent before the end, with the code that gRPC has for a call out of time. */
class SilentSubscription extends Error {
  readonly code = 4;
}

/**
 * What is taken of a subscription's events, in batches of what has arrived. Ends by throwing when it drops.
 * The server's own checkpoints are not believed: they run ahead of the events, and only an event that has been handed
 * over counts.
 */
export async function* eventsOf<T>(
  subscription: Subscription,
  listening: Listening<T>,
  stop: AbortSignal,
): AsyncGenerator<T[]> {
  const { limit } = listening;
  const heard = new Heard(subscription, listening);
  const abort = (): void => heard.wake();
  stop.addEventListener('abort', abort);
  try {
    while (!stop.aborted) {
      if (heard.isBatch) {
        yield heard.arrived.splice(0, limit);
        heard.listenAgain();
      } else if (heard.isOver) return;
      else if (heard.dropped) throw heard.dropped;
      else await heard.more();
      if (subscription.isPaused() && heard.arrived.length < limit) subscription.resume();
    }
  } finally {
    stop.removeEventListener('abort', abort);
    heard.end();
    await subscription.unsubscribe();
  }
}

/** What has been heard of a subscription and is not taken yet. */
class Heard<T> {
  readonly arrived: T[] = [];
  dropped: Error | undefined;
  wake: () => void = () => undefined;
  private wasLulled = false;
  private saidCaughtUp = false;
  private passedEnd = false;
  private heardAt = performance.now();

  constructor(
    private readonly subscription: Subscription,
    private readonly listening: Listening<T>,
  ) {
    subscription.on('data', ({ event }) => this.hear(event));
    subscription.on('caughtUp', () => {
      this.saidCaughtUp = true;
      this.wake();
    });
    subscription.on('error', (error) => this.drop(error));
    subscription.on('end', this.ended);
    subscription.on('close', this.ended);
  }

  /** True where what has arrived is worth handing over: a whole batch, or all there is for now. */
  get isBatch(): boolean {
    const { length } = this.arrived;
    return length > 0 && (length >= this.listening.limit || !this.isCatchingUp || this.isOver || !!this.dropped);
  }

  get isOver(): boolean {
    return this.passedEnd || (this.listening.until !== undefined && this.isCaughtUp);
  }

  /** Whoever takes batches was busy meanwhile: that is no silence of the server's. */
  listenAgain(): void {
    this.heardAt = performance.now();
  }

  end(): void {
    this.subscription.off('end', this.ended);
    this.subscription.off('close', this.ended);
  }

  /** Waits for anything to arrive. */
  async more(): Promise<void> {
    const isPatient = !this.isCatchingUp && this.listening.until === undefined;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      if (!isPatient) timer = setTimeout(() => this.lull(), LULL_MS);
    });
    clearTimeout(timer);
  }

  /** Whether more is to be waited for than what has arrived. */
  private get isCatchingUp(): boolean {
    return !this.wasLulled && !this.isCaughtUp;
  }

  /** It says so when it has sent its last event, and what it has sent may not be here yet. */
  private get isCaughtUp(): boolean {
    return this.saidCaughtUp && this.subscription.readableLength === 0;
  }

  private readonly ended = (): void => this.drop(new Error('the subscription ended'));

  private hear(event: WireEvent | undefined): void {
    this.heardAt = performance.now();
    if (!event || this.passedEnd) return;
    const { take, limit, until } = this.listening;
    const taken = take(event);
    if (taken !== undefined) this.arrived.push(taken);
    this.passedEnd = until !== undefined && positionOf(event) >= until;
    if (this.arrived.length >= limit) this.subscription.pause();
    if (this.isBatch || this.isOver || this.isCaughtUp) this.wake();
  }

  private drop(error: Error): void {
    this.dropped ??= error;
    this.wake();
  }

  private lull(): void {
    const { silenceMs = Infinity, lastHeardAt = () => 0 } = this.listening;
    const silentMs = performance.now() - Math.max(this.heardAt, lastHeardAt());
    this.wasLulled = true;
    if (silentMs > silenceMs) this.drop(new SilentSubscription(`the server said nothing for ${silenceMs} ms`));
    this.wake();
  }
}
