import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event } from '../../../test/given-when-then.js';

const donation = (fields: Record<string, unknown> = {}) => ({ kind: 'donation', ...fields });

describe('a donation', () => {
  it.each([
    ['assistance', undefined, 'fiscal-account', ''],
    ['employee', 'income-account', 'income-account', '@pool'],
  ])('is other income of the %s fund', (fund, account, line, share) => {
    const received = event([], donation({ fund, account }));
    expect(received).toMatchObject({ voucherType: 'receipt', donor: 'CS-0009' });
    expect(entriesText(received.entries)).toEqual([
      `Dr ${line} 100000.00`,
      `Cr income.other/donations${share} 100000.00`,
    ]);
  });

  it('is malformed without a donor, or into an account that only pays', () => {
    expect(error([], donation({ donor: undefined }))).toMatchObject({ details: [{ pointer: '/donor' }] });
    expect(error([], donation({ account: 'treasury' }))).toMatchObject({ details: [{ pointer: '/account' }] });
  });
});
