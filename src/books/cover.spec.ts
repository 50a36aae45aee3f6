import { describe, expect, it } from '@jest/globals';
import { error, event, type Incoming, ledgerOf, requestOf, TODAY } from '../../test/given-when-then.js';
import { decide } from './book.js';
import { evolve } from './evolve.js';
import { emptyBook } from './book-state.js';
import { credit, debit } from './entries.js';

const BOOK = 'book-employee-460100';
const contribution = (fields: Record<string, unknown> = {}): Incoming => ({ kind: 'contribution', ...fields });
const payout = (fields: Record<string, unknown> = {}): Incoming => ({
  kind: 'payout',
  offsets: undefined,
  amount: '100.00',
  ...fields,
});
const moved = (from: string, to: string, reason: string): Incoming => ({
  kind: 'money-movement',
  from,
  to,
  reason,
  amount: '100.00',
});

/** What may not fall below zero, each with what brings 100.00 into it, and what takes as much out of it. */
const SPENDING: readonly [line: string, brings: Incoming, spends: Incoming][] = [
  ['expenditure-account', moved('fiscal-account', 'expenditure-account', 'use-plan'), payout()],
  [
    'treasury',
    contribution({ amount: '100.00', poolShare: '100.00', personalShare: '0.00' }),
    moved('treasury', 'fiscal-account', 'treasury-to-fiscal'),
  ],
  [
    'fiscal-account/term',
    moved('fiscal-account', 'fiscal-account/term', 'term-deposit'),
    moved('fiscal-account/term', 'fiscal-account', 'term-deposit'),
  ],
  [
    '@personal',
    contribution({ amount: '100.00', poolShare: '0.00', personalShare: '100.00' }),
    payout({ benefitKind: 'personal-account', share: undefined, account: 'fiscal-account' }),
  ],
];

const keyOf = (line: string): string => (line === '@personal' ? 'net.personal' : line.split('/')[0]!);

describe('the balances of every day', () => {
  const FUNDED: Incoming = {
    kind: 'opening-balance',
    balances: { 'fiscal-account': '5000.00', 'net.pool': '5000.00' },
  };
  const on = (businessDate: string, incoming: Incoming): Incoming => ({ ...incoming, businessDate });

  it.each(SPENDING)('%s does not pay on 9 May what came on 20 May', (line, brings, spends) => {
    const ledger = ledgerOf([FUNDED, on('2025-05-20', brings)]);
    const key = keyOf(line);
    expect(error([FUNDED, on('2025-05-20', brings)], on('2025-05-09', spends))).toEqual({
      kind: 'refused',
      code: 'below-zero',
      details: [
        {
          pointer: '/amount',
          code: 'below-zero',
          expected: `at most 0.00 (${key}), or a business date from 2025-05-20 on`,
          got: '100.00',
        },
      ],
    });
    ledger.post(on('2025-05-20', spends));
    expect(ledger.book(BOOK).days.daysOf(line).at(-1)).toEqual(['2025-05-20', 0n]);
  });

  it.each(SPENDING)('%s does not pay early what later payments stand on', (line, brings, spends) => {
    const given = [FUNDED, on('2025-05-09', brings), on('2025-05-20', spends)];
    const { code, details } = error(given, on('2025-05-12', spends));
    expect([code, details[0]?.expected]).toEqual(['below-zero', `at most 0.00 (${keyOf(line)})`]);
  });

  it.each(SPENDING)('an early receipt of %s is not taken back under a later payment', (_, brings, spends) => {
    const back = { kind: 'reversal', businessDate: '2025-05-09', reverses: `${BOOK}-1` };
    const later = on('2025-05-30', brings);
    const given = [FUNDED, on('2025-05-09', brings), on('2025-05-20', spends), later];
    expect(error(given, back).code).toBe('below-zero');
    // From the day on which more came in it can be.
    expect(error(given, on('2025-05-29', back)).code).toBe('below-zero');
    expect(event(given, on('2025-05-30', back)).reverses).toBe(`${BOOK}-1`);
    const first = { kind: 'reversal', businessDate: '2025-05-20', reverses: `${BOOK}-2` };
    expect(ledgerOf([...given, first]).post(on('2025-05-20', back)).reverses).toBe(`${BOOK}-1`);
  });

  it('say in both languages which day, which account and what it holds then', () => {
    const ledger = ledgerOf([FUNDED, on('2025-05-20', SPENDING[0]![1])]);
    expect(() => ledger.post(on('2025-05-09', payout()))).toThrow(
      expect.objectContaining({
        text: {
          zh: '任何一日日终余额不得为负：支出户存款 2025-05-09 日终余额 0.00，将为 -100.00（收支两条线，财会〔2017〕28号）',
          en:
            'no day may end below zero: Expenditure account deposit holds 0.00 at the end of 2025-05-09, ' +
            'and would hold -100.00 (two lines of revenue and expenditure, 财会〔2017〕28号)',
        },
      }),
    );
  });

  it('that stood below zero by earlier rules may get better, and not worse', () => {
    const book = emptyBook();
    const fact = { kind: 'payout', businessDate: '2025-05-09', period: '2025-05', voucherType: 'payment' } as const;
    const entries = (fen: bigint) => [debit('benefits', fen, { share: 'pool' }), credit('expenditure-account', fen)];
    evolve(book, { ...fact, voucherNumber: 1, entries: entries(100_00n) });
    evolve(book, { ...fact, businessDate: '2025-05-20', voucherNumber: 2, entries: entries(-300_00n) });
    const move = (reason: object): Incoming => ({ kind: 'money-movement', businessDate: '2025-05-09', ...reason });
    const decided = (incoming: Incoming): unknown =>
      decide(book, requestOf(incoming, 'k').prepared, { key: 'k' }, TODAY);
    expect(() => decided(on('2025-05-10', payout({ amount: '0.01' })))).toThrow('below-zero');
    expect(() => decided(on('2025-05-20', payout({ amount: '200.00' })))).not.toThrow();
    const refill = { from: 'fiscal-account', to: 'expenditure-account', reason: 'use-plan', amount: '1.00' };
    expect(() => decided(move(refill))).toThrow('Fiscal account deposit');
    evolve(book, {
      ...fact,
      businessDate: '2025-05-01',
      voucherNumber: 3,
      entries: [debit('fiscal-account', 100_00n), credit('net.pool', 100_00n)],
    });
    expect(() => decided(move(refill))).not.toThrow();
  });
});
