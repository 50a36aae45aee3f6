import { hash } from 'node:crypto';
import { isDay } from '../../src/time/clock.js';
import { LedgerError, text } from '../../src/errors.js';
import { type Place } from './walk.js';

/** Where a page ended, and the position that all pages of one reading show. */
export interface Cursor extends Place {
  readonly pinned: number;
}

type Filters = Readonly<Record<string, string | undefined>>;

/** A cursor as the client keeps it: opaque, and good only for the filters it was made with. */
export function writeCursor({ pinned, day, position }: Cursor, filters: Filters): string {
  return Buffer.from(JSON.stringify([pinned, day, position, digestOf(filters)])).toString('base64url');
}

/** The inverse of `writeCursor`. @throws LedgerError invalid, where it is none or was made with other filters */
export function readCursor(written: string, filters: Filters): Cursor {
  const parts = parse(Buffer.from(written, 'base64url').toString('utf8'));
  const [pinned, day, position, digest] = Array.isArray(parts) ? (parts as unknown[]) : [];
  const isPosition = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
  if (!isPosition(pinned) || !isPosition(position) || typeof day !== 'string' || !isDay(day))
    throw refused(written, text('上一页给出的游标', 'a cursor as the page before gave it'));
  if (digest !== digestOf(filters))
    throw refused(written, text('与上一页相同的查询条件', 'the same parameters as of the page before'));
  return { pinned, day, position };
}

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
