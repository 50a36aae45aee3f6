import { type EventStore } from '../event-store/event-store.js';
import { evolve } from './evolve.js';
import { type BookState, emptyBook } from './book-state.js';
import { type LedgerEvent, readEvent } from './event.js';

/** Where a book's state may be had without reading the book from its first event. */
export type SnapshotSource = (stream: string) => BookState | undefined;

const TAIL_PAGE = 5_000;

/**
 * A book's state: its snapshot, else nothing, and then every event since.
 * @param heard hears what else is learnt of the log
 */
export async function readBook(
  store: EventStore,
  stream: string,
  snapshots: SnapshotSource,
  heard: Heard,
): Promise<BookState> {
  let state = snapshots(stream) ?? emptyBook();
  const { revision } = state;
  // From the last event of the snapshot on, which is seen to be there by the same read.
  let tail = await store.readStream(stream, { from: Math.max(0, revision), limit: TAIL_PAGE });
  if (revision >= 0 && tail[0]?.revision !== revision) {
    heard.setBack(`${stream} does not go on to ${revision}, as the read tables say`);
    state = emptyBook();
    tail = await store.readStream(stream, { from: 0, limit: TAIL_PAGE });
  }
  for (;;) {
    let last: LedgerEvent | undefined;
    for (const stored of tail) {
      last = readEvent(stored);
      if (stored.revision > state.revision) evolve(state, last);
    }
    if (last) heard.recordedAt(Date.parse(last.recordedAt));
    if (tail.length < TAIL_PAGE) return state;
    tail = await store.readStream(stream, { from: state.revision + 1, limit: TAIL_PAGE });
  }
}

/** What is learnt of the log while a book is read. */
export interface Heard {
  /** A book ends before its snapshot, which then counts for nothing. */
  readonly setBack: (why: string) => void;
  /** When the book's last event was recorded: whoever writes behind it does not record earlier. */
  readonly recordedAt: (recordedAtMs: number) => void;
}
