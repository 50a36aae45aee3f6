import { type Text, text } from '../../src/errors.js';
import { type Adopted } from '../../src/reference/adopted.js';
import { rateColumn, textColumn } from '../fund-balance/sheets.js';
import { type Interval } from '../asking/interval.js';
import { type Cell, type Column, type Mark, type Sheet } from '../asking/question.js';
import { type Indicator, type Level } from './indicators.js';
import { type Warned } from './warnings.js';

const NAMES: Readonly<Record<Indicator['key'], Text>> = {
  'payable-months': text('统筹基金累计结余可支付月数', 'Payable months of the pool'),
  surplus: text('本年收支结余（元）', 'Surplus of the year (yuan)'),
  'assistance-balance': text('累计结余占本年筹资（%）', "Balance as a part of the year's income (%)"),
  'open-items': text('长期未清理的暂付、暂收款（元）', 'Advanced or held for too long (yuan)'),
};

/** What a level is called. */
export const LEVELS: Readonly<Record<Level, Text>> = {
  red: text('红色预警', 'red'),
  orange: text('橙色预警', 'orange'),
  normal: text('正常', 'normal'),
  information: text('提示', 'information'),
  excess: text('结余过多', 'excess'),
};

/** What stands in the place of a figure that cannot be told. */
export const NOT_AVAILABLE = text('无法计算', 'n/a');

/** The columns of one indicator: what it is, its figure, how grave that is, where it comes from and what to do. */
export const indicatorColumns: readonly Column[] = [
  textColumn('指标', 'indicator'),
  rateColumn('数值', 'figure'),
  textColumn('等级', 'level'),
  textColumn('依据', 'basis'),
  textColumn('处置', 'action'),
];

export const indicatorCells = ({ key, figure, basis, level, action }: Indicator): Cell[] => [
  NAMES[key],
  figure ?? NOT_AVAILABLE,
  level ? LEVELS[level] : null,
  basis,
  action ?? null,
];

export function warningSheet(
  adopted: Adopted,
  name: 'funds' | 'books',
  warned: readonly Warned[],
  { to }: Interval,
  vouchersOf: (warned: Warned, indicator: Indicator) => string | null,
): Sheet {
  const ofBooks = name === 'books';
  return {
    name,
    title: ofBooks
      ? text(`各账簿运行预警 ${to}`, `Early warning by book ${to}`)
      : text(`基金运行预警 ${to}`, `Early warning ${to}`),
    columns: [textColumn('基金', 'fund'), ...(ofBooks ? [textColumn('核算单位', 'unit')] : []), ...indicatorColumns],
    rows: warned.flatMap(({ fund, unit, indicators }) =>
      indicators.map((each) => [
        fund.name,
        ...(unit === undefined ? [] : [adopted.unitName(unit)]),
        ...indicatorCells(each),
      ]),
    ),
    marks: warned.flatMap((each) =>
      each.indicators.map((indicator): Mark => {
        const vouchers = vouchersOf(each, indicator) ?? undefined;
        const links = [undefined, vouchers, vouchers];
        return { links: ofBooks ? [undefined, ...links] : links };
      }),
    ),
    notes: [
      text(
        '按截止日以前的完整月份计算，最多 12 个月；上下级之间的补助与上解不计入。',
        'By the complete months before the day, twelve at most; flows between levels are left out.',
      ),
    ],
  };
}
