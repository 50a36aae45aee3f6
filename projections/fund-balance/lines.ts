import { isCarried, lastDayOf, periodOf } from '../../src/books/periods.js';
import { type Entry, ledgerLine } from '../../src/books/entries.js';
import { readEvent } from '../../src/books/event.js';
import { dayBefore } from '../../src/time/clock.js';
import { giveWay } from '../../src/time/give-way.js';
import { type StoredEvent } from '../../src/event-store/event-store.js';
import { upcast } from '../../src/event-store/upcast.js';
import { type Moment } from '../../src/time/moment.js';
import { type Fen, parseFen } from '../../src/money.js';
import { type Projection, type SumTable } from '../projection.js';
import { type Asking } from '../asking/question.js';
import { type ReadTables, tableName } from '../following/read-tables.js';
import { recordedTime } from '../recorded-time/projection.js';
import { positionAsOf } from '../recorded-time/query.js';
import {
  BLOCK,
  BLOCK_STARTS,
  CARRIED,
  fundBalance,
  IN_ALL_BLOCKS,
  monthSpan,
  MOVEMENTS,
  WIDE_BLOCK,
} from './projection.js';

/** What has moved on one ledger line since its book began, in fen; red entries count as negative. */
export interface Turnover {
  readonly debit: Fen;
  readonly credit: Fen;
}

/** A turnover with the number of entries in it, which tells a line that nothing was posted on from one that is even. */
interface Counted extends Turnover {
  readonly entries: bigint;
}

/** Turnovers by ledger line. A line on which nothing was ever posted is not there. */
export type Lines = ReadonlyMap<string, Turnover>;

/** A point on the recorded axis, the same for all that belongs to one answer. */
export interface Shown {
  /** The position that the answer shows: nothing after it counts. */
  readonly position: number;
  /** The lines of each book that has a voucher by then, one for each business day asked about, in their order. */
  readonly books: ReadonlyMap<string, readonly Lines[]>;
  /** What closes carried on each line by then, as `books`; empty where that was not asked for. */
  readonly carried: ReadonlyMap<string, readonly Lines[]>;
}

export interface LinesWanted {
  /** Streams of books; one that does not exist is left out of the answer. */
  readonly books: readonly string[];
  /** Business days, each inclusive. */
  readonly days: readonly string[];
  /** Absent: all that is recorded. */
  readonly recordedAsOf?: Moment | undefined;
  /** Other projections that the answer rests on: it shows no more than the slowest has seen. */
  readonly alsoFrom?: readonly Projection[];
  /** Whether the answer has what closes carried as well: whoever shows an account adds it to what moved. */
  readonly carried?: boolean;
}

/** How much of a book a position has seen: the sums of whole blocks, and a block of which only a part counts. */
interface Reach {
  readonly stream: string;
  readonly table: SumTable;
  readonly sums: readonly Map<string, Counted>[];
  /** Absent: all there is counts. */
  readonly split: Split | undefined;
}

/** The finest block that a position falls into, which the sums do not hold. Its events are read from the log. */
interface Split {
  readonly block: number;
  /** The sums of the block by itself, for each business day. */
  readonly own: readonly Map<string, Counted>[];
}

/** Events of a block read at a time: few, because on average half of them are on the other side of the position. */
const TAIL_PAGE = 32;

/**
 * The turnovers of books up to business days, as recorded by a moment: the one source of every balance.
 * @throws LedgerError unavailable, where a projection is stopped
 */
export async function readLines({ tables, store }: Asking, wanted: LinesWanted): Promise<Shown> {
  const { position, seen, reaches } = tables.atOneMoment(fundBalance, (now) => {
    const others = [recordedTime, ...(wanted.alsoFrom ?? [])].map((each) => tables.checkpoint(each).position);
    const cut = positionAsOf(tables, wanted.recordedAsOf, Math.min(now, ...others));
    const sums = wanted.carried === true ? [MOVEMENTS, CARRIED] : [MOVEMENTS];
    const found = sums.flatMap((table) =>
      wanted.books.map((stream) => readReach(tables, table, stream, wanted.days, cut, now)),
    );
    return { position: cut, seen: now, reaches: found.filter((reach) => reach !== undefined) };
  });
  const books = new Map<string, readonly Lines[]>();
  const carried = new Map<string, readonly Lines[]>();
  for (const { stream, table, sums, split } of reaches) {
    if (split) await addSplit(store, { stream, table, sums, ...split }, wanted.days, position, seen);
    // Tables and an embedded store answer without giving way: others get their turn between two books.
    await giveWay();
    (table === MOVEMENTS ? books : carried).set(stream, sums);
  }
  return { position, books, carried };
}

/** The sums of a book's whole blocks by the cut; undefined where it has no voucher by then. */
function readReach(
  tables: ReadTables,
  table: SumTable,
  stream: string,
  days: readonly string[],
  cut: number,
  now: number,
): Reach | undefined {
  const [last] = tables.rows<{ block: number }>(
    `SELECT block FROM "${tableName(fundBalance, BLOCK_STARTS)}"
     WHERE stream = ? AND position <= ? ORDER BY position DESC LIMIT 1`,
    stream,
    cut,
  );
  if (!last) return undefined;
  if (cut === now) return { stream, table, sums: sumAll(tables, table, stream, days), split: undefined };
  const sumsOf = (blocks: number) => days.map((day) => sumBlocks(tables, table, stream, piecesOf(blocks, day)));
  const own = days.map((day) => sumBlocks(tables, table, stream, [[BLOCK, last.block, '', day]]));
  return { stream, table, sums: sumsOf(last.block), split: { block: last.block, own } };
}

/** One range of rows: a block, and the spans after one and up to another. */
type Piece = readonly [size: number, block: number, after: string, upTo: string];

/** The fewest rows that add up to a book's first `blocks` finest blocks, up to a business day. */
export function piecesOf(blocks: number, day: string): Piece[] {
  const month = day.slice(0, 7);
  const lastMonth = monthSpan(dayBefore(`${month}-01`));
  const revisions = blocks * BLOCK;
  const pieces: Piece[] = [];
  let reached = 0;
  for (; reached + WIDE_BLOCK <= revisions; reached += WIDE_BLOCK)
    pieces.push([WIDE_BLOCK, reached / WIDE_BLOCK, 'M', lastMonth], [WIDE_BLOCK, reached / WIDE_BLOCK, month, day]);
  for (; reached < revisions; reached += BLOCK) pieces.push([BLOCK, reached / BLOCK, '', day]);
  return pieces;
}

/**
 * The sums of all there is in a book up to each day. Every row is read once, however many days are asked about: each
 * day adds what moved since the one before it.
 */
function sumAll(tables: ReadTables, table: SumTable, stream: string, days: readonly string[]): Map<string, Counted>[] {
  const ordered = [...new Set(days)].toSorted();
  const steps = ordered.flatMap((day, index) =>
    stepsTo(day, ordered[index - 1]).map(([after, upTo]) => [index, after, upTo] as const),
  );
  const rows = tables.sums<Counted & { line: string; step: bigint }>(
    `SELECT step.value ->> 0 AS step, line, sum(debit) AS debit, sum(credit) AS credit, sum(entries) AS entries
     FROM json_each(?) AS step CROSS JOIN "${tableName(fundBalance, table)}"
     WHERE stream = ? AND ${IN_ALL_BLOCKS}
       AND span > step.value ->> 1 AND span <= step.value ->> 2
     GROUP BY step.value ->> 0, line ORDER BY step.value ->> 0, line`,
    JSON.stringify(steps),
    stream,
  );
  const moved = Map.groupBy(rows, ({ step }) => step);
  const sums = new Map<string, Counted>();
  const until = new Map(
    ordered.map((day, index) => {
      for (const { line, step: _, ...counted } of moved.get(BigInt(index)) ?? []) addTo(sums, line, counted);
      return [day, new Map(sums)] as const;
    }),
  );
  const byLine = ([one]: [string, Counted], [other]: [string, Counted]): number => (one < other ? -1 : 1);
  return days.map((day) => new Map([...until.get(day)!].toSorted(byLine)));
}

/** The fewest ranges of spans, each behind one and up to another, that hold what moved from a day to a later one. */
export function stepsTo(day: string, behind: string | undefined): (readonly [after: string, upTo: string])[] {
  const month = day.slice(0, 7);
  if (behind !== undefined && behind.startsWith(month)) return [[behind, day]];
  const last = behind === undefined ? 'M' : monthSpan(behind);
  const rest = behind === undefined || isMonthEnd(behind) ? [] : [[behind, `${behind.slice(0, 7)}-99`] as const];
  if (isMonthEnd(day)) return [...rest, [last, monthSpan(day)]];
  return [...rest, [last, monthSpan(dayBefore(`${month}-01`))], [month, day]];
}

const isMonthEnd = (day: string): boolean => lastDayOf(periodOf(day)) === day;

function sumBlocks(
  tables: ReadTables,
  table: SumTable,
  stream: string,
  pieces: readonly Piece[],
): Map<string, Counted> {
  const rows = tables.sums<Counted & { line: string }>(
    `SELECT line, sum(debit) AS debit, sum(credit) AS credit, sum(entries) AS entries
     FROM json_each(?) AS piece CROSS JOIN "${tableName(fundBalance, table)}"
     WHERE stream = ? AND size = piece.value ->> 0 AND block = piece.value ->> 1
       AND span > piece.value ->> 2 AND span <= piece.value ->> 3
     GROUP BY line`,
    JSON.stringify(pieces),
    stream,
  );
  return new Map(rows.map(({ line, ...counted }) => [line, counted]));
}

type SplitBook = Pick<Reach, 'stream' | 'table' | 'sums'> & Split;

/**
 * Adds the part of a book's split block that stands at or before the cut: its events up to there, or, where that is the
 * longer part, the whole block less the events behind.
 */
async function addSplit(
  store: Asking['store'],
  book: SplitBook,
  days: readonly string[],
  cut: number,
  seen: number,
): Promise<void> {
  const [middle] = await store.readStream(book.stream, { from: book.block * BLOCK + BLOCK / 2, limit: 1 });
  if (!middle || middle.position > cut) return addUntil(store, book, days, cut);
  for (const [index, own] of book.own.entries())
    for (const [line, counted] of own) addTo(book.sums[index]!, line, counted);
  return takeOutAfter(store, book, days, cut, seen);
}

/** Adds the events of a book's split block that stand at or before the cut. */
async function addUntil(
  store: Asking['store'],
  { stream, table, sums, block }: SplitBook,
  days: readonly string[],
  cut: number,
): Promise<void> {
  for (let from = block * BLOCK; from < (block + 1) * BLOCK; from += TAIL_PAGE) {
    for (const stored of await store.readStream(stream, { from, limit: TAIL_PAGE })) {
      if (stored.position > cut) return;
      count({ table, sums }, days, stored, 1n);
    }
  }
}

/** Takes the events of a book's split block out that stand behind the cut, as far as the sums have `seen` them. */
async function takeOutAfter(
  store: Asking['store'],
  { stream, table, sums, block }: SplitBook,
  days: readonly string[],
  cut: number,
  seen: number,
): Promise<void> {
  let from = (block + 1) * BLOCK - 1;
  for (;;) {
    const page = await store.readStream(stream, { direction: 'backwards', from, limit: TAIL_PAGE });
    if (page.length === 0) throw new Error(`${stream}: the log does not hold the block ${block} that was read from it`);
    for (const stored of page) {
      // The block's first event stands at or before the cut: this is where it ends at the latest.
      if (stored.position <= cut) return;
      if (stored.position <= seen) count({ table, sums }, days, stored, -1n);
      from = stored.revision - 1;
    }
  }
}

/** Counts an event in the sums of each day by which it had happened; once more, or once less. */
function count(
  { table, sums }: Pick<SplitBook, 'table' | 'sums'>,
  days: readonly string[],
  stored: StoredEvent,
  times: 1n | -1n,
): void {
  const { kind, businessDate, entries } = readEvent(upcast(stored));
  for (const [index, day] of days.entries()) {
    if (businessDate > day) continue;
    for (const entry of entries ?? [])
      if (isCarried(kind, entry) === (table === CARRIED)) add(sums[index]!, ledgerLine(entry), entry, times);
  }
}

function add(sums: Map<string, Counted>, line: string, entry: Entry, times: 1n | -1n): void {
  const debit = parseFen(entry.debit ?? '0') * times;
  const credit = parseFen(entry.credit ?? '0') * times;
  addTo(sums, line, { debit, credit, entries: times });
}

function addTo(sums: Map<string, Counted>, line: string, more: Counted): void {
  const { debit, credit, entries } = sums.get(line) ?? NOTHING;
  if (entries + more.entries === 0n) sums.delete(line);
  else sums.set(line, { debit: debit + more.debit, credit: credit + more.credit, entries: entries + more.entries });
}

const NOTHING: Counted = { debit: 0n, credit: 0n, entries: 0n };
