import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event } from '../../../test/given-when-then.js';

const loan = (fields: Record<string, unknown> = {}) => ({ kind: 'loan', ...fields });

describe('a loan', () => {
  it.each([
    ['resident', undefined, 'fiscal-account'],
    ['employee', 'expenditure-account', 'expenditure-account'],
  ])('of the %s fund is a debt and no income', (fund, account, line) => {
    const drawn = event([], loan({ fund, account }));
    expect(drawn).toMatchObject({ voucherType: 'receipt', lender: 'CZ-469001' });
    expect(entriesText(drawn.entries)).toEqual([`Dr ${line} 2000000.00`, 'Cr loans 2000000.00']);
  });

  it.each([
    ['no lender', { lender: undefined }, '/lender'],
    ['the income account, which collects premiums', { account: 'income-account' }, '/account'],
  ])('is malformed with %s', (_, fields, pointer) => {
    expect(error([], loan(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer }] });
  });
});
