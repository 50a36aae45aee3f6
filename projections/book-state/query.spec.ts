import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { evolve } from '../../src/books/evolve.js';
import { type BookState, emptyBook } from '../../src/books/book-state.js';
import { credit, debit } from '../../src/books/entries.js';
import { Books } from '../../src/books/handle.js';
import { readEvent } from '../../src/books/event.js';
import { FollowedLog, type GivenEvent } from '../../test/followed-log.js';
import { type Incoming, opened, requestOf } from '../../test/given-when-then.js';
import { bookState } from './projection.js';
import { readBookState } from './query.js';

const STREAM = 'book-employee-460100';
const BOOK = { fund: 'employee', unit: '460100', businessDate: '2025-05-12' };
const numbered = (voucherType: string, voucherNumber: number, period = '2025-05') => ({
  voucherType,
  voucherNumber,
  period,
});

const OPENING: GivenEvent = {
  ...BOOK,
  kind: 'opening-balance',
  businessDate: '2025-01-01',
  ...numbered('transfer', 1, '2025-01'),
  entries: [debit('treasury', 500_00n), credit('net.pool', 300_00n), credit('net.personal', 200_00n)],
};
const CONTRIBUTION: GivenEvent = {
  ...BOOK,
  kind: 'contribution',
  ...numbered('receipt', 1),
  entries: [
    debit('treasury', 100_00n),
    credit('income.premiums', 60_00n, { detail: 'employer', share: 'pool' }),
    credit('income.premiums', 40_00n, { detail: 'employer', share: 'personal' }),
  ],
};
const REVERSAL: GivenEvent = {
  ...CONTRIBUTION,
  kind: 'reversal',
  ...numbered('receipt', 2),
  reverses: `${STREAM}-1`,
  entries: [
    debit('treasury', -100_00n),
    credit('income.premiums', -60_00n, { detail: 'employer', share: 'pool' }),
    credit('income.premiums', -40_00n, { detail: 'employer', share: 'personal' }),
  ],
};
const lineOfFile = (line: number, voucherNumber: number): GivenEvent => ({
  ...CONTRIBUTION,
  ...numbered('receipt', voucherNumber),
  source: 'c0ffee',
  line,
});
const EVENTS = [OPENING, CONTRIBUTION, REVERSAL, lineOfFile(7, 3), lineOfFile(9, 4)];

describe('book state', () => {
  let log: FollowedLog;
  beforeEach(() => {
    log = new FollowedLog([bookState]);
  });
  afterEach(() => log.close());

  const read = (stream = STREAM): BookState | undefined => readBookState(log.asking().tables, stream);

  /** What the decider itself would hold after the same events. */
  async function folded(): Promise<BookState> {
    const book = emptyBook();
    for (const stored of await log.store.readStream(STREAM, { limit: 100 })) evolve(book, readEvent(stored));
    return book;
  }

  it.each([1, 2, 5])('is what the decider holds after the same events, followed in batches of %d', async (batch) => {
    for (const event of EVENTS) await log.append(event);
    await log.follow(batch);
    expect(read()).toEqual(await folded());
    expect(read()).toMatchObject({ revision: 4, opening: { revision: 0, businessDate: '2025-01-01' } });
    expect(read()?.balances.get('treasury')).toBe(700_00n);
    expect(read()?.balances.get('income.premiums/employer@personal')).toBe(-80_00n);
    expect(read()?.numbers.get('2025-05/receipt')).toBe(4);
    expect(read()?.takenBack).toEqual(new Set([1]));
    expect(read()?.sources).toEqual(new Map([['c0ffee', { line: 9, revision: 4 }]]));
  });

  it.each([1, 2, 5])('knows what was advanced to whom, followed in batches of %d', async (batch) => {
    const paid = (counterparty: string, voucherNumber: number, fen: bigint): GivenEvent => ({
      ...BOOK,
      kind: 'advance-payment',
      counterparty,
      ...numbered('payment', voucherNumber),
      entries: [debit('advances.off-site', fen), credit('treasury', fen)],
    });
    const { counterparty, ...back } = paid('440100', 3, -50_00n);
    const registers = { 'advances.off-site': '440100' };
    const reversal: GivenEvent = { ...back, kind: 'reversal', reverses: `${STREAM}-1`, registers };
    for (const event of [OPENING, paid('440100', 1, 50_00n), paid('450100', 2, 20_00n), reversal])
      await log.append(event);
    await log.follow(batch);
    expect(read()).toEqual(await folded());
    expect(read()?.days.daysOf('advances.off-site#440100')).toEqual([['2025-05-12', 0n]]);
    expect(read()?.days.daysOf('advances.off-site#450100')).toEqual([['2025-05-12', 20_00n]]);
    expect(read()?.days.daysOf('advances.off-site#')).toEqual([]);
  });

  it.each([1, 2, 5])('knows the opening that stands, followed in batches of %d', async (batch) => {
    const back = (reverses: number, voucherNumber: number): GivenEvent => ({
      ...OPENING,
      kind: 'reversal',
      ...numbered('transfer', voucherNumber, '2025-01'),
      reverses: `${STREAM}-${reverses}`,
      entries: [debit('treasury', -500_00n), credit('net.pool', -300_00n), credit('net.personal', -200_00n)],
    });
    const again: GivenEvent = { ...OPENING, ...numbered('transfer', 3, '2025-01'), businessDate: '2025-01-02' };
    for (const [event, opening] of [
      [OPENING, { revision: 0, businessDate: '2025-01-01' }],
      [back(0, 2), undefined],
      [again, { revision: 2, businessDate: '2025-01-02' }],
      [back(2, 4), undefined],
    ] as const) {
      await log.append(event);
      await log.follow(batch);
      expect(read()).toEqual(await folded());
      expect(read()?.opening).toEqual(opening);
    }
  });

  it('knows the closes that stand, and of a closed year its last day alone', async () => {
    const books = new Books(log.store, () => Date.UTC(2026, 11, 31));
    const close = (kind: string, businessDate: string, more: object = {}): Incoming => ({
      kind,
      businessDate,
      ...more,
    });
    const given: readonly Incoming[] = [
      { ...opened(), businessDate: '2025-11-01' },
      close('contribution', '2025-11-05'),
      close('period-close', '2025-11-30'),
      close('contribution', '2025-12-05'),
      close('period-close', '2025-12-31'),
      close('period-reopening', '2025-12-31', { reverses: `${STREAM}-4` }),
      close('contribution', '2025-12-06'),
      close('year-close', '2025-12-31'),
      close('contribution', '2026-01-05'),
      close('period-close', '2026-01-31'),
      close('period-reopening', '2026-01-31', { reverses: `${STREAM}-9` }),
    ];
    for (const [index, command] of given.entries()) {
      await books.post(requestOf(command, `key-${index}`));
      await log.follow();
      expect(read()).toEqual(await folded());
    }
    expect(read()?.closings.map(({ revision }) => revision)).toEqual([7]);
    expect(
      read()
        ?.days.daysOf('treasury')
        .map(([day]) => day),
    ).toEqual(['2025-12-31', '2026-01-05']);
  });

  it('stays as it is when there is nothing more to follow', async () => {
    for (const event of EVENTS) await log.append(event);
    await log.follow();
    const before = log.contents();
    await log.follow();
    expect(log.contents()).toEqual(before);
  });

  it('keeps books apart', async () => {
    await log.append(OPENING);
    await log.append({ ...CONTRIBUTION, unit: '460200' });
    await log.follow();
    expect(read()?.balances.get('treasury')).toBe(500_00n);
    expect(read('book-employee-460200')?.opening).toBeUndefined();
    expect(read('book-employee-460200')?.balances.get('treasury')).toBe(100_00n);
  });

  it('does not know a book without events', async () => {
    await log.append(OPENING);
    await log.follow();
    expect(read('book-resident-460100')).toBeUndefined();
  });

  it('does not know a register of memos, whose state is all that stands in it', async () => {
    await log.append({ ...BOOK, stream: 'case-C-1', kind: 'penalty', amount: '1000.00' });
    await log.follow();
    expect(read('case-C-1')).toBeUndefined();
  });
});
