import { parseLedgerLine } from '../../src/books/entries.js';
import { type Fen } from '../../src/money.js';
import { isBetweenLevels, isPending, kindOf } from '../../src/reference/account-kinds.js';
import { type Chart } from '../../src/reference/chart.js';
import { dayBefore } from '../../src/time/clock.js';
import { type Lines } from '../fund-balance/lines.js';
import { drawUp } from '../fund-balance/statement.js';

/** How many months the average of expenditure is taken over, where there are so many. */
export const BASIS_MONTHS = 12;

/** One complete month of one book, or of a fund over all its books, in fen; flows between levels are in none of it. */
export interface Month {
  /** `2025-05`. */
  readonly month: string;
  readonly income: Fen;
  readonly expenditure: Fen;
  /** What of the expenditure is the pool's. */
  readonly poolExpenditure: Fen;
}

/** What a book, or a fund over all its books, held on a day, and its complete months before it, the oldest first. */
export interface Course {
  readonly pool: Fen;
  /** All net assets. */
  readonly balance: Fen;
  /** Income of which nobody knows yet what of it is the pool's. */
  readonly pending: Fen;
  /** From the first month in which anything came or went, twelve at most. */
  readonly months: readonly Month[];
}

/**
 * The days whose balances tell a course: the ends of the last complete months by a day and of the month before them,
 * the oldest first, and the day itself.
 */
export function daysOf(day: string): string[] {
  const ends: string[] = [];
  let end = isMonthEnd(day) ? day : dayBefore(`${day.slice(0, 7)}-01`);
  for (; ends.length <= BASIS_MONTHS; end = dayBefore(`${end.slice(0, 7)}-01`)) ends.unshift(end);
  return [...ends, day];
}

/** A month ends on the day before the first of another. */
const isMonthEnd = (day: string): boolean => {
  const next = new Date(Date.parse(day) + 86_400_000).toISOString();
  return next.slice(0, 7) !== day.slice(0, 7);
};

/** The course of a book from its lines on the days of `daysOf`. Pure. */
export function courseOf(chart: Chart, days: readonly string[], lines: readonly Lines[]): Course {
  const { pool, closing, pending } = drawUp(chart, new Map(), lines.at(-1)!);
  const months = days.slice(1, -1).map((end, index) => monthOf(end.slice(0, 7), lines[index]!, lines[index + 1]!));
  const first = months.findIndex((month, index) => hasMoved(lines[index]!) || !isEmpty(month));
  return { pool, balance: closing, pending, months: first < 0 ? [] : months.slice(first) };
}

/** The courses of a fund's books as one; its months begin with those of the book that began first. Pure. */
export function addCourses(courses: readonly Course[]): Course {
  const sums = new Map<string, Month>();
  for (const month of courses.flatMap(({ months }) => months)) {
    const known = sums.get(month.month) ?? { ...NOTHING, month: month.month };
    sums.set(month.month, {
      month: month.month,
      income: known.income + month.income,
      expenditure: known.expenditure + month.expenditure,
      poolExpenditure: known.poolExpenditure + month.poolExpenditure,
    });
  }
  const add = (of: (course: Course) => Fen): Fen => courses.reduce((sum: Fen, course) => sum + of(course), 0n);
  return {
    pool: add(({ pool }) => pool),
    balance: add(({ balance }) => balance),
    pending: add(({ pending }) => pending),
    months: [...sums.values()].toSorted((one, other) => (one.month < other.month ? -1 : 1)),
  };
}

const NOTHING = { income: 0n, expenditure: 0n, poolExpenditure: 0n };

const isEmpty = ({ income, expenditure }: Month): boolean => income === 0n && expenditure === 0n;

const isOfFlow = (kind: string | undefined): boolean => kind === 'income' || kind === 'expenditure';

/** Whether anything had come or gone by then: an opening holds balances only. */
const hasMoved = (lines: Lines): boolean =>
  [...lines.keys()].some((line) => isOfFlow(kindOf(parseLedgerLine(line).account)));

function monthOf(month: string, before: Lines, after: Lines): Month {
  const sums = { ...NOTHING };
  for (const [line, { debit, credit }] of after) {
    const { account, share } = parseLedgerLine(line);
    const kind = kindOf(account);
    if (!isOfFlow(kind) || isBetweenLevels(account) || isPending(account)) continue;
    const earlier = before.get(line) ?? { debit: 0n, credit: 0n };
    const moved = debit - earlier.debit - (credit - earlier.credit);
    if (kind === 'income') sums.income -= moved;
    else {
      sums.expenditure += moved;
      if (share !== 'personal') sums.poolExpenditure += moved;
    }
  }
  return { month, ...sums };
}
