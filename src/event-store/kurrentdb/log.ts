import { isStoreUnreachable, type ReadAllOptions, type StoredEvent } from '../event-store.js';
import { LastOfOurs, type LoggedEvent, type WholePosition } from './end.js';
import { positionOf, toStored, type WireEvent } from './events.js';
import { type StreamGuard } from './guard.js';
import { eventsOf, type Listening, type Subscription } from './live.js';
import { type OurStreams } from './streams.js';
import { pause, Pauses } from '../retrying.js';
import { isStoreRefused } from '../store-refusal.js';

/** An event of the whole log as the driver hands it over. */
export interface Logged extends LoggedEvent<WholePosition> {
  readonly event?: (WireEvent & { readonly position?: WholePosition }) | undefined;
}

export type From = 'start' | 'end' | WholePosition;

/** How a page of the whole log is asked for. */
export interface Page {
  readonly from: From;
  readonly count: number;
  readonly direction: 'forwards' | 'backwards';
  /** So long a server that does not answer is asked again. */
  readonly patienceMs: number;
}

/** The calls by which the whole log is read. */
export interface LogCalls {
  readonly page: (page: Page) => Promise<readonly Logged[]>;
  /**
   * What the server lets through of the events after a position, by the beginnings of the names of their streams.
   * @param passed hears how far it has looked
   */
  readonly subscribe: (
    from: From,
    beginnings: readonly string[],
    passed: (position: number) => void | Promise<void>,
  ) => Subscription;
  /** Ends what waits on the connection, when that is replaced or closed. */
  readonly gone: () => AbortSignal;
  /** Ends everything. */
  readonly closed: AbortSignal;
}

export interface LogOptions {
  readonly calls: LogCalls;
  readonly streams: OurStreams;
  readonly guard: StreamGuard;
  /** So long one call is waited for, and so long a server that does not answer is asked again. */
  readonly callTimeoutMs: number;
  readonly readPatienceMs: number;
  /** Where an event of ours stands near the end of the log; 0 where nobody knows. */
  readonly known: () => number;
  /** How the streams begin of a ledger without a prefix, where none may be there. */
  readonly unprefixed: readonly string[];
  readonly log: (message: string) => void;
}

const DEFAULT_BATCH = 5_000;
const PAGE = 1_000;
/** An append whose outcome is unknown is not given up, nor is a follower's place in the log. */
export const FOR_EVER = Infinity;
/** So many stretches without an event of ours are remembered. */
const MOST_GAPS = 1_000;

/**
 * The whole log of a server that others write to as well. Our events are filtered out of it by the server, so that what
 * comes over the wire does not grow with what others have written; where that fails, a page of everything is read: it
 * goes over every place from which a server does not begin to filter, and says what is wrong.
 */
export class WholeLog {
  private readonly ourLast: LastOfOurs<Logged>;
  /** Behind these positions nothing of ours stands up to those: the server need not look through it again. */
  private readonly gaps = new Map<number, number>();

  constructor(private readonly options: LogOptions) {
    const { guard, known, readPatienceMs: patienceMs } = options;
    const { page } = options.calls;
    const pages = {
      size: PAGE,
      forwards: (from: From, count = PAGE) => page({ from, count, direction: 'forwards', patienceMs }),
      backwards: (from: From, count: number) => page({ from, count, direction: 'backwards', patienceMs }),
      oursAfter: (from: WholePosition | 'start', stop?: AbortSignal) => this.oursAfter(from, stop),
    };
    this.ourLast = new LastOfOurs(pages, (event) => guard.isOurs(event as WireEvent), known);
  }

  async *readAll(options: ReadAllOptions, signal?: AbortSignal): AsyncIterable<StoredEvent[]> {
    const { calls, log } = this.options;
    const stop = AbortSignal.any([calls.closed, ...(signal ? [signal] : [])]);
    const until = options.live ? undefined : await this.end();
    const pauses = new Pauses();
    let { after } = options;
    let isFiltered = true;
    while (!stop.aborted && (until === undefined || after < until)) {
      try {
        if (isFiltered) {
          for await (const batch of this.filtered({ ...options, after }, until, stop)) {
            after = batch.at(-1)!.position;
            yield batch;
            pauses.reset();
          }
          return;
        }
        const { ours, reached } = await this.next({ ...options, after }, until);
        if (ours.length > 0) yield ours;
        if (reached === after && until !== undefined) return;
        after = reached;
        isFiltered = true;
      } catch (error) {
        // A closed store has no connection any more; its readers end, wherever they are.
        if (stop.aborted) return;
        if (!isFiltered && !options.live) throw error;
        this.gaps.delete(after);
        isFiltered = false;
        if (!options.live) continue;
        const pauseMs = pauses.next();
        const why = (error as Error).message;
        log(`the log could not be followed after position ${after}, again in ${pauseMs} ms: ${why}`);
        await pause(pauseMs, stop);
        await options.resumed?.().catch((refused: unknown) => {
          if (!stop.aborted) throw refused;
        });
      }
    }
  }

  /** Everybody's events up to the end of the log, page by page. */
  async *everything(): AsyncIterable<WireEvent[]> {
    let after = 0;
    while (!this.options.calls.closed.aborted) {
      const fresh = await this.pageAfter(after, PAGE, this.options.readPatienceMs);
      if (fresh.length === 0) return;
      yield fresh;
      after = positionOf(fresh.at(-1)!);
    }
  }

  /** Our last event; undefined where there is none. */
  async last(): Promise<StoredEvent | undefined> {
    const last = await this.ourLast.find().catch((error: unknown) => {
      if (isStoreUnreachable(error) || isStoreRefused(error)) throw error;
      // The place that was looked at last is not there any more.
      this.ourLast.forget();
      return this.ourLast.find();
    });
    return last?.event && toStored(last.event, this.options.streams.bare(last.event.streamId));
  }

  /** Looks at the event at a position, where one stands there. */
  async lookAt(position: number): Promise<void> {
    const { calls, guard, readPatienceMs: patienceMs } = this.options;
    const page = { from: toPosition(position), count: 1, direction: 'forwards', patienceMs } as const;
    const [there] = await calls.page(page).catch((error: unknown) => {
      if (isStoreUnreachable(error) || isStoreRefused(error)) throw error;
      // Nothing stands there any more.
      return [];
    });
    if (there?.event && positionOf(there.event) === position) guard.isOurs(there.event);
  }

  forget(): void {
    this.ourLast.forget();
    this.gaps.clear();
  }

  /** The position of our last event; 0 where there is none, or the store is closed meanwhile. */
  private async end(): Promise<number> {
    const last = await this.last().catch((error: unknown) => {
      if (!this.options.calls.closed.aborted) throw error;
      return undefined;
    });
    return last?.position ?? 0;
  }

  /** Our events after a position, as the server filters them. Ends by throwing when the subscription drops. */
  private async *filtered(
    { after, batch, prefix = '' }: ReadAllOptions,
    until: number | undefined,
    stop: AbortSignal,
  ): AsyncIterable<StoredEvent[]> {
    const { guard, streams, callTimeoutMs: silenceMs } = this.options;
    const from = (prefix === '' ? this.gaps.get(after) : undefined) ?? after;
    const gap = new Gap(from);
    // What the log ends with may be in any of our streams.
    const beginnings = streams.beginnings(until === undefined ? prefix : '');
    const subscription = this.subscribe(toPosition(from), beginnings, gap.passed);
    const take = (event: WireEvent) => (positionOf(event) > after ? guard.take(event, prefix) : undefined);
    const listening = { take, limit: batch ?? DEFAULT_BATCH, silenceMs, lastHeardAt: () => gap.heardAt };
    const bounded = until === undefined ? listening : { ...listening, until };
    for await (const events of this.listen(subscription, bounded, stop)) {
      if (prefix === '') this.remember(after, gap.before(events[0]!.position));
      yield events;
    }
  }

  /** Ours behind a place. Where there is none at all, it is looked whether a ledger without a prefix is there. */
  private async *oursAfter(from: WholePosition | 'start', stop?: AbortSignal): AsyncIterable<Logged[]> {
    const { guard, streams, calls, unprefixed } = this.options;
    const until = stop ? AbortSignal.any([calls.closed, stop]) : calls.closed;
    let isEmpty = from === 'start';
    for await (const ours of this.filteredAfter(from, streams.beginnings(), (event) => guard.isOurs(event), until)) {
      isEmpty = false;
      yield ours;
    }
    if (!isEmpty || unprefixed.length === 0 || until.aborted) return;
    const isUnprefixed = (event: WireEvent): boolean => !guard.isOurs(event) && streams.isUnprefixed(event);
    const found = this.filteredAfter('start', unprefixed, isUnprefixed, until);
    await found.next();
    await found.return(undefined);
  }

  private filteredAfter(
    from: WholePosition | 'start',
    beginnings: readonly string[],
    isWanted: (event: WireEvent) => boolean,
    stop: AbortSignal,
  ): AsyncGenerator<Logged[]> {
    let heardAt = 0;
    const subscription = this.subscribe(from, beginnings, () => void (heardAt = performance.now()));
    const take = (event: WireEvent) => (isWanted(event) ? { event: event as Logged['event'] } : undefined);
    const { callTimeoutMs: silenceMs } = this.options;
    const listening = { take, limit: PAGE, until: Infinity, silenceMs, lastHeardAt: () => heardAt };
    return this.listen(subscription, listening, stop) as AsyncGenerator<Logged[]>;
  }

  private subscribe(from: From, beginnings: readonly string[], passed: (position: number) => void): Subscription {
    return this.options.calls.subscribe(from, beginnings, passed);
  }

  private async *listen<T>(subscription: Subscription, listening: Listening<T>, stop: AbortSignal) {
    const gone = this.options.calls.gone();
    yield* eventsOf(subscription, listening, AbortSignal.any([stop, gone]));
    if (gone.aborted && !stop.aborted) throw new Error('a new connection has taken the place of this one');
  }

  /** Our events in the next page of everybody's, and up to where that goes. */
  private async next({ after, batch = DEFAULT_BATCH, prefix, live }: ReadAllOptions, until = Infinity) {
    const patienceMs = live ? FOR_EVER : this.options.readPatienceMs;
    const fresh = await this.pageAfter(after, Math.min(PAGE, batch), patienceMs);
    const ours = fresh.flatMap((event) => this.options.guard.take(event, prefix) ?? []);
    const last = fresh.at(-1);
    return { ours: ours.filter(({ position }) => position <= until), reached: last ? positionOf(last) : after };
  }

  /** Everybody's next events after a position, which an event stands at or just behind. */
  private async pageAfter(after: number, count: number, patienceMs: number): Promise<WireEvent[]> {
    const { page } = this.options.calls;
    const from = { direction: 'forwards', patienceMs } as const;
    const events = await page({ ...from, from: toPosition(after), count: count + 1 }).catch((error: unknown) => {
      // The server reads from where an event stands, and nowhere between: `after` may be one less than that.
      if (after === 0 || isStoreUnreachable(error) || isStoreRefused(error)) throw error;
      return page({ ...from, from: toPosition(after + 1), count });
    });
    return events.flatMap(({ event }) => (event && positionOf(event) > after ? [event] : []));
  }

  private remember(after: number, upTo: number | undefined): void {
    if (upTo === undefined || upTo <= after) return;
    this.gaps.set(after, upTo);
    const [oldest] = this.gaps.keys();
    if (this.gaps.size > MOST_GAPS) this.gaps.delete(oldest!);
  }
}

/** A stretch of the log that the server has looked through before it came to an event of ours. */
class Gap {
  heardAt = 0;
  private looked: number[] | undefined = [];

  constructor(private readonly from: number) {}

  readonly passed = (position: number): void => {
    this.heardAt = performance.now();
    this.looked?.push(position);
  };

  /** The last place looked at before the first event of ours; undefined where none is known, and for all later ones. */
  before(first: number): number | undefined {
    const { looked = [] } = this;
    this.looked = undefined;
    return looked.findLast((position) => position > this.from && position < first);
  }
}

export function toPosition(position: number): 'start' | WholePosition {
  return position === 0 ? 'start' : { commit: BigInt(position), prepare: BigInt(position) };
}
