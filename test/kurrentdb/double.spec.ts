import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreDBClient, FORWARDS, jsonEvent, NO_STREAM, START } from '@eventstore/db-client';
import { KurrentDbEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { anEvent, everything } from '../event-store.contract.js';
import { KurrentDbDouble } from './double.js';

/** What the double is: a server's manners, seen by a bare client, and by our store where it has to live with them. */
describe('the double of a server', () => {
  let double: KurrentDbDouble;
  let client: EventStoreDBClient;
  let store: KurrentDbEventStore;
  const credentials = { username: 'bare', password: 'bare' };
  const event = (n: number) => jsonEvent({ type: 'Counted', data: { n } });
  /** A connection was cut: the first call over a new one is the second. */
  const reconnect = async (): Promise<void> => {
    for (let n = 0; n < 20; n += 1) {
      const done = await client.appendToStream('c-reconnect', [], { credentials }).then(
        () => true,
        () => false,
      );
      if (done) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const count = async (stream: string): Promise<number[]> => {
    const revisions: number[] = [];
    for await (const { event: read } of client.readStream(stream, { direction: FORWARDS, fromRevision: START }))
      revisions.push(Number(read!.revision));
    return revisions;
  };
  const countAll = async (): Promise<string[]> => {
    const all: string[] = [];
    for await (const { event: read } of client.readAll({ fromPosition: START }))
      if (read!.streamId.startsWith('c-')) all.push(`${read!.streamId}-${read!.revision}`);
    return all;
  };

  beforeEach(async () => {
    double = new KurrentDbDouble();
    await double.start();
    client = EventStoreDBClient.connectionString(double.url);
    store = new KurrentDbEventStore({
      url: double.url,
      names: ['book-', 'case-'],
      keys: () => ({ covered: -1, revision: undefined }),
      callTimeoutMs: 1_000,
      readPatienceMs: 5_000,
      log: () => undefined,
    });
  });
  afterEach(async () => {
    await store.close();
    await client.dispose();
    (await (client as unknown as { getChannel(): Promise<{ close(): void }> }).getChannel()).close();
    await double.stop();
  });

  it('takes appends in one call each, and many in a call that stays open', async () => {
    await client.appendToStream('c-1', [event(0), event(1)], { expectedRevision: NO_STREAM, credentials });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        client.appendToStream(`c-${n + 2}`, event(n), { expectedRevision: NO_STREAM }),
      ),
    );
    expect(answers.map(({ nextExpectedRevision }) => nextExpectedRevision)).toEqual(answers.map(() => 0n));
    expect(new Set(answers.map(({ position }) => position!.commit)).size).toBe(20);
    for (const how of [{ credentials }, {}])
      await expect(client.appendToStream('c-1', event(2), { expectedRevision: 7n, ...how })).rejects.toMatchObject({
        type: 'wrong-expected-version',
        actualVersion: 1n,
      });
    expect(await count('c-1')).toEqual([0, 1]);
    expect(double.appends).toBe(23);
  });

  it.each([[{ credentials }], [{}]])('refuses an append of more than a mebibyte, %j', async (how) => {
    const big = Array.from({ length: 3 }, () => jsonEvent({ type: 'Big', data: { text: 'x'.repeat(400_000) } }));
    await expect(client.appendToStream('c-1', big, { expectedRevision: NO_STREAM, ...how })).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
    });
    expect(await countAll()).toEqual([]);
  });

  it('knows no method but those it has', async () => {
    await expect(client.listPersistentSubscriptionsToAll()).rejects.toThrow();
    await expect(client.createProjection('p', 'fromAll()')).rejects.toThrow();
  });

  it.each([['unauthenticated'], ['forbidden']] as const)('refuses, %s, in the middle of a run', async (refusal) => {
    const { revision } = await store.append('book-a', 'no-stream', [anEvent()]);
    double.appendRefusal = refusal;
    await expect(store.append('book-a', revision, [anEvent()])).rejects.toMatchObject({ code: 'store-refused' });
    expect(await everything(store)).toHaveLength(1);
    double.appendRefusal = undefined;
    expect((await store.append('book-a', revision, [anEvent()])).revision).toBe(1);
  });

  it('is set back: what stood behind a position is gone, and what comes takes its place', async () => {
    for (let n = 0; n < 4; n += 1) await client.appendToStream('c-1', event(n), { credentials });
    await client.appendToStream('c-2', event(0), { credentials });
    const [, second] = double.events();
    double.setBack(second!.position);
    await reconnect();
    expect(await countAll()).toEqual(['c-1-0', 'c-1-1']);
    await client.appendToStream('c-1', event(9), { expectedRevision: 1n, credentials });
    expect(await countAll()).toEqual(['c-1-0', 'c-1-1', 'c-1-2']);
    expect(double.events()[2]!.position).toBeGreaterThan(second!.position);
  });

  it('is scavenged: what no read of a stream shows is no longer in the log, and revisions stay', async () => {
    for (let n = 0; n < 5; n += 1) await client.appendToStream('c-1', event(n), { credentials });
    for (let n = 0; n < 3; n += 1) await client.appendToStream('c-2', event(n), { credentials });
    double.setMetadata('c-1', { $maxCount: 2 });
    expect(await count('c-1')).toEqual([3, 4]);
    expect(await countAll()).toHaveLength(8);
    double.scavenge();
    await reconnect();
    expect(await countAll()).toEqual(['c-1-3', 'c-1-4', 'c-2-0', 'c-2-1', 'c-2-2']);
    expect(
      (await client.appendToStream('c-1', event(5), { expectedRevision: 4n, credentials })).nextExpectedRevision,
    ).toBe(5n);
  });

  it('loses by a change of its leader what nobody was told of and nobody has read', async () => {
    double.appendDelayMs = 60_000;
    const append = (stream: string) => client.appendToStream(stream, event(0), { credentials });
    const isThere = (stream: string): boolean => double.events().some((one) => one.stream === stream);
    const appends = [append('c-read')];
    while (!isThere('c-read')) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await count('c-read')).toEqual([0]);
    appends.push(append('c-unread'));
    while (!isThere('c-unread')) await new Promise((resolve) => setTimeout(resolve, 5));
    double.changeLeader({ forMs: 1, loses: true });
    expect([isThere('c-read'), isThere('c-unread')]).toEqual([true, false]);
    const outcomes = await Promise.allSettled(appends);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it.each([[false], [true]])(
    'changes its leader, and loses nothing it has acknowledged; unreplicated lost: %s',
    async (loses) => {
      double.appendDelayMs = 20;
      const stand: string[] = [];
      const write = async (stream: string): Promise<void> => {
        for (let n = 0; n < 15; n += 1) {
          await store.append(stream, n === 0 ? 'no-stream' : n - 1, [anEvent(`{"n":${n}}`)]);
          stand.push(`${stream}-${n}`);
        }
      };
      const writing = Promise.all(['book-a', 'book-b', 'book-c'].map(write));
      for (let round = 0; round < 3; round += 1) {
        await new Promise((resolve) => setTimeout(resolve, 80));
        const acknowledged = [...stand];
        double.changeLeader({ forMs: 150, loses });
        const there = new Set(double.events().map(({ stream, revision }) => `${stream}-${revision}`));
        expect(acknowledged.filter((id) => !there.has(id))).toEqual([]);
      }
      await writing;
      const ids = double.events().map(({ stream, revision }) => `${stream}-${revision}`);
      expect(ids.toSorted()).toEqual(stand.toSorted());
      expect(store.retries).toBeGreaterThan(0);
      expect(double.callsOpen).toBe(0);
    },
  );
});
