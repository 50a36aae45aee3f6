import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contributionRow, csvOf } from '../import/fixture.js';
import { command, eventCount, ONE_OF_EACH } from '../one-of-each.js';
import { untilHolds, untilQuiet, watchServices } from '../probe.js';
import { BEGUN, type Answered, get, post, type RunningService, runProgram, startService } from '../service.js';
import { KurrentDbDouble } from './double.js';

const LINES = 300;

/** What `test/http/recording.spec.ts` does not show: restarts, files, reports and checks of a ledger on KurrentDB. */
describe('a ledger on KurrentDB', () => {
  const double = new KurrentDbDouble();
  const first = new Map<string, Answered>();
  let service: RunningService;
  const environment = () => ({ EVENT_STORE_URL: double.url });
  const run = (...words: string[]) =>
    runProgram(['--lang', 'en', '--json', ...words], { ...environment(), DATA_DIR: service.dataDir });
  /** What is answered says how far the tables have come: to the end, once they have caught up. */
  const end = (): number => double.events().at(-1)!.position;
  const restart = async (): Promise<void> => {
    expect(await service.stop()).toBe(0);
    service = await startService(service.dataDir, environment());
  };

  let watch: ReturnType<typeof watchServices>;
  beforeAll(async () => {
    await double.start();
    service = await startService(undefined, environment());
    watch = watchServices([
      {
        get address() {
          return service.address;
        },
      },
    ]);
    for (const [kind, fields] of ONE_OF_EACH)
      first.set(kind, await post(service, ...command(kind, fields), `first-${kind}`));
  });
  afterAll(async () => {
    expect(await watch.stop()).toMatchObject({ strange: [] });
    await untilQuiet(double);
    expect(await service.stop()).toBe(0);
    service.clean();
    await double.stop();
  });

  it('keeps no log beside the server', async () => {
    expect(double.events()).toHaveLength(BEGUN + ONE_OF_EACH.length);
    expect([...first.values()].map(({ status }) => status)).toEqual(ONE_OF_EACH.map(() => 201));
    const { code, stdout } = await run('verify');
    expect({ code, report: JSON.parse(stdout) as object }).toMatchObject({
      code: 0,
      report: { ok: true, events: BEGUN + ONE_OF_EACH.length },
    });
  });

  it('answers every key again after a restart, with the read tables and without', async () => {
    for (const withoutTables of [false, true]) {
      expect(await service.stop()).toBe(0);
      if (withoutTables)
        for (const end of ['', '-wal', '-shm']) rmSync(join(service.dataDir, `read.db${end}`), { force: true });
      service = await startService(service.dataDir, environment());
      for (const [kind, fields] of ONE_OF_EACH) {
        const again = await post(service, ...command(kind, fields), `first-${kind}`);
        expect(again).toMatchObject({ status: 201, body: first.get(kind)!.body });
        expect(again.headers.get('idempotency-replayed')).toBe('true');
      }
      const other = await post(service, ...command('contribution', { headcount: 13 }), 'first-contribution');
      expect(other).toMatchObject({ status: 422, body: { code: 'key-used-before' } });
    }
    expect(await eventCount(service)).toBe(BEGUN + ONE_OF_EACH.length);
  });

  it('answers on both axes of time, before and after the tables are made anew', async () => {
    const recordedAt = String(first.get('recovery')!.body['recordedAt']);
    const paths = ['', `&recordedAsOf=${recordedAt}`].map(
      (axis) => `/v1/balances?fund=employee&unit=460100&asOf=2025-05-31${axis}&after=${end()}`,
    );
    const ask = () => Promise.all(paths.map(async (path) => (await get(service, path)).body));
    const before = await ask();
    expect(before[0]).not.toEqual(before[1]);
    await service.stop();
    rmSync(join(service.dataDir, 'read.db'));
    service = await startService(service.dataDir, environment());
    expect(await ask()).toEqual(before);
  });

  it('links to the event of a voucher, which stands at a position of the server', async () => {
    const id = String(first.get('interest')!.body['id']);
    const { body } = await get(service, `/v1/vouchers/${id}`);
    const { event } = body['links'] as { event: string };
    expect((await get(service, event)).body['events']).toMatchObject([{ id }]);
  });

  it('takes a file once, over HTTP and from the command line', async () => {
    const file = join(service.dataDir, 'feed.csv');
    const rows = Array.from({ length: LINES }, (_, index) => contributionRow({ headcount: String(1 + index) }));
    writeFileSync(file, csvOf(rows));
    const before = await eventCount(service);
    const sent = await run('import', file, '--url', service.address);
    expect({ code: sent.code, ...(JSON.parse(sent.stdout) as object) }).toMatchObject({ code: 0, posted: LINES });
    expect(await service.stop()).toBe(0);
    const again = await run('import', file);
    expect({ code: again.code, ...(JSON.parse(again.stdout) as object) }).toMatchObject({ code: 0, replayed: LINES });
    service = await startService(service.dataDir, environment());
    expect(await eventCount(service)).toBe(before + LINES);
  });

  it('is reported, verified and replayed by the program beside the service', async () => {
    await restart();
    const { position, ...body } = (await get(service, `/v1/balances?asOf=2025-05-31&after=${end()}`)).body;
    const report = await run('report', 'fund-balance', '--as-of', '2025-05-31', '--format', 'json');
    expect(JSON.parse(report.stdout)).toEqual({ position, ...body });
    for (const word of ['verify', 'replay']) {
      const { code, stderr } = await run(word);
      expect({ word, code, stderr }).toEqual({ word, code: 0, stderr: '' });
    }
  });

  it('counts what it asked the server again', async () => {
    double.failNextAppends('unavailable-after-write', 'cut-before-write');
    const [one, other] = ['retried-1', 'retried-2'].map((key) => post(service, ...command('contribution'), key));
    expect((await one!).status).toBe(201);
    expect((await other!).status).toBe(201);
    const { text } = (await get(service, '/metrics')).body as { text: string };
    const retries = /^tongzhang_event_store_retries_total (\d+)$/m.exec(text)?.[1];
    expect(Number(retries)).toBeGreaterThanOrEqual(2);
    expect(service.lines.some((line) => line.includes('outcome unknown'))).toBe(true);
  });

  it('names in readiness that the server says no, or nothing, and what was done to a stream, and heals', async () => {
    const ready = async () => {
      const { status, body } = await get(service, '/readyz');
      return { status, said: JSON.stringify(body) };
    };
    double.refusal = 'forbidden';
    const refused = await ready();
    expect(refused).toMatchObject({
      status: 503,
      said: expect.stringContaining('store-misconfigured') as unknown as string,
    });
    expect((await post(service, ...command('contribution'), 'refused')).status).toBe(503);
    double.refusal = undefined;
    double.isSilent = true;
    const began = performance.now();
    expect(await ready()).toMatchObject({
      status: 503,
      said: expect.stringContaining('no answer within') as unknown as string,
    });
    // Less than the ten seconds that a question is given.
    expect(performance.now() - began).toBeLessThan(10_000);
    double.isSilent = false;
    expect((await post(service, ...command('contribution'), 'refused')).status).toBe(201);
    const { position } = double.recordOther('tongzhang-case-4711', 'Opened', '{}');
    // A look at the end of the log that was begun in the silence is given up at its deadline.
    let named = await ready();
    await untilHolds(
      async () => (named = await ready()).status === 200,
      () => named.said,
    );
    expect(named).toMatchObject({
      status: 200,
      said: expect.stringContaining(`position ${position}`) as unknown as string,
    });
  });

  it('makes its read tables anew where those of another log stand in the directory', async () => {
    expect(await service.stop()).toBe(0);
    const other = new KurrentDbDouble();
    await other.start();
    const url = { EVENT_STORE_URL: other.url };
    const elsewhere = await startService(service.dataDir, url);
    expect(await eventCount(elsewhere)).toBe(BEGUN);
    const { position } = other.events()[0]!;
    expect((await get(elsewhere, `/v1/balances?asOf=2025-05-31&after=${position}`)).body).toMatchObject({ position });
    expect(await elsewhere.stop()).toBe(0);
    await other.stop();
    service = await startService(service.dataDir, environment());
    const { code, stdout } = await run('verify');
    expect(code).toBe(1);
    expect(stdout).toContain('foreign-event');
  });
});

describe('without a server', () => {
  it.each([
    ['verify', []],
    ['report', ['fund-balance']],
  ])('`%s` says so and ends', async (word, more) => {
    const { code, stderr } = await runProgram([word, ...more], { EVENT_STORE_URL: 'esdb://127.0.0.1:1?tls=false' });
    expect(code).toBe(3);
    expect(stderr).toContain('store-unavailable');
  });
});
