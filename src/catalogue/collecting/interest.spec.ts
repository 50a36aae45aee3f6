import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event } from '../../../test/given-when-then.js';

const interest = (fields: Record<string, unknown> = {}) => ({ kind: 'interest', ...fields });

describe('interest', () => {
  it('reaches the account that bore it and is income of the pool and of the personal accounts', () => {
    expect(event([], interest())).toStrictEqual({
      kind: 'interest',
      key: 'key-interest',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: '1999-01-01',
      period: '2025-03',
      voucherType: 'receipt',
      voucherNumber: 1,
      fund: 'employee',
      unit: '460100',
      businessDate: '2025-03-21',
      evidence: { kind: 'bank-receipt', number: 'LX-2025-Q1', sha256: '05'.repeat(32) },
      maker: 'wang',
      reviewer: 'li',
      note: '一季度定期存款利息',
      amount: '12345.67',
      account: 'fiscal-account/term',
      personalShare: '2345.67',
      entries: [
        { account: 'fiscal-account', detail: 'term', debit: '12345.67' },
        { account: 'income.interest', share: 'pool', credit: '10000.00' },
        { account: 'income.interest', share: 'personal', credit: '2345.67' },
      ],
    });
  });

  it.each([
    ['employee', 'income-account', undefined, ['Cr income.interest@pool 12345.67']],
    ['employee', 'fiscal-account', '12345.67', ['Cr income.interest@personal 12345.67']],
    ['employee', 'treasury', '0.00', ['Cr income.interest@pool 12345.67']],
    ['resident', 'expenditure-account', undefined, ['Cr income.interest 12345.67']],
    ['assistance', 'fiscal-account', '0.00', ['Cr income.interest 12345.67']],
  ])('of the %s fund on the %s with personal share %s posts %j', (fund, account, personalShare, credits) => {
    const { entries } = event([], interest({ fund, account, personalShare }));
    expect(entriesText(entries)).toEqual([`Dr ${account} 12345.67`, ...credits]);
  });

  it.each([
    [{ personalShare: '12345.68' }, 'shares-do-not-add-up', 'at most 12345.67', '12345.68'],
    [{ fund: 'resident' }, 'no-personal-accounts', '0.00, or nothing', '2345.67'],
  ])('is refused with %j', (fields, code, expected, got) => {
    expect(error([], interest(fields))).toEqual({
      kind: 'refused',
      code,
      details: [{ pointer: '/personalShare', code, expected, got }],
    });
  });

  it.each(['cash', 'bonds', 'net.pool'])('is malformed on %s, which bears none', (account) => {
    expect(error([], interest({ account }))).toMatchObject({
      kind: 'invalid',
      details: [{ pointer: '/account', code: 'one-of' }],
    });
  });
});
