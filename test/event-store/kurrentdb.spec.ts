import { describe, expect, it } from '@jest/globals';
import { type EventStore, type StoredEvent } from '../../src/event-store/event-store.js';
import { KurrentDbEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { uuidOf } from '../../src/event-store/kurrentdb/events.js';
import { anEvent, eventStoreContract, everything, type OpenedStore } from '../event-store.contract.js';
import { APPEND_FAULTS } from '../kurrentdb/double-appends.js';
import { KurrentDbDouble } from '../kurrentdb/double.js';
import { untilHolds } from '../probe.js';

// Every append crosses a socket twice, and machines are shared.
/** A store over a wire-level double; the prefixes are those of the contract's streams. */
const connect = (url: string, callTimeoutMs = 400): KurrentDbEventStore =>
  new KurrentDbEventStore({
    url,
    names: ['book-', 'case-'],
    keys: () => ({ covered: -1, revision: undefined }),
    callTimeoutMs,
    log: () => undefined,
  });

async function overDouble(
  callTimeoutMs?: number,
): Promise<OpenedStore & { double: KurrentDbDouble; store: KurrentDbEventStore }> {
  const double = new KurrentDbDouble();
  await double.start();
  const store = connect(double.url, callTimeoutMs);
  let current: EventStore = store;
  const reopen = async (): Promise<EventStore> => {
    await current.close();
    return (current = connect(double.url));
  };
  const close = async (): Promise<void> => {
    await current.close();
    await double.stop();
  };
  return { double, store, reopen, close };
}

eventStoreContract('KurrentDB, over a wire-level double', () => overDouble());

describe('faults on the wire', () => {
  it.each(APPEND_FAULTS)('an append that meets "%s" is known in the end and stands once', async (fault) => {
    const { double, store, close } = await overDouble();
    await store.append('book-a-1', 'no-stream', [anEvent('{"n":0}', 'first')]);
    double.failNextAppends(fault);
    const appended = await store.append('book-a-1', 0, [anEvent('{"n":1}', 'second')]);
    expect(appended.revision).toBe(1);
    expect(double.events().map(({ data }) => data)).toEqual(['{"n":0}', '{"n":1}']);
    expect(double.events()[1]!.id).toBe(uuidOf('book-a-1', 'second', '{"n":1}'));
    expect(store.retries > 0).toBe(fault !== 'slow');
    await close();
  });

  it('a write of another that comes between an unknown outcome and its retry is seen as a wrong revision', async () => {
    const { double, store, close } = await overDouble();
    const other = connect(double.url);
    await store.append('book-a-1', 'no-stream', [anEvent()]);
    double.failNextAppends('silent-before-write');
    const mine = store.append('book-a-1', 0, [anEvent()]);
    await untilHolds(() => double.appends === 2);
    await other.append('book-a-1', 0, [anEvent('{"other":true}')]);
    await expect(mine).rejects.toMatchObject({ code: 'wrong-expected-revision', actual: 1 });
    expect(double.events()).toHaveLength(2);
    await other.close();
    await close();
  });

  it('a live reader gets every event once and in order through drops, cuts and early checkpoints', async () => {
    const { double, store, close } = await overDouble();
    double.checkpointAhead = true;
    const seen: StoredEvent[] = [];
    const stop = new AbortController();
    const reader = (async () => {
      for await (const batch of store.readAll({ after: 0, live: true, batch: 10 }, stop.signal)) seen.push(...batch);
    })();
    for (let n = 0; n < 60; n += 1) {
      await store.append('book-a-1', n === 0 ? 'no-stream' : n - 1, [anEvent(`{"n":${n}}`)]);
      if (n % 12 === 5) double.dropSubscriptions();
      if (n % 12 === 11) double.cutConnections();
    }
    await untilHolds(() => seen.length >= 60);
    expect(seen.map(({ revision }) => revision)).toEqual(Array.from({ length: 60 }, (_, n) => n));
    stop.abort();
    await reader;
    await close();
  });

  it("leaves the server's own events out and takes up after any position of ours", async () => {
    const { store, close } = await overDouble();
    for (let n = 0; n < 30; n += 1) await store.append('book-a-1', n === 0 ? 'no-stream' : n - 1, [anEvent()]);
    const all = await everything(store);
    expect(all).toHaveLength(30);
    for (const { position, revision } of all) expect(await everything(store, position)).toHaveLength(29 - revision);
    await close();
  });

  it('does not take what another node writes under the same key for a retry', async () => {
    const { double, store, close } = await overDouble();
    const other = connect(double.url);
    await store.append('book-a-1', 'no-stream', [anEvent()]);
    const race = await Promise.allSettled([
      store.append('book-a-1', 0, [anEvent('{"by":"one"}', 'same')]),
      other.append('book-a-1', 0, [anEvent('{"by":"other"}', 'same')]),
    ]);
    expect(race.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const lost = race.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(lost.reason).toMatchObject({ code: 'wrong-expected-revision', actual: 1 });
    await other.close();
    await close();
  });

  it('finds a key that another node wrote, once it knows the revision that followed', async () => {
    const { double, store, close } = await overDouble();
    const other = connect(double.url);
    await other.append('book-a-1', 'no-stream', [anEvent('{"key":"from-other"}', 'from-other')]);
    expect(await store.findByKey('book-a-1', 'from-other', 0)).toMatchObject({ revision: 0 });
    await other.close();
    await close();
  });
});

describe('what is open on the wire', () => {
  const operations: readonly [string, (store: KurrentDbEventStore) => Promise<unknown>][] = [
    ['head', (store) => store.head()],
    ['last', (store) => store.last()],
    ['a stream', (store) => store.readStream('book-a-1', { limit: 10 })],
    ['a stream from its end', (store) => store.readStream('book-a-1', { direction: 'backwards', limit: 1 })],
    ['a stream that is not there', (store) => store.readStream('book-b-1', { limit: 1 })],
    ['a key', (store) => store.findByKey('book-a-1', 'no such key', 2_000)],
    ['the log', (store) => everything(store)],
    ['an append', (store) => store.append('book-c-1', 'no-stream', [anEvent(), anEvent()])],
    ['an append that is refused', (store) => store.append('book-a-1', 7, [anEvent()]).catch(() => undefined)],
    ['a reader that is left early', leaveEarly],
    ['an audit that is left early', leaveAuditEarly],
  ];

  async function leaveEarly(store: KurrentDbEventStore): Promise<void> {
    for await (const batch of store.readAll({ after: 0, live: false, batch: 2 })) if (batch.length > 0) break;
  }

  async function leaveAuditEarly(store: KurrentDbEventStore): Promise<void> {
    let calls = 0;
    const enough = (): void => {
      if ((calls += 1) === 2) throw new Error('enough');
    };
    const audit = async (): Promise<void> => {
      for await (const finding of store.audit(enough)) expect(finding).toBeUndefined();
    };
    await audit().catch((error: Error) => expect(error.message).toBe('enough'));
  }

  async function withEvents() {
    const opened = await overDouble(10_000);
    for (let n = 0; n < 3; n += 1)
      await opened.store.append(
        'book-a-1',
        n === 0 ? 'no-stream' : n * 700 - 1,
        Array.from({ length: 700 }, () => anEvent()),
      );
    return opened;
  }

  it('is nothing after any operation, whole, refused or left early', async () => {
    const { double, store, close } = await withEvents();
    for (const [operation, act] of operations) {
      await act(store);
      await untilHolds(() => double.callsOpen === 0).catch((error: Error) => {
        throw new Error(`${operation} leaves ${double.callsOpen} calls open`, { cause: error });
      });
    }
    await close();
  });

  it('is never so much that an append waits: 300 looks at the end, one by one and together', async () => {
    const { store, close } = await withEvents();
    for (let n = 0; n < 150; n += 1) await store.last();
    await Promise.all(Array.from({ length: 150 }, () => store.head()));
    expect(await store.append('book-a-1', 2_099, [anEvent()])).toMatchObject({ revision: 2_100 });
    await close();
  });

  it('is not more the more others have written: what was looked at is not looked at again', async () => {
    const { double, store, close } = await withEvents();
    const head = await store.head();
    double.recordForeign(5_000);
    expect(await store.head()).toBe(head);
    const before = double.eventsSent;
    for (let n = 0; n < 10; n += 1) expect(await store.head()).toBe(head);
    expect(double.eventsSent - before).toBeLessThanOrEqual(10);
    const { position } = await store.append('book-a-1', 2_099, [anEvent()]);
    expect(await store.head()).toBe(position);
    await close();
  });
});
