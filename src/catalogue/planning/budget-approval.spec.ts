import { describe, expect, it } from '@jest/globals';
import { error, event, ledgerOf, opened } from '../../../test/given-when-then.js';

const approval = (fields: Record<string, unknown> = {}) => ({ kind: 'budget-approval', ...fields });

describe('a budget approval', () => {
  it('is recorded without entries, line by line', () => {
    expect(event([], approval())).toStrictEqual({
      kind: 'budget-approval',
      key: 'key-budget-approval',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: '1999-01-01',
      fund: 'resident',
      unit: '460100',
      businessDate: '2025-02-20',
      evidence: { kind: 'budget-reply', number: '琼财社〔2025〕12号', sha256: '0e'.repeat(32) },
      maker: 'wang',
      reviewer: 'li',
      note: '二〇二五年预算批复',
      year: '2025',
      lines: {
        'income.premiums': '260000000.00',
        'income.subsidy': '435500000.00',
        'income.interest': '3500000.00',
        benefits: '620000000.00',
        'serious-illness': '58000000.00',
      },
      findings: [],
    });
  });

  it('leaves every balance as it was', () => {
    const ledger = ledgerOf([opened('resident')]);
    const before = ledger.balances();
    ledger.post(approval());
    expect({ ...before, 'budget-resident-460100-2025': {} }).toEqual(ledger.balances());
  });

  it('is of one fund, unit and year: others have budgets of their own', () => {
    const others = [{ fund: 'assistance', lines: { benefits: '1.00' } }, { unit: '460200' }, { year: '2026' }];
    const ledger = ledgerOf([approval(), ...others.map(approval)]);
    expect(Object.keys(ledger.balances())).toEqual([
      'budget-resident-460100-2025',
      'budget-assistance-460100-2025',
      'budget-resident-460200-2025',
      'budget-resident-460100-2026',
    ]);
  });

  it.each([
    ['resident', 'income.transfer-in'],
    ['assistance', 'expenditure.transfer-out'],
  ])('of the %s fund is refused with a line of %s', (fund, line) => {
    expect(error([], approval({ fund, lines: { [line]: '1.00' } }))).toEqual({
      kind: 'refused',
      code: 'account-not-in-fund',
      details: [
        {
          pointer: `/lines/${line}`,
          code: 'account-not-in-fund',
          expected: 'an account of income or expenditure of the fund',
          got: line,
        },
      ],
    });
  });

  it.each([
    ['no year', { year: undefined }, '/year', 'required'],
    ['a month', { year: '2025-02' }, '/year', 'year'],
    ['no line', { lines: {} }, '/lines', 'amounts'],
    ['a line of a bank account', { lines: { treasury: '1.00' } }, '/lines', 'amounts'],
    ['a line of fines', { lines: { 'income.fines': '1.00' } }, '/lines', 'amounts'],
    ['an amount that is none', { lines: { benefits: '1,000.00' } }, '/lines/benefits', 'amount-format'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([], approval(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });
});
