import { type Text, text } from '../../src/errors.js';
import { parseLedgerLine } from '../../src/books/entries.js';
import { lineName } from '../../src/books/ledger-lines.js';
import { type Adopted, type Fund } from '../../src/reference/adopted.js';
import { countColumn, fenColumn, rateColumn, textColumn, titleOf } from '../fund-balance/sheets.js';
import { accountAt, trailAt } from '../asking/addresses.js';
import { type Shown } from '../asking/interval.js';
import { type Cell, type Column, type Mark, type Sheet } from '../asking/question.js';
import { type ExecutedLine, type Execution, type Flag, type Side } from './execution.js';

/** The execution of one book's budget. */
export interface BookExecution {
  readonly fund: Fund;
  readonly unit: string;
  readonly execution: Execution;
}

/** The executions of a fund's books added up. */
export interface FundExecution {
  readonly fund: Fund;
  /** Books that have a budget. */
  readonly budgets: number;
  readonly execution: Execution;
}

const SIDES: readonly (readonly [Side, Text])[] = [
  ['income', text('本年收入合计', 'Total income')],
  ['expenditure', text('本年支出合计', 'Total expenditure')],
];

const FLAGS: Readonly<Record<Flag, Text>> = {
  over: text('超出预算幅度', 'over the band'),
  under: text('低于预算幅度', 'under the band'),
  'not-budgeted': text('无预算', 'not budgeted'),
};

const COLUMNS: readonly Column[] = [
  textColumn('项目', 'line'),
  fenColumn('批复预算数', 'approved'),
  fenColumn('本年预算数', 'budget'),
  fenColumn('执行数', 'executed'),
  fenColumn('执行数与预算数之差', 'difference'),
  rateColumn('执行率（%）', 'rate (%)'),
  textColumn('提示', 'flag'),
];

function cellsOf(
  name: Text,
  {
    budget,
    executed,
    rate,
    flag,
  }: Pick<ExecutedLine, 'budget' | 'executed' | 'rate'> & { readonly flag?: Flag | undefined },
): Cell[] {
  const difference = executed - (budget?.current ?? 0n);
  const amounts = [budget?.approved ?? null, budget?.current ?? null, executed, difference];
  return [name, ...amounts, rate ?? null, flag ? FLAGS[flag] : null];
}

/** One execution as it is printed: the first cells of its rows, and of which fund and unit it is. */
interface Printed {
  readonly head: readonly Cell[];
  readonly fund: string;
  /** Undefined of a fund over its books. */
  readonly unit: string | undefined;
  readonly execution: Execution;
}

/** What the cells of a line lead to: the approvals and adjustments of budgets, and what moved its account. */
function marksOf({ head, fund, unit }: Printed, { line }: ExecutedLine, shown: Shown): Mark {
  const year = { ...shown, from: `${shown.to.slice(0, 4)}-01-01` };
  const approvals = trailAt({ fund, unit, kind: 'budget-approval' }, year);
  const adjustments = trailAt({ fund, unit, kind: 'budget-adjustment' }, year);
  const executed = accountAt(fund, unit, line, shown);
  return { links: [...head.map(() => undefined), undefined, approvals, adjustments, executed] };
}

/** One row for each line, and beneath each side its total; which rows it is the sum of is said in `footing`. */
function rowsOf({ chart }: Adopted, executions: readonly Printed[], shown: Shown) {
  const rows: Cell[][] = [];
  const marks: (Mark | undefined)[] = [];
  const footing: { total: number; parts: number[] }[] = [];
  for (const printed of executions) {
    const { head, execution } = printed;
    for (const [side, name] of SIDES) {
      const parts: number[] = [];
      for (const each of execution.lines.filter((line) => line.side === side)) {
        const index = rows.push([...head, ...cellsOf(nameOf(chart, each), each)]) - 1;
        marks.push(marksOf(printed, each, shown));
        if (!each.isPart) parts.push(index);
      }
      const total = rows.push([...head, ...cellsOf(name, execution.totals[side])]) - 1;
      marks.push(undefined);
      footing.push({ total, parts });
    }
  }
  return { rows, marks, footing: { rows: footing } };
}

function nameOf(chart: Adopted['chart'], { line, isPart }: ExecutedLine): Text {
  const name = lineName(line, chart);
  if (!isPart) return name;
  const { account, detail } = parseLedgerLine(line);
  const { zh, en } = chart.detail(account, detail!)?.name ?? name;
  return text(`  其中：${zh}`, `  of which ${en}`);
}

/** What is said beneath: how much of the year has passed, and what is flagged. */
function notesOf({ from, to }: Shown, elapsed: string): Text[] {
  return [
    text(
      `${from} 至 ${to} 为全年的 ${elapsed}%（序时进度）；年度未终了时只提示超出预算幅度的项目。`,
      `${from} to ${to} is ${elapsed} % of the year; before its end only what is over the band is flagged.`,
    ),
  ];
}

/** The budgets of the books, line by line. */
export function bookSheet(adopted: Adopted, books: readonly BookExecution[], interval: Shown, elapsed: string): Sheet {
  return {
    name: 'books',
    title: titleOf(text('各账簿预算执行情况', 'Budget execution by book'), interval),
    columns: [textColumn('基金', 'fund'), textColumn('核算单位', 'unit'), ...COLUMNS],
    ...rowsOf(
      adopted,
      books.map(({ fund, unit, execution }) => ({
        head: [fund.name, adopted.unitName(unit)],
        fund: fund.key,
        unit,
        execution,
      })),
      interval,
    ),
    notes: notesOf(interval, elapsed),
  };
}

/** The budgets of each fund, added up over the books that have one. */
export function fundSheet(adopted: Adopted, funds: readonly FundExecution[], interval: Shown, elapsed: string): Sheet {
  return {
    name: 'funds',
    title: titleOf(text('预算执行情况', 'Budget execution'), interval),
    columns: [textColumn('基金', 'fund'), countColumn('有预算的账簿', 'budgets'), ...COLUMNS],
    ...rowsOf(
      adopted,
      funds.map(({ fund, budgets, execution }) => ({
        head: [fund.name, budgets],
        fund: fund.key,
        unit: undefined,
        execution,
      })),
      interval,
    ),
    unit: 'wan',
    notes: [
      ...notesOf(interval, elapsed),
      text(
        '按有预算的账簿相加，上下级之间的补助与上解未抵销。',
        'The sum of the books that have a budget; flows between levels are not eliminated.',
      ),
    ],
  };
}
