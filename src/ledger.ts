import { likenessesShown, trailPosition } from '../projections/audit-trail/likenesses.js';
import { findKey, lastKeyedRevision } from '../projections/book-keys/query.js';
import { readBookState } from '../projections/book-state/query.js';
import { lastShown } from '../projections/asking/last-shown.js';
import { type ClosedBook, furthestClosed } from '../projections/periods/closed.js';
import { adoptionsAfter } from '../projections/reference/projection.js';
import { lastStamp } from '../projections/recorded-time/query.js';
import { Books } from './books/handle.js';
import { readEvent } from './books/event.js';
import { type LikenessSource } from './books/likenesses.js';
import { type Clock } from './time/clock.js';
import { readConfirmedClock, writeConfirmedClock } from './time/confirmed-clock.js';
import { DataDirectory, type DataPaths } from './data-directory.js';
import { type EventStore, type StoredEvent, type StorePlace } from './event-store/event-store.js';
import { type KnownKey } from './event-store/kurrentdb/keys.js';
import { openStore } from './event-store/open-store.js';
import { type StoreFinding } from './event-store/store-refusal.js';
import { readReference } from './adopting/adopted-in.js';
import { beginLedger } from './adopting/begin-ledger.js';
import { KeptTables, MOST_WAIT_MS } from './kept-tables.js';
import { identityOf } from './catalogue/identity.js';
import { LedgerReference } from './adopting/ledger-reference.js';
import { onceATurn } from './adopting/once-a-turn.js';
import { likenessOf } from './kinds/likeness.js';
import { type ClockWitness, clockText, DAY_MS, RecordingClock, USUAL_BOUND_DAYS } from './time/recording-clock.js';

/** An open ledger: the log, the books that append to it, and the read tables that follow it. */
export interface Ledger {
  readonly directory: DataDirectory;
  /** Where the log is, for a thread that reads it by itself. */
  readonly place: StorePlace;
  readonly store: EventStore;
  readonly books: Books;
  readonly tables: KeptTables;
  /** What is adopted: funds, units, chart and policies. */
  readonly reference: LedgerReference;
  /** The book that is closed the furthest. @throws LedgerError unavailable, while the read tables lie behind */
  readonly closedUpTo: () => Promise<ClosedBook | undefined>;
  /** The machine's clock. */
  readonly clock: Clock;
  /** The clock by which events are recorded. */
  readonly recordingClock: RecordingClock;
  /** Ends the follower after the batch in hand, finishes what is being appended, and releases the directory. */
  readonly close: () => Promise<void>;
}

export interface LedgerOptions {
  /** `esdb://…` or `kurrentdb://…`: the log is there. Without it the log is a file in the data directory. */
  readonly eventStoreUrl?: string | undefined;
  /** With which the names of its streams begin there; the usual one where nothing was chosen. */
  readonly eventStorePrefix?: string | undefined;
  /** How far the clock may lie from the last recorded time, in days; 30 where nothing is said. */
  readonly clockBoundDays?: number | undefined;
  /** Hears of what the event store gets over by itself, retries and dropped subscriptions, and of a wrong clock. */
  readonly log?: (message: string) => void;
}

/**
 * Opens the ledger in a data directory, creating it where there is none. Resolves once it is known how the read tables
 * stand; where they are not those of the log, or cannot be written, they are none the less made while it is open. What
 * holds nothing goes by the set that is built in, and nothing is written.
 */
export async function openUnbegun(path: string, clock: Clock, options: LedgerOptions = {}): Promise<Ledger> {
  const directory = DataDirectory.take(path, options.log);
  const { log } = options;
  const own = logPlace(directory.paths, options);
  // Threads open it later, when another directory may stand at the path of this one.
  const place = logPlace(directory.anchored, options);
  const replaced = (): void => {
    store.forget?.();
    books.forgetAll();
    reference.readAnew().catch((error: Error) => log?.(`reference data: ${error.message}`));
  };
  const met = (finding: StoreFinding): void => store.meet?.(finding);
  const tables = new KeptTables({
    place,
    path: directory.anchored.read,
    directory: directory.place,
    log,
    met,
    replaced,
  });
  const setBack = (why: string): void => tables.doubt(why);
  const keys = (stream: string, key: string): KnownKey => knownKey(tables, stream, key);
  const known = (): number => lastShown(directory.anchored.read);
  const store = await openStore(own, { keys, known, log, setBack, lostRight: () => directory.lostRight() });
  const [last, adopted] = await Promise.all([store.last(), readReference(store)]).catch(async (error: unknown) => {
    await store.close();
    directory.release();
    throw error;
  });
  const boundMs = (options.clockBoundDays ?? USUAL_BOUND_DAYS) * DAY_MS;
  const witness = clockWitness(
    directory,
    { lastMs: () => elsewhere(store, tables), serverNow: () => store.serverTime?.now() },
    log,
  );
  const recordingClock = new RecordingClock(clock, recordedAtOf(last), boundMs, witness);
  const snapshots = (stream: string) => tables.known((known) => readBookState(known, stream));
  const books = new Books(store, recordingClock, snapshots, likenessSource(tables), setBack);
  await tables.start(last?.position);
  recordingClock.reading();
  // Two followers would add up in the same tables.
  directory.whenLost(() => void tables.stop());
  const shown = onceATurn((after) => tables.known((known) => adoptionsAfter(known, after)) ?? []);
  const reference = new LedgerReference(store, adopted, shown);
  const closedUpTo = async (): Promise<ClosedBook | undefined> => {
    await tables.waitFor(await store.head(), MOST_WAIT_MS);
    return furthestClosed(tables.current());
  };
  const close = async (): Promise<void> => {
    await tables.stop();
    await store.close();
    directory.release();
  };
  return { directory, place, store, books, tables, reference, closedUpTo, clock, recordingClock, close };
}

/**
 * Opens the ledger in a data directory for recording: as above, and one that holds nothing yet begins with the set that
 * is built in.
 * @throws LedgerError as any append does, where it cannot begin now
 */
export async function openLedger(path: string, clock: Clock, options: LedgerOptions = {}): Promise<Ledger> {
  const ledger = await openUnbegun(path, clock, options);
  try {
    await beginLedger(ledger);
    return ledger;
  } catch (error) {
    await ledger.close();
    throw error;
  }
}

/** What read tables that cannot be asked know of a key. */
const NOTHING_KNOWN: KnownKey = { covered: -1, revision: undefined };

/** A key that the tables come to know between the two looks is beyond what they are said to cover. */
function knownKey(tables: KeptTables, stream: string, key: string): KnownKey {
  const known = tables.known((at) => ({ covered: lastKeyedRevision(at, stream), revision: findKey(at, stream, key) }));
  return known ?? NOTHING_KNOWN;
}

function likenessSource(tables: KeptTables): LikenessSource {
  return {
    identityOf,
    likenessOf,
    position: () => tables.known(trailPosition) ?? 0,
    shown: (command) =>
      tables.known((at) => ({ upTo: trailPosition(at), likenesses: [...likenessesShown(at, command)] })),
  };
}

/** Where the log of a ledger is. */
export function logPlace(
  { log, mark }: DataPaths,
  { eventStoreUrl: url, eventStorePrefix }: LedgerOptions,
): StorePlace {
  return url ? { store: 'kurrentdb', url, prefix: eventStorePrefix } : { store: 'sqlite', log, mark };
}

/** When the last event was recorded; undefined in an empty log. */
export const lastRecordedAt = async (store: EventStore): Promise<number | undefined> =>
  recordedAtOf(await store.last());

const recordedAtOf = (last: StoredEvent | undefined): number | undefined =>
  last && Date.parse(readEvent(last).recordedAt);

/** The last time that any node has recorded, as the read tables know it: it need not be that of the last event. */
const elsewhere = ({ severalWritersUpTo }: EventStore, tables: KeptTables): number | undefined =>
  severalWritersUpTo === undefined ? undefined : tables.known(lastStamp);

/** What others have recorded, and what an operator has confirmed, which is in the data directory. */
function clockWitness(
  directory: DataDirectory,
  others: Pick<ClockWitness, 'lastMs' | 'serverNow'>,
  log: (message: string) => void = () => undefined,
): ClockWitness {
  const { confirmedClock } = directory.anchored;
  return {
    ...others,
    confirmed: () => readConfirmedClock(confirmedClock),
    // It is kept beside what has been recorded, and must not undo it.
    keep: (confirmed) => {
      try {
        directory.demandOurs();
        writeConfirmedClock(confirmedClock, confirmed);
      } catch (error) {
        log(`${directory.paths.confirmedClock}: ${(error as Error).message}`);
      }
    },
    changed: (reading) => log(clockText(reading).en),
  };
}
