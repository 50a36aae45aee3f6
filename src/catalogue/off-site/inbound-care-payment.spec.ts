import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, opened, openedWith } from '../../../test/given-when-then.js';

const payment = (fields: Record<string, unknown> = {}) => ({ kind: 'inbound-care-payment', ...fields });
const given = [openedWith({ 'suspense.off-site-inbound': '420000.00' })];

describe('a hospital paid for the insured of another region', () => {
  it.each(['fiscal-account', 'expenditure-account'])('from the %s is no expenditure of ours', (account) => {
    const paid = event(given, payment({ account }));
    expect(paid.voucherType).toBe('payment');
    expect(entriesText(paid.entries)).toEqual(['Dr suspense.off-site-inbound 385000.00', `Cr ${account} 385000.00`]);
  });

  it('is refused beyond what the other regions have sent: our fund does not pay for them', () => {
    expect(error(given, payment({ amount: '420000.01' }))).toMatchObject({
      code: 'below-zero',
      details: [{ expected: 'at most 420000.00 (suspense.off-site-inbound)', got: '420000.01' }],
    });
    expect(error([opened()], payment())).toMatchObject({ code: 'below-zero' });
  });

  it('is malformed without the hospital', () => {
    expect(error([], payment({ provider: undefined }))).toMatchObject({ details: [{ pointer: '/provider' }] });
  });
});
