import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, ledgerOf, opened } from '../../../test/given-when-then.js';

const credit = (fields: Record<string, unknown> = {}) => ({ kind: 'personal-account-credit', ...fields });

describe('money of the pool credited to personal accounts', () => {
  it('goes from one net asset to the other: the fund has as much as before', () => {
    const ledger = ledgerOf([opened()]);
    const credited = ledger.post(credit());
    expect(credited).toMatchObject({ voucherType: 'transfer', headcount: 1000, perHead: '83.00' });
    expect(entriesText(credited.entries)).toEqual(['Dr net.pool 83000.00', 'Cr net.personal 83000.00']);
    expect(ledger.balances()['book-employee-460100']).toMatchObject({
      'net.pool': '-891700000',
      'net.personal': '-208300000',
      'fiscal-account': '800000000',
    });
  });

  it('can be paid out of the personal accounts', () => {
    const given = [opened(), credit()];
    expect(
      event(given, { kind: 'personal-transfer-out', amount: '2083000.00', account: 'fiscal-account' }),
    ).toBeDefined();
  });

  it('is refused where it is not its rate times its people, and stays quiet where no rate holds for all', () => {
    expect(error([opened()], credit({ amount: '83000.01' }))).toMatchObject({
      code: 'not-headcount-times-standard',
      details: [{ expected: '1000 × 83.00 = 83000.00', got: '83000.01' }],
    });
    expect(event([opened()], credit({ amount: '83000.01', perHead: undefined })).entries).toHaveLength(2);
  });

  it('is refused in a fund without personal accounts', () => {
    expect(error([opened('resident')], credit({ fund: 'resident' }))).toMatchObject({
      code: 'account-not-in-fund',
      details: [{ got: 'net.personal' }],
    });
  });

  it('is malformed for nobody', () => {
    expect(error([], credit({ headcount: 0 }))).toMatchObject({ details: [{ pointer: '/headcount' }] });
  });
});
