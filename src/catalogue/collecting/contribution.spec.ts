import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, ledgerOf } from '../../../test/given-when-then.js';

const contribution = (fields: Record<string, unknown> = {}) => ({ kind: 'contribution', ...fields });
const resident = (fields: Record<string, unknown> = {}) =>
  contribution({
    fund: 'resident',
    amount: '400.00',
    payer: { kind: 'resident', reference: 'R-1' },
    coverPeriod: '2025',
    poolShare: undefined,
    personalShare: undefined,
    ...fields,
  });

describe('a contribution', () => {
  it('brings money into the treasury and is income of the pool and of the personal accounts', () => {
    expect(event([], contribution())).toStrictEqual({
      kind: 'contribution',
      key: 'key-contribution',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: '1999-01-01',
      period: '2025-05',
      voucherType: 'receipt',
      voucherNumber: 1,
      fund: 'employee',
      unit: '460100',
      businessDate: '2025-05-12',
      evidence: { kind: 'tax-receipt', number: 'HK-2025-000123', sha256: 'ab'.repeat(32) },
      maker: 'wang',
      reviewer: 'li',
      note: '五月职工医保费',
      amount: '1234.50',
      payer: { kind: 'employer', reference: 'E-0001' },
      coverPeriod: '2025-05',
      headcount: 12,
      poolShare: '900.00',
      personalShare: '334.50',
      entries: [
        { account: 'treasury', debit: '1234.50' },
        { account: 'income.premiums', detail: 'employer', share: 'pool', credit: '900.00' },
        { account: 'income.premiums', detail: 'employer', share: 'personal', credit: '334.50' },
      ],
    });
  });

  it.each([
    ['the rest to the pool', { poolShare: undefined }, ['pool 900.00', 'personal 334.50']],
    ['all to the pool', { poolShare: undefined, personalShare: undefined }, ['pool 1234.50']],
    ['all to personal accounts', { poolShare: '0.00', personalShare: '1234.50' }, ['personal 1234.50']],
  ])('gives %s where a share is left out or zero', (_, shares, parts) => {
    const entries = parts.map((part) => `Cr income.premiums/employer@${part}`);
    expect(entriesText(event([], contribution(shares)).entries)).toEqual(['Dr treasury 1234.50', ...entries]);
  });

  it.each(['treasury', 'income-account', 'fiscal-account'])('reaches the %s where it says so', (account) => {
    expect(entriesText(event([], resident({ account })).entries)).toEqual([
      `Dr ${account} 400.00`,
      'Cr income.premiums/resident 400.00',
    ]);
  });

  it('is income when received until the end of 2025, also for a later year', () => {
    const late = event([], resident({ businessDate: '2025-12-31', coverPeriod: '2026' }));
    expect(late.policy).toBe('1999-01-01');
    expect(entriesText(late.entries)).toEqual(['Dr treasury 400.00', 'Cr income.premiums/resident 400.00']);
  });

  it('is held in advance from 2026 where a resident pays for a later year, and income stays as it was', () => {
    const ledger = ledgerOf([]);
    const advance = ledger.post(
      resident({ amount: '4000000.00', headcount: 10_000, businessDate: '2026-11-03', coverPeriod: '2027' }),
    );
    expect(advance.policy).toBe('2026-01-01');
    expect(ledger.balances()).toEqual({
      'book-resident-460100': { treasury: '400000000', 'suspense.advance-premiums': '-400000000' },
    });
  });

  it.each([
    ['this year', resident({ businessDate: '2026-11-03', coverPeriod: '2026' }), 'Cr income.premiums/resident 400.00'],
    [
      'an employee for a later year',
      contribution({ businessDate: '2026-11-03', coverPeriod: '2027-01', poolShare: undefined, personalShare: '0' }),
      'Cr income.premiums/employer@pool 1234.50',
    ],
  ])('is income from 2026 for %s', (_, when, entry) => {
    expect(entriesText(event([], when).entries)).toContain(entry);
  });

  it.each([
    [{ poolShare: '900.00', personalShare: '334.49' }, '/poolShare', 'a sum of 1234.50', '1234.49'],
    [{ poolShare: '900.00', personalShare: undefined }, '/poolShare', 'a sum of 1234.50', '900.00'],
    [{ poolShare: undefined, personalShare: '1234.51' }, '/personalShare', 'at most 1234.50', '1234.51'],
  ])('is refused with shares %j', (shares, pointer, expected, got) => {
    expect(error([], contribution(shares))).toEqual({
      kind: 'refused',
      code: 'shares-do-not-add-up',
      details: [{ pointer, code: 'shares-do-not-add-up', expected, got }],
    });
  });

  it.each(['resident', 'assistance'])('is refused a personal share in the %s fund', (fund) => {
    expect(error([], resident({ fund, personalShare: '0.01' }))).toEqual({
      kind: 'refused',
      code: 'no-personal-accounts',
      details: [{ pointer: '/personalShare', code: 'no-personal-accounts', expected: '0.00, or nothing', got: '0.01' }],
    });
  });

  it.each([
    ['a payer of no known kind', { payer: { kind: 'robot', reference: 'X' } }, '/payer/kind', 'one-of'],
    ['a payer without reference', { payer: { kind: 'employer' } }, '/payer/reference', 'required'],
    ['a thirteenth month', { coverPeriod: '2025-13' }, '/coverPeriod', 'cover-period'],
    ['a negative headcount', { headcount: -1 }, '/headcount', 'count'],
    ['an account it cannot reach', { account: 'expenditure-account' }, '/account', 'one-of'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([], contribution(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });

  it.each(['current', 'prepaid', 'arrears', 'back-payment'])('says what it is paid for: %s', (premiumKind) => {
    const { entries, ...recorded } = event([], contribution({ premiumKind }));
    expect(recorded).toMatchObject({ premiumKind });
    expect(entriesText(entries)).toHaveLength(3);
  });

  it('may be the collective support of residents, and of nobody else', () => {
    const payer = { kind: 'collective', reference: 'V-0012' };
    expect(entriesText(event([], resident({ payer })).entries)).toContain('Cr income.premiums/collective 400.00');
    expect(error([], contribution({ payer }))).toMatchObject({
      code: 'account-not-in-fund',
      details: [{ got: 'income.premiums/collective@pool' }],
    });
  });

  it('accepts a zero personal share in a fund without personal accounts', () => {
    expect(entriesText(event([], resident({ personalShare: '0.00' })).entries)).toHaveLength(2);
  });
});
