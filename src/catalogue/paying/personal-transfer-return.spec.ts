import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, ledgerOf, opened } from '../../../test/given-when-then.js';

const returned = (fields: Record<string, unknown> = {}) => ({ kind: 'personal-transfer-return', ...fields });

describe('a transfer of a personal account that is returned', () => {
  it('after going out is a credit of that expenditure', () => {
    const back = event([], returned());
    expect(back).toMatchObject({ voucherType: 'receipt', person: 'G-00021' });
    expect(entriesText(back.entries)).toEqual([
      'Dr expenditure-account 3310.08',
      'Cr expenditure.transfer-out@personal 3310.08',
    ]);
  });

  it('after coming in is a debit of that income', () => {
    const back = event([opened()], returned({ returned: 'in', account: undefined }));
    expect(back.voucherType).toBe('payment');
    expect(entriesText(back.entries)).toEqual(['Dr income.transfer-in@personal 3310.08', 'Cr fiscal-account 3310.08']);
  });

  it.each([
    ['out', 'personal-transfer-out', { account: 'expenditure-account' }],
    ['in', 'personal-transfer-in', { account: 'fiscal-account' }],
  ])('takes the whole of a transfer %s back', (direction, kind, fields) => {
    const ledger = ledgerOf([opened()]);
    const before = ledger.balances()['book-employee-460100'];
    ledger.post({ kind, ...fields, amount: '10.00' });
    ledger.post(returned({ ...fields, returned: direction, amount: '10.00' }));
    expect(ledger.balances()['book-employee-460100']).toMatchObject(before!);
  });

  it('is refused in a fund without personal accounts', () => {
    expect(error([], returned({ fund: 'assistance' }))).toMatchObject({ code: 'account-not-in-fund' });
  });

  it('is malformed without its direction, or through the account that collects', () => {
    expect(error([], returned({ account: 'income-account' }))).toMatchObject({ details: [{ pointer: '/account' }] });
    expect(error([], returned({ returned: 'both' }))).toMatchObject({ details: [{ pointer: '/returned' }] });
  });
});
