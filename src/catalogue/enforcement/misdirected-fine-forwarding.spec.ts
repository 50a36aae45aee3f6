import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, opened, openedWith } from '../../../test/given-when-then.js';

const forwarding = (fields: Record<string, unknown> = {}) => ({ kind: 'misdirected-fine-forwarding', ...fields });
const given = [openedWith({ 'suspense.to-treasury': '50000.00' })];

describe('a misdirected fine forwarded', () => {
  it.each(['fiscal-account', 'expenditure-account'])('from the %s goes to the treasury', (account) => {
    const forwarded = event(given, forwarding({ account }));
    expect(forwarded).toMatchObject({ voucherType: 'payment', treasuryReceipt: 'GK-2025-000085' });
    expect(entriesText(forwarded.entries)).toEqual(['Dr suspense.to-treasury 50000.00', `Cr ${account} 50000.00`]);
  });

  it('is refused where no fine is held', () => {
    expect(error([opened()], forwarding())).toMatchObject({
      code: 'below-zero',
      details: [{ expected: 'at most 0.00 (suspense.to-treasury)', got: '50000.00' }],
    });
  });

  it.each([
    ['the receipt of the treasury', { treasuryReceipt: undefined }, '/treasuryReceipt'],
    ['an account that may pay', { account: 'income-account' }, '/account'],
  ])('is malformed without %s', (_, fields, pointer) => {
    expect(error(given, forwarding(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer }] });
  });
});
