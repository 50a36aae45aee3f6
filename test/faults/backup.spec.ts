import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataPaths } from '../../src/data-directory.js';
import { contributionRow, csvOf } from '../import/fixture.js';
import { KurrentDbDouble } from '../kurrentdb/double.js';
import { LedgerFiles } from '../ledger-files.js';
import { command, ONE_OF_EACH } from '../one-of-each.js';
import { BEGUN, CLI, NODE, post, runProgram, startService, temporaryDirectory } from '../service.js';
import { cutEnd, overwrite } from './damage.js';
import { SmallDisk } from './small-disk.js';
import { untilHolds } from '../probe.js';

const LINES = 6_000;
const root = temporaryDirectory();
const ledger = join(root, 'ledger');
const target = (name: string): string => join(root, name);

const backup = (to: string, from = ledger, environment: Readonly<Record<string, string>> = {}) =>
  runProgram(['--json', '--lang', 'en', '--data', from, 'backup', to], environment);

interface BackedUp {
  readonly events: number;
  readonly position: number;
  readonly lastEvent: { readonly id: string };
}

beforeAll(async () => {
  const feed = join(root, 'feed.csv');
  const rows = Array.from({ length: LINES }, (_, index) => contributionRow({ 'evidence.number': `HK-${index}` }));
  writeFileSync(feed, csvOf(rows));
  expect((await runProgram(['--data', ledger, 'import', feed])).code).toBe(0);
});
afterAll(() => rmSync(root, { recursive: true }));

describe('a backup', () => {
  it('is made while a service records, and holds all that was acknowledged before it began', async () => {
    const service = await startService(ledger);
    for (const [kind, fields] of ONE_OF_EACH)
      await post(service, ...command(kind, { ...fields, unit: '460200' }), `one-${kind}`);
    let [acknowledged, goesOn] = [0, true];
    const posting = Array.from({ length: 4 }, async (_, client) => {
      for (let count = 0; goesOn; count += 1) {
        const fields = { unit: '460300', note: `${client}-${count}` };
        const { status, body } = await post(service, ...command('subsidy', fields), `load-${client}-${count}`);
        expect(status).toBe(201);
        acknowledged = Math.max(acknowledged, body['position'] as number);
      }
    });
    while (acknowledged === 0) await sleep(5);
    const before = acknowledged;
    const { code, stdout, stderr } = await backup(target('under-load'));
    const { events, position } = JSON.parse(stdout || '{}') as BackedUp;
    // The service has gone on all the while.
    await untilHolds(() => acknowledged > position);
    goesOn = false;
    await Promise.all(posting);
    expect(await service.stop()).toBe(0);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(position).toBeGreaterThanOrEqual(before);
    expect(events).toBe(position);
    expect(readdirSync(target('under-load')).toSorted()).toEqual(['backup.json', 'log.db', 'log.mark']);
    const verified = await runProgram(['--json', '--data', target('under-load'), 'verify']);
    expect([verified.code, JSON.parse(verified.stdout)]).toMatchObject([0, { ok: true, events, position }]);
  });

  it('has a manifest that a person can compare', async () => {
    const { code, stdout } = await runProgram(['--lang', 'zh', '--data', ledger, 'backup', target('said')]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^已备份 \d+ 条事件至 ".*\/said"，到位置 \d+，/)]);
    const manifest = JSON.parse(readFileSync(join(target('said'), 'backup.json'), 'utf8')) as Record<string, unknown>;
    expect(manifest).toMatchObject({
      format: 1,
      version: '0.1.0',
      balances: { employee: { treasury: expect.stringMatching(/^\d+\.\d\d$/) as unknown } },
      file: { name: 'log.db', bytes: statSync(join(target('said'), 'log.db')).size },
    });
  });

  it('is of a log in KurrentDB just as well, with its keys', async () => {
    const double = new KurrentDbDouble();
    await double.start();
    const node = await startService(undefined, { EVENT_STORE_URL: double.url });
    for (const [kind, fields] of ONE_OF_EACH) await post(node, ...command(kind, fields), `first-${kind}`);
    const { code, stdout, stderr } = await backup(target('server'), node.dataDir, { EVENT_STORE_URL: double.url });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      events: BEGUN + ONE_OF_EACH.length,
      position: BEGUN + ONE_OF_EACH.length,
    });
    expect(await node.stop()).toBe(0);
    node.clean();
    await double.stop();
    const copy = await startService(target('server'));
    const { status, headers } = await post(copy, ...command(...ONE_OF_EACH[1]!), `first-${ONE_OF_EACH[1]![0]}`);
    expect([status, headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    expect(await copy.stop()).toBe(0);
  });

  it.each<[string, (directory: string) => string, string]>([
    ['the data directory itself', () => ledger, 'directory-inside-data'],
    ['a directory inside it', () => join(ledger, 'a/b'), 'directory-inside-data'],
    ['a directory that is not empty', () => root, 'directory-not-empty'],
    ['a file', () => join(root, 'feed.csv'), 'directory-not-empty'],
  ])('is not made in %s', async (_, place, said) => {
    const { code, stdout, stderr } = await backup(place(root));
    expect({ code, stdout, error: (JSON.parse(stderr) as { code: string }).code }).toEqual({
      code: 2,
      stdout: '',
      error: said,
    });
    expect(existsSync(join(ledger, 'a'))).toBe(false);
  });

  it('leaves nothing that looks whole where it is killed', async () => {
    const to = target('killed');
    // Where this process was too slow, the backup was made, or nearly: another is begun.
    for (let left: string[] = []; left.join() !== 'log.db.part'; left = readdirSync(to)) {
      rmSync(to, { recursive: true, force: true });
      const child = spawn(NODE, [CLI, '--data', ledger, 'backup', to], { stdio: 'ignore' });
      const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
      while (child.exitCode === null && !(sizeOf(to) > 100_000)) await sleep(1);
      child.kill('SIGKILL');
      expect(existsSync(join(to, 'backup.json'))).toBe((await ended) === null);
    }
    expect((await runProgram(['--data', to, 'verify'])).code).toBe(3);
    const again = await backup(to);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('directory-not-empty')]);
  });

  it('leaves nothing on a disk that is full, and says so', async () => {
    const disk = await SmallDisk.mount(256, 'a backup on a full disk');
    if (!disk) return;
    const to = join(disk.path, 'full');
    const words = [...disk.through, NODE, CLI, '--json', '--lang', 'en', '--data', ledger, 'backup', to];
    const { code, stderr } = await run(words);
    const isLeft = existsSync(disk.file('full'));
    await disk.unmount();
    expect({ code, said: JSON.parse(stderr) as unknown }).toMatchObject({ code: 3, said: { code: 'disk-full' } });
    expect(isLeft).toBe(false);
  });
});

const sizeOf = (directory: string): number =>
  statSync(join(directory, 'log.db.part'), { throwIfNoEntry: false })?.size ?? 0;

function run([program, ...words]: readonly string[]): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(program!, words, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, EVENT_STORE_URL: '' },
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stderr })));
}

describe('a backup of a damaged log', () => {
  let files: LedgerFiles;
  beforeAll(async () => {
    files = new LedgerFiles();
    await files.post(Array.from({ length: 40 }, (_, index) => ({ kind: 'subsidy', note: `n-${index}` })));
  });
  afterAll(() => rmSync(files.directory, { recursive: true }));

  const find = (text: string): number => readFileSync(files.paths.log).indexOf(text);

  it.each<[string, (source: string) => void, string, RegExp]>([
    [
      'one byte of an event',
      () => overwrite(files.paths.log, find('"n-21"') + 2, Buffer.from('m')),
      '@22',
      /hash-mismatch/,
    ],
    ['its end', () => cutEnd(files.paths.log, 12_288), '', /malformed|not a database|end at position|database/],
    [
      'all of it',
      () => writeFileSync(files.paths.log, 'nothing of a database '.repeat(4_096)),
      'log',
      /not a database/,
    ],
    ['acknowledged events', () => writeFileSync(files.paths.mark, '0000000000000099'), 'log', /end at position 40/],
    [
      'a hole in the positions',
      () => files.tamper((log) => log.exec('DELETE FROM event WHERE position = 7')),
      '@8',
      /position-gap/,
    ],
  ])('is refused with what is damaged: %s', async (_, damage, place, got) => {
    const before = target('before-damage');
    cpSync(files.directory, before, { recursive: true });
    damage(files.directory);
    const to = target('of-damaged');
    const { code, stdout, stderr } = await backup(to, files.directory);
    for (const name of readdirSync(files.directory)) rmSync(join(files.directory, name));
    cpSync(before, files.directory, { recursive: true });
    rmSync(before, { recursive: true });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    const said = JSON.parse(stderr) as { code: string; errors: { pointer: string; got: string }[] };
    expect(said.code).toBe('log-damaged');
    expect(said.errors[0]!.pointer).toContain(place);
    expect(said.errors.map((each) => each.got).join('\n')).toMatch(got);
    expect(existsSync(to)).toBe(false);
  });

  it('leaves a directory that was there', async () => {
    const to = target('was-there');
    mkdirSync(to);
    writeFileSync(dataPaths(files.directory).mark, '0000000000000099');
    const { code } = await backup(to, files.directory);
    expect([code, readdirSync(to)]).toEqual([1, []]);
  });
});
