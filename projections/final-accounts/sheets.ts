import { type Text, text } from '../../src/errors.js';
import { divideFen } from '../../src/money.js';
import { type Fund } from '../../src/reference/adopted.js';
import { fenColumn, rateColumn, textColumn } from '../fund-balance/sheets.js';
import { type Interval } from '../asking/interval.js';
import { type Cell, type Check, type Column, type Sheet } from '../asking/question.js';
import { dayName, headOf } from '../statements/heads.js';
import { type Linking, lineLink } from '../statements/links.js';
import { type Span } from '../statements/parameters.js';
import { besideEachOther, columnsOf } from '../statements/two-sided.js';
import { type AccountsLine, type Amount, type FinalAccounts, isExecuted } from './statement.js';
import { addressOf } from '../asking/addresses.js';

/** Where in a line's amounts each column is. */
export const COLUMNS = { lastYear: 0, budget: 1, executed: 2 } as const;

/** What the statement is of: a scope, a year, up to a day. */
export interface Head {
  readonly linking: Linking;
  readonly year: string;
  readonly interval: Interval;
  /** The whole year before. */
  readonly lastYear: Span;
}

/** A cell as it is printed: × where it does not apply. */
const printed = (amount: Amount): Cell => (amount === 'n/a' ? '×' : (amount ?? null));

/** How much of its budget a line is, as a percentage with two places; undefined where there is none. */
export function rateOf(line: AccountsLine): string | undefined {
  const [budget, executed] = [line.amounts[COLUMNS.budget], line.amounts[COLUMNS.executed]];
  if (!isExecuted(line)) return undefined;
  return typeof budget === 'bigint' && typeof executed === 'bigint' ? divideFen(executed * 100n, budget) : undefined;
}

/** 预算收支表: what was executed in the year before, beside what is budgeted. */
export function budgetSheet(accounts: FinalAccounts, head: Head): Sheet {
  const columns = [fenColumn('上年执行数', 'last year, executed'), fenColumn('本年预算数', 'this year, budgeted')];
  const cellsOf = ({ amounts }: AccountsLine): Cell[] => [
    printed(amounts[COLUMNS.lastYear]),
    printed(amounts[COLUMNS.budget]),
  ];
  const link = lineLink(head.linking, accounts.fund, STATEMENT);
  const linksOf = (line: AccountsLine): Links => [
    linkOf(line, COLUMNS.lastYear, link(line.key, head.lastYear)),
    linkOf(line, COLUMNS.budget, budgetLink(line, accounts.fund, head)),
  ];
  return sheetOf(accounts, head, { name: 'budget', title: BUDGET, columns, cellsOf, linksOf, amounts: [0, 1] });
}

/** 决算收支表: what was executed beside the budget as it stands, and how much of it that is. */
export function finalSheet(accounts: FinalAccounts, head: Head): Sheet {
  const { before: after, to } = head.interval;
  const isOver = to.endsWith('-12-31');
  const columns = [
    fenColumn('本年预算数', 'this year, budgeted'),
    isOver ? fenColumn('决算数', 'final') : fenColumn('本年执行数', 'this year, executed'),
    rateColumn('执行率（%）', 'rate (%)'),
  ];
  const cellsOf = (line: AccountsLine): Cell[] => [
    printed(line.amounts[COLUMNS.budget]),
    printed(line.amounts[COLUMNS.executed]),
    isExecuted(line) ? (rateOf(line) ?? null) : '×',
  ];
  const link = lineLink(head.linking, accounts.fund, STATEMENT);
  const linksOf = (line: AccountsLine): Links => [
    linkOf(line, COLUMNS.budget, budgetLink(line, accounts.fund, head)),
    linkOf(line, COLUMNS.executed, link(line.key, { after, to })),
    undefined,
  ];
  const title = isOver ? FINAL : EXECUTION;
  return sheetOf(accounts, head, { name: 'final', title, columns, cellsOf, linksOf, amounts: [0, 1] });
}

const STATEMENT = 'final-accounts';
type Links = readonly (string | undefined)[];

/** What a cell leads to, where it has an amount. */
const linkOf = ({ amounts }: AccountsLine, column: number, to: string): string | undefined =>
  typeof amounts[column] === 'bigint' ? to : undefined;

/** Where the budgets are listed, of the unit or of all; what a year begins with is no budget, but what was left. */
function budgetLink({ key }: AccountsLine, fund: Fund, { linking, interval: { before, from, to } }: Head): string {
  if (key === 'opening') return lineLink(linking, fund, STATEMENT)(key, { after: before, to });
  const { scope, recordedAsOf } = linking;
  const unit = scope.isConsolidated ? undefined : scope.units[0];
  return addressOf('budget-execution', { fund: fund.key, unit, from, to, recordedAsOf });
}

const BUDGET = text('基金收支预算表', 'Budget of income and expenditure');
const FINAL = text('基金收支决算表', 'Final accounts of income and expenditure');
const EXECUTION = text('基金收支预算执行表', 'Execution of the budget of income and expenditure');

interface Part {
  readonly name: string;
  readonly title: Text;
  readonly columns: readonly Column[];
  readonly cellsOf: (line: AccountsLine) => readonly Cell[];
  readonly linksOf: (line: AccountsLine) => Links;
  readonly amounts: readonly number[];
}

function sheetOf(
  { fund, income, expenditure }: FinalAccounts,
  { linking, year, interval: { to } }: Head,
  { name, title, columns, cellsOf, linksOf, amounts }: Part,
): Sheet {
  const side = (lines: readonly AccountsLine[]) => ({ lines, cellsOf, linksOf, width: columns.length, amounts });
  const totals = [income, expenditure].map((lines) => cellsOf(lines.at(-1)!));
  const upTo = to.endsWith('-12-31') ? '' : `（截至${dayName(to).zh}）`;
  const when = text(`${year}年度${upTo}`, `year ${year}${upTo === '' ? '' : ` (to ${to})`}`);
  return {
    name: `${name}-${fund.key}`,
    title,
    head: headOf(fund, undefined, linking.scope, when),
    columns: [
      ...columnsOf(textColumn('收入项目', 'income'), columns),
      ...columnsOf(textColumn('支出项目', 'expenditure'), columns),
    ],
    ...besideEachOther(side(income), side(expenditure)),
    unit: 'wan',
    checks: columns.flatMap(({ name: column }, index): Check[] => {
      const [left, right] = totals.map((cells) => cells[index]);
      if (typeof left !== 'bigint') return [];
      const says = text(`${column.zh}：收入总计 = 支出总计`, `${column.en}: total of income = total of expenditure`);
      return [{ says, holds: left === right }];
    }),
    notes: [text('“×”为不适用的栏。', '× stands where a cell does not apply.')],
  };
}
