import { type Text, text } from '../../src/errors.js';
import { type Adopted } from '../../src/reference/adopted.js';
import { rateColumn, textColumn } from '../fund-balance/sheets.js';
import { type Interval } from '../asking/interval.js';
import { type Cell, type Column, type Mark, type Scale, type Sheet } from '../asking/question.js';
import { type Band, type Indicator, type Level } from './indicators.js';
import { type Warned } from './warnings.js';

const NAMES: Readonly<Record<Indicator['key'], Text>> = {
  'payable-months': text('统筹基金累计结余可支付月数', 'Payable months of the pool'),
  surplus: text('本年收支结余（元）', 'Surplus of the year (yuan)'),
  'assistance-balance': text('累计结余占本年筹资（%）', "Balance as a part of the year's income (%)"),
  'open-items': text('长期未清理的暂付、暂收款（元）', 'Advanced or held for too long (yuan)'),
};

/** What the figure of an indicator is in. */
export const UNITS: Readonly<Record<Indicator['key'], Text>> = {
  'payable-months': text('月', 'months'),
  surplus: text('元', 'yuan'),
  'assistance-balance': text('%', '%'),
  'open-items': text('元', 'yuan'),
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

/** What the figure of an indicator is judged by, as it is drawn; undefined where no policy says. */
const scaleOf = ({ key, bands }: Indicator): Scale | undefined =>
  bands && {
    unit: UNITS[key],
    says: bandWords(key, bands),
    bands: bands.map((band) => ({ ...band, name: LEVELS[band.level] })),
  };

/** In words: `<3 red, 3–6 orange, …`. A bound of what is normal is normal; any other is of what lies above. */
function bandWords(key: Indicator['key'], bands: readonly Band[]): Text {
  const bounds = bands.map(({ level, from, to }: Band, index) => {
    if (from === null) return `${level === 'normal' ? '≤' : '<'}${to}`;
    return to === null ? `${bands[index - 1]!.level === 'normal' || index > 1 ? '>' : '≥'}${from}` : `${from}–${to}`;
  });
  const said = (language: keyof Text): string[] =>
    bands.map(({ level }, index) => `${bounds[index]} ${LEVELS[level][language]}`);
  const { zh, en } = UNITS[key];
  return text(`${said('zh').join('，')}（${zh}）`, `${said('en').join(', ')} (${en})`);
}

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
        const scale = scaleOf(indicator);
        return { links: ofBooks ? [undefined, ...links] : links, ...(scale && { scale }) };
      }),
    ),
    notes: [
      ...bandNotes(warned),
      text(
        '按截止日以前的完整月份计算，最多 12 个月；上下级之间的补助与上解不计入。',
        'By the complete months before the day, twelve at most; flows between levels are left out.',
      ),
    ],
  };
}

/** How each indicator is judged, said once for all that are judged alike: a unit may have policies of its own. */
function bandNotes(warned: readonly Warned[]): Text[] {
  const all = warned.flatMap(({ fund, indicators }) =>
    indicators.flatMap(({ key, bands }) => (bands ? [{ fund, key, words: bandWords(key, bands) }] : [])),
  );
  const keys = [...new Set(all.map(({ key }) => key))];
  return keys.flatMap((key) => {
    const own = Map.groupBy(
      all.filter((each) => each.key === key),
      ({ words }) => words.en,
    );
    return [...own.values()].map((alike) => {
      const funds = own.size === 1 ? [] : [...new Set(alike.map(({ fund }) => fund.name))];
      const [{ words }] = alike as [(typeof all)[number]];
      const of = (language: keyof Text): string =>
        [NAMES[key], ...funds].map((name) => name[language]).join(language === 'zh' ? '，' : ', ');
      return text(`${of('zh')}：${words.zh}`, `${of('en')}: ${words.en}`);
    });
  });
}
