import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, opened } from '../../../test/given-when-then.js';

const premium = (fields: Record<string, unknown> = {}) => ({ kind: 'serious-illness-premium', ...fields });

describe('a premium of serious-illness insurance', () => {
  it.each([
    ['resident', ''],
    ['employee', '@pool'],
  ])('is expenditure of the pool of the %s fund', (fund, share) => {
    const paid = event([opened(fund)], premium({ fund }));
    expect(paid).toMatchObject({ voucherType: 'payment', insurer: 'INS-0001', headcount: 1000, perHead: '90.00' });
    expect(entriesText(paid.entries)).toEqual([
      `Dr serious-illness${share} 90000.00`,
      'Cr expenditure-account 90000.00',
    ]);
  });

  it('is refused where it is not its rate times its people', () => {
    expect(error([opened('resident')], premium({ headcount: 999 }))).toEqual({
      kind: 'refused',
      code: 'not-headcount-times-standard',
      details: [
        {
          pointer: '/amount',
          code: 'not-headcount-times-standard',
          expected: '999 × 90.00 = 89910.00',
          got: '90000.00',
        },
      ],
    });
  });

  it('is refused in a fund that has no such insurance', () => {
    expect(error([opened('assistance')], premium({ fund: 'assistance' }))).toMatchObject({
      code: 'account-not-in-fund',
      details: [{ got: 'serious-illness' }],
    });
  });

  it.each([
    ['nobody insured', { headcount: 0 }, '/headcount'],
    ['no insurer', { insurer: undefined }, '/insurer'],
  ])('is malformed with %s', (_, fields, pointer) => {
    expect(error([], premium(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer }] });
  });
});
