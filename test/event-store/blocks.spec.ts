import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AuditFinding, type EventStore, type StoredEvent } from '../../src/event-store/event-store.js';
import { MemoryEventStore } from '../../src/event-store/memory.js';
import { LogFileWriter, readRows } from '../../src/event-store/sqlite/log-file.js';
import { type SealingLimits } from '../../src/event-store/sqlite/sealing.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { openSqlite } from '../../src/sqlite-file.js';
import { anEvent, everything } from '../event-store.contract.js';
import { flipBit } from '../faults/damage.js';
import { randomFrom } from '../random.js';
import { SEED } from '../seed.js';

/** How events lie in a log means nothing: this is what may be seen of it, and what must not. */
describe('blocks of a log', () => {
  let directory: string;
  let path: string;
  let store: SqliteEventStore;
  const said: string[] = [];
  const open = (sealing?: SealingLimits): SqliteEventStore =>
    new SqliteEventStore(path, {
      readonly: false,
      markPath: `${path}.mark`,
      log: (message) => said.push(message),
      ...(sealing && { sealing }),
    });

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'blocks-'));
    path = join(directory, 'log.db');
    store = open();
    said.length = 0;
  });
  afterEach(async () => {
    await store.close();
    rmSync(directory, { recursive: true });
  });

  const some = (count: number, word = 'x'): ReturnType<typeof anEvent>[] =>
    Array.from({ length: count }, (_, index) => anEvent(`{"内容":"${word}","n":${index}}`));
  const count = (table: 'block' | 'event' | 'part'): number => {
    const file = openSqlite(path, 'readonly');
    const found = file.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
    file.close();
    return found;
  };
  const auditOf = async (audited: EventStore): Promise<AuditFinding[]> => {
    const findings: AuditFinding[] = [];
    for await (const finding of audited.audit()) findings.push(finding);
    if (audited !== store) await audited.close();
    return findings;
  };
  const meddle = (sql: string): void => {
    const file = openSqlite(path, 'disposable');
    file.exec(sql);
    file.close();
  };
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it('hold what was appended together, and what was appended singly once it is old', async () => {
    await store.append('book-a', 'no-stream', some(300));
    expect([count('block'), count('event'), count('part')]).toEqual([3, 0, 3]);
    for (let index = 0; index < 10; index += 1)
      await store.append('book-b', index - 1 < 0 ? 'no-stream' : index - 1, some(1));
    expect([count('block'), count('event')]).toEqual([3, 10]);
    const before = await everything(store);
    await store.close();
    store = open({ keep: 4, least: 2 });
    await store.append('book-b', 9, some(1));
    await until(() => count('event') < 7);
    expect([count('block'), count('event')]).toEqual([4, 4]);
    expect((await everything(store)).slice(0, -1)).toEqual(before);
    expect(await auditOf(store)).toEqual([]);
  });

  it('are a fraction of what the rows were', async () => {
    const sizeOf = async (together: number): Promise<number> => {
      const file = join(directory, `of-${together}.db`);
      const log = new SqliteEventStore(file, { readonly: false, markPath: `${file}.mark` });
      const line = (index: number): string => JSON.stringify({ kind: 'contribution', note: '缴费'.repeat(60), index });
      for (let first = 0; first < 1_500; first += together)
        await log.append(
          'book-a',
          first === 0 ? 'no-stream' : first - 1,
          Array.from({ length: together }, (_, index) => anEvent(line(first + index), `k-${first + index}`, false)),
        );
      await log.close();
      return readFileSync(file).length;
    };
    expect((await sizeOf(10)) / (await sizeOf(500))).toBeGreaterThan(4);
  });

  it.each([0, 1, 2, 3, 4].map((more) => SEED + more))(
    'give what a store in memory gives, however they came to be (seed %i)',
    async (seed) => {
      const random = randomFrom(seed);
      const below = (limit: number): number => Math.floor(random() * limit);
      const model = new MemoryEventStore();
      const streams = ['book-a', 'book-b', 'case-c'];
      const ends = new Map<string, number>();
      const sealing = { keep: below(40), least: 1 + below(20) };
      for (let round = 0; round < 60; round += 1) {
        const stream = streams[below(3)]!;
        const revision = ends.get(stream) ?? -1;
        const events = some(random() < 0.7 ? 1 + below(3) : 1 + below(400), `${seed}-${round}`);
        for (const each of [store, model]) await each.append(stream, revision < 0 ? 'no-stream' : revision, events);
        ends.set(stream, revision + events.length);
        if (random() < 0.2) {
          await store.close();
          store = open(sealing);
        }
        if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve, below(10)));
      }
      const all = await everything(model);
      const reader = new SqliteEventStore(path, { readonly: true });
      for (const each of [store, reader]) {
        expect(await everything(each)).toEqual(all);
        for (let look = 0; look < 40; look += 1) {
          const after = below(all.length + 2);
          expect(await everything(each, after)).toEqual(all.slice(after));
          const options = {
            ...(random() < 0.8 && { from: below(800) }),
            direction: random() < 0.5 ? ('backwards' as const) : ('forwards' as const),
            limit: 1 + below(300),
            hashes: random() < 0.2,
          };
          const stream = streams[below(3)]!;
          expect(await each.readStream(stream, options)).toEqual(await model.readStream(stream, options));
        }
        expect(await auditOf(each)).toEqual([]);
      }
      await reader.close();
      expect(said).toEqual([]);
    },
  );

  it('hold the events of a stream together, and are finished where they were begun', async () => {
    await store.close();
    const never = { keep: Number.MAX_SAFE_INTEGER / 2, least: 1 };
    store = open(never);
    await Promise.all(
      Array.from({ length: 40 }, async (_, stream) => {
        for (let revision = -1; revision < 29; revision += 1)
          await store.append(`book-${stream}`, revision < 0 ? 'no-stream' : revision, some(1, `${stream}`));
      }),
    );
    const all = await everything(store);
    const streamsOf = async (log: EventStore): Promise<StoredEvent[][]> =>
      Promise.all(
        Array.from({ length: 40 }, (_, stream) => log.readStream(`book-${stream}`, { limit: 99, hashes: true })),
      );
    const streams = await streamsOf(store);
    expect([count('event'), all.length]).toEqual([1_200, 1_200]);
    for (let begun = 0; count('event') > 1 && begun < 50; begun += 1) {
      const blocks = count('block');
      await store.close();
      // Each time another block comes into the log, and the others of its window do not.
      store = open({ keep: 0, least: 1 });
      await store.append('case-a', begun === 0 ? 'no-stream' : begun - 1, some(1));
      await until(() => count('block') > blocks);
      await store.close();
      store = open(never);
      expect((await everything(store)).slice(0, 1_200)).toEqual(all);
      expect(await streamsOf(store)).toEqual(streams);
      expect(await auditOf(new SqliteEventStore(path, { readonly: true }))).toEqual([]);
    }
    const file = openSqlite(path, 'readonly');
    const parts = file.prepare(
      `SELECT count(*) FROM part WHERE stream = (SELECT id FROM stream WHERE name = 'book-7')`,
    );
    expect(parts.pluck().get()).toBeLessThan(5);
    file.close();
  });

  it('are read by another process while they are made: nothing is missing and nothing twice', async () => {
    await store.close();
    store = open({ keep: 3, least: 2 });
    const reader = new SqliteEventStore(path, { readonly: true });
    const ended = new AbortController();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const events of reader.readAll({ after: 0, live: true, batch: 7 }, ended.signal)) {
        seen.push(...events.map(({ position }) => position));
        if (seen.length >= 400) ended.abort();
      }
    })();
    for (let index = 0; index < 400; index += 1)
      await store.append(`book-${index % 5}`, index < 5 ? 'no-stream' : Math.floor(index / 5) - 1, some(1));
    await reading;
    expect(seen).toEqual(Array.from({ length: 400 }, (_, index) => index + 1));
    await reader.close();
    await until(() => count('block') > 0);
  });

  it('are opened by a reader that was there before the first of them', async () => {
    await store.append('book-a', 'no-stream', some(5));
    await store.close();
    meddle('DROP TABLE block; DROP TABLE part');
    const reader = new SqliteEventStore(path, { readonly: true });
    expect(await everything(reader)).toHaveLength(5);
    expect(await auditOf(new SqliteEventStore(path, { readonly: true }))).toEqual([]);
    store = open();
    await store.append('book-a', 4, some(200));
    expect(await everything(reader)).toEqual(await everything(store));
    expect((await reader.readStream('book-a', { direction: 'backwards', limit: 1 }))[0]!.revision).toBe(204);
    await reader.close();
  });

  it('find a key whose event lies in one', async () => {
    await store.append('book-a', 'no-stream', [...some(150), anEvent('{"n":1}', 'wanted'), ...some(150)]);
    expect(await store.findByKey('book-a', 'wanted')).toMatchObject({ revision: 150, data: '{"n":1}' });
    await expect(store.append('book-a', 300, [anEvent('{}', 'wanted')])).rejects.toMatchObject({
      code: 'duplicate-key',
    });
  });

  it('stay rows where they cannot be moved, and appends go on', async () => {
    for (let index = 0; index < 8; index += 1) await store.append(`book-${index}`, 'no-stream', some(1));
    await store.close();
    // Something stands where the block would have to.
    meddle(`INSERT INTO part SELECT id, 0, 0, 1 FROM stream WHERE name = 'book-1'`);
    store = open({ keep: 0, least: 4 });
    await store.append('book-8', 'no-stream', some(1));
    await until(() => said.length > 0);
    expect(said).toEqual([expect.stringContaining('no longer moved into blocks')]);
    expect((await store.append('book-8', 0, some(1))).position).toBe(10);
    expect(await everything(store)).toHaveLength(10);
    expect(count('event')).toBe(10);
  });

  describe('that are damaged', () => {
    const damaged = async (offset: number, bit: number): Promise<AuditFinding[]> => {
      const copy = join(directory, 'copy.db');
      copyFileSync(path, copy);
      flipBit(copy, offset, bit);
      try {
        const reader = new SqliteEventStore(copy, { readonly: true });
        return await auditOf(reader);
      } catch (error) {
        // SQLite, or the store, does not open it: the audit of a ledger says so.
        return [{ code: 'unreadable', detail: (error as Error).message }];
      }
    };

    it('are found, whatever bit of a block is turned over, and their events are named', async () => {
      await store.append('book-a', 'no-stream', some(300));
      await store.append('book-b', 'no-stream', some(100, 'y'));
      const file = openSqlite(path, 'disposable');
      const random = randomFrom(SEED);
      type Stored = { position: number; events: number; body: Buffer; hashes: Buffer };
      for (const block of file.prepare('SELECT position, events, body, hashes FROM block').all() as Stored[])
        for (const column of ['body', 'hashes'] as const) {
          const { position, events } = block;
          const write = file.prepare(`UPDATE block SET ${column} = ? WHERE position = ?`);
          for (let bit = 0; bit < block[column].length * 8; bit += 1 + Math.floor(random() * 800)) {
            const turned = Buffer.from(block[column]);
            turned[bit >> 3]! ^= 1 << (bit & 7);
            write.run(turned, position);
            const [finding, ...others] = await auditOf(new SqliteEventStore(path, { readonly: true }));
            expect([bit, others]).toEqual([bit, []]);
            if (column === 'hashes')
              expect(finding).toMatchObject({ code: 'hash-mismatch', position: position + (bit >> 8) });
            else
              expect([bit, finding]).toEqual([
                bit,
                {
                  code: 'block-damaged',
                  position,
                  detail: expect.stringMatching(
                    `^the events at positions ${position} to ${position + events - 1} cannot be unpacked: .*book-[ab]-`,
                  ),
                },
              ]);
          }
          write.run(block[column], position);
        }
      file.close();
      expect(await auditOf(store)).toEqual([]);
    });

    it('are found wherever in the file a bit is turned over that says anything', async () => {
      await store.append('book-a', 'no-stream', some(200));
      for (let index = 0; index < 20; index += 1) await store.append(`book-${index}`, 'no-stream', some(1));
      await store.close();
      const all: StoredEvent[] = await everything((store = open()));
      await store.close();
      const size = readFileSync(path).length;
      for (let offset = 100; offset < size; offset += 97) {
        const findings = await damaged(offset, offset % 8);
        if (findings.length > 0) continue;
        // What nothing is said by, as a free page: then everything reads as it did.
        const copy = new SqliteEventStore(join(directory, 'copy.db'), { readonly: true });
        expect({ offset, events: await everything(copy) }).toEqual({ offset, events: all });
        await copy.close();
      }
      store = open();
    }, 120_000);

    it.each([
      ['a part that is gone', 'DELETE FROM part WHERE revision = 128', 'part-differs'],
      ['a part of another block', 'UPDATE part SET block = 1 WHERE revision = 128', 'part-differs'],
      ['a part of nothing', 'INSERT INTO part VALUES (1, 900, 901, 1)', 'part-differs'],
      ['a block that is gone', 'DELETE FROM block WHERE position = 129', 'position-gap'],
      ['a block elsewhere', 'UPDATE block SET position = 500 WHERE position = 257', 'block-damaged'],
      ['a block of fewer events', 'UPDATE block SET events = 100 WHERE position = 257', 'block-damaged'],
      [
        'a block with another’s hashes',
        'UPDATE block SET hashes = (SELECT hashes FROM block LIMIT 1)',
        'hash-mismatch',
      ],
    ])('are found: %s', async (_, sql, code) => {
      await store.append('book-a', 'no-stream', some(384));
      meddle(sql);
      expect((await auditOf(store)).map((finding) => finding.code)).toContain(code);
    });

    it('say which events cannot be read, and the others are', async () => {
      await store.append('book-a', 'no-stream', some(384));
      meddle(`UPDATE block SET body = zeroblob(length(body)) WHERE position = 129`);
      const error = { code: 'block-damaged', first: 129, last: 256 };
      await expect(everything(store)).rejects.toMatchObject(error);
      await expect(store.readStream('book-a', { from: 130, limit: 1 })).rejects.toMatchObject(error);
      expect(await store.readStream('book-a', { limit: 128 })).toHaveLength(128);
      expect(await everything(store, 256)).toHaveLength(128);
    });
  });

  it('hold what a copy was made of, row by row as it was', async () => {
    for (let index = 0; index < 40; index += 1)
      await store.append(`book-${index % 3}`, index < 3 ? 'no-stream' : Math.floor(index / 3) - 1, some(1));
    await store.append('book-a', 'no-stream', some(300));
    const copy = join(directory, 'copy.db');
    const writer = new LogFileWriter(copy);
    for (const rows of readRows(path, 0, 320)) writer.write(rows, () => undefined);
    writer.close();
    expect([...readRows(copy, 0, 1_000)].flat()).toEqual([...readRows(path, 0, 320)].flat());
  });
});
