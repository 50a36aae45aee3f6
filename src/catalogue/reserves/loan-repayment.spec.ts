import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, openedWith } from '../../../test/given-when-then.js';

const repayment = (fields: Record<string, unknown> = {}) => ({ kind: 'loan-repayment', unit: '460100', ...fields });
const owing = (fund: string) => [openedWith({ loans: '1000000.00' }, fund)];

describe('a loan repaid', () => {
  it.each([
    ['resident', ''],
    ['employee', '@pool'],
  ])('by the %s fund lowers the debt, and its interest is other expenditure', (fund, share) => {
    const repaid = event(owing(fund), repayment({ fund }));
    expect(repaid.voucherType).toBe('payment');
    expect(entriesText(repaid.entries)).toEqual([
      'Dr loans 1000000.00',
      `Dr expenditure.other/loan-interest${share} 12500.00`,
      'Cr fiscal-account 1012500.00',
    ]);
  });

  it.each([
    ['without interest', { interest: undefined, amount: '1000000.00' }, 'Dr loans 1000000.00'],
    ['with none', { interest: '0.00', amount: '1.00' }, 'Dr loans 1.00'],
    ['of nothing but interest', { interest: '7.00', amount: '7.00' }, 'Dr expenditure.other/loan-interest 7.00'],
  ])('%s has one debit', (_, fields, entry) => {
    const entries = entriesText(event(owing('resident'), repayment(fields)).entries);
    expect(entries).toEqual([entry, `Cr fiscal-account ${fields.amount}`]);
  });

  it.each([
    ['resident', ''],
    ['employee', '@pool'],
  ])('by a government in the place of the %s fund is its subsidy, and moves no money', (fund, share) => {
    const repaid = event(
      owing(fund),
      repayment({ fund, repaidBy: 'county', amount: '400000.00', interest: undefined, account: undefined }),
    );
    expect(repaid.voucherType).toBe('transfer');
    expect(entriesText(repaid.entries)).toEqual(['Dr loans 400000.00', `Cr income.subsidy/county${share} 400000.00`]);
  });

  it.each(['interest', 'account'])('by a government is refused with %s of the fund', (field) => {
    const fields = { repaidBy: 'county', interest: undefined, account: undefined };
    const value = field === 'interest' ? '1.00' : 'fiscal-account';
    expect(error(owing('resident'), repayment({ ...fields, [field]: value }))).toMatchObject({
      code: 'repaid-by-government',
      details: [{ pointer: `/${field}`, expected: 'nothing', got: value }],
    });
  });

  it('is refused with more interest than was paid, or more than is owed', () => {
    expect(error(owing('resident'), repayment({ amount: '12499.99' }))).toEqual({
      kind: 'refused',
      code: 'interest-exceeds-amount',
      details: [
        { pointer: '/interest', code: 'interest-exceeds-amount', expected: 'at most 12499.99', got: '12500.00' },
      ],
    });
    expect(error(owing('resident'), repayment({ amount: '1012500.01' }))).toMatchObject({
      code: 'below-zero',
      details: [{ expected: 'at most 1000000.00 (loans)', got: '1000000.01' }],
    });
  });
});
