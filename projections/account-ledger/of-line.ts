import { type Entry, ledgerLine } from '../../src/books/entries.js';
import { isCarried } from '../../src/books/periods.js';
import { LedgerError, text } from '../../src/errors.js';
import { bookStream } from '../../src/kinds/kind.js';
import { formatFen } from '../../src/money.js';
import { type Fund } from '../../src/reference/adopted.js';
import { EntryFilter } from '../audit-trail/account.js';
import { writeCursor } from '../audit-trail/cursor.js';
import { filtersOf } from '../audit-trail/filters.js';
import { type Opening, readOpening } from '../audit-trail/openings.js';
import { beginReading, type Reading } from '../audit-trail/reading.js';
import { nextPageNote } from '../audit-trail/sheets.js';
import { findVouchers, type TrailFilter, type TrailVoucher, walkInBatches } from '../audit-trail/vouchers.js';
import { intervalBody, intervalOf } from '../asking/interval.js';
import { type Answer, type Asking, type Export, type LongSheet } from '../asking/question.js';
import { type Lines, readLines, type Turnover } from '../fund-balance/lines.js';
import { minus, plus, turnoverOf, UNMOVED } from '../fund-balance/turnover.js';
import { readDirect } from '../net-assets/direct.js';
import { OPENING_KINDS } from '../net-assets/projection.js';
import { addBooks, addTo, lineIn, type Scope, scopeOf } from '../statements/scope.js';
import { addTransit, openedWithin } from '../statements/standing.js';
import { type Entered, entryBody, type Line, lineSheet, markOf, rowOf, type Shown } from './line-sheet.js';
import { type AccountLedgerParameters } from './parameters.js';
import { type Selection, selectionOf } from './statement-lines.js';

/*
 * What a line of a statement is made of: what it begins with, each entry on its ledger lines over the scope of the
 * statement, and what it comes to. Its opening or what it comes to is the figure of the statement.
 */

const LIST = 'statement-line';
const DEFAULT_LIMIT = '50';

/** The entries on the ledger lines of a statement's line, as its scope has them. */
class LineFilter extends EntryFilter {
  constructor(
    private readonly selection: Selection,
    private readonly scope: Scope,
  ) {
    super();
  }

  matches(entry: Parameters<EntryFilter['matches']>[0], book: string): boolean {
    return this.selection.moves(lineIn(this.scope, book.slice(-UNIT_DIGITS), ledgerLine(entry)));
  }
}
const UNIT_DIGITS = 6;

/** A line on its way. */
interface Turning extends Shown {
  readonly reading: Omit<Reading, 'filter'> & { readonly filter: TrailFilter };
  readonly filter: LineFilter;
  readonly asked: Readonly<Record<string, string | undefined>>;
  readonly isFirst: boolean;
  /** What had moved when it begins. */
  readonly moved: Turnover;
}

async function begin(asking: Asking, parameters: AccountLedgerParameters): Promise<Turning> {
  const { fund: asked, line, account, form, limit: _, ...more } = parameters;
  const beside = Object.entries({ account, form, ...filtersOf(parameters) }).find(([, value]) => value !== undefined);
  if (beside) throw notBoth(beside[0], beside[1]!);
  const { ever } = asking.reference;
  const fund = ever.funds.find(asked ?? ever.funds.all[0]!.key)!;
  const reading = await beginReading(asking, { ...more, fund: fund.key, line } as typeof parameters, LIST);
  const [carriedFrom, carriedTo, debit = '0', credit = '0'] = reading.carried ?? [];
  const { from, to } = reading.carried ? { from: carriedFrom!, to: carriedTo! } : intervalOf(parameters, asking.today);
  const adopted = asking.reference.known(parameters.chartOn ?? to);
  const selection = selectionOf(line!, adopted.chart, fund);
  const own = scopeOf(adopted, parameters.unit, parameters.scope);
  const scope = { ...own, isConsolidated: own.isConsolidated && selection.isEliminated };
  const { until } = reading.stretch;
  const books = scope.units.map((unit) => bookStream(fund.key, unit));
  const openings = await Promise.all(books.map((book) => readOpening(asking, book, from, until)));
  const totals = await totalsOf(asking, { fund, scope, selection, books, openings, from, to, until });
  const filter = new LineFilter(selection, scope);
  const but = new Set(openings.flatMap((opening) => [...(opening?.positions ?? [])]));
  const accepts = (voucher: TrailVoucher): boolean =>
    (selection.kinds?.(kindOf(voucher)) ?? true) && entriesOf(voucher, filter, selection).length > 0;
  return {
    reading: {
      ...reading,
      stretch: { ...reading.stretch, books, from, to },
      filter: { ...reading.filter, account: filter, numbered: true, but, accepts },
    },
    filter,
    selection,
    fund,
    scope,
    from,
    to,
    totals,
    adopted: ever,
    asked: { ...reading.filters, list: LIST },
    isFirst: !reading.carried,
    moved: { debit: BigInt(debit), credit: BigInt(credit) },
  };
}

/** The entries of a voucher that are on the line: what a close carries is on none of a statement. */
const entriesOf = ({ line, event }: TrailVoucher, filter: LineFilter, { withCarried }: Selection): readonly Entry[] =>
  (event.entries ?? []).filter(
    (entry) => filter.matches(entry, line.book) && (withCarried || !isCarried(event.kind, entry)),
  );

/** The kind of a voucher, of one that takes another back the kind of that. */
const kindOf = ({ event, named }: TrailVoucher): string =>
  event.reverses === undefined ? event.kind : (named?.kind ?? event.kind);

interface Summed {
  readonly fund: Fund;
  readonly scope: Scope;
  readonly selection: Selection;
  readonly books: readonly string[];
  readonly openings: readonly (Opening | undefined)[];
  readonly from: string;
  readonly to: string;
  readonly until: number;
}

/** What the line begins with, what moves on it, and what it comes to, from sums and not from vouchers. */
async function totalsOf(asking: Asking, summed: Summed): Promise<Shown['totals']> {
  const { fund, scope, selection, books, openings, from, to, until } = summed;
  await asking.waitFor(until);
  const { before } = intervalOf({ from, to }, asking.today);
  const recordedAsOf = { form: 'position', position: until } as const;
  const shown = await readLines(asking, { books, days: [before, to], recordedAsOf, carried: selection.withCarried });
  const opened = openedWithin(asking, { scope, funds: [fund.key], position: until }, to).get(fund.key) ?? 0n;
  const [atBefore, atEnd] = [0, 1].map((index) => {
    const sums = new Map<string, Turnover>();
    for (const lines of [shown.books, shown.carried]) {
      const perUnit = books.map((book, at) => [scope.units[at]!, lines.get(book)?.[index]] as const);
      for (const [line, turnover] of addBooks(scope, perUnit)) addTo(sums, line, turnover);
    }
    addTransit(sums, opened);
    return sums;
  }) as [Map<string, Turnover>, Map<string, Turnover>];
  // What a book opened with is no movement: it stood there before its first day.
  for (const opening of openings)
    if (opening && opening.day <= to)
      for (const entry of opening.entries) addTo(atBefore, ledgerLine(entry), turnoverOf(entry));
  const start = sumOf(atBefore, selection.begins);
  const opening = start.debit - start.credit;
  const moved = selection.kinds
    ? directOf(asking, summed, before)
    : minus(sumOf(atEnd, selection.moves), sumOf(atBefore, selection.moves));
  return { opening, moved, closing: opening + moved.debit - moved.credit };
}

const sumOf = (lines: Lines, has: (line: string) => boolean): Turnover =>
  [...lines].reduce((sum, [line, turnover]) => (has(line) ? plus(sum, turnover) : sum), UNMOVED);

/** What vouchers of some kinds moved on net assets directly. */
function directOf(asking: Asking, { books, selection, to, until }: Summed, after: string): Turnover {
  return readDirect(asking.tables, { streams: books, after, to, position: until })
    .filter(({ kind, line }) => !OPENING_KINDS.includes(kind) && selection.kinds!(kind) && selection.moves(line))
    .reduce((sum, turnover) => plus(sum, turnover), UNMOVED);
}

/** The entries of a voucher on the line, each with what the line has come to behind it. */
function entered(turning: Turning, moved: Turnover, voucher: TrailVoucher): [Entered[], Turnover] {
  const { filter, selection, totals } = turning;
  let at = moved;
  const lines = entriesOf(voucher, filter, selection).map((entry): Entered => {
    at = plus(at, turnoverOf(entry));
    return { voucher, entry, balance: totals.opening + at.debit - at.credit };
  });
  return [lines, at];
}

const sumLine = (
  { totals, from, to }: Turning,
  line: 'opening' | 'brought-forward' | 'carried-forward' | 'total',
  moved: Turnover,
): Line => ({
  line,
  date: line === 'opening' || line === 'brought-forward' ? from : to,
  ...(line !== 'opening' && { moved }),
  balance: totals.opening + moved.debit - moved.credit,
});

/** @throws LedgerError invalid, where there is no such line, or an account beside it */
export async function askLine(asking: Asking, parameters: AccountLedgerParameters): Promise<Answer> {
  const turning = await begin(asking, parameters);
  const { reading, asked, from, to, scope, totals, fund, isFirst } = turning;
  const limit = Number.parseInt(parameters.limit ?? DEFAULT_LIMIT, 10);
  const found = await findVouchers(asking, reading.stretch, reading.filter, limit + 1);
  const lines: Line[] = [sumLine(turning, isFirst ? 'opening' : 'brought-forward', turning.moved)];
  let { moved } = turning;
  for (const voucher of found.slice(0, limit)) {
    const [more, at] = entered(turning, moved, voucher);
    lines.push(...more);
    moved = at;
  }
  const next =
    found.length > limit
      ? await writeCursor(
          {
            ...found[limit - 1]!.line,
            pinned: reading.stretch.until,
            carried: [from, to, `${moved.debit}`, `${moved.credit}`],
          },
          asked,
          asking.store,
        )
      : null;
  lines.push(sumLine(turning, next === null ? 'total' : 'carried-forward', moved));
  const last = lines.at(-1)!.balance;
  const checks = [tie(turning), ...(next === null ? [{ says: WALKED, holds: last === totals.closing }] : [])];
  return {
    position: reading.stretch.until,
    body: {
      ...intervalBody({ from, to }, parameters),
      fund: fund.key,
      units: [...scope.units],
      line: parameters.line,
      name: turning.selection.name.zh,
      opening: formatFen(totals.opening),
      debit: formatFen(totals.moved.debit),
      credit: formatFen(totals.moved.credit),
      closing: formatFen(totals.closing),
      lines: lines.map(entryBody),
      next,
    },
    sheets: [
      {
        ...lineSheet(turning),
        rows: lines.map((line) => rowOf(turning, line)),
        marks: lines.map((line) => markOf(turning, line)),
        checks,
        ...(next !== null && { ways: [nextPageNote(next)] }),
      },
    ],
  };
}

const WALKED = text('逐笔分录之和 = 期末', 'the entries, added up, come to the end');
const tie = ({ totals: { opening, moved, closing } }: Turning) => ({
  says: text('期初 + 借方 − 贷方 = 期末', 'opening + debit − credit = end'),
  holds: opening + moved.debit - moved.credit === closing,
});

/** All of it from the cursor on, where there is one; a page only for whoever asks for so many vouchers. */
export async function exportLine(asking: Asking, parameters: AccountLedgerParameters): Promise<Export> {
  if (parameters.limit !== undefined) return askLine(asking, parameters);
  const turning = await begin(asking, parameters);
  const { reading, from, to } = turning;
  return {
    position: reading.stretch.until,
    body: { ...intervalBody({ from, to }, parameters), next: null },
    sheets: [{ ...lineSheet(turning), rows: rowsOn(asking, turning) }],
  };
}

async function* rowsOn(asking: Asking, turning: Turning): LongSheet['rows'] {
  let { moved } = turning;
  yield [rowOf(turning, sumLine(turning, turning.isFirst ? 'opening' : 'brought-forward', moved))];
  for await (const vouchers of walkInBatches(asking, turning.reading.stretch, turning.reading.filter)) {
    const lines: Line[] = [];
    for (const voucher of vouchers) {
      const [more, at] = entered(turning, moved, voucher);
      lines.push(...more);
      moved = at;
    }
    yield lines.map((line) => rowOf(turning, line));
  }
  yield [rowOf(turning, sumLine(turning, 'total', moved))];
}

/** A figure is all that it is made of: filtered, it would be another. */
function notBoth(pointer: string, got: string): LedgerError {
  const code = 'line-and-other';
  const message = text(
    '报表项目列出其全部分录，不与科目或筛选并用',
    'a line lists all it is made of, and takes no other',
  );
  return new LedgerError('invalid', code, message, [
    { pointer, code, expected: text('给出 line 时不另给', 'nothing beside line'), got },
  ]);
}
