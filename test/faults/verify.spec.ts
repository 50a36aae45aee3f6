import { chmodSync, cpSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { auditLedger, type LedgerAudit } from '../../src/audit/ledger-audit.js';
import { DAY_MS } from '../../src/time/recording-clock.js';
import { LedgerFiles } from '../ledger-files.js';
import { command } from '../one-of-each.js';
import { type Finished, post, runProgram, startService, temporaryDirectory } from '../service.js';
import { cutEnd, flipBit } from './damage.js';
import { SmallDisk } from './small-disk.js';
import { canFailCalls, type CallFault, faulty } from './system-calls.js';

const contribution = { kind: 'contribution' } as const;
const BOOK = 'book-employee-460100';

describe('what verify finds in a log', () => {
  let files: LedgerFiles;
  beforeEach(async () => {
    files = new LedgerFiles();
    await files.post([contribution, contribution, contribution]);
  });
  afterEach(() => files.remove());

  const audit = (): Promise<LedgerAudit> => {
    const { log, mark, read } = files.paths;
    const progress = { begin: () => undefined, update: () => undefined };
    const clock = { nowMs: Date.UTC(2025, 11, 31, 0, 1), boundMs: 30 * DAY_MS };
    return auditLedger({ store: 'sqlite', log, mark }, read, progress, clock);
  };
  const breaches = async (): Promise<string[]> => (await audit()).breaches.map(({ got }) => got);
  const notes = async (): Promise<string[]> => {
    const { breachCount, notes: all, noteCount } = await audit();
    expect([breachCount, noteCount]).toEqual([0, all.length]);
    return all.map(({ invariant, got }) => `${invariant}: ${got}`);
  };

  it('is nothing in a sound one', async () => {
    expect([await breaches(), await notes()]).toEqual([[], []]);
  });

  it.each([
    [
      'a trigger',
      'CREATE TRIGGER quiet AFTER INSERT ON event BEGIN SELECT 1; END',
      'schema-differs: trigger quiet does not belong to a log',
    ],
    ['a view', 'CREATE VIEW seen AS SELECT 1', 'schema-differs: view seen does not belong to a log'],
    ['a table', 'CREATE TABLE other (a)', 'schema-differs: table other does not belong to a log'],
    ['an index', 'CREATE INDEX quick ON event (type)', 'schema-differs: index quick does not belong to a log'],
    [
      'a column',
      'ALTER TABLE event ADD COLUMN more TEXT',
      'schema-differs: table event is CREATE TABLE event ( position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, ' +
        'revision INTEGER NOT NULL, type INTEGER NOT NULL, data TEXT NOT NULL, hash BLOB NOT NULL, more TEXT, ' +
        'UNIQUE (stream, revision)) STRICT',
    ],
    [
      'a table without its constraint',
      `ALTER TABLE type RENAME TO old; CREATE TABLE type (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
       INSERT INTO type SELECT * FROM old; DROP TABLE old`,
      'schema-differs: index sqlite_autoindex_type_1 is missing',
    ],
    [
      'a key of no event',
      `INSERT INTO idempotency SELECT stream, 'stray', 99 FROM idempotency LIMIT 1`,
      'key-without-event: key stray of stream 1, revision 99',
    ],
    [
      'a key of another event',
      `INSERT INTO idempotency SELECT stream, 'stray', 1 FROM idempotency LIMIT 1`,
      'key-of-another: key stray of stream 1, revision 1',
    ],
    [
      'a key that leads elsewhere',
      `UPDATE idempotency SET revision = 2 WHERE key = 'key-1'`,
      'key-of-another: key key-1 of stream 1, revision 2',
    ],
  ])('is %s', async (_, sql, wanted) => {
    files.tamper((log) => log.exec(sql));
    const found = await breaches();
    expect(found).toContain(wanted);
  });

  it('is a lost event of a key', async () => {
    files.tamper((log) => log.exec(`DELETE FROM idempotency WHERE key = 'key-2'`));
    expect((await audit()).breaches).toMatchObject([{ invariant: 'key-once', id: `${BOOK}-1`, got: 'no event' }]);
  });

  it.each([
    ['missing', (path: string) => rmSync(path), 'mark: missing'],
    ['empty', (path: string) => cutEnd(path), 'mark: empty'],
    ['of no use', (path: string) => writeFileSync(path, 'x'.repeat(16)), 'mark: damaged'],
    ['damaged in part', (path: string) => flipBit(path, 3), 'mark: damaged in part, of which position 3 is left'],
  ])('is no breach but a note where the mark is %s', async (_, act, wanted) => {
    act(files.paths.mark);
    expect(await notes()).toEqual([wanted]);
  });

  it('is nothing where the mark is as an earlier version wrote it', async () => {
    writeFileSync(files.paths.mark, '0000000000000003');
    expect(await notes()).toEqual([]);
  });

  it.each([0, 4, 15, 16, 20, 25, 26, 30, 51])(
    'is a lost end, whatever bit of byte %d of the mark is turned',
    async (at) => {
      files.tamper((log) =>
        log.exec(`DELETE FROM idempotency WHERE key = 'key-3'; DELETE FROM event WHERE position = 3`),
      );
      for (let bit = 0; bit < 8; bit += 1) {
        flipBit(files.paths.mark, at, bit);
        expect((await audit()).breaches).toMatchObject([
          { invariant: 'mark', expected: 'a log up to position 3', got: 'its end at position 2' },
        ]);
        flipBit(files.paths.mark, at, bit);
      }
    },
  );
});

const folder = temporaryDirectory();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A ledger as a service leaves it, ended in order or killed. */
async function ledger(name: string, signal: NodeJS.Signals): Promise<string> {
  const directory = join(folder, name);
  const service = await startService(directory);
  expect((await post(service, ...command('contribution'), 'first')).status).toBe(201);
  await fetch(`${service.address}/v1/balances?after=2`);
  await service.stop(signal);
  return directory;
}

const READERS = [['verify'], ['report', 'fund-balance'], ['replay'], ['clock']] as const;

it('a copy that can only be read is read: by verify, report and replay', async () => {
  const disk = await SmallDisk.mount(16_384, 'a read-only copy of a ledger');
  if (!disk) return;
  cpSync(await ledger('ended', 'SIGTERM'), disk.file('ended'), { recursive: true });
  const killed = await ledger('killed', 'SIGKILL');
  cpSync(killed, disk.file('killed'), { recursive: true });
  // Only the files somebody thinks of: the end of the log is in the write-ahead log.
  cpSync(killed, disk.file('some'), { recursive: true });
  for (const name of readdirSync(disk.file('some'))) if (name.endsWith('-shm')) rmSync(disk.file('some', name));
  disk.remount('ro');
  for (const name of ['ended', 'killed', 'some'])
    for (const words of READERS) {
      const run = await runProgram(['--data', join(disk.path, name), ...words], { LANG: 'en_US.UTF-8' }, disk.through);
      expect([name, words[0], run.stderr, run.code]).toEqual([name, words[0], '', 0]);
    }
  const nowhere = { TMPDIR: join(folder, 'nowhere'), LANG: 'en_US.UTF-8' };
  expect(await runProgram(['--data', join(disk.path, 'some'), 'verify'], nowhere, disk.through)).toMatchObject({
    code: 3,
    stdout: '',
    stderr: expect.stringMatching(/^temporary-copy-failed: [^\n]*ENOENT[^\n]*TMPDIR[^\n]*\n$/),
  });
  await disk.unmount();
}, 240_000);

describe('verify where the machine is at fault', () => {
  const run = async (directory: string, fault: CallFault, environment = {}): Promise<Finished> =>
    runProgram(['--data', directory, 'verify'], environment, faulty(fault));

  it('ends with exit code 3 and a sentence, in both languages, and never says breach', async () => {
    if (!canFailCalls('verify on a machine that fails')) return;
    const directory = await ledger('faulty', 'SIGTERM');
    const log = join(directory, 'log.db');
    const faults: readonly [CallFault, RegExp][] = [
      [{ calls: 'pread64', paths: [log], with: 'EIO', when: '4+' }, /EIO/],
      [{ calls: 'openat', paths: [log], with: 'EACCES' }, /EACCES|SQLITE_CANTOPEN/],
      [{ calls: 'openat', paths: [log], with: 'EMFILE' }, /EMFILE|SQLITE_CANTOPEN/],
      [{ calls: 'read,openat', paths: [join(directory, 'log.mark')], with: 'EIO' }, /EIO/],
    ];
    for (const [fault, code] of faults)
      for (const LANG of ['zh_CN.UTF-8', 'en_US.UTF-8']) {
        const { code: exit, stdout, stderr } = await run(directory, fault, { LANG });
        expect([exit, stdout, stderr]).toEqual([3, '', expect.stringMatching(/^[a-z-]+: [^\n]*\n$/)]);
        expect(stderr).toMatch(code);
        expect(stderr).not.toMatch(/breach|不符/);
      }
  }, 240_000);

  it('tells a file that is no log, and one that is damaged', async () => {
    const directory = temporaryDirectory();
    writeFileSync(
      join(directory, 'log.db'),
      'something else, and long enough to be looked at as a database'.repeat(99),
    );
    const damaged = await runProgram(['--data', directory, 'verify'], { LANG: 'en_US.UTF-8' });
    expect([damaged.code, damaged.stdout]).toEqual([1, expect.stringContaining('file is not a database')]);
    for (const words of [['report', 'fund-balance'], ['serve'], ['clock']]) {
      const { code, stderr } = await runProgram(['--data', directory, ...words], { LANG: 'en_US.UTF-8', PORT: '0' });
      expect([words[0], code, stderr]).toEqual([words[0], 3, expect.stringMatching(/^[a-z-]+: [^\n]*\n$/)]);
    }
    chmodSync(directory, 0o755);
    expect(existsSync(join(directory, 'log.db-wal'))).toBe(false);
    rmSync(directory, { recursive: true });
  }, 240_000);
});
