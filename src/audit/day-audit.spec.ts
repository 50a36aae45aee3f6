import { describe, expect, it } from '@jest/globals';
import { Books } from '../books/handle.js';
import { MemoryEventStore } from '../event-store/memory.js';
import { type Incoming, requestOf } from '../../test/given-when-then.js';
import { auditLog } from './log-audit.js';

const NOW = Date.UTC(2025, 11, 31);
const BOOK = 'book-employee-460100';
const on = (businessDate: string, kind: string, more: object = {}): Incoming => ({ kind, businessDate, ...more });
const OPENED = on('2025-01-01', 'opening-balance', { balances: { 'fiscal-account': '10.00', 'net.pool': '10.00' } });
const received = (day: string, more: object = {}): Incoming =>
  on(day, 'contribution', {
    account: 'fiscal-account',
    amount: '100.00',
    poolShare: '60.00',
    personalShare: '40.00',
    ...more,
  });
const paid = (day: string, amount: string, more: object = {}): Incoming =>
  on(day, 'payout', { account: 'fiscal-account', amount, offsets: undefined, ...more });

/** The notes on a log in which each event was moved to another business day where one is given, as it once could be. */
async function notesOn(given: readonly (readonly [Incoming, moved?: string])[]) {
  const sound = new MemoryEventStore();
  const books = new Books(sound, () => NOW);
  for (const [index, [incoming]] of given.entries()) await books.post(requestOf(incoming, `key-${index}`));
  const store = new MemoryEventStore();
  for (const [index, stored] of (await sound.readStream(BOOK, { limit: 100 })).entries()) {
    const moved = given[index]![1];
    const event = JSON.parse(stored.data) as object;
    const data = JSON.stringify(moved === undefined ? event : { ...event, businessDate: moved });
    await store.append(BOOK, index === 0 ? 'no-stream' : index - 1, [
      { type: stored.type, data, key: `key-${index}`, keyIndexed: true },
    ]);
  }
  const { breaches, notes } = await auditLog(store, [], () => undefined, { nowMs: NOW, boundMs: Infinity });
  expect(breaches).toEqual([]);
  return notes.map(({ id, invariant, expected, got }) => `${id} ${invariant}: ${expected}, ${got}`);
}

describe('the audit of every day', () => {
  it('finds nothing where each day was covered when it was written on', async () => {
    expect(await notesOn([[OPENED], [received('2025-05-20')], [paid('2025-05-20', '110.00')]])).toEqual([]);
    expect(await notesOn([[OPENED], [received('2025-05-20')], [paid('2025-05-09', '10.00')]])).toEqual([]);
  });

  it('notes the first day that a voucher of earlier rules left below zero', async () => {
    const given = [[OPENED], [received('2025-05-20')], [paid('2025-05-21', '60.00'), '2025-05-09']] as const;
    expect(await notesOn(given)).toEqual([
      `${BOOK}-2 rules-of-today: fiscal-account of 0.00 or more at the end of 2025-05-09, -50.00`,
    ]);
  });

  it('notes personal accounts that were spent before they were filled', async () => {
    const share = { benefitKind: 'personal-account', share: undefined };
    const given = [[OPENED], [received('2025-05-20')], [paid('2025-05-20', '9.00', share), '2025-05-09']] as const;
    expect(await notesOn(given)).toEqual([
      `${BOOK}-2 rules-of-today: personal accounts of 0.00 or more at the end of 2025-05-09, -9.00`,
    ]);
  });

  it('notes an early receipt that was taken back under later payments', async () => {
    const back = on('2025-05-30', 'reversal', { reverses: `${BOOK}-1` });
    const given = [
      [OPENED],
      [received('2025-05-09')],
      [paid('2025-05-20', '60.00')],
      [received('2025-05-30')],
    ] as const;
    expect(await notesOn([...given, [back]])).toEqual([]);
    expect(await notesOn([...given, [back, '2025-05-19']])).toEqual([
      `${BOOK}-4 rules-of-today: fiscal-account of 0.00 or more at the end of 2025-05-20, -50.00`,
    ]);
  });

  it('notes an opening that was taken back on a later day: until then it stood beside the next', async () => {
    const back = on('2025-01-01', 'reversal', { reverses: `${BOOK}-0` });
    expect(await notesOn([[OPENED], [back], [OPENED]])).toEqual([]);
    expect(await notesOn([[OPENED], [back, '2025-01-20'], [OPENED]])).toEqual([
      `${BOOK}-1 rules-of-today: the day of the opening it takes back, 2025-01-01, 2025-01-20`,
    ]);
  });
});
