import { afterEach, describe, expect, it } from '@jest/globals';
import { decidedEvent } from '../../src/books/decided-command.js';
import { Books } from '../../src/books/handle.js';
import { bookStream } from '../../src/kinds/kind.js';
import { copyLog } from '../../src/event-store/copy.js';
import { type EventStore } from '../../src/event-store/event-store.js';
import { KurrentDbEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { MemoryEventStore } from '../../src/event-store/memory.js';
import { anEvent, everything } from '../event-store.contract.js';
import { requestOf } from '../given-when-then.js';
import { type DoubleManners, KurrentDbDouble } from './double.js';
import { untilHolds } from '../probe.js';

const PAGE = 1_000;
const UNITS = ['460100', '460200', '460300', '460400', '469001', '469002', '469005', '469006'];
const opened: { double: KurrentDbDouble; stores: KurrentDbEventStore[] }[] = [];

async function serve(manners?: DoubleManners) {
  const double = new KurrentDbDouble(manners);
  await double.start();
  const stores: KurrentDbEventStore[] = [];
  opened.push({ double, stores });
  const connect = (known?: () => number, prefix?: string): KurrentDbEventStore => {
    const store = new KurrentDbEventStore({
      url: double.url,
      prefix,
      names: ['book-', 'case-'],
      keys: () => ({ covered: -1, revision: undefined }),
      known,
      callTimeoutMs: 2_000,
      log: () => undefined,
    });
    stores.push(store);
    return store;
  };
  return { double, connect };
}

afterEach(async () => {
  for (const { double, stores } of opened.splice(0)) {
    for (const store of stores) await store.close();
    await double.stop();
  }
});

/** What an act costs on the wire. */
async function costOf(double: KurrentDbDouble, act: () => Promise<unknown>) {
  const [appends, reads, received] = [double.appends, double.reads, double.eventsSent];
  await act();
  return {
    appends: double.appends - appends,
    reads: double.reads - reads,
    received: double.eventsSent - received,
  };
}

const post = (books: Books, key: string, unit = '460100') =>
  books.post(requestOf({ kind: 'contribution', unit, note: key }, key));

describe('calls', () => {
  it('a post in a book that is known is one call, and its receipt waits for no other', async () => {
    const { double, connect } = await serve();
    const books = new Books(connect(), () => Date.UTC(2025, 5, 30));
    await post(books, 'first');
    const cost = await costOf(double, async () => {
      for (let n = 0; n < 5; n += 1) await post(books, `k-${n}`);
    });
    expect(cost).toEqual({ appends: 5, reads: 0, received: 0 });
  });

  it('ten posts of one book at once are one append, whose last receipt waits for nothing', async () => {
    const { double, connect } = await serve();
    const store = connect();
    const books = new Books(store, () => Date.UTC(2025, 5, 30));
    await post(books, 'first');
    let receipts: (number | undefined)[] = [];
    const cost = await costOf(double, async () => {
      const posted = await Promise.all(Array.from({ length: 10 }, (_, n) => post(books, `k-${n}`)));
      receipts = posted.map(({ receipt }) => receipt?.position);
    });
    // Where the nine before the last stand is asked once for all of them.
    expect(cost).toEqual({ appends: 1, reads: 1, received: 9 });
    const stored = await store.readStream('book-employee-460100', { from: 1, limit: 20 });
    expect(receipts).toEqual(stored.map(({ position }) => position));
  });

  it('posts of different books go out side by side', async () => {
    const { double, connect } = await serve();
    const books = new Books(connect(), () => Date.UTC(2025, 5, 30));
    double.appendDelayMs = 1_000;
    await Promise.all(Array.from({ length: 8 }, (_, n) => post(books, `k-${n}`, UNITS[n])));
    expect(double.appends).toBe(8);
    expect(double.appendsAtOnce).toBe(8);
  });

  it('the lines of a file are one append for each book, side by side, and nothing is read back', async () => {
    const { double, connect } = await serve();
    const books = new Books(connect(), () => Date.UTC(2025, 5, 30));
    const scratch = new Books(new MemoryEventStore(), () => Date.UTC(2025, 5, 30));
    const streams = await Promise.all(
      Array.from({ length: 8 }, async (_, book) => {
        const lines = Array.from({ length: 50 }, async (__, line) => {
          const request = requestOf({ kind: 'contribution', unit: UNITS[book]!, note: `${line}` }, `${line}`);
          const { fact } = await scratch.preview(request);
          return decidedEvent({ prepared: request.prepared, key: { source: 'a'.repeat(64), line: line + 1 }, fact });
        });
        return Promise.all(lines);
      }),
    );
    double.appendDelayMs = 1_000;
    let count = 0;
    const cost = await costOf(double, () =>
      Promise.all(
        streams.map((lines, book) =>
          books.appendTried(bookStream('employee', UNITS[book]!), -1, lines, (events) => void (count += events)),
        ),
      ),
    );
    expect(cost).toEqual({ appends: 8, reads: 0, received: 0 });
    expect(double.appendsAtOnce).toBe(8);
    expect(count).toBe(400);
  });

  it('a copy is one append for each run of a stream, and nothing is read back', async () => {
    const { double, connect } = await serve();
    const source = new MemoryEventStore();
    for (let round = 0; round < 3; round += 1)
      for (const stream of ['book-a', 'book-b'])
        await source.append(stream, round === 0 ? 'no-stream' : round * 100 - 1, many(100));
    const target = connect();
    const keyOf = ({ revision }: { revision: number }) => ({ key: `${revision}`, keyIndexed: false });
    const cost = await costOf(double, () => copyLog(source, target, keyOf, () => undefined));
    expect(cost.appends).toBe(6);
    // To see that the target is empty.
    expect(cost.reads).toBeLessThanOrEqual(2);
    expect(await everything(target)).toHaveLength(600);
  });
});

const many = (count: number, data = '{}') => Array.from({ length: count }, () => anEvent(data));

/** A call that was cancelled may still be on its way. */
async function expectNothingOpen(double: KurrentDbDouble): Promise<void> {
  await untilHolds(
    () => double.liveReaders + double.callsOpen === 0,
    () => `${double.liveReaders} readers, ${double.callsOpen} calls`,
  );
}

describe('a log that others fill', () => {
  /** Ours before, between and behind what others have written. */
  async function shared(manners?: DoubleManners, foreign = 2 * PAGE) {
    const { double, connect } = await serve(manners);
    const writer = connect();
    double.recordForeign(foreign);
    await writer.append('book-a', 'no-stream', many(10));
    double.recordForeign(foreign);
    await writer.append('book-a', 9, many(10));
    double.recordForeign(foreign);
    return { double, connect, writer, ours: await everything(writer) };
  }
  const positions = async (store: EventStore, after = 0): Promise<number[]> =>
    (await everything(store, after)).map(({ position }) => position);

  it.each([[{}], [{ saysCaughtUp: false }]])('is filtered by the server, which is %j', async (manners) => {
    const { double, writer, ours } = await shared(manners);
    expect(ours).toHaveLength(20);
    for (const after of [0, ours[5]!.position, ours[9]!.position]) {
      const { received } = await costOf(double, () => positions(writer, after));
      expect(received).toBeLessThan(25);
    }
    expect((await costOf(double, () => positions(writer, ours[19]!.position))).received).toBeLessThan(5);
  });

  it.each([[{}], [{ saysCaughtUp: false }]])('is followed as the server filters it, which is %j', async (manners) => {
    const { double, connect, ours } = await shared(manners);
    const stop = new AbortController();
    const seen: number[] = [];
    const { received } = await costOf(double, async () => {
      for await (const batch of connect().readAll({ after: 0, live: true, batch: 7 }, stop.signal)) {
        seen.push(...batch.map(({ position }) => position));
        if (seen.length === ours.length) stop.abort();
      }
    });
    expect(seen).toEqual(ours.map(({ position }) => position));
    expect(received).toBe(ours.length);
  });

  it('has an end that is looked for from where the read tables had come to', async () => {
    const { double, connect, ours } = await shared();
    const store = connect(() => ours[9]!.position);
    const { received } = await costOf(double, () => store.last());
    expect(await store.last()).toEqual(ours[19]);
    expect(received).toBeLessThan(100);
  });

  it.each([
    ['that is no event’s', () => 77],
    [
      'of another program’s event',
      (_: unknown, double: KurrentDbDouble) => double.recordOther('x', 'X', '{}').position,
    ],
    ['beyond the end', () => 900_000_000],
  ])('has an end that is found though the read tables had come to a place %s', async (_, place) => {
    const { double, connect, ours } = await shared();
    const known = place(ours, double);
    expect(await connect(() => known).last()).toEqual(ours[19]);
  });

  it('has an end that is found among what is ours, though nothing is known and much lies behind it', async () => {
    const { double, connect, ours } = await shared();
    const store = connect();
    const { received } = await costOf(double, () => store.last());
    expect(await store.last()).toEqual(ours[19]);
    expect(received).toBeLessThan(100);
    await expectNothingOpen(double);
  });

  it('has an end that is found by pages where a server does not say that it has sent all', async () => {
    const { double, connect, ours } = await shared({ saysCaughtUp: false });
    expect(await connect().last()).toEqual(ours[19]);
    await expectNothingOpen(double);
  });

  it('is found to be empty, or to hold a ledger without a prefix, however much of others lies behind it', async () => {
    const { double, connect } = await serve();
    double.recordForeign(2 * PAGE);
    expect(await connect().last()).toBeUndefined();
    await connect(undefined, '').append('case-7', 'no-stream', many(1));
    double.recordForeign(2 * PAGE);
    await expect(connect().last()).rejects.toThrow(/case-7/);
    expect(await connect(undefined, 'other-').last()).toBeUndefined();
    await expectNothingOpen(double);
  });

  it('is looked through once: the stretch before our first event is known from then on', async () => {
    const { double, connect, ours } = await shared({}, 5 * PAGE);
    const store = connect();
    const first = async () => {
      const before = double.eventsLookedAt;
      for await (const batch of store.readAll({ after: 0, live: false, batch: 5 })) {
        expect(batch[0]).toEqual(ours[0]);
        break;
      }
      return double.eventsLookedAt - before;
    };
    const all = await first();
    expect(await first()).toBeLessThan(all - 4_000);
    expect(await positions(store)).toEqual(ours.map(({ position }) => position));
  });

  it.each([[{}], [{ saysCaughtUp: false }]])(
    'ends though its last event is thrown away, on a server %j',
    async (manners) => {
      const { double, writer, ours } = await shared(manners);
      await writer.append('book-b', 'no-stream', many(1));
      await writer.last();
      double.softDelete('tongzhang-book-b');
      double.scavenge();
      expect(await positions(writer)).toEqual(ours.map(({ position }) => position));
    },
  );

  it('is handed over no faster than it is taken', async () => {
    const { double, connect } = await serve();
    const writer = connect();
    let revision = -1;
    for (let n = 0; n < 10; n += 1)
      ({ revision } = await writer.append(
        'book-a',
        revision < 0 ? 'no-stream' : revision,
        many(80, `"${'x'.repeat(10_000)}"`),
      ));
    const before = double.eventsSent;
    let taken = 0;
    for await (const batch of connect().readAll({ after: 0, live: false, batch: 10 })) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      taken += batch.length;
      expect(batch.length).toBeLessThanOrEqual(10);
      if (taken <= 100) expect(double.eventsSent - before - taken).toBeLessThan(PAGE / 4);
    }
    expect(taken).toBe(800);
  });

  it('leaves no subscription open, whole or left early', async () => {
    const { double, writer } = await shared();
    await positions(writer);
    for await (const batch of writer.readAll({ after: 0, live: false, batch: 2 })) if (batch.length > 0) break;
    await expectNothingOpen(double);
  });
});
