import { lastDayOf } from '../../src/books/periods.js';
import { type Fen } from '../../src/money.js';
import { type Turnover } from '../fund-balance/lines.js';
import { plus, UNMOVED } from '../fund-balance/turnover.js';

/*
 * The running sums of an account ledger 明细账, and the lines that close its days, months and years: 本日合计 in a day
 * book, 本月合计 and 本年累计 at the end of every month, 结转下年 and 上年结转 between two years (基础工作规范
 * 会计基础工作规范, art. 60 and 63). Pure.
 */

/** A line that the ledger adds to its vouchers. */
export interface SumLine {
  readonly line:
    | 'opening'
    | 'from-last-year'
    | 'brought-forward'
    | 'day-total'
    | 'month-total'
    | 'year-to-date'
    | 'to-next-year'
    | 'closing'
    | 'carried-forward';
  readonly date: string;
  /** Absent where the line has a balance alone. */
  readonly moved?: Turnover;
  /** Debit positive. */
  readonly balance: Fen;
}

/** How far a ledger has come, and what it has added up. */
export interface Running {
  /** The business day that it stands on. */
  readonly day: string;
  /** The last day of which a voucher was listed; empty before the first. */
  readonly listed: string;
  /** Debit positive. */
  readonly balance: Fen;
  /** What moved on the day, in its month and in its year so far. */
  readonly ofDay: Turnover;
  readonly ofMonth: Turnover;
  readonly ofYear: Turnover;
}

const monthOf = (day: string): string => day.slice(0, 7);
const yearOf = (day: string): string => day.slice(0, 4);

/** A ledger behind a movement of the day that it stands on. */
export const posted = (running: Running, moved: Turnover): Running => ({
  ...running,
  listed: running.day,
  balance: running.balance + moved.debit - moved.credit,
  ofDay: plus(running.ofDay, moved),
  ofMonth: plus(running.ofMonth, moved),
  ofYear: plus(running.ofYear, moved),
});

/** Goes on to a later day, with the lines that close what lies before it. */
export function turnedTo(running: Running, day: string, isDaily: boolean): [SumLine[], Running] {
  if (day === running.day) return [[], running];
  const lines = isDaily ? dayTotal(running) : [];
  let at: Running = { ...running, day, ofDay: UNMOVED };
  if (monthOf(day) !== monthOf(running.day)) {
    if (monthOf(running.listed) === monthOf(running.day)) lines.push(...monthTotals(running, endOf(running.day)));
    at = { ...at, ofMonth: UNMOVED };
  }
  if (yearOf(day) !== yearOf(running.day)) {
    const { balance } = running;
    lines.push({ line: 'to-next-year', date: `${yearOf(running.day)}-12-31`, balance });
    lines.push({ line: 'from-last-year', date: `${yearOf(day)}-01-01`, balance });
    at = { ...at, ofYear: UNMOVED };
  }
  return [lines, at];
}

/** The lines that close a ledger on its last day. */
export function closed(running: Running, to: string, isDaily: boolean): SumLine[] {
  const [lines, at] = turnedTo(running, to, isDaily);
  if (isDaily) lines.push(...dayTotal(at));
  const { listed, day, balance } = at;
  if (listed === '' || monthOf(listed) === monthOf(day)) lines.push(...monthTotals(at, to));
  if (to.endsWith('-12-31')) lines.push({ line: 'to-next-year', date: to, balance });
  return lines;
}

const endOf = (day: string): string => lastDayOf(monthOf(day));

const dayTotal = ({ day, listed, ofDay, balance }: Running): SumLine[] =>
  listed === day ? [{ line: 'day-total', date: day, moved: ofDay, balance }] : [];

const monthTotals = ({ ofMonth, ofYear, balance }: Running, date: string): SumLine[] => [
  { line: 'month-total', date, moved: ofMonth, balance },
  { line: 'year-to-date', date, moved: ofYear, balance },
];

/** A running ledger as the cursor of its next page carries it, with the days that the ledger is of. */
export const written = ({ day, listed, balance, ofDay, ofMonth, ofYear }: Running, from: string, to: string) => [
  from,
  to,
  day,
  listed,
  ...[balance, ofDay.debit, ofDay.credit, ofMonth.debit, ofMonth.credit, ofYear.debit, ofYear.credit].map(String),
];

/** The inverse of `written`. */
export function read(carried: readonly string[]): { running: Running; from: string; to: string } {
  const [from, to, day, listed, ...sums] = carried as [string, string, string, string, ...string[]];
  const [balance, ...sides] = sums.map(BigInt) as [Fen, ...Fen[]];
  const turnover = (index: number): Turnover => ({ debit: sides[index]!, credit: sides[index + 1]! });
  return {
    from,
    to,
    running: { day, listed, balance, ofDay: turnover(0), ofMonth: turnover(2), ofYear: turnover(4) },
  };
}
