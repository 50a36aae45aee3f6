import { type EventStore } from '../event-store/event-store.js';
import { type BookState, emptyBook, evolve } from './book.js';
import { readEvent } from './event.js';

/** Where a book's state may be had without reading the book from its first event. */
export type SnapshotSource = (stream: string) => BookState | undefined;

const TAIL_PAGE = 5_000;

/**
 * A book's state: its snapshot, else nothing, and then every event since.
 * @param setBack hears that the book ends before its snapshot, which then counts for nothing
 */
export async function readBook(
  store: EventStore,
  stream: string,
  snapshots: SnapshotSource,
  setBack: (why: string) => void,
): Promise<BookState> {
  const state = (await snapshotOf(store, stream, snapshots, setBack)) ?? emptyBook();
  for (;;) {
    const tail = await store.readStream(stream, { from: state.revision + 1, limit: TAIL_PAGE });
    for (const stored of tail) evolve(state, readEvent(stored));
    if (tail.length < TAIL_PAGE) return state;
  }
}

async function snapshotOf(
  store: EventStore,
  stream: string,
  snapshots: SnapshotSource,
  setBack: (why: string) => void,
): Promise<BookState | undefined> {
  const snapshot = snapshots(stream);
  if (!snapshot) return undefined;
  const { revision } = snapshot;
  const [last] = await store.readStream(stream, { from: revision, limit: 1 });
  if (last?.revision === revision) return snapshot;
  setBack(`${stream} does not go on to ${revision}, as the read tables say`);
  return undefined;
}
