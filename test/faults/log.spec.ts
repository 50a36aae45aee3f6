import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type StoreFailure } from '../../src/event-store/event-store.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { anEvent, everything } from '../event-store.contract.js';
import { command } from '../one-of-each.js';
import { get, post, runProgram, startService, temporaryDirectory } from '../service.js';
import { cutEnd } from './damage.js';
import { type CallFault, canFailCalls, failCalls } from './system-calls.js';
import { untilHolds } from '../probe.js';

describe('the log', () => {
  let directory: string;
  let path: string;
  let said: string[];
  let store: SqliteEventStore;
  let lostRight: string | undefined;

  const open = (): SqliteEventStore => {
    said = [];
    return new SqliteEventStore(path, {
      readonly: false,
      markPath: `${path}.mark`,
      log: (message) => said.push(message),
      lostRight: () => lostRight,
    });
  };

  beforeEach(() => {
    lostRight = undefined;
    directory = temporaryDirectory();
    path = join(directory, 'log.db');
    store = open();
  });
  afterEach(async () => {
    await store.close();
    rmSync(directory, { recursive: true });
  });

  const append = (stream: string, expected: 'no-stream' | number = 'no-stream', data = '{}'): Promise<unknown> =>
    store.append(stream, expected, [anEvent(data)]);
  const refused = async (stream: string): Promise<StoreFailure> =>
    append(stream).then(
      () => Promise.reject(new Error('it was taken')),
      (error: unknown) => error as StoreFailure,
    );
  /** What stands in the log, as somebody else reads it. */
  const streams = async (): Promise<string> => {
    const reader = new SqliteEventStore(path, { readonly: true });
    const events = await everything(reader);
    const findings = [];
    for await (const finding of reader.audit()) findings.push(finding);
    await reader.close();
    expect(findings).toEqual([]);
    return events.map(({ position, stream, revision }) => `${position} ${stream} ${revision}`).join(', ');
  };
  const whileFailing = async (fault: Omit<CallFault, 'paths'>, act: () => Promise<void>): Promise<void> => {
    const files = ['', '-wal'].map((suffix) => `${path}${suffix}`);
    const faults = await failCalls(process.pid, { ...fault, paths: files });
    await act().finally(faults.end);
  };

  describe('on a full disk', () => {
    it('refuses, has written nothing, and goes on by itself when there is room', async () => {
      if (!canFailCalls('a full disk under the log')) return;
      await append('book-a');
      await whileFailing({ calls: 'pwrite64', with: 'ENOSPC' }, async () => {
        const failure = await refused('book-new');
        expect(failure).toMatchObject({ code: 'disk-full', message: expect.stringContaining('SQLITE_FULL') });
        expect(store.failure).toBe(failure);
        expect((await refused('book-other')).code).toBe('disk-full');
        expect(await streams()).toBe('1 book-a 0');
      });
      await untilHolds(() => store.failure === undefined);
      // Its stream had been given a number that was taken back, and is now another's.
      await append('book-other');
      await append('book-new');
      expect(await streams()).toBe('1 book-a 0, 2 book-other 0, 3 book-new 0');
      expect(said).toEqual([expect.stringContaining('disk-full'), 'the log takes appends again']);
    });

    it('takes an append at once where there is room again', async () => {
      if (!canFailCalls('a full disk under the log')) return;
      await whileFailing({ calls: 'pwrite64', with: 'ENOSPC' }, async () => {
        await refused('book-a');
      });
      await append('book-a');
      expect(store.failure).toBeUndefined();
      expect(await streams()).toBe('1 book-a 0');
    });

    it('is opened, can be read, and goes on later', async () => {
      if (!canFailCalls('a log opened on a full disk')) return;
      await append('book-a');
      await store.close();
      await whileFailing({ calls: 'pwrite64', with: 'ENOSPC', when: '2+' }, async () => {
        store = open();
        expect(store.failure).toMatchObject({ code: 'disk-full' });
        expect(await everything(store)).toHaveLength(1);
      });
      await untilHolds(() => store.failure === undefined);
      await append('book-b');
      expect(await streams()).toBe('1 book-a 0, 2 book-b 0');
    });
  });

  describe('whose commit did not come to disk', () => {
    it.each([
      ['fsync', 'fdatasync,fsync'],
      ['writing', 'pwrite64'],
    ])('by %s: takes nothing until it has brought what stands to disk once more', async (_name, calls) => {
      if (!canFailCalls('an fsync of the log that fails')) return;
      await append('book-a');
      await whileFailing({ calls, with: 'EIO' }, async () => {
        expect(await refused('book-b')).toMatchObject({
          code: 'log-write-failed',
          message: expect.stringContaining('SQLITE_IOERR'),
        });
        expect((await refused('book-c')).code).toBe('log-write-failed');
        await sleep(300);
        expect(store.failure).toMatchObject({ code: 'log-write-failed' });
      });
      await untilHolds(() => store.failure === undefined);
      expect(await streams()).toBe('1 book-a 0');
      // Nothing of the old write-ahead log is built upon.
      expect(statSync(`${path}-wal`).size).toBeLessThan(10_000);
      await append('book-b');
      expect(await streams()).toBe('1 book-a 0, 2 book-b 0');
      expect(said).toEqual([expect.stringContaining('log-write-failed'), 'the log takes appends again']);
    });

    it('stays refused where the disk is full as well, until both are over', async () => {
      if (!canFailCalls('an fsync of the log that fails on a full disk')) return;
      await append('book-a');
      await whileFailing({ calls: 'fdatasync,fsync', with: 'EIO' }, async () => {
        await refused('book-b');
      });
      await whileFailing({ calls: 'pwrite64', with: 'ENOSPC' }, async () => {
        await sleep(700);
        expect(store.failure).toMatchObject({ code: 'log-write-failed' });
        expect((await refused('book-b')).code).toBe('log-write-failed');
      });
      await untilHolds(() => store.failure === undefined);
      await append('book-b');
      expect(await streams()).toBe('1 book-a 0, 2 book-b 0');
    });
  });

  describe('whose files are taken away', () => {
    it.each(['', '-wal', '-shm'])('log.db%s removed: refuses, and goes on when it is back', async (suffix) => {
      await append('book-a');
      renameSync(path + suffix, join(directory, 'away'));
      expect(store.failure).toMatchObject({ code: 'log-file-lost', message: `log.db${suffix} is missing` });
      expect((await refused('book-b')).code).toBe('log-file-lost');
      writeFileSync(path + suffix, 'something else');
      await sleep(100);
      expect((await refused('book-b')).code).toBe('log-file-lost');
      renameSync(join(directory, 'away'), path + suffix);
      await untilHolds(() => store.failure === undefined);
      await append('book-c');
      expect(await streams()).toMatch(/^1 book-a 0.* book-c 0$/);
    });

    it('acknowledges nothing into a file without a name', async () => {
      await append('book-a');
      for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix);
      expect((await refused('book-b')).message).toBe('log.db is missing');
      await store.close();
      expect(() => open()).toThrow(expect.objectContaining({ code: 'log-shorter-than-mark', found: 0, reached: 1 }));
      expect(existsSync(path)).toBe(false);
      rmSync(`${path}.mark`);
      store = open();
    });

    it.each(['', '-wal'])('log.db%s cut off: refuses until it is opened again', async (suffix) => {
      await append('book-a');
      const whole = readFileSync(path + suffix);
      cutEnd(path + suffix);
      expect(await refused('book-b')).toMatchObject({
        code: 'store-refuses-appends',
        message: `log.db${suffix} is shortened`,
      });
      writeFileSync(path + suffix, whole);
      await sleep(100);
      expect(store.failure).toMatchObject({ code: 'store-refuses-appends' });
    });

    it('refuses where another process has taken the directory', async () => {
      await append('book-a');
      lostRight = 'it is not ours';
      expect(await refused('book-b')).toMatchObject({ code: 'log-file-lost', message: 'it is not ours' });
      expect(await streams()).toBe('1 book-a 0');
    });
  });

  describe('whose mark cannot be kept', () => {
    const mark = (): string => readFileSync(`${path}.mark`, 'latin1');

    it('acknowledges what is committed, says so, and writes it when that can be done again', async () => {
      if (!canFailCalls('a mark that cannot be written')) return;
      await append('book-a');
      const faults = await failCalls(process.pid, { calls: 'pwrite64,write', paths: [`${path}.mark`], with: 'EIO' });
      await append('book-b');
      expect(store.failure).toBeUndefined();
      expect(store.mark).toEqual({ state: 'not-written', message: 'EIO' });
      await faults.end();
      expect(store.mark).toEqual({ state: 'in-step' });
      expect(mark()).toMatch(/^0000000000000002 [0-9a-f]{8}\n/);
      expect(said).toEqual(['the mark of the log cannot be written: EIO']);
    });

    it.each([
      ['missing', () => rmSync(`${path}.mark`)],
      ['replaced', () => (rmSync(`${path}.mark`), writeFileSync(`${path}.mark`, 'x'.repeat(99)))],
      ['shortened', () => cutEnd(`${path}.mark`)],
    ])('%s while the log is open: it is made anew and named', async (what, act) => {
      await append('book-a');
      act();
      expect(store.mark).toMatchObject({ state: 'made-anew', message: expect.stringContaining(what) });
      expect(mark()).toMatch(/^0000000000000001 ([0-9a-f]{8})\n0000000000000001 \1\n$/);
    });
  });
});

describe('a service whose log', () => {
  it('met a full disk answers 507, and is ready again by itself; without its files it records nothing', async () => {
    const service = await startService();
    const log = join(service.dataDir, 'log.db');
    const say = (key: string) => post(service, ...command('contribution'), key, { 'accept-language': 'en' });
    const ready = async () => (await get(service, '/readyz', { 'accept-language': 'en' })).body;
    const untilReady = (): Promise<void> => untilHolds(async () => (await ready())['status'] === 'ok');
    expect((await say('first')).status).toBe(201);
    if (canFailCalls('a full disk under a service')) {
      const fault = { calls: 'pwrite64', with: 'ENOSPC' } as const;
      const faults = await failCalls(service.process.pid!, { ...fault, paths: [log, `${log}-wal`] });
      const refused = await say('full');
      expect(refused).toMatchObject({
        status: 507,
        body: { code: 'disk-full', detail: expect.stringMatching(/^the disk/) },
      });
      expect(refused.headers.get('retry-after')).toBe('1');
      expect(await ready()).toMatchObject({
        code: 'not-ready',
        errors: [{ pointer: 'store', code: 'disk-full', got: expect.stringContaining('SQLITE_FULL') }],
      });
      expect((await get(service, '/v1/balances')).status).toBe(200);
      await faults.end();
      await untilReady();
      expect((await say('full')).headers.get('idempotency-replayed')).not.toBe('true');
    }
    rmSync(join(service.dataDir, 'lock.db'));
    expect(await ready()).toMatchObject({ details: { 'data-directory': { status: 'up', state: 'taken-again' } } });
    renameSync(log, `${log}.away`);
    expect(await say('lost')).toMatchObject({ status: 503, body: { code: 'log-file-lost' } });
    expect(await ready()).toMatchObject({
      errors: [{ pointer: 'store', code: 'log-file-lost', got: 'log.db is missing' }],
    });
    renameSync(`${log}.away`, log);
    await untilReady();
    expect((await say('lost')).status).toBe(201);
    expect(await service.stop()).toBe(0);
    service.clean();
  }, 240_000);

  it('has lost its end is opened by nothing, which is said in a sentence of either language', async () => {
    const service = await startService();
    await post(service, ...command('contribution'), 'first');
    await service.stop();
    writeFileSync(join(service.dataDir, 'log.mark'), '0000000000000003');
    for (const words of [['serve'], ['report', 'fund-balance'], ['replay'], ['clock'], ['import', 'no-file.csv']])
      for (const [language, said] of [
        ['zh', '日志止于位置 2，而已确认至 3'],
        ['en', 'the log ends at position 2, but was acknowledged up to 3'],
      ] as const) {
        const environment = { PORT: '0', LOG_LEVEL: 'silent' };
        const { code, stderr } = await runProgram(
          ['--lang', language, '--data', service.dataDir, ...words],
          environment,
        );
        expect([words[0], code, stderr]).toEqual([
          words[0],
          3,
          expect.stringMatching(/^log-shorter-than-mark: [^\n]*\n$/),
        ]);
        expect(stderr).toContain(said);
      }
    const verified = await runProgram(['--lang', 'en', '--data', service.dataDir, 'verify']);
    expect([verified.code, verified.stdout]).toEqual([1, expect.stringContaining('1 breaches')]);
    service.clean();
  }, 240_000);
});
