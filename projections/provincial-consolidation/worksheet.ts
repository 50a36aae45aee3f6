import { type Adopted, type Unit } from '../../src/reference/adopted.js';
import { type Direction } from '../../src/books/transfers.js';
import { parseLedgerLine } from '../../src/books/entries.js';
import { type Fen } from '../../src/money.js';
import { type BookStatement, type FundStatement } from '../fund-balance/books.js';
import { type Consolidation, type OnItsWay, type Statement } from '../fund-balance/statement.js';
import { type OpenedTransfer } from './transfers.js';
import { PAIRS } from './projection.js';

/** One row of the consolidation worksheet; its own income and expenditure are those without flows between levels. */
export interface WorksheetRow {
  readonly opening: Fen;
  readonly ownIncome: Fen;
  readonly fromAbove: Fen;
  readonly fromBelow: Fen;
  readonly ownExpenditure: Fen;
  readonly toBelow: Fen;
  readonly toAbove: Fen;
  readonly closing: Fen;
}

/** One pair of eliminated accounts: what was sent and received in the interval, and what that puts in transit. */
export interface Elimination {
  readonly direction: Direction;
  readonly sent: Fen;
  readonly received: Fen;
  readonly difference: Fen;
}

/** A fund over all units: from the books to the consolidated figures. */
export interface Worksheet extends FundStatement {
  readonly units: readonly { readonly unit: Unit; readonly row: WorksheetRow }[];
  /** A unit that has others below it and one above: with all below it as one. */
  readonly subtotals: readonly Subtotal[];
  readonly naive: WorksheetRow;
  readonly eliminations: readonly Elimination[];
}

/** The row of a unit with all that is below it: what they paid each other is eliminated, what is on its way counts. */
export interface Subtotal {
  readonly unit: Unit;
  /** The units in it, by their codes. */
  readonly units: ReadonlySet<string>;
  readonly row: WorksheetRow;
  readonly inTransit: OnItsWay;
}

/** Draws up the worksheet of a fund from the statements of its books. Pure. */
export function worksheetOf(
  adopted: Adopted,
  fund: FundStatement,
  books: readonly BookStatement[],
  opened: readonly OpenedTransfer[],
): Worksheet {
  const own = books.filter((book) => book.fund === fund.fund);
  const units = inTreeOrder(adopted, own).map(({ unit, statement }) => ({ unit, row: rowOf(statement) }));
  const ofFund = opened.filter((each) => each.fund === fund.fund.key);
  const naive = units.map(({ row }) => row).reduce(addRows, NOTHING);
  const eliminations = [
    eliminationOf('up', naive.toAbove, naive.fromBelow),
    eliminationOf('down', naive.toBelow, naive.fromAbove),
  ];
  const subtotals = adopted.units.all
    .filter(({ code, parent }) => parent !== undefined && adopted.below(code).length > 0)
    .flatMap((unit) => subtotalOf(adopted, unit, own, ofFund));
  return { ...fund, units, subtotals, naive, eliminations };
}

/** Each unit before those below it. */
function inTreeOrder(adopted: Adopted, books: readonly BookStatement[]): BookStatement[] {
  const order = adopted.units.all
    .filter(({ parent }) => parent === undefined)
    .flatMap(({ code }) => tree(adopted, code));
  return books.toSorted((one, other) => order.indexOf(one.unit.code) - order.indexOf(other.unit.code));
}

/** A unit and all below it, each before those below it. */
export const tree = (adopted: Adopted, code: string): string[] => [
  code,
  ...adopted.below(code).flatMap((below) => tree(adopted, below)),
];

/** A unit with all below it as one; nothing where none of them has a book. */
function subtotalOf(
  adopted: Adopted,
  unit: Unit,
  books: readonly BookStatement[],
  opened: readonly OpenedTransfer[],
): Subtotal[] {
  const units = new Set(tree(adopted, unit.code));
  const own = books.filter((book) => units.has(book.unit.code));
  if (own.length === 0) return [];
  const before = opened
    .filter(({ sender, receiver }) => units.has(sender ?? '') && units.has(receiver ?? ''))
    .reduce((sum, { amount }) => sum + amount, 0n);
  const inTransit = { opening: before, closing: before };
  let row = NOTHING;
  for (const { unit: at, statement } of own) {
    const { fromAbove, toAbove, fromBelow: _, toBelow: __, ...rest } = rowOf(statement);
    const { sentLessReceived: all, sentAbove } = statement;
    const isTop = at === unit;
    row = addRows(row, { ...NOTHING, ...rest, ...(isTop && { fromAbove, toAbove }) });
    inTransit.opening += all.opening - (isTop ? sentAbove.opening : 0n);
    inTransit.closing += all.closing - (isTop ? sentAbove.closing : 0n);
  }
  return [{ unit, units, row: addRows(row, { ...NOTHING, ...inTransit }), inTransit }];
}

const NOTHING: WorksheetRow = {
  opening: 0n,
  ownIncome: 0n,
  fromAbove: 0n,
  fromBelow: 0n,
  ownExpenditure: 0n,
  toBelow: 0n,
  toAbove: 0n,
  closing: 0n,
};

function rowOf({ opening, income, expenditure, closing, items, ...statement }: Statement): WorksheetRow {
  const on = (account: string): Fen =>
    items.reduce((sum, { line, amount }) => (parseLedgerLine(line).account === account ? sum + amount : sum), 0n);
  return {
    opening,
    ownIncome: income - statement.fromOtherLevels,
    fromAbove: on(PAIRS.down.received),
    fromBelow: on(PAIRS.up.received),
    ownExpenditure: expenditure - statement.toOtherLevels,
    toBelow: on(PAIRS.down.sent),
    toAbove: on(PAIRS.up.sent),
    closing,
  };
}

function addRows(one: WorksheetRow, other: WorksheetRow): WorksheetRow {
  const keys = Object.keys(NOTHING) as (keyof WorksheetRow)[];
  return Object.fromEntries(keys.map((key) => [key, one[key] + other[key]])) as unknown as WorksheetRow;
}

const eliminationOf = (direction: Direction, sent: Fen, received: Fen): Elimination => ({
  direction,
  sent,
  received,
  difference: sent - received,
});

/** The row of what is eliminated: the flows between levels in red. */
export const eliminationRow = ({ fromAbove, fromBelow, toBelow, toAbove }: WorksheetRow): Partial<WorksheetRow> => ({
  fromAbove: -fromAbove,
  fromBelow: -fromBelow,
  toBelow: -toBelow,
  toAbove: -toAbove,
});

/** The last row: the province as one. */
export const consolidatedRow = ({ consolidated }: Consolidation): WorksheetRow => ({
  ...NOTHING,
  opening: consolidated.opening,
  ownIncome: consolidated.income,
  ownExpenditure: consolidated.expenditure,
  closing: consolidated.closing,
});
