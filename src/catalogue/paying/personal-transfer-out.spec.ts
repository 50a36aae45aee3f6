import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, opened } from '../../../test/given-when-then.js';

const transferOut = (fields: Record<string, unknown> = {}) => ({ kind: 'personal-transfer-out', ...fields });

describe('a personal account transferred out', () => {
  it.each(['fiscal-account', 'expenditure-account'])('from the %s is charged to the personal accounts', (account) => {
    const moved = event([opened()], transferOut({ account }));
    expect(moved).toMatchObject({ voucherType: 'payment', person: 'G-00021', otherRegion: '230100' });
    expect(entriesText(moved.entries)).toEqual([
      'Dr expenditure.transfer-out@personal 3310.08',
      `Cr ${account} 3310.08`,
    ]);
  });

  it('is refused beyond what the personal accounts hold together, whatever the pool has', () => {
    expect(event([opened()], transferOut({ amount: '2000000.00' })).entries).toHaveLength(2);
    expect(error([opened()], transferOut({ amount: '2000000.01', account: undefined }))).toMatchObject({
      code: 'below-zero',
      details: [{ expected: 'at most 2000000.00 (net.personal)', got: '2000000.01' }],
    });
  });

  it('is refused in a fund without personal accounts', () => {
    expect(error([opened('resident')], transferOut({ fund: 'resident' }))).toMatchObject({
      code: 'account-not-in-fund',
    });
  });

  it('is malformed without the person', () => {
    expect(error([], transferOut({ person: undefined }))).toMatchObject({ details: [{ pointer: '/person' }] });
  });
});
