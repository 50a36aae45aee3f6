import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { KurrentDbEventStore } from '../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { anEvent, everything } from './event-store.contract.js';
import { untilHolds } from './probe.js';

/** A prefix that nobody has used before, and what may be done below it on a server that others use. */
export interface SharedPlace {
  readonly url: string;
  readonly prefix: string;
}

const BOOK = 'book-a';
const OTHER = 'book-b';

/** One test's prefix on the server, an operator's client there, and the stores that were opened. */
class Scene {
  place!: SharedPlace;
  operator!: EventStoreDBClient;
  private readonly stores: KurrentDbEventStore[] = [];

  begin(place: SharedPlace): void {
    this.place = place;
    this.operator = EventStoreDBClient.connectionString(place.url);
  }

  async end(): Promise<void> {
    for (const store of this.stores.splice(0)) await store.close();
    await this.operator.dispose();
    (await (this.operator as unknown as { getChannel(): Promise<{ close(): void }> }).getChannel()).close();
  }

  connect(): KurrentDbEventStore {
    const store = new KurrentDbEventStore({
      ...this.place,
      names: ['book-', 'case-'],
      keys: () => ({ covered: -1, revision: undefined }),
      watch: true,
      log: () => undefined,
    });
    this.stores.push(store);
    return store;
  }

  fill(store: KurrentDbEventStore, stream: string, count = 5) {
    const events = Array.from({ length: count }, (_, n) => anEvent(`{"n":${n}}`, `own-${n}`));
    return store.append(stream, 'no-stream', events);
  }
}

/** What a server is to a ledger beside others: everything is done below one prefix, and nothing else is touched. */
export function sharedServerContract(name: string, open: () => Promise<SharedPlace>): void {
  describe(`a server that is shared: ${name}`, () => {
    const scene = new Scene();
    beforeEach(async () => scene.begin(await open()));
    afterEach(() => scene.end());

    describe('calls', () => wire(scene));
    describe('others', () => others(scene));
    describe('writers', () => writers(scene));
  });
}

function wire(scene: Scene): void {
  it('holds no call open: 120 looks, and as many readers that leave early', async () => {
    const store = scene.connect();
    await scene.fill(store, BOOK);
    await Promise.all(Array.from({ length: 120 }, () => store.head()));
    for (let n = 0; n < 120; n += 1)
      for await (const batch of store.readAll({ after: 0, live: false, batch: 2 })) if (batch.length > 0) break;
    expect(await store.append(BOOK, 4, [anEvent()])).toMatchObject({ revision: 5 });
  });

  it('says where the last event of an append stands, and where the others do when it is asked', async () => {
    const store = scene.connect();
    const appended = await scene.fill(store, BOOK);
    const positions = (await store.readStream(BOOK, { limit: 10 })).map(({ position }) => position);
    expect(appended.position).toBe(positions[4]);
    expect(await appended.positions()).toEqual(positions);
    expect((await store.last())?.position).toBe(positions[4]);
  });

  it('is let go of in every phase', async () => {
    await scene.connect().close();
    const catching = scene.connect();
    await scene.fill(catching, BOOK, 50);
    for await (const batch of catching.readAll({ after: 0, live: true, batch: 5 }))
      if (batch[0]!.revision === 0) await catching.close();
    const waiting = scene.connect();
    const reading = (async () => {
      let count = 0;
      for await (const batch of waiting.readAll({ after: 0, live: true })) count += batch.length;
      return count;
    })();
    await waiting.head();
    await waiting.close();
    expect(await reading).toBeLessThanOrEqual(50);
    const writing = scene.connect();
    const appending = writing.append(OTHER, 'no-stream', [anEvent()]).then(
      () => 'stands',
      () => 'unknown',
    );
    await writing.close();
    expect(['stands', 'unknown']).toContain(await appending);
  });
}

function others(scene: Scene): void {
  it('leaves out and names what another program writes below the prefix', async () => {
    const store = scene.connect();
    await scene.fill(store, BOOK);
    const before = await everything(store);
    await scene.operator.appendToStream(
      `${scene.place.prefix}orders-1`,
      jsonEvent({ type: 'OrderPlaced', data: { n: 1 } }),
    );
    await scene.fill(store, OTHER, 1);
    expect(await everything(store)).toHaveLength(before.length + 1);
    expect(store.findings).toMatchObject([{ code: 'foreign-event', stream: `${scene.place.prefix}orders-1` }]);
    const again = scene.connect();
    expect(await everything(again)).toHaveLength(before.length + 1);
  });

  const acts: readonly [string, string, (stream: string) => Promise<unknown>][] = [
    ['kept in part', 'retention-set', (stream) => scene.operator.setStreamMetadata(stream, { maxCount: 2 })],
    ['truncated', 'stream-truncated', (stream) => scene.operator.setStreamMetadata(stream, { truncateBefore: 3 })],
    ['deleted', 'stream-deleted', (stream) => scene.operator.deleteStream(stream)],
    ['deleted for good', 'stream-tombstoned', (stream) => scene.operator.tombstoneStream(stream)],
  ];
  it.each(acts)('names a stream that is %s, and touches no other', async (_, code, act) => {
    const store = scene.connect();
    await scene.fill(store, BOOK);
    await scene.fill(store, OTHER);
    await act(`${scene.place.prefix}${BOOK}`);
    await untilHolds(() => store.findings[0]?.code === code);
    await expect(store.append(BOOK, 4, [anEvent()])).rejects.toMatchObject({ code: 'history-unreadable' });
    await expect(store.findByKey(BOOK, 'own-0', 4)).rejects.toMatchObject({ code: 'history-unreadable' });
    expect((await store.append(OTHER, 4, [anEvent()])).revision).toBe(5);
    expect(await store.head()).toBeGreaterThan(0);
    const found: string[] = [];
    for await (const finding of store.audit()) found.push(finding.code);
    expect(found).toContain(code);
  });
}

function writers(scene: Scene): void {
  it('finds a key that another node wrote, and takes it once', async () => {
    const [one, other] = [scene.connect(), scene.connect()];
    await scene.fill(one, BOOK);
    const race = await Promise.allSettled([one, other].map((store) => store.append(BOOK, 4, [anEvent('{}', 'same')])));
    // Both where the bytes are the same: the server knows the second for the first again.
    expect(race.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect((await other.findByKey(BOOK, 'same', 5))?.revision).toBe(5);
    await expect(one.append(BOOK, 5, [anEvent('{}', 'same')])).rejects.toMatchObject({ code: 'duplicate-key' });
    expect(await one.readStream(BOOK, { limit: 10 })).toHaveLength(6);
  });

  it('stamps the events of several writers in the order of the log', async () => {
    const nodes = [scene.connect(), scene.connect(), scene.connect()];
    const write = async (store: KurrentDbEventStore, stream: string): Promise<void> => {
      for (let n = 0; n < 15; n += 1) await store.append(stream, n === 0 ? 'no-stream' : n - 1, [anEvent()]);
    };
    await Promise.all(nodes.map((store, index) => write(store, `book-${index}`)));
    const stamps = (await everything(nodes[0]!)).map(({ storedAtMs }) => storedAtMs);
    expect(stamps).toHaveLength(45);
    expect(stamps.every((stamp, index) => stamp !== undefined && stamp >= (stamps[index - 1] ?? 0))).toBe(true);
  });
}
