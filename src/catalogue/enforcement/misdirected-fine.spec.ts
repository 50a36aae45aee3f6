import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, ledgerOf, opened } from '../../../test/given-when-then.js';

const fine = (fields: Record<string, unknown> = {}) => ({ kind: 'misdirected-fine', ...fields });

describe('a fine that reached the fund by mistake', () => {
  it.each(['fiscal-account', 'income-account', 'expenditure-account'])(
    'in the %s is held for the treasury',
    (account) => {
      const received = event([], fine({ account }));
      expect(received).toMatchObject({ voucherType: 'receipt', party: 'H46010000001', caseId: 'HK-2025-0007' });
      expect(entriesText(received.entries)).toEqual([`Dr ${account} 50000.00`, 'Cr suspense.to-treasury 50000.00']);
    },
  );

  it('is never income: once forwarded, every balance is as it was', () => {
    const ledger = ledgerOf([opened()]);
    const before = ledger.balances();
    ledger.post(fine());
    ledger.post({ kind: 'misdirected-fine-forwarding' });
    expect(ledger.balances()).toEqual({
      'book-employee-460100': { ...before['book-employee-460100'], 'suspense.to-treasury': '0' },
    });
  });

  it('is malformed without its case', () => {
    expect(error([], fine({ caseId: undefined }))).toMatchObject({ details: [{ pointer: '/caseId' }] });
  });
});
