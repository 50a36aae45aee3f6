import { isBetweenLevels, isWithAbove, kindOf } from '../../src/reference/account-kinds.js';
import { parseLedgerLine } from '../../src/books/entries.js';
import { type Fen } from '../../src/money.js';
import { type Fund } from '../../src/reference/adopted.js';
import { type Chart } from '../../src/reference/chart.js';
import { type Budget } from '../budget-execution/budgets.js';
import { type Lines } from '../fund-balance/lines.js';
import { netPartOf } from '../statements/net-part.js';
import { IN_TRANSIT, type Scope } from '../statements/scope.js';
import { type Figures } from './statement.js';

/**
 * What was executed between two moments, and what stood before: what stands at the end less what came and went, so that
 * what an earlier year had wrong and was put right in net assets directly stood there already.
 */
export function executed(chart: Chart, fund: Fund, before: Lines, end: Lines): Figures {
  const lines = new Map<string, Fen>();
  let closing = 0n;
  let surplus = 0n;
  for (const [line, { debit, credit }] of end) {
    if (netPartOf(chart, fund, line) !== undefined) closing += credit - debit;
    const { account } = parseLedgerLine(line);
    const kind = account === IN_TRANSIT ? undefined : kindOf(account);
    if (kind !== 'income' && kind !== 'expenditure') continue;
    const earlier = before.get(line) ?? { debit: 0n, credit: 0n };
    const grown = credit - debit - (earlier.credit - earlier.debit);
    surplus += grown;
    lines.set(line, kind === 'income' ? grown : -grown);
  }
  return { lines, opening: closing - surplus, isBudget: false };
}

/**
 * The budgets of a fund in the units of a scope, added up: what they plan to pay each other is left out, as it is of
 * what was executed. Undefined where none of them has one.
 * @param opening what the year begins with
 */
export function budgeted(
  budgets: ReadonlyMap<string, Budget>,
  fund: Fund,
  { units, isConsolidated, hasAbove }: Scope,
  opening: Fen,
): Figures | undefined {
  const lines = new Map<string, Fen>();
  const own = units.flatMap((unit) => {
    const budget = budgets.get(`${fund.key} ${unit}`);
    return budget ? [{ unit, budget: withAccounts(budget) }] : [];
  });
  for (const { unit, budget } of own)
    for (const [line, amount] of budget) {
      const { account } = parseLedgerLine(line);
      const isAbove = hasAbove && isWithAbove(account) && unit === units[0];
      if (isConsolidated && isBetweenLevels(account) && !isAbove) continue;
      lines.set(line, (lines.get(line) ?? 0n) + amount);
    }
  return own.length === 0 ? undefined : { lines, opening, isBudget: true };
}

/**
 * A budget with the account of each detail that it names as a whole too: some units give an account, others its
 * details, and both add up.
 */
function withAccounts(budget: Budget): Map<string, Fen> {
  const lines = new Map<string, Fen>();
  for (const [line, { current }] of budget) {
    lines.set(line, (lines.get(line) ?? 0n) + current);
    const { account } = parseLedgerLine(line);
    if (line !== account && !budget.has(account)) lines.set(account, (lines.get(account) ?? 0n) + current);
  }
  return lines;
}
