import { describe, expect, it } from '@jest/globals';
import { error, event } from '../../../test/given-when-then.js';

const approval = { kind: 'budget-approval' };
const adjustment = (fields: Record<string, unknown> = {}) => ({ kind: 'budget-adjustment', ...fields });

describe('a budget adjustment', () => {
  it('gives the lines that change their new amounts, and names the approval', () => {
    expect(event([approval], { kind: 'budget-adjustment' })).toStrictEqual({
      kind: 'budget-adjustment',
      key: 'key-budget-adjustment',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: expect.any(String),
      fund: 'resident',
      unit: '460100',
      businessDate: '2025-09-18',
      evidence: {
        kind: 'budget-reply',
        number: '琼财社〔2025〕88号',
        sha256: '0f'.repeat(32),
      },
      maker: 'wang',
      reviewer: 'li',
      note: '住院费用超预期',
      year: '2025',
      lines: {
        benefits: '645000000.00',
      },
      answers: 'budget-resident-460100-2025-0',
      findings: [],
    });
  });

  it('may come again', () => {
    expect(event([approval, adjustment()], adjustment({ businessDate: '2025-11-01' })).answers).toBe(
      'budget-resident-460100-2025-0',
    );
  });

  it.each([
    ['fund', { fund: 'assistance' }],
    ['unit', { unit: '460200' }],
    ['year', { year: '2026' }],
  ])('is refused where the budget of another %s was approved', (_, fields) => {
    expect(error([approval], adjustment(fields))).toMatchObject({ kind: 'refused', code: 'not-in-register' });
  });

  it('is refused with a line that the fund has not', () => {
    const when = adjustment({ lines: { 'income.transfer-in': '1.00' } });
    expect(error([approval], when)).toMatchObject({ code: 'account-not-in-fund' });
  });
});

describe('a second approval of a budget', () => {
  it('is refused: what changes is adjusted', () => {
    expect(error([approval], approval)).toMatchObject({
      code: 'stands-in-register',
      details: [{ pointer: '', got: 'budget-resident-460100-2025-0' }],
    });
  });
});
