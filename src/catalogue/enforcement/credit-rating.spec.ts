import { describe, expect, it } from '@jest/globals';
import { error, event, ledgerOf } from '../../../test/given-when-then.js';

const rating = (fields: Record<string, unknown> = {}) => ({ kind: 'credit-rating', ...fields });

describe('a credit rating', () => {
  it('is recorded of no fund in particular', () => {
    expect(event([], rating())).toStrictEqual({
      kind: 'credit-rating',
      key: 'key-credit-rating',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: expect.any(String),
      fund: 'all',
      unit: '460100',
      businessDate: '2025-03-20',
      evidence: { kind: 'appraisal', number: '海医保信评〔2025〕3号', sha256: '10'.repeat(32) },
      maker: 'sun',
      reviewer: 'zhou',
      note: '二〇二四年度信用评价',
      provider: 'H46010000001',
      year: '2024',
      grade: 'B',
      findings: [],
    });
  });

  it('may be of one fund as well', () => {
    expect(event([], rating({ fund: 'resident' })).fund).toBe('resident');
  });

  it('stands behind the one before it: a provider is rated again, and both stay', () => {
    const ledger = ledgerOf([rating(), rating({ grade: 'C', businessDate: '2025-07-01' })]);
    expect(ledger.book('provider-H46010000001').revision).toBe(1);
    expect(ledger.balances()).toEqual({ 'provider-H46010000001': {} });
  });

  it('of a code that is written in another way has a finding', () => {
    expect(event([], rating({ provider: 'X-1' })).findings).toMatchObject([{ code: 'provider-code', got: 'X-1' }]);
  });

  it.each([
    ['an unknown fund', { fund: 'pension' }, '/fund', 'unknown-fund'],
    ['an unknown grade', { grade: 'E' }, '/grade', 'one-of'],
    ['no year', { year: undefined }, '/year', 'required'],
    ['no provider', { provider: undefined }, '/provider', 'required'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([], rating(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });
});

describe('all funds', () => {
  it.each(['contribution', 'penalty', 'claim-audit', 'budget-approval'])('are no fund of a %s', (kind) => {
    expect(error([], { kind, fund: 'all' })).toMatchObject({
      kind: 'invalid',
      details: [{ pointer: '/fund', code: 'unknown-fund' }],
    });
  });
});
