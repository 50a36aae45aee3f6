import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EventStore } from '../../src/event-store/event-store.js';
import { KurrentDbEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { anEvent } from '../event-store.contract.js';
import { untilHolds } from '../probe.js';
import { KurrentDbDouble } from './double.js';

const STREAM = 'book-employee-460100';
const CALL_TIMEOUT_MS = 500;

/** Subscriptions that end, or never begin: whoever listens hears again, or it is told that nobody does. */
describe('a server that stops telling', () => {
  let double: KurrentDbDouble;
  let store: EventStore;
  const said: string[] = [];
  const append = (after: number) =>
    store.append(STREAM, after < 0 ? 'no-stream' : after, [anEvent(`{"n":${after + 1}}`, `key-${after + 1}`)]);

  beforeEach(async () => {
    double = new KurrentDbDouble();
    await double.start();
    said.length = 0;
    store = new KurrentDbEventStore({
      url: double.url,
      names: ['book-'],
      keys: () => ({ covered: -1, revision: undefined }),
      callTimeoutMs: CALL_TIMEOUT_MS,
      readPatienceMs: 1_000,
      watch: true,
      log: (message) => said.push(message),
    });
    await append(-1);
    await untilHolds(
      () => double.liveReaders === 1,
      () => 'the store does not watch',
    );
  });
  afterEach(async () => {
    await store.close();
    await double.stop();
  });

  it.each([
    ['dropped', () => double.dropSubscriptions(), 0],
    ['dropped, and the next is never confirmed', () => double.dropSubscriptions(), CALL_TIMEOUT_MS / 2],
    ['cut, and the next is never confirmed', () => double.cutConnections(), CALL_TIMEOUT_MS / 2],
    ['dropped for longer than a call is waited for', () => double.dropSubscriptions(), 3 * CALL_TIMEOUT_MS],
  ])('a subscription that is %s is made again', async (_, act, silentMs) => {
    const seen: number[] = [];
    const reading = (async () => {
      for await (const batch of store.readAll({ after: 0, live: true }))
        seen.push(...batch.map(({ revision }) => revision));
    })();
    await untilHolds(
      () => double.liveReaders === 2,
      () => 'nobody listens',
    );
    double.isSilent = silentMs > 0;
    act();
    await sleep(silentMs);
    double.isSilent = false;
    await append(0);
    double.softDelete('tongzhang-book-gone');
    await untilHolds(
      () => seen.includes(1) && store.findings!.length === 1 && double.liveReaders === 2,
      () => `seen ${seen.join()}, found ${JSON.stringify(store.findings)}`,
    );
    expect(seen).toEqual([0, 1]);
    await store.close();
    await reading;
  });

  it('tells again what was forgotten, as it is when read tables are made anew', async () => {
    double.setMetadata(`tongzhang-${STREAM}`, { $maxCount: 100 });
    const isFound = (): boolean => store.findings!.length === 1;
    await untilHolds(isFound, () => 'it is not found');
    store.forget!();
    expect(store.findings).toEqual([]);
    await untilHolds(isFound, () => 'it is forgotten for ever');
  });

  it('is named, once in the log and to whoever asks, until it tells again', async () => {
    expect(store.unheard).toBeUndefined();
    double.refusal = 'forbidden';
    double.dropSubscriptions();
    await untilHolds(
      () => store.unheard?.includes('rights') ?? false,
      () => `unheard: ${store.unheard}`,
    );
    await sleep(500);
    expect(said.filter((line) => line.includes('is not heard'))).toHaveLength(1);
    double.refusal = undefined;
    double.tombstone(`tongzhang-${STREAM}`);
    await untilHolds(
      () => store.unheard === undefined && store.findings![0]?.code === 'stream-tombstoned',
      () => `unheard: ${store.unheard}`,
    );
    expect(said.filter((line) => line.includes('is heard again'))).toHaveLength(1);
  });
});
