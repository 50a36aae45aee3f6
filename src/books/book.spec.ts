import { describe, expect, it } from '@jest/globals';
import { error, event, type Incoming, ledgerOf, opened } from '../../test/given-when-then.js';
import { evolve } from './evolve.js';
import { copyBook, emptyBook, keyText } from './book-state.js';

const BOOK = 'book-employee-460100';
const contribution = (fields: Record<string, unknown> = {}): Incoming => ({ kind: 'contribution', ...fields });
const payout = (fields: Record<string, unknown> = {}): Incoming => ({
  kind: 'payout',
  offsets: undefined,
  amount: '100.00',
  ...fields,
});

describe('the dates of a book', () => {
  it.each([
    ['2025-05-13', '2025-05-12', 'date-in-future', 'no later than 2025-05-12'],
    ['2099-12-31', '2025-05-12', 'date-in-future', 'no later than 2025-05-12'],
  ])('a voucher of %s is refused on %s', (businessDate, today, code, expected) => {
    expect(error([], contribution({ businessDate }), today)).toEqual({
      kind: 'refused',
      code,
      details: [{ pointer: '/businessDate', code, expected, got: businessDate }],
    });
  });

  it('a voucher of today is accepted', () => {
    expect(ledgerOf([contribution({ businessDate: '2025-05-12' })], '2025-05-12').book(BOOK).revision).toBe(0);
  });

  it('a voucher before the opening is refused, one of its day is accepted', () => {
    expect(error([opened()], contribution({ businessDate: '2024-12-31' }))).toEqual({
      kind: 'refused',
      code: 'date-before-opening',
      details: [
        {
          pointer: '/businessDate',
          code: 'date-before-opening',
          expected: 'no earlier than 2025-01-01',
          got: '2024-12-31',
        },
      ],
    });
    expect(event([opened()], contribution({ businessDate: '2025-01-01' })).voucherNumber).toBe(1);
  });

  it('a book without an opening begins with its first voucher, and takes an earlier one after it', () => {
    const ledger = ledgerOf([contribution(), contribution({ businessDate: '2020-02-29' })]);
    expect([ledger.book(BOOK).opening, ledger.book(BOOK).revision]).toEqual([undefined, 1]);
  });

  it.each(['2025-02-29', '2025-04-31', '2025-00-10', '1900-02-29', '2025-5-1', '20250501'])(
    'the day %s does not exist',
    (businessDate) => {
      expect(error([], contribution({ businessDate }))).toMatchObject({
        kind: 'invalid',
        details: [{ pointer: '/businessDate', code: 'date', got: `"${businessDate}"` }],
      });
    },
  );
});

describe('the numbers of a book', () => {
  it('follow each other without gaps, for each period and series by itself', () => {
    const ledger = ledgerOf([opened()]);
    const numbers = [
      contribution({ businessDate: '2025-01-31' }),
      contribution({ businessDate: '2025-02-01' }),
      payout({ businessDate: '2025-01-31' }),
      contribution({ businessDate: '2025-01-01' }),
      payout({ businessDate: '2025-01-02' }),
      contribution({ businessDate: '2025-02-28' }),
    ].map((when) => {
      const { period, voucherType, voucherNumber } = ledger.post(when);
      return `${period} ${voucherType} ${voucherNumber}`;
    });
    expect(numbers).toEqual([
      '2025-01 receipt 1',
      '2025-02 receipt 1',
      '2025-01 payment 1',
      '2025-01 receipt 2',
      '2025-01 payment 2',
      '2025-02 receipt 2',
    ]);
  });

  it('are not used up by what is refused', () => {
    const ledger = ledgerOf([contribution()]);
    expect(() => ledger.post(payout({ amount: '1234.51' }))).toThrow('below-zero');
    expect(ledger.post(contribution()).voucherNumber).toBe(2);
  });

  it('are each book’s own', () => {
    expect(event([contribution(), contribution()], contribution({ unit: '460200' })).voucherNumber).toBe(1);
  });
});

describe('the turnover of a book', () => {
  it('is bounded, so that no sum leaves 64 bits', () => {
    const most = { amount: '999999999999999.00', poolShare: '999999999999999.00', personalShare: '0.00' };
    const ledger = ledgerOf(Array.from({ length: 45 }, () => contribution(most)));
    expect(() => ledger.post(contribution(most))).toThrow('beyond-turnover');
    const least = { amount: '0.01', poolShare: '0.01', personalShare: '0.00' };
    expect(ledger.post(contribution(least)).voucherNumber).toBe(46);
  });
});

describe('the balances of a book', () => {
  it.each([
    ['an empty book', [], '0.01', 'at most 0.00 (expenditure-account)'],
    ['a full one', [opened()], '2000000.01', 'at most 2000000.00 (expenditure-account)'],
  ])('%s refuses to pay more than it holds, and says what it holds', (_, given, amount, expected) => {
    expect(error(given, payout({ amount }))).toEqual({
      kind: 'refused',
      code: 'below-zero',
      details: [{ pointer: '/amount', code: 'below-zero', expected, got: amount }],
    });
  });

  it('the last fen may be paid', () => {
    const ledger = ledgerOf([opened()]);
    ledger.post(payout({ amount: '2000000.00' }));
    expect(ledger.book(BOOK).balances.get('expenditure-account')).toBe(0n);
  });

  it('the money of one account does not pay for another', () => {
    const poor = { kind: 'opening-balance', balances: { 'fiscal-account': '9.00', 'net.pool': '9.00' } };
    expect(error([poor], payout({ amount: '0.01' })).code).toBe('below-zero');
    expect(event([poor], payout({ amount: '9.00', account: 'fiscal-account' })).voucherNumber).toBe(1);
  });

  it('the pool may spend more than it has: a deficit is a fact, an overdraft is not', () => {
    const balances = { 'expenditure-account': '500.00', 'net.pool': '100.00', 'net.personal': '400.00' };
    const ledger = ledgerOf([{ kind: 'opening-balance', balances }]);
    expect(ledger.post(payout({ amount: '500.00', share: 'pool' })).voucherNumber).toBe(1);
  });

  it('the personal accounts may not, whatever the bank holds', () => {
    const balances = { 'expenditure-account': '500.00', 'net.pool': '400.00', 'net.personal': '100.00' };
    const opening = { kind: 'opening-balance', balances };
    const paid = payout({ benefitKind: 'personal-account', share: undefined });
    expect(error([opening, paid], { ...paid, amount: '0.01' })).toEqual({
      kind: 'refused',
      code: 'below-zero',
      details: [{ pointer: '/amount', code: 'below-zero', expected: 'at most 0.00 (net.personal)', got: '0.01' }],
    });
    const credited = contribution({ amount: '50.00', poolShare: '0.00', personalShare: '50.00' });
    expect(event([opening, paid, credited], { ...paid, amount: '50.00' }).voucherNumber).toBe(2);
  });

  it('a liability is not paid back below zero', () => {
    const held = contribution({
      fund: 'resident',
      unit: '460200',
      businessDate: '2026-11-03',
      coverPeriod: '2027',
      poolShare: undefined,
      personalShare: undefined,
    });
    const ledger = ledgerOf([held]);
    expect(ledger.book('book-resident-460200').balances.get('suspense.advance-premiums')).toBe(-123_450n);
    ledger.post({
      kind: 'reversal',
      fund: 'resident',
      unit: '460200',
      businessDate: '2026-11-04',
      reverses: 'book-resident-460200-0',
    });
    expect(ledger.book('book-resident-460200').balances.get('suspense.advance-premiums')).toBe(0n);
  });
});

describe('who answers for a voucher', () => {
  it('maker and reviewer are two people', () => {
    expect(error([], contribution({ reviewer: 'wang' }))).toEqual({
      kind: 'refused',
      code: 'maker-is-reviewer',
      details: [
        { pointer: '/reviewer', code: 'maker-is-reviewer', expected: 'a reviewer other than wang', got: 'wang' },
      ],
    });
  });
});

describe('the state of a book', () => {
  it('remembers the last line of each file and nothing of a key', () => {
    const book = emptyBook();
    const fact = { kind: 'contribution', businessDate: '2025-01-01' };
    evolve(book, { ...fact, source: 'a', line: 2 });
    evolve(book, { ...fact, source: 'b', line: 7 });
    evolve(book, { ...fact, source: 'a', line: 5 });
    evolve(book, fact);
    expect([...book.sources]).toEqual([
      ['a', { line: 5, revision: 2 }],
      ['b', { line: 7, revision: 1 }],
    ]);
    expect(book.revision).toBe(3);
  });

  it('is copied whole: a change to the copy leaves the book as it was', () => {
    const ledger = ledgerOf([opened(), contribution(), { kind: 'reversal', reverses: `${BOOK}-1` }]);
    const book = ledger.book(BOOK);
    const copy = copyBook(book);
    expect(copy).toEqual(book);
    copy.balances.clear();
    copy.numbers.clear();
    copy.takenBack.clear();
    copy.corrected.set(1, 2);
    copy.days.add('treasury', '2025-01-01', -1n);
    copy.sources.set('a', { line: 1, revision: 0 });
    expect(ledger.book(BOOK)).toEqual(book);
    expect([book.balances.size > 0, book.takenBack.has(1), book.sources.size]).toEqual([true, true, 0]);
  });

  it('names a command by its key, or by its place in a file', () => {
    expect(keyText({ key: 'k' })).toBe('k');
    expect(keyText({ source: 'digest', line: 12 })).toBe('digest 12');
  });
});
