import { describe, expect, it } from '@jest/globals';
import { type Incoming, requestOf } from '../../test/given-when-then.js';
import { type Appended, type ExpectedRevision, type NewEvent } from '../event-store/event-store.js';
import { MemoryEventStore } from '../event-store/memory.js';
import { emptyBook } from './book-state.js';
import { readEvent } from './event.js';
import { Books } from './handle.js';

const BOOK = 'book-employee-460100';
const clock = (): number => Date.UTC(2025, 5, 30);
const contribution: Incoming = { kind: 'contribution' };
const spent: Incoming = {
  kind: 'money-movement',
  amount: '1000.00',
  from: 'treasury',
  to: 'fiscal-account',
  reason: 'treasury-to-fiscal',
};

const eventsOf = async (store: MemoryEventStore) => (await store.readStream(BOOK, { limit: 100 })).map(readEvent);

/** A store on which something happens just before the next append: another node is faster, or the disk fails. */
class InterruptedStore extends MemoryEventStore {
  interruption: (() => Promise<unknown>) | undefined;

  override async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    const { interruption } = this;
    this.interruption = undefined;
    await interruption?.();
    return super.append(stream, expected, events);
  }
}

describe('another node', () => {
  it('that was faster is read, and the command decided again', async () => {
    const store = new InterruptedStore();
    const [here, there] = [new Books(store, clock), new Books(store, clock)];
    store.interruption = () => there.post(requestOf(contribution, 'there'));
    const { receipt } = await here.post(requestOf(contribution, 'here'));
    expect([receipt!.revision, receipt!.voucherNumber, here.conflicts]).toEqual([1, '2025-05-收-0002', 1]);
  });

  it('that posted the same key was first', async () => {
    const store = new InterruptedStore();
    const [here, there] = [new Books(store, clock), new Books(store, clock)];
    store.interruption = () => there.post(requestOf(contribution, 'k'));
    expect((await here.post(requestOf(contribution, 'k'))).replayed).toBe(true);
    expect(await eventsOf(store)).toHaveLength(1);
  });

  it('that spent the money first leaves nothing to spend', async () => {
    const store = new InterruptedStore();
    const [here, there] = [new Books(store, clock), new Books(store, clock)];
    await here.post(requestOf(contribution, 'a'));
    store.interruption = () => there.post(requestOf(spent, 'there'));
    await expect(here.post(requestOf(spent, 'here'))).rejects.toMatchObject({ code: 'below-zero' });
    expect(await eventsOf(store)).toHaveLength(2);
  });

  it('does not make good what was refused: its client has been told', async () => {
    const store = new InterruptedStore();
    const [here, there] = [new Books(store, clock), new Books(store, clock)];
    store.interruption = () => there.post(requestOf(contribution, 'there'));
    const [refused, posted] = await Promise.allSettled([
      here.post(requestOf(spent, 'too early')),
      here.post(requestOf(contribution, 'here')),
    ]);
    expect([refused.status, posted.status]).toEqual(['rejected', 'fulfilled']);
    expect((await eventsOf(store)).map(({ key }) => key)).toEqual(['there', 'here']);
  });
});

describe('a store that fails', () => {
  it('makes the command unavailable, and the next one reads what really stands', async () => {
    const store = new InterruptedStore();
    const books = new Books(store, clock);
    store.interruption = () => Promise.reject(new Error('disk full'));
    await expect(books.post(requestOf(contribution, 'a'))).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'store-unavailable',
      message: 'store-unavailable: the event store is unavailable: disk full',
    });
    const { receipt, replayed } = await books.post(requestOf(contribution, 'a'));
    expect([receipt!.revision, receipt!.voucherNumber, replayed]).toEqual([0, '2025-05-收-0001', false]);
  });
});

describe('opening a book', () => {
  it('reads its snapshot and what came after, and decides as if it had read all', async () => {
    const store = new MemoryEventStore();
    const first = new Books(store, clock);
    await first.post(requestOf(contribution, 'a'));
    const snapshot = await first.stateOf(BOOK);
    await first.post(requestOf(contribution, 'b'));
    const asked: string[] = [];
    const second = new Books(store, clock, (stream) => {
      asked.push(stream);
      return snapshot;
    });
    expect(await second.stateOf(BOOK)).toEqual(await first.stateOf(BOOK));
    expect((await second.post(requestOf(contribution, 'c'))).receipt!.voucherNumber).toBe('2025-05-收-0003');
    expect(asked).toEqual([BOOK]);
  });

  it('takes no snapshot that goes further than the book, says so, and reads the book instead', async () => {
    const newer = new Books(new MemoryEventStore(), clock);
    for (const key of ['a', 'b', 'c']) await newer.post(requestOf(contribution, key));
    const snapshot = await newer.stateOf(BOOK);
    const store = new MemoryEventStore();
    await new Books(store, clock).post(requestOf(contribution, 'a'));
    const said: string[] = [];
    const books = new Books(
      store,
      clock,
      () => snapshot,
      undefined,
      (why) => said.push(why),
    );
    expect((await books.post(requestOf(contribution, 'b'))).receipt!.voucherNumber).toBe('2025-05-收-0002');
    expect(said).toEqual([`${BOOK} does not go on to 2, as the read tables say`]);
  });

  it('reads it anew where what it was read from was not sound, behind what is on its way', async () => {
    const store = new MemoryEventStore();
    const first = new Books(store, clock);
    await first.post(requestOf(contribution, 'a'));
    const wrong = { ...(await first.stateOf(BOOK)), numbers: new Map([['2025-05/receipt', 7]]) };
    const books = new Books(store, clock, () => (wrong.numbers.get('2025-05/receipt') === 7 ? wrong : undefined));
    await books.stateOf(BOOK);
    wrong.numbers = new Map();
    books.forgetAll();
    expect((await books.post(requestOf(contribution, 'b'))).receipt!.voucherNumber).toBe('2025-05-收-0002');
  });

  it('that nobody has written in finds it empty', async () => {
    expect(await new Books(new MemoryEventStore(), clock).stateOf(BOOK)).toEqual(emptyBook());
  });

  it('finds a voucher or a memo by its id, and nothing beyond the end', async () => {
    const books = new Books(new MemoryEventStore(), clock);
    await books.post(requestOf(contribution, 'a'));
    await books.post(requestOf({ kind: 'penalty' }, 'p'));
    expect(await books.findEvent(`${BOOK}-0`)).toMatchObject({ revision: 0, fact: { kind: 'contribution' } });
    expect(await books.findEvent('case-HK-2025-0007-0')).toMatchObject({ revision: 0, fact: { kind: 'penalty' } });
    for (const id of [`${BOOK}-1`, 'case-HK-2025-0007-1', 'nonsense', `${BOOK}-00`])
      expect(await books.findEvent(id)).toBeUndefined();
  });
});
