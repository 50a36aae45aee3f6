import { describe, expect, it } from '@jest/globals';
import { type LedgerError } from '../../errors.js';
import { entriesText, error, event, ledgerOf, opened, openedWith } from '../../../test/given-when-then.js';

const refund = (fields: Record<string, unknown> = {}) => ({ kind: 'contribution-refund', ...fields });
/** The contribution that the example gives back: of E-0001, 1234.50, in May 2025. */
const contribution = { kind: 'contribution' };
const FIRST = 'book-employee-460100-1';
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
    const refunded = event([opened(), contribution], refund());
    expect(refunded).toMatchObject({ voucherType: 'payment', paidYear: '2025', original: 'book-employee-460100-1' });
    expect(entriesText(refunded.entries)).toEqual([
      'Dr income.premiums/employer@pool 450.00',
      'Dr income.premiums/employer@personal 167.25',
      'Cr treasury 617.25',
    ]);
  });

  it('of an earlier year is other expenditure: that year has been reported', () => {
    const ledger = ledgerOf([opened()]);
    const refunded = ledger.post(refund({ paidYear: '2024', original: undefined }));
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
      expect(entriesText(event(given, refund({ account, original: undefined })).entries).at(-1)).toBe(
        `Cr ${account} 617.25`,
      );
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

  it('names the contribution that goes back: one of its book, of its payer and year, and no more than came', () => {
    const ledger = ledgerOf([
      openedWith({ 'suspense.to-refund': '900.00' }),
      contribution,
      { kind: 'payout', offsets: undefined, amount: '1.00' },
      { ...contribution, evidence: { kind: 'tax-receipt', number: 'HK-2', sha256: 'cd'.repeat(32) } },
    ]);
    const said = (fields: Record<string, unknown>) => {
      try {
        ledger.post(refund(fields));
        return [];
      } catch (error) {
        const { code, details } = error as LedgerError;
        return [code, ...details.map(({ pointer, expected, got }) => `${pointer} ${expected.en} | ${got}`)];
      }
    };
    const asOriginal = (what: string) => `${what}, as the original has it; or name the one that is refunded`;
    expect(said({ original: 'book-employee-460100-9' })[0]).toBe('no-such-voucher');
    expect(said({ original: 'book-employee-460100-2' })[0]).toBe('not-refundable');
    expect(said({ payer: { kind: 'employer', reference: 'E-0002' } })).toEqual([
      'unlike-the-original',
      `/payer/reference ${asOriginal('E-0001')} | E-0002`,
    ]);
    expect(said({ payer: { kind: 'employee', reference: 'E-0001' } })).toEqual([
      'unlike-the-original',
      `/payer/kind ${asOriginal('employer')} | employee`,
    ]);
    expect(said({ paidYear: '2024' })).toEqual(['unlike-the-original', `/paidYear ${asOriginal('2025')} | 2024`]);
    expect(said({ coverYear: '2024' })).toEqual(['unlike-the-original', `/coverYear ${asOriginal('2025')} | 2024`]);
    expect(said({ businessDate: '2025-05-11' })[0]).toBe('before-the-original');
    expect(said({ amount: '1234.51', poolShare: '900.01', personalShare: '334.50' })).toEqual([
      'refund-beyond-original',
      '/amount at most 1234.50 | 1234.51',
    ]);
    expect(said({ coverYear: '2025' })).toEqual([]);
    expect(said({ amount: '617.26', poolShare: '450.01' })).toEqual([
      'refund-beyond-original',
      '/amount at most 617.25 | 617.26',
    ]);
    expect(said({})).toEqual([]);
    expect(said({ amount: '0.01', poolShare: '0.01', personalShare: undefined })[0]).toBe('refund-beyond-original');
    // Of another one of the same payer all may go back; a refund that was reversed counts no more.
    expect(said({ original: 'book-employee-460100-3' })).toEqual([]);
    ledger.post({ kind: 'reversal', businessDate: '2025-06-10', reverses: 'book-employee-460100-4' });
    expect(said({})).toEqual([]);
  });

  it('goes before the contribution that it gives back is reversed, and is not given back of one that was', () => {
    const ledger = ledgerOf([opened(), contribution]);
    ledger.post(refund());
    const reverse = (id: string) => ({ kind: 'reversal', businessDate: '2025-06-10', reverses: id });
    expect(error([opened(), contribution, refund()], reverse(FIRST))).toMatchObject({
      code: 'has-refunds',
      details: [{ pointer: '/reverses', expected: 'its refunds reversed first: book-employee-460100-2', got: FIRST }],
    });
    ledger.post(reverse('book-employee-460100-2'));
    ledger.post(reverse(FIRST));
    expect(error([opened(), contribution, { ...reverse(FIRST), businessDate: '2025-06-01' }], refund())).toMatchObject({
      code: 'already-reversed',
      details: [{ pointer: '/original' }],
    });
  });

  it('gives back what a receipt put aside to be refunded, to whom it is held for', () => {
    const received = {
      kind: 'suspense-receipt',
      heldIn: 'suspense.to-refund',
      counterparty: 'E-0001',
      amount: '700.00',
    };
    const held = { ...whole, heldIn: 'suspense.to-refund', businessDate: '2025-06-20', account: 'fiscal-account' };
    const given = [opened(), received];
    expect(event(given, refund(held)).entries).toHaveLength(2);
    expect(error(given, refund({ ...held, amount: '700.01' }))).toMatchObject({ code: 'refund-beyond-original' });
    expect(error(given, refund({ ...held, heldFor: 'E-9' }))).toMatchObject({
      code: 'unlike-the-original',
      details: [{ pointer: '/heldFor' }],
    });
    expect(error([opened(), received], refund())).toMatchObject({ code: 'not-refundable' });
  });

  it.each([
    ['no channel', { account: undefined }, '/account', 'required'],
    ['cash', { account: 'cash' }, '/account', 'one-of'],
    ['an original that is no voucher', { original: 'case-1' }, '/original', 'event-id'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([], refund(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });
});
