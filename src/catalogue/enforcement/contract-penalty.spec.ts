import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event } from '../../../test/given-when-then.js';

const penalty = (fields: Record<string, unknown> = {}) => ({ kind: 'contract-penalty', ...fields });

describe('a contractual penalty', () => {
  it.each([
    ['employee', undefined, 'fiscal-account', '@pool'],
    ['resident', 'income-account', 'income-account', ''],
  ])('is other income of the pool of the %s fund: it is no fine', (fund, account, line, share) => {
    const received = event([], penalty({ fund, account }));
    expect(received).toMatchObject({
      voucherType: 'receipt',
      provider: 'H46010000001',
      agreement: 'XY-2025-H46010000001',
      clause: '第四十二条第三款',
      caseId: 'HK-2025-0007',
    });
    expect(entriesText(received.entries)).toEqual([
      `Dr ${line} 30000.00`,
      `Cr income.other/contract-penalties${share} 30000.00`,
    ]);
  });

  it('needs no case', () => {
    expect(event([], penalty({ caseId: undefined }))).not.toHaveProperty('caseId');
  });

  it.each([
    ['no agreement', { agreement: undefined }, '/agreement'],
    ['no clause', { clause: ' ' }, '/clause'],
    ['the account that pays', { account: 'expenditure-account' }, '/account'],
  ])('is malformed with %s', (_, fields, pointer) => {
    expect(error([], penalty(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer }] });
  });
});
