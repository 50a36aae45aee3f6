import { hash } from 'node:crypto';
import { type EventStore, type StoredEvent } from './event-store.js';

/**
 * Where a log stood at some time: hashes of its first event and of the one at a position. What was so of a log stays
 * so; a log of which it is not so is another one, or this one as it was before.
 */
export interface LogIdentity {
  /** SHA-256 of the stored bytes of the first event, 64 hexadecimal digits; empty for an empty log. */
  readonly first: string;
  /** The position of the last event; 0 for an empty log. */
  readonly position: number;
  /** SHA-256 of its stored bytes; empty for an empty log. */
  readonly hash: string;
}

/**
 * - same: what was so is so; the log may have grown since.
 * - parted: it begins with the same event and has another, or none, at the position: an older state of the ledger,
 *   which may have gone on since.
 * - other: the log of another ledger, or an empty one.
 */
export type LogLikeness = 'same' | 'parted' | 'other';

type Readable = Pick<EventStore, 'last' | 'readAll'>;

/** Where a log stands now. */
export async function identifyLog(store: Readable): Promise<LogIdentity> {
  const last = await store.last();
  if (!last) return { first: '', position: 0, hash: '' };
  return { first: hashOf(await eventAfter(store, 0)), position: last.position, hash: hashOf(last) };
}

/** Compares a log with what was once so of one. Nothing is known of a log that was empty: any may have come of it. */
export async function compareLog(store: Readable, was: LogIdentity): Promise<LogLikeness> {
  if (was.position === 0) return 'same';
  const there = await eventAfter(store, was.position - 1);
  if (there?.position === was.position && hashOf(there) === was.hash) return 'same';
  return hashOf(await eventAfter(store, 0)) === was.first ? 'parted' : 'other';
}

const hashOf = (event: StoredEvent | undefined): string => (event ? hash('sha256', event.data) : '');

async function eventAfter(store: Readable, after: number): Promise<StoredEvent | undefined> {
  for await (const [event] of store.readAll({ after, batch: 1, live: false })) return event;
  return undefined;
}
