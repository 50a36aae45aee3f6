import { describe, expect, it } from '@jest/globals';
import { type Incoming, requestOf } from '../../test/given-when-then.js';
import { MemoryEventStore } from '../event-store/memory.js';
import { readEvent } from './event.js';
import { Books } from './handle.js';

const BOOK = 'book-employee-460100';
const NOW = Date.UTC(2025, 5, 30, 4, 5, 6, 789);
const clock = (): number => NOW;

const contribution = (fields: Record<string, unknown> = {}): Incoming => ({ kind: 'contribution', ...fields });
const spent: Incoming = {
  kind: 'money-movement',
  amount: '1000.00',
  from: 'treasury',
  to: 'fiscal-account',
  reason: 'treasury-to-fiscal',
};

const eventsOf = async (store: MemoryEventStore, stream = BOOK) =>
  (await store.readStream(stream, { limit: 10_000 })).map(readEvent);

const code = (wanted: string) => expect.objectContaining({ code: wanted });

describe('posting', () => {
  it('answers with where the event stands, once it stands there', async () => {
    const store = new MemoryEventStore();
    const books = new Books(store, clock);
    await books.post(requestOf(contribution({ unit: '460200' }), 'other'));
    expect(await books.post(requestOf(contribution(), 'first'))).toEqual({
      replayed: false,
      receipt: {
        id: `${BOOK}-0`,
        book: 'employee-460100',
        revision: 0,
        position: 2,
        voucherNumber: '2025-05-收-0001',
        recordedAt: '2025-06-30T04:05:06.789Z',
        entries: [
          { account: 'treasury', debit: '1234.50' },
          { account: 'income.premiums', detail: 'employer', share: 'pool', credit: '900.00' },
          { account: 'income.premiums', detail: 'employer', share: 'personal', credit: '334.50' },
        ],
      },
    });
    expect(await eventsOf(store)).toHaveLength(1);
  });

  it('answers a penalty without book and number, but with its findings', async () => {
    const { receipt } = await new Books(new MemoryEventStore(), clock).post(requestOf({ kind: 'penalty' }, 'p'));
    expect(receipt).toMatchObject({ id: 'case-HK-2025-0007-0', book: null, voucherNumber: null, entries: [] });
    expect(receipt!.findings).toMatchObject([{ code: 'fine-out-of-range' }]);
  });

  it('refuses without appending, and goes on', async () => {
    const store = new MemoryEventStore();
    const books = new Books(store, clock);
    const answers = await Promise.allSettled([
      books.post(requestOf(contribution(), 'a')),
      books.post(requestOf({ ...spent, amount: '1234.51' }, 'b')),
      books.post(requestOf(spent, 'c')),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await eventsOf(store)).map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      'contribution a',
      'money-movement c',
    ]);
  });

  it('tells a key that looks like a place in a file from that place', async () => {
    const store = new MemoryEventStore();
    const books = new Books(store, clock);
    const [source, line] = ['ab'.repeat(16), 7];
    const answers = await Promise.all([
      books.post(requestOf(contribution(), { source, line })),
      books.post(requestOf(contribution({ headcount: 13 }), `${source}#${line}`)),
    ]);
    expect(answers.map(({ replayed }) => replayed)).toEqual([false, false]);
    expect(await eventsOf(store)).toMatchObject([
      { source, line },
      { key: `${source}#${line}`, headcount: 13 },
    ]);
  });

  it('takes back a voucher posted a moment before, in the same append', async () => {
    const store = new MemoryEventStore();
    const books = new Books(store, clock);
    const [, red, again] = await Promise.allSettled([
      books.post(requestOf(contribution(), 'a')),
      books.post(requestOf({ kind: 'reversal' }, 'b')),
      books.post(requestOf({ kind: 'reversal' }, 'c')),
    ]);
    expect(red).toMatchObject({ status: 'fulfilled', value: { receipt: { voucherNumber: '2025-05-收-0002' } } });
    expect(again).toMatchObject({ status: 'rejected', reason: code('already-reversed') });
  });

  it.each([
    ['is an instant before midnight in Shanghai', '2025-05-12T15:59:59.999Z', 'rejected'],
    ['is midnight in Shanghai', '2025-05-12T16:00:00.000Z', 'fulfilled'],
  ])('takes a voucher of 13 May when it %s', async (_, now, status) => {
    const books = new Books(new MemoryEventStore(), () => Date.parse(now));
    const [answer] = await Promise.allSettled([
      books.post(requestOf(contribution({ businessDate: '2025-05-13' }), 'a')),
    ]);
    expect(answer.status).toBe(status);
  });
});

describe('the same key again', () => {
  it('gets the first answer, also from another process later', async () => {
    const store = new MemoryEventStore();
    const first = await new Books(store, clock).post(requestOf(contribution(), 'k'));
    const later = new Books(store, () => NOW + 9e11);
    await later.post(requestOf(contribution(), 'l'));
    const again = await later.post(requestOf(contribution({ amount: '01234.5' }), 'k'));
    expect(again).toEqual({ receipt: first.receipt, replayed: true });
    expect(await eventsOf(store)).toHaveLength(2);
  });

  it.each([
    ['another amount', contribution({ amount: '1234.51', poolShare: '900.01' })],
    ['one field more', contribution({ caseId: 'C-1' })],
    ['another kind', { kind: 'interest' }],
  ])('with %s is refused', async (_, other) => {
    const books = new Books(new MemoryEventStore(), clock);
    await books.post(requestOf(contribution(), 'k'));
    await expect(books.post(requestOf(other, 'k'))).rejects.toMatchObject({
      kind: 'refused',
      code: 'key-used-before',
      details: [
        {
          pointer: 'Idempotency-Key',
          expected: { en: `the command of ${BOOK}-0 again, or a new key` },
          got: 'k',
        },
      ],
    });
  });

  it('a thousand times at once is one event and a thousand equal answers', async () => {
    const store = new MemoryEventStore();
    const books = new Books(store, clock);
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, () => books.post(requestOf(contribution(), 'once'))),
    );
    expect(new Set(answers.map(({ receipt }) => JSON.stringify(receipt))).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await eventsOf(store)).toHaveLength(1);
  });

  it('is another key in another book', async () => {
    const books = new Books(new MemoryEventStore(), clock);
    await books.post(requestOf(contribution(), 'k'));
    const other = await books.post(requestOf(contribution({ unit: '460200' }), 'k'));
    expect(other).toMatchObject({ replayed: false, receipt: { id: 'book-employee-460200-0' } });
  });

  it('may be used for something else where the first was refused', async () => {
    const books = new Books(new MemoryEventStore(), clock);
    await expect(books.post(requestOf(spent, 'k'))).rejects.toMatchObject({ code: 'below-zero' });
    expect((await books.post(requestOf(contribution(), 'k'))).replayed).toBe(false);
  });
});

describe('the lines of a file', () => {
  const line = (number: number) => requestOf(contribution(), { source: 'digest', line: number });

  it('are posted in their order and never twice, also from another process', async () => {
    const store = new MemoryEventStore();
    const books = new Books(store, clock);
    const posted = await Promise.all([books.post(line(2)), books.post(line(3)), books.post(line(3))]);
    expect(posted.map(({ replayed }) => replayed)).toEqual([false, false, true]);
    expect(posted[0]).toEqual({ receipt: undefined, replayed: false });
    const later = new Books(store, clock);
    expect((await later.post(line(2))).replayed).toBe(true);
    expect((await later.post(line(7))).replayed).toBe(false);
    expect((await eventsOf(store)).map((event) => [event.source, event.line, event.key])).toEqual([
      ['digest', 2, undefined],
      ['digest', 3, undefined],
      ['digest', 7, undefined],
    ]);
  });

  it('of one file say nothing about another', async () => {
    const books = new Books(new MemoryEventStore(), clock);
    await books.post(line(9));
    expect((await books.post(requestOf(contribution(), { source: 'other', line: 1 }))).replayed).toBe(false);
  });
});

describe('an expected revision', () => {
  it.each([
    [-1, []],
    [0, ['a']],
    [1, ['a', 'b']],
  ])('of %i is right after %j', async (revision, keys) => {
    const books = new Books(new MemoryEventStore(), clock);
    for (const key of keys) await books.post(requestOf(contribution(), key));
    expect((await books.post(requestOf(contribution(), 'last', revision))).receipt!.revision).toBe(revision + 1);
  });

  it('that the book has left behind is a conflict, but not for a key that was recorded', async () => {
    const books = new Books(new MemoryEventStore(), clock);
    await books.post(requestOf(contribution(), 'a', -1));
    await books.post(requestOf(contribution(), 'b', 0));
    await expect(books.post(requestOf(contribution(), 'c', 0))).rejects.toMatchObject({
      kind: 'conflict',
      code: 'revision-moved-on',
      details: [{ pointer: 'If-Match', expected: { en: '"1"' }, got: '"0"' }],
    });
    expect((await books.post(requestOf(contribution(), 'b', 0))).replayed).toBe(true);
  });
});

describe('a preview', () => {
  it('says what would follow and changes nothing', async () => {
    const store = new MemoryEventStore();
    const books = new Books(store, clock);
    await books.post(requestOf(contribution(), 'a'));
    const { fact, before, after } = await books.preview(requestOf(spent, 'b'));
    expect(fact).toMatchObject({ period: '2025-05', voucherType: 'payment', voucherNumber: 1 });
    expect([before.balances.get('treasury'), after.balances.get('treasury')]).toEqual([123_450n, 23_450n]);
    expect([before.revision, after.revision]).toEqual([0, 1]);
    expect(await store.head()).toBe(1);
    expect((await books.stateOf(BOOK)).revision).toBe(0);
  });

  it('refuses what would be refused', async () => {
    const books = new Books(new MemoryEventStore(), clock);
    await expect(books.preview(requestOf(spent, 'a'))).rejects.toMatchObject({ code: 'below-zero' });
    await expect(books.preview(requestOf({ kind: 'reversal' }, 'a'))).rejects.toMatchObject({
      code: 'no-such-voucher',
    });
  });
});

describe('a copy of a book to try a file on', () => {
  it('has nothing of what is on its way, which may not come to stand', async () => {
    const reached = Promise.withResolvers<void>();
    const failed = Promise.withResolvers<never>();
    const store = new MemoryEventStore();
    const append = store.append.bind(store);
    store.append = () => {
      store.append = append;
      reached.resolve();
      return failed.promise;
    };
    const books = new Books(store, clock);
    const lost = books.post(requestOf(contribution(), 'lost'));
    await reached.promise;
    const looked = books.stateOf(BOOK);
    failed.reject(new Error('no answer'));
    await expect(lost).rejects.toMatchObject({ code: 'store-unavailable' });
    expect((await looked).revision).toBe(-1);
    // With the lost voucher in it, it would fit behind whatever took that one's place.
    await books.post(requestOf(contribution({ headcount: 13 }), 'another'));
    const state = await books.stateOf(BOOK);
    const { fact } = await books.preview(requestOf(contribution(), { source: 'digest', line: 1 }));
    expect([state.revision, fact.voucherNumber]).toEqual([0, 2]);
  });
});
