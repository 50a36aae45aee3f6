import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, openedWith } from '../../../test/given-when-then.js';

const use = (fields: Record<string, unknown> = {}) => ({ kind: 'risk-fund-use', ...fields });
const given = [openedWith({ 'net.risk': '120000.00' }, 'assistance')];

describe('a risk fund used', () => {
  it('goes back to the pool and moves no money', () => {
    const used = event(given, use());
    expect(used).toMatchObject({ voucherType: 'transfer', approval: 'QF-2025-031' });
    expect(entriesText(used.entries)).toEqual(['Dr net.risk 120000.00', 'Cr net.pool 120000.00']);
  });

  it('is refused beyond what was set aside', () => {
    expect(error(given, use({ amount: '120000.01' }))).toEqual({
      kind: 'refused',
      code: 'below-zero',
      details: [{ pointer: '/amount', code: 'below-zero', expected: 'at most 120000.00 (net.risk)', got: '120000.01' }],
    });
  });

  it('is malformed without the approval', () => {
    expect(error([], use({ approval: undefined }))).toMatchObject({ details: [{ pointer: '/approval' }] });
  });
});
