import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, ledgerOf } from '../../../test/given-when-then.js';

const receipt = (fields: Record<string, unknown> = {}) => ({ kind: 'suspense-receipt', ...fields });

describe('money received that is no income', () => {
  it.each([
    ['suspense.to-refund', 'treasury'],
    ['suspense.off-site-clearing', 'fiscal-account'],
    ['suspense.other', 'income-account'],
  ])('is held in %s, in the %s', (heldIn, account) => {
    const held = event([], receipt({ heldIn, account }));
    expect(held).toMatchObject({ voucherType: 'receipt', counterparty: 'UNKNOWN-2025-0031' });
    expect(entriesText(held.entries)).toEqual([`Dr ${account} 2640.00`, `Cr ${heldIn} 2640.00`]);
  });

  it('becomes a contribution from where it was held, once it is known to be one', () => {
    const ledger = ledgerOf([receipt()]);
    const known = { kind: 'contribution', account: 'suspense.other', businessDate: '2025-06-20' };
    const recorded = ledger.post({ ...known, amount: '2640.00', poolShare: '2000.00', personalShare: '640.00' });
    expect(recorded.voucherType).toBe('transfer');
    expect(entriesText(recorded.entries)).toEqual([
      'Dr suspense.other 2640.00',
      'Cr income.premiums/employer@pool 2000.00',
      'Cr income.premiums/employer@personal 640.00',
    ]);
  });

  it.each(['suspense.to-treasury', 'suspense.off-site-inbound', 'suspense.advance-premiums', 'loans'])(
    'is malformed in %s, which has a kind of its own',
    (heldIn) => {
      expect(error([], receipt({ heldIn }))).toMatchObject({ kind: 'invalid', details: [{ pointer: '/heldIn' }] });
    },
  );
});
