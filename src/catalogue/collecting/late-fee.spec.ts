import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, ledgerOf, opened } from '../../../test/given-when-then.js';

const lateFee = (fields: Record<string, unknown> = {}) => ({ kind: 'late-fee', ...fields });

describe('a late fee', () => {
  it('reaches the fiscal account and is other income of the pool', () => {
    expect(event([], lateFee())).toStrictEqual({
      kind: 'late-fee',
      key: 'key-late-fee',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: '1999-01-01',
      period: '2025-04',
      voucherType: 'receipt',
      voucherNumber: 1,
      fund: 'employee',
      unit: '460100',
      businessDate: '2025-04-17',
      evidence: { kind: 'tax-receipt', number: 'HK-2025-000098', sha256: '0e'.repeat(32) },
      maker: 'wang',
      reviewer: 'li',
      note: '三月职工医保费滞纳金',
      amount: '1049.38',
      payer: { kind: 'employer', reference: 'E-0001' },
      base: '123456.78',
      days: 17,
      entries: [
        { account: 'fiscal-account', debit: '1049.38' },
        { account: 'income.other', detail: 'late-fees', share: 'pool', credit: '1049.38' },
      ],
    });
  });

  it.each([
    ['employee', 'treasury', 'Cr income.other/late-fees@pool 1049.38'],
    ['employee', 'income-account', 'Cr income.other/late-fees@pool 1049.38'],
    ['resident', 'fiscal-account', 'Cr income.other/late-fees 1049.38'],
  ])('of the %s fund on the %s posts %s', (fund, account, income) => {
    const { entries } = event([], lateFee({ fund, account }));
    expect(entriesText(entries)).toEqual([`Dr ${account} 1049.38`, income]);
  });

  it.each([
    ['the half fen up', '100.00', 1, '0.05'],
    ['the half fen up, where it decides', '10.00', 1, '0.01'],
    ['once, not day by day', '9.00', 2, '0.01'],
    ['the largest sums to the fen', '999999999999999.99', 36_500, '18249999999999999.82'],
  ])('is rounded %s', (_, base, days, wanted) => {
    const refused = error([], lateFee({ base, days, amount: '7777.77' })).details[0]?.expected;
    expect(refused).toBe(`${base} × ${days} × 0.0005 = ${wanted}`);
    if (wanted.length <= 18) expect(event([], lateFee({ base, days, amount: wanted })).voucherNumber).toBe(1);
  });

  it.each([
    [{ amount: '1049.39' }, '123456.78 × 17 × 0.0005 = 1049.38', '1049.39'],
    [{ days: 16 }, '123456.78 × 16 × 0.0005 = 987.65', '1049.38'],
    [{ base: '0.01' }, '0.01 × 17 × 0.0005 = 0.00', '1049.38'],
  ])('is refused where it is not its base times its days at the rate: %j', (fields, expected, got) => {
    expect(error([], lateFee(fields))).toEqual({
      kind: 'refused',
      code: 'not-base-times-days',
      details: [{ pointer: '/amount', code: 'not-base-times-days', expected, got }],
    });
  });

  it.each([
    ['no day', { days: 0 }, '/days', 'count'],
    ['half a day', { days: 0.5 }, '/days', 'count'],
    ['no payer', { payer: undefined }, '/payer', 'required'],
    ['no base', { base: undefined }, '/base', 'required'],
    ['money in the expenditure account', { account: 'expenditure-account' }, '/account', 'one-of'],
    ['a share of the personal accounts', { personalShare: '1.00' }, '/personalShare', 'unknown-field'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([], lateFee(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });

  it('leaves premiums, personal accounts and other books as they were', () => {
    const ledger = ledgerOf([opened(), opened('resident'), { kind: 'contribution' }]);
    const before = ledger.balances();
    ledger.post(lateFee());
    const book = 'book-employee-460100';
    expect(ledger.balances()).toEqual({
      ...before,
      [book]: { ...before[book], 'fiscal-account': '800104938', 'income.other/late-fees@pool': '-104938' },
    });
  });
});
