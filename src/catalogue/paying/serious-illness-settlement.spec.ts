import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, ledgerOf, opened } from '../../../test/given-when-then.js';

const settlement = (fields: Record<string, unknown> = {}) => ({ kind: 'serious-illness-settlement', ...fields });

describe('a settlement of serious-illness insurance', () => {
  it.each([
    ['resident', ''],
    ['employee', '@pool'],
  ])('of a surplus is a credit of the expenditure of the %s fund, also for an earlier year', (fund, share) => {
    const settled = event([], settlement({ fund }));
    expect(settled).toMatchObject({ voucherType: 'receipt', insurer: 'INS-0001', settledYear: '2024' });
    expect(entriesText(settled.entries)).toEqual(['Dr fiscal-account 8600.00', `Cr serious-illness${share} 8600.00`]);
  });

  it('of a loss that policy caused is expenditure', () => {
    const settled = event([opened('resident')], settlement({ result: 'loss', account: 'expenditure-account' }));
    expect(settled.voucherType).toBe('payment');
    expect(entriesText(settled.entries)).toEqual(['Dr serious-illness 8600.00', 'Cr expenditure-account 8600.00']);
  });

  it('leaves the premium less the surplus', () => {
    const ledger = ledgerOf([opened('resident'), { kind: 'serious-illness-premium' }, settlement()]);
    expect(ledger.balances()['book-resident-460100']).toMatchObject({ 'serious-illness': '8140000' });
  });

  it('is refused for a year that has not begun', () => {
    expect(event([], settlement({ settledYear: '2025' })).settledYear).toBe('2025');
    expect(error([], settlement({ settledYear: '2026' }))).toEqual({
      kind: 'refused',
      code: 'year-in-future',
      details: [{ pointer: '/settledYear', code: 'year-in-future', expected: 'no later than 2025', got: '2026' }],
    });
  });

  it('is malformed with another result', () => {
    expect(error([], settlement({ result: 'profit' }))).toMatchObject({ details: [{ pointer: '/result' }] });
  });
});
