import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutEnd, garbage, overwrite } from '../../test/faults/damage.js';
import { SEED } from '../../test/seed.js';
import { type EventStore } from '../../src/event-store/event-store.js';
import { MemoryEventStore } from '../../src/event-store/memory.js';
import { openSqlite } from '../../src/sqlite-file.js';
import { follow } from './follow.js';
import { type ProjectedEvent, type Projection, type RowTable, type SumTable } from '../projection.js';
import { ReadTables, ReadTablesWriter, tableName } from './read-tables.js';
import { fileAt } from './tables-file.js';
import { TablesFollower, type TablesStatus } from './tables-follower.js';
import { untilHolds } from '../../test/probe.js';

const TOTALS: SumTable = { form: 'sums', name: 'total', key: { stream: 'TEXT' }, sums: ['events'] };
const LATEST: RowTable = { form: 'rows', name: 'latest', key: { position: 'INTEGER' }, values: { text: 'TEXT' } };
const counting: Projection = {
  name: 'counting',
  version: 1,
  tables: [TOTALS, LATEST],
  apply: ({ stream, position, data }: ProjectedEvent, rows) => {
    rows.add(TOTALS, [stream], [1n]);
    rows.put(LATEST, [position], [data]);
  },
};
const PROJECTIONS = [counting];
const NEAR = 10;

/** Appends events of one stream, told apart by a word. */
async function append(store: MemoryEventStore, count: number, word = 'a'): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const at = await store.head();
    const data = JSON.stringify({ kind: 'x', recordedAt: '2025-05-12T01:02:03.004Z', word, filler: 'x'.repeat(300) });
    await store.append('book-a', at === 0 ? 'no-stream' : at - 1, [{ type: 'T.v1', data, key: '', keyIndexed: false }]);
  }
}

/** Every row of every table in a file, and how far it came. */
function contents(path: string): unknown {
  const tables = new ReadTables(path);
  const rows = counting.tables.map((table) => tables.sums(`SELECT * FROM "${tableName(counting, table)}" ORDER BY 1`));
  const checkpoints = tables.checkpoints();
  tables.close();
  return { rows, checkpoints };
}

async function madeAnew(store: EventStore, path: string): Promise<unknown> {
  rmSync(path, { force: true });
  const tables = new ReadTablesWriter(path);
  await follow(store, tables, PROJECTIONS, { live: false });
  tables.close();
  return contents(path);
}

const sql = (path: string, statement: string): void => {
  const file = openSqlite(path, 'disposable');
  file.exec(statement);
  file.close();
};

describe('the follower of read tables', () => {
  let directory: string;
  let path: string;
  let store: MemoryEventStore;
  let said: string[];
  let statuses: TablesStatus[];
  let isOurs: boolean;
  const ends: (() => Promise<void>)[] = [];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tables-'));
    path = join(directory, 'read.db');
    store = new MemoryEventStore();
    [said, statuses] = [[], []];
    isOurs = true;
  });
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
    rmSync(directory, { recursive: true });
  });

  /** The store as each attempt opens it: closing it closes that opening only. */
  const opening = (over: EventStore): EventStore =>
    Object.create(over, { close: { value: () => Promise.resolve() } }) as EventStore;

  function start(openStore: () => Promise<EventStore> = async () => opening(store)): TablesFollower {
    const follower = new TablesFollower({
      openStore,
      path,
      isOurs: () => isOurs,
      projections: PROJECTIONS,
      pauseMs: 1,
      near: NEAR,
      report: (status) => statuses.push(status),
      log: (message) => said.push(message),
    });
    const stop = new AbortController();
    const running = follower.run(stop.signal);
    ends.push(async () => {
      stop.abort();
      await running;
    });
    return follower;
  }
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0)) await end();
  };
  const until = (holds: () => boolean): Promise<void> =>
    untilHolds(holds, () => `it did not come about: ${JSON.stringify(statuses.at(-1))} ${said.join('; ')}`);
  const following = (): Promise<void> => until(() => statuses.at(-1)?.state === 'following');
  const shown = (position: number): Promise<void> =>
    until(() => {
      try {
        const tables = new ReadTables(path);
        const [checkpoint] = tables.checkpoints();
        tables.close();
        return checkpoint?.position === position;
      } catch {
        return false;
      }
    });

  it('answers an empty log at once, and one it has followed before', async () => {
    start();
    await following();
    expect(statuses).toEqual([{ state: 'following', file: fileAt(path), position: 0, head: 0, reason: undefined }]);
    await append(store, 30);
    await shown(30);
    await stop();
    statuses.length = 0;
    start();
    await following();
    expect(statuses).toMatchObject([{ state: 'following', position: 30, head: 30 }]);
    expect(said).toEqual([]);
  });

  it('says how far it has come until it is near the end, and no more afterwards', async () => {
    await append(store, 2_500);
    start();
    await following();
    expect(statuses.map(({ state, position }) => [state, position])).toEqual([
      ['catching-up', 0],
      ['following', 2_500],
    ]);
    await append(store, 100);
    await shown(2_600);
    expect(statuses).toHaveLength(2);
  });

  /** What becomes of the file, and what is said of it; the rows are always those of the log in the end. */
  const FAULTS: readonly (readonly [string, (path: string) => void, RegExp])[] = [
    ['40 kB of garbage in the middle', (at) => overwrite(at, 20_480, garbage(40_000)), /damaged|malformed/],
    ['cut in the middle', (at) => cutEnd(at, 40_000), /damaged|malformed/],
    ['no database', (at) => writeFileSync(at, 'this is no database '.repeat(500)), /not a database/],
    ['a table dropped', (at) => sql(at, 'DROP TABLE total_v1'), /total_v1 of the read tables is gone/],
    ['a column added', (at) => sql(at, 'ALTER TABLE latest_v1 ADD COLUMN more TEXT'), /latest_v1 .* is another/],
    ['a trigger', (at) => sql(at, 'CREATE TRIGGER t AFTER INSERT ON total_v1 BEGIN SELECT 1; END'), /a trigger .*: t/],
    ['a table of somebody', (at) => sql(at, 'CREATE TABLE stray (id)'), /a table that is not theirs: stray/],
    ['columns of an earlier release', (at) => sql(at, 'ALTER TABLE checkpoint DROP COLUMN last_event'), /this release/],
    ['another database', (at) => (rmSync(at), sql(at, 'CREATE TABLE stray (id)')), /not made by this release/],
    ['a list of tables that is none', (at) => sql(at, "UPDATE checkpoint SET tables = '['"), /malformed JSON/],
    [
      'a checkpoint beyond the log',
      (at) => sql(at, 'UPDATE checkpoint SET position = 900'),
      /a checkpoint at position/,
    ],
    ['a checkpoint that names no event', (at) => sql(at, 'UPDATE checkpoint SET last_event = NULL'), /got none named/],
    ['a folder in its place', (at) => (rmSync(at), mkdirSync(at), writeFileSync(join(at, 'x'), '')), /unable/],
  ];

  it.each(FAULTS)('makes tables anew that it finds with %s', async (_, damage, why) => {
    await append(store, 300);
    const expected = await madeAnew(store, path);
    damage(path);
    start();
    await following();
    expect(said.join('\n')).toMatch(why);
    expect(said.join('\n')).toContain('they are made anew from the log');
    expect(statuses.some(({ file }) => file === undefined)).toBe(true);
    await stop();
    expect(contents(path)).toEqual(expected);
  });

  it.each<[string, (at: string) => void]>([
    ['emptied', (at) => cutEnd(at)],
    ['removed', (at) => rmSync(at)],
    ['beside a journal of garbage', (at) => writeFileSync(`${at}-wal`, garbage(50_000))],
    ['beside an index of garbage', (at) => writeFileSync(`${at}-shm`, garbage(32_768))],
  ])('fills a file again that was %s, which is nothing to speak of', async (_, damage) => {
    await append(store, 300);
    const expected = await madeAnew(store, path);
    damage(path);
    start();
    await following();
    await stop();
    expect(contents(path)).toEqual(expected);
    expect(said).toEqual([]);
  });

  it('leaves alone what is no file: it is set aside', async () => {
    mkdirSync(path);
    writeFileSync(join(path, 'kept'), '');
    start();
    await following();
    expect(readdirSync(directory).filter((name) => name.includes('aside'))).toEqual(['read.db.aside']);
    expect(existsSync(join(`${path}.aside`, 'kept'))).toBe(true);
  });

  it('makes them anew where a link leads', async () => {
    const elsewhere = join(directory, 'elsewhere.db');
    writeFileSync(elsewhere, 'no database');
    symlinkSync(elsewhere, path);
    await append(store, 5);
    start();
    await following();
    await shown(5);
    expect(fileAt(path)).toBe(fileAt(elsewhere));
  });

  describe('tables of another log', () => {
    const other = async (count: number, word: string): Promise<void> => {
      const log = new MemoryEventStore();
      await append(log, count, word);
      await madeAnew(log, path);
    };

    it.each<[string, number, string, number, string]>([
      ['equally long with other contents', 40, 'b', 40, 'position 1, book-a-0 with other contents'],
      ['shorter with other contents', 10, 'b', 40, 'position 1, book-a-0 with other contents'],
      ['longer, of the same beginning', 60, 'a', 40, 'no such event in the log'],
      ['where there is none now', 3, 'a', 0, 'no such event in the log'],
    ])('%s, are made anew from this one', async (_, theirs, word, ours, got) => {
      await other(theirs, word);
      await append(store, ours);
      start();
      await following();
      await shown(ours);
      expect(said.join('\n')).toContain(`the read tables were made from another log: expected position`);
      expect(said.join('\n')).toContain(got);
      await stop();
      expect(contents(path)).toEqual(await madeAnew(store, join(directory, 'fresh.db')));
    });

    it('that share the beginning and went on otherwise are told apart at the checkpoint', async () => {
      const before = new MemoryEventStore();
      await append(before, 20);
      await append(before, 5, 'lost');
      await madeAnew(before, path);
      await append(store, 20);
      await append(store, 10, 'other');
      start();
      await following();
      expect(said.join('\n')).toContain(
        'expected position 25, book-a-24, got position 25, book-a-24 with other contents',
      );
    });

    it('are noticed while it runs, where whoever appends finds the log shorter', async () => {
      await append(store, 20);
      const follower = start();
      await following();
      await shown(20);
      const shorter = new MemoryEventStore();
      await append(shorter, 12);
      store = shorter;
      statuses.length = 0;
      follower.doubt('book-a ends at 11');
      await following();
      expect(statuses[0]).toMatchObject({ file: undefined, reason: 'book-a ends at 11' });
      await shown(12);
      await stop();
      expect(contents(path)).toEqual(await madeAnew(shorter, join(directory, 'fresh.db')));
    });

    it('are kept where a doubt was none', async () => {
      await append(store, 20);
      const follower = start();
      await following();
      await shown(20);
      const file = fileAt(path);
      follower.doubt('somebody believes so');
      await until(() => statuses.at(-1)?.state === 'following' && statuses.length > 2);
      expect(fileAt(path)).toBe(file);
    });
  });

  describe('while it runs', () => {
    it('makes anew what is removed, and what is put in its place', async () => {
      await append(store, 20);
      start();
      await following();
      const before = fileAt(path);
      renameSync(path, `${path}.moved`);
      await until(() => fileAt(path) !== undefined && fileAt(path) !== before);
      await following();
      await shown(20);
      expect(said.join('\n')).toContain('was removed or replaced');
    });

    it('are left alone in a directory that is none of ours', async () => {
      start();
      await following();
      isOurs = false;
      rmSync(path);
      writeFileSync(path, 'of another ledger');
      await untilHolds(() => statuses.at(-1)!.state === 'retrying');
      expect(readFileSync(path, 'utf8')).toBe('of another ledger');
      expect(said.at(-1)).toContain('tried again');
    });

    it('makes anew what somebody found damaged, and what was made since is not meant', async () => {
      await append(store, 20);
      const follower = start();
      await following();
      const file = fileAt(path)!;
      follower.damaged('another:file', 'said too late');
      await append(store, 1);
      await shown(21);
      expect(said).toEqual([]);
      follower.damaged(file, 'malformed');
      await until(() => statuses.some((status) => status.file === undefined));
      await following();
      await shown(21);
      expect(said.join('\n')).toContain('malformed');
    });

    it('leaves the tables as they are where the log cannot be read, and goes on when it can', async () => {
      await append(store, 20);
      let fails = true;
      await madeAnew(store, path);
      const file = fileAt(path);
      start(async () => {
        if (fails) throw Object.assign(new Error('/srv/log.db: disk I/O error'), { code: 'SQLITE_CORRUPT' });
        return opening(store);
      });
      await until(() => statuses.at(-1)?.state === 'retrying');
      expect(statuses.at(-1)!.reason).toBe(
        'a file of the machine cannot be read or written (SQLITE_CORRUPT); look at the log and the disk',
      );
      expect(fileAt(path)).toBe(file);
      fails = false;
      await following();
      expect(fileAt(path)).toBe(file);
    });
  });

  it('ends while it waits for its next attempt', async () => {
    start(() => Promise.reject(new Error('never')));
    await until(() => said.length > 4);
    await stop();
    expect(statuses.at(-1)).toMatchObject({ state: 'retrying', reason: 'never' });
  });

  it(`after any faults has the rows of tables made anew (seed ${SEED})`, async () => {
    const steps = fc.array(
      fc.record({ events: fc.integer({ min: 0, max: 120 }), fault: fc.nat(FAULTS.length + 2), running: fc.boolean() }),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        rmSync(path, { recursive: true, force: true });
        store = new MemoryEventStore();
        await append(store, 150);
        for (const { events, fault, running } of all) {
          start();
          await following();
          await shown(await store.head());
          if (!running) await stop();
          // While it runs only what others do to a file: SQLite itself lets nobody drop a table under a writer.
          if (running && existsSync(path)) overwrite(path, 4_096 * (1 + (fault % 5)), garbage(8_192, fault));
          else FAULTS[fault]?.[1](path);
          await append(store, events);
          await stop();
        }
        statuses.length = 0;
        start();
        await following();
        await shown(await store.head());
        await stop();
        expect(contents(path)).toEqual(await madeAnew(store, join(directory, 'fresh.db')));
      }),
      { seed: SEED, numRuns: 12 },
    );
  }, 240_000);
});
