import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { decideClosing } from '../../books/closing/decide-closing.js';
import { type Prepared } from '../../books/prepared.js';
import { type LedgerCommand } from '../../kinds/commands.js';
import {
  entriesText,
  error,
  event,
  type Incoming,
  kindOf,
  ledgerOf,
  opened,
  openedWith,
} from '../../../test/given-when-then.js';

const BOOK = 'book-employee-460100';
const close = (businessDate: string, fields: Record<string, unknown> = {}): Incoming => ({
  kind: 'period-close',
  businessDate,
  ...fields,
});
const yearClose = (businessDate = '2025-12-31'): Incoming => ({ kind: 'year-close', businessDate });
const reopen = (revision: number, businessDate: string): Incoming => ({
  kind: 'period-reopening',
  reverses: `${BOOK}-${revision}`,
  businessDate,
});
/** An opening in May, a contribution and a payout of that month, and a contribution of June. */
const MAY: readonly Incoming[] = [
  { ...openedWith({ 'advances.provider': '50000.00' }), businessDate: '2025-05-01' },
  { kind: 'contribution' },
  { kind: 'payout' },
  { kind: 'contribution', businessDate: '2025-06-03' },
];
/** A book that begins in December. */
const DECEMBER: readonly Incoming[] = [{ ...opened(), businessDate: '2025-12-01' }];

describe('the close of a period', () => {
  it('carries what the period left on income and expenditure, by share, and nothing dated later', () => {
    const { entries, closing, period, voucherType, voucherNumber } = event(MAY, close('2025-05-31'));
    expect([period, voucherType, voucherNumber]).toEqual(['2025-05', 'transfer', 2]);
    expect(entriesText(entries)).toEqual([
      'Dr income.premiums/employer@personal 334.50',
      'Dr income.premiums/employer@pool 900.00',
      'Cr net.pool 900.00',
      'Cr net.personal 334.50',
      'Dr net.pool 250000.00',
      'Cr benefits/inpatient@pool 250000.00',
    ]);
    expect(entriesText(closing!.balances).filter((line) => /income|benefits/.test(line))).toEqual([]);
    const hash = createHash('sha256').update(JSON.stringify(closing!.balances)).digest('hex');
    expect(closing!.sha256).toBe(hash);
  });

  it('leaves pending income where it is, and every asset and liability', () => {
    const pending = { kind: 'interest', businessDate: '2025-05-21', shares: 'unknown', personalShare: undefined };
    const ledger = ledgerOf([...MAY, pending]);
    const before = ledger.book(BOOK).balances.get('pending.interest');
    ledger.post(close('2025-05-31'));
    expect(ledger.book(BOOK).balances.get('pending.interest')).toBe(before);
    expect(before).not.toBe(0n);
  });

  it('of a month in which nothing came or went has no entries', () => {
    expect(
      event([{ ...openedWith({ 'advances.provider': '50000.00' }), businessDate: '2025-05-01' }], close('2025-05-31'))
        .entries,
    ).toEqual([]);
  });

  const refusals: readonly [why: string, given: readonly Incoming[], when: Incoming, code: string][] = [
    ['a day that ends no month', MAY, close('2025-05-30'), 'not-the-end-of-a-period'],
    ['a book without a voucher', [], close('2025-05-31'), 'nothing-to-close'],
    ['a month before another', MAY, close('2025-06-30'), 'earlier-period-open'],
    ['a month twice', [...MAY, close('2025-05-31')], close('2025-05-31'), 'period-closed'],
    [
      'money on the income account',
      [...MAY, { kind: 'contribution', account: 'income-account' }],
      close('2025-05-31'),
      'income-account-not-empty',
    ],
    ['January before its year', [...DECEMBER, close('2025-12-31')], close('2026-01-31'), 'earlier-year-open'],
  ];
  it.each(refusals)('refuses %s', (_, given, when, code) => {
    expect(error(given, when).code).toBe(code);
  });

  it('looks at the income account on the last day alone', () => {
    const later = { kind: 'contribution', account: 'income-account', businessDate: '2025-06-03' };
    expect(event([...MAY, later], close('2025-05-31')).kind).toBe('period-close');
  });
});

describe('a closed period', () => {
  const given = [...MAY, close('2025-05-31')];
  const red = { kind: 'reversal', reverses: `${BOOK}-1` };
  it.each<[string, Incoming]>([
    ['a voucher', { kind: 'contribution' }],
    ['a reversal', red],
    ['a correction', { kind: 'opening-correction', businessDate: '2025-05-01', corrects: `${BOOK}-0` }],
  ])('refuses %s dated in it and names the next open one', (_, when) => {
    expect(error(given, when)).toMatchObject({
      code: 'period-closed',
      details: [{ pointer: '/businessDate', expected: 'an open period, 2025-06 (from 2025-06-01 on) or later' }],
    });
  });

  it('is corrected in the next one', () => {
    expect(event(given, { ...red, businessDate: '2025-06-01' }).voucherType).toBe('receipt');
  });

  it('is opened again by taking its close back in red, and closed again', () => {
    const ledger = ledgerOf(given);
    const before = ledger.book(BOOK);
    const { entries } = ledger.post(reopen(4, '2025-05-31'));
    expect(entriesText(entries)[0]).toBe('Dr income.premiums/employer@personal -334.50');
    ledger.post({ kind: 'contribution' });
    expect(entriesText(ledger.post(close('2025-05-31')).entries)[1]).toBe('Dr income.premiums/employer@pool 1800.00');
    expect(before.closings.length).toBe(1);
  });

  it.each<[string, readonly Incoming[], Incoming, string]>([
    ['other than the last', [...given, close('2025-06-30')], reopen(4, '2025-05-31'), 'not-the-last-closed'],
    ['by another day', given, reopen(4, '2025-05-30'), 'not-the-day-of-the-close'],
    ['by what is no close', given, reopen(1, '2025-05-31'), 'not-a-period-close'],
    ['twice', [...given, reopen(4, '2025-05-31')], reopen(4, '2025-05-31'), 'already-reversed'],
    ['by a reversal', given, { ...red, reverses: `${BOOK}-4`, businessDate: '2025-06-30' }, 'is-a-closing'],
    ['across a closed year', [...DECEMBER, close('2025-12-31'), yearClose()], reopen(1, '2025-12-31'), 'year-closed'],
  ])('is not opened again %s', (_, before, when, code) => {
    expect(error(before, when).code).toBe(code);
  });
});

describe('the close of January', () => {
  const resident = { fund: 'resident', unit: '460100' };
  const paid = (coverYear: string, amount: string): Incoming => ({
    kind: 'contribution',
    ...resident,
    businessDate: '2026-11-20',
    amount,
    poolShare: undefined,
    personalShare: undefined,
    payer: { kind: 'resident', reference: 'R-1' },
    coverPeriod: coverYear,
  });
  const recognised = (amount: string): Incoming => ({
    kind: 'contribution-recognition',
    ...resident,
    businessDate: '2027-01-10',
    coverYear: '2027',
    amount,
    headcount: undefined,
  });
  const given = [
    { ...opened('resident'), businessDate: '2026-11-01' },
    paid('2027', '400.00'),
    paid('2028', '7.00'),
    ...['2026-11-30', '2026-12-31'].map((day) => close(day, resident)),
    { kind: 'year-close', ...resident, businessDate: '2026-12-31' },
  ];

  it('finds nothing held any more for the year it begins, and what is held for the next stands', () => {
    const january = close('2027-01-31', resident);
    const after = (amount: string) => () => ledgerOf([...given, recognised(amount), january], '2027-12-31');
    expect(after('399.99')).toThrow(/2027-01-31 0\.01 are left/);
    expect(after('400.00')).not.toThrow();
  });

  it('takes what an opening held to be of any year', () => {
    const held = openedWith({ 'suspense.advance-premiums': '400.00' }, 'resident');
    const opening = { ...held, businessDate: '2027-01-01' };
    const january = close('2027-01-31', resident);
    expect(
      ledgerOf([opening, recognised('400.00'), january], '2027-12-31').book('book-resident-460100').closings,
    ).toHaveLength(1);
  });
});

describe('the close of a year', () => {
  it('comes behind its December, or with it, and keeps one day and no month of it', () => {
    for (const months of [[], [close('2025-12-31')]]) {
      const ledger = ledgerOf([...DECEMBER, { kind: 'contribution', businessDate: '2025-12-10' }, ...months]);
      ledger.post(yearClose());
      const { months: kept, days, closings } = ledger.book(BOOK);
      expect([...kept.keys()]).toEqual([]);
      expect(days.daysOf('treasury').map(([day]) => day)).toEqual(['2025-12-31']);
      expect(closings.map(({ kind }) => kind)).toEqual(['year-close']);
      expect(ledger.post({ kind: 'contribution', businessDate: '2026-01-02' }).period).toBe('2026-01');
      expect(ledger.post(close('2026-01-31')).entries).toHaveLength(4);
    }
  });

  it('is refused before its months, on another day, and a second time', () => {
    expect(error(MAY, yearClose()).code).toBe('months-open');
    expect(error([...DECEMBER, close('2025-12-31')], yearClose('2025-12-30')).code).toBe('months-open');
    expect(error([...DECEMBER, yearClose()], yearClose()).code).toBe('year-closed');
  });

  it('needs the part of the pool by policy where something is pending, and says so', () => {
    const pending = { kind: 'interest', businessDate: '2025-12-21', shares: 'unknown', personalShare: undefined };
    expect(error([...DECEMBER, pending, close('2025-12-31')], yearClose()).code).toBe('no-such-policy');
  });

  it('makes what is pending income by that part, to the fen, and carries it', () => {
    const shares = { shares: 'unknown', personalShare: undefined };
    const pending = { kind: 'interest', businessDate: '2025-12-21', amount: '100.01', ...shares };
    const ledger = ledgerOf([...DECEMBER, pending, close('2025-12-31')]);
    const command = { ...kindOf('year-close').example, businessDate: '2025-12-31' } as unknown as LedgerCommand;
    const closes = { poolShare: '0.7' };
    const proposal: Prepared = {
      kind: 'year-close',
      event: 'YearClosed.v1',
      stream: BOOK,
      command,
      policy: '',
      closes,
    };
    expect(entriesText(decideClosing(ledger.book(BOOK), proposal).entries)).toEqual([
      'Dr pending.interest 100.01',
      'Cr income.interest@pool 70.01',
      'Cr income.interest@personal 30.00',
      'Dr income.interest@personal 30.00',
      'Dr income.interest@pool 70.01',
      'Cr net.pool 70.01',
      'Cr net.personal 30.00',
    ]);
  });
});
