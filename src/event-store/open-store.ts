import { type EventStore, type StorePlace } from './event-store.js';
import { type KeySnapshot } from './kurrentdb/keys.js';
import { SqliteEventStore } from './sqlite/sqlite-event-store.js';
import { type StoreFinding } from './store-refusal.js';

/** How the names of our streams begin: books, the streams of the memos, and what the ledger says of its log. */
export const STREAM_NAMES: readonly string[] = [
  'book-',
  'case-',
  'ledger-restorations',
  'agreement-',
  'budget-',
  'deposit-',
  'disclosure-',
  'enrolment-',
  'indicators-',
  'lead-',
  'provider-',
  'reference',
  'suspension-',
  'transfers-',
];

const NO_KEYS: KeySnapshot = () => ({ covered: -1, revision: undefined });
const quiet = (): void => undefined;

/** What the one that appends knows beside the log, and what it hears of. */
export interface Beside {
  /** What is known of the keys where the log has no index of them. */
  readonly keys?: KeySnapshot;
  /** Up to which position this node has read the log: the end of one that others write to is looked for from there. */
  readonly known?: () => number;
  /** Hears of what the store gets over by itself. */
  readonly log?: ((message: string) => void) | undefined;
  /** Hears of each event of others among ours, where others write to the log as well. */
  readonly met?: (finding: StoreFinding) => void;
  /** Hears that a server holds less than it did. */
  readonly setBack?: (why: string) => void;
  /** Why this process may no longer write to a log that is a file, where it may not. */
  readonly lostRight?: () => string | undefined;
}

/** Opens the log for one who appends. */
export async function openStore(place: StorePlace, beside: Beside = {}): Promise<EventStore> {
  const { log = quiet, lostRight } = beside;
  if (place.store === 'sqlite')
    return new SqliteEventStore(place.log, { readonly: false, markPath: place.mark, log, lostRight });
  return openKurrentDb(place, beside, true);
}

/**
 * Opens the log for one who only reads, unless it has lost its end: figures of what is left would be wrong.
 * @param log hears of retries and of subscriptions that were dropped
 * @throws LogShorterThanMark
 */
export async function openStoreForReading(
  place: StorePlace,
  log: (message: string) => void = quiet,
  beside: Pick<Beside, 'known' | 'met'> = {},
): Promise<EventStore> {
  if (place.store === 'sqlite') return new SqliteEventStore(place.log, { readonly: true, markPath: place.mark });
  return openKurrentDb(place, { ...beside, log });
}

/** Opens the log for one who looks what is wrong with it. */
export async function openStoreForAudit(place: StorePlace): Promise<EventStore> {
  if (place.store === 'sqlite') return new SqliteEventStore(place.log, { readonly: true });
  return openKurrentDb(place, {});
}

/** The driver is loaded only where it is used: it costs every thread 20 MB and a tenth of a second. */
async function openKurrentDb(
  { url, prefix }: Extract<StorePlace, { store: 'kurrentdb' }>,
  { keys = NO_KEYS, log = quiet, known, met, setBack }: Beside,
  watch = false,
): Promise<EventStore> {
  const { KurrentDbEventStore } = await import('./kurrentdb/kurrentdb-event-store.js');
  return new KurrentDbEventStore({ url, prefix, names: STREAM_NAMES, keys, log, known, met, setBack, watch });
}
