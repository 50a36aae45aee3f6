import { AskedTogether } from './asked-together.js';
import { isStoreUnreachable } from '../event-store.js';
import { type SortedEvent } from './streams.js';
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
  /** Our events behind a position up to the end of the log, which the server has looked for. */
  readonly oursAfter: (position: WholePosition) => AsyncIterable<readonly T[]>;
}

/** So many events at the end are looked at first: most often one of ours is among them. */
const FIRST_LOOK = 32;

/** How far the whole log has been looked at, and the last event of ours up to there. */
interface LookedAt<T> {
  readonly upTo: WholePosition;
  readonly last: T | undefined;
}

/**
 * Our last event in a log that others write to as well. It is looked for once, from the end backwards or from an event
 * known to be ours; from then on only what has come since is looked at, so that the price of a question does not grow
 * with what others have written.
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
    const now = known ? await this.lookOn(known) : await this.lookBack();
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

  private async lookBack(): Promise<LookedAt<T> | undefined> {
    let end: WholePosition | undefined;
    let from: WholePosition | 'end' = 'end';
    for (let size = FIRST_LOOK; ; size = this.pages.size) {
      const page: readonly T[] = await this.pages.backwards(from, size);
      for (const one of page) {
        const { event } = one;
        if (!event?.position) continue;
        end ??= event.position;
        if (this.isOurs(event)) return { upTo: end, last: one };
        from = event.position;
      }
      if (page.length < size) return end && { upTo: end, last: undefined };
      const ahead = await this.lookAhead(end!);
      if (ahead) return ahead;
    }
  }

  /** From an event known to be ours, where it stands before the end; undefined where there is none. */
  private async lookAhead(end: WholePosition): Promise<LookedAt<T> | undefined> {
    const commit = BigInt(this.known());
    if (commit === 0n || commit >= end.commit) return undefined;
    try {
      let [last] = await this.pages.forwards({ commit, prepare: commit }, 1);
      if (last?.event?.position?.commit !== commit || !this.isOurs(last.event)) return undefined;
      for await (const ours of this.pages.oursAfter(last.event.position)) last = ours.at(-1)!;
      const upTo = last.event!.position;
      return { upTo: upTo.commit > end.commit ? upTo : end, last };
    } catch (error) {
      // What was known of another log, or a server that does not say when it has looked through all: pages say it.
      if (isStoreUnreachable(error) || isStoreRefused(error)) throw error;
      return undefined;
    }
  }
}
