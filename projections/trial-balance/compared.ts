import { type Text, text } from '../../src/errors.js';
import { divideFen, type Fen, formatFen } from '../../src/money.js';
import { type Cell, type Column } from '../asking/question.js';
import { type Interval } from '../asking/interval.js';
import { type Turnover } from '../fund-balance/lines.js';
import { fenColumn, rateColumn } from '../fund-balance/sheets.js';
import { type AccountRow, type Amounts, NOTHING, type PeriodAmounts } from './tree.js';

/*
 * A trial balance beside that of another period: what moved and stands there, and what is more or less here, in amounts
 * and in per cent. An account grows on its own side, an asset and an expenditure on the debit side, all others on the
 * credit side: there its movements are compared, so that what a close carries away is no fall of income.
 */

/** What is more or less than in the other period. */
export interface Change {
  readonly amount: Fen;
  /** Of what was there, with two places; undefined where there was nothing to be a part of. */
  readonly percent: string | undefined;
}

export interface Changes {
  /** Of the movements on the account's own side. */
  readonly movement: Change;
  readonly closing: Change;
}

function changeOf(now: Fen, before: Fen): Change {
  const amount = now - before;
  return { amount, percent: divideFen(amount * 100n, before < 0n ? -before : before) };
}

/** What changed on an account since the other period; an account that has nothing there had nothing. */
export function changesOf(row: Pick<AccountRow, 'number'> & Amounts): Changes {
  const isDebit = /^[15]/.test(row.number);
  const own = ({ period, closing }: PeriodAmounts): [Fen, Fen] =>
    isDebit ? [period.debit, closing] : [period.credit, -closing];
  const [now, before] = [own(row), own(row.compared ?? NOTHING)];
  return { movement: changeOf(now[0], before[0]), closing: changeOf(now[1], before[1]) };
}

/** What changed in the totals, of which the debit side is the credit side. */
export const totalChanges = (now: readonly Turnover[], before: readonly Turnover[]): Changes => ({
  movement: changeOf(now[1]!.debit, before[1]!.debit),
  closing: changeOf(now[3]!.debit, before[3]!.debit),
});

const NEW = text('对比期无', 'nothing before');

/** In words, why there is no percentage; undefined where there is one, or nothing on either side. */
const wordOf = ({ amount, percent }: Change): Text | undefined =>
  percent === undefined && amount !== 0n ? NEW : undefined;

const changeBody = (change: Change) => ({
  amount: formatFen(change.amount),
  percent: change.percent ?? null,
  word: wordOf(change) ?? null,
});

/** Changes as JSON: an amount, the percentage or null, and in words why there is none. */
export const changesBody = ({ movement, closing }: Changes) => ({
  movementChange: changeBody(movement),
  closingChange: changeBody(closing),
});

/** The columns behind those of the period: of the other one, and of what changed. */
export function comparedColumns({ from, to }: Interval): Column[] {
  const of = (zh: string, en: string): Column => ({
    ...fenColumn(zh, en),
    group: text(`对比期 ${from} 至 ${to}`, `${from} to ${to}`),
  });
  const change = (column: Column): Column => ({ ...column, group: CHANGE });
  return [
    of('对比期发生额·借方', 'period before, debit'),
    of('对比期发生额·贷方', 'period before, credit'),
    of('对比期期末余额·借方', 'closing before, debit'),
    of('对比期期末余额·贷方', 'closing before, credit'),
    change(fenColumn('发生额增减', 'change of the period')),
    change(rateColumn('发生额增减%', 'change of the period, %')),
    change(fenColumn('期末余额增减', 'change of closing')),
    change(rateColumn('期末余额增减%', 'change of closing, %')),
  ];
}

const CHANGE = text('增减', 'Change');

export const changeCells = ({ movement, closing }: Changes): Cell[] =>
  [movement, closing].flatMap((change): Cell[] => [
    change.amount === 0n ? null : change.amount,
    change.percent ?? wordOf(change) ?? null,
  ]);

export const COMPARED_NOTE = text(
  '增减 = 本期 − 对比期；发生额按科目本方比较：资产、支出看借方，其余看贷方。',
  'Change = this period less the other; movements are compared on the debit side of assets and expenditure, ' +
    'and on the credit side of all other accounts.',
);
