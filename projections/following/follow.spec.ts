import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type EventStore, type StoredEvent } from '../../src/event-store/event-store.js';
import { MemoryEventStore } from '../../src/event-store/memory.js';
import { type Chunks } from './chunks.js';
import { applyAll, follow, type FollowOptions } from './follow.js';
import { type Projection, type ProjectedEvent, type RowTable, type SumTable, type Table } from '../projection.js';
import { ReadTables, ReadTablesWriter, tableName } from './read-tables.js';
import { RowBuffer } from './row-buffer.js';

const TOTALS: SumTable = { form: 'sums', name: 'total', key: { stream: 'TEXT' }, sums: ['events', 'fen'] };
const LATEST: RowTable = { form: 'rows', name: 'latest', key: { stream: 'TEXT' }, values: { position: 'INTEGER' } };

/** A projection of sums and rows; `before` may refuse an event. */
function counting(name: string, version = 1, before: (event: ProjectedEvent) => void = () => undefined): Projection {
  const totals = { ...TOTALS, name: `${name}_total` };
  const latest = { ...LATEST, name: `${name}_latest` };
  return {
    name,
    version,
    tables: [totals, latest],
    apply: (event, rows) => {
      before(event);
      rows.add(totals, [event.stream], [1n, BigInt(event.event['fen'] as string)]);
      rows.put(latest, [event.stream], [event.position]);
    },
  };
}

const refusing = (position: number): ((event: ProjectedEvent) => void) => {
  return (event) => {
    if (event.position === position) throw new Error('cannot take this');
  };
};

describe('follow', () => {
  let directory: string;
  let path: string;
  let store: MemoryEventStore;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'follow-'));
    path = join(directory, 'read.db');
    store = new MemoryEventStore();
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** Appends events to three streams in turn. */
  const append = async (count: number, data?: string): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      const at = await store.head();
      const stream = `book-${at % 3}`;
      const [last] = await store.readStream(stream, { direction: 'backwards', limit: 1 });
      const event = { kind: 'x', recordedAt: '2025-05-12T01:02:03.004Z', fen: String(at * 100 + 1) };
      const append = { type: 'Happened.v1', data: data ?? JSON.stringify(event), key: '', keyIndexed: false };
      await store.append(stream, last ? last.revision : 'no-stream', [append]);
    }
  };
  const run = async (
    projections: readonly Projection[],
    options: FollowOptions = { live: false },
    signal?: AbortSignal,
    from: EventStore = store,
  ): Promise<void> => {
    const tables = new ReadTablesWriter(path);
    try {
      await follow(from, tables, projections, options, signal);
    } finally {
      tables.close();
    }
  };
  const look = <T>(ask: (tables: ReadTables) => T): T => {
    const tables = new ReadTables(path);
    try {
      return ask(tables);
    } finally {
      tables.close();
    }
  };
  const dump = (projection: Projection): unknown[] =>
    look((tables) => projection.tables.map((table) => rowsIn(tables, projection, table)));
  const checkpoint = (name: string) =>
    look((tables) => tables.checkpoints().filter(({ projection }) => projection === name));
  const tableNames = (): string[] =>
    look((tables) => tables.rows<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table'`)).map(
      ({ name }) => name,
    );

  it('adds up sums, keeps the last row of a key, and says how far it came', async () => {
    await append(4);
    const projection = counting('a');
    await run([projection]);
    expect(dump(projection)).toEqual([
      [
        { stream: 'book-0', events: 2n, fen: 302n },
        { stream: 'book-1', events: 1n, fen: 101n },
        { stream: 'book-2', events: 1n, fen: 201n },
      ],
      [
        { stream: 'book-0', position: 4n },
        { stream: 'book-1', position: 2n },
        { stream: 'book-2', position: 3n },
      ],
    ]);
    expect(checkpoint('a')).toMatchObject([{ projection: 'a', version: 1, position: 4, failure: null }]);
  });

  describe('chunks that other threads made', () => {
    /** Chunks of four events; where a projection refuses one of them, the chunk has no rows. */
    const inFours = (rowless: number[]): Chunks => ({
      async *read(projections, after, upTo) {
        for (let at = after; at + 4 <= upTo; at += 4) {
          const buffers = projections.map(() => new RowBuffer());
          let rows: RowBuffer[] | undefined = buffers;
          for await (const events of store.readAll({ after: at, batch: 4, live: false })) {
            try {
              applyAll(projections, events, buffers, at);
            } catch {
              rowless.push(at);
              rows = undefined;
            }
            break;
          }
          yield { last: { position: at + 4, fingerprint: `${at + 4}` }, events: 4, rows };
        }
      },
    });

    it('give the tables of one thread, and the rest of the log follows', async () => {
      await append(22);
      const [one, several] = [counting('one'), counting('several')];
      const rowless: number[] = [];
      await run([one]);
      await run([several], { live: false, chunks: inFours(rowless) });
      expect(dump(several)).toEqual(dump(one));
      expect(checkpoint('several')).toMatchObject([{ projection: 'several', version: 1, position: 22, failure: null }]);
      expect(rowless).toEqual([]);
    });

    it('end at the first that has an event nobody can take, which is found and named', async () => {
      await append(22);
      const rowless: number[] = [];
      const [well, ill] = [counting('well'), counting('ill', 1, refusing(10))];
      await run([well, ill], { live: false, chunks: inFours(rowless) });
      expect(rowless).toEqual([8]);
      expect(checkpoint('well')).toMatchObject([{ position: 22, failure: null }]);
      expect(checkpoint('ill')).toMatchObject([{ position: 9, failure: expect.stringContaining('position 10') }]);
    });
  });

  it('goes on where it stopped and takes no event twice', async () => {
    const [once, twice] = [counting('once'), counting('twice')];
    await append(10);
    await run([twice], { live: false, batch: 3 });
    await run([twice]);
    await append(7);
    await run([twice]);
    await run([once, twice]);
    expect(dump(twice)).toEqual(dump(once));
  });

  it('gives the same tables for any cut of the log into batches and any restarts', async () => {
    await append(40);
    const whole = counting('whole');
    await run([whole]);
    const expected = dump(whole);
    const cuts = fc.array(fc.integer({ min: 1, max: 45 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(cuts, async (batches) => {
        rmSync(path);
        for (const batch of batches) {
          const stop = new AbortController();
          await run([whole], { live: false, batch, progress: () => stop.abort() }, stop.signal);
        }
        await run([whole], { live: false, batch: 3 });
        expect(dump(whole)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  describe('an event that a projection cannot take', () => {
    it('stops that projection before it, is named, and nothing is skipped', async () => {
      await append(20);
      const [well, poisoned] = [counting('well'), counting('poisoned', 1, refusing(14))];
      await run([poisoned, well]);
      expect(checkpoint('well')).toMatchObject([{ projection: 'well', version: 1, position: 20, failure: null }]);
      expect(checkpoint('poisoned')).toMatchObject([
        {
          projection: 'poisoned',
          version: 1,
          position: 13,
          failure: 'Happened.v1 book-1-4, position 14: cannot take this',
        },
      ]);
      expect(look((tables) => rowsIn(tables, poisoned, poisoned.tables[0]!))).toContainEqual(
        expect.objectContaining({ stream: 'book-1', events: 4n }),
      );
      expect(() => look((tables) => tables.checkpoint(poisoned))).toThrow('position 14: cannot take this');
    });

    it('is tried again at the next start: still wrong it stops it again, mended it goes on', async () => {
      await append(20);
      const [well, poisoned] = [counting('well'), counting('mended', 1, refusing(14))];
      await run([poisoned, well], { live: false, batch: 4 });
      await append(5);
      await run([poisoned, well], { live: false, batch: 4 });
      expect(checkpoint('mended')).toMatchObject([{ position: 13, failure: expect.stringContaining('book-1-4') }]);
      expect(checkpoint('well')).toMatchObject([{ position: 25, failure: null }]);
      const mended = counting('mended');
      await run([mended, well]);
      expect(checkpoint('mended')).toMatchObject([{ position: 25, failure: null }]);
      expect(dump(mended)).toEqual(dump(well));
    });

    it('stops only its projection while live, and the others take what comes after', async () => {
      await append(3);
      const [well, poisoned] = [counting('well'), counting('poisoned', 1, refusing(4))];
      const stop = new AbortController();
      const progress = (position: number): void => {
        if (position === 3) void append(5);
        if (position === 8) stop.abort();
      };
      await run([poisoned, well], { live: true, batch: 1, progress }, stop.signal);
      expect(checkpoint('well')).toMatchObject([{ position: 8, failure: null }]);
      expect(checkpoint('poisoned')).toMatchObject([{ position: 3, failure: expect.stringContaining('position 4') }]);
    });

    it.each([
      ['text in a column of numbers', (): unknown => 'many'],
      ['nothing in a key', (): unknown => null],
      ['a number that does not fit', (): unknown => 2n ** 63n],
    ])('may also be one whose rows its tables refuse: %s', async (_, value) => {
      const table = { form: 'rows', name: 'strict', key: { id: 'INTEGER' }, values: {} } as const;
      const projection: Projection = {
        name: 'strict',
        version: 1,
        tables: [table],
        apply: ({ position }, rows) => rows.put(table, [position === 5 ? (value() as bigint) : position], []),
      };
      await append(9);
      const well = counting('well');
      await run([projection, well]);
      expect(checkpoint('strict')).toMatchObject([{ position: 4, failure: expect.stringContaining('position 5') }]);
      expect(look((tables) => rowsIn(tables, projection, table))).toHaveLength(4);
      expect(checkpoint('well')).toMatchObject([{ position: 9, failure: null }]);
    });

    it('may be one that nobody can read: all stop before it', async () => {
      await append(2);
      await append(1, '{"kind":');
      await append(1);
      await run([counting('a'), counting('b')]);
      for (const name of ['a', 'b'])
        expect(checkpoint(name)).toMatchObject([{ position: 2, failure: expect.stringContaining('book-2-0') }]);
    });
  });

  describe('a commit that fails', () => {
    it('leaves neither rows nor a checkpoint behind, and ends the following', async () => {
      await append(6);
      const [first, second] = [counting('first'), counting('second')];
      await run([first, second]);
      const before = [dump(first), dump(second)];
      await append(6);
      const tables = new ReadTablesWriter(path);
      const following = follow(store, tables, [first, second], { live: false });
      tables.file.exec(`DROP TABLE "${tableName(second, second.tables[1]!)}"`);
      await expect(following).rejects.toThrow('no such table');
      tables.close();
      expect(dump(first)).toEqual(before[0]);
      expect(checkpoint('first')).toMatchObject([{ position: 6, failure: null }]);
      expect(checkpoint('second')).toMatchObject([{ position: 6, failure: null }]);
    });
  });

  describe('a raised version', () => {
    it('fills new tables beside the old, then drops the old, while others stay live', async () => {
      await append(12);
      const [other, old, raised] = [counting('other'), counting('changing'), counting('changing', 2)];
      await run([other, old]);
      const stop = new AbortController();
      const seen: { position: number; old: boolean; other: number }[] = [];
      const progress = (position: number): void => {
        const names = tableNames();
        const [{ position: reached } = { position: 0 }] = checkpoint('other');
        seen.push({ position, old: names.includes('changing_total_v1'), other: reached });
        if (seen.length === 1) void append(2);
        if (checkpoint('changing').every(({ position: at }) => at === 14)) stop.abort();
      };
      await run([other, raised], { live: true, batch: 1, progress }, stop.signal);
      const filling = seen.filter(({ position }) => position < 12);
      expect(filling.length).toBeGreaterThan(5);
      expect(filling.every(({ old: isThere }) => isThere)).toBe(true);
      expect(filling.some(({ other: reached }) => reached === 14)).toBe(true);
      expect(tableNames()).not.toContain('changing_total_v1');
      expect(tableNames()).toContain('changing_total_v2');
      expect(checkpoint('changing')).toMatchObject([
        { projection: 'changing', version: 2, position: 14, failure: null },
      ]);
      expect(dump(raised)).toEqual(dump(other));
    });

    it('reads the log together with the others once it has caught up', async () => {
      await append(12);
      const [other, raised] = [counting('other'), counting('changing', 2)];
      await run([other]);
      const [stop, readers] = [new AbortController(), { now: 0, most: 0, atLast: 0 }];
      const watched: EventStore = Object.create(store, {
        readAll: { value: (...asked: Parameters<EventStore['readAll']>) => counted(store.readAll(...asked), readers) },
      }) as EventStore;
      const progress = (position: number): void => {
        if (position === 12) setTimeout(() => void append(1), 20);
        if (position !== 13) return;
        readers.atLast = readers.now;
        stop.abort();
      };
      await run([other, raised], { live: true, batch: 5, progress }, stop.signal, watched);
      expect(readers).toEqual({ now: 0, most: 2, atLast: 1 });
      expect(dump(raised)).toEqual(dump(other));
    });

    it('drops the old tables also where a kill came between the last batch and the switch', async () => {
      await append(5);
      const [old, raised] = [counting('changing'), counting('changing', 2)];
      await run([old, raised]);
      await run([old]);
      expect(tableNames()).toContain('changing_total_v1');
      await run([raised]);
      expect(tableNames().sort()).toEqual(['changing_latest_v2', 'changing_total_v2', 'checkpoint', 'foreign_event']);
    });

    it('leaves the tables of projections that are not followed, until it is told to drop them', async () => {
      await append(5);
      await run([counting('staying'), counting('leaving')]);
      await run([counting('staying')]);
      expect(tableNames()).toContain('leaving_total_v1');
      const tables = new ReadTablesWriter(path);
      tables.dropAllBut([counting('staying')]);
      tables.close();
      expect(tableNames().sort()).toEqual(['checkpoint', 'foreign_event', 'staying_latest_v1', 'staying_total_v1']);
      expect(look((reader) => reader.checkpoints())).toHaveLength(1);
    });
  });
});

/** Every row of a table, integers as bigint, in the order of its key. */
function rowsIn(tables: ReadTables, projection: Projection, table: Table): unknown[] {
  return tables.sums(`SELECT * FROM "${tableName(projection, table)}" ORDER BY 1`);
}

async function* counted(
  batches: AsyncIterable<StoredEvent[]>,
  readers: { now: number; most: number },
): AsyncIterable<StoredEvent[]> {
  readers.now += 1;
  readers.most = Math.max(readers.most, readers.now);
  try {
    yield* batches;
  } finally {
    readers.now -= 1;
  }
}
