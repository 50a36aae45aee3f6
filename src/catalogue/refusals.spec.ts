import { describe, expect, it } from '@jest/globals';
import { type Incoming, ledgerOf, opened, openedWith } from '../../test/given-when-then.js';
import { LedgerError } from '../errors.js';

const VOUCHER = 'book-employee-460100-1';
const contribution: Incoming = { kind: 'contribution' };
const plan: Incoming = { kind: 'money-movement', from: 'treasury', to: 'cash', reason: 'use-plan' };
const SIFAS = '财会〔2017〕28号';
const NORMS = '会计基础工作规范';
const EARLIER: Incoming = { ...opened(), kind: 'opening-balance', businessDate: '2024-12-01' };
const BLUE = {
  debits: { 'fiscal-account': '800.00' },
  credits: { 'income.other/prior-year-recoveries@pool': '800.00' },
};
const LONG_ADVANCE = {
  poolBalance: '100.00',
  monthlyAverage: '10.00',
  deficitLastYear: 'yes',
  deficitForecast: 'no',
};

/** A command that a rule forbids, where the rule is written, and the figures or the way out that are told. */
const REFUSED: readonly (readonly [rule: string, Incoming[], Incoming, source: string, told: string[]])[] = [
  ['no bank below zero', [], { kind: 'payout', offsets: undefined, amount: '1.00' }, SIFAS, ['0.00', '1.00']],
  ['the flows between accounts', [opened()], plan, SIFAS, ['treasury → cash', 'fiscal-account → expenditure-account']],
  [
    'red in the same year',
    [EARLIER, { ...contribution, businessDate: '2024-12-05', coverPeriod: '2024-12' }],
    { kind: 'reversal', businessDate: '2025-01-05', reverses: VOUCHER },
    NORMS,
    [VOUCHER],
  ],
  [
    'blue in a later year',
    [opened(), contribution],
    { kind: 'prior-year-correction', businessDate: '2025-12-05', corrects: VOUCHER, ...BLUE },
    NORMS,
    [VOUCHER],
  ],
  [
    'premiums in January',
    [openedWith({ 'suspense.advance-premiums': '900.00' }, 'resident')],
    { kind: 'contribution-recognition', fund: 'resident', coverYear: '2026', businessDate: '2026-02-01' },
    '预缴保费在参保年度一月确认',
    ['2026-01-01', '2026-01-31', '2026-02-01'],
  ],
  [
    'the gate of an advance',
    [opened()],
    { kind: 'advance-payment', gate: LONG_ADVANCE },
    '医保办函〔2024〕101号',
    ['120.00', '100.00 ÷ 10.00 = 10.00', 'yes'],
  ],
  [
    'offsets up to the amount',
    [openedWith({ 'advances.provider': '500.00' })],
    { kind: 'payout', amount: '100.00', offsets: { 'advances.provider': '100.01' } },
    SIFAS,
    ['100.00', '100.01'],
  ],
  [
    'the rate of subsidised enrolment',
    [opened('assistance')],
    {
      kind: 'payout',
      fund: 'assistance',
      benefitKind: 'enrolment',
      share: undefined,
      offsets: undefined,
      category: 'low-income',
      standard: '400.00',
      headcount: 10,
      transferId: 'ZZ-1',
      amount: '4000.00',
    },
    '国办发〔2021〕42号',
    ['10 × 400.00 × 0.5 = 2000.00', '4000.00'],
  ],
  [
    'personal benefits from personal accounts',
    [opened()],
    { kind: 'payout', benefitKind: 'personal-outpatient', share: 'pool' },
    SIFAS,
    ['personal', 'pool'],
  ],
  [
    'a benefit that the fund pays',
    [opened('resident')],
    { kind: 'payout', fund: 'resident', benefitKind: 'maternity-allowance', share: undefined },
    SIFAS,
    ['maternity-allowance'],
  ],
  [
    'recoveries of the past',
    [opened()],
    { kind: 'recovery', lossYear: '2026', businessDate: '2025-05-20' },
    '735',
    ['2025', '2026'],
  ],
  ['refunds of the past', [opened()], { kind: 'contribution-refund', paidYear: '2026' }, SIFAS, ['2025', '2026']],
  [
    'the late fee of the law',
    [opened()],
    { kind: 'late-fee', amount: '1049.39' },
    '社会保险法第八十六条',
    ['123456.78 × 17 × 0.0005 = 1049.38', '1049.39'],
  ],
];

describe('a refusal by a rule', () => {
  it.each(REFUSED)(
    'says of %s its source, the figures and the way out, in both languages',
    (_, given, when, source, told) => {
      const ledger = ledgerOf(given);
      let refused: unknown;
      try {
        ledger.post(when);
      } catch (error) {
        refused = error;
      }
      expect(refused).toBeInstanceOf(LedgerError);
      const { text, details, kind } = refused as LedgerError;
      expect(kind).toBe('refused');
      for (const language of ['zh', 'en'] as const) {
        const all = [text[language], ...details.flatMap(({ expected, got }) => [expected[language], got])].join('\n');
        expect(text[language]).toContain(source);
        for (const each of told) expect(all).toContain(each);
      }
      expect(text.zh).toMatch(/\p{Script=Han}/u);
      expect(text.en).toMatch(/[a-z]{4}/);
    },
  );
});
