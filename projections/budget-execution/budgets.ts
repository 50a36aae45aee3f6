import { type Fen } from '../../src/money.js';
import { type ReadTables, tableName } from '../following/read-tables.js';
import { APPROVAL_KIND, BUDGET_LINES, budgetExecution, WITHDRAWN } from './projection.js';

/** One line of a budget in fen: as it was approved, and as it stands after what was adjusted. */
export interface Budgeted {
  /** 0 where an adjustment brought the line in. */
  readonly approved: Fen;
  readonly current: Fen;
}

/** The budget of one fund in one unit: its lines by their names, e.g. `benefits/inpatient`. */
export type Budget = ReadonlyMap<string, Budgeted>;

/** What of the budgets counts: those of a year, as they stood on a business day, recorded by a position. */
export interface BudgetScope {
  readonly year: string;
  readonly day: string;
  readonly position: number;
}

/**
 * The budgets that stood, by `fund unit`. The last word of the business days holds: an adjustment gives a line a new
 * amount, and what was withdrawn by then says nothing.
 */
export function readBudgets(tables: ReadTables, { year, day, position }: BudgetScope): ReadonlyMap<string, Budget> {
  const rows = tables.rows<{ fund: string; unit: string; line: string; kind: string; amount: string }>(
    `SELECT fund, unit, line, kind, CAST(amount AS TEXT) AS amount
     FROM "${tableName(budgetExecution, BUDGET_LINES)}" AS said
     WHERE year = ? AND business_day <= ? AND position <= ? AND NOT EXISTS (
       SELECT 1 FROM "${tableName(budgetExecution, WITHDRAWN)}" AS back
       WHERE back.id = said.id AND back.business_day <= ? AND back.position <= ?)
     ORDER BY business_day, position`,
    year,
    day,
    position,
    day,
    position,
  );
  const budgets = new Map<string, Map<string, Budgeted>>();
  for (const { fund, unit, line, kind, amount } of rows) {
    const book = `${fund} ${unit}`;
    const lines = budgets.get(book) ?? new Map<string, Budgeted>();
    const current = BigInt(amount);
    const approved = kind === APPROVAL_KIND ? current : (lines.get(line)?.approved ?? 0n);
    budgets.set(book, lines.set(line, { approved, current }));
  }
  return budgets;
}
