import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, ledgerOf, opened } from '../../../test/given-when-then.js';

const funding = (fields: Record<string, unknown> = {}) => ({ kind: 'inbound-care-funding', ...fields });

describe('money of another region for care of its insured here', () => {
  it.each([
    [undefined, 'fiscal-account'],
    ['income-account', 'income-account'],
  ])('in %s is held for the hospitals and is no income', (account, line) => {
    const funded = event([], funding({ account }));
    expect(funded).toMatchObject({ voucherType: 'receipt', insuredRegion: '230100' });
    expect(entriesText(funded.entries)).toEqual([`Dr ${line} 420000.00`, 'Cr suspense.off-site-inbound 420000.00']);
  });

  it('goes in and out through suspense: the fund has as much as before', () => {
    const ledger = ledgerOf([opened()]);
    const before = ledger.balances();
    ledger.post(funding());
    ledger.post({ kind: 'inbound-care-payment', amount: '420000.00' });
    expect(ledger.balances()).toEqual({
      'book-employee-460100': { ...before['book-employee-460100'], 'suspense.off-site-inbound': '0' },
    });
  });

  it.each([
    ['no region', { insuredRegion: undefined }, '/insuredRegion', 'required'],
    ['the name of a region', { insuredRegion: '哈尔滨' }, '/insuredRegion', 'region'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([], funding(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });
});
