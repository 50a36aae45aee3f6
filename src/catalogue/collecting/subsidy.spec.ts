import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event } from '../../../test/given-when-then.js';

const subsidy = (fields: Record<string, unknown> = {}) => ({ kind: 'subsidy', ...fields });

describe('a subsidy', () => {
  it('brings money into the fiscal account and is income of its tier', () => {
    expect(event([], subsidy())).toStrictEqual({
      kind: 'subsidy',
      key: 'key-subsidy',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: '1999-01-01',
      period: '2025-03',
      voucherType: 'receipt',
      voucherNumber: 1,
      fund: 'resident',
      unit: '460100',
      businessDate: '2025-03-20',
      evidence: { kind: 'appropriation', number: 'ZY-2025-0031', sha256: '02'.repeat(32) },
      maker: 'wang',
      reviewer: 'li',
      note: '中央财政补助',
      amount: '670000.00',
      tier: 'central',
      subsidyKind: 'standard',
      headcount: 1000,
      perHead: '670.00',
      entries: [
        { account: 'fiscal-account', debit: '670000.00' },
        { account: 'income.subsidy', detail: 'central', credit: '670000.00' },
      ],
    });
  });

  it.each([
    ['resident', 'province', 'standard', 'Cr income.subsidy/province 670000.00'],
    ['assistance', 'county', 'standard', 'Cr income.subsidy/county 670000.00'],
    ['resident', 'county', 'gap-share', 'Cr income.subsidy/gap 670000.00'],
    ['employee', 'central', 'standard', 'Cr income.subsidy/central@pool 670000.00'],
    ['employee', 'province', 'gap-share', 'Cr income.subsidy/gap@pool 670000.00'],
  ])('of the %s fund, tier %s, kind %s is %s', (fund, tier, subsidyKind, entry) => {
    const entries = entriesText(event([], subsidy({ fund, tier, subsidyKind })).entries);
    expect(entries).toEqual(['Dr fiscal-account 670000.00', entry]);
  });

  it.each([
    [{ amount: '670000.01' }, '1000 × 670.00 = 670000.00', '670000.01'],
    [{ headcount: 0 }, '0 × 670.00 = 0.00', '670000.00'],
    [{ perHead: '0.07', headcount: 3, amount: '0.2' }, '3 × 0.07 = 0.21', '0.20'],
  ])('is refused where it is not its rate times its people: %j', (fields, expected, got) => {
    expect(error([], subsidy(fields))).toEqual({
      kind: 'refused',
      code: 'not-headcount-times-standard',
      details: [{ pointer: '/amount', code: 'not-headcount-times-standard', expected, got }],
    });
  });

  it.each([
    [{ headcount: 1_000_000_000, perHead: '99999.99', amount: '99999990000000.00' }],
    [{ headcount: undefined, amount: '0.01' }],
    [{ perHead: undefined, amount: '0.01' }],
    [{ subsidyKind: 'gap-share', amount: '0.01' }],
  ])('is accepted where that holds to the fen or cannot be said: %j', (fields) => {
    expect(event([], subsidy(fields)).entries).toHaveLength(2);
  });

  it.each([
    ['an unknown tier', { tier: 'village' }, '/tier', 'one-of'],
    ['no kind', { subsidyKind: undefined }, '/subsidyKind', 'required'],
    ['a zero rate', { perHead: '0.00' }, '/perHead', 'amount-format'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([], subsidy(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });

  it('that is a share of a gap says of which year, and no other does', () => {
    const share = { subsidyKind: 'gap-share', tier: 'province', headcount: undefined, perHead: undefined };
    expect(event([], subsidy({ ...share, gapYear: '2024' }))).toMatchObject({ gapYear: '2024' });
    expect(error([], subsidy({ ...share, gapYear: '2026' }))).toMatchObject({
      code: 'gap-of-a-later-year',
      details: [{ pointer: '/gapYear', expected: 'no later than 2025', got: '2026' }],
    });
    expect(error([], subsidy({ gapYear: '2024' }))).toMatchObject({ code: 'no-share-of-a-gap' });
  });
});
