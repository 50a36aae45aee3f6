import { text } from '../../src/errors.js';
import {
  address,
  amount,
  count,
  day,
  figure,
  listOf,
  oneOf,
  orNull,
  record,
  type Schema,
  string,
  words,
  yesOrNo,
} from '../asking/answer-schema.js';
import { LEVEL_CODES } from '../early-warning/indicators.js';

const NAME = words(text('名称', 'what it is called'));
const OPENING = amount(text('期初结余', 'balance at the beginning'));
const INCOME = amount(text('收入', 'income'));
const EXPENDITURE = amount(text('支出', 'expenditure'));
const SURPLUS = amount(text('收入 − 支出', 'income less expenditure'));
const BALANCE = amount(text('期末结余', 'balance at the end'));
const IN_TRANSIT = amount(text('其中：在途', 'of the balance, what is in transit between books'));
const MOVEMENT = {
  opening: OPENING,
  income: INCOME,
  expenditure: EXPENDITURE,
  surplus: SURPLUS,
  balance: BALANCE,
  inTransit: IN_TRANSIT,
};

const CHANGE = record({
  before: amount(text('对比期的数', 'the figure it is compared with')),
  change: amount(text('增减', 'more or less than that')),
  rate: orNull(figure(text('增减 %，对比期为零则无', 'the same in per cent; none where that is zero'))),
});
const CHANGES = orNull(record({ income: CHANGE, expenditure: CHANGE, balance: CHANGE }));

const LEVEL = orNull(oneOf(LEVEL_CODES, text('等级；没有判定则无', 'how grave it is; none where nothing judges it')));

const PAYABLE_MONTHS = record({
  figure: orNull(figure(text('月数；无法计算则无', 'months; none where it cannot be told'))),
  basis: words(text('依据，或无法计算的原因', 'the figures it comes from, or why it cannot be told')),
  level: LEVEL,
  vouchers: orNull(address(text('所据凭证', 'the vouchers behind it'))),
});

const WARNINGS = record({
  count: count(text('预警项数', 'how many warnings there are')),
  worst: LEVEL,
  red: count(),
  orange: count(),
  excess: count(),
  address: address(text('预警明细', 'the question that lists them')),
});

const MONTH = record({ month: string(text('月份', 'month'), { pattern: '^[0-9]{4}-[0-9]{2}$' }), ...MOVEMENT });

const CARD = record({
  fund: string(text('基金代码', 'key of the fund')),
  name: NAME,
  ...MOVEMENT,
  changes: CHANGES,
  payableMonths: PAYABLE_MONTHS,
  warnings: WARNINGS,
  months: listOf(MONTH),
  trialBalance: address(text('科目余额表', 'its trial balance')),
  statement: address(text('收支表', 'its statement of income and expenditure')),
});

const UNIT = record({
  fund: string(text('基金代码', 'key of the fund')),
  unit: string(text('核算单位代码', 'code of the unit')),
  name: NAME,
  opening: OPENING,
  income: INCOME,
  expenditure: EXPENDITURE,
  surplus: SURPLUS,
  balance: BALANCE,
  rankByBalance: count(text('按结余的名次', 'rank by balance')),
  rankBySurplus: count(text('按收入 − 支出的名次', 'rank by income less expenditure')),
  payableMonths: orNull(figure(text('可支付月数', 'payable months'))),
  level: LEVEL,
  trialBalance: address(text('科目余额表', 'its trial balance')),
});

/** The answer, beside both time axes and the position. */
export const OVERVIEW_ANSWER: Schema = record({
  period: record({
    isDefault: yesOrNo(text('截止日为默认', 'whether nobody asked for the last day')),
    today: day(text('今天', 'the day it is asked on')),
    lastVoucherDay: orNull(day(text('最后一张凭证的业务日期', 'the last business day of a voucher'))),
    says: orNull(words(text('默认期间的由来', 'why the period is this one, where nobody asked for it'))),
  }),
  comparedWith: record({
    kind: oneOf(['month-before', 'year-before']),
    name: NAME,
    from: day(),
    to: day(),
  }),
  funds: listOf(CARD),
  basicInsurance: orNull(record({ name: NAME, ...MOVEMENT, changes: CHANGES })),
  units: listOf(UNIT),
});
