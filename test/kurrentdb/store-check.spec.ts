import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkServer, type CheckCalls } from '../../src/event-store/kurrentdb/check.js';
import { KurrentDbEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { StoreRefused } from '../../src/event-store/store-refusal.js';
import { anEvent } from '../event-store.contract.js';
import { runProgram, temporaryDirectory } from '../service.js';
import { KurrentDbDouble } from './double.js';

interface Printed {
  readonly ok: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly en: string }[];
}

/** `tongzhang store check`, on a server in each condition it is there to tell of. */
describe('store check', () => {
  const double = new KurrentDbDouble({ version: '24.10.14' });
  const dataDir = temporaryDirectory();
  const check = (words: readonly string[] = ['--json'], environment = {}) =>
    runProgram(['--lang', 'en', 'store', 'check', ...words], {
      DATA_DIR: dataDir,
      EVENT_STORE_URL: double.url,
      ...environment,
    });
  const checks = async (): Promise<{ code: number | null; found: Record<string, string>; failed: string[] }> => {
    const { code, stdout } = await check();
    const printed = JSON.parse(stdout) as Printed;
    expect(printed.ok).toBe(code === 0);
    const found = Object.fromEntries(printed.checks.map(({ name, en }) => [name, en]));
    return { code, found, failed: printed.checks.filter(({ ok }) => !ok).map(({ name }) => name) };
  };

  beforeAll(() => double.start());
  afterAll(async () => {
    await double.stop();
    rmSync(dataDir, { recursive: true });
  });

  it('says what an empty server is, and leaves nothing on it', async () => {
    const { code, found } = await checks();
    expect(code).toBe(0);
    expect(found).toMatchObject({
      version: '24.10.14',
      rights: 'may read and write',
      prefix: 'no ledger below "tongzhang-" yet',
      streams: 'nothing was taken or set',
    });
    expect(double.events()).toEqual([]);
    const { stdout } = await runProgram(['--lang', 'zh', 'store', 'check'], {
      DATA_DIR: dataDir,
      EVENT_STORE_URL: double.url,
    });
    expect(stdout).toContain('可以启用');
    expect(stdout).toContain('服务器版本');
  });

  it('says what of a right is missing, and where there is no way in at all', async () => {
    double.appendRefusal = 'forbidden';
    const { code, failed } = await checks();
    expect([code, failed]).toEqual([1, ['rights']]);
    double.appendRefusal = undefined;
    double.refusal = 'unauthenticated';
    expect((await check()).code).toBe(2);
    double.refusal = undefined;
  });

  it('says what ledger is there, and what was done to it', async () => {
    const store = new KurrentDbEventStore({
      url: double.url,
      names: ['book-', 'case-'],
      keys: () => ({ covered: -1, revision: undefined }),
      log: () => undefined,
    });
    const { position } = await store.append('book-a', 'no-stream', [anEvent(), anEvent()]);
    await store.close();
    expect((await checks()).found['prefix']).toBe(
      `a ledger below "tongzhang-": 2 events, the last at position ${position}`,
    );
    double.setMetadata('tongzhang-book-a', { $maxCount: 5 });
    const { code, found, failed } = await checks();
    expect([code, failed]).toEqual([1, ['streams']]);
    expect(found['streams']).toContain('retention-set: stream tongzhang-book-a: only its last 5 events are kept');
    const [table, below] = (await check([])).stdout.split(/(?=^\[1\] )/m);
    expect(below).toMatch(/^\[1\] retention-set: stream tongzhang-book-a: only its last 5/);
    expect(table).toContain('see [1] below');
    expect(Math.max(...table!.split('\n').map(({ length }) => length))).toBeLessThan(120);
  });

  it('says that nobody answers, as nothing that was found', async () => {
    const { code, stdout, stderr } = await check([], { EVENT_STORE_URL: 'esdb://127.0.0.1:1?tls=false' });
    expect([code, stdout, stderr.trimEnd().split('\n').at(-1)]).toEqual([3, '', expect.stringContaining('store-')]);
  });

  it('says that the ledger there has no prefix', async () => {
    const elsewhere = new KurrentDbDouble();
    await elsewhere.start();
    const bare = new KurrentDbEventStore({
      url: elsewhere.url,
      prefix: '',
      names: ['book-', 'case-'],
      keys: () => ({ covered: -1, revision: undefined }),
      log: () => undefined,
    });
    await bare.append('book-a', 'no-stream', [anEvent()]);
    await bare.close();
    const { code, stdout } = await check(['--json'], { EVENT_STORE_URL: elsewhere.url });
    expect(code).toBe(1);
    expect(stdout).toContain('EVENT_STORE_PREFIX=');
    await elsewhere.stop();
  });

  it('says what clock the server has', async () => {
    double.clock.aheadMs = 60_000;
    double.recordForeign(1);
    const { code, failed } = await checks();
    expect([code, failed]).toEqual([1, ['streams', 'clock']]);
    double.clock.aheadMs = 0;
  });
});

describe('what is asked of a server', () => {
  const calls: CheckCalls = {
    endpoint: undefined,
    prefix: 'tongzhang-',
    version: async () => '1',
    end: async () => undefined,
    write: async () => undefined,
    readMetadata: async () => undefined,
    last: async () => undefined,
    unprefixed: () => undefined,
    readAll: async function* () {},
    lookForLosses: async () => undefined,
    findings: () => [],
  };

  it('its clock is what it says over HTTP, whatever the answer', async () => {
    const server = createServer((_, response) => {
      response.setHeader('date', new Date(Date.now() + 30_000).toUTCString());
      response.writeHead(401).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const endpoint = { host: '127.0.0.1', port, isTls: false, caFile: undefined };
    const { clock } = await checkServer({ ...calls, endpoint });
    expect(clock!.isLeast).toBe(false);
    expect(Math.abs(clock!.aheadMs - 30_000)).toBeLessThan(20_000);
    server.close();
    server.closeAllConnections();
  });

  it('a right that is missing is no failure, and any other refusal is', async () => {
    const refuse = (reason: 'rights' | 'credentials') => async () => {
      throw new StoreRefused(reason, 'no');
    };
    expect((await checkServer({ ...calls, readMetadata: refuse('rights') })).missingRights).toEqual(['read-metadata']);
    await expect(checkServer({ ...calls, write: refuse('credentials') })).rejects.toMatchObject({
      code: 'store-refused',
    });
  });
});
