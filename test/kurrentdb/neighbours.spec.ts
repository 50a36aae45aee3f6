import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventStore } from '../../src/event-store/event-store.js';
import { KurrentDbEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { anEvent, everything } from '../event-store.contract.js';
import { KurrentDbDouble } from './double.js';
import { untilHolds } from '../probe.js';

const STREAM = 'book-employee-460100';
const ON_SERVER = `tongzhang-${STREAM}`;
const OTHER = 'book-employee-460200';

/** What others write below our prefix, and what operators do to our streams. */
describe('a server that is shared', () => {
  let double: KurrentDbDouble;
  let store: EventStore;
  const said: string[] = [];
  const connect = (prefix?: string): EventStore =>
    new KurrentDbEventStore({
      url: double.url,
      prefix,
      names: ['book-', 'case-'],
      keys: () => ({ covered: -1, revision: undefined }),
      callTimeoutMs: 500,
      readPatienceMs: 1_000,
      watch: true,
      log: (message) => said.push(message),
    });
  const codes = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const { code } of store.audit()) found.push(code);
    return found;
  };
  const untilFound = async (code: string | undefined): Promise<void> => {
    await untilHolds(
      () => store.findings![0]?.code === code,
      () => `waited for ${code}`,
    );
  };
  const append = (stream: string, after: number, key?: string) =>
    store.append(stream, after < 0 ? 'no-stream' : after, [anEvent(`{"n":${after + 1}}`, key)]);

  beforeEach(async () => {
    double = new KurrentDbDouble();
    await double.start();
    store = connect();
    said.length = 0;
    for (let n = -1; n < 4; n += 1) await append(STREAM, n, `key-${n + 1}`);
    await append(OTHER, -1);
  });
  afterEach(async () => {
    await store.close();
    await double.stop();
  });

  it.each([
    ['JSON', 'tongzhang-book-1', 'Lent', '{"title":"red"}'],
    ['JSON in a stream that is none of ours', 'tongzhang-orders-1', 'OrderPlaced', '{}'],
    ['bytes', 'tongzhang-case-4711', 'Closed.v1', Buffer.from([0xff, 0x00])],
    ['bytes under a type of ours', 'tongzhang-book-employee-460999', 'ContributionRecorded.v1', Buffer.from('{}')],
    ['no JSON that says it is', 'tongzhang-book-2', 'Broken', '{"'],
    ['a list', 'tongzhang-book-3', 'List', '[1]'],
  ] as const)('%s of another program below our prefix is named and left out', async (_, stream, type, data) => {
    const before = await everything(store);
    const { position } = double.recordOther(stream, type, data);
    expect(await everything(store)).toEqual(before);
    expect(await store.last()).toEqual(before.at(-1));
    expect(store.findings).toMatchObject([{ code: 'foreign-event', stream, position }]);
    expect(said.filter((line) => line.includes(`${stream} revision 0 position ${position}`))).toHaveLength(1);
    expect(await codes()).toEqual(['foreign-event']);
    expect((await append(OTHER, 0)).revision).toBe(1);
  });

  it('an event of another program in one of our books touches that book alone', async () => {
    const { position, revision } = double.recordOther(ON_SERVER, 'Lent', '{"title":"red"}');
    expect(revision).toBe(5);
    const unreadable = { code: 'history-unreadable', finding: { code: 'foreign-event', position } };
    await expect(store.readStream(STREAM, { from: 5, limit: 10 })).rejects.toMatchObject(unreadable);
    await expect(append(STREAM, 4)).rejects.toMatchObject({ code: 'wrong-expected-revision', actual: 5 });
    expect(await store.readStream(STREAM, { limit: 5 })).toHaveLength(5);
    expect((await append(OTHER, 0)).revision).toBe(1);
    expect(await everything(store)).toHaveLength(7);
  });

  it('a live reader goes over what is not ours', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const batch of store.readAll({ after: 0, live: true }, stop.signal))
        seen.push(...batch.map(({ revision }) => revision));
    })();
    double.recordOther('tongzhang-case-1', 'Opened', '{}');
    double.tombstone(`tongzhang-${OTHER}`);
    await append(STREAM, 4);
    while (!seen.includes(5)) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    await reading;
    expect(seen).toEqual([0, 1, 2, 3, 4, 0, 5]);
  });

  const losses: readonly [string, string, () => void][] = [
    ['deleted for good', 'stream-tombstoned', () => double.tombstone(ON_SERVER)],
    ['deleted', 'stream-deleted', () => double.softDelete(ON_SERVER)],
    ['truncated', 'stream-truncated', () => double.setMetadata(ON_SERVER, { $tb: 3 })],
    ['kept in part', 'retention-set', () => double.setMetadata(ON_SERVER, { $maxCount: 2 })],
  ];

  it.each(losses)('a stream that was %s is named, and no other book is touched', async (_, code, act) => {
    act();
    await untilFound(code);
    expect(said.some((line) => line.startsWith('!!!') && line.includes(ON_SERVER))).toBe(true);
    const unreadable = { code: 'history-unreadable', finding: { code, stream: ON_SERVER } };
    await expect(append(STREAM, 4)).rejects.toMatchObject(unreadable);
    await expect(store.readStream(STREAM, { limit: 10 })).rejects.toMatchObject(unreadable);
    await expect(store.findByKey(STREAM, 'key-0', 4)).rejects.toMatchObject({ code: 'history-unreadable' });
    expect(await codes()).toEqual([code]);
    expect((await append(OTHER, 0)).revision).toBe(1);
    expect(await everything(store)).toHaveLength(7);
    expect(await store.head()).toBeGreaterThan(0);
  });

  it.each(losses.slice(1))('a stream that was %s is whole again once that is taken back', async (_, code, act) => {
    act();
    await untilFound(code);
    double.setMetadata(ON_SERVER, {});
    await untilFound(undefined);
    expect((await append(STREAM, 4)).revision).toBe(5);
    expect(await store.readStream(STREAM, { limit: 10 })).toHaveLength(6);
    expect(await codes()).toEqual([]);
  });

  it('retention that takes nothing yet is named, and the book goes on until it would', async () => {
    double.setMetadata(ON_SERVER, { $maxCount: 6 });
    await untilFound('retention-set');
    expect((await append(STREAM, 4)).revision).toBe(5);
    await expect(append(STREAM, 5)).rejects.toMatchObject({ code: 'history-unreadable' });
    double.setMetadata(ON_SERVER, { $maxAge: 3_600 });
    await untilFound('retention-set');
  });

  it.each(losses.slice(0, 2))(
    'a node that starts where a stream was %s does not begin it anew',
    async (_, code, act) => {
      act();
      await store.close();
      store = connect();
      await expect(store.readStream(STREAM, { limit: 1 })).rejects.toMatchObject({ finding: { code } });
      expect((await store.last())?.stream).toBe(OTHER);
      await untilFound(code);
    },
  );

  it('what is done to the streams of others is nobody’s matter here', async () => {
    double.setMetadata('orders-1', { $maxCount: 1 });
    double.tombstone('orders-1');
    double.softDelete(ON_SERVER);
    await untilFound('stream-deleted');
    expect(store.findings).toHaveLength(1);
  });

  it('two ledgers share a server, each under a prefix, and see nothing of each other', async () => {
    const mine = await everything(store);
    const other = connect('second-');
    expect(await everything(other)).toEqual([]);
    await other.append(STREAM, 'no-stream', [anEvent('{"second":true}')]);
    expect(await everything(other)).toMatchObject([{ stream: STREAM, revision: 0, data: '{"second":true}' }]);
    expect(await everything(store)).toEqual(mine);
    await other.close();
  });

  it('a ledger without a prefix opens with an empty one, and is never taken for an empty ledger', async () => {
    const elsewhere = new KurrentDbDouble();
    await elsewhere.start();
    const open = (prefix?: string) =>
      new KurrentDbEventStore({
        url: elsewhere.url,
        prefix,
        names: ['book-', 'case-'],
        keys: () => ({ covered: -1, revision: undefined }),
        log: () => undefined,
      });
    const [bare, usual, chosen] = [open(''), open(), open('tongzhang-')];
    expect(await usual.head()).toBe(0);
    await bare.append(STREAM, 'no-stream', [anEvent('{"old":true}')]);
    expect(await everything(bare)).toMatchObject([{ stream: STREAM, data: '{"old":true}' }]);
    const late = open();
    await expect(late.head()).rejects.toMatchObject({ code: 'store-refused', reason: 'prefix' });
    expect(await chosen.head()).toBe(0);
    for (const one of [bare, usual, chosen, late]) await one.close();
    await elsewhere.stop();
  });
});
