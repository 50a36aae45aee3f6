import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, openedWith } from '../../../test/given-when-then.js';

const writeOff = (fields: Record<string, unknown> = {}) => ({ kind: 'liability-write-off', ...fields });
const LIABILITIES = [
  'suspense.advance-premiums',
  'suspense.to-refund',
  'suspense.off-site-inbound',
  'suspense.off-site-clearing',
  'suspense.other',
  'loans',
];

describe('a liability that can be paid to nobody', () => {
  it.each(LIABILITIES)('on %s becomes other income of the pool', (liability) => {
    const written = event([openedWith({ [liability]: '380.00' })], writeOff({ liability }));
    expect(written).toMatchObject({ voucherType: 'transfer', approval: 'QF-2025-041' });
    expect(entriesText(written.entries)).toEqual([
      `Dr ${liability} 380.00`,
      'Cr income.other/written-off-liabilities@pool 380.00',
    ]);
  });

  it('has no share in a fund without personal accounts', () => {
    const { entries } = event(
      [openedWith({ loans: '380.00' }, 'resident')],
      writeOff({ fund: 'resident', liability: 'loans' }),
    );
    expect(entriesText(entries)).toContain('Cr income.other/written-off-liabilities 380.00');
  });

  it('is refused beyond what is held', () => {
    expect(error([openedWith({ 'suspense.to-refund': '379.99' })], writeOff())).toMatchObject({ code: 'below-zero' });
  });

  it('is never what is held for the treasury: a fine is no income of a fund', () => {
    expect(error([], writeOff({ liability: 'suspense.to-treasury' }))).toMatchObject({
      kind: 'invalid',
      details: [{ pointer: '/liability', code: 'one-of' }],
    });
  });
});
