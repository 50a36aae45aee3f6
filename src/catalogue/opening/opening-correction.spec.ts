import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, type Incoming, ledgerOf } from '../../../test/given-when-then.js';

const BOOK = 'book-employee-460100';
const OPENED: Incoming = {
  kind: 'opening-balance',
  balances: { treasury: '1000.00', 'advances.provider': '300.00', 'suspense.other': '50.00', 'net.pool': '1250.00' },
};
const correction = (fields: Record<string, unknown> = {}): Incoming => ({
  kind: 'opening-correction',
  raised: { treasury: '70.00', 'suspense.other': '20.00' },
  lowered: { 'advances.provider': '50.00' },
  ...fields,
});

describe('an opening correction', () => {
  it('posts what was missing on the side of each line, and takes off in red what was too much', () => {
    const corrected = event([{ kind: 'opening-balance' }], { kind: 'opening-correction' });
    expect(corrected).toStrictEqual({
      kind: 'opening-correction',
      key: 'key-opening-correction',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: '1999-01-01',
      period: '2025-01',
      voucherType: 'transfer',
      voucherNumber: 2,
      fund: 'employee',
      unit: '460100',
      businessDate: '2025-01-01',
      evidence: { kind: 'correction', number: 'HK-2025-QC-1', sha256: '0d'.repeat(32) },
      maker: 'wang',
      reviewer: 'li',
      note: '期初余额更正',
      corrects: `${BOOK}-0`,
      reason: '上年利息漏记，预付金多记',
      raised: { 'fiscal-account': '1200.00', 'net.pool': '700.00' },
      lowered: { 'advances.provider': '500.00' },
      entries: [
        { account: 'fiscal-account', debit: '1200.00' },
        { account: 'net.pool', credit: '700.00' },
        { account: 'advances.provider', debit: '-500.00' },
      ],
    });
  });

  it('stands under vouchers, and makes every day from the opening on right', () => {
    const spent = { kind: 'money-movement', from: 'treasury', to: 'fiscal-account', reason: 'treasury-to-fiscal' };
    const ledger = ledgerOf([OPENED, { ...spent, amount: '400.00' }, correction()]);
    expect(ledger.book(BOOK).days.daysOf('treasury')).toEqual([
      ['2025-01-01', 1070_00n],
      ['2025-05-15', 670_00n],
    ]);
    expect(ledger.book(BOOK).days.daysOf('suspense.other')).toEqual([['2025-01-01', 70_00n]]);
    expect(ledger.book(BOOK).opening).toEqual({ revision: 0, businessDate: '2025-01-01' });
  });

  it('may be made again and again, and be taken back on its day', () => {
    const ledger = ledgerOf([OPENED, { kind: 'contribution' }, correction(), correction()]);
    expect(ledger.book(BOOK).days.daysOf('advances.provider')).toEqual([['2025-01-01', 200_00n]]);
    const back = { kind: 'reversal', reverses: `${BOOK}-3` };
    expect(() => ledger.post({ ...back, businessDate: '2025-02-01' })).toThrow('not-the-opening-day');
    ledger.post({ ...back, businessDate: '2025-01-01' });
    expect(ledger.book(BOOK).days.daysOf('advances.provider')).toEqual([['2025-01-01', 250_00n]]);
  });

  it('keeps the opening from being taken back until it is itself', () => {
    const back = (revision: number) => ({
      kind: 'reversal',
      businessDate: '2025-01-01',
      reverses: `${BOOK}-${revision}`,
    });
    expect(error([OPENED, correction()], back(0)).code).toBe('opening-carries-vouchers');
    expect(ledgerOf([OPENED, correction(), back(1), back(0)]).book(BOOK).opening).toBeUndefined();
  });

  it('may not leave a later day below zero', () => {
    const spent = { kind: 'money-movement', from: 'treasury', to: 'fiscal-account', reason: 'treasury-to-fiscal' };
    const lowered = { treasury: '600.01', 'net.pool': '0.01' };
    const given = [OPENED, { ...spent, amount: '400.00' }];
    expect(error(given, correction({ raised: { 'suspense.other': '0.00' }, lowered })).code).toBe('invalid-command');
    expect(error(given, correction({ raised: undefined, lowered: { ...lowered, 'net.pool': '600.01' } }))).toEqual({
      kind: 'refused',
      code: 'below-zero',
      details: [{ pointer: '/amount', code: 'below-zero', expected: 'at most 600.00 (treasury)', got: '600.01' }],
    });
  });

  const refusals: readonly [why: string, given: readonly Incoming[], fields: Record<string, unknown>, code: string][] =
    [
      ['there is no opening', [{ kind: 'contribution' }], { corrects: `${BOOK}-7` }, 'no-such-voucher'],
      ['it names another voucher', [{ kind: 'contribution' }], {}, 'not-an-opening'],
      ['it names the opening of another book', [OPENED], { corrects: 'book-employee-460200-0' }, 'no-such-voucher'],
      [
        'the opening was taken back',
        [OPENED, { kind: 'reversal', businessDate: '2025-01-01' }],
        {},
        'already-reversed',
      ],
      ['it is dated later', [OPENED], { businessDate: '2025-01-02' }, 'not-the-opening-day'],
      ['it does not balance', [OPENED], { lowered: undefined }, 'unbalanced'],
      ['it says nothing', [OPENED], { raised: undefined, lowered: undefined }, 'unbalanced'],
      [
        'a line is raised and lowered',
        [OPENED],
        { raised: { treasury: '2.00' }, lowered: { treasury: '1.00', 'net.pool': '1.00' } },
        'raised-and-lowered',
      ],
      [
        'the fund has no such account',
        [],
        { fund: 'resident', raised: { treasury: '1.00', 'net.personal': '1.00' }, lowered: undefined },
        'account-not-in-fund',
      ],
    ];
  it.each(refusals)('is refused where %s', (_, given, fields, code) => {
    expect(error(given, correction(fields)).code).toBe(code);
  });

  it('is malformed where it names income, or no opening', () => {
    expect(error([OPENED], correction({ raised: { 'income.premiums': '1.00' } })).code).toBe('invalid-command');
    expect(error([OPENED], correction({ corrects: undefined })).details).toMatchObject([{ pointer: '/corrects' }]);
  });

  it('is refused in both languages, with the way out', () => {
    const details = error([OPENED], correction({ businessDate: '2025-01-02' })).details;
    expect(details).toEqual([
      {
        pointer: '/businessDate',
        code: 'not-the-opening-day',
        expected: 'the day of the opening, 2025-01-01',
        got: '2025-01-02',
      },
    ]);
    expect(entriesText(event([OPENED], correction()).entries)).toEqual([
      'Dr treasury 70.00',
      'Cr suspense.other 20.00',
      'Dr advances.provider -50.00',
    ]);
  });
});
