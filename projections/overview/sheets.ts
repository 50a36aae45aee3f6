import { type Text, text } from '../../src/errors.js';
import { type Cell, type Mark, type Sheet } from '../asking/question.js';
import { vouchersAt } from '../early-warning/query.js';
import { indicatorCells, indicatorColumns, LEVELS, NOT_AVAILABLE } from '../early-warning/sheets.js';
import { countColumn, fenColumn, rateColumn, textColumn, titleOf } from '../fund-balance/sheets.js';
import { BASIC_TOTAL, basicInsuranceOf, comparedOf, rateOf } from './body.js';
import { checksOf } from './checks.js';
import { type FundMovement, surplusOf } from './figures.js';
import { type FundCard, type Overview } from './overview.js';
import { MOST_MONTHS } from './period.js';
import { inTransitAt, monthAt, statementAt, trialBalanceAt, warningsAt } from './ways.js';
import { countWarnings, isWarning, payableMonthsOf } from './warned.js';

const MOVEMENT = [
  fenColumn('期初结余', 'opening'),
  fenColumn('收入', 'income'),
  fenColumn('支出', 'expenditure'),
  fenColumn('期末结余', 'balance'),
  fenColumn('其中：在途', 'of which in transit'),
];
const movementCells = ({ opening, income, expenditure, closing, inTransit }: FundMovement): Cell[] => [
  opening,
  income,
  expenditure,
  closing,
  inTransit,
];

/** One row a fund: what it had, what came and went, what it has, how long that lasts, and what warns. */
export function fundsSheet(overview: Overview): Sheet {
  const { cards, period, asked } = overview;
  const ordered = [
    ...cards.filter(({ fund }) => fund.basicInsurance),
    ...cards.filter(({ fund }) => !fund.basicInsurance),
  ];
  const basic = basicInsuranceOf(overview);
  const parts = cards.filter(({ fund }) => fund.basicInsurance).map((_, index) => index);
  const rows = ordered.map((card): Cell[] => {
    const { figure, level, basis } = payableMonthsOf(card.own);
    const { count, worst } = countWarnings([card.own, ...card.books]);
    const judged = [figure ?? NOT_AVAILABLE, level ? LEVELS[level] : null, basis, count, worst ? LEVELS[worst] : null];
    return [card.fund.name, ...movementCells(card.movement), ...judged];
  });
  if (basic)
    rows.splice(parts.length, 0, [BASIC_TOTAL, ...movementCells(basic.movement), null, null, null, null, null]);
  const marks = ordered.map(({ fund: { key }, own }): Mark => {
    const balance = trialBalanceAt(overview, key);
    const flow = statementAt(overview, key);
    const vouchers = vouchersAt(key, asked.unit, payableMonthsOf(own), asked.recordedAsOf) ?? undefined;
    const warnings = warningsAt(overview, key);
    const transit = inTransitAt(overview, key);
    return {
      links: [undefined, balance, flow, flow, balance, transit, vouchers, warnings, vouchers, warnings, warnings],
    };
  });
  if (basic) marks.splice(parts.length, 0, {});
  return {
    name: 'funds',
    title: titleOf(text('总览', 'Overview'), period.interval),
    columns: [
      textColumn('基金', 'fund'),
      ...MOVEMENT,
      rateColumn('可支付月数', 'payable months'),
      textColumn('等级', 'level'),
      textColumn('依据', 'basis'),
      countColumn('预警项数', 'warnings'),
      textColumn('最高等级', 'gravest'),
    ],
    rows,
    unit: 'wan',
    footing: {
      ...(basic && { rows: [{ total: parts.length, parts }] }),
      column: { total: 4, plus: [1, 2], minus: [3] },
    },
    marks,
    notes: period.says ? [period.says] : [],
    checks: checksOf(overview),
  };
}

const COMPARED: Readonly<Record<keyof ReturnType<typeof comparedOf>, Text>> = {
  income: text('收入', 'income'),
  expenditure: text('支出', 'expenditure'),
  balance: text('期末结余', 'balance'),
};

/** Each figure beside that of the month or the year before. */
export function comparedSheet(overview: Overview): Sheet {
  const { cards, compared } = overview;
  const { zh, en } = titleOf(
    text(`与${compared.name.zh}相比`, `Compared with the ${compared.name.en}`),
    compared.interval,
  );
  const basic = basicInsuranceOf(overview);
  const rowsOf = (name: Text, { movement, before }: Pick<FundCard, 'movement' | 'before'>): Cell[][] =>
    Object.entries(comparedOf(movement)).map(([key, now]) => {
      const figureName = COMPARED[key as keyof typeof COMPARED];
      if (before === undefined) return [name, figureName, now, null, null, null];
      const then = comparedOf(before)[key as keyof typeof COMPARED];
      return [name, figureName, now, then, now - then, rateOf(now, then) ?? null];
    });
  return {
    name: 'compared',
    title: text(zh, en),
    columns: [
      textColumn('基金', 'fund'),
      textColumn('项目', 'figure'),
      fenColumn('本期', 'now'),
      fenColumn(compared.name.zh, compared.name.en),
      fenColumn('增减', 'change'),
      rateColumn('增减%', 'change, %'),
    ],
    rows: [...cards.flatMap((card) => rowsOf(card.fund.name, card)), ...(basic ? rowsOf(BASIC_TOTAL, basic) : [])],
    unit: 'wan',
    footing: { column: { total: 4, plus: [2], minus: [3] } },
  };
}

/** What came and went in each month, and what there was at its end. */
export function trendSheet(overview: Overview): Sheet {
  const { cards, period } = overview;
  return {
    name: 'trend',
    title: titleOf(text('逐月收支结余', 'Month by month'), period.interval),
    columns: [textColumn('基金', 'fund'), textColumn('月份', 'month'), ...MOVEMENT],
    rows: cards.flatMap(({ fund, months }) =>
      months.map((each): Cell[] => [fund.name, each.month, ...movementCells(each)]),
    ),
    marks: cards.flatMap(({ fund, months }) =>
      months.map(({ month }): Mark => {
        const statement = monthAt(overview, fund.key, month);
        return { links: [undefined, statement, statement, statement, statement, statement] };
      }),
    ),
    unit: 'wan',
    footing: { column: { total: 5, plus: [2, 3], minus: [4] } },
    notes: cards.some(({ months }) => months.length === MOST_MONTHS)
      ? [text(`最多列出最后 ${MOST_MONTHS} 个月。`, `The last ${MOST_MONTHS} months at most.`)]
      : [],
  };
}

/** The books of each fund, the one that has most first. */
export function unitsSheet(overview: Overview): Sheet {
  const { adopted, cards, period } = overview;
  return {
    name: 'units',
    title: titleOf(text('各核算单位排名', 'Units ranked'), period.interval),
    columns: [
      textColumn('基金', 'fund'),
      countColumn('名次', 'rank'),
      textColumn('核算单位', 'unit'),
      fenColumn('期初结余', 'opening'),
      fenColumn('收入', 'income'),
      fenColumn('支出', 'expenditure'),
      fenColumn('期末结余', 'balance'),
      fenColumn('收支差额', 'surplus'),
      countColumn('差额名次', 'rank by surplus'),
    ],
    rows: cards.flatMap(({ fund, units }) =>
      units.map((each): Cell[] => [
        fund.name,
        each.rankByBalance,
        adopted.unitName(each.unit.code),
        each.opening,
        each.income,
        each.expenditure,
        each.closing,
        surplusOf(each),
        each.rankBySurplus,
      ]),
    ),
    marks: cards.flatMap(({ fund, units }) =>
      units.map(({ unit }): Mark => {
        const balance = trialBalanceAt(overview, fund.key, unit.code);
        return { links: [undefined, undefined, balance, balance, balance, balance, balance] };
      }),
    ),
    unit: 'wan',
    footing: { column: { total: 6, plus: [3, 4], minus: [5] } },
    notes: [
      text(
        '各单位的收支包含上下级之间的补助与上解，全省合计已抵销。',
        'What units paid each other is in their income and expenditure; in that of the province it is eliminated.',
      ),
    ],
  };
}

const ALL_UNITS = text('全省', 'All units');

/** What warns, of each fund and of each of its books. */
export function warningsSheet({ adopted, asked, cards, period }: Overview): Sheet {
  const warnings = cards.flatMap(({ own, books }) =>
    [own, ...books].flatMap(({ fund, unit, indicators }) =>
      indicators.filter(isWarning).map((indicator) => ({ fund, unit, indicator })),
    ),
  );
  return {
    name: 'warnings',
    title: text(`预警 ${period.interval.to}`, `Warnings ${period.interval.to}`),
    columns: [textColumn('基金', 'fund'), textColumn('核算单位', 'unit'), ...indicatorColumns],
    rows: warnings.map(({ fund, unit, indicator }): Cell[] => [
      fund.name,
      unit === undefined ? ALL_UNITS : adopted.unitName(unit),
      ...indicatorCells(indicator),
    ]),
    marks: warnings.map(({ fund, unit, indicator }): Mark => {
      const vouchers = vouchersAt(fund.key, unit, indicator, asked.recordedAsOf) ?? undefined;
      return { links: [undefined, undefined, vouchers, vouchers] };
    }),
  };
}
