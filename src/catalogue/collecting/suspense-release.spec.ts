import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, openedWith } from '../../../test/given-when-then.js';

const release = (fields: Record<string, unknown> = {}) => ({ kind: 'suspense-release', ...fields });

describe('money that was held', () => {
  it.each([
    ['suspense.to-refund', 'treasury'],
    ['suspense.off-site-clearing', 'fiscal-account'],
    ['suspense.other', 'expenditure-account'],
  ])('in %s goes on or back from the %s, and is no expenditure', (heldIn, account) => {
    const released = event([openedWith({ [heldIn]: '1000.00' })], release({ heldIn, account }));
    expect(released.voucherType).toBe('payment');
    expect(entriesText(released.entries)).toEqual([`Dr ${heldIn} 1000.00`, `Cr ${account} 1000.00`]);
  });

  it('is released up to what is held there', () => {
    const given = [openedWith({ 'suspense.to-refund': '1000.00', 'suspense.other': '0.01' })];
    expect(error(given, release())).toMatchObject({ code: 'below-zero', details: [{ got: '1000.00' }] });
  });

  it('is malformed without the counterparty', () => {
    expect(error([], release({ counterparty: undefined }))).toMatchObject({ details: [{ pointer: '/counterparty' }] });
  });
});
