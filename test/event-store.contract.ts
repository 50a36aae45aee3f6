import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  eventId,
  type EventStore,
  MAX_APPEND_BYTES,
  MAX_EVENT_BYTES,
  type NewEvent,
  parseEventId,
  piecesOf,
  type StoredEvent,
} from '../src/event-store/event-store.js';
import { everyCharacter } from './every-character.js';

/** A store under test, and how to do to it what a restart does. */
export interface OpenedStore {
  readonly store: EventStore;
  /** Ends the store in an orderly way and opens it again on what it kept. */
  readonly reopen: () => Promise<EventStore>;
  /** Ends whatever is open and removes it. */
  readonly close: () => Promise<void>;
}

let serial = 0;
/** An event with an indexed key of its own. */
export function anEvent(data = '{}', key = `key-${(serial += 1)}`, keyIndexed = true): NewEvent {
  return { type: 'Happened.v1', data, key, keyIndexed };
}

/** A line of a file: no index entry. */
const aLine = (key: string): NewEvent => anEvent('{}', key, false);
const some = (count: number): NewEvent[] => Array.from({ length: count }, (_, index) => anEvent(`{"n":${index}}`));
const sha = (data: string): string => createHash('sha256').update(data).digest('hex');

/** Everything in the log after a position. */
export async function everything(store: EventStore, after = 0): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const batch of store.readAll({ after, live: false })) events.push(...batch);
  return events;
}

/** What every event store does, whatever it is made of. */
export function eventStoreContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`event store contract: ${name}`, () => {
    const opened = {} as { current: OpenedStore };
    beforeEach(async () => {
      opened.current = await open();
    });
    afterEach(() => opened.current.close());
    const store = (): EventStore => opened.current.store;

    describe('expected revision', () => expectedRevision(store));
    describe('append', () => appending(store));
    describe('keys', () => keys(store));
    describe('one stream', () => oneStream(store));
    describe('the whole log', () => wholeLog(store));
    describe('live', () => live(store));
    describe('closing', () => closing(store));
    describe('bytes', () => bytes(store));
    describe('restart', () => restart(opened));
  });
}

function expectedRevision(store: () => EventStore): void {
  it.each([
    ['no-stream on a new stream', 0, 'no-stream', undefined],
    ['no-stream on an existing stream', 2, 'no-stream', 1],
    ['the last revision', 3, 2, undefined],
    ['a revision behind', 3, 1, 2],
    ['a revision ahead', 3, 7, 2],
    ['a revision of a stream that does not exist', 0, 0, 'no-stream'],
    ['a negative revision', 1, -1, 0],
  ] as const)('%s', async (_, events, expected, actual) => {
    if (events > 0) await store().append('book-a', 'no-stream', some(events));
    const appending = store().append('book-a', expected, [anEvent()]);
    if (actual === undefined) expect((await appending).revision).toBe(events);
    else await expect(appending).rejects.toMatchObject({ code: 'wrong-expected-revision', expected, actual });
    expect(await everything(store())).toHaveLength(actual === undefined ? events + 1 : events);
  });

  it('lets exactly one of two writers win, and tells the other where the stream stands', async () => {
    await store().append('book-a', 'no-stream', some(1));
    for (let round = 0; round < 25; round += 1) {
      const race = await Promise.allSettled([1, 2].map(() => store().append('book-a', round, [anEvent()])));
      expect(race.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const lost = race.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
      expect(lost.reason).toMatchObject({ code: 'wrong-expected-revision', actual: round + 1 });
    }
  });

  it('keeps streams apart that are written at the same moment', async () => {
    const streams = Array.from({ length: 20 }, (_, index) => `book-${index}`);
    const appended = await Promise.all(streams.map((stream) => store().append(stream, 'no-stream', some(2))));
    expect(appended.map(({ revision }) => revision)).toEqual(streams.map(() => 1));
    expect(new Set((await Promise.all(appended.map((one) => one.positions()))).flat()).size).toBe(40);
  });
}

function appending(store: () => EventStore): void {
  it('appends several events with revisions and positions in their order', async () => {
    const appended = await store().append('book-a', 'no-stream', some(5));
    const positions = await appended.positions();
    expect(appended).toMatchObject({ revision: 4, position: positions[4] });
    expect(positions).toHaveLength(5);
    expect([...positions].sort((a, b) => a - b)).toEqual(positions);
    const read = await store().readStream('book-a', { limit: 10 });
    expect(read.map(({ position }) => position)).toEqual(positions);
    expect(read.map(({ revision: at, data }) => [at, data])).toEqual([0, 1, 2, 3, 4].map((at) => [at, `{"n":${at}}`]));
  });

  it('appends all of an append or none, and goes on after a refusal', async () => {
    await store().append('book-a', 'no-stream', [anEvent('{}', 'taken')]);
    const tooBig = anEvent(JSON.stringify('x'.repeat(MAX_EVENT_BYTES)));
    const refused = [
      store().append('book-a', 3, some(2)),
      store().append('book-a', 0, [anEvent(), tooBig]),
      store().append('book-a', 0, [anEvent('{}', 'fresh'), anEvent('{}', 'taken')]),
    ];
    expect((await Promise.allSettled(refused)).map(({ status }) => status)).toEqual(refused.map(() => 'rejected'));
    expect(await everything(store())).toHaveLength(1);
    expect(await store().findByKey('book-a', 'fresh', 0)).toBeUndefined();
    expect((await store().append('book-a', 0, [anEvent('{}', 'fresh')])).revision).toBe(1);
  });

  it('refuses an append without events', async () => {
    await expect(store().append('book-a', 'no-stream', [])).rejects.toMatchObject({ code: 'unacceptable-event' });
  });

  it('refuses an append of more than a server takes at once, and takes it in pieces', async () => {
    const events = Array.from({ length: 20 }, (_, index) =>
      anEvent(JSON.stringify(`${index}`.repeat(60_000 >> (index > 9 ? 1 : 0)))),
    );
    await expect(store().append('book-a', 'no-stream', events)).rejects.toMatchObject({ code: 'unacceptable-event' });
    const pieces = piecesOf(events);
    expect(pieces.flat()).toEqual(events);
    expect(Math.max(...pieces.map((piece) => Buffer.byteLength(piece.map(({ data }) => data).join(''))))).toBeLessThan(
      MAX_APPEND_BYTES,
    );
    let revision = -1;
    for (const piece of pieces)
      ({ revision } = await store().append('book-a', revision < 0 ? 'no-stream' : revision, piece));
    expect(revision).toBe(19);
  });

  it('gives an id from which stream and revision can be read back', async () => {
    const { revision } = await store().append('book-employee-460100', 'no-stream', some(3));
    expect(parseEventId(eventId('book-employee-460100', revision))).toEqual({
      stream: 'book-employee-460100',
      revision: 2,
    });
  });
}

function keys(store: () => EventStore): void {
  it('finds an event by its key, so that a retry after an unknown outcome writes nothing twice', async () => {
    const event = anEvent('{"amount":"1.00"}', 'retry-me');
    const { position } = await store().append('book-a', 'no-stream', [anEvent(), event]);
    const found = await store().findByKey('book-a', 'retry-me', 1);
    expect(found).toMatchObject({
      position,
      stream: 'book-a',
      revision: 1,
      type: 'Happened.v1',
      data: '{"amount":"1.00"}',
    });
    await expect(store().append('book-a', 'no-stream', [event])).rejects.toMatchObject({
      code: 'wrong-expected-revision',
    });
    expect(await everything(store())).toHaveLength(2);
  });

  it('knows a key only in its own stream', async () => {
    await store().append('book-a', 'no-stream', [anEvent('{"in":"a"}', 'same')]);
    expect(await store().findByKey('book-b', 'same', 0)).toBeUndefined();
    await store().append('book-b', 'no-stream', [anEvent('{"in":"b"}', 'same')]);
    expect((await store().findByKey('book-a', 'same', 0))?.data).toBe('{"in":"a"}');
    expect((await store().findByKey('book-b', 'same', 0))?.data).toBe('{"in":"b"}');
  });

  it('does not find a key that is not indexed, nor minds it twice', async () => {
    await store().append('book-a', 'no-stream', [aLine('line-1'), aLine('line-1')]);
    expect(await store().findByKey('book-a', 'line-1', 1)).toBeUndefined();
    expect(await store().readStream('book-a', { limit: 10 })).toHaveLength(2);
  });

  it('refuses a key that its stream has already, and only that append', async () => {
    await store().append('book-a', 'no-stream', [anEvent('{"first":true}', 'once')]);
    const [again, other] = await Promise.allSettled([
      store().append('book-a', 0, [anEvent(), anEvent('{}', 'once')]),
      store().append('book-b', 'no-stream', [anEvent()]),
    ]);
    expect(again).toMatchObject({ status: 'rejected', reason: { code: 'duplicate-key', key: 'once' } });
    expect(other.status).toBe('fulfilled');
    await expect(store().append('book-c', 'no-stream', [anEvent('{}', 'x'), anEvent('{}', 'x')])).rejects.toMatchObject(
      { code: 'duplicate-key' },
    );
    expect((await store().findByKey('book-a', 'once', 0))?.data).toBe('{"first":true}');
    expect((await store().append('book-a', 0, [anEvent()])).revision).toBe(1);
  });
}

function oneStream(store: () => EventStore): void {
  it.each([
    ['from the beginning', {}, 10, [0, 1, 2, 3, 4, 5]],
    ['no more than the limit', {}, 2, [0, 1]],
    ['from a revision, inclusive', { from: 4 }, 10, [4, 5]],
    ['from a revision with a limit', { from: 1 }, 3, [1, 2, 3]],
    ['from beyond its end', { from: 6 }, 10, []],
    ['backwards from its end', { direction: 'backwards' }, 10, [5, 4, 3, 2, 1, 0]],
    ['backwards with a limit', { direction: 'backwards' }, 2, [5, 4]],
    ['backwards from a revision, inclusive', { direction: 'backwards', from: 2 }, 2, [2, 1]],
    ['backwards from beyond its end', { direction: 'backwards', from: 99 }, 1, [5]],
    ['forwards, said aloud', { direction: 'forwards', from: 5 }, 10, [5]],
  ] as const)('reads %s', async (_, options, limit, expected) => {
    await store().append('book-other', 'no-stream', some(3));
    await store().append('book-a', 'no-stream', some(6));
    const events = await store().readStream('book-a', { ...options, limit });
    expect(events.map(({ revision }) => revision)).toEqual(expected);
    expect(events.every(({ stream }) => stream === 'book-a')).toBe(true);
  });

  it('is empty where there is no such stream', async () => {
    expect(await store().last()).toBeUndefined();
    expect(await store().readStream('book-none', { limit: 1 })).toEqual([]);
    expect(await store().readStream('book-none', { direction: 'backwards', limit: 1 })).toEqual([]);
    expect(await store().findByKey('book-none', 'k', 0)).toBeUndefined();
  });
}

function wholeLog(store: () => EventStore): void {
  beforeEach(async () => {
    for (let round = 0; round < 4; round += 1)
      for (const stream of ['book-a', 'case-b', 'book-c'])
        await store().append(stream, round === 0 ? 'no-stream' : round - 1, [anEvent(`{"r":${round}}`)]);
  });

  it('is in the order in which events were appended', async () => {
    const events = await everything(store());
    expect(events.map(({ stream, revision }) => `${stream}-${revision}`)).toEqual(
      [0, 1, 2, 3].flatMap((round) => ['book-a', 'case-b', 'book-c'].map((stream) => `${stream}-${round}`)),
    );
    const positions = events.map(({ position }) => position);
    expect(positions.every((position, index) => index === 0 || position > positions[index - 1]!)).toBe(true);
    expect(positions[0]).toBeGreaterThan(0);
  });

  it('comes in batches of at most the size asked for', async () => {
    const sizes: number[] = [];
    for await (const batch of store().readAll({ after: 0, batch: 5, live: false })) sizes.push(batch.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(12);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5);
    expect(Math.min(...sizes)).toBeGreaterThan(0);
  });

  it('begins after a position', async () => {
    const all = await everything(store());
    for (const [index, { position }] of all.entries())
      expect(await everything(store(), position)).toEqual(all.slice(index + 1));
  });

  it('begins at a position, asked for by the number before it', async () => {
    const all = await everything(store());
    for (const [index, { position }] of all.entries())
      expect(await everything(store(), position - 1)).toEqual(all.slice(index));
  });

  it('can be narrowed to streams whose names begin alike', async () => {
    const books: StoredEvent[] = [];
    for await (const batch of store().readAll({ after: 0, prefix: 'book-', batch: 2, live: false }))
      books.push(...batch);
    expect(books).toEqual((await everything(store())).filter(({ stream }) => stream.startsWith('book-')));
    expect(books).toHaveLength(8);
  });

  it('ends at its head and its last event', async () => {
    const all = await everything(store());
    expect(await store().last()).toEqual(all.at(-1));
    expect(await store().head()).toBe(all.at(-1)!.position);
    expect(await everything(store(), await store().head())).toEqual([]);
  });

  it('has nothing wrong with it', async () => {
    const findings: unknown[] = [];
    for await (const finding of store().audit()) findings.push(finding);
    expect(findings).toEqual([]);
  });
}

function live(store: () => EventStore): void {
  it('goes from catching up to live without a gap or a repetition while writers run', async () => {
    const [writers, rounds, each] = [4, 40, 3];
    await store().append('book-before', 'no-stream', some(50));
    const total = 50 + writers * rounds * each;
    const write = async (stream: string): Promise<void> => {
      for (let round = 0; round < rounds; round += 1) {
        await store().append(stream, round === 0 ? 'no-stream' : round * each - 1, some(each));
        if (round % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    const stop = new AbortController();
    const seen: StoredEvent[] = [];
    const reading = (async (): Promise<void> => {
      for await (const batch of store().readAll({ after: 0, batch: 7, live: true }, stop.signal)) {
        seen.push(...batch);
        if (seen.length >= total) stop.abort();
      }
    })();
    await Promise.all(Array.from({ length: writers }, (_, index) => write(`book-${index}`)));
    await reading;
    expect(seen).toEqual(await everything(store()));
  });

  it('ends when its signal says so, also while it waits', async () => {
    const stop = new AbortController();
    let count = 0;
    const read = async (): Promise<void> => {
      for await (const batch of store().readAll({ after: 0, live: true }, stop.signal)) count += batch.length;
    };
    const reading = read();
    await store().append('book-a', 'no-stream', some(2));
    while (count < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    setTimeout(() => stop.abort(), 20);
    await reading;
    await read();
    expect(count).toBe(2);
  });
}

function closing(store: () => EventStore): void {
  it('ends a reader that waits for more', async () => {
    const reading = (async (): Promise<void> => {
      for await (const batch of store().readAll({ after: 0, live: true })) expect(batch).toEqual([]);
    })();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await store().close();
    await reading;
  });

  it.each([[true], [false]])('ends a reader that is catching up, live: %s', async (live) => {
    let revision = -1;
    for (let n = 0; n < 3; n += 1)
      ({ revision } = await store().append('book-a', revision < 0 ? 'no-stream' : revision, some(20)));
    const seen: StoredEvent[] = [];
    for await (const batch of store().readAll({ after: 0, batch: 7, live })) {
      if (seen.length === 0) await store().close();
      seen.push(...batch);
    }
    expect(seen.map((event) => event.revision)).toEqual(seen.map((_, index) => index));
    expect(seen.length).toBeGreaterThan(0);
  });
}

function bytes(store: () => EventStore): void {
  it('keeps every legal Unicode character, and Chinese text as it is', async () => {
    const written = ['{"note":"五月职工医保费，琼中黎族苗族自治县 𠮷 é é 🏥"}', ...everyCharacter()];
    let revision = -1;
    for (const piece of piecesOf(written.map((data) => anEvent(data))))
      ({ revision } = await store().append('book-unicode', revision < 0 ? 'no-stream' : revision, piece));
    const read = await store().readStream('book-unicode', { limit: written.length + 1, hashes: true });
    expect(read).toHaveLength(written.length);
    const changed = read.filter(({ data, sha256 }, at) => data !== written[at] || sha256 !== sha(written[at]));
    expect(changed).toEqual([]);
  });

  it('refuses text that is not well-formed Unicode', async () => {
    const appending = store().append('book-a', 'no-stream', [anEvent('{"note":"\ud800"}')]);
    await expect(appending).rejects.toMatchObject({ code: 'unacceptable-event' });
  });

  it.each([
    ['ASCII', 'x'.repeat(MAX_EVENT_BYTES - 2)],
    ['Chinese', '账'.repeat((MAX_EVENT_BYTES - 3) / 3) + 'x'],
  ])(`takes %s of exactly ${MAX_EVENT_BYTES} bytes and refuses one more`, async (_, content) => {
    const data = JSON.stringify(content);
    expect(Buffer.byteLength(data)).toBe(MAX_EVENT_BYTES);
    await store().append('book-a', 'no-stream', [anEvent(data)]);
    expect((await store().readStream('book-a', { limit: 1 }))[0]!.data).toBe(data);
    const appending = store().append('book-a', 0, [anEvent(JSON.stringify(`${content}x`))]);
    await expect(appending).rejects.toMatchObject({ code: 'unacceptable-event' });
  });
}

function restart(opened: { current: OpenedStore }): void {
  it('keeps everything', async () => {
    const { store, reopen } = opened.current;
    expect(await store.head()).toBe(0);
    await store.append('book-a', 'no-stream', [anEvent('{"账":"簿"}', 'kept'), ...some(3)]);
    await store.append('book-b', 'no-stream', [aLine('line')]);
    const before = await everything(store);
    const again = await reopen();
    expect(await everything(again)).toEqual(before);
    expect(await again.head()).toBe(before.at(-1)!.position);
    expect((await again.findByKey('book-a', 'kept', 3))?.revision).toBe(0);
    const late = again.append('book-a', 1, [anEvent()]);
    await expect(late).rejects.toMatchObject({ code: 'wrong-expected-revision', actual: 3 });
    await expect(again.append('book-a', 3, [anEvent('{}', 'kept')])).rejects.toMatchObject({ code: 'duplicate-key' });
    const { position } = await again.append('book-a', 3, [anEvent()]);
    expect(position).toBeGreaterThan(before.at(-1)!.position);
  });
}
