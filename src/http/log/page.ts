import { type StoredEvent } from '../../event-store/event-store.js';
import { type Listing } from './filter.js';
import { backwards, forwards, type Step, type Walking } from './walk.js';

/** Most events that are looked at for one page: who finds nothing in them is told where to go on. */
const MOST_LOOKED_AT = 20_000;

/** Where a page begins: behind a position, or right before one. Neither: with the first event. */
export interface Start {
  readonly after: number | undefined;
  readonly before: number | undefined;
}

/** A page of the log: some events in its order, and the part of the log that was looked at for them. */
export interface Page {
  readonly events: readonly StoredEvent[];
  /** Everything behind the one position, up to the other, was looked at, and what of it is wanted is in the page. */
  readonly after: number;
  readonly upTo: number;
  /** Whether anything may stand before it, and behind it. */
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

/** A page of a listing: at most so many events, and as many as a bounded look finds. */
export async function readPage(
  reading: Pick<Walking, 'store' | 'tables' | 'take'>,
  { stream, isWanted, range }: Listing,
  { after = 0, before }: Start,
  limit: number,
): Promise<Page> {
  const walking: Walking = { ...reading, isWanted, stream, most: limit + 1 };
  if (before === undefined) {
    const start = Math.max(after, range.after);
    const steps = forwards(walking, { after: start, upTo: range.upTo });
    const { events, reached = start } = await gather(steps, limit, ({ position }) => position);
    return { events, after: start, upTo: reached, hasPrevious: start > range.after, hasNext: reached < range.upTo };
  }
  const end = Math.max(Math.min(before - 1, range.upTo), range.after);
  const steps = backwards(walking, { after: range.after, upTo: end });
  const { events, reached = range.after } = await gather(steps, limit, ({ position }) => position - 1);
  const hasPrevious = reached > range.after;
  return { events: events.toReversed(), after: reached, upTo: end, hasPrevious, hasNext: end < range.upTo };
}

/**
 * The first events of a walk, and where it has come when there are enough of them, or enough was looked at.
 * @param reachedBy where a walk has come that has seen an event last
 */
async function gather(
  steps: AsyncIterable<Step>,
  limit: number,
  reachedBy: (last: StoredEvent) => number,
): Promise<{ readonly events: StoredEvent[]; readonly reached: number | undefined }> {
  const events: StoredEvent[] = [];
  let reached: number | undefined;
  let looked = 0;
  for await (const step of steps) {
    const wanted = step.events.slice(0, limit - events.length);
    events.push(...wanted);
    looked += step.looked;
    reached = wanted.length < step.events.length ? reachedBy(events.at(-1)!) : step.reached;
    if (events.length === limit || looked >= MOST_LOOKED_AT) break;
  }
  return { events, reached };
}
