import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, ledgerOf, opened } from '../../../test/given-when-then.js';

const allocation = (fields: Record<string, unknown> = {}) => ({ kind: 'pending-allocation', ...fields });
const whole = { poolShare: undefined, personalShare: undefined };
const premium = { kind: 'contribution', ...whole, shares: 'unknown', amount: '10000.00', account: 'fiscal-account' };
const interest = { kind: 'interest', personalShare: undefined, shares: 'unknown', amount: '90.00' };

describe('income whose shares are not yet known', () => {
  it.each([
    ['premiums', premium, ['Dr fiscal-account 10000.00', 'Cr pending.premiums 10000.00']],
    ['interest', interest, ['Dr fiscal-account/term 90.00', 'Cr pending.interest 90.00']],
  ])('waits: %s', (_, command, entries) => {
    expect(entriesText(event([], command).entries)).toEqual(entries);
  });

  it.each([
    ['poolShare', premium],
    ['personalShare', interest],
  ])('is refused with a %s', (share, command) => {
    expect(error([], { ...command, [share]: '1.00' })).toMatchObject({
      code: 'shares-unknown',
      details: [{ pointer: `/${share}`, got: '1.00' }],
    });
  });

  it.each(['resident', 'assistance'])('is not of the %s fund, which has no shares', (fund) => {
    expect(error([], { ...premium, fund, coverPeriod: '2025' })).toMatchObject({
      code: 'account-not-in-fund',
      details: [{ got: 'pending.premiums' }],
    });
  });

  it('is split as ever where the shares are said to be known', () => {
    const { entries } = event([], { kind: 'interest', shares: 'known', interestKind: 'bonds' });
    expect(entriesText(entries)).toContain('Cr income.interest/bonds@pool 10000.00');
  });
});

describe('an allocation', () => {
  it('of premiums makes them income of both shares', () => {
    const ledger = ledgerOf([opened(), premium]);
    const allocated = ledger.post(allocation());
    expect(allocated.voucherType).toBe('transfer');
    expect(entriesText(allocated.entries)).toEqual([
      'Dr pending.premiums 10000.00',
      'Cr income.premiums/employer@pool 7300.00',
      'Cr income.premiums/employer@personal 2700.00',
    ]);
    expect(ledger.balances()['book-employee-460100']).toMatchObject({ 'pending.premiums': '0' });
  });

  it('of interest has no payer', () => {
    const fields = { pending: 'pending.interest', amount: '90.00', poolShare: '0.00', personalShare: '90.00' };
    const { entries } = event([interest], allocation(fields));
    expect(entriesText(entries)).toEqual(['Dr pending.interest 90.00', 'Cr income.interest@personal 90.00']);
  });

  it('is refused beyond what waits', () => {
    expect(error([premium], allocation({ amount: '10000.01', ...whole }))).toMatchObject({ code: 'below-zero' });
    expect(error([premium], allocation({ pending: 'pending.interest' }))).toMatchObject({ code: 'below-zero' });
  });

  it('is refused with parts that are not the whole', () => {
    expect(error([premium], allocation({ poolShare: '7299.99' }))).toMatchObject({ code: 'shares-do-not-add-up' });
  });

  it('is malformed for income that waits for nothing', () => {
    expect(error([], allocation({ pending: 'income.premiums' }))).toMatchObject({ details: [{ pointer: '/pending' }] });
  });
});
