import { type Adopted, type Fund, type Unit } from '../../src/reference/adopted.js';
import { type Chart } from '../../src/reference/chart.js';
import { bookStream } from '../../src/kinds/kind.js';
import { type Fen } from '../../src/money.js';
import { type Shown } from './lines.js';
import { type Consolidation, consolidate, drawUp, type Statement } from './statement.js';

/** One book in an answer. */
export interface BookStatement {
  readonly fund: Fund;
  readonly unit: Unit;
  readonly statement: Statement;
}

/** One fund, or a group of funds, over all books. */
export interface FundStatement {
  readonly fund: Fund;
  readonly totals: Consolidation;
}

/** A book by its place among funds and units; whether it has a voucher yet is not known here. */
export interface Place {
  readonly fund: Fund;
  readonly unit: Unit;
  readonly stream: string;
}

/** The books of a fund and a unit; of all of them where one is left open. */
export function booksOf(adopted: Adopted, fund: string | undefined, unit: string | undefined): Place[] {
  const funds = adopted.funds.all.filter(({ key }) => fund === undefined || key === fund);
  const units = adopted.units.all.filter(({ code }) => unit === undefined || code === unit);
  return funds.flatMap((each) => units.map((at) => ({ fund: each, unit: at, stream: bookStream(each.key, at.code) })));
}

/** The statements of the books that have a voucher; the lines are those before the interval and at its end. */
export function statementsOf(chart: Chart, places: readonly Place[], shown: Shown): BookStatement[] {
  return places.flatMap(({ fund, unit, stream }) => {
    const lines = shown.books.get(stream);
    return lines ? [{ fund, unit, statement: drawUp(chart, lines[0]!, lines[1]!) }] : [];
  });
}

/**
 * The totals of each fund that has a book.
 * @param opened what was on its way when the books opened
 */
export function fundsOf(
  { funds }: Adopted,
  statements: readonly BookStatement[],
  opened: readonly { readonly fund: string; readonly amount: Fen }[],
): FundStatement[] {
  return funds.all.flatMap((fund) => {
    const own = statements.filter((each) => each.fund === fund).map(({ statement }) => statement);
    return own.length > 0
      ? [{ fund, totals: consolidate(own, sumOf(opened.filter((each) => each.fund === fund.key))) }]
      : [];
  });
}

const sumOf = (opened: readonly { readonly amount: Fen }[]): Fen =>
  opened.reduce((sum, { amount }) => sum + amount, 0n);
