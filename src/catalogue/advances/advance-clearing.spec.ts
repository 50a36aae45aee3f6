import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, ledgerOf, opened, openedWith } from '../../../test/given-when-then.js';

const clearing = (fields: Record<string, unknown> = {}) => ({ kind: 'advance-clearing', ...fields });
const given = [openedWith({ 'advances.off-site': '200000.00' })];

describe('an advance cleared', () => {
  it('is expenditure of its benefit and share, and moves no money', () => {
    const cleared = event(given, clearing());
    expect(cleared).toMatchObject({ voucherType: 'transfer', counterparty: '440100', careRegion: '440100' });
    expect(entriesText(cleared.entries)).toEqual([
      'Dr benefits/inpatient@pool 180000.00',
      'Cr advances.off-site 180000.00',
    ]);
  });

  it.each([
    ['personal-outpatient', undefined, 'Dr benefits/personal-outpatient@personal 180000.00'],
    ['outpatient', 'personal', 'Dr benefits/outpatient@personal 180000.00'],
  ])('of %s with share %s is charged to the personal accounts', (benefitKind, share, entry) => {
    expect(entriesText(event(given, clearing({ benefitKind, share })).entries)).toContain(entry);
  });

  it('of care of our insured elsewhere: the prepayment is none, its clearing is expenditure', () => {
    const ledger = ledgerOf([opened()]);
    const prepaid = { kind: 'advance-payment', advance: 'advances.off-site', counterparty: '440100', gate: undefined };
    ledger.post({ ...prepaid, amount: '200000.00' });
    expect(ledger.balances()['book-employee-460100']).not.toHaveProperty('benefits/inpatient@pool');
    ledger.post(clearing());
    expect(ledger.balances()['book-employee-460100']).toMatchObject({
      'advances.off-site': '2000000',
      'benefits/inpatient@pool': '18000000',
    });
  });

  it('is refused for more than was advanced', () => {
    expect(error(given, clearing({ amount: '200000.01' }))).toEqual({
      kind: 'refused',
      code: 'below-zero',
      details: [
        { pointer: '/amount', code: 'below-zero', expected: 'at most 200000.00 (advances.off-site)', got: '200000.01' },
      ],
    });
  });

  it('is refused into a benefit that the fund does not pay', () => {
    expect(error(given, clearing({ benefitKind: 'enrolment' }))).toMatchObject({ code: 'benefit-not-of-fund' });
    expect(error(given, clearing({ benefitKind: undefined }))).toMatchObject({ kind: 'invalid' });
  });
});

describe('direct settlement', () => {
  it('of 90 paid to the company and 100 claimed: expenditure 100, the bank 90 and 10 less, the advance at 0', () => {
    const ledger = ledgerOf([opened()]);
    const line = (name: string): bigint => ledger.book('book-employee-460100').balances.get(name) ?? 0n;
    const bank = line('fiscal-account');
    const direct = { advance: 'advances.direct-settlement', counterparty: 'H46010000001', gate: undefined };
    ledger.post({ kind: 'advance-payment', ...direct, amount: '90.00', account: 'fiscal-account' });
    expect([line('fiscal-account') - bank, line('advances.direct-settlement')]).toEqual([-90_00n, 90_00n]);
    expect(line('benefits/inpatient@pool')).toBe(0n);
    ledger.post({
      kind: 'payout',
      businessDate: '2025-06-20',
      amount: '100.00',
      offsets: { 'advances.direct-settlement': '90.00' },
      account: 'fiscal-account',
    });
    expect(line('benefits/inpatient@pool')).toBe(100_00n);
    expect(line('fiscal-account') - bank).toBe(-100_00n);
    expect(line('advances.direct-settlement')).toBe(0n);
  });
});
