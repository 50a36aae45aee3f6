import { allocateFen, formatFen, parseFen } from '../../src/money.js';
import { FIRST_DAY, monthEnd, workday } from './calendar.js';
import { type Draft, draft, type Place } from './draft.js';

/*
 * What does not happen every month, in a few books: each is a few lines, and of nothing in them anything is left on an
 * advance, a suspense account or a loan at the year's end.
 */

const at =
  (fund: string, unit: string) =>
  (month: number, day: number): Place => ({ fund, unit, date: workday(month, day) });
const haikou = at('employee', '460100');
const residents = at('resident', '460100');
const assistance = at('assistance', '460100');
const firstDay = (place: Place): Place => ({ ...place, date: FIRST_DAY });

/** What the openings lacked, and what was on its way when they were drawn. */
export function openingStories(): Draft[] {
  const wrong = {
    reason: '上年利息漏记，预付金多记',
    raised: { 'fiscal-account': '1200.00', 'net.pool': '700.00' },
    lowered: { 'advances.other': '500.00' },
  };
  const late = { recordedOn: workday(1, 17), names: { field: 'corrects', label: 'opening/employee/460100' } };
  const way = { amount: '600000.00', transferId: 'BZ-employee-2023-12-469021' };
  const province = at('employee', '460000');
  const dingan = at('employee', '469021');
  return [
    draft('opening-correction', firstDay(haikou(1, 1)), '期初余额更正', wrong, late),
    draft('transfer-opening', firstDay(province(1, 1)), '2023年12月29日拨出，次年到账', {
      ...way,
      direction: 'down',
      toUnit: '469021',
    }),
    draft('funding-received', dingan(1, 3), '上年12月补助到账', { ...way, fromUnit: '460000' }),
  ];
}

const EMPLOYER = { kind: 'employer', reference: 'E-0001' };

/** Premiums held since 2023 become income in January, and those paid by mistake go back. */
export function premiumStories(): Draft[] {
  const refund = { payer: EMPLOYER, amount: '617.25', account: 'fiscal-account' };
  const shares = { poolShare: '450.00', personalShare: '167.25' };
  const flexible = { coverYear: '2024', payerKind: 'flexible', poolShare: '90000.00', personalShare: '30000.00' };
  const held = { amount: '1600000.00', coverYear: '2024', payerKind: 'resident', headcount: 4210 };
  const late = { amount: '1049.38', payer: EMPLOYER, base: '123456.78', days: 17, account: 'fiscal-account' };
  const donated = { amount: '100000.00', donor: 'CS-0009', account: 'fiscal-account' };
  const toRefund = { heldIn: 'suspense.to-refund', counterparty: 'E-0077', account: 'fiscal-account' };
  const unknown = { heldIn: 'suspense.other', counterparty: 'UNKNOWN-2024-0031', account: 'fiscal-account' };
  const writtenOff = { liability: 'suspense.to-refund', counterparty: 'E-0077', approval: 'QF-2024-041' };
  return [
    draft('contribution-recognition', residents(1, 15), '确认2023年预收的2024年度居民保费', held),
    draft('contribution-recognition', haikou(1, 15), '确认2023年预收的2024年度灵活就业保费', {
      amount: '120000.00',
      ...flexible,
    }),
    draft('contribution-refund', haikou(4, 12), '重复缴费退回', { ...refund, ...shares, paidYear: '2024' }),
    draft('contribution-refund', haikou(4, 12), '上年重复缴费退回', { ...refund, ...shares, paidYear: '2023' }),
    draft('late-fee', haikou(4, 17), '三月职工医保费滞纳金', late),
    draft('donation', assistance(6, 14), '慈善组织定向捐赠医疗救助', donated),
    draft('suspense-receipt', haikou(5, 12), '多缴待退', { ...toRefund, amount: '1380.00' }),
    draft('suspense-release', haikou(6, 12), '多缴退付', { ...toRefund, amount: '1000.00' }),
    draft('liability-write-off', haikou(11, 28), '单位注销无法退付，经批准转其他收入', {
      ...writtenOff,
      amount: '380.00',
    }),
    draft('suspense-receipt', haikou(6, 12), '来款单位待查', { ...unknown, amount: '2640.00' }),
    draft('suspense-release', haikou(6, 21), '误汇款原路退回', { ...unknown, amount: '2640.00' }),
    ...collectedAtTheWindow(),
  ];
}

/** What an agency collects itself stands in its income account until the month is over. */
function collectedAtTheWindow(): Draft[] {
  const danzhou = at('resident', '460400');
  const premium = { amount: '18000.00', coverPeriod: '2024', headcount: 45, account: 'income-account' };
  const payer = { kind: 'resident', reference: 'R-460400-window' };
  const sweep = { amount: '18000.00', from: 'income-account', to: 'fiscal-account', reason: 'income-sweep' };
  return [
    draft('contribution', danzhou(3, 13), '窗口代收新生儿参保费', { ...premium, payer }),
    draft('money-movement', danzhou(3, 28), '收入户月末划转', sweep),
  ];
}

/**
 * Premiums and interest whose shares are not yet known: the premiums are allocated in August, the interest of December
 * stands at the year's end, becomes income by experience with the year's close, and is trued up in 2025.
 */
export function pendingStories(): Draft[] {
  const premium = { amount: '48000.00', payer: EMPLOYER, coverPeriod: '2024-07', headcount: 40, shares: 'unknown' };
  const allocated = { amount: '48000.00', pending: 'pending.premiums', payerKind: 'employer' };
  const shares = { poolShare: '34560.00', personalShare: '13440.00' };
  const interest = { amount: '250000.00', account: 'fiscal-account/term', shares: 'unknown' };
  const back = { amount: '250000.00', from: 'fiscal-account/term', to: 'fiscal-account', reason: 'term-deposit' };
  const term = { amount: '5000000.00', from: 'fiscal-account', to: 'fiscal-account/term', reason: 'term-deposit' };
  const due = { ...term, from: term.to, to: term.from };
  const bonds = { amount: '2000000.00', from: 'fiscal-account', to: 'bonds', reason: 'bond' };
  const sold = { ...bonds, from: bonds.to, to: bonds.from };
  const coupon = { amount: '46000.00', account: 'fiscal-account', personalShare: '0.00', interestKind: 'bonds' };
  const cash = { amount: '3000.00', from: 'expenditure-account', to: 'cash', reason: 'use-plan' };
  const returned = { ...cash, from: cash.to, to: cash.from };
  return [
    draft('contribution', haikou(7, 12), '份额待定的保费', { ...premium, account: 'fiscal-account' }),
    draft('pending-allocation', haikou(8, 23), '七月待转保费分配', { ...allocated, ...shares }),
    draft('interest', haikou(12, 23), '定期存款利息，份额待定', interest, { label: 'pending-interest' }),
    draft('money-movement', haikou(12, 24), '定期存款利息转活期', back),
    draft('money-movement', haikou(2, 5), '转存定期', term),
    draft('money-movement', haikou(8, 5), '定期到期', due),
    draft('money-movement', haikou(3, 5), '购国债', bonds),
    draft('interest', haikou(9, 5), '国债利息', coupon),
    draft('money-movement', haikou(9, 6), '国债到期', sold),
    draft('money-movement', haikou(4, 15), '提备用金', cash),
    draft('money-movement', haikou(4, 25), '备用金交回', returned),
  ];
}

/** Personal accounts: credited from the pool, and moving with people. */
export function personalStories(): Draft[] {
  const person = { person: 'G-00021', otherRegion: '230100', amount: '3310.08' };
  const credited = { amount: '8300000.00', headcount: 100_000, perHead: '83.00' };
  const transferIn = { amount: '5820.36', person: 'G-00017', otherRegion: '440100', account: 'fiscal-account' };
  const out = { ...person, account: 'expenditure-account' };
  return [
    draft('personal-account-credit', haikou(6, 3), '六月退休人员个人账户划入', credited),
    draft('personal-transfer-in', haikou(6, 3), '跨统筹区转入', transferIn),
    draft('personal-transfer-out', haikou(6, 4), '跨统筹区转出', out),
    draft('personal-transfer-return', haikou(6, 13), '对方账号有误，转出退回', { ...out, returned: 'out' }),
  ];
}

/** Serious illness settled with the insurer, and what third parties have to bear. */
export function settlementStories(): Draft[] {
  const insurer = { insurer: 'INS-0001', settledYear: '2023', account: 'fiscal-account' };
  const third = { thirdParty: 'T-2024-0031', benefitKind: 'inpatient' };
  const sanya = at('resident', '460200');
  return [
    draft('serious-illness-settlement', residents(6, 24), '2023年度大病保险结余返还', {
      ...insurer,
      amount: '860000.00',
      result: 'surplus',
    }),
    draft('serious-illness-settlement', sanya(6, 24), '2023年度大病保险政策性亏损补偿', {
      ...insurer,
      amount: '120000.00',
      result: 'loss',
    }),
    draft('third-party-reimbursement', residents(5, 29), '交通事故医疗费先行支付追偿', {
      ...third,
      amount: '18600.00',
      paidYear: '2024',
    }),
    draft('third-party-reimbursement', residents(5, 30), '上年先行支付追偿', {
      ...third,
      amount: '7300.00',
      paidYear: '2023',
    }),
  ];
}

/** Advances of every kind, and how each ends: cleared, returned, set off, written off. */
export function advanceStories(): Draft[] {
  const offSite = { advance: 'advances.off-site', counterparty: '440100' };
  const care = { benefitKind: 'inpatient', claims: 64, careRegion: '440100' };
  const vbp = { advance: 'advances.vbp', counterparty: 'H46010000001', amount: '900000.00' };
  const direct = { advance: 'advances.direct-settlement', counterparty: 'C-0446', amount: '90000.00' };
  const claimed = {
    amount: '100000.00',
    benefitKind: 'inpatient',
    payee: { kind: 'provider', reference: 'H46010000002' },
    claims: 31,
    offsets: { 'advances.direct-settlement': '90000.00' },
    advancedTo: 'C-0446',
    account: 'fiscal-account',
  };
  const emergency = { advance: 'advances.emergency', counterparty: 'H46010000003', amount: '200000.00' };
  const other = { advance: 'advances.other', counterparty: 'P46010000031', amount: '4200.00' };
  const account = 'fiscal-account';
  return [
    draft('advance-payment', haikou(2, 6), '异地就医预付金', { ...offSite, amount: '300000.00', account }),
    draft('advance-clearing', haikou(7, 25), '六月跨省异地就医清算', { ...offSite, ...care, amount: '180000.00' }),
    draft('advance-return', haikou(12, 27), '收回异地就医预付金', { ...offSite, amount: '120000.00', account }),
    draft('advance-payment', haikou(3, 14), '集采预付金', { ...vbp, account }),
    draft('advance-return', haikou(11, 14), '收回集采预付金', { ...vbp, account }),
    draft('advance-payment', residents(12, 3), '直接结算企业货款', { ...direct, account }),
    draft('payout', residents(12, 9), '直接结算后的医院住院结算', claimed),
    draft('advance-payment', haikou(9, 9), '台风应急预付', { ...emergency, account }),
    draft('advance-return', haikou(10, 30), '收回应急预付', { ...emergency, account }),
    draft('advance-payment', haikou(2, 20), '零星暂付', { ...other, account }),
    draft('advance-write-off', haikou(11, 28), '机构注销无法收回，经批准核销', { ...other, approval: 'QF-2024-040' }),
  ];
}

/** Others' insured here: their money comes in and goes to the hospital, and is never expenditure of ours. */
export function offSiteStories(): Draft[] {
  const region = { insuredRegion: '230100', amount: '420000.00', account: 'fiscal-account' };
  const paid = { ...region, provider: 'H46010000001', claims: 152 };
  const clearing = { heldIn: 'suspense.off-site-clearing', counterparty: '469002', account: 'fiscal-account' };
  const province = at('employee', '460000');
  return [
    draft('inbound-care-funding', haikou(6, 11), '收哈尔滨市异地就医资金', region),
    draft('inbound-care-payment', haikou(6, 18), '五月异地来琼就医结算', paid),
    draft('suspense-receipt', province(9, 11), '琼海市异地清算资金', { ...clearing, amount: '380000.00' }),
    draft('suspense-release', province(9, 20), '异地清算资金划付', { ...clearing, amount: '380000.00' }),
  ];
}

/** A reserve, a loan of two parts, and a gap that two tiers share. */
export function reserveStories(): Draft[] {
  const risk = { amount: '500000.00', approval: 'QF-2024-018' };
  const wuzhishan = at('resident', '469001');
  const loan = { lender: 'CZ-469001', account: 'fiscal-account' };
  const repaid = { ...loan, amount: '1012500.00', interest: '12500.00' };
  return [
    draft('risk-fund-allocation', assistance(3, 20), '按批复计提风险基金', risk),
    draft('risk-fund-use', assistance(9, 26), '按批复动用风险基金', { ...risk, approval: 'QF-2024-031' }),
    draft('loan', wuzhishan(2, 5), '向财政借入周转资金', { ...loan, amount: '2000000.00' }),
    draft('loan-repayment', wuzhishan(6, 28), '归还财政周转资金及利息', repaid),
    draft('loan-repayment', wuzhishan(10, 28), '市财政代还周转资金', {
      lender: 'CZ-469001',
      amount: '1000000.00',
      repaidBy: 'county',
    }),
    ...sharedGap(),
  ];
}

/** The gap of 2023 of a county's resident fund, seven parts of ten the province's: to the fen it is what they bring. */
function sharedGap(): Draft[] {
  const qiongzhong = at('resident', '469030');
  const gap = parseFen('1234567.89');
  const shares = allocateFen(gap, [7n, 3n]);
  return ['province', 'county'].map((tier, index) =>
    draft('subsidy', qiongzhong(3, 18), '2023年度基金缺口分担补助', {
      amount: formatFen(shares[index]!),
      tier,
      subsidyKind: 'gap-share',
      gapYear: '2023',
    }),
  );
}

/** A point that slipped, found the next day: red, and the right voucher. */
export function correctionStories(): Draft[] {
  const payee = { kind: 'provider', reference: 'H46010000007' };
  const wrong = { amount: '1234.50', benefitKind: 'outpatient', payee, claims: 140, account: 'fiscal-account' };
  const slipped = { label: 'slipped' };
  const names = { field: 'reverses', label: 'slipped' };
  const reopened = { fund: 'resident', unit: '460400', date: monthEnd(3) };
  const march = `period-close/resident/460400/${monthEnd(3)}`;
  const late = { ...wrong, amount: '26000.00', payee: { kind: 'provider', reference: 'H46040000007' } };
  return [
    draft('payout', haikou(5, 14), '四月门诊结算', wrong, slipped),
    draft('reversal', haikou(5, 15), '红字冲销：金额错位', { reason: '金额错位' }, { names }),
    draft('payout', haikou(5, 15), '四月门诊结算（更正）', { ...wrong, amount: '12345.00' }),
    draft(
      'period-reopening',
      reopened,
      '三月漏记一笔医院结算',
      { reason: '三月漏记一笔医院结算' },
      {
        names: { field: 'reverses', label: march },
      },
    ),
    draft('payout', reopened, '三月漏记的门诊结算', late, { recordedOn: `${monthEnd(3)}+1` }),
    draft('period-close', reopened, '三月重新结账', {}, { recordedOn: `${monthEnd(3)}+2` }),
  ];
}

/** How many are enrolled, by the month: people have days of their own. */
export const countStories = (): Draft[] =>
  [
    { month: 6, employeeInsurance: 2_741_000, residentInsurance: 6_802_300, total: 9_543_300 },
    // Published with a total that its parts do not add up to: both are kept, and the difference is a finding.
    { month: 12, employeeInsurance: 2_766_200, residentInsurance: 6_748_900, total: 9_515_000 },
  ].map(({ month, total, ...headcounts }) =>
    draft('enrolment-count', { fund: 'all', unit: '460000', date: workday(month, 28) }, `${month}月末参保人数`, {
      asOf: workday(month, 25),
      statedBy: '月度统计',
      headcounts,
      total,
    }),
  );
