import { hash } from 'node:crypto';
import { type Fen, formatFen } from '../../src/money.js';
import { booksOf, fundsOf, statementsOf } from '../fund-balance/books.js';
import { readLines } from '../fund-balance/lines.js';
import { intervalOf } from '../asking/interval.js';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import { openedInTransit } from '../provincial-consolidation/transfers.js';
import { type Asking } from '../asking/question.js';

/** What is published of a fund, in fen. */
export interface FundFigures {
  readonly opening: Fen;
  readonly income: Fen;
  readonly expenditure: Fen;
  readonly closing: Fen;
}

/** The figures of each fund, by its key. */
export type Figures = ReadonlyMap<string, FundFigures>;

/** The days of figures, of which unit they are, and up to which position of the log. */
export interface Wanted {
  /** Absent: from the beginning of the year of the last day. */
  readonly from: string | null;
  readonly to: string;
  /** A unit by itself; the province as one where it is the one above all. */
  readonly unit: string;
  readonly position: number;
}

/** What the books give, or gave at a position, for some days. */
export async function figuresOf(asking: Asking, { from, to, unit, position }: Wanted): Promise<Figures> {
  const interval = intervalOf({ ...(from !== null && { from }), to }, to);
  const adopted = asking.reference.known(to);
  const isProvince = adopted.units.find(unit)?.parent === undefined;
  const places = booksOf(adopted, undefined, isProvince ? undefined : unit);
  const shown = await readLines(asking, {
    books: places.map(({ stream }) => stream),
    days: [interval.before, to],
    recordedAsOf: { form: 'position', position },
    alsoFrom: [provincialConsolidation],
  });
  const statements = statementsOf(adopted.chart, places, shown);
  if (!isProvince) return new Map(statements.map(({ fund, statement }) => [fund.key, figures(statement)]));
  const keys = [...new Set(places.map(({ fund }) => fund.key))];
  const opened = openedInTransit(asking.tables, { funds: keys, interval, position: shown.position });
  return new Map(
    fundsOf(adopted, statements, opened).map(({ fund, totals }) => [fund.key, figures(totals.consolidated)]),
  );
}

const figures = ({ opening, income, expenditure, closing }: FundFigures): FundFigures => ({
  opening,
  income,
  expenditure,
  closing,
});

/** Whether two tables have the same figures of the same funds. */
export const isSame = (one: Figures, other: Figures): boolean => canonical(one) === canonical(other);

/**
 * The SHA-256 of a table in lines of `fund,opening,income,expenditure,closing` in yuan, with a line feed behind each:
 * a document that is this table alone has this digest.
 */
export const digestOf = (table: Figures): string => hash('sha256', canonical(table), 'hex');

const canonical = (table: Figures): string =>
  [...table]
    .map(([fund, { opening, income, expenditure, closing }]) =>
      [fund, ...[opening, income, expenditure, closing].map(formatFen)].join(','),
    )
    .map((line) => `${line}\n`)
    .join('');

/** Amounts are published in 0.01 亿元, 万元, 0.01 万元, 元 or fen: in fen, the coarsest first. */
const PRECISIONS = [100_000_000n, 1_000_000n, 10_000n, 100n, 1n];

/** Whether an amount is what was published, to the precision that it was published with. */
export function isAsPublished(published: Fen, amount: Fen): boolean {
  const precision = PRECISIONS.find((each) => published % each === 0n)!;
  const off = amount - published;
  return 2n * off <= precision && -2n * off <= precision;
}
