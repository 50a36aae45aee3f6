import { ledgerLine } from '../../src/books/entries.js';
import { readEvent } from '../../src/books/event.js';
import { dayBefore } from '../../src/clock.js';
import { upcast } from '../../src/event-store/upcast.js';
import { type Fen, parseFen } from '../../src/money.js';
import { type Projection } from '../projection.js';
import { type Asking } from '../question.js';
import { type ReadTables, tableName } from '../read-tables.js';
import { recordedTime } from '../recorded-time/projection.js';
import { positionAsOf } from '../recorded-time/query.js';
import { BLOCK, BLOCK_STARTS, fundBalance, monthSpan, MOVEMENTS, WHOLE, WIDE_BLOCK } from './projection.js';

/** What has moved on one ledger line since its book began, in fen; red entries count as negative. */
export interface Turnover {
  readonly debit: Fen;
  readonly credit: Fen;
}

/** Turnovers by ledger line. A line on which nothing was ever posted is not there. */
export type Lines = ReadonlyMap<string, Turnover>;

/** A point on the recorded axis, the same for all that belongs to one answer. */
export interface Shown {
  /** The position that the answer shows: nothing after it counts. */
  readonly position: number;
  /** The lines of each book that has a voucher by then, one for each business day asked about, in their order. */
  readonly books: ReadonlyMap<string, readonly Lines[]>;
}

export interface LinesWanted {
  /** Streams of books; one that does not exist is left out of the answer. */
  readonly books: readonly string[];
  /** Business days, each inclusive. */
  readonly days: readonly string[];
  /** A day in Asia/Shanghai, an instant or a position; absent: all that is recorded. */
  readonly recordedAsOf?: string | undefined;
  /** Other projections that the answer rests on: it shows no more than the slowest has seen. */
  readonly alsoFrom?: readonly Projection[];
}

/** How much of a book a position has seen: whole blocks, and a block of which only a part may count. */
interface Reach {
  readonly stream: string;
  /** The number of complete finest blocks, and so the block that is read from the log. Absent: all there is. */
  readonly blocks: number | undefined;
  readonly sums: readonly Map<string, Turnover>[];
}

/**
 * The turnovers of books up to business days, as recorded by a moment: the one source of every balance.
 * @throws LedgerError invalid, where there is no such moment; unavailable, where a projection is stopped
 */
export async function readLines({ tables, store }: Asking, wanted: LinesWanted): Promise<Shown> {
  const { position, reaches } = tables.atOneMoment(fundBalance, (now) => {
    const others = [recordedTime, ...(wanted.alsoFrom ?? [])].map((each) => tables.checkpoint(each).position);
    const cut = positionAsOf(tables, wanted.recordedAsOf, Math.min(now, ...others));
    const found = wanted.books.map((stream) => readReach(tables, stream, wanted.days, cut, cut === now));
    return { position: cut, reaches: found.filter((reach) => reach !== undefined) };
  });
  const books = new Map<string, readonly Lines[]>();
  for (const reach of reaches) {
    if (reach.blocks !== undefined) await addTail(store, reach, reach.blocks, wanted.days, position);
    books.set(reach.stream, reach.sums);
  }
  return { position, books };
}

/** The sums of a book's complete blocks; undefined where it has no voucher by the cut. */
function readReach(
  tables: ReadTables,
  stream: string,
  days: readonly string[],
  cut: number,
  isNow: boolean,
): Reach | undefined {
  const [last] = tables.rows<{ block: number }>(
    `SELECT block FROM "${tableName(fundBalance, BLOCK_STARTS)}"
     WHERE stream = ? AND position <= ? ORDER BY position DESC LIMIT 1`,
    stream,
    cut,
  );
  if (!last) return undefined;
  const blocks = isNow ? undefined : last.block;
  return { stream, blocks, sums: days.map((day) => sumBlocks(tables, stream, piecesOf(blocks, day))) };
}

/** One range of rows: a block, and the spans after one and up to another. */
type Piece = readonly [size: number, block: number, after: string, upTo: string];

/** The fewest rows that add up to a book's first `blocks` finest blocks, or to all of it, up to a business day. */
export function piecesOf(blocks: number | undefined, day: string): Piece[] {
  const month = day.slice(0, 7);
  const byMonthAndDay = (size: number, block: number): Piece[] => [
    [size, block, 'M', monthSpan(dayBefore(`${month}-01`))],
    [size, block, month, day],
  ];
  if (blocks === undefined) return byMonthAndDay(WHOLE, 0);
  const revisions = blocks * BLOCK;
  const pieces: Piece[] = [];
  let reached = 0;
  for (; reached + WIDE_BLOCK <= revisions; reached += WIDE_BLOCK)
    pieces.push(...byMonthAndDay(WIDE_BLOCK, reached / WIDE_BLOCK));
  for (; reached < revisions; reached += BLOCK) pieces.push([BLOCK, reached / BLOCK, '', day]);
  return pieces;
}

function sumBlocks(tables: ReadTables, stream: string, pieces: readonly Piece[]): Map<string, Turnover> {
  const rows = tables.sums<{ line: string; debit: bigint; credit: bigint }>(
    `SELECT line, sum(debit) AS debit, sum(credit) AS credit
     FROM json_each(?) AS piece CROSS JOIN "${tableName(fundBalance, MOVEMENTS)}"
     WHERE stream = ? AND size = piece.value ->> 0 AND block = piece.value ->> 1
       AND span > piece.value ->> 2 AND span <= piece.value ->> 3
     GROUP BY line`,
    JSON.stringify(pieces),
    stream,
  );
  return new Map(rows.map(({ line, debit, credit }) => [line, { debit, credit }]));
}

/** Adds the events of the one block that the position falls into, as far as they stand at or before it. */
async function addTail(
  store: Asking['store'],
  { stream, sums }: Reach,
  block: number,
  days: readonly string[],
  cut: number,
): Promise<void> {
  for (const stored of await store.readStream(stream, { from: block * BLOCK, limit: BLOCK })) {
    if (stored.position > cut) break;
    const { businessDate, entries } = readEvent(upcast(stored));
    for (const [index, day] of days.entries()) {
      if (businessDate > day) continue;
      for (const entry of entries ?? []) add(sums[index]!, ledgerLine(entry), entry);
    }
  }
}

function add(sums: Map<string, Turnover>, line: string, entry: { debit?: string; credit?: string }): void {
  const before = sums.get(line);
  sums.set(line, {
    debit: (before?.debit ?? 0n) + parseFen(entry.debit ?? '0'),
    credit: (before?.credit ?? 0n) + parseFen(entry.credit ?? '0'),
  });
}
