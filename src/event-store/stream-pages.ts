import { setImmediate as nextTurn } from 'node:timers/promises';
import { type EventStore, type StoredEvent } from './event-store.js';

/**
 * Most events that are read in one turn of the thread: a few milliseconds, also where each lies in a block of its own.
 */
const IN_A_TURN = 256;
/** Backwards what is looked for mostly stands at once. */
const FIRST_BACKWARDS = 64;

/**
 * The events of a stream, a page at a time, with a turn for others before each but the first; at least one page, be it
 * empty. Whoever has found what they look for leaves the loop.
 * @param from the first revision to read; left out: the stream's end in the direction's sense
 */
export async function* pagesOf(
  store: Pick<EventStore, 'readStream'>,
  stream: string,
  direction: 'forwards' | 'backwards',
  from?: number,
): AsyncGenerator<StoredEvent[]> {
  const isBackwards = direction === 'backwards';
  let limit = isBackwards ? FIRST_BACKWARDS : IN_A_TURN;
  for (let next = from; ; limit = IN_A_TURN) {
    const page = await store.readStream(stream, { direction, limit, ...(next !== undefined && { from: next }) });
    yield page;
    const last = page.at(-1)?.revision ?? 0;
    if (page.length < limit || (isBackwards && last === 0)) return;
    next = isBackwards ? last - 1 : last + 1;
    await nextTurn();
  }
}
