import { cpSync, existsSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { contribution } from '../../src/catalogue/collecting/contribution.js';
import { contributionRow, csvOf } from '../import/fixture.js';
import {
  BEGUN,
  type Answered,
  get,
  post,
  type RunningService,
  runProgram,
  startService,
  temporaryDirectory,
} from '../service.js';
import { garbage, overwrite } from './damage.js';
import { SmallDisk } from './small-disk.js';
import { untilHolds } from '../probe.js';

const LINES = 3_000;
const HEAD = BEGUN + LINES;
const ENDINGS = ['', '-wal', '-shm'];
const BALANCES = '/v1/balances?asOf=2025-05-31';

/** A ledger as a process of its own. What becomes of the file alone is in the spec of `tables-follower`. */
describe('read tables that come to harm', () => {
  let whole: string;
  let balances: unknown;
  const services: RunningService[] = [];
  const directories: string[] = [];

  beforeAll(async () => {
    whole = temporaryDirectory();
    const feed = join(whole, 'feed.csv');
    const rows = Array.from({ length: LINES }, (_, index) => contributionRow({ headcount: String(1 + index) }));
    writeFileSync(feed, csvOf(rows));
    expect(await runProgram(['--data', whole, 'import', feed])).toMatchObject({ code: 0 });
    const reported = await runProgram(['--data', whole, 'report', 'fund-balance', '--as-of', '2025-05-31', '--json']);
    balances = JSON.parse(reported.stdout) as unknown;
  });
  afterAll(() => rmSync(whole, { recursive: true }));
  afterEach(async () => {
    for (const service of services.splice(0)) await service.stop('SIGKILL');
    for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
  });

  const copyOf = (directory: string): string => {
    const copy = temporaryDirectory();
    cpSync(directory, copy, { recursive: true });
    directories.push(copy);
    return copy;
  };
  const start = async (directory: string): Promise<RunningService> => {
    const service = await startService(directory);
    services.push(service);
    return service;
  };
  const record = (service: RunningService, key: string, amount = '1.00'): Promise<Answered> =>
    post(
      service,
      '/v1/contributions',
      { ...contribution.example, amount, poolShare: undefined, personalShare: undefined },
      key,
    );
  const ready = (service: RunningService) => untilHolds(async () => (await get(service, '/readyz')).status === 200);
  const put = (from: string, into: string, name: string): void => {
    for (const ending of ENDINGS) {
      rmSync(join(into, name + ending), { force: true });
      if (existsSync(join(from, name + ending))) cpSync(join(from, name + ending), join(into, name + ending));
    }
  };
  const isEqual = async (directory: string): Promise<void> => {
    const replayed = await runProgram(['--data', directory, 'replay', '--json']);
    expect({ code: replayed.code, ...(JSON.parse(replayed.stdout) as object) }).toMatchObject({ code: 0, equal: true });
    expect(await runProgram(['--data', directory, 'verify', '--json'])).toMatchObject({ code: 0 });
  };

  it('damaged before the start: it starts, records, and answers what it would have answered', async () => {
    const directory = copyOf(whole);
    overwrite(join(directory, 'read.db'), 40_960, garbage(40_000));
    const beside = copyOf(directory);
    const asked = ['--data', beside, 'report', 'fund-balance', '--as-of', '2025-05-31', '--json'];
    const reported = await runProgram(asked);
    expect(JSON.parse(reported.stdout)).toEqual(balances);
    expect(reported.stderr).toContain('they are made anew from the log');
    const service = await start(directory);
    const { position: _, ...body } = (await get(service, BALANCES)).body;
    expect(balances).toMatchObject(body);
    expect(service.lines.join('\n')).toContain('they are made anew from the log');
    expect(await record(service, 'after')).toMatchObject({ status: 201, body: { position: HEAD + 1 } });
    expect(await get(service, `${BALANCES}&after=${HEAD + 1}`)).toMatchObject({ status: 200 });
    await isEqual(directory);
    expect(await service.stop()).toBe(0);
  });

  it('damaged while it runs: every post is recorded, no answer is wrong, and it heals', async () => {
    const directory = copyOf(whole);
    const service = await start(directory);
    const file = join(directory, 'read.db');
    const answers: Answered[] = [];
    let posted = 0;
    for (const harm of [
      () => overwrite(file, 8_192, garbage(statSync(file).size - 8_192)),
      () => rmSync(file),
      () => writeFileSync(file, 'this is no database'),
    ]) {
      harm();
      for (let round = 0; round < 25; round += 1) {
        expect(await record(service, `key-${(posted += 1)}`)).toMatchObject({ status: 201 });
        answers.push(await get(service, `${BALANCES}&fund=employee&unit=460100`));
        await sleep(10);
      }
      // What is cached is read on: that the file was harmed may show only now.
      await untilHolds(async () => (await get(service, `${BALANCES}&after=${HEAD + posted}`)).status === 200);
      await ready(service);
    }
    expect(await record(service, 'key-1')).toMatchObject({ status: 201, body: { position: HEAD + 1 } });
    for (const { status, body, headers } of answers) {
      expect([200, 503]).toContain(status);
      if (status === 503) expect(headers.get('retry-after')).toBe('1');
      if (status === 503) expect(['read-tables-rebuilding', 'projection-unavailable']).toContain(body['code']);
    }
    await isEqual(directory);
    expect(service.lines.filter((line) => line.includes('made anew')).length).toBeGreaterThanOrEqual(2);
    expect(await service.stop()).toBe(0);
  });

  describe('those of another log', () => {
    /** The ledger with three more vouchers, and its read tables. */
    const newer = async (amount: string): Promise<string> => {
      const directory = copyOf(whole);
      const service = await start(directory);
      for (const key of ['a', 'b', 'c']) expect(await record(service, key, amount)).toMatchObject({ status: 201 });
      await get(service, `${BALANCES}&after=${HEAD + 3}`);
      expect(await service.stop()).toBe(0);
      return directory;
    };

    it('an older log is put back beside them: what is gone is in no answer', async () => {
      const directory = await newer('7.00');
      put(whole, directory, 'log.db');
      cpSync(join(whole, 'log.mark'), join(directory, 'log.mark'));
      const found = await runProgram(['--data', directory, '--lang', 'en', 'verify']);
      expect(found).toMatchObject({ code: 1, stdout: expect.stringContaining('no such event in the log') });
      const compared = await runProgram(['--data', directory, '--lang', 'en', 'replay']);
      expect(compared).toMatchObject({ code: 1, stdout: expect.stringContaining('made from another log') });
      const beside = copyOf(directory);
      const reported = await runProgram([
        '--data',
        beside,
        'report',
        'fund-balance',
        '--as-of',
        '2025-05-31',
        '--json',
      ]);
      expect(JSON.parse(reported.stdout)).toEqual(balances);
      const service = await start(directory);
      expect((await get(service, BALANCES)).body).toEqual(balances);
      expect(service.lines.join('\n')).toMatch(/made from another log: expected position 3004, book-\S+, got no such/);
      expect(await record(service, 'a', '8.00')).toMatchObject({ status: 201, body: { position: HEAD + 1 } });
      await isEqual(directory);
      expect(await service.stop()).toBe(0);
    });

    it('equally long, of the same beginning: they are told apart, also by an import', async () => {
      const directory = await newer('7.00');
      const other = await newer('9.00');
      put(other, directory, 'read.db');
      const feed = join(directory, 'more.csv');
      writeFileSync(feed, csvOf([contributionRow({ headcount: '9001' })]));
      const imported = await runProgram(['--data', directory, '--json', 'import', feed]);
      expect(imported).toMatchObject({ code: 0, stderr: expect.stringContaining('with other contents') });
      await isEqual(directory);
    });
  });

  it('cannot be made: what is recorded is answered, what is asked hears why, and it heals', async () => {
    const directory = copyOf(whole);
    for (const ending of ENDINGS) rmSync(join(directory, `read.db${ending}`), { force: true });
    symlinkSync(join(directory, 'not', 'there.db'), join(directory, 'read.db'));
    const service = await startService(directory, {}, { until: 'listening' });
    services.push(service);
    const state = { pointer: 'read-tables', code: 'read-tables-rebuilding' };
    expect(await get(service, '/readyz')).toMatchObject({ status: 503, body: { errors: [state] } });
    expect(await record(service, 'k')).toMatchObject({ status: 201 });
    expect(await record(service, 'k')).toMatchObject({ status: 201, body: { position: HEAD + 1 } });
    expect(await get(service, BALANCES)).toMatchObject({ status: 503, body: { code: 'read-tables-rebuilding' } });
    expect(await get(service, '/metrics')).toMatchObject({ status: 200 });
    mkdirSync(join(directory, 'not'));
    await ready(service);
    expect(await get(service, `${BALANCES}&after=${HEAD + 1}`)).toMatchObject({ status: 200 });
    expect(await service.stop()).toBe(0);
  });

  it('on a disk that is full: they stand still and answer, what is recorded is recorded, and they go on', async () => {
    const disk = await SmallDisk.mount(8_192, 'read tables on a full disk');
    if (!disk) return;
    const directory = copyOf(whole);
    for (const ending of ENDINGS) rmSync(join(directory, `read.db${ending}`), { force: true });
    symlinkSync(join(disk.path, 'read.db'), join(directory, 'read.db'));
    const service = await startService(directory, {}, { through: disk.through });
    services.push(service);
    const stands = async () => (await get(service, '/readyz')).body;
    disk.fill();
    let posted = 0;
    while (!JSON.stringify(await stands()).includes('retrying')) {
      expect(await record(service, `key-${(posted += 1)}`)).toMatchObject({ status: 201 });
      expect(posted).toBeLessThan(2_000);
    }
    expect(await stands()).toMatchObject({
      status: 'ok',
      info: { 'read-tables': { status: 'up', state: 'retrying', message: expect.stringContaining('SQLITE_FULL') } },
    });
    expect(await get(service, BALANCES)).toMatchObject({ status: 200 });
    expect(await record(service, 'key-1')).toMatchObject({ status: 201, body: { position: HEAD + 1 } });
    disk.empty();
    await untilHolds(async () => (await get(service, `${BALANCES}&after=${HEAD + posted}`)).status === 200);
    expect(await stands()).toMatchObject({ info: { 'read-tables': { state: 'following' } } });
    expect(service.lines.filter((line) => line.includes('made anew'))).toEqual([]);
    expect(await service.stop()).toBe(0);
    await disk.unmount();
  });
});
