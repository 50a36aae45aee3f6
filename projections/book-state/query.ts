import { type BookState, type Closed, type LastLine } from '../../src/books/book-state.js';
import { periodOf, YEAR_CLOSE_KIND } from '../../src/books/periods.js';
import { type Fen, parseFen } from '../../src/money.js';
import { parseEventId } from '../../src/event-store/event-store.js';
import { DayBalances } from '../../src/books/day-balances.js';
import { type SumTable, type RowTable } from '../projection.js';
import { type ReadTables, tableName } from '../following/read-tables.js';
import { bookState, DAYS, MARKS, MONTHS, SERIES } from './projection.js';

const from = (table: SumTable | RowTable): string => `FROM "${tableName(bookState, table)}" WHERE stream = ?`;

function lastLineOf(value: string): LastLine {
  const [line, revision] = value.split(' ') as [string, string];
  return { line: Number.parseInt(line, 10), revision: Number.parseInt(revision, 10) };
}

const revisionOf = (id: string): number => parseEventId(id)!.revision;

/** The last year that is closed, and the periods closed behind it. */
function standingCloses(marks: readonly { name: string; value: string }[]): Closed[] {
  const closes = marks.map(({ name, value }) => {
    const [kind, businessDate] = value.split(' ') as [string, string];
    return { kind, businessDate, revision: revisionOf(name) };
  });
  const inOrder = closes.toSorted((one, other) => one.revision - other.revision);
  return inOrder.slice(
    Math.max(
      0,
      inOrder.findLastIndex(({ kind }) => kind === YEAR_CLOSE_KIND),
    ),
  );
}

function refundsIn(marks: readonly { name: string; value: string }[]): BookState['refunds'] {
  const refunds: BookState['refunds'] = new Map();
  const inOrder = marks.map(({ name, value }) => ({ revision: revisionOf(name), value }));
  for (const { revision, value } of inOrder.toSorted((one, other) => one.revision - other.revision)) {
    const [original, amount] = value.split(' ') as [string, string];
    const of = revisionOf(original);
    refunds.set(of, [...(refunds.get(of) ?? []), { revision, amount: parseFen(amount) }]);
  }
  return refunds;
}

/**
 * The balances of all periods, and what moved in each that is kept.
 * @param folded the last period of a closed year; empty where none is closed
 */
function readMonths(tables: ReadTables, stream: string, folded: string): Pick<BookState, 'balances' | 'months'> {
  const rows = tables.sums<{ period: string; line: string; balance: bigint }>(
    `SELECT period, line, balance ${from(MONTHS)} ORDER BY period, line`,
    stream,
  );
  const balances = new Map<string, Fen>();
  const months = new Map<string, Map<string, Fen>>();
  for (const { period, line, balance } of rows) {
    balances.set(line, (balances.get(line) ?? 0n) + balance);
    if (period <= folded) continue;
    const moved = months.get(period);
    if (moved) moved.set(line, balance);
    else months.set(period, new Map([[line, balance]]));
  }
  return { balances, months };
}

const DAY_LENGTH = 'YYYY-MM-DD'.length;

/**
 * The balances of every day behind a closed year, and of its last day; of every day where none is closed. A line is one
 * row with all its days: a row for each day costs several times as much to read. They come in the order of the table's
 * key, so that nothing has to be sorted.
 */
function readDays(tables: ReadTables, stream: string, folded: string | undefined): DayBalances {
  const lines = tables.rows<{ line: string; moved: string }>(
    `SELECT line, group_concat(business_day || effect) AS moved
      FROM (SELECT line, business_day, effect ${from(DAYS)} ORDER BY line, business_day) GROUP BY line`,
    stream,
  );
  const balances = DayBalances.ofLines(
    lines.map(({ line, moved }) => {
      const days = moved.split(',');
      return {
        line,
        days: days.map((day) => day.slice(0, DAY_LENGTH)),
        effects: days.map((day) => BigInt(day.slice(DAY_LENGTH))),
      };
    }),
  );
  if (folded !== undefined) balances.fold(folded);
  return balances;
}

/**
 * The state of a book as far as the read tables have come; undefined where they do not know it. The tail is the
 * caller's. A register of memos is short, and its state is all that stands in it: it is read from the log.
 */
export function readBookState(tables: ReadTables, stream: string): BookState | undefined {
  if (!stream.startsWith('book-')) return undefined;
  return tables.atOneMoment(bookState, () => bookStateNow(tables, stream));
}

/** The same, for whoever looks at more than one table at that moment. */
export function bookStateNow(tables: ReadTables, stream: string): BookState | undefined {
  const series = readSeries(tables, stream);
  if (series.size === 0) return undefined;
  const marks = tables.rows<{ mark: string; name: string; value: string }>(
    `SELECT mark, name, value ${from(MARKS)}`,
    stream,
  );
  const marked = (wanted: string) => marks.filter(({ mark }) => mark === wanted);
  const takenBack = new Set(marked('taken-back').map(({ name }) => name));
  const opening = marked('opening').find(({ name }) => !takenBack.has(name));
  const closings = standingCloses(marked('closed').filter(({ name }) => !takenBack.has(name)));
  const folded = closings[0]?.kind === YEAR_CLOSE_KIND ? closings[0].businessDate : undefined;
  // A correction that was taken back corrects nothing.
  const corrected = marked('corrected').filter(({ value }) => !takenBack.has(value));
  return {
    ...countedIn(series),
    opening: opening && { revision: revisionOf(opening.name), businessDate: opening.value },
    ...readMonths(tables, stream, folded === undefined ? '' : periodOf(folded)),
    closings,
    days: readDays(tables, stream, folded),
    takenBack: new Set([...takenBack].map(revisionOf)),
    corrected: new Map(corrected.map(({ name, value }) => [revisionOf(name), revisionOf(value)])),
    refunds: refundsIn(marked('refunded')),
    register: new Map(),
    sources: new Map(marked('source').map(({ name, value }) => [name, lastLineOf(value)])),
  };
}

/** How many vouchers a series has, and the sum of their numbers. */
export interface Series {
  readonly vouchers: bigint;
  readonly numbers: bigint;
}

/** The same, with all that they debit and credit. */
type SeriesMoved = Series & { readonly turnover: Fen };

/** What has no entries is of no series, and is counted all the same. */
const NO_SERIES = '/';

/** The series of a book's vouchers, by `period/voucher type`, and what is of none. */
export const readSeries = (tables: ReadTables, stream: string): Map<string, SeriesMoved> =>
  new Map(
    tables
      .sums<SeriesMoved & { series: string }>(
        `SELECT period || '/' || voucher_type AS series, events AS vouchers, numbers, turnover ${from(SERIES)}`,
        stream,
      )
      .map(({ series, ...counted }) => [series, counted]),
  );

/** What all series of a book together say of it, and how many vouchers each has. */
function countedIn(series: ReadonlyMap<string, SeriesMoved>): Pick<BookState, 'revision' | 'turnover' | 'numbers'> {
  const counted = { revision: -1, turnover: 0n, numbers: new Map<string, number>() };
  for (const [name, { vouchers, turnover }] of series) {
    const events = Number.parseInt(vouchers.toString(), 10);
    counted.revision += events;
    counted.turnover += turnover;
    if (name !== NO_SERIES) counted.numbers.set(name, events);
  }
  return counted;
}
