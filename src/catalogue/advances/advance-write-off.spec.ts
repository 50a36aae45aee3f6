import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, openedWith } from '../../../test/given-when-then.js';

const writeOff = (fields: Record<string, unknown> = {}) => ({ kind: 'advance-write-off', ...fields });
const held = { 'advances.other': '5000.00' };

describe('an advance written off', () => {
  it.each([
    ['employee', '@pool'],
    ['resident', ''],
  ])('is other expenditure of the pool of the %s fund, and moves no money', (fund, share) => {
    const written = event([openedWith(held, fund)], writeOff({ fund }));
    expect(written).toMatchObject({ voucherType: 'transfer', approval: 'QF-2025-040' });
    expect(entriesText(written.entries)).toEqual([
      `Dr expenditure.other/written-off-advances${share} 4200.00`,
      'Cr advances.other 4200.00',
    ]);
  });

  it('is refused for more than is held', () => {
    expect(error([openedWith(held)], writeOff({ amount: '5000.01' }))).toMatchObject({
      code: 'below-zero',
      details: [{ expected: 'at most 5000.00 (advances.other)', got: '5000.01' }],
    });
  });

  it('is malformed without the approval', () => {
    expect(error([], writeOff({ approval: undefined }))).toMatchObject({ details: [{ pointer: '/approval' }] });
  });
});
