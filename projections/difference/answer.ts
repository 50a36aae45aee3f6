import { text } from '../../src/errors.js';
import {
  address,
  amount,
  count,
  day,
  listOf,
  oneOf,
  orNull,
  record,
  type Schema,
  string,
  words,
  yesOrNo,
} from '../asking/answer-schema.js';

const COMPARED = {
  balance: amount(text('本时点余额，借方为正', 'balance at this point, debit positive')),
  against: amount(text('对比时点余额', 'balance at the other point')),
  difference: amount(text('差额', 'the one less the other')),
};
const LINE = {
  account: string(text('科目，含明细与份额', 'the account, with its detail and share')),
  number: string(text('科目编码', 'its number')),
  name: words(),
};
const UNIT = string(text('核算单位代码', 'code of the unit'));
const FUND = string(text('基金代码', 'code of the fund'));
const VOUCHER_ID = string(text('凭证编号', 'id of a voucher'));

const POINT = record({
  asOf: day(text('业务日期截至', 'last business day')),
  recordedAsOf: orNull(string(text('所问的入账时点', 'the moment of recording that was asked for'))),
  recordedAsOfIsFinal: orNull(yesOrNo(text('该时点是否已不再变化', 'whether that can no longer change'))),
  position: count(text('入账截至的日志位置', 'the position of the log it shows')),
});

const ACCOUNT = record({
  fund: FUND,
  ...LINE,
  ...COMPARED,
  before: amount(text('差额中前页凭证的部分', 'how much of the difference came on pages before')),
  onPage: amount(text('差额中本页凭证的部分', 'how much of it comes on this page')),
  after: amount(text('差额中后页凭证的部分', 'how much of it comes on pages behind')),
  units: listOf(record({ unit: UNIT, name: words(), ...COMPARED })),
});

const VOUCHER = record(
  {
    id: VOUCHER_ID,
    position: count(text('日志位置', 'position in the log')),
    fund: FUND,
    unit: UNIT,
    voucherNumber: orNull(string(text('凭证字号', 'its number'))),
    kind: string(text('种类', 'kind')),
    summary: words(text('摘要', 'summary')),
    businessDate: day(),
    recordedAt: string(text('入账时间', 'when it was recorded'), { format: 'date-time' }),
    standsAt: oneOf(['point', 'against'], text('仅列于哪个时点', 'at which of the points alone it stands')),
    through: oneOf(
      ['dated', 'recorded', 'both'],
      text('因业务日期、入账时间或两者介于两时点之间', 'on which axis it lies between the points'),
    ),
    effects: listOf(record({ ...LINE, amount: amount(text('对差额的影响', 'what it does to the difference')) })),
    reverses: orNull(VOUCHER_ID),
    corrects: orNull(VOUCHER_ID),
    reversedBy: orNull(VOUCHER_ID),
    correctedBy: listOf(VOUCHER_ID),
    withdrawnBy: VOUCHER_ID,
    refundedBy: listOf(VOUCHER_ID),
    answeredBy: listOf(VOUCHER_ID),
    links: record({ voucher: address(), event: address() }),
  },
  ['withdrawnBy', 'refundedBy', 'answeredBy'],
);

/** The answer beside its days and its position. */
export const DIFFERENCE_ANSWER: Schema = record({
  against: POINT,
  units: listOf(UNIT),
  consolidated: yesOrNo(text('是否汇总下级', 'whether units below are added up')),
  account: orNull(string(text('所问科目', 'the account that was asked for'))),
  accounts: listOf(ACCOUNT),
  vouchers: listOf(VOUCHER),
  check: record({
    vouchers: count(text('本页凭证数', 'vouchers on this page')),
    holds: yesOrNo(text('凭证影响之和是否等于余额之差', 'whether they add up to what the balances say')),
    mismatches: listOf(
      record({
        book: string(text('账簿', 'the book')),
        account: string(),
        vouchers: amount(text('凭证之和', 'what the vouchers come to')),
        balances: amount(text('余额之差', 'what the balances say')),
      }),
    ),
  }),
  next: orNull(string(text('后页游标', 'cursor of the next page'))),
});
