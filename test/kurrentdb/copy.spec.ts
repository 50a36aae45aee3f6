import { spawn } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataPaths } from '../../src/data-directory.js';
import { readKeys, readRows } from '../../src/event-store/sqlite/log-file.js';
import { contributionRow, csvOf } from '../import/fixture.js';
import { command, ONE_OF_EACH } from '../one-of-each.js';
import { untilQuiet, watchServices } from '../probe.js';
import { BEGUN, CLI, NODE, post, runProgram, startService, temporaryDirectory } from '../service.js';
import { KurrentDbDouble } from './double.js';

const LINES = 400;
const UNITS = ['460100', '460200', '460300'];

/** Every stored event of a ledger's log, however it lies, and the index of keys. */
function rowsOf(directory: string): { events: unknown[]; keys: unknown[] } {
  const { log } = dataPaths(directory);
  const events = [...readRows(log, 0, Number.MAX_SAFE_INTEGER)].flat();
  return {
    events: events.map(({ bytes, hash, copied: _, ...row }) => ({
      ...row,
      data: bytes.toString(),
      hash: hash.toString('hex'),
    })),
    keys: [...readKeys(log)].flat(),
  };
}

describe('copying a ledger', () => {
  const double = new KurrentDbDouble();
  const source = temporaryDirectory();
  const back = temporaryDirectory();
  const copy = (from: string, to: string) => runProgram(['--json', '--lang', 'en', 'copy', '--from', from, '--to', to]);

  beforeAll(async () => {
    await double.start();
    const service = await startService(source);
    for (const [kind, fields] of ONE_OF_EACH) await post(service, ...command(kind, fields), `first-${kind}`);
    await Promise.all(UNITS.map((unit, index) => post(service, ...command('contribution', { unit }), `one-${index}`)));
    const rows = Array.from({ length: LINES }, (_, index) =>
      contributionRow({ unit: UNITS[index % 3]!, 'evidence.number': `HK-${index}` }),
    );
    const feed = join(source, 'feed.csv');
    writeFileSync(feed, csvOf(rows));
    expect((await runProgram(['import', feed, '--url', service.address])).code).toBe(0);
    expect(await service.stop()).toBe(0);
  });
  afterAll(async () => {
    for (const directory of [source, back]) rmSync(directory, { recursive: true });
    await double.stop();
  });

  const total = BEGUN + ONE_OF_EACH.length + UNITS.length + LINES;

  it('goes on where it was killed', async () => {
    double.appendDelayMs = 20;
    const words = ['copy', '--from', `sqlite:${source}`, '--to', double.url];
    const child = spawn(NODE, [CLI, ...words], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    while (child.exitCode === null && double.events().length < total / 4) await sleep(2);
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    double.appendDelayMs = 0;
    await sleep(100);
    const alreadyThere = double.events().length;
    expect(alreadyThere).toBeGreaterThan(0);
    expect(alreadyThere).toBeLessThan(total);
    const { code, stdout, stderr } = await copy(`sqlite:${source}`, double.url);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ events: total, alreadyThere, difference: null, unequal: null });
  });

  it('leaves the bytes, ids, times and order as they were', () => {
    const { events } = rowsOf(source) as { events: { stream: string; revision: number; data: string }[] };
    const wanted = events.map(({ stream, revision, data }) => ({ stream, revision, data }));
    expect(double.events().map(({ stream, revision, data }) => ({ stream, revision, data }))).toEqual(wanted);
    expect(wanted).toHaveLength(total);
  });

  it('gives the same rows and keys again on the way back', async () => {
    const { code, stdout } = await copy(double.url, `sqlite:${back}`);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ events: total, alreadyThere: 0 });
    expect(rowsOf(back)).toEqual(rowsOf(source));
    const again = await copy(double.url, `sqlite:${back}`);
    expect(JSON.parse(again.stdout)).toMatchObject({ events: total, alreadyThere: total });
  });

  it('moves a ledger that knows its keys', async () => {
    const node = await startService(undefined, { EVENT_STORE_URL: double.url });
    const watch = watchServices([node]);
    for (const [kind, fields] of ONE_OF_EACH) {
      const { status, headers } = await post(node, ...command(kind, fields), `first-${kind}`);
      expect([kind, status, headers.get('idempotency-replayed')]).toEqual([kind, 201, 'true']);
    }
    expect(double.events()).toHaveLength(total);
    expect(await watch.stop()).toMatchObject({ strange: [] });
    await untilQuiet(double);
    expect(await node.stop()).toBe(0);
    node.clean();
  });

  it('refuses a target that holds something else, and writes nothing there', async () => {
    const other = new KurrentDbDouble();
    await other.start();
    const service = await startService(undefined, { EVENT_STORE_URL: other.url });
    await post(service, ...command('contribution'), 'other');
    expect(await service.stop()).toBe(0);
    const { code, stderr } = await copy(`sqlite:${source}`, other.url);
    expect(code).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({
      code: 'target-differs',
      detail: expect.stringContaining('target reference-0') as unknown,
    });
    expect(other.events()).toHaveLength(BEGUN + 1);
    await other.stop();
    service.clean();
  });

  it.each([
    ['nowhere', 'sqlite:/tmp', 2, 'store-address'],
    ['sqlite:/nowhere', 'esdb://127.0.0.1:1?tls=false', 3, 'no-ledger'],
    ['esdb://127.0.0.1:1?tls=false', 'itself', 3, 'store-unavailable'],
  ])('from %s to %s ends with code %d', async (from, to, wanted, said) => {
    const target = temporaryDirectory();
    const { code, stderr } = await copy(from, to === 'itself' ? `sqlite:${target}` : to);
    expect(code).toBe(wanted);
    expect(stderr).toContain(said);
    rmSync(target, { recursive: true });
  });

  it('refuses a directory that a service uses', async () => {
    const service = await startService();
    const { code, stderr } = await copy(double.url, `sqlite:${service.dataDir}`);
    expect(code).toBe(4);
    expect(stderr).toContain('data-directory-in-use');
    await service.stop();
    expect(existsSync(service.dataDir)).toBe(true);
    service.clean();
  });
});
