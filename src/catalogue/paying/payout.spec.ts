import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, ledgerOf, opened } from '../../../test/given-when-then.js';

const payout = (fields: Record<string, unknown> = {}) => ({ kind: 'payout', ...fields });
const plain = { offsets: undefined, share: undefined, amount: '100.00' };
const given = [{ kind: 'opening-balance' }];

describe('a payout', () => {
  it('is expenditure of its share; advances are set off and the rest leaves the expenditure account', () => {
    expect(event(given, payout())).toStrictEqual({
      kind: 'payout',
      key: 'key-payout',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: '1999-01-01',
      period: '2025-05',
      voucherType: 'payment',
      voucherNumber: 1,
      fund: 'employee',
      unit: '460100',
      businessDate: '2025-05-20',
      evidence: { kind: 'settlement', number: 'JS-2025-05-0042', sha256: '03'.repeat(32) },
      maker: 'wang',
      reviewer: 'li',
      note: '四月住院结算',
      amount: '250000.00',
      benefitKind: 'inpatient',
      payee: { kind: 'provider', reference: 'H46010000001' },
      claims: 87,
      careRegion: '460100',
      share: 'pool',
      offsets: { 'advances.provider': '50000.00' },
      account: 'expenditure-account',
      entries: [
        { account: 'benefits', detail: 'inpatient', share: 'pool', debit: '250000.00' },
        { account: 'advances.provider', credit: '50000.00' },
        { account: 'expenditure-account', credit: '200000.00' },
      ],
    });
  });

  it.each([
    ['employee', { benefitKind: 'outpatient' }, 'outpatient@pool'],
    ['employee', { benefitKind: 'outpatient', share: 'personal' }, 'outpatient@personal'],
    ['employee', { benefitKind: 'personal-account' }, 'personal-account@personal'],
    ['employee', { benefitKind: 'maternity-allowance' }, 'maternity-allowance@pool'],
    ['resident', { benefitKind: 'inpatient' }, 'inpatient'],
    ['resident', { benefitKind: 'chronic', share: 'pool' }, 'chronic'],
    ['assistance', { benefitKind: 'enrolment' }, 'enrolment'],
    ['assistance', { benefitKind: 'direct' }, 'direct'],
  ])('of the %s fund with %j is charged to benefits/%s', (fund, fields, line) => {
    const { entries } = event([opened(fund)], payout({ fund, ...plain, ...fields, account: undefined }));
    expect(entriesText(entries)).toEqual([`Dr benefits/${line} 100.00`, 'Cr expenditure-account 100.00']);
  });

  it('may leave the fiscal account', () => {
    const { entries } = event([opened()], payout({ ...plain, account: 'fiscal-account' }));
    expect(entriesText(entries)).toContain('Cr fiscal-account 100.00');
  });

  it('moves no money where advances cover the whole: a transfer voucher', () => {
    const whole = event(given, payout({ amount: '50000.00' }));
    expect(whole.voucherType).toBe('transfer');
    expect(entriesText(whole.entries)).toEqual([
      'Dr benefits/inpatient@pool 50000.00',
      'Cr advances.provider 50000.00',
    ]);
  });

  it.each([
    ['resident', 'maternity-allowance'],
    ['resident', 'personal-account'],
    ['resident', 'enrolment'],
    ['employee', 'direct'],
    ['assistance', 'inpatient'],
    ['assistance', 'outpatient'],
  ])('of the %s fund is refused for %s', (fund, benefitKind) => {
    expect(error([opened(fund)], payout({ fund, ...plain, benefitKind }))).toMatchObject({
      kind: 'refused',
      code: 'benefit-not-of-fund',
      details: [{ pointer: '/benefitKind', code: 'benefit-not-of-fund', got: benefitKind }],
    });
  });

  it.each([
    [
      { offsets: { 'advances.provider': '250000.01' } },
      '/offsets',
      'offsets-exceed-amount',
      'a sum of at most 250000.00',
      '250000.01',
    ],
    [{ benefitKind: 'personal-account' }, '/share', 'personal-account-from-pool', 'personal, or nothing', 'pool'],
    [{ amount: '2050000.01' }, '/amount', 'below-zero', 'at most 2000000.00 (expenditure-account)', '2000000.01'],
    [{ offsets: { 'advances.vbp': '0.01' } }, '/amount', 'below-zero', 'at most 0.00 (advances.vbp)', '0.01'],
  ])('is refused with %j', (fields, pointer, code, expected, got) => {
    expect(error(given, payout(fields))).toEqual({
      kind: 'refused',
      code,
      details: [{ pointer, code, expected, got }],
    });
  });

  it('is refused a personal share in a fund without personal accounts', () => {
    const when = payout({ fund: 'resident', ...plain, share: 'personal' });
    expect(error([opened('resident')], when)).toEqual({
      kind: 'refused',
      code: 'no-personal-accounts',
      details: [{ pointer: '/share', code: 'no-personal-accounts', expected: 'pool, or nothing', got: 'personal' }],
    });
  });

  it.each([
    ['an offset that is no advance', { offsets: { treasury: '1.00' } }, '/offsets', 'amounts'],
    ['no offsets in a map', { offsets: {} }, '/offsets', 'amounts'],
    ['a payee of no known kind', { payee: { kind: 'cat', reference: 'X' } }, '/payee/kind', 'one-of'],
    ['an account that pays nobody', { account: 'income-account' }, '/account', 'one-of'],
    ['a region of five digits', { careRegion: '46010' }, '/careRegion', 'region'],
    ['half a claim', { claims: 0.5 }, '/claims', 'count'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error(given, payout(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });

  it('from personal accounts leaves the pool as it was', () => {
    const ledger = ledgerOf([opened()]);
    const before = ledger.balances()['book-employee-460100'];
    ledger.post(payout({ ...plain, benefitKind: 'personal-account' }));
    expect(ledger.balances()['book-employee-460100']).toEqual({
      ...before,
      'expenditure-account': '199990000',
      'benefits/personal-account@personal': '10000',
    });
  });
});
