import { spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { makeBackup } from '../../src/backup/make-backup.js';
import { type Manifest, manifestText } from '../../src/backup/manifest.js';
import { restoreBackup, type RestoreWord } from '../../src/backup/restore.js';
import { readEvent } from '../../src/books/event.js';
import { dataPaths } from '../../src/data-directory.js';
import { type StoredEvent } from '../../src/event-store/event-store.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { openSqlite } from '../../src/sqlite-file.js';
import { LedgerFiles } from '../ledger-files.js';
import { command } from '../one-of-each.js';
import { CLI, get, NODE, post, runProgram, startService, temporaryDirectory } from '../service.js';
import { flipBit, garbage, overwrite } from './damage.js';
import { SmallDisk } from './small-disk.js';
import { faulty } from './system-calls.js';

const [OLD, NEW] = [20, 30];
const WORD = { lose: NEW - OLD, by: 'zhao', reason: '数据盘损坏' };
const CLOCK = { nowMs: Date.UTC(2026, 0, 3), boundMs: 30 * 86_400_000 };
const QUIET = { begin: () => undefined, update: () => undefined };

const files = new LedgerFiles();
const root = temporaryDirectory();
const place = (name: string): string => join(root, name);
const [older, newer] = [place('older'), place('newer')];
const backupOf = (directory: string, to: string) =>
  makeBackup({ store: 'sqlite', ...dataPaths(directory) }, to, directory, QUIET, CLOCK);

/** The ledger that a test works on. */
const ledger = place('ledger');
const restore = (from: string, word: RestoreWord = {}, to = ledger) =>
  restoreBackup(from, to, word, QUIET, CLOCK, () => undefined);

async function eventsOf(directory: string): Promise<StoredEvent[]> {
  const store = new SqliteEventStore(dataPaths(directory).log, { readonly: true });
  const events: StoredEvent[] = [];
  for await (const batch of store.readAll({ after: 0, live: false })) events.push(...batch);
  await store.close();
  return events;
}

const verify = async (directory: string): Promise<unknown> => {
  const { stdout } = await runProgram(['--json', '--data', directory, 'verify'], { CLOCK_BOUND_DAYS: '9999' });
  const { ok, position } = JSON.parse(stdout) as { ok: boolean; position: number };
  return { ok, position };
};
const asideIn = (directory: string): string => {
  const aside = readdirSync(directory).find((name) => name.startsWith('replaced-'));
  return join(directory, aside!);
};

beforeAll(async () => {
  const subsidies = (count: number) => Array.from({ length: count }, () => ({ kind: 'subsidy' }));
  await files.post(subsidies(OLD - 1));
  await files.post([{ kind: 'penalty' }]);
  await backupOf(files.directory, older);
  await files.post(subsidies(NEW - OLD - 1));
  await files.post([{ kind: 'penalty' }]);
  await files.follow();
  await backupOf(files.directory, newer);
});
beforeEach(() => cpSync(files.directory, ledger, { recursive: true }));
afterEach(() => rmSync(ledger, { recursive: true, force: true }));
afterAll(() => {
  rmSync(root, { recursive: true });
  rmSync(files.directory, { recursive: true });
});

describe('a restore into an empty directory', () => {
  it('gives the ledger as it was backed up, its read tables with it, and does nothing the second time', async () => {
    const to = place('empty');
    const first = await runProgram(['--json', '--data', to, 'restore', newer]);
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(JSON.parse(first.stdout)).toMatchObject({ position: NEW, isChanged: true, event: null, lost: null });
    expect(await eventsOf(to)).toEqual(await eventsOf(files.directory));
    expect(await verify(to)).toEqual({ ok: true, position: NEW });
    expect((await runProgram(['--data', to, 'replay'])).code).toBe(0);
    const again = await runProgram(['--data', to, '--lang', 'zh', 'restore', newer]);
    expect([again.code, again.stdout]).toEqual([0, '账簿已是此备份恢复后的样子，未作更改\n']);
    expect(readdirSync(to).filter((name) => /^re(place|store)/.test(name))).toEqual([]);
  });

  it('is of an empty ledger just as well', async () => {
    const [empty, to] = [new LedgerFiles(), place('of-empty')];
    await empty.post([]);
    await backupOf(empty.directory, place('nothing'));
    expect(await restore(place('nothing'), {}, to)).toMatchObject({ isChanged: true, lost: undefined });
    expect(await eventsOf(to)).toEqual([]);
    rmSync(empty.directory, { recursive: true });
  });

  it('goes on from a ledger that is a beginning of the backup, and loses nothing', async () => {
    await restore(older, {}, place('behind'));
    expect(await restore(newer, {}, place('behind'))).toMatchObject({ isChanged: true, lost: undefined });
    expect(await eventsOf(place('behind'))).toEqual(await eventsOf(files.directory));
  });
});

describe('an older backup over a newer ledger', () => {
  it.each<[string, RestoreWord, string, string, string]>([
    ['nothing is said', {}, 'events-would-be-lost', '--lose', 'nothing'],
    ['another number is said', { ...WORD, lose: NEW - OLD - 1 }, 'events-would-be-lost', '--lose', '9'],
    ['nobody says why', { ...WORD, reason: undefined }, 'option', '--reason', 'nothing'],
    ['nobody to be seen says so', { ...WORD, by: '\u200b' }, 'option', '--by', '"\\u200b"'],
    ['too much is said', { ...WORD, reason: '长'.repeat(201) }, 'option', '--reason', expect.any(String) as never],
  ])('is refused where %s', async (_, word, code, pointer, got) => {
    await expect(restore(older, word)).rejects.toMatchObject({ code, details: [{ pointer, got }] });
    expect(await verify(ledger)).toEqual({ ok: true, position: NEW });
    expect(readdirSync(ledger).filter((name) => name.startsWith('re') && !name.startsWith('read'))).toEqual([]);
  });

  it('says what is lost, keeps it aside, and marks the log with an event of its own', async () => {
    const words = ['--lose', '10', '--by', 'zhao', '--reason', '数据盘损坏'];
    const refused = await runProgram(['--lang', 'en', '--data', ledger, 'restore', older], {
      CLOCK_BOUND_DAYS: '9999',
    });
    expect(refused.code).toBe(1);
    expect(refused.stdout.split('\n')).toEqual([
      '10 events are not in the backup, positions 21 to 30:',
      expect.stringMatching(/^ {2}(employee|resident): 9 vouchers, [0-9]+\.00 yuan moved$/),
      '  1 memos',
      expect.stringMatching(/^ {2}first: book-\S+-19, /),
      expect.stringMatching(/ case-HK-2025-0007-1$/),
      '',
    ]);
    const { code, stdout } = await runProgram(['--json', '--data', ledger, 'restore', older, ...words], {
      CLOCK_BOUND_DAYS: '9999',
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      position: OLD,
      event: { id: 'ledger-restorations-0', position: OLD + 1 },
      aside: asideIn(ledger),
      lost: { from: OLD + 1, to: NEW, events: NEW - OLD, unreadable: 0, others: 1 },
    });
    const before = await eventsOf(files.directory);
    const after = await eventsOf(ledger);
    expect(after.slice(0, OLD)).toEqual(before.slice(0, OLD));
    expect(readEvent(after[OLD]!)).toMatchObject({
      kind: 'ledger-restored',
      backupPosition: OLD,
      lostFrom: OLD + 1,
      lostTo: NEW,
      lostEvents: NEW - OLD,
      by: 'zhao',
      reason: '数据盘损坏',
    });
    expect(await eventsOf(asideIn(ledger))).toEqual(before);
    expect(await verify(asideIn(ledger))).toEqual({ ok: true, position: NEW });
    expect(await verify(ledger)).toEqual({ ok: true, position: OLD + 1 });
    const again = await runProgram(['--json', '--data', ledger, 'restore', older]);
    expect([again.code, JSON.parse(again.stdout)]).toMatchObject([0, { isChanged: false }]);
  });

  it('is a ledger that goes on, tells of it, and can itself be replaced', async () => {
    await restore(older, WORD);
    const service = await startService(ledger, { CLOCK_BOUND_DAYS: '9999' });
    const posted = await post(service, ...command('subsidy'), 'after-restore');
    expect([posted.status, posted.body]).toMatchObject([201, { position: OLD + 2 }]);
    const told = await get(service, '/v1/vouchers/ledger-restorations-0');
    expect(told).toMatchObject({ status: 200, body: { type: 'LedgerRestored.v1', data: { lostEvents: 10 } } });
    expect((await get(service, `/v1/audit-trail?after=${OLD + 2}`)).status).toBe(200);
    const inUse = await runProgram(['--data', ledger, 'restore', older]);
    expect([inUse.code, inUse.stderr]).toEqual([4, expect.stringContaining('data-directory-in-use')]);
    expect(await service.stop()).toBe(0);
    expect((await runProgram(['--data', ledger, 'replay'])).code).toBe(0);
    const now = { ...CLOCK, nowMs: Date.now() };
    const parted = await restoreBackup(newer, ledger, { ...WORD, lose: 2 }, QUIET, now, () => undefined);
    expect(parted).toMatchObject({ lost: { from: OLD + 1, to: OLD + 2, others: 1 }, event: { position: NEW + 1 } });
    expect((await eventsOf(ledger)).slice(0, NEW)).toEqual(await eventsOf(files.directory));
  });

  it('gets a time from the recording clock, which is that of no event before', async () => {
    const early = { ...CLOCK, nowMs: Date.UTC(2025, 11, 31) };
    await restoreBackup(older, ledger, WORD, QUIET, early, () => undefined);
    const lost = (await eventsOf(files.directory)).at(-1)!;
    expect(readEvent((await eventsOf(ledger)).at(-1)!).recordedAt).toBe(readEvent(lost).recordedAt);
    await expect(
      restoreBackup(
        newer,
        ledger,
        { ...WORD, lose: 1 },
        QUIET,
        { ...CLOCK, nowMs: Date.UTC(2030, 0, 1) },
        () => undefined,
      ),
    ).rejects.toMatchObject({ code: 'clock-out-of-bounds' });
    expect(await eventsOf(ledger)).toHaveLength(OLD + 1);
  });
});

describe('over a ledger that is damaged', () => {
  it('what is in the backup is not lost, whatever became of its bytes', async () => {
    const log = openSqlite(dataPaths(ledger).log, 'durable');
    log.exec("UPDATE event SET data = replace(data, 'resident', 'residenz') WHERE position = 5");
    log.close();
    await expect(restore(older)).rejects.toMatchObject({ details: [{ expected: { en: '10' } }] });
    expect(await restore(newer)).toMatchObject({ isChanged: true, lost: undefined });
    expect(await verify(ledger)).toEqual({ ok: true, position: NEW });
  });

  it('what can no longer be read counts by the mark', async () => {
    const { log } = dataPaths(ledger);
    overwrite(log, 0, garbage(statSync(log).size));
    await expect(restore(older)).rejects.toMatchObject({ details: [{ expected: { en: '10' } }] });
    expect(await restore(older, WORD)).toMatchObject({ lost: { events: 10, unreadable: 10 }, event: { position: 21 } });
    expect(await verify(ledger)).toEqual({ ok: true, position: OLD + 1 });
  });

  it('a log that is gone counts by its mark, too', async () => {
    rmSync(dataPaths(ledger).log);
    await expect(restore(older)).rejects.toMatchObject({ code: 'events-would-be-lost' });
    expect(await restore(newer)).toMatchObject({ isChanged: true, lost: undefined });
  });
});

describe('a backup that cannot be restored', () => {
  const copy = place('copy');
  beforeEach(() => cpSync(newer, copy, { recursive: true }));
  afterEach(() => rmSync(copy, { recursive: true }));
  const to = place('refused');
  const isRefused = async (code: string): Promise<void> => {
    await expect(restore(copy, {}, to)).rejects.toMatchObject({ kind: 'refused', code });
    expect(existsSync(to)).toBe(false);
  };

  const REGIONS = Array.from({ length: 16 }, (_, region) => region);
  it.each(['log.db', 'log.mark', 'backup.json'])('has one bit of %s turned over, wherever that is', async (name) => {
    const { size } = statSync(join(copy, name));
    for (const region of REGIONS) {
      const offset = Math.min(size - 1, Math.floor((size * (region + 0.5)) / REGIONS.length));
      flipBit(join(copy, name), offset, region % 8);
      await isRefused('backup-damaged');
      flipBit(join(copy, name), offset, region % 8);
    }
    await restore(copy, {}, to);
    rmSync(to, { recursive: true });
  });

  it.each(['log.db', 'log.mark'])('has no %s', async (name) => {
    rmSync(join(copy, name));
    await isRefused('backup-damaged');
  });

  const manifest = (change: (manifest: Manifest) => Manifest): void => {
    const { check: _, ...read } = JSON.parse(readFileSync(join(copy, 'backup.json'), 'utf8')) as Manifest & {
      check: string;
    };
    writeFileSync(join(copy, 'backup.json'), manifestText(change(read)));
  };

  it('says of the log what is not so', async () => {
    manifest((read) => ({ ...read, balances: {} }));
    await isRefused('backup-damaged');
  });

  it.each<[string, Partial<Manifest>]>([
    ['version', { version: '0.2.0' }],
    ['form', { format: 2 }],
  ])('is of a later %s', async (_, change) => {
    manifest((read) => ({ ...read, ...change }));
    await isRefused('backup-of-later-version');
  });

  it('was not finished, or is none', async () => {
    rmSync(join(copy, 'backup.json'));
    await isRefused('no-backup');
    writeFileSync(join(copy, 'log.db.part'), '');
    await isRefused('backup-unfinished');
  });

  it('is of another ledger', async () => {
    const other = new LedgerFiles();
    await other.post([{ kind: 'contribution' }]);
    await expect(restore(newer, { lose: 1, by: 'a', reason: 'b' }, other.directory)).rejects.toMatchObject({
      code: 'another-ledger',
    });
    expect(await eventsOf(other.directory)).toHaveLength(1);
    rmSync(other.directory, { recursive: true });
  });

  it('is to go to a server', async () => {
    const { code, stderr } = await runProgram(['--data', to, 'restore', copy], {
      EVENT_STORE_URL: 'esdb://127.0.0.1:1',
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining('restore-to-server')]);
  });
});

describe('a restore that is broken off', () => {
  const words = ['--data', ledger, 'restore', older, '--lose', '10', '--by', 'zhao', '--reason', 'test'];

  const run = (through: readonly string[]): Promise<number | string | null> => {
    const [program, ...rest] = [...through, NODE, CLI, ...words];
    const env = { ...process.env, EVENT_STORE_URL: '', CLOCK_BOUND_DAYS: '9999' };
    const child = spawn(program!, rest, { stdio: 'ignore', env });
    return new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
  };

  it.each([1, 2, 9])('at rename %i, holds the old ledger or the new one', async (when) => {
    const through = faulty({ calls: 'rename', with: 'SIGKILL', when: String(when) });
    expect(await run(through)).not.toBe(0);
    const service = await startService(ledger, { CLOCK_BOUND_DAYS: '9999' });
    expect(await service.stop()).toBe(0);
    const isOld = when === 1;
    expect(await verify(ledger)).toEqual({ ok: true, position: isOld ? NEW : OLD + 1 });
    expect(await run([])).toBe(0);
    expect(await verify(ledger)).toEqual({ ok: true, position: OLD + 1 });
    expect(await verify(asideIn(ledger))).toEqual({ ok: true, position: NEW });
  });

  it('by a full disk, holds the old ledger, and says so', async () => {
    const disk = await SmallDisk.mount(4_096, 'a restore on a full disk');
    if (!disk) return;
    const on = join(disk.path, 'ledger');
    cpSync(older, disk.file('ledger'), { recursive: true });
    disk.fill(32_768);
    const through = [...disk.through, NODE, CLI, '--json', '--data', on, 'restore', newer];
    const child = spawn(through[0]!, through.slice(1), { env: { ...process.env, EVENT_STORE_URL: '' } });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const code = await new Promise((resolve) => child.once('close', resolve));
    const left = readdirSync(disk.file('ledger')).filter((name) => /^re(place|store)/.test(name));
    await disk.unmount();
    expect({ code, said: JSON.parse(stderr) as unknown }).toMatchObject({ code: 3, said: { code: 'disk-full' } });
    expect(left).toEqual([]);
  });
});
