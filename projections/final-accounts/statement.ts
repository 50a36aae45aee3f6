import { kindOf } from '../../src/reference/account-kinds.js';
import { parseLedgerLine } from '../../src/books/entries.js';
import { type Text, text } from '../../src/errors.js';
import { type Fen } from '../../src/money.js';
import { type Fund } from '../../src/reference/adopted.js';
import { type Chart } from '../../src/reference/chart.js';
import { STATUTORY } from '../statements/places.js';
import { IN_TRANSIT } from '../statements/scope.js';
import { type SideLine } from '../statements/two-sided.js';
import { type FormAccount, formOf, numberOf, type Side } from './layout.js';

/**
 * One column of the form: what came and went by ledger line, growing on its own side, and what stood at the beginning.
 * A budget names accounts, or details of them: what it gives as a whole it does not tell by parts.
 */
export interface Figures {
  readonly lines: ReadonlyMap<string, Fen>;
  readonly opening: Fen;
  readonly isBudget: boolean;
}

/** A cell of the form: an amount; 'n/a' where it does not apply; undefined where nothing is said, e.g. no budget. */
export type Amount = Fen | 'n/a' | undefined;

/** One line of the form with its cell in each column. */
export interface AccountsLine extends SideLine {
  readonly amounts: readonly Amount[];
}

/** What is no income and no expenditure of the year: nothing of it is executed. */
const LEFT_OVER: readonly string[] = ['opening', 'surplus', 'closing', 'income-total', 'expenditure-total'];

/** Whether a line is of income or expenditure, of which a budget is executed. */
export const isExecuted = ({ key }: AccountsLine): boolean => !LEFT_OVER.includes(key);

/** Both sides of the form; both end with the same total. */
export interface FinalAccounts {
  readonly fund: Fund;
  readonly income: readonly AccountsLine[];
  readonly expenditure: readonly AccountsLine[];
}

/** Which levels the scope has beside its own: where there is none, flows with it do not apply. */
export interface Levels {
  readonly above: boolean;
  readonly below: boolean;
}

/** The lines between levels, in the order of each side. */
const BETWEEN: Readonly<Record<Side, readonly (readonly [number: string, level: keyof Levels])[]>> = {
  income: [
    ['4401', 'above'],
    ['4402', 'below'],
  ],
  expenditure: [
    ['5302', 'below'],
    ['5301', 'above'],
  ],
};

/**
 * Draws up 预算/决算收支表: on each side what came or went by line, the subtotal, flows between levels, the total of the
 * year, and on the left what was left over from the year before, on the right the surplus and what is left at the end.
 * Both totals are equal. Every line of the form is there, empty or not; an account that has an amount and no line gets
 * one before what is other. Pure.
 * @param columns undefined: nothing is said in it, as where no budget was approved
 */
export function finalAccounts(
  chart: Chart,
  fund: Fund,
  columns: readonly (Figures | undefined)[],
  levels: Levels,
): FinalAccounts {
  const sums = columns.map((column) => column && sumUp(chart, column));
  const form = formOf(fund);
  const income = sideOf('income', form.income, columns, sums, levels, chart);
  const expenditure = sideOf('expenditure', form.expenditure, columns, sums, levels, chart);
  const openings = columns.map((column) => column?.opening);
  const surplus = sums.map((sum) => sum && sum.at('income') - sum.at('expenditure'));
  const closing = openings.map((opening, index) => (opening === undefined ? undefined : opening + surplus[index]!));
  const total = (side: Side, more: readonly (Fen | undefined)[]): Amount[] =>
    sums.map((sum, index) => sum && sum.at(side) + more[index]!);
  const behind = (key: string, name: Text, amounts: readonly Amount[], sumOf: readonly string[] = []) => {
    return { key, name, level: 0 as const, amounts, sumOf };
  };
  return {
    fund,
    income: numbered([
      ...income,
      behind('opening', text('上年结余', 'Left over from the year before'), openings),
      behind('income-total', TOTAL, total('income', openings), ['income', 'opening']),
    ]),
    expenditure: numbered([
      ...expenditure,
      behind('surplus', text('本年收支结余', 'Surplus of the year'), surplus),
      behind('closing', text('年末滚存结余', 'Left over at the end of the year'), closing),
      behind('expenditure-total', TOTAL, total('expenditure', closing), ['expenditure', 'closing']),
    ]),
  };
}

const TOTAL = text('总计', 'Total');
const SUBTOTALS: Readonly<Record<Side, Text>> = {
  income: text('本年收入小计', 'Income, subtotal'),
  expenditure: text('本年支出小计', 'Expenditure, subtotal'),
};
const TOTALS: Readonly<Record<Side, Text>> = {
  income: text('本年收入合计', 'Income of the year'),
  expenditure: text('本年支出合计', 'Expenditure of the year'),
};

function sideOf(
  side: Side,
  form: readonly FormAccount[],
  columns: readonly (Figures | undefined)[],
  sums: readonly (Sums | undefined)[],
  levels: Levels,
  chart: Chart,
): AccountsLine[] {
  const of = (key: string): Amount[] => sums.map((sum) => sum?.at(key));
  const between = BETWEEN[side].map(([number]) => number);
  const own = [...form.slice(0, -1), ...unforeseen(side, form, sums), form.at(-1)!];
  const keys = own.map(({ number }) => number);
  return [
    ...own.flatMap(({ number, name, parts }): AccountsLine[] => [
      { key: number, name, level: 0, amounts: of(number), sumOf: [] },
      ...parts.map((part, index): AccountsLine => ({
        key: `${number}/${part.key}`,
        name: index === 0 ? text(`其中：${part.name.zh}`, `of which ${part.name.en}`) : part.name,
        level: index === 0 ? 1 : 2,
        amounts: columns.map((column) => column && partOf(chart, column, number, part)),
        sumOf: [],
      })),
    ]),
    { key: `${side}-subtotal`, name: SUBTOTALS[side], level: 0, amounts: of(`${side}-subtotal`), sumOf: keys },
    ...BETWEEN[side].map(([number, level]): AccountsLine => {
      const cell = (amount: Amount): Amount => (levels[level] || (amount ?? 0n) !== 0n ? amount : 'n/a');
      return { key: number, name: STATUTORY[number]!, level: 0, amounts: of(number).map(cell), sumOf: [] };
    }),
    { key: side, name: TOTALS[side], level: 0, amounts: of(side), sumOf: [`${side}-subtotal`, ...between] },
  ];
}

/** Accounts that have an amount and that the form of the fund has no line for. */
const unforeseen = (side: Side, form: readonly FormAccount[], sums: readonly (Sums | undefined)[]): FormAccount[] =>
  Object.entries(STATUTORY)
    .filter(([number]) => number.startsWith(side === 'income' ? '4' : '5'))
    .filter(
      ([number]) =>
        ![...form, ...BETWEEN[side].map(([each]) => ({ number: each }))].some((each) => each.number === number),
    )
    .filter(([number]) => sums.some((sum) => (sum?.at(number) ?? 0n) !== 0n))
    .map(([number, name]) => ({ number, name, parts: [] }));

/** What of an account is a part of it; a budget that gives the account as a whole does not say. */
function partOf(
  chart: Chart,
  { lines, isBudget }: Figures,
  number: string,
  part: FormAccount['parts'][number],
): Amount {
  const own = [...lines].filter(([line]) => numberOf(chart, line) === number);
  if (isBudget && (!part.isBudgeted || !own.some(([line]) => line.includes('/')))) return 'n/a';
  const within = own.filter(([line]) => (!isBudget || line.includes('/')) && part.has(chart, line));
  return within.reduce((sum, [, amount]) => sum + amount, 0n);
}

/** Amounts by the numbers of lines and by what they come to. */
class Sums {
  private readonly byKey = new Map<string, Fen>();

  add(key: string, amount: Fen): void {
    this.byKey.set(key, this.at(key) + amount);
  }

  at(key: string): Fen {
    return this.byKey.get(key) ?? 0n;
  }
}

/**
 * The lines of the form that a ledger line is on by what came or went, the parts of its account with them; none where
 * it is no income or expenditure.
 */
export function linesWith(chart: Chart, fund: Fund, line: string): string[] {
  const { account } = parseLedgerLine(line);
  const kind = account === IN_TRANSIT ? undefined : kindOf(account);
  if (kind !== 'income' && kind !== 'expenditure') return [];
  const number = numberOf(chart, line);
  const parts = formOf(fund)[kind].find((each) => each.number === number)?.parts ?? [];
  const isBetween = BETWEEN[kind].some(([each]) => each === number);
  return [
    kind,
    ...(isBetween ? [] : [`${kind}-subtotal`]),
    number,
    ...parts.filter((part) => part.has(chart, line)).map(({ key }) => `${number}/${key}`),
  ];
}

function sumUp(chart: Chart, { lines, isBudget }: Figures): Sums {
  const sums = new Sums();
  for (const [line, amount] of lines) {
    const { account } = parseLedgerLine(line);
    const kind = account === IN_TRANSIT ? undefined : kindOf(account);
    if (kind !== 'income' && kind !== 'expenditure') continue;
    // A budget may give an account and, of it, some details: those are parts of it, and in no sum.
    if (isBudget && line !== account && lines.has(account)) continue;
    const number = numberOf(chart, line);
    sums.add(number, amount);
    sums.add(kind, amount);
    if (!BETWEEN[kind].some(([each]) => each === number)) sums.add(`${kind}-subtotal`, amount);
  }
  return sums;
}

const ORDINALS = '一二三四五六七八九十';
const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'];

/** The lines of a side with their numbers, which the total and what is a part of another have not. */
function numbered(lines: readonly AccountsLine[]): AccountsLine[] {
  let index = -1;
  return lines.map((line, at) => {
    if (line.level > 0 || at === lines.length - 1) return line;
    index += 1;
    const [zh, en] = [ORDINALS[index] ?? `${index + 1}`, ROMAN[index] ?? `${index + 1}`];
    return { ...line, name: text(`${zh}、${line.name.zh}`, `${en}. ${line.name.en}`) };
  });
}
