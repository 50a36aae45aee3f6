import { type EventStore } from '../event-store/event-store.js';
import { pagesOf } from '../event-store/stream-pages.js';
import { evolve } from './evolve.js';
import { type BookState, emptyBook } from './book-state.js';
import { type LedgerEvent, readEvent } from './event.js';

/** Where a book's state may be had without reading the book from its first event. */
export type SnapshotSource = (stream: string) => BookState | undefined;

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
  const known = snapshots(stream);
  if (known && (await readOn(store, stream, known, heard))) return known;
  if (known) heard.setBack(`${stream} does not go on to ${known.revision}, as the read tables say`);
  const state = emptyBook();
  await readOn(store, stream, state, heard);
  return state;
}

/** Takes in what came behind a state. False, and nothing taken in, where its own last event is not there. */
async function readOn(store: EventStore, stream: string, state: BookState, heard: Heard): Promise<boolean> {
  const { revision } = state;
  // From the last event of the state on, which is seen to be there by the same read.
  for await (const page of pagesOf(store, stream, 'forwards', Math.max(0, revision))) {
    if (state.revision === revision && revision >= 0 && page[0]?.revision !== revision) return false;
    let last: LedgerEvent | undefined;
    for (const stored of page) {
      last = readEvent(stored);
      if (stored.revision > state.revision) evolve(state, last);
    }
    if (last) heard.recordedAt(Date.parse(last.recordedAt));
  }
  return true;
}

/** What is learnt of the log while a book is read. */
export interface Heard {
  /** A book ends before its snapshot, which then counts for nothing. */
  readonly setBack: (why: string) => void;
  /** When the book's last event was recorded: whoever writes behind it does not record earlier. */
  readonly recordedAt: (recordedAtMs: number) => void;
}
