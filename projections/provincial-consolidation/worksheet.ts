import { type Unit } from '../../src/reference/adopted.js';
import { type Direction } from '../../src/books/transfers.js';
import { parseLedgerLine } from '../../src/books/entries.js';
import { type Fen } from '../../src/money.js';
import { type BookStatement, type FundStatement } from '../fund-balance/books.js';
import { type Consolidation, type Statement } from '../fund-balance/statement.js';
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
  readonly naive: WorksheetRow;
  readonly eliminations: readonly Elimination[];
}

/** Draws up the worksheet of a fund from the statements of its books. Pure. */
export function worksheetOf(fund: FundStatement, books: readonly BookStatement[]): Worksheet {
  const units = books
    .filter((book) => book.fund === fund.fund)
    .map(({ unit, statement }) => ({ unit, row: rowOf(statement) }));
  const naive = units.map(({ row }) => row).reduce(addRows, NOTHING);
  const eliminations = [
    eliminationOf('up', naive.toAbove, naive.fromBelow),
    eliminationOf('down', naive.toBelow, naive.fromAbove),
  ];
  return { ...fund, units, naive, eliminations };
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
