import { workday } from './calendar.js';
import { type Draft, draft, type Place } from './draft.js';

/*
 * A case from the lead to the end, what came back through every channel, and what agreements with providers bring. None
 * but the recoveries and the contract penalty moves a balance.
 */

const CASE = 'HN-2024-0007';
const PARTY = 'H46010000001';
const on = (fund: string, month: number, day: number, unit = '460100'): Place => ({
  fund,
  unit,
  date: workday(month, day),
});

/** The lead, the case, its penalty, and one that a review annulled. */
export function caseDrafts(): Draft[] {
  const lead = { leadId: 'XS-2024-0031' };
  const fine = { article: '38', party: PARTY, base: '100000.00', suspensionMonths: 6 };
  const annulled = { field: 'withdraws', label: 'annulled-fine' };
  return [
    draft('lead-receipt', on('all', 3, 11, '460000'), '反映重复收费', { ...lead, origin: 'report', party: PARTY }),
    draft('lead-dispatch', on('all', 3, 14, '460000'), '交海口市核查', {
      ...lead,
      handledBy: '460100',
      due: '2024-06-14',
    }),
    draft('lead-closing', on('all', 4, 8), '线索属实，立案', { ...lead, outcome: 'case-opened', caseId: CASE }),
    draft('case-opening', on('all', 4, 8), '疑似超标准收费', {
      caseId: CASE,
      party: PARTY,
      origin: 'data-model',
      estimatedLoss: '120000.00',
    }),
    draft('penalty', on('employee', 6, 12), '超标准收费', {
      caseId: CASE,
      amount: '150000.00',
      ...fine,
      treasuryReceipt: 'GK-2024-000071',
    }),
    draft(
      'penalty',
      on('employee', 6, 13),
      '处罚对象有误',
      { caseId: CASE, amount: '120000.00', ...fine },
      { label: 'annulled-fine' },
    ),
    draft(
      'memo-withdrawal',
      on('employee', 8, 29),
      '复议决定撤销',
      { reason: 'annulled-on-review' },
      {
        names: annulled,
      },
    ),
    draft('case-closing', on('all', 9, 20), '已处罚并追回', { caseId: CASE, outcome: 'substantiated' }),
  ];
}

/** What was avoided before and refused at the claim, what came back, and a fine that went astray. */
export function channelDrafts(): Draft[] {
  const audit = { provider: PARTY, claims: 42 };
  const back = { caseId: CASE, from: PARTY, benefitKind: 'inpatient' };
  const stray = { caseId: CASE, amount: '50000.00', account: 'fiscal-account' };
  const recoveries = [
    ['employee', 5, 'inspection', '2024', '100000.00'],
    ['employee', 5, 'inspection', '2023', '36000.00'],
    ['resident', 6, 'self-check', '2024', '72400.00'],
    ['resident', 7, 'model', '2024', '18300.00'],
    ['employee', 8, 'audit', '2023', '9400.00'],
    ['resident', 9, 'police', '2024', '41000.00'],
  ] as const;
  return [
    draft('claim-audit', on('employee', 5, 28), '五月智能审核拒付', {
      ...audit,
      amount: '36500.00',
      channel: 'refusal',
    }),
    draft('claim-audit', on('resident', 5, 28), '五月事前提醒', { ...audit, amount: '12400.00', channel: 'reminder' }),
    ...recoveries.map(([fund, month, channel, lossYear, amount]) =>
      draft('recovery', on(fund, month, 27), '违规资金追回', { ...back, channel, lossYear, amount }),
    ),
    draft('contract-penalty', on('employee', 6, 17), '违反服务协议违约金', {
      amount: '30000.00',
      provider: PARTY,
      agreement: 'XY-2024-0012',
      clause: '第四十二条第三款',
      account: 'fiscal-account',
    }),
    draft('misdirected-fine', on('employee', 6, 17), '罚款误缴财政专户', { ...stray, party: PARTY }),
    draft('misdirected-fine-forwarding', on('employee', 6, 19), '误入罚款转缴国库', {
      ...stray,
      treasuryReceipt: 'GK-2024-000085',
    }),
  ];
}

/** Agreements, suspensions, deposits and ratings. */
export function providerDrafts(): Draft[] {
  const agreement = { agreementId: 'XY-2024-0012', provider: PARTY };
  const suspension = { suspensionId: 'ZT-2024-004', provider: PARTY };
  const deposit = { provider: PARTY, year: '2024', amount: '50000.00' };
  return [
    draft('agreement-signing', on('all', 1, 4), '2024年度定点协议', {
      ...agreement,
      validFrom: '2024-01-01',
      validTo: '2024-12-31',
    }),
    draft('credit-rating', on('all', 3, 20), '2023年度信用评价', { provider: PARTY, year: '2023', grade: 'B' }),
    draft('payment-suspension', on('all', 4, 10), '核查期间暂停拨付', {
      ...suspension,
      ground: 'investigation',
      withheld: '80000.00',
      caseId: CASE,
    }),
    draft('payment-release', on('all', 9, 20), '恢复拨付', { ...suspension, reason: '案件已结，违规款已退回' }),
    draft('quality-deposit-hold', on('employee', 5, 15), '四月结算扣留百分之五', { ...deposit, claims: 1200 }),
    draft('quality-deposit-release', on('employee', 11, 20), '年度考核九十二分', { ...deposit, forfeited: '4000.00' }),
    draft('agreement-suspension', on('all', 6, 20), '中止协议六个月', {
      ...agreement,
      ground: 'violation',
      until: '2024-12-19',
    }),
    draft('agreement-termination', on('all', 12, 20), '解除定点协议', { ...agreement, ground: 'breach' }),
  ];
}

/** What was published of the year while it ran. */
export function publishedDrafts(): Draft[] {
  const province = (month: number, day: number): Place => on('all', month, day, '460000');
  return [
    draft('indicators', province(7, 18), '上半年监管情况', {
      from: '2024-01-01',
      asOf: '2024-06-30',
      statedBy: '半年通报',
      counts: { inspected: 402, handled: 71, penalised: 6 },
    }),
    draft('disclosure', province(7, 25), '上半年基金运行情况公开', {
      subject: 'operation',
      title: '2024年上半年医疗保障基金运行情况',
      from: '2024-01-01',
      to: '2024-06-30',
      address: 'https://example.org/2024/07/25.html',
    }),
  ];
}
