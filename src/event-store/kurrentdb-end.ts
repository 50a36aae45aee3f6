import { AskedTogether } from './asked-together.js';
import { type SortedEvent } from './kurrentdb-streams.js';

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

/** The two ways to read a page of the whole log. Forwards includes the event at the position, backwards does not. */
export interface LogPages<T, P> {
  readonly size: number;
  readonly forwards: (from: P) => Promise<readonly T[]>;
  readonly backwards: (from: P | 'end') => Promise<readonly T[]>;
}

/** How far the whole log has been looked at, and the last event of ours up to there. */
interface LookedAt<T, P> {
  readonly upTo: P;
  readonly last: T | undefined;
}

/**
 * Our last event in a log that others write to as well. It is looked for once, from the end backwards; from then on
 * only what has come since is looked at, so that the price of a question does not grow with what others have written.
 */
export class LastOfOurs<T extends LoggedEvent<P>, P extends { readonly commit: bigint }> {
  private lookedAt: LookedAt<T, P> | undefined;
  /** However many ask, as probes do while a server is slow, it is given one page to send at a time. */
  private readonly together = new AskedTogether(() => this.look());

  constructor(
    private readonly pages: LogPages<T, P>,
    private readonly isOurs: (event: SortedEvent) => boolean,
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

  private async lookOn({ upTo, last }: LookedAt<T, P>): Promise<LookedAt<T, P>> {
    let reached = { upTo, last };
    for (;;) {
      const page = await this.pages.forwards(reached.upTo);
      const before = reached.upTo.commit;
      for (const one of page) reached = this.passed(reached, one);
      if (page.length < this.pages.size || reached.upTo.commit === before) return reached;
    }
  }

  private passed(reached: LookedAt<T, P>, one: T): LookedAt<T, P> {
    const { event } = one;
    if (!event?.position || event.position.commit <= reached.upTo.commit) return reached;
    return { upTo: event.position, last: this.isOurs(event) ? one : reached.last };
  }

  private async lookBack(): Promise<LookedAt<T, P> | undefined> {
    let end: P | undefined;
    let from: P | 'end' = 'end';
    for (;;) {
      const page: readonly T[] = await this.pages.backwards(from);
      for (const one of page) {
        const { event } = one;
        if (!event?.position) continue;
        end ??= event.position;
        if (this.isOurs(event)) return { upTo: end, last: one };
        from = event.position;
      }
      if (page.length < this.pages.size) return end && { upTo: end, last: undefined };
    }
  }
}
