import { AskedTogether } from './asked-together.js';
import { isStoreUnreachable } from '../event-store.js';
import { type SortedEvent } from './streams.js';
import { pause } from '../retrying.js';
import { isStoreRefused } from '../store-refusal.js';

/** An event of the whole log as the driver hands it over; a link whose event is gone has none. */
export interface LoggedEvent<P> {
  readonly event?: (SortedEvent & { readonly position?: P }) | undefined;
}

/** One call of the driver's that reads, which ends by itself or is cancelled. */
export interface ReadCall<T> extends AsyncIterable<T> {
  cancel(): Promise<void>;
  destroy(error: Error): unknown;
}

/** A call that was not answered in its time, with the code that gRPC has for it. */
class OverdueRead extends Error {
  readonly code = 4;
}

/**
 * Everything a read gives. One that does not come to its end is cancelled: a server allows a connection 100 calls at a
 * time, a call left open counts until the process ends, and behind the hundredth every append waits for ever. The
 * driver gives its reads no deadline, whatever it is told: this is it.
 * @throws whatever the call throws; an error of code 4 after `withinMs`
 */
export async function readToEnd<T>(call: ReadCall<T>, withinMs: number): Promise<T[]> {
  const all: T[] = [];
  let isWhole = false;
  let isOverdue = false;
  const timer = setTimeout(() => {
    isOverdue = true;
    call.destroy(new OverdueRead(`the read was not answered within ${withinMs} ms`));
  }, withinMs);
  try {
    for await (const one of call) all.push(one);
    isWhole = true;
    return all;
  } finally {
    clearTimeout(timer);
    // Where nobody answers, nobody is waited for.
    const cancelled = isWhole ? undefined : call.cancel();
    if (isOverdue) cancelled?.catch(() => undefined);
    else await cancelled;
  }
}

/** A place in the whole log, as the driver names it. */
export interface WholePosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** The ways to read the whole log. Forwards includes the event at the position, backwards does not. */
export interface LogPages<T> {
  readonly size: number;
  readonly forwards: (from: WholePosition, count?: number) => Promise<readonly T[]>;
  readonly backwards: (from: WholePosition | 'end', count: number) => Promise<readonly T[]>;
  /** Our events behind a position, or all of them, up to the end of the log, which the server has looked for. */
  readonly oursAfter: (position: WholePosition | 'start', stop?: AbortSignal) => AsyncIterable<readonly T[]>;
}

/** So many events at the end are looked at first: most often one of ours is among them. */
const FIRST_LOOK = 32;
/** What the server filters is mostly found by then; pages of everything would only take turns with it. */
const HEAD_START_MS = 2_000;

/** A page that was looked at backwards. */
interface LookedBack<T> {
  /** Where its last event stands, and its first; undefined where there is none. */
  readonly end: WholePosition | undefined;
  readonly from: WholePosition | 'end';
  readonly last: T | undefined;
  /** True where nothing stands before it. */
  readonly isAll: boolean;
}

/** How far the whole log has been looked at, and the last event of ours up to there. */
interface LookedAt<T> {
  readonly upTo: WholePosition;
  readonly last: T | undefined;
}

/**
 * Our last event in a log that others write to as well. It is looked for once: from an event known to be ours, or from
 * both sides at once, by pages of everything from the end backwards, and among our events as the server filters them
 * from the beginning on. So it costs what lies behind it, or what is ours, whichever is less. From then on only what
 * has come since is looked at: the price of a question does not grow with what others have written.
 */
export class LastOfOurs<T extends LoggedEvent<WholePosition>> {
  private lookedAt: LookedAt<T> | undefined;
  /** However many ask, as probes do while a server is slow, it is given one page to send at a time. */
  private readonly together = new AskedTogether(() => this.look());

  /** @param known where an event of ours stands, near the end of the log; 0 where nobody knows */
  constructor(
    private readonly pages: LogPages<T>,
    private readonly isOurs: (event: SortedEvent) => boolean,
    private readonly known: () => number,
  ) {}

  /** @throws whatever the pages throw */
  find(): Promise<T | undefined> {
    return this.together.ask();
  }

  /** Forgets what was seen: a server that has been set back no longer holds it. */
  forget(): void {
    this.lookedAt = undefined;
  }

  private async look(): Promise<T | undefined> {
    const known = this.lookedAt;
    const now = known ? await this.lookOn(known) : await this.lookAnew();
    // What was forgotten meanwhile stays forgotten.
    if (this.lookedAt === known) this.lookedAt = now;
    return now?.last;
  }

  private async lookOn({ upTo, last }: LookedAt<T>): Promise<LookedAt<T>> {
    let reached = { upTo, last };
    for (;;) {
      const page = await this.pages.forwards(reached.upTo);
      const before = reached.upTo.commit;
      for (const one of page) reached = this.passed(reached, one);
      if (page.length < this.pages.size || reached.upTo.commit === before) return reached;
    }
  }

  private passed(reached: LookedAt<T>, one: T): LookedAt<T> {
    const { event } = one;
    if (!event?.position || event.position.commit <= reached.upTo.commit) return reached;
    return { upTo: event.position, last: this.isOurs(event) ? one : reached.last };
  }

  private async lookAnew(): Promise<LookedAt<T> | undefined> {
    const first = await this.lookBack('end', FIRST_LOOK);
    const { end } = first;
    if (!end || first.last || first.isAll) return end && { upTo: end, last: first.last };
    return (await this.lookFromKnown(end)) ?? this.lookFromBothSides(end, first.from);
  }

  /** One page backwards, to the first of ours in it. */
  private async lookBack(from: WholePosition | 'end', size: number): Promise<LookedBack<T>> {
    const page = await this.pages.backwards(from, size);
    const standing = page.flatMap(({ event }) => event?.position ?? []);
    const last = page.find(({ event }) => event?.position && this.isOurs(event));
    return { end: standing[0], from: standing.at(-1) ?? from, last, isAll: page.length < size };
  }

  private async lookFromBothSides(end: WholePosition, from: WholePosition | 'end'): Promise<LookedAt<T>> {
    const found = new AbortController();
    const sides = [this.lookAllBack(end, from, found.signal), this.lookAhead('start', end, found.signal)];
    try {
      return await Promise.any(sides);
    } catch (error) {
      // Where neither side comes to its end, what is wrong with the pages is wrong with the log.
      throw (error as AggregateError).errors[0];
    } finally {
      found.abort();
      await Promise.allSettled(sides);
    }
  }

  private async lookAllBack(end: WholePosition, first: WholePosition | 'end', stop: AbortSignal): Promise<LookedAt<T>> {
    await pause(HEAD_START_MS, stop);
    for (let from = first; ;) {
      stop.throwIfAborted();
      const page: LookedBack<T> = await this.lookBack(from, this.pages.size);
      if (page.last || page.isAll) return { upTo: end, last: page.last };
      from = page.from;
    }
  }

  /** Among ours alone, as the server filters them. @throws where it does not come to their end */
  private async lookAhead(
    from: WholePosition | 'start',
    end: WholePosition,
    stop?: AbortSignal,
    before?: T,
  ): Promise<LookedAt<T>> {
    let last = before;
    for await (const ours of this.pages.oursAfter(from, stop)) last = ours.at(-1)!;
    stop?.throwIfAborted();
    const upTo = last?.event?.position;
    return { upTo: upTo && upTo.commit > end.commit ? upTo : end, last };
  }

  /** From an event known to be ours, where it stands before the end; undefined where there is none. */
  private async lookFromKnown(end: WholePosition): Promise<LookedAt<T> | undefined> {
    const commit = BigInt(this.known());
    if (commit === 0n || commit >= end.commit) return undefined;
    try {
      const [known] = await this.pages.forwards({ commit, prepare: commit }, 1);
      const event = known?.event;
      if (event?.position?.commit !== commit || !this.isOurs(event)) return undefined;
      return await this.lookAhead(event.position, end, undefined, known);
    } catch (error) {
      // What was known of another log, or a server that does not say when it has looked through all: pages say it.
      if (isStoreUnreachable(error) || isStoreRefused(error)) throw error;
      return undefined;
    }
  }
}
