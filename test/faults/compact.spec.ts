import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataPaths } from '../../src/data-directory.js';
import { readKeys, readRows } from '../../src/event-store/sqlite/log-file.js';
import { openSqlite } from '../../src/sqlite-file.js';
import { SEED } from '../seed.js';
import { randomFrom } from '../random.js';
import { CLI, type Finished, NODE, runProgram, startService, temporaryDirectory } from '../service.js';
import { SmallDisk } from './small-disk.js';

const FIXTURE = join(import.meta.dirname, '../fixtures/ledger-0.1-rows/data');

describe('a log written anew', () => {
  const root = temporaryDirectory();
  const ledger = join(root, 'ledger');
  const fingerprint = (log: string): string => {
    const digest = createHash('sha256');
    for (const rows of readRows(log, 0, Number.MAX_SAFE_INTEGER))
      for (const { position, stream, revision, type, bytes, hash } of rows)
        digest.update(`${position} ${stream} ${revision} ${type} `).update(bytes).update(hash);
    for (const keys of readKeys(log)) digest.update(keys.join('\n'));
    return digest.digest('hex');
  };
  const wanted = fingerprint(dataPaths(FIXTURE).log);
  const { log, read } = dataPaths(ledger);
  const compact = (...words: string[]): Promise<Finished> =>
    runProgram([...words, '--lang', 'en', '--data', ledger, 'compact']);

  /** The fixture with its read tables made. */
  beforeAll(async () => {
    cpSync(FIXTURE, ledger, { recursive: true });
    const service = await startService(ledger, { CLOCK_BOUND_DAYS: '9999' });
    await fetch(`${service.address}/v1/balances?after=968`);
    await service.stop();
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const inCopy = (name: string): string => {
    const copy = join(root, name);
    cpSync(ledger, copy, { recursive: true });
    return copy;
  };

  it('is a fraction of its size, the same to the byte, and its read tables stand', async () => {
    const before = statSync(log).size;
    const tables = openSqlite(read, 'readonly');
    const checkpoints = (): unknown => tables.prepare('SELECT * FROM checkpoint ORDER BY 1, 2').all();
    const stood = checkpoints();
    const { code, stdout, stderr } = await compact();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^the log is written anew: 968 events, every hash is equal, 0\.\d MiB became 0\.\d MiB\n$/);
    expect(before / statSync(log).size).toBeGreaterThan(4);
    expect(fingerprint(log)).toBe(wanted);
    expect(checkpoints()).toEqual(stood);
    tables.close();
    expect(readdirSync(ledger).filter((name) => /restore|compacted|replaced/.test(name))).toEqual([]);
    const again = await compact('--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ events: 968, position: 968 });
    expect(fingerprint(log)).toBe(wanted);
  });

  it('is not written while a service has the ledger, nor where there is none, nor on a server', async () => {
    const service = await startService(ledger, { CLOCK_BOUND_DAYS: '9999' });
    const refused = await compact();
    await service.stop();
    expect(refused).toMatchObject({ code: 4, stdout: '', stderr: expect.stringContaining('is in use by process') });
    const none = await runProgram(['--data', join(root, 'none'), 'compact']);
    expect([none.code, none.stdout, existsSync(join(root, 'none'))]).toEqual([3, '', false]);
    const environment = { EVENT_STORE_URL: 'esdb://127.0.0.1:1?tls=false' };
    const onServer = await runProgram(['--data', ledger, 'compact'], environment);
    expect(onServer).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('compact-on-server') });
    expect(fingerprint(log)).toBe(wanted);
  });

  it.each([
    ['an event', `UPDATE event SET data = replace(data, '"unit"', '"unlt"') WHERE position = 500`, /book-|@500/],
    ['a key', `UPDATE idempotency SET key = 'another' WHERE key = 'fixture-payout'`, /another/],
    ['a key too many', `INSERT INTO idempotency SELECT stream, 'stray', 0 FROM idempotency LIMIT 1`, /stray/],
    ['the end', 'DELETE FROM event WHERE position = 968', /968/],
  ])('is left as it is where %s is damaged', async (name, sql, said) => {
    const copy = join(root, name.replaceAll(' ', '-'));
    cpSync(FIXTURE, copy, { recursive: true });
    const file = openSqlite(dataPaths(copy).log, 'disposable');
    file.exec(sql);
    file.close();
    const before = fingerprint(dataPaths(copy).log);
    const { code, stdout, stderr } = await runProgram(['--data', copy, 'compact']);
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(said)]);
    expect(stderr).toContain('log-damaged');
    expect(fingerprint(dataPaths(copy).log)).toBe(before);
  });

  it('leaves the ledger as it was on a full disk', async () => {
    const disk = await SmallDisk.mount(1_124, 'a log written anew on a full disk');
    if (!disk) return;
    cpSync(FIXTURE, disk.file('ledger'), { recursive: true });
    const words = ['--data', join(disk.path, 'ledger'), 'compact'];
    const { code, stderr } = await runProgram(words, { LANG: 'en_US.UTF-8' }, disk.through);
    const found = fingerprint(disk.file('ledger', 'log.db'));
    await disk.unmount();
    expect([code, stderr]).toEqual([3, expect.stringMatching(/^disk-full: .*the ledger is as it was/)]);
    expect(found).toBe(wanted);
  });

  it.each(['restore.ready', 'restore.placing'])(
    'killed while all of it is in %s is finished when run again',
    async (left) => {
      const copy = inCopy(left);
      const names = readdirSync(copy).filter((name) => name.startsWith('log.'));
      mkdirSync(join(copy, left));
      writeFileSync(join(copy, left, 'aside'), 'compacted');
      for (const name of names) renameSync(join(copy, name), join(copy, left, name));
      const { code, stderr } = await runProgram(['--json', '--data', copy, 'compact']);
      expect([code, stderr]).toEqual([0, '']);
      expect(fingerprint(dataPaths(copy).log)).toBe(wanted);
    },
  );

  it('killed at any moment is the old one or the new one, and is finished by the next', async () => {
    const random = randomFrom(SEED);
    let killed = 0;
    for (let round = 0; round < 12; round += 1) {
      const copy = inCopy(`killed-${round}`);
      for (const name of readdirSync(copy)) if (name.startsWith('log.')) rmSync(join(copy, name));
      cpSync(FIXTURE, copy, { recursive: true });
      const child = spawn(NODE, [CLI, '--data', copy, 'compact'], { stdio: 'ignore' });
      const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));
      while (child.exitCode === null && !existsSync(join(copy, 'restore.part'))) await sleep(1);
      await sleep(random() * 120);
      child.kill('SIGKILL');
      if ((await ended) === 'SIGKILL') killed += 1;
      const verified = await runProgram(['--json', '--data', copy, 'verify'], { CLOCK_BOUND_DAYS: '9999' });
      const isBetween = existsSync(join(copy, 'restore.ready')) || existsSync(join(copy, 'restore.placing'));
      // What was complete is put in place by whoever takes the directory next.
      if (!isBetween) expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, events: 968 });
      const finished = await runProgram(['--json', '--data', copy, 'compact']);
      expect([round, finished.code, finished.stderr]).toEqual([round, 0, '']);
      expect(fingerprint(dataPaths(copy).log)).toBe(wanted);
      expect(readFileSync(join(copy, 'log.mark'), 'utf8')).toContain('968');
    }
    expect(killed).toBeGreaterThan(0);
  }, 240_000);
});
