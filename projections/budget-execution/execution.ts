import { parseLedgerLine } from '../../src/books/entries.js';
import { divideFen, type Fen, multiplyFen } from '../../src/money.js';
import { type Chart } from '../../src/reference/chart.js';
import { type Statement } from '../fund-balance/statement.js';
import { type Budget, type Budgeted } from './budgets.js';

export type Side = 'income' | 'expenditure';

/** What strikes about a line: it is beyond the band of its budget, or in none. */
export type Flag = 'over' | 'under' | 'not-budgeted';

/** A line of a budget beside what was executed, in fen. */
export interface ExecutedLine {
  /** The ledger line without a share, e.g. `benefits/inpatient`. */
  readonly line: string;
  readonly side: Side;
  /** Whether another line of the budget takes it in: it is a part of that one 其中, and in no total. */
  readonly isPart: boolean;
  /** Undefined where no budget has the line. */
  readonly budget: Budgeted | undefined;
  readonly executed: Fen;
  /** Executed as a percentage of the budget as it stands, two places; undefined where that is none. */
  readonly rate: string | undefined;
  readonly flag: Flag | undefined;
}

/** Both sides of one book's budget, each with its total over the lines that are no part of another. */
export interface Execution {
  readonly lines: readonly ExecutedLine[];
  readonly totals: Readonly<Record<Side, Pick<ExecutedLine, 'budget' | 'executed' | 'rate'>>>;
}

/** How far a line may lie from its budget before it is flagged, and whether the year is over. */
export interface Judging {
  /** A part of the budget, e.g. `0.1`; undefined where no policy says so: then nothing is flagged for its rate. */
  readonly band: string | undefined;
  /** In the midst of a year every line is below its budget, and residents pay in its last quarter. */
  readonly yearIsOver: boolean;
}

/**
 * Compares a budget with what was executed, line by line. Budget execution 预算执行率 is what came or went divided by the
 * budget as it stands; what no line of the budget takes in is listed by account, so that both sides add up to all
 * income and all expenditure of the book. Pure.
 */
export function execute(chart: Chart, budget: Budget, statement: Statement, judging: Judging): Execution {
  const items = executedByLine(statement);
  const unbudgeted = new Map<string, Fen>();
  for (const { line, amount } of items) {
    if ([...budget.keys()].some((budgeted) => takesIn(budgeted, line))) continue;
    const { account } = parseLedgerLine(line);
    unbudgeted.set(account, (unbudgeted.get(account) ?? 0n) + amount);
  }
  const lines: ExecutedLine[] = [...budget].map(([line, budgeted]) => {
    const executed = items
      .filter((item) => takesIn(line, item.line))
      .reduce((total: Fen, { amount }) => total + amount, 0n);
    return {
      line,
      side: sideOf(chart, line),
      isPart: isPartOf(line, budget),
      budget: budgeted,
      executed,
      rate: rateOf(executed, budgeted.current),
      flag: flagOf(executed, budgeted.current, judging),
    };
  });
  for (const [line, executed] of unbudgeted) {
    if (executed === 0n) continue;
    const side = sideOf(chart, line);
    lines.push({ line, side, isPart: false, budget: undefined, executed, rate: undefined, flag: 'not-budgeted' });
  }
  const sorted = inChartOrder(chart, lines);
  return { lines: sorted, totals: { income: totalOf(sorted, 'income'), expenditure: totalOf(sorted, 'expenditure') } };
}

/** Adds executions of one fund up, line by line, e.g. those of its units. Pure. */
export function addExecutions(chart: Chart, parts: readonly Execution[], judging: Judging): Execution {
  const sums = new Map<string, ExecutedLine>();
  for (const each of parts.flatMap(({ lines }) => lines)) {
    const known = sums.get(each.line);
    const budget = addBudgets([known?.budget, each.budget]);
    const executed = each.executed + (known?.executed ?? 0n);
    sums.set(each.line, {
      ...each,
      isPart: each.isPart && (known?.isPart ?? true),
      budget,
      executed,
      rate: budget && rateOf(executed, budget.current),
      flag: budget ? flagOf(executed, budget.current, judging) : 'not-budgeted',
    });
  }
  const lines = inChartOrder(chart, [...sums.values()]);
  const total = (side: Side) => {
    const budget = addBudgets(parts.map(({ totals }) => totals[side].budget));
    const executed = parts.reduce((sum: Fen, { totals }) => sum + totals[side].executed, 0n);
    return { budget, executed, rate: budget && rateOf(executed, budget.current) };
  };
  return { lines, totals: { income: total('income'), expenditure: total('expenditure') } };
}

function executedByLine({ items }: Statement): { line: string; amount: Fen }[] {
  return items
    .filter(({ kind }) => kind === 'income' || kind === 'expenditure')
    .map(({ line, amount }) => ({ line: line.split('@')[0]!, amount }));
}

/** An account takes its details in. */
const takesIn = (above: string, line: string): boolean => line === above || line.startsWith(`${above}/`);

const isPartOf = (line: string, budget: Budget): boolean =>
  [...budget.keys()].some((other) => other !== line && takesIn(other, line));

function sideOf(chart: Chart, line: string): Side {
  const { account } = parseLedgerLine(line);
  return chart.find(account)?.kind === 'income' ? 'income' : 'expenditure';
}

const rateOf = (executed: Fen, budget: Fen): string | undefined => divideFen(executed * 100n, budget);

function flagOf(executed: Fen, budget: Fen, { band, yearIsOver }: Judging): Flag | undefined {
  if (band === undefined) return undefined;
  const beyond = multiplyFen(budget, band);
  if (executed > budget + beyond) return 'over';
  return yearIsOver && executed < budget - beyond ? 'under' : undefined;
}

function totalOf(lines: readonly ExecutedLine[], wanted: Side): Pick<ExecutedLine, 'budget' | 'executed' | 'rate'> {
  const whole = lines.filter(({ side, isPart }) => side === wanted && !isPart);
  const budget = addBudgets(whole.map((line) => line.budget));
  const executed = whole.reduce((sum: Fen, line) => sum + line.executed, 0n);
  return { budget, executed, rate: budget && rateOf(executed, budget.current) };
}

function addBudgets(parts: readonly (Budgeted | undefined)[]): Budgeted | undefined {
  const known = parts.filter((part) => part !== undefined);
  if (known.length === 0) return undefined;
  return {
    approved: known.reduce((sum: Fen, { approved }) => sum + approved, 0n),
    current: known.reduce((sum: Fen, { current }) => sum + current, 0n),
  };
}

function inChartOrder(chart: Chart, lines: readonly ExecutedLine[]): ExecutedLine[] {
  const place = ({ line, side }: ExecutedLine): string => {
    const { account, detail } = parseLedgerLine(line);
    const number = (detail && chart.detail(account, detail)?.number) ?? chart.find(account)?.number ?? '';
    return `${side === 'income' ? 0 : 1} ${number} ${line}`;
  };
  return lines.toSorted((one, other) => (place(one) < place(other) ? -1 : 1));
}
