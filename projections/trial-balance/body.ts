import { type Fen, formatFen } from '../../src/money.js';
import { type Fund } from '../../src/reference/adopted.js';
import { type Turnover } from '../fund-balance/lines.js';
import { plus, UNMOVED } from '../fund-balance/turnover.js';
import { type AccountRow, type Amounts } from './tree.js';

/** The trial balance of one fund. */
export interface Drawn {
  readonly fund: Fund;
  readonly rows: readonly AccountRow[];
}

/** A balance on the side where it stands. */
export const sidesOf = (balance: Fen): Turnover =>
  balance < 0n ? { debit: 0n, credit: -balance } : { debit: balance, credit: 0n };

/** The four pairs of columns: 期初余额, 本期发生额, 本年累计发生额, 期末余额. */
export const pairsOf = ({ opening, period, year, closing }: Amounts): [Turnover, Turnover, Turnover, Turnover] => [
  sidesOf(opening),
  period,
  year,
  sidesOf(closing),
];

/** The sums of the statutory accounts, each pair of columns by itself. */
export const totalsOf = (rows: readonly AccountRow[]): Turnover[] =>
  rows
    .filter(({ level }) => level === 1)
    .map(pairsOf)
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

/** The trial balance of one fund as JSON; `difference` is the debit total less the credit total, nothing in balance. */
export function trialBalanceBody({ fund, rows }: Drawn) {
  const totals = totalsOf(rows);
  const differences = totals.map(({ debit, credit }) => formatFen(debit - credit));
  return {
    fund: fund.key,
    rows: rows.map((row) => ({
      account: row.key,
      number: row.number,
      name: row.name.zh,
      level: row.level,
      ...written(pairsOf(row)),
    })),
    totals: written(totals),
    difference: Object.fromEntries(NAMES.map((name, index) => [name, differences[index]!])),
  };
}
