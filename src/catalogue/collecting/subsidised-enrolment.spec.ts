import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, ledgerOf, opened } from '../../../test/given-when-then.js';

/** Medical assistance pays for a thousand people in extreme poverty: the whole of 400 yuan each. */
const enrolment = { transferId: 'ZZ-2025-460100', category: 'extreme-poverty', standard: '400.00', headcount: 1000 };
const paid = (fields: Record<string, unknown> = {}) => ({
  kind: 'payout',
  fund: 'assistance',
  benefitKind: 'enrolment',
  payee: { kind: 'insurer', reference: 'resident-460100' },
  share: undefined,
  offsets: undefined,
  account: 'fiscal-account',
  amount: '400000.00',
  ...enrolment,
  ...fields,
});
const received = (fields: Record<string, unknown> = {}) => ({
  kind: 'contribution',
  fund: 'resident',
  payer: { kind: 'subsidised', reference: 'assistance-460100' },
  coverPeriod: '2025',
  poolShare: undefined,
  personalShare: undefined,
  account: 'fiscal-account',
  amount: '400000.00',
  ...enrolment,
  ...fields,
});
const given = [opened('assistance')];

describe('a subsidised enrolment', () => {
  it('is expenditure of assistance and income of the resident fund, under one number', () => {
    const ledger = ledgerOf(given);
    const [out, into] = [ledger.post(paid()), ledger.post(received())];
    expect(entriesText(out.entries)).toEqual(['Dr benefits/enrolment 400000.00', 'Cr fiscal-account 400000.00']);
    expect(entriesText(into.entries)).toEqual([
      'Dr fiscal-account 400000.00',
      'Cr income.premiums/subsidised 400000.00',
    ]);
    for (const one of [out, into]) {
      expect(one).toMatchObject(enrolment);
      expect(one).not.toHaveProperty('findings');
    }
  });

  it.each([
    ['extreme-poverty', '400000.00', '1000 × 400.00 × 1 = 400000.00'],
    ['low-income', '200000.00', '1000 × 400.00 × 0.5 = 200000.00'],
  ])('of %s is its part of the standard: %s', (category, amount, sum) => {
    expect(event(given, paid({ category, amount })).category).toBe(category);
    expect(event(given, received({ category, amount })).category).toBe(category);
    for (const one of [paid, received])
      expect(error(given, one({ category, amount: '300000.00' }))).toEqual({
        kind: 'refused',
        code: 'not-subsidy-rate',
        details: [
          {
            pointer: '/amount',
            code: 'not-subsidy-rate',
            expected: `${sum} (policy enrolment-subsidy-${category})`,
            got: '300000.00',
          },
        ],
      });
  });

  it('is rounded once, half up to the fen', () => {
    expect(
      event(given, paid({ category: 'low-income', standard: '0.33', headcount: 1, amount: '0.17' })),
    ).toBeDefined();
  });

  it('is refused a category without its figures', () => {
    expect(error(given, paid({ headcount: undefined }))).toMatchObject({
      code: 'enrolment-incomplete',
      details: [{ pointer: '/headcount' }],
    });
    expect(error(given, received({ standard: undefined }))).toMatchObject({ details: [{ pointer: '/standard' }] });
  });

  it('is recorded with a finding where it has no number, by which the other voucher is found', () => {
    for (const one of [paid, received])
      expect(event(given, one({ transferId: undefined })).findings).toMatchObject([
        { pointer: '/transferId', code: 'enrolment-unpaired', got: 'nothing' },
      ]);
  });

  it('may be a summary of several categories: it names none, and is any amount', () => {
    const summary = { category: undefined, standard: undefined, amount: '123.45' };
    expect(event(given, paid({ ...summary, headcount: undefined })).findings).toBeUndefined();
    expect(event(given, received(summary)).findings).toBeUndefined();
  });

  it('is no matter of other payouts and contributions', () => {
    expect(
      event(given, paid({ benefitKind: 'direct', amount: '1.00', transferId: undefined })).findings,
    ).toBeUndefined();
    expect(event([], { kind: 'contribution' }).findings).toBeUndefined();
  });
});
