import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, openedWith } from '../../../test/given-when-then.js';

const back = (fields: Record<string, unknown> = {}) => ({ kind: 'advance-return', ...fields });
const given = [openedWith({ 'advances.provider': '300000.00' })];

describe('an advance returned', () => {
  it.each([
    ['expenditure-account', 'expenditure-account'],
    [undefined, 'fiscal-account'],
  ])('to %s reaches the bank and is no income', (account, line) => {
    const returned = event(given, back({ account }));
    expect(returned.voucherType).toBe('receipt');
    expect(entriesText(returned.entries)).toEqual([`Dr ${line} 300000.00`, 'Cr advances.provider 300000.00']);
  });

  it('is refused for more than is held of its kind', () => {
    expect(error(given, back({ amount: '300000.01' }))).toMatchObject({ code: 'below-zero' });
    expect(error(given, back({ advance: 'advances.vbp', amount: '0.01' }))).toMatchObject({ code: 'below-zero' });
  });

  it('is malformed in an account that pays no advances', () => {
    expect(error(given, back({ account: 'income-account' }))).toMatchObject({ details: [{ pointer: '/account' }] });
  });
});
