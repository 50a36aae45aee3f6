import { type EventStore, type StorePlace } from './event-store.js';
import { type KeySnapshot } from './kurrentdb-keys.js';
import { SqliteEventStore } from './sqlite.js';

/** The beginnings of our streams' names: books, and the streams of the memos. */
export const STREAM_PREFIXES: readonly string[] = ['book-', 'case-'];

const NO_KEYS: KeySnapshot = { revision: () => -1, find: () => undefined };
const quiet = (): void => undefined;

/** Opens the log for one who appends. `keys`: what is known of the keys where the log has no index of them. */
export async function openStore(
  place: StorePlace,
  keys: KeySnapshot = NO_KEYS,
  log: (message: string) => void = quiet,
): Promise<EventStore> {
  if (place.store === 'sqlite') return new SqliteEventStore(place.log, { readonly: false, markPath: place.mark });
  return openKurrentDb(place.url, keys, log);
}

/** Opens the log for one who only reads. `log` hears of retries and of subscriptions that were dropped. */
export async function openStoreForReading(
  place: StorePlace,
  log: (message: string) => void = quiet,
): Promise<EventStore> {
  if (place.store === 'sqlite') return new SqliteEventStore(place.log, { readonly: true });
  return openKurrentDb(place.url, NO_KEYS, log);
}

/** The driver is loaded only where it is used: it costs every thread 20 MB and a tenth of a second. */
async function openKurrentDb(url: string, keys: KeySnapshot, log: (message: string) => void): Promise<EventStore> {
  const { KurrentDbEventStore } = await import('./kurrentdb.js');
  return new KurrentDbEventStore({ url, prefixes: STREAM_PREFIXES, keys, log });
}
