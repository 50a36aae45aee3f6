import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, ledgerOf, openedWith } from '../../../test/given-when-then.js';

const recognition = (fields: Record<string, unknown> = {}) => ({ kind: 'contribution-recognition', ...fields });
const held = { 'suspense.advance-premiums': '200000.00' };
const given = [openedWith(held, 'resident')];

describe('premiums held in advance', () => {
  it('become income in January of the year they cover, and no money moves', () => {
    const recognised = event(given, recognition());
    expect(recognised).toMatchObject({ voucherType: 'transfer', coverYear: '2025', headcount: 500 });
    expect(entriesText(recognised.entries)).toEqual([
      'Dr suspense.advance-premiums 200000.00',
      'Cr income.premiums/resident 200000.00',
    ]);
  });

  it('of 10,000 residents who paid 400 each in November are no income until January', () => {
    const paid = { kind: 'contribution', fund: 'resident', payer: { kind: 'resident', reference: 'R-1' } };
    const shares = { poolShare: undefined, personalShare: undefined };
    const when = { amount: '4000000.00', headcount: 10_000, businessDate: '2026-11-03', coverPeriod: '2027' };
    const ledger = ledgerOf([{ ...paid, ...shares, ...when }], '2027-02-01');
    expect(ledger.balances()).toEqual({
      'book-resident-460100': { treasury: '400000000', 'suspense.advance-premiums': '-400000000' },
    });
    ledger.post(recognition({ amount: '4000000.00', coverYear: '2027', businessDate: '2027-01-04' }));
    expect(ledger.balances()).toEqual({
      'book-resident-460100': {
        treasury: '400000000',
        'suspense.advance-premiums': '0',
        'income.premiums/resident': '-400000000',
      },
    });
  });

  it.each([
    ['the last of January', '2025-01-31', '2025'],
    ['the first', '2026-01-01', '2026'],
  ])('become income on %s', (_, businessDate, coverYear) => {
    expect(event([openedWith(held, 'resident')], recognition({ businessDate, coverYear })).period).toBe(
      `${coverYear}-01`,
    );
  });

  it.each([
    ['in February', '2025-02-01', '2025'],
    ['in December before', '2025-12-31', '2026'],
    ['in the January of another year', '2026-01-15', '2025'],
  ])('are refused %s', (_, businessDate, coverYear) => {
    expect(error(given, recognition({ businessDate, coverYear }))).toEqual({
      kind: 'refused',
      code: 'not-january-of-cover-year',
      details: [
        {
          pointer: '/businessDate',
          code: 'not-january-of-cover-year',
          expected: `from ${coverYear}-01-01 to ${coverYear}-01-31`,
          got: businessDate,
        },
      ],
    });
  });

  it('are recognised up to what is held', () => {
    expect(error(given, recognition({ amount: '200000.01' }))).toMatchObject({ code: 'below-zero' });
  });

  it('of an employee go to both shares', () => {
    const employee = { fund: 'employee', payerKind: 'flexible', personalShare: '50000.00' };
    expect(entriesText(event([openedWith(held)], recognition(employee)).entries)).toEqual([
      'Dr suspense.advance-premiums 200000.00',
      'Cr income.premiums/flexible@pool 150000.00',
      'Cr income.premiums/flexible@personal 50000.00',
    ]);
  });
});
