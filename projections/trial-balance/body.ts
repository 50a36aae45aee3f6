import { type Fen, formatFen } from '../../src/money.js';
import { type Fund } from '../../src/reference/adopted.js';
import { type Turnover } from '../fund-balance/lines.js';
import { plus, UNMOVED } from '../fund-balance/turnover.js';
import { type Changes, changesBody, changesOf, totalChanges } from './compared.js';
import { type AccountRow, NOTHING, type PeriodAmounts } from './tree.js';

/** The trial balance of one fund. */
export interface Drawn {
  readonly fund: Fund;
  readonly rows: readonly AccountRow[];
}

/** A balance on the side where it stands. */
export const sidesOf = (balance: Fen): Turnover =>
  balance < 0n ? { debit: 0n, credit: -balance } : { debit: balance, credit: 0n };

/** The four pairs of columns: 期初余额, 本期发生额, 本年累计发生额, 期末余额. */
export const pairsOf = ({
  opening,
  period,
  year,
  closing,
}: PeriodAmounts): [Turnover, Turnover, Turnover, Turnover] => [sidesOf(opening), period, year, sidesOf(closing)];

/** The sums of the statutory accounts, each pair of columns by itself. */
export const totalsOf = (rows: readonly AccountRow[]): Turnover[] => sumsOf(rows, (row) => row);

/** The same of the period that it is compared with. */
export const comparedTotalsOf = (rows: readonly AccountRow[]): Turnover[] =>
  sumsOf(rows, ({ compared }) => compared ?? NOTHING);

const sumsOf = (rows: readonly AccountRow[], amountsOf: (row: AccountRow) => PeriodAmounts): Turnover[] =>
  rows
    .filter(({ level }) => level === 1)
    .map((row) => pairsOf(amountsOf(row)))
    .reduce<Turnover[]>(
      (sums, pairs) => sums.map((sum, index) => plus(sum, pairs[index]!)),
      [UNMOVED, UNMOVED, UNMOVED, UNMOVED],
    );

const NAMES = ['opening', 'period', 'yearToDate', 'closing'] as const;

const written = (pairs: readonly Turnover[]) =>
  Object.fromEntries(
    NAMES.map((name, index) => {
      const { debit, credit } = pairs[index]!;
      return [name, { debit: formatFen(debit), credit: formatFen(credit) }];
    }),
  );

/** What moved in the other period and stood at its end, and what changed since. */
function comparedBody(before: readonly Turnover[], changes: Changes) {
  const { period, closing } = written(before);
  return { period, closing, ...changesBody(changes) };
}

/** The trial balance of one fund as JSON; `difference` is the debit total less the credit total, nothing in balance. */
export function trialBalanceBody({ fund, rows }: Drawn, isCompared: boolean) {
  const totals = totalsOf(rows);
  const before = comparedTotalsOf(rows);
  const differences = totals.map(({ debit, credit }) => formatFen(debit - credit));
  return {
    fund: fund.key,
    rows: rows.map((row) => ({
      account: row.key,
      number: row.number,
      name: row.name.zh,
      level: row.level,
      ...written(pairsOf(row)),
      ...(isCompared && { compared: comparedBody(pairsOf(row.compared ?? NOTHING), changesOf(row)) }),
    })),
    totals: { ...written(totals), ...(isCompared && { compared: comparedBody(before, totalChanges(totals, before)) }) },
    difference: Object.fromEntries(NAMES.map((name, index) => [name, differences[index]!])),
  };
}
