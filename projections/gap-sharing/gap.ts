import { parseLedgerLine } from '../../src/books/entries.js';
import { isBetweenLevels, isPending } from '../../src/reference/account-kinds.js';
import { allocateFen, type Fen } from '../../src/money.js';
import { type Statement } from '../fund-balance/statement.js';
import { type ExecutedLine, type Execution } from '../budget-execution/execution.js';

/** What a year left a pool short of, before anybody covers it, in fen. */
export interface Gap {
  /** What the pool had at the year's beginning; below nothing where it was short already. */
  readonly usable: Fen;
  /** Income of the pool in the year, without shares of this year's gap. */
  readonly income: Fen;
  readonly expenditure: Fen;
  /** What went from the pool to personal accounts or the risk fund, less what came from there. */
  readonly setAside: Fen;
  /** max(0, expenditure + set aside − income − usable). */
  readonly gap: Fen;
}

/**
 * What the pool of a book is short of in a year. Pure.
 * @param before the pool at the beginning of the year; undefined where the book opened in it: then what it opened with
 *   is taken for that, and nothing for set aside
 * @param shares what came in the year as shares of its own gap
 */
export function gapOf(before: Fen | undefined, statement: Statement, shares: Fen): Gap {
  const ofPool = statement.items.filter(({ line }) => {
    const { account, share } = parseLedgerLine(line);
    return share !== 'personal' && !isPending(account);
  });
  const sumOf = (kind: 'income' | 'expenditure'): Fen =>
    ofPool.reduce((sum, item) => (item.kind === kind ? sum + item.amount : sum), 0n);
  const income = sumOf('income') - shares;
  const expenditure = sumOf('expenditure');
  const all = statement.pool - income - shares + expenditure;
  const usable = before ?? all;
  const short = shares - statement.pool;
  return { usable, income, expenditure, setAside: usable - all, gap: short > 0n ? short : 0n };
}

/** What of a gap came of how the fund was managed, and the rest, which came of policy. */
export interface Parts {
  /** By how much fewer premiums came than the budget has. */
  readonly shortfall: Fen;
  /** By how much more went than the budget has, other levels aside. */
  readonly overspend: Fen;
  readonly management: Fen;
  readonly policy: Fen;
}

/** The account of premiums, whose budget is the collection target. */
const PREMIUMS = 'income.premiums';

/**
 * Splits a gap: management answers for what was not collected of the target and what was spent beyond the budget, as
 * far as the gap goes, policy for the rest. Pure.
 * @returns undefined where the budget has no premiums or no expenditure: nobody knows what was expected
 */
export function partsOf(gap: Fen, { lines }: Pick<Execution, 'lines'>): Parts | undefined {
  const whole = lines.filter(({ isPart }) => !isPart);
  const premiums = whole.filter(({ line }) => parseLedgerLine(line).account === PREMIUMS);
  const spending = whole.filter(({ line, side }) => side === 'expenditure' && !isBetweenLevels(line));
  const isBudgeted = ({ budget }: ExecutedLine): boolean => budget !== undefined;
  if (!premiums.some(isBudgeted) || !spending.some(isBudgeted)) return undefined;
  const target = premiums.reduce((sum, { budget }) => sum + (budget?.current ?? 0n), 0n);
  const collected = premiums.reduce((sum, { executed }) => sum + executed, 0n);
  const budgeted = spending.reduce((sum, { budget }) => sum + (budget?.current ?? 0n), 0n);
  const spent = spending.reduce((sum, { executed }) => sum + executed, 0n);
  const shortfall = atLeastNothing(target - collected);
  const overspend = atLeastNothing(spent - budgeted);
  const beyond = shortfall + overspend;
  const management = beyond < gap ? beyond : gap;
  return { shortfall, overspend, management, policy: gap - management };
}

const atLeastNothing = (amount: Fen): Fen => (amount > 0n ? amount : 0n);

/** Who bears how much of a gap; the two are the gap to the fen. */
export interface Shares {
  readonly province: Fen;
  readonly county: Fen;
}

/** Rates have six places at most. */
const WHOLE = 1_000_000n;

/** Shares a part of a gap by the rate of the province, e.g. `0.7`; what is left goes by the largest remainder. Pure. */
export function shareOut(part: Fen, provinceRate: string): Shares {
  const weight = parseRate(provinceRate);
  const [province, county] = allocateFen(part, [weight, WHOLE - weight]) as [Fen, Fen];
  return { province, county };
}

const parseRate = (rate: string): bigint => {
  const [whole, places = ''] = rate.split('.') as [string, string?];
  return BigInt(whole + places.padEnd(6, '0'));
};
