import { type CopiedFrom, type StoredEvent } from '../event-store/event-store.js';
import { effectiveTime } from '../time/effective-time.js';
import { readEvent } from './event.js';

/**
 * What a copy of an event must say beside it, so that every instant is in the copy what it was: the server's time where
 * the event counts by that, and whether several nodes wrote it.
 * @param severalUpTo up to which position they did in the log that it comes from
 */
export function copiedFrom(stored: StoredEvent, severalUpTo = 0): CopiedFrom {
  const { position, storedAtMs } = stored;
  const several = position <= severalUpTo;
  return { several, ...(storedAtMs !== undefined && isLate(stored, storedAtMs) && { storedAtMs }) };
}

function isLate(stored: StoredEvent, storedAtMs: number): boolean {
  try {
    const recordedAtMs = Date.parse(readEvent(stored).recordedAt);
    return effectiveTime(recordedAtMs, storedAtMs) > recordedAtMs;
  } catch (error) {
    // What cannot be read is found to be damaged by whoever checks the copy.
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
