import { describe, expect, it } from '@jest/globals';
import { error, event, type Incoming, ledgerOf, opened } from '../../../test/given-when-then.js';

const opening = (fields: Record<string, unknown> = {}): Incoming => ({ kind: 'transfer-opening', ...fields });

describe('a transfer on its way at the opening', () => {
  it('is recorded in a stream of its sender’s, and has no entries', () => {
    expect(event([], opening())).toStrictEqual({
      kind: 'transfer-opening',
      key: 'key-transfer-opening',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: '1999-01-01',
      fund: 'employee',
      unit: '460000',
      businessDate: '2025-01-01',
      evidence: { kind: 'remittance', number: 'BZ-2024-12-30', sha256: '0f'.repeat(32) },
      maker: 'wang',
      reviewer: 'li',
      note: '上年十二月三十日拨出，次年到账',
      direction: 'down',
      toUnit: '469021',
      transferId: 'BZ-2024-12-469021',
      amount: '60000.00',
      findings: [],
    });
  });

  it('moves no balance of any book', () => {
    const ledger = ledgerOf([opened(), opened('employee', '460000')]);
    const before = ledger.balances();
    ledger.post(opening());
    ledger.post(opening({ unit: '460100', direction: 'up', toUnit: '460000' }));
    expect(ledger.balances()).toMatchObject(before);
    expect(ledger.book('transfers-employee-460000').revision).toBe(0);
    expect(ledger.book('transfers-employee-460100').revision).toBe(0);
  });

  it.each([
    ['goes down to a unit that is not below', { unit: '460100' }, 'not-a-unit-below'],
    ['goes up to a unit that is not above', { direction: 'up' }, 'not-the-unit-above'],
    ['goes up from the top', { direction: 'up', toUnit: '460100' }, 'not-the-unit-above'],
  ])('is refused where it %s', (_, fields, code) => {
    expect(error([], opening(fields))).toMatchObject({ kind: 'refused', code, details: [{ pointer: '/toUnit' }] });
  });

  it.each([['direction'], ['toUnit'], ['transferId'], ['amount']])('says its %s', (field) => {
    expect(error([], opening({ [field]: undefined })).details).toMatchObject([{ pointer: `/${field}` }]);
  });
});
