import { ALL_FUNDS } from '../../src/reference/adopted.js';
import { type Reference } from '../../src/reference/reference.js';
import { bookStream, REFERENCE_STREAM } from '../../src/kinds/kind.js';
import { giveWay } from '../../src/time/give-way.js';
import { booksOf } from '../fund-balance/books.js';
import { type ReadTables, tableName } from '../following/read-tables.js';
import { listBlockOf } from '../projection.js';
import { auditTrail, positionOf, readLine, TRAIL, type TrailLine } from './projection.js';

/** A place in the trail: an event's business day and position. */
export interface Place {
  readonly day: string;
  readonly position: number;
}

/**
 * What stands for a book in the trail: the books of a fund and a unit, or of all of them where one is left open; and
 * for each unit what is of no fund in particular, which has no book. What changes the reference data is of no unit.
 */
export function trailBooks({ ever }: Reference, fund: string | undefined, unit: string | undefined): string[] {
  const units = ever.units.all.filter(({ code }) => unit === undefined || code === unit);
  const ofAll = fund === undefined || fund === ALL_FUNDS ? units.map(({ code }) => bookStream(ALL_FUNDS, code)) : [];
  const ofNone = unit === undefined && (fund === undefined || fund === ALL_FUNDS) ? [REFERENCE_STREAM] : [];
  return [...booksOf(ever, fund, unit).map(({ stream }) => stream), ...ofAll, ...ofNone];
}

/** A part of the trail. */
export interface Stretch {
  /** Streams of books, and what stands for one: see `trailBooks`. */
  readonly books: readonly string[];
  /** First and last business day, both inclusive. */
  readonly from: string;
  readonly to: string;
  /** Begins behind this place, wherever its day lies. */
  readonly after?: Place | undefined;
  /** What is recorded up to this position is left out, whatever its day; absent: nothing is. */
  readonly since?: number;
  /** The last position that counts: what is recorded later is not of the answer. */
  readonly until: number;
  /**
   * A quick look at a line as it is written, or at a whole list of them: false where no line in it is wanted. Saves
   * taking lines apart.
   */
  readonly mayHold?: ((written: string) => boolean) | undefined;
}

/** Most packed bytes of lists that are read at once, unless one block has more: about a thousand lines. */
const MOST_BYTES = 32_768;
const table = (): string => `"${tableName(auditTrail, TRAIL)}"`;

/** A block of positions, and how many bytes the lists of a day have in it. */
interface Block {
  readonly block: number;
  readonly bytes: number;
}

interface List {
  readonly book: string;
  readonly lines: string;
}

/**
 * The lines of a stretch in order of business day, then position, some at a time; other work gets its turn in between.
 * What is recorded up to a position never changes, so that a walk needs no transaction around it.
 */
export async function* walkTrail(tables: ReadTables, stretch: Stretch): AsyncIterable<TrailLine[]> {
  const { books, from, to, after, until, since = 0 } = stretch;
  const places = [JSON.stringify(books), listBlockOf(until)] as const;
  let isFirst = true;
  let day = firstDay(tables, after && after.day > from ? after.day : from, '>=');
  for (; day !== undefined && day <= to; day = firstDay(tables, day, '>')) {
    const begin = Math.max(since, after?.day === day ? after.position : 0);
    const lists = tables.rows<Block>(
      `SELECT block, length(lines) AS bytes FROM ${table()}
       WHERE business_day = ? AND book IN (SELECT value FROM json_each(?)) AND block <= ? AND block >= ?
       ORDER BY block`,
      day,
      ...places,
      listBlockOf(begin),
    );
    const blocks = blocksOf(lists);
    for (let index = 0; index < blocks.length;) {
      // A walk begins with one, since it often ends there.
      const window = isFirst ? blocks.slice(0, 1) : windowAt(blocks, index);
      isFirst = false;
      index += window.length;
      yield readWindow(tables, stretch, day, window[0]!.block, window.at(-1)!.block, begin);
      await giveWay();
    }
    // Years of days on which nothing of the stretch was recorded are no long wait for others.
    if (blocks.length === 0) await giveWay();
  }
}

/** The blocks of lists that are in their order: each book has a list of its own in a block. */
function blocksOf(lists: readonly Block[]): Block[] {
  const sizes = new Map<number, number>();
  for (const { block, bytes } of lists) sizes.set(block, (sizes.get(block) ?? 0) + bytes);
  return [...sizes].map(([block, bytes]) => ({ block, bytes }));
}

/** As many blocks from one on as are read at once. */
function windowAt(blocks: readonly Block[], index: number): readonly Block[] {
  let end = index + 1;
  for (let { bytes } = blocks[index]!; end < blocks.length; end += 1) {
    bytes += blocks[end]!.bytes;
    if (bytes > MOST_BYTES) break;
  }
  return blocks.slice(index, end);
}

/** The first business day at or behind a day on which anything happened. */
function firstDay(tables: ReadTables, day: string, compare: '>=' | '>'): string | undefined {
  const [row] = tables.rows<{ day: string | null }>(
    `SELECT min(business_day) AS day FROM ${table()} WHERE business_day ${compare} ?`,
    day,
  );
  return row?.day ?? undefined;
}

function readWindow(
  tables: ReadTables,
  { books, until, mayHold = () => true }: Stretch,
  day: string,
  first: number,
  last: number,
  begin: number,
): TrailLine[] {
  const lists = tables.lists<List>(
    `SELECT book, lines FROM ${table()}
     WHERE business_day = ? AND book IN (SELECT value FROM json_each(?)) AND block BETWEEN ? AND ?`,
    day,
    JSON.stringify(books),
    first,
    last,
  );
  const isWithin = (line: string): boolean => positionOf(line) > begin && positionOf(line) <= until;
  return lists
    .filter(({ lines }) => mayHold(lines))
    .flatMap(({ book, lines }) => {
      const wanted = lines.split('\n').filter((line) => line !== '' && mayHold(line) && isWithin(line));
      return wanted.map((line) => readLine(day, book, line));
    })
    .sort((one, other) => one.position - other.position);
}
