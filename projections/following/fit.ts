import { hash } from 'node:crypto';
import { eventId, type EventStore, parseEventId, type StoredEvent } from '../../src/event-store/event-store.js';
import { isHistoryUnreadable } from '../../src/event-store/store-refusal.js';
import { type Checkpoint, UnfitTables } from './read-tables.js';

/**
 * By what an event is known again: its position, id and type, and the digest of its data. Logs may be equally long, and
 * one may be the beginning of another; an event that they do not share tells them apart.
 */
export const fingerprintOf = ({ position, stream, revision, type, data }: StoredEvent): string =>
  `${position} ${eventId(stream, revision)} ${type} ${hash('sha256', data, 'hex')}`;

/** The fingerprint of the first event of a log, by which the log is known; null where there is none. */
export async function firstOf(store: EventStore): Promise<string | null> {
  for await (const [first] of store.readAll({ after: 0, live: false, batch: 1 })) return fingerprintOf(first!);
  return null;
}

/** A place at which read tables and log do not belong together. */
export interface Misfit {
  /** What the tables were made from, e.g. `position 7, book-employee-460100-3`. */
  readonly expected: string;
  /** What the log has there. */
  readonly got: string;
}

/**
 * The first place at which checkpoints were not made from a log: the log's first event, or the one at a checkpoint, is
 * another there or is gone. Undefined where all of them are the log's own. @throws whatever reading the log throws
 */
export async function findMisfit(store: EventStore, checkpoints: readonly Checkpoint[]): Promise<Misfit | undefined> {
  const begun = checkpoints.filter(({ position }) => position > 0);
  const moved = begun.find(({ position, last }) => last !== null && !last.startsWith(`${position} `));
  if (moved) return { expected: placeOf(moved.last!), got: `a checkpoint at position ${moved.position}` };
  for (const fingerprint of new Set(begun.flatMap(({ first, last }) => [first, last]))) {
    if (fingerprint === null) return { expected: 'tables that name the log they were made from', got: 'none named' };
    const standing = await standingAt(store, fingerprint);
    if (standing !== fingerprint) return { expected: placeOf(fingerprint), got: foundText(fingerprint, standing) };
  }
  return undefined;
}

/** The fingerprint of what stands in a log now under the id that a fingerprint names. */
async function standingAt(store: EventStore, fingerprint: string): Promise<string | undefined> {
  const place = parseEventId(fingerprint.split(' ')[1] ?? '');
  if (!place) return undefined;
  try {
    const [stored] = await store.readStream(place.stream, { from: place.revision, limit: 1 });
    return stored && fingerprintOf(stored);
  } catch (error) {
    if (!isHistoryUnreadable(error)) throw error;
    // What an operator has taken away from a stream says nothing of the log, and its tables are what is left of it.
    return fingerprint;
  }
}

function placeOf(fingerprint: string): string {
  const [position, id] = fingerprint.split(' ');
  return `position ${position}, ${id}`;
}

function foundText(expected: string, standing: string | undefined): string {
  if (standing === undefined) return 'no such event in the log';
  const place = placeOf(standing);
  return place === placeOf(expected) ? `${place} with other contents` : place;
}

export const unfitToLog = ({ expected, got }: Misfit): UnfitTables =>
  new UnfitTables(`the read tables were made from another log: expected ${expected}, got ${got}`);
