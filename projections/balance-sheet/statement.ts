import { kindOf } from '../../src/reference/account-kinds.js';
import { parseLedgerLine } from '../../src/books/entries.js';
import { type Text, text } from '../../src/errors.js';
import { type Fen } from '../../src/money.js';
import { type Fund } from '../../src/reference/adopted.js';
import { type Chart } from '../../src/reference/chart.js';
import { type Lines } from '../fund-balance/lines.js';
import { hasRiskFund, netPartOf } from '../statements/net-part.js';
import { isCalled, placeOf, STATUTORY } from '../statements/places.js';
import { IN_TRANSIT } from '../statements/scope.js';
import { type SideLine } from '../statements/two-sided.js';

/** One line of the form with its amount in each column; a heading has none. Its key is a number, or what it is. */
export interface SheetLine extends SideLine {
  readonly amounts: readonly Fen[] | undefined;
}

/** Both sides of the form, each ending with its total. */
export interface BalanceSheet {
  readonly left: readonly SheetLine[];
  readonly right: readonly SheetLine[];
}

const MONEY = ['1001', '1002', '1003', '1004', '1005'];

/** The part of an account that the form shows 其中, by what a chart calls it. */
interface Part {
  readonly key: string;
  readonly name: Text;
  readonly called: string;
}
const PREPAID: Part = {
  key: '1101/off-site',
  name: text('其中：异地就医预付金', 'of which advances for off-site care'),
  called: '异地就医预付金',
};
const INBOUND: Part = {
  key: '2001/off-site',
  name: text('其中：异地就医资金', 'of which held for inbound off-site care'),
  called: '异地就医资金',
};

/**
 * Draws up 会社保01表 资产负债表 as of the ends of some days, a column each. What income and expenditure hold that no close
 * has carried yet belongs to 一般基金结余 as much as what one has: both sides are equal on every day. Every line of the
 * form is there, empty or not; 待转基金 has its line from January to November, later only where something is left, and
 * 风险基金结余 where the chart gives the fund that account by name or something stands on it. What units of the scope have
 * sent each other and not received is an asset of the scope, with a line where there is any. Pure.
 * @param closesYear whether the last column ends with the year
 */
export function balanceSheet(chart: Chart, fund: Fund, columns: readonly Lines[], closesYear: boolean): BalanceSheet {
  const sums = columns.map((lines) => sumUp(chart, fund, lines));
  const of = (key: string): Fen[] => sums.map((each) => each.get(key) ?? 0n);
  const isThere = (key: string): boolean => of(key).some((amount) => amount !== 0n);
  const line = (key: string, level: SheetLine['level'], name: Text = STATUTORY[key]!): SheetLine => {
    return { key, name, level, amounts: of(key), sumOf: [] };
  };
  const part = ({ key, name }: Part): SheetLine => line(key, 2, name);
  const total = (key: string, name: Text, sumOf: readonly string[]): SheetLine => ({ ...line(key, 0, name), sumOf });
  const transit = isThere(IN_TRANSIT) ? [line(IN_TRANSIT, 1, text('在途资金', 'In transit between units'))] : [];
  const risk = hasRiskFund(chart, fund) || isThere('3101') ? [line('3101', 1)] : [];
  const shares = fund.personalAccounts
    ? [
        line('3001/pool', 2, text('（一）统筹基金', '(1) Pool')),
        line('3001/personal', 2, text('（二）个人账户基金', '(2) Personal accounts')),
        ...(!closesYear || isThere('3001/pending')
          ? [line('3001/pending', 2, text('（三）待转基金', '(3) Awaiting their share'))]
          : []),
      ]
    : [];
  const assets = [...MONEY.map((number) => line(number, 1)), line('1101', 1)];
  const owed = [line('2001', 1), line('2101', 1)];
  const general = { ...line('3001', 1), sumOf: shares.map(({ key }) => key) };
  const keysOf = (lines: readonly SheetLine[]): string[] => lines.map(({ key }) => key);
  const bonds = line('1201', 1);
  return {
    left: [
      heading('heading/assets', text('一、资产：', 'I. Assets')),
      ...assets,
      part(PREPAID),
      bonds,
      ...transit,
      total('assets', text('资产总计', 'Total assets'), keysOf([...assets, bonds, ...transit])),
    ],
    right: [
      heading('heading/liabilities', text('二、负债：', 'II. Liabilities')),
      owed[0]!,
      part(INBOUND),
      owed[1]!,
      total('liabilities', text('负债合计', 'Total liabilities'), keysOf(owed)),
      heading('heading/net-assets', text('三、净资产：', 'III. Net assets')),
      general,
      ...shares,
      ...risk,
      total('net-assets', text('净资产合计', 'Total net assets'), keysOf([general, ...risk])),
      total('liabilities-and-net-assets', text('负债与净资产总计', 'Total liabilities and net assets'), [
        'liabilities',
        'net-assets',
      ]),
    ],
  };
}

const heading = (key: string, name: Text): SheetLine => ({ key, name, level: 0, amounts: undefined, sumOf: [] });

/** What stands on the lines of the form. */
function sumUp(chart: Chart, fund: Fund, lines: Lines): Map<string, Fen> {
  const sums = new Map<string, Fen>();
  for (const [line, { debit, credit }] of lines) {
    const keys = linesWith(chart, fund, line);
    const amount = keys[0] === 'assets' ? debit - credit : credit - debit;
    for (const key of keys) sums.set(key, (sums.get(key) ?? 0n) + amount);
  }
  return sums;
}

type Side = 'assets' | 'liabilities' | 'net-assets';

/** The lines of the form that a ledger line is on, the totals of its side with them. */
export function linesWith(chart: Chart, fund: Fund, line: string): string[] {
  const [side, ...keys] = keysOf(chart, fund, line);
  return [side, ...(side === 'assets' ? [] : ['liabilities-and-net-assets']), ...keys];
}

/** The side that a ledger line stands on, and the lines of the form that it belongs to there. */
function keysOf(chart: Chart, fund: Fund, line: string): [Side, ...string[]] {
  const { account } = parseLedgerLine(line);
  if (account === IN_TRANSIT) return ['assets', IN_TRANSIT];
  const part = netPartOf(chart, fund, line);
  if (part === 'risk') return ['net-assets', '3101'];
  if (part !== undefined) return ['net-assets', '3001', `3001/${part}`];
  const { number } = placeOf(chart, line);
  if (kindOf(account) === 'asset')
    return ['assets', number, ...(number === '1101' ? partOf(chart, line, PREPAID) : [])];
  return ['liabilities', number, ...(number === '2001' ? partOf(chart, line, INBOUND) : [])];
}

const partOf = (chart: Chart, line: string, { key, called }: Part): string[] =>
  isCalled(chart, line, called) ? [key] : [];
