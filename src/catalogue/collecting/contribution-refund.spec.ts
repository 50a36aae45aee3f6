import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, ledgerOf, opened, openedWith } from '../../../test/given-when-then.js';

const refund = (fields: Record<string, unknown> = {}) => ({ kind: 'contribution-refund', ...fields });
const whole = { poolShare: undefined, personalShare: undefined };
const resident = (fields: Record<string, unknown> = {}) =>
  refund({
    fund: 'resident',
    payer: { kind: 'resident', reference: 'R-1' },
    original: undefined,
    amount: '400.00',
    ...whole,
    ...fields,
  });

describe('a contribution refunded', () => {
  it('of this year lowers the premiums of both shares', () => {
    const refunded = event([opened()], refund());
    expect(refunded).toMatchObject({ voucherType: 'payment', paidYear: '2025', original: 'book-employee-460100-1' });
    expect(entriesText(refunded.entries)).toEqual([
      'Dr income.premiums/employer@pool 450.00',
      'Dr income.premiums/employer@personal 167.25',
      'Cr treasury 617.25',
    ]);
  });

  it('of an earlier year is other expenditure: that year has been reported', () => {
    const ledger = ledgerOf([opened()]);
    const refunded = ledger.post(refund({ paidYear: '2024' }));
    expect(entriesText(refunded.entries)).toEqual([
      'Dr expenditure.other/prior-year-refunds@pool 450.00',
      'Dr expenditure.other/prior-year-refunds@personal 167.25',
      'Cr treasury 617.25',
    ]);
    expect(Object.keys(ledger.balances()['book-employee-460100']!).join()).not.toContain('income.premiums');
  });

  it.each([
    ['2025', 'Dr income.premiums/resident 400.00'],
    ['2024', 'Dr expenditure.other/prior-year-refunds 400.00'],
  ])('of %s has no share in a fund without personal accounts', (paidYear, entry) => {
    expect(entriesText(event([opened('resident')], resident({ paidYear })).entries)).toContain(entry);
  });

  it.each(['income-account', 'expenditure-account', 'fiscal-account', 'treasury'])(
    'goes back through the %s',
    (account) => {
      const given = [openedWith({ 'income-account': '700.00' })];
      expect(entriesText(event(given, refund({ account })).entries).at(-1)).toBe(`Cr ${account} 617.25`);
    },
  );

  it.each(['suspense.advance-premiums', 'suspense.to-refund'])(
    'out of %s touches neither income nor expenditure',
    (heldIn) => {
      const given = [openedWith({ [heldIn]: '500.00' }, 'resident')];
      expect(entriesText(event(given, resident({ heldIn })).entries)).toEqual([
        `Dr ${heldIn} 400.00`,
        'Cr treasury 400.00',
      ]);
      expect(error(given, resident({ heldIn, amount: '500.01' }))).toMatchObject({ code: 'below-zero' });
    },
  );

  it.each(['poolShare', 'personalShare'])('out of what is held is refused a %s', (share) => {
    const given = [openedWith({ 'suspense.to-refund': '700.00' })];
    expect(error(given, refund({ ...whole, heldIn: 'suspense.to-refund', [share]: '617.25' }))).toEqual({
      kind: 'refused',
      code: 'held-has-no-share',
      details: [{ pointer: `/${share}`, code: 'held-has-no-share', expected: 'nothing', got: '617.25' }],
    });
  });

  it('is refused for a year to come, and for a voucher of another book', () => {
    expect(error([opened()], refund({ paidYear: '2026' }))).toEqual({
      kind: 'refused',
      code: 'year-in-future',
      details: [{ pointer: '/paidYear', code: 'year-in-future', expected: 'no later than 2025', got: '2026' }],
    });
    for (const original of ['book-resident-460100-1', 'book-employee-460200-1'])
      expect(error([opened()], refund({ original }))).toMatchObject({
        code: 'voucher-of-another-book',
        details: [{ expected: 'a voucher of book-employee-460100', got: original }],
      });
  });

  it.each([
    ['no channel', { account: undefined }, '/account', 'required'],
    ['cash', { account: 'cash' }, '/account', 'one-of'],
    ['an original that is no voucher', { original: 'case-1' }, '/original', 'event-id'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([], refund(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });
});
