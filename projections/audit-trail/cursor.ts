import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { isDay } from '../../src/time/clock.js';
import { LedgerError, text } from '../../src/errors.js';
import { type EventStore } from '../../src/event-store/event-store.js';
import { type Place } from './walk.js';

/** Where a page ended, and the position that all pages of one reading show. */
export interface Cursor extends Place {
  readonly pinned: number;
  /** What the page before had come to, where the next one goes on with it: sums that are not to be made twice. */
  readonly carried?: readonly string[];
}

type Filters = Readonly<Record<string, string | undefined>>;

/**
 * What cursors of a log are signed with: its first event, which no other log has, and which every node knows after any
 * restart. Whoever has read the log could sign one, and would see no more by it than the log.
 */
const KEYS = new WeakMap<EventStore, Promise<Buffer>>();

function keyOf(store: EventStore): Promise<Buffer> {
  const key = KEYS.get(store) ?? makeKey(store);
  KEYS.set(store, key);
  key.catch(() => KEYS.delete(store));
  return key;
}

async function makeKey(store: EventStore): Promise<Buffer> {
  for await (const [first] of store.readAll({ after: 0, live: false, batch: 1 }))
    if (first) return hash('sha256', `cursor of the audit trail\n${first.data}`, 'buffer');
  throw refused('', text('有凭证的账簿', 'a ledger with vouchers'));
}

/** A cursor as the client keeps it: opaque, and good only for the log and the filters it was made with. */
export async function writeCursor(
  { pinned, day, position, carried = [] }: Cursor,
  filters: Filters,
  store: EventStore,
): Promise<string> {
  const written = JSON.stringify([pinned, day, position, digestOf(filters), ...carried]);
  return `${Buffer.from(written).toString('base64url')}.${sign(written, await keyOf(store)).toString('base64url')}`;
}

/**
 * The inverse of `writeCursor`.
 * @throws LedgerError invalid, where it is none of this log, was changed, or was made with other filters
 */
export async function readCursor(written: string, filters: Filters, store: EventStore): Promise<Cursor> {
  const [content = '', signature = ''] = written.split('.', 2);
  const said = Buffer.from(content, 'base64url').toString('utf8');
  const given = Buffer.from(signature, 'base64url');
  const right = sign(said, await keyOf(store));
  const parts = given.length === right.length && timingSafeEqual(given, right) ? parse(said) : undefined;
  const [pinned, day, position, digest, ...carried] = Array.isArray(parts) ? (parts as unknown[]) : [];
  const isPosition = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
  if (!isPosition(pinned) || !isPosition(position) || typeof day !== 'string' || !isDay(day))
    throw refused(
      written,
      text('本账簿上一页给出的游标，未经改动', 'a cursor as the page before gave it, of this ledger'),
    );
  if (digest !== digestOf(filters))
    throw refused(written, text('与上一页相同的查询条件', 'the same parameters as of the page before'));
  return { pinned, day, position, carried: carried as string[] };
}

const sign = (written: string, key: Buffer): Buffer =>
  createHmac('sha256', key).update(written).digest().subarray(0, 16);

function parse(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function digestOf(filters: Filters): string {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  return hash('sha256', JSON.stringify(given.toSorted(([a], [b]) => (a < b ? -1 : 1))), 'base64url').slice(0, 8);
}

const refused = (got: string, expected: { zh: string; en: string }): LedgerError =>
  new LedgerError('invalid', 'cursor', text('游标不符合要求', 'the cursor is not as it must be'), [
    { pointer: 'cursor', code: 'cursor', expected, got },
  ]);
