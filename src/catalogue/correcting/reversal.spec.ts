import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, type Incoming, ledgerOf, opened } from '../../../test/given-when-then.js';

const BOOK = 'book-employee-460100';
const reversal = (fields: Record<string, unknown> = {}) => ({ kind: 'reversal', ...fields });

describe('a reversal', () => {
  it('posts the entries of the voucher it names in red, in the same series, with the next number', () => {
    expect(event([{ kind: 'contribution' }], reversal())).toStrictEqual({
      kind: 'reversal',
      key: 'key-reversal',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: '1999-01-01',
      period: '2025-05',
      voucherType: 'receipt',
      voucherNumber: 2,
      fund: 'employee',
      unit: '460100',
      businessDate: '2025-05-13',
      evidence: { kind: 'correction', number: 'GZ-2025-0003', sha256: '0b'.repeat(32) },
      maker: 'wang',
      reviewer: 'li',
      note: '冲销后重新录入',
      reverses: 'book-employee-460100-0',
      reason: '金额录入有误',
      entries: [
        { account: 'treasury', debit: '-1234.50' },
        { account: 'income.premiums', detail: 'employer', share: 'pool', credit: '-900.00' },
        { account: 'income.premiums', detail: 'employer', share: 'personal', credit: '-334.50' },
      ],
    });
  });

  it('leaves every line as if the voucher had never been', () => {
    const given = [{ kind: 'opening-balance' }, { kind: 'payout' }, { kind: 'recovery' }, { kind: 'money-movement' }];
    const ledger = ledgerOf(given);
    for (const revision of [3, 2, 1]) {
      ledger.post(reversal({ businessDate: '2025-06-01', reverses: `${BOOK}-${revision}` }));
    }
    const left = Object.entries(ledger.balances()[BOOK]!).filter(([, fen]) => fen !== '0');
    expect(Object.fromEntries(left)).toEqual(ledgerOf(given.slice(0, 1)).balances()[BOOK]);
  });

  it.each([
    ['payout', 'payment'],
    ['recovery', 'receipt'],
    ['money-movement', 'payment'],
    ['remittance-up', 'payment'],
    ['opening-balance', 'transfer'],
  ])('of a %s is numbered among the %ss', (kind, voucherType) => {
    const given = kind === 'opening-balance' ? [] : [{ kind: 'opening-balance' }];
    const ledger = ledgerOf([...given, { kind }]);
    const businessDate = kind === 'opening-balance' ? '2025-01-01' : '2025-05-31';
    const red = ledger.post(reversal({ businessDate, reverses: `${BOOK}-${given.length}` }));
    expect([red.voucherType, red.period]).toEqual([voucherType, businessDate.slice(0, 7)]);
  });

  it('of red entries is black: a reversed recovery is expenditure again', () => {
    const red = event([{ kind: 'recovery' }], reversal({ businessDate: '2025-05-28' }));
    expect(entriesText(red.entries)).toEqual(['Dr fiscal-account -100000.00', 'Dr benefits/inpatient@pool 100000.00']);
  });

  const refusals: readonly [why: string, given: readonly Incoming[], fields: Record<string, unknown>, code: string][] =
    [
      ['names nothing', [], {}, 'no-such-voucher'],
      ['names a revision not yet reached', [{ kind: 'contribution' }], { reverses: `${BOOK}-1` }, 'no-such-voucher'],
      [
        "names another book's voucher",
        [{ kind: 'contribution' }, { kind: 'contribution', unit: '460200' }],
        { reverses: 'book-employee-460200-0' },
        'no-such-voucher',
      ],
      ['names a reversal', [{ kind: 'contribution' }, reversal()], { reverses: `${BOOK}-1` }, 'is-a-reversal'],
      ['names a voucher a second time', [{ kind: 'contribution' }, reversal()], {}, 'already-reversed'],
      [
        'is dated in another fiscal year',
        [{ kind: 'contribution' }],
        { businessDate: '2026-01-01' },
        'another-fiscal-year',
      ],
    ];
  it.each(refusals)('is refused where it %s', (_, given, fields, code) => {
    const expected: unknown = expect.stringMatching(
      { 'is-a-reversal': /recorded anew/, 'another-fiscal-year': /correction in blue in 2026/ }[code] ??
        /^a voucher of this book not yet reversed$/,
    );
    const got = (fields.reverses as string | undefined) ?? `${BOOK}-0`;
    expect(error(given, reversal(fields))).toEqual({
      kind: 'refused',
      code,
      details: [{ pointer: '/reverses', code, expected, got }],
    });
  });

  it('is refused where it is dated before what it takes back, and told from when on', () => {
    expect(error([{ kind: 'contribution' }], reversal({ businessDate: '2025-05-11' }))).toMatchObject({
      code: 'before-the-original',
      details: [{ pointer: '/businessDate', expected: `no earlier than 2025-05-12 (${BOOK}-0)`, got: '2025-05-11' }],
    });
  });

  it('is refused where the money has gone already', () => {
    const spent = { kind: 'money-movement', from: 'treasury', to: 'fiscal-account', reason: 'treasury-to-fiscal' };
    expect(
      error([{ kind: 'contribution' }, { ...spent, amount: '0.01' }], reversal({ businessDate: '2025-05-20' })),
    ).toEqual({
      kind: 'refused',
      code: 'below-zero',
      details: [
        {
          pointer: '/amount',
          code: 'below-zero',
          expected: 'at most 1234.49 (treasury), or the vouchers that spent it taken back first',
          got: '1234.50',
        },
      ],
    });
  });

  it.each([
    ['a case', { reverses: 'case-HK-1-0' }, '/reverses', 'event-id'],
    ['a number', { reverses: '12' }, '/reverses', 'event-id'],
    ['a revision with a leading zero', { reverses: `${BOOK}-01` }, '/reverses', 'event-id'],
    ['no reason', { reason: undefined }, '/reason', 'required'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([], reversal(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });

  it('does not change the voucher it takes back, nor its book beyond the lines it names', () => {
    const ledger = ledgerOf([opened(), { kind: 'contribution' }, { kind: 'interest', account: 'fiscal-account' }]);
    const before = ledger.balances()[BOOK]!;
    ledger.post(reversal({ reverses: `${BOOK}-1` }));
    expect(ledger.balances()[BOOK]).toEqual({
      ...before,
      treasury: '100000000',
      'income.premiums/employer@pool': '0',
      'income.premiums/employer@personal': '0',
    });
  });
});

describe('the reversal of one side of a transfer', () => {
  it.each([
    ['remittance-up', '460100', 'toUnit'],
    ['remittance-received', '460000', 'fromUnit'],
    ['funding-down', '460000', 'toUnit'],
    ['funding-received', '460100', 'fromUnit'],
  ])('%s names its pair, and one of another voucher names none', (kind, unit, field) => {
    const other = unit === '460000' ? '460100' : '460000';
    const sent = { kind, unit, [field]: other, transferId: 'T-1', amount: '100.00' };
    const back = { kind: 'reversal', unit, businessDate: '2025-06-30', reverses: `book-employee-${unit}-1` };
    const expected = {
      zh: `${other} 同一往来号 T-1 的凭证也须冲销`,
      en: `the voucher of unit ${other} under the same number T-1 taken back too`,
    };
    expect(event([opened('employee', unit), sent], back).findings).toEqual([
      { pointer: '/reverses', code: 'pair-of-transfer', expected, got: 'T-1' },
    ]);
    expect(event([opened('employee', unit), { kind: 'late-fee', unit }], back).findings).toBeUndefined();
  });
});
