import { isCarried } from '../../src/books/periods.js';
import { readEvent } from '../../src/books/event.js';
import { upcast } from '../../src/event-store/upcast.js';
import { FIRST_DAY, LAST_DAY, type OpenInterval } from '../asking/interval.js';
import { type Asking } from '../asking/question.js';
import { type ReadTables, tableName } from '../following/read-tables.js';
import { ALL_BLOCKS, BLOCK, BLOCK_STARTS, fundBalance, MOVEMENTS, WIDE_BLOCK } from '../fund-balance/projection.js';
import { recordedTime } from '../recorded-time/projection.js';
import { momentOf, positionAsOf } from '../recorded-time/query.js';

/** Where the vouchers of some books stand among the business days, around an interval of them. */
export interface FoundDays {
  readonly position: number;
  /** The first and the last day with a voucher; null where there is none. */
  readonly first: string | null;
  readonly last: string | null;
  /** The last day with a voucher before the interval, the first in it, and the first behind it. */
  readonly before: string | null;
  readonly within: string | null;
  readonly behind: string | null;
}

/** Sums of a book that hold what is asked about: all there is, or its whole blocks by a position. */
type Piece = readonly [stream: string, size: number, block: number];
/** A block of a book that a position falls into: what of it counts is read from the log. */
type Part = readonly [stream: string, block: number];

/**
 * Finds the days around an interval on which books have vouchers, as recorded by a moment.
 * @throws LedgerError invalid, where the log has no such moment
 */
export async function findDays(
  asking: Asking,
  streams: readonly string[],
  interval: OpenInterval,
  recordedAsOf: string | undefined,
): Promise<FoundDays> {
  const { tables } = asking;
  const moment = await momentOf(asking, recordedAsOf);
  const { position, found, parts } = tables.atOneMoment(fundBalance, (now) => {
    const cut = positionAsOf(tables, moment, Math.min(now, tables.checkpoint(recordedTime).position));
    const whole = streams.flatMap((stream) => ALL_BLOCKS.map((block): Piece => [stream, WIDE_BLOCK, block]));
    const reached = cut === now ? { pieces: whole, parts: [] } : reachedBy(tables, streams, cut);
    return { position: cut, found: daysIn(tables, reached.pieces, interval), parts: reached.parts };
  });
  const days = (await Promise.all(parts.map((part) => daysOfPart(asking, part, position)))).flat();
  const all = [...found, ...days];
  const { from = FIRST_DAY, to = LAST_DAY } = interval;
  return {
    position,
    first: least(all),
    last: greatest(all),
    before: greatest(all.filter((day) => day < from)),
    within: least(all.filter((day) => day >= from && day <= to)),
    behind: least(all.filter((day) => day > to)),
  };
}

const ordered = (days: readonly string[]): string[] => days.toSorted();
const least = (days: readonly string[]): string | null => ordered(days)[0] ?? null;
const greatest = (days: readonly string[]): string | null => ordered(days).at(-1) ?? null;

/** The days next to the ends of an interval, on both sides, and the first and the last of all, of some sums. */
function daysIn(tables: ReadTables, pieces: readonly Piece[], { from, to }: OpenInterval): string[] {
  // Months stand behind all days.
  const at = (end: 'min' | 'max', where: string): string =>
    `(SELECT ${end}(span) FROM "${tableName(fundBalance, MOVEMENTS)}"
      WHERE stream = piece.value ->> 0 AND size = piece.value ->> 1 AND block = piece.value ->> 2
        AND span < 'M' AND ${where})`;
  const rows = tables.rows<Readonly<Record<string, string | null>>>(
    `SELECT min(${at('min', `span >= ''`)}) AS first, max(${at('max', `span >= ''`)}) AS last,
       max(${at('max', 'span < edge.value ->> 0')}) AS before, min(${at('min', 'span >= edge.value ->> 0')}) AS within,
       min(${at('min', 'span > edge.value ->> 1')}) AS behind
     FROM json_each(?) AS piece, json_each(?) AS edge`,
    JSON.stringify(pieces),
    JSON.stringify([[from ?? FIRST_DAY, to ?? LAST_DAY]]),
  );
  return Object.values(rows[0]!).filter((day) => day !== null);
}

/** The whole blocks of books by a position, and the blocks that it falls into. */
function reachedBy(tables: ReadTables, streams: readonly string[], cut: number) {
  const rows = tables.rows<{ stream: string; block: number | null }>(
    `SELECT book.value AS stream,
       (SELECT block FROM "${tableName(fundBalance, BLOCK_STARTS)}"
        WHERE stream = book.value AND position <= ? ORDER BY position DESC LIMIT 1) AS block
     FROM json_each(?) AS book`,
    cut,
    JSON.stringify(streams),
  );
  const parts = rows.flatMap(({ stream, block }): Part[] => (block === null ? [] : [[stream, block]]));
  return { parts, pieces: parts.flatMap(([stream, block]) => piecesBefore(stream, block)) };
}

/** The fewest sums that hold a book's blocks before one. */
function piecesBefore(stream: string, block: number): Piece[] {
  const narrowInWide = WIDE_BLOCK / BLOCK;
  const wide = Math.floor(block / narrowInWide);
  return [
    ...Array.from({ length: wide }, (_, index): Piece => [stream, WIDE_BLOCK, index]),
    ...Array.from({ length: block % narrowInWide }, (_, index): Piece => [stream, BLOCK, wide * narrowInWide + index]),
  ];
}

/** The days of the vouchers in a block that stand at or before a position. */
async function daysOfPart({ store }: Asking, [stream, block]: Part, cut: number): Promise<string[]> {
  const events = await store.readStream(stream, { from: block * BLOCK, limit: BLOCK });
  return events
    .filter(({ position }) => position <= cut)
    .map((stored) => readEvent(upcast(stored)))
    .filter(({ kind, entries = [] }) => entries.some((entry) => !isCarried(kind, entry)))
    .map(({ businessDate }) => businessDate);
}
