import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AuditFinding, type EventStore } from '../../src/event-store/event-store.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { type SealingLimits } from '../../src/event-store/sqlite/sealing.js';
import { openSqlite } from '../../src/sqlite-file.js';
import { anEvent, eventStoreContract, everything, type OpenedStore } from '../event-store.contract.js';

const open = (path: string, sealing?: SealingLimits): SqliteEventStore =>
  new SqliteEventStore(path, { readonly: false, markPath: `${path}.mark`, ...(sealing && { sealing }) });

async function inNewDirectory(sealing?: SealingLimits): Promise<OpenedStore> {
  const directory = mkdtempSync(join(tmpdir(), 'event-store-'));
  const path = join(directory, 'log.db');
  const store = open(path, sealing);
  let current: EventStore = store;
  const reopen = async (): Promise<EventStore> => {
    await current.close();
    return (current = open(path, sealing));
  };
  const close = async (): Promise<void> => {
    await current.close();
    rmSync(directory, { recursive: true });
  };
  return { store, reopen, close };
}

eventStoreContract('SQLite', () => inNewDirectory());
eventStoreContract('SQLite, every event sealed at once', () => inNewDirectory({ keep: 0, least: 1 }));

describe('the embedded store', () => {
  let directory: string;
  let path: string;
  let store: SqliteEventStore;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'event-store-'));
    path = join(directory, 'log.db');
    store = open(path);
  });
  afterEach(async () => {
    await store.close();
    rmSync(directory, { recursive: true });
  });

  const fill = async (streams: number, each = 1): Promise<void> => {
    await Promise.all(
      Array.from({ length: streams }, (_, index) =>
        store.append(
          `book-${index}`,
          'no-stream',
          Array.from({ length: each }, () => anEvent('{"内容":"x"}')),
        ),
      ),
    );
  };
  const audit = async (): Promise<AuditFinding[]> => {
    const findings: AuditFinding[] = [];
    for await (const finding of store.audit()) findings.push(finding);
    return findings;
  };
  /** Changes the file behind the store's back. */
  const meddle = (sql: string): void => {
    const file = openSqlite(path, 'disposable');
    file.exec(sql);
    file.close();
  };

  describe('group commit', () => {
    it('commits once for everything that arrived together', async () => {
      await fill(200);
      expect(store.commits).toBe(1);
      expect(await store.head()).toBe(200);
    });

    it('commits what arrives during a commit with the next one', async () => {
      const first = store.append('book-first', 'no-stream', [anEvent()]);
      const later = first.then(() => fill(50));
      await Promise.all([first, later]);
      expect(store.commits).toBe(2);
    });

    it('refuses one append of a group and commits the others', async () => {
      const outcomes = await Promise.allSettled([
        store.append('book-a', 'no-stream', [anEvent()]),
        store.append('book-a', 'no-stream', [anEvent()]),
        store.append('book-a', 0, [anEvent('{}', 'k'), anEvent('{}', 'k')]),
        store.append('book-a', 0, [anEvent('{}', 'k')]),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
      expect(store.commits).toBe(1);
      expect(await everything(store)).toHaveLength(2);
    });

    it('is on disk when it is acknowledged: a second connection sees it', async () => {
      await fill(3);
      const reader = new SqliteEventStore(path, { readonly: true });
      expect(await everything(reader)).toEqual(await everything(store));
      await reader.close();
    });
  });

  describe('a failed commit', () => {
    it('fails its appends and every later one', async () => {
      await fill(1);
      expect(store.failure).toBeUndefined();
      meddle('ALTER TABLE event RENAME TO gone');
      await expect(store.append('book-a', 'no-stream', [anEvent()])).rejects.toThrow('event');
      meddle('ALTER TABLE gone RENAME TO event');
      await expect(store.append('book-b', 'no-stream', [anEvent()])).rejects.toThrow('event');
      expect(store.failure?.message).toContain('event');
      await store.close();
      store = open(path);
      expect(store.failure).toBeUndefined();
      expect((await store.append('book-b', 'no-stream', [anEvent()])).position).toBe(2);
      expect(await audit()).toEqual([]);
    });
  });

  describe('the mark', () => {
    it('refuses a log that ends before what was acknowledged', async () => {
      await fill(5);
      await store.close();
      meddle('DELETE FROM event WHERE position > 3');
      expect(() => open(path)).toThrow(
        expect.objectContaining({ code: 'log-shorter-than-mark', found: 3, reached: 5 }),
      );
      expect(() => open(path)).toThrow('position 3, but had been acknowledged up to 5');
    });

    it('notices a write-ahead log that was cut off', async () => {
      await fill(4);
      const writeAhead = readFileSync(`${path}-wal`);
      const whole = readFileSync(path);
      await store.append('book-late', 'no-stream', [anEvent()]);
      const mark = readFileSync(`${path}.mark`);
      await store.close();
      writeFileSync(path, whole);
      writeFileSync(`${path}-wal`, writeAhead);
      writeFileSync(`${path}.mark`, mark);
      truncateSync(`${path}-wal`, writeAhead.length - 1);
      expect(() => open(path)).toThrow(expect.objectContaining({ code: 'log-shorter-than-mark', reached: 5 }));
    });

    it('takes a log that is longer than the mark: the last commit was not acknowledged', async () => {
      await fill(5);
      await store.close();
      writeFileSync(`${path}.mark`, '0000000000000004');
      store = open(path);
      expect(await store.head()).toBe(5);
    });
  });

  describe('audit', () => {
    it('finds one flipped bit in an event and names its position', async () => {
      await fill(30, 20);
      await store.append('book-late', 'no-stream', [anEvent('{"amount":"1234.50"}')]);
      const { position } = (await everything(store)).at(-1)!;
      await store.close();
      const contents = readFileSync(path);
      contents[contents.indexOf('"1234.50"') + 2]! ^= 1;
      writeFileSync(path, contents);
      store = open(path);
      expect(await audit()).toEqual([expect.objectContaining({ code: 'hash-mismatch', position })]);
    });

    it.each([
      ['a changed hash', `UPDATE event SET hash = zeroblob(32) WHERE position = 7`, 'hash-mismatch', 7],
      ['a missing event', `DELETE FROM event WHERE position = 7`, 'position-gap', 8],
      ['a moved revision', `UPDATE event SET revision = 9 WHERE position = 7`, 'revision-gap', 7],
      ['a lost name', `UPDATE stream SET id = 99 WHERE name = 'book-6'`, 'name-missing', 7],
      ['a lost event of a key', `UPDATE idempotency SET revision = 5`, 'key-without-event', undefined],
    ])('finds %s', async (_, sql, code, position) => {
      await fill(10);
      meddle(sql);
      const findings = await audit();
      expect(findings).toContainEqual(expect.objectContaining({ code, ...(position !== undefined && { position }) }));
      expect(findings.filter(({ position: at }) => at !== undefined && at < 7)).toEqual([]);
    });

    it('reports a file that cannot be read to its end', async () => {
      await fill(500, 5);
      await store.close();
      const contents = readFileSync(path);
      contents.fill(0xff, 4096 * 40, 4096 * 41);
      writeFileSync(path, contents);
      store = open(path);
      const codes = (await audit()).map(({ code }) => code);
      expect(codes.some((code) => code === 'file-damaged' || code === 'file-unreadable')).toBe(true);
    });
  });
});
