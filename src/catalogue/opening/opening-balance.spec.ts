import { describe, expect, it } from '@jest/globals';
import { BEFORE_ADOPTION } from '../../reference/built-in.js';
import { entriesText, error, event, type Incoming, ledgerOf } from '../../../test/given-when-then.js';

const opening = (fields: Record<string, unknown> = {}) => ({ kind: 'opening-balance', ...fields });

describe('an opening balance', () => {
  it('puts assets in debit, liabilities and net assets in credit, and opens the book', () => {
    const ledger = ledgerOf([]);
    expect(ledger.post(opening())).toStrictEqual({
      kind: 'opening-balance',
      key: 'key-opening-balance',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: '1999-01-01',
      period: '2025-01',
      voucherType: 'transfer',
      voucherNumber: 1,
      fund: 'employee',
      unit: '460100',
      businessDate: '2025-01-01',
      evidence: { kind: 'balance-sheet', number: 'HK-2024-12', sha256: '01'.repeat(32) },
      maker: 'wang',
      reviewer: 'li',
      note: '二〇二五年期初',
      balances: {
        'income-account': '0.50',
        'expenditure-account': '2000000.00',
        'fiscal-account': '8000000.00',
        'fiscal-account/term': '5000000.00',
        treasury: '1000000.00',
        'advances.provider': '300000.00',
        'suspense.to-refund': '100000.50',
        'net.pool': '10200000.00',
        'net.personal': '6000000.00',
      },
      entries: [
        { account: 'income-account', debit: '0.50' },
        { account: 'expenditure-account', debit: '2000000.00' },
        { account: 'fiscal-account', debit: '8000000.00' },
        { account: 'fiscal-account', detail: 'term', debit: '5000000.00' },
        { account: 'treasury', debit: '1000000.00' },
        { account: 'advances.provider', debit: '300000.00' },
        { account: 'suspense.to-refund', credit: '100000.50' },
        { account: 'net.pool', credit: '10200000.00' },
        { account: 'net.personal', credit: '6000000.00' },
      ],
    });
    expect(ledger.book('book-employee-460100').opening).toEqual({ revision: 0, businessDate: '2025-01-01' });
    expect(ledger.book('book-employee-460100').balances.get('fiscal-account/term')).toBe(500_000_000n);
  });

  it('lists its accounts in the order of the chart, whatever the order they came in', () => {
    const balances = { 'net.risk': '1', loans: '2', bonds: '3' };
    expect(entriesText(event([], opening({ balances })).entries)).toEqual([
      'Dr bonds 3.00',
      'Cr loans 2.00',
      'Cr net.risk 1.00',
    ]);
  });

  it('may hold every account of assets, liabilities and net assets, each detail too', () => {
    const { chart } = BEFORE_ADOPTION.on('2025-01-01');
    const lines = chart.lines(({ kind }) => ['asset', 'liability', 'net'].includes(kind));
    const owed = lines.filter((line) => /^(suspense|loans|net)/.test(line));
    const assets = lines.filter((line) => !owed.includes(line));
    const amounts = (of: readonly string[], rest: string): [string, string][] =>
      of.map((line, index) => [line, index === 0 ? rest : '1.00']);
    const balances = Object.fromEntries([
      ...amounts(assets, `${101 - assets.length}.00`),
      ...amounts(owed, `${101 - owed.length}.00`),
    ]);
    expect(lines.length).toBeGreaterThan(20);
    expect(event([], opening({ balances })).entries).toHaveLength(lines.length);
  });

  it.each([
    ['is unbalanced', { 'fiscal-account': '2.00', 'net.pool': '1.00' }, 'credits of 2.00', '1.00'],
    ['has one side only', { 'net.pool': '1.00' }, 'credits of 0.00', '1.00'],
  ])('is refused where it %s', (_, balances, expected, got) => {
    expect(error([], opening({ balances }))).toEqual({
      kind: 'refused',
      code: 'unbalanced',
      details: [{ pointer: '', code: 'unbalanced', expected, got }],
    });
  });

  it.each([
    ['income', { 'fiscal-account': '1.00', 'income.premiums': '1.00' }],
    ['nothing', {}],
    ['the treasury fines', { 'fiscal-account': '1.00', 'income.fines': '1.00' }],
  ])('is malformed where it opens with %s', (_, balances) => {
    expect(error([], opening({ balances }))).toMatchObject({
      kind: 'invalid',
      code: 'invalid-command',
      details: [{ pointer: '/balances', code: 'amounts' }],
    });
  });

  it('names each account whose amount is none', () => {
    const balances = { 'fiscal-account': '0.00', treasury: '1.00', 'net.pool': '0' };
    expect(error([], opening({ balances }))).toMatchObject({
      kind: 'invalid',
      details: [
        { pointer: '/balances/fiscal-account', code: 'amount-format', got: '"0.00"' },
        { pointer: '/balances/net.pool', code: 'amount-format', got: '"0"' },
      ],
    });
  });

  it.each(['resident', 'assistance'])('is refused personal accounts in the %s fund', (fund) => {
    const balances = { 'fiscal-account': '1.00', 'net.personal': '1.00' };
    expect(error([], opening({ fund, balances }))).toMatchObject({
      code: 'account-not-in-fund',
      details: [{ code: 'account-not-in-fund', got: 'net.personal' }],
    });
  });

  it('comes first or not at all, and once', () => {
    for (const given of [opening(), { kind: 'contribution' }]) {
      const expected = expect.stringMatching(/^a book without vouchers.*\(opening-correction\)$/) as unknown;
      const revision = { expected, got: 'revision 0' };
      expect(error([given], opening({ businessDate: '2025-06-01' }))).toEqual({
        kind: 'refused',
        code: 'book-already-open',
        details: [{ pointer: '', code: 'book-already-open', ...revision }],
      });
    }
  });

  it('taken back is recorded again, on an earlier day or a later one', () => {
    const back = (businessDate: string, revision: number): Incoming => ({
      kind: 'reversal',
      businessDate,
      reverses: `book-employee-460100-${revision}`,
    });
    const balances = { treasury: '7.00', 'net.pool': '7.00' };
    const ledger = ledgerOf([opening({ businessDate: '2025-03-01' }), back('2025-03-01', 0)]);
    expect(ledger.book('book-employee-460100').opening).toBeUndefined();
    expect(ledger.post(opening({ balances })).voucherNumber).toBe(1);
    expect(ledger.book('book-employee-460100').opening).toEqual({ revision: 2, businessDate: '2025-01-01' });
    ledger.post(back('2025-01-01', 2));
    expect(ledger.post(opening({ balances, businessDate: '2025-04-02' })).voucherNumber).toBe(1);
    const left = Object.entries(ledger.balances()['book-employee-460100']!).filter(([, fen]) => fen !== '0');
    expect(Object.fromEntries(left)).toEqual({ treasury: '700', 'net.pool': '-700' });
    expect(() => ledger.post({ kind: 'contribution', businessDate: '2025-04-01' })).toThrow('date-before-opening');
    expect(() => ledger.post(opening({ businessDate: '2025-04-03' }))).toThrow('book-already-open');
  });

  it('is taken back on its own day: else the days between would have it and the one recorded instead', () => {
    const back = { kind: 'reversal', businessDate: '2025-02-01', reverses: 'book-employee-460100-0' };
    expect(error([opening()], back)).toEqual({
      kind: 'refused',
      code: 'not-the-opening-day',
      details: [
        {
          pointer: '/businessDate',
          code: 'not-the-opening-day',
          expected: 'the day of the opening, 2025-01-01',
          got: '2025-02-01',
        },
      ],
    });
    const days = (total: string, given: readonly Incoming[]): readonly (readonly [string, bigint])[] =>
      ledgerOf([...given, opening({ balances: { treasury: total, 'net.pool': total } })])
        .book('book-employee-460100')
        .days.daysOf('treasury');
    const first = opening({ balances: { treasury: '1000.00', 'net.pool': '1000.00' } });
    expect(days('900.00', [first, { ...back, businessDate: '2025-01-01' }])).toEqual([['2025-01-01', 900_00n]]);
  });

  it('follows vouchers that came before it by mistake, once they are taken back', () => {
    const mistaken: Incoming[] = [{ kind: 'contribution', businessDate: '2025-02-03' }];
    expect(error(mistaken, opening()).code).toBe('book-already-open');
    const back: Incoming = { kind: 'reversal', businessDate: '2025-02-03', reverses: 'book-employee-460100-0' };
    expect(event([...mistaken, back], opening()).voucherNumber).toBe(1);
  });

  it('is not taken back while a voucher stands on it', () => {
    const back = (revision: number, businessDate = '2025-06-01'): Incoming => ({
      kind: 'reversal',
      businessDate,
      reverses: `book-employee-460100-${revision}`,
    });
    const given = [opening(), { kind: 'contribution' }];
    expect(error(given, back(0, '2025-01-01'))).toEqual({
      kind: 'refused',
      code: 'opening-carries-vouchers',
      details: [
        {
          pointer: '/reverses',
          code: 'opening-carries-vouchers',
          expected: 'an opening balance on which no voucher stands, or a correction of it (opening-correction)',
          got: 'book-employee-460100-0',
        },
      ],
    });
    const ledger = ledgerOf([...given, back(1), back(0, '2025-01-01')]);
    expect(ledger.book('book-employee-460100').opening).toBeUndefined();
    expect(new Set(ledger.book('book-employee-460100').balances.values())).toEqual(new Set([0n]));
  });

  it('leaves every other book as it was', () => {
    const ledger = ledgerOf([opening(), opening({ unit: '460200' })]);
    const { revision } = ledger.book('book-employee-460200');
    ledger.post({ kind: 'contribution' });
    expect([revision, ledger.book('book-employee-460200').revision]).toEqual([0, 0]);
  });
});
