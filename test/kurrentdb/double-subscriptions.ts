import * as grpc from '@grpc/grpc-js';
import { type DoubleLog, type Recorded } from './double-log.js';
import {
  caughtUp,
  checkpointAt,
  confirmed,
  passes,
  type ReadCall,
  readEvent,
  type ReadOptions,
} from './double-wire.js';

interface Subscriber {
  readonly call: ReadCall;
  readonly passes: (event: Recorded) => boolean;
  /** So many events looked at are worth a checkpoint. */
  readonly checkpointEvery: number;
  /** Index of the next event of the log to look at. */
  next: number;
  looked: number;
  /** Its client does not take what was sent: nothing more is sent until it does. */
  isFull: boolean;
  isCaughtUp: boolean;
}

/** How many events are looked at before it is said how far, where a filtered subscription wishes nothing else. */
const SEARCH_WINDOW = 32;

/** The subscriptions of a double to its whole log. */
export class Subscriptions {
  private readonly subscribers = new Set<Subscriber>();
  /** How many events were sent to them. */
  sent = 0;
  /** The last position of these. */
  shown = 0;
  /** How many were looked at for them. */
  looked = 0;
  /** Announce checkpoints far ahead of the events sent, as a filtered subscription may. */
  checkpointAhead = false;

  /** @param saysCaughtUp whether the server says so when it has sent all there is, as it does since 23.10 */
  constructor(
    private readonly log: DoubleLog,
    private readonly saysCaughtUp: boolean,
  ) {}

  get size(): number {
    return this.subscribers.size;
  }

  /** @param next the index in the log of the first event to look at */
  add(call: ReadCall, options: ReadOptions, next: number): void {
    const filter = options.hasFilter() ? options.getFilter() : undefined;
    const window = filter?.hasMax() ? filter.getMax() : SEARCH_WINDOW;
    const subscriber: Subscriber = {
      call,
      passes: passes(options),
      checkpointEvery: filter ? filter.getCheckpointintervalmultiplier() * window : Infinity,
      next,
      looked: 0,
      isFull: false,
      isCaughtUp: false,
    };
    this.subscribers.add(subscriber);
    for (const end of ['cancelled', 'close']) call.on(end, () => this.subscribers.delete(subscriber));
    call.on('drain', () => {
      subscriber.isFull = false;
      if (this.subscribers.has(subscriber)) this.feed(subscriber);
    });
    call.write(confirmed());
    this.feed(subscriber);
  }

  feedAll(): void {
    for (const subscriber of this.subscribers) this.feed(subscriber);
  }

  drop(): void {
    for (const { call } of this.subscribers)
      call.emit('error', Object.assign(new Error('dropped'), { code: grpc.status.ABORTED, details: 'dropped' }));
    this.subscribers.clear();
  }

  /** Forgets them: their connections are cut. */
  clear(): void {
    this.subscribers.clear();
  }

  private feed(subscriber: Subscriber): void {
    const { events } = this.log;
    if (this.checkpointAhead) this.write(subscriber, checkpointAt((events.at(-1)?.position ?? 0) + 1_000_000));
    while (subscriber.next < events.length && !subscriber.isFull) {
      const event = events[subscriber.next]!;
      subscriber.next += 1;
      subscriber.looked += 1;
      this.looked += 1;
      if (subscriber.passes(event)) {
        this.sent += 1;
        this.shown = Math.max(this.shown, event.position);
        this.write(subscriber, readEvent(event));
      }
      if (subscriber.looked % subscriber.checkpointEvery === 0) this.write(subscriber, checkpointAt(event.position));
    }
    if (subscriber.isCaughtUp || subscriber.next < events.length || !this.saysCaughtUp) return;
    subscriber.isCaughtUp = true;
    this.write(subscriber, caughtUp());
  }

  private write(subscriber: Subscriber, message: unknown): void {
    if (!subscriber.call.write(message)) subscriber.isFull = true;
  }
}
