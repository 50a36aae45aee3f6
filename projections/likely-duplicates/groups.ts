import { type LedgerEvent, readEvent } from '../../src/books/event.js';
import { LikenessTable } from '../../src/books/likeness-table.js';
import { LIKELY_DUPLICATE } from '../../src/books/likely-duplicate.js';
import { eventId, type EventStore } from '../../src/event-store/event-store.js';
import { upcast } from '../../src/event-store/upcast.js';
import { type Fen, parseFen } from '../../src/money.js';
import { giveWay } from '../../src/time/give-way.js';
import { identityOf } from '../../src/catalogue/identity.js';
import { auditTrail, likenessIn, readLine, TRAIL, type TrailLine } from '../audit-trail/projection.js';
import { readTakenBackBy } from '../audit-trail/corrections.js';
import { readStored } from '../audit-trail/vouchers.js';
import { type Stretch } from '../audit-trail/walk.js';
import { type ReadTables, tableName } from '../following/read-tables.js';
import { listBlockOf } from '../projection.js';

/** A voucher or memo of a group. */
export interface Member {
  readonly id: string;
  readonly position: number;
  readonly event: LedgerEvent;
  /** The id of the reversal or withdrawal that takes it back, where there is one by the position shown. */
  readonly reversedBy: string | undefined;
  /** Whether it was found to be one when it was recorded. */
  readonly hasFinding: boolean;
}

/** What is recorded of one book with the same kind, counterparty, day, amount and evidence: two or more. */
export interface Group {
  /** The first of them, whose fields all have in common. */
  readonly event: LedgerEvent;
  readonly counterparty: string;
  /** In the order of recording, those that were taken back among them. */
  readonly members: readonly Member[];
}

interface BookDay {
  readonly book: string;
  readonly day: string;
}

interface List {
  readonly block: number;
  readonly lines: string;
}

/** Blocks read at a time: some thousand lines. */
const BLOCKS = 8;
const table = (): string => `"${tableName(auditTrail, TRAIL)}"`;

/** How many of a group stand: those that were taken back count no more. */
export const standing = ({ members }: Group): number => members.filter(({ reversedBy }) => !reversedBy).length;

/** What may be too much: the amount of all that stand but the first. */
export const tooMuch = (group: Group): Fen => parseFen(group.event.amount!) * BigInt(Math.max(0, standing(group) - 1));

/**
 * The groups of a stretch of the trail in order of business day, then book. Each day of a book is walked for the
 * likenesses that come again, and only what has one of these is read from the log and compared in full; other work gets
 * its turn in between.
 */
export async function* groupsOf(
  { tables, store }: { readonly tables: ReadTables; readonly store: EventStore },
  stretch: Omit<Stretch, 'after' | 'mayHold'>,
): AsyncGenerator<Group> {
  const books = new Set(stretch.books);
  let at: BookDay | undefined = { day: stretch.from, book: '' };
  while ((at = nextBookDay(tables, at)) && at.day <= stretch.to) {
    if (!books.has(at.book)) continue;
    const repeated = await repeatedLikenesses(tables, at, stretch.until);
    if (repeated.size === 0) continue;
    const lines = await linesOf(tables, at, stretch.until, repeated);
    for (const alike of Map.groupBy(lines, ({ likeness }) => likeness).values())
      if (alike.length > 1) yield* await compared(tables, store, alike, stretch.until);
  }
}

/** The first day of a book behind another, in the order of the trail. */
function nextBookDay(tables: ReadTables, { day, book }: BookDay): BookDay | undefined {
  const [next] = tables.rows<BookDay>(
    `SELECT business_day AS day, book FROM ${table()} WHERE (business_day, book) > (?, ?)
     ORDER BY business_day, book LIMIT 1`,
    day,
    book,
  );
  return next;
}

/** The likenesses that more than one event of a book has on a day. */
async function repeatedLikenesses(tables: ReadTables, at: BookDay, until: number): Promise<ReadonlySet<string>> {
  const seen = new LikenessTable();
  const repeated = new Set<string>();
  for await (const lines of windowsOf(tables, at, until)) {
    for (const line of lines) {
      const likeness = likenessIn(line);
      if (likeness === '') continue;
      if (seen.find(likeness).length > 0) repeated.add(likeness);
      else seen.add(likeness, 0);
    }
  }
  return repeated;
}

async function linesOf(
  tables: ReadTables,
  at: BookDay,
  until: number,
  likenesses: ReadonlySet<string>,
): Promise<TrailLine[]> {
  const found: TrailLine[] = [];
  for await (const lines of windowsOf(tables, at, until))
    for (const line of lines) if (likenesses.has(likenessIn(line))) found.push(readLine(at.day, at.book, line));
  return found.filter(({ position }) => position <= until);
}

/** The lines of a book's day as they are written, some thousands at a time. */
async function* windowsOf(tables: ReadTables, { day, book }: BookDay, until: number): AsyncGenerator<string[]> {
  for (let from = 0; ;) {
    const lists = tables.lists<List>(
      `SELECT block, lines FROM ${table()} WHERE business_day = ? AND book = ? AND block BETWEEN ? AND ?
       ORDER BY block LIMIT ${BLOCKS}`,
      day,
      book,
      from,
      listBlockOf(until),
    );
    yield lists.flatMap(({ lines }) => lines.split('\n').slice(0, -1));
    await giveWay();
    if (lists.length < BLOCKS) return;
    from = lists.at(-1)!.block + 1;
  }
}

/** The groups of lines with one likeness: one, unless a short digest has brought together what is not alike. */
async function compared(
  tables: ReadTables,
  store: EventStore,
  lines: readonly TrailLine[],
  until: number,
): Promise<Group[]> {
  const groups = new Map<string, { event: LedgerEvent; counterparty: string; members: Member[] }>();
  for (const line of lines) {
    await giveWay();
    const event = readEvent(upcast(await readStored(store, line)));
    const identity = identityOf(event.kind, event)!;
    const group = groups.get(identity) ?? { event, counterparty: line.counterparty, members: [] };
    groups.set(identity, group);
    const id = eventId(line.stream, line.revision);
    const reversedBy = readTakenBackBy(tables, id, until);
    const hasFinding = event.findings?.some(({ code }) => code === LIKELY_DUPLICATE) ?? false;
    group.members.push({ id, position: line.position, event, reversedBy, hasFinding });
  }
  return [...groups.values()].filter(({ members }) => members.length > 1);
}
