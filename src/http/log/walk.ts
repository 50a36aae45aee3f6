import { placeBefore } from '../../../projections/log-places/projection.js';
import { type ReadTables } from '../../../projections/following/read-tables.js';
import { type EventStore, type StoredEvent } from '../../event-store/event-store.js';

/** How many events are read in one turn. */
export const BATCH = 500;

/** A piece of reading, done when its turn has come. */
export type Take = <T>(work: () => Promise<T>) => Promise<T>;

/** What of the log is walked over: what stands behind one position, up to another. */
export interface Range {
  readonly after: number;
  readonly upTo: number;
}

/** Some events in the order of the walk, and where it has come: everything up to there, or down to there, was seen. */
export interface Step {
  readonly events: readonly StoredEvent[];
  readonly reached: number;
  /** How many events were looked at for it. */
  readonly looked: number;
}

/** A walk over a part of the log, or of one stream of it. Whatever is not wanted is left out where it is read. */
export interface Walking {
  readonly store: EventStore;
  readonly tables: () => ReadTables;
  readonly take: Take;
  readonly isWanted: (stored: StoredEvent) => boolean;
  /** The one stream that is walked over; undefined: the log. */
  readonly stream: string | undefined;
  /** How many events of a step are needed at most: those that the walk comes to first. */
  readonly most: number;
}

/** From the beginning of a range to its end. */
export const forwards = (walking: Walking, range: Range): AsyncGenerator<Step> =>
  walking.stream === undefined ? logForwards(walking, range) : streamForwards(walking, walking.stream, range);

/** From the end of a range to its beginning: the events of each step come the last one first. */
export const backwards = (walking: Walking, range: Range): AsyncGenerator<Step> =>
  walking.stream === undefined ? logBackwards(walking, range) : streamBackwards(walking, walking.stream, range);

async function* logForwards({ store, take, isWanted }: Walking, { after, upTo }: Range): AsyncGenerator<Step> {
  const batches = store.readAll({ after, live: false, batch: BATCH })[Symbol.asyncIterator]();
  try {
    for (let isMore = after < upTo; isMore;) {
      yield await take(async (): Promise<Step> => {
        const { done, value } = await batches.next();
        if (done === true) {
          isMore = false;
          return { events: [], reached: upTo, looked: 0 };
        }
        const within = value.filter(({ position }) => position <= upTo);
        isMore = within.length === value.length && value.at(-1)!.position < upTo;
        const reached = isMore ? within.at(-1)!.position : upTo;
        return { events: within.filter(isWanted), reached, looked: value.length };
      });
    }
  } finally {
    await batches.return?.();
  }
}

async function* logBackwards(walking: Walking, { after, upTo }: Range): AsyncGenerator<Step> {
  for (let end = upTo; end > after;) {
    const reached = Math.max(placeBefore(walking.tables(), end), after);
    let found: StoredEvent[] = [];
    let looked = 0;
    for await (const step of logForwards(walking, { after: reached, upTo: end })) {
      found = [...found, ...step.events].slice(-walking.most);
      looked += step.looked;
    }
    yield { events: found.reverse(), reached, looked };
    end = reached;
  }
}

async function* streamForwards(walking: Walking, stream: string, { after, upTo }: Range): AsyncGenerator<Step> {
  const { store, take, isWanted } = walking;
  let from = (await lastRevisionAt(walking, stream, after)) + 1;
  for (let isMore = true; isMore;) {
    yield await take(async (): Promise<Step> => {
      const events = await store.readStream(stream, { from, limit: BATCH });
      const within = events.filter(({ position }) => position <= upTo);
      isMore = within.length === BATCH;
      from += BATCH;
      const reached = isMore ? within.at(-1)!.position : upTo;
      return { events: within.filter(isWanted), reached, looked: events.length };
    });
  }
}

async function* streamBackwards(walking: Walking, stream: string, { after, upTo }: Range): AsyncGenerator<Step> {
  const { store, take, isWanted } = walking;
  let from = await lastRevisionAt(walking, stream, upTo);
  for (let isMore = from >= 0; isMore;) {
    yield await take(async (): Promise<Step> => {
      const events = await store.readStream(stream, { from, direction: 'backwards', limit: BATCH });
      const within = events.filter(({ position }) => position > after);
      from -= BATCH;
      isMore = within.length === BATCH && from >= 0;
      const reached = isMore ? within.at(-1)!.position - 1 : after;
      return { events: within.filter(isWanted), reached, looked: events.length };
    });
  }
}

/** The revision of the last event of a stream at a position or before it; -1 where there is none. */
async function lastRevisionAt({ store, take }: Walking, stream: string, position: number): Promise<number> {
  const [last] = await take(() => store.readStream(stream, { direction: 'backwards', limit: 1 }));
  let [low, high] = [-1, last?.revision ?? -1];
  if (last && last.position <= position) return last.revision;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const [found] = await take(() => store.readStream(stream, { from: middle, limit: 1 }));
    if (found!.position <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
