import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, ledgerOf, opened } from '../../../test/given-when-then.js';

const allocation = (fields: Record<string, unknown> = {}) => ({ kind: 'risk-fund-allocation', ...fields });

describe('a risk fund set aside', () => {
  it('comes from the pool and moves no money', () => {
    const set = event([opened('assistance')], allocation());
    expect(set).toMatchObject({ voucherType: 'transfer', approval: 'QF-2025-018' });
    expect(entriesText(set.entries)).toEqual(['Dr net.pool 500000.00', 'Cr net.risk 500000.00']);
  });

  it('leaves the net assets together as they were', () => {
    const ledger = ledgerOf([opened('assistance')]);
    ledger.post(allocation());
    expect(ledger.balances()['book-assistance-460100']).toMatchObject({
      'net.pool': '-1050000000',
      'net.risk': '-50000000',
    });
  });

  it('is malformed without the approval', () => {
    expect(error([], allocation({ approval: undefined }))).toMatchObject({ details: [{ pointer: '/approval' }] });
  });
});
