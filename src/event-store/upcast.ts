import { type StoredEvent } from './event-store.js';

/** From an event of an old version to the next one. Pure; the stored bytes stay as they are. */
type Upcast = (stored: StoredEvent) => StoredEvent;

/**
 * The one place where old versions are read. A type that changes gets a new version, a golden file, and a line here:
 * `'ContributionRecorded.v1': (stored) => …v2`. Every type is at its first version today.
 */
const UPCASTS: Readonly<Record<string, Upcast>> = {};

/** The event in its current version. */
export function upcast(stored: StoredEvent): StoredEvent {
  let current = stored;
  for (let step = UPCASTS[current.type]; step; step = UPCASTS[current.type]) current = step(current);
  return current;
}
