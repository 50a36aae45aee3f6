import { describe, expect, it } from '@jest/globals';
import { error, event, ledgerOf, opened } from '../../../test/given-when-then.js';

const hold = (fields: Record<string, unknown> = {}) => ({ kind: 'quality-deposit-hold', ...fields });
const release = (fields: Record<string, unknown> = {}) => ({ kind: 'quality-deposit-release', ...fields });

describe('a quality deposit held', () => {
  it('is in its register and in no account', () => {
    expect(event([], { kind: 'quality-deposit-hold' })).toStrictEqual({
      kind: 'quality-deposit-hold',
      key: 'key-quality-deposit-hold',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: expect.any(String),
      fund: 'employee',
      unit: '460100',
      businessDate: '2025-05-15',
      evidence: {
        kind: 'settlement-sheet',
        number: 'JS-2025-04-0001',
        sha256: '1b'.repeat(32),
      },
      maker: 'sun',
      reviewer: 'zhou',
      note: '四月结算扣留百分之五',
      amount: '50000.00',
      provider: 'H46010000001',
      year: '2025',
      claims: 1200,
      adds: '50000.00',
      findings: [],
    });
  });

  it('leaves every balance as it was', () => {
    const ledger = ledgerOf([opened('employee')]);
    const before = ledger.balances();
    ledger.post(hold());
    ledger.post(release());
    expect(ledger.balances()).toEqual({ ...before, 'deposit-employee-460100-H46010000001-2025': {} });
  });

  it.each([
    ['of no fund in particular', { fund: 'all' }, '/fund', 'unknown-fund'],
    ['of nothing', { amount: '0.00' }, '/amount', 'amount-format'],
    ['of no year', { year: undefined }, '/year', 'required'],
  ])('is malformed %s', (_, fields, pointer, code) => {
    expect(error([], hold(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });
});

describe('a quality deposit released', () => {
  it('is taken from its register', () => {
    expect(event([hold()], { kind: 'quality-deposit-release' })).toStrictEqual({
      kind: 'quality-deposit-release',
      key: 'key-quality-deposit-release',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: expect.any(String),
      fund: 'employee',
      unit: '460100',
      businessDate: '2025-11-20',
      evidence: {
        kind: 'assessment',
        number: '海医保考〔2025〕12号',
        sha256: '1c'.repeat(32),
      },
      maker: 'sun',
      reviewer: 'zhou',
      note: '年度考核九十二分',
      amount: '50000.00',
      provider: 'H46010000001',
      year: '2025',
      forfeited: '4000.00',
      adds: '-50000.00',
      findings: [],
    });
  });

  it('is released in parts, never more than is held', () => {
    const part = (amount: string) => release({ amount, forfeited: undefined });
    expect(event([hold(), part('20000.00')], part('30000.00')).adds).toBe('-30000.00');
    expect(error([hold(), part('20000.00')], part('30000.01'))).toEqual({
      kind: 'refused',
      code: 'register-short',
      details: [
        {
          pointer: '/amount',
          code: 'register-short',
          expected: 'at most 30000.00 (2025-11-20)',
          got: '30000.01',
        },
      ],
    });
  });

  it.each([
    ['the whole', '50000.00', undefined],
    ['more than the whole', '50000.01', 'part-above-whole'],
  ])('may forfeit at most what is released: %s', (_, forfeited, code) => {
    const when = release({ forfeited });
    if (code === undefined) expect(event([hold()], when).forfeited).toBe(forfeited);
    else expect(error([hold()], when)).toMatchObject({ code, details: [{ pointer: '/forfeited', got: forfeited }] });
  });

  it('is refused without a hold', () => {
    expect(error([], release())).toMatchObject({
      code: 'register-short',
      details: [{ expected: 'at most 0.00 (2025-11-20)', got: '50000.00' }],
    });
  });
});
