import { type EventStore } from '../event-store/event-store.js';
import { type BookState, emptyBook, evolve } from './book.js';
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
  const state = (await snapshotOf(store, stream, snapshots, heard)) ?? emptyBook();
  for (;;) {
    const tail = await store.readStream(stream, { from: state.revision + 1, limit: TAIL_PAGE });
    let last: LedgerEvent | undefined;
    for (const stored of tail) evolve(state, (last = readEvent(stored)));
    if (last) heard.recordedAt(Date.parse(last.recordedAt));
    if (tail.length < TAIL_PAGE) return state;
  }
}

/** What is learnt of the log while a book is read. */
export interface Heard {
  /** A book ends before its snapshot, which then counts for nothing. */
  readonly setBack: (why: string) => void;
  /** When the book's last event was recorded: whoever writes behind it does not record earlier. */
  readonly recordedAt: (recordedAtMs: number) => void;
}

async function snapshotOf(
  store: EventStore,
  stream: string,
  snapshots: SnapshotSource,
  { setBack, recordedAt }: Heard,
): Promise<BookState | undefined> {
  const snapshot = snapshots(stream);
  if (!snapshot) return undefined;
  const { revision } = snapshot;
  const [last] = await store.readStream(stream, { from: revision, limit: 1 });
  if (last?.revision === revision) {
    recordedAt(Date.parse(readEvent(last).recordedAt));
    return snapshot;
  }
  setBack(`${stream} does not go on to ${revision}, as the read tables say`);
  return undefined;
}
