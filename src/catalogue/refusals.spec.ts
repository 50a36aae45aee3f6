import { describe } from '@jest/globals';
import { type Incoming, opened, openedWith } from '../../test/given-when-then.js';
import { itRefuses, poor, type RefusedRow, SIFAS, TWO_LINES } from '../../test/refused-rows.js';

const RESIDENT = { fund: 'resident' };
const contribution: Incoming = { kind: 'contribution' };

const paid = (coverPeriod: string): Incoming => ({
  kind: 'contribution',
  ...RESIDENT,
  businessDate: '2026-11-20',
  amount: '400.00',
  poolShare: undefined,
  personalShare: undefined,
  payer: { kind: 'resident', reference: 'R-1' },
  coverPeriod,
});
const recognised = (coverYear: string, businessDate: string, amount: string): Incoming => ({
  kind: 'contribution-recognition',
  ...RESIDENT,
  coverYear,
  businessDate,
  amount,
  headcount: undefined,
});
const january: RefusedRow[] = ['2027', '2028'].map((year) => [
  `3 no more than is held for the year, which is ${year}`,
  [opened('resident'), paid(year)],
  recognised('2027', '2027-01-10', '400.01'),
  'below-zero',
  SIFAS,
  ['2027-01-10', '400.01'],
]);

const GATE = { poolBalance: '120.00', monthlyAverage: '10.00', deficitLastYear: 'no', deficitForecast: 'no' };
const advance = (gate: object | undefined, more: object = {}): Incoming => ({ kind: 'advance-payment', gate, ...more });
const enrolment = (more: object): Incoming => ({
  kind: 'payout',
  fund: 'assistance',
  benefitKind: 'enrolment',
  share: undefined,
  offsets: undefined,
  category: 'low-income',
  standard: '400.00',
  headcount: 10,
  transferId: 'ZZ-1',
  amount: '2000.00',
  ...more,
});
const settled = (held: Readonly<Record<string, string>>, offset: string): RefusedRow => [
  `5 no more than was advanced, ${offset}`,
  [openedWith(held)],
  { kind: 'payout', amount: '100.00', offsets: { 'advances.direct-settlement': offset } },
  offset === '100.01' ? 'offsets-exceed-amount' : 'below-zero',
  SIFAS,
  [offset, ...(offset === '100.01' ? ['100.00'] : ['advances.direct-settlement', '-0.01'])],
];
const PERSONS = poor({ 'expenditure-account': '10000.00', 'net.personal': '60.00', 'net.pool': '9940.00' });
const personally: Incoming = {
  kind: 'payout',
  benefitKind: 'personal-outpatient',
  share: undefined,
  offsets: undefined,
  amount: '60.01',
};

const MONEY: readonly RefusedRow[] = [
  [
    '3 in January of the year',
    [openedWith({ 'suspense.advance-premiums': '900.00' }, 'resident')],
    recognised('2026', '2026-02-01', '400.00'),
    'not-january-of-cover-year',
    '预缴保费在参保年度一月确认',
    ['2026-01-01', '2026-01-31', '2026-02-01'],
  ],
  ...january,
  ['4 figures', [opened()], advance(undefined), 'gate-missing', '101号', ['12']],
  [
    '4 months',
    [opened()],
    advance({ ...GATE, poolBalance: '119.99' }),
    'gate-not-passed',
    '101号',
    ['120.00', '119.99 ÷ 10.00 = 11.99', 'provider-advance-months'],
  ],
  [
    '4 months of residents',
    [opened('resident')],
    advance({ ...GATE, poolBalance: '59.99' }, RESIDENT),
    'gate-not-passed',
    '101号',
    ['60.00', '59.99 ÷ 10.00 = 5.99'],
  ],
  ['4 no deficit', [opened()], advance({ ...GATE, deficitLastYear: 'yes' }), 'gate-not-passed', '101号', ['yes']],
  ['4 none forecast', [opened()], advance({ ...GATE, deficitForecast: 'yes' }), 'gate-not-passed', '101号', ['yes']],
  settled({ 'advances.direct-settlement': '90.00' }, '90.01'),
  settled({ 'advances.direct-settlement': '500.00' }, '100.01'),
  [
    '6 no more than prepaid',
    [opened()],
    { kind: 'advance-clearing' },
    'below-zero',
    SIFAS,
    ['2025-06-25', 'advances.off-site', '-180000.00'],
  ],
  [
    '6 no more than came for them',
    [opened(), { kind: 'inbound-care-funding', amount: '100.00' }],
    { kind: 'inbound-care-payment', amount: '100.01' },
    'below-zero',
    SIFAS,
    ['2025-06-18', '100.00', '-0.01'],
  ],
  [
    "6 not another region's",
    [opened(), { kind: 'inbound-care-funding', insuredRegion: '440100' }],
    { kind: 'inbound-care-payment' },
    'below-zero',
    SIFAS,
    ['230100', '0.00', '-385000.00'],
  ],
  [
    '7 the rate',
    [opened('assistance')],
    enrolment({ amount: '4000.00' }),
    'not-subsidy-rate',
    '国办发〔2021〕42号',
    ['10 × 400.00 × 0.5 = 2000.00', '4000.00'],
  ],
  [
    '7 for how many',
    [opened('assistance')],
    enrolment({ headcount: undefined }),
    'enrolment-incomplete',
    '国办发〔2021〕42号',
    [],
  ],
  [
    '8 not from the pool',
    [opened()],
    { ...personally, share: 'pool' },
    'personal-account-from-pool',
    SIFAS,
    ['personal', 'pool'],
  ],
  ['8 no more than they have', [PERSONS], personally, 'below-zero', SIFAS, ['net.personal', '60.00', '-0.01']],
  ['8 nor out of them', [PERSONS], { kind: 'personal-transfer-out' }, 'below-zero', SIFAS, ['net.personal', '60.00']],
  [
    '8 where there are any',
    [opened('resident')],
    { kind: 'personal-transfer-out', ...RESIDENT },
    'account-not-in-fund',
    SIFAS,
    ['account-adoptions'],
  ],
  ['8 their part', [opened('resident')], { ...contribution, ...RESIDENT }, 'no-personal-accounts', SIFAS, ['334.50']],
  [
    '8 parts of the whole',
    [opened()],
    { ...contribution, poolShare: '901.00' },
    'shares-do-not-add-up',
    SIFAS,
    ['1234.50', '1235.50'],
  ],
  [
    '8 so much each',
    [opened()],
    { kind: 'personal-account-credit', amount: '83000.01' },
    'not-headcount-times-standard',
    SIFAS,
    ['1000 × 83.00 = 83000.00', '83000.01'],
  ],
  [
    '9 losses of the past',
    [opened()],
    { kind: 'recovery', lossYear: '2026' },
    'loss-in-future',
    '735',
    ['2025', '2026'],
  ],
  [
    '9 refunds of the past',
    [opened()],
    { kind: 'contribution-refund', paidYear: '2026', original: undefined },
    'year-in-future',
    SIFAS,
    ['2025', '2026'],
  ],
  [
    '10 the fee of the law',
    [opened()],
    { kind: 'late-fee', amount: '1049.39' },
    'not-base-times-days',
    '社会保险法第八十六条',
    ['123456.78 × 17 × 0.0005 = 1049.38', '1049.39'],
  ],
  [
    'no bank below zero',
    [],
    { kind: 'payout', offsets: undefined, amount: '1.00' },
    'below-zero',
    TWO_LINES,
    ['0.00', '-1.00'],
  ],
  [
    'the flows between accounts',
    [opened()],
    { kind: 'money-movement', from: 'treasury', to: 'cash', reason: 'use-plan' },
    'movement-not-allowed',
    TWO_LINES,
    ['treasury → cash', 'fiscal-account → expenditure-account'],
  ],
  [
    'a benefit that the fund pays',
    [opened('resident')],
    { kind: 'payout', ...RESIDENT, benefitKind: 'maternity-allowance', share: undefined },
    'benefit-not-of-fund',
    SIFAS,
    ['maternity-allowance'],
  ],
];

describe('what its kind demands', () => itRefuses(MONEY));
