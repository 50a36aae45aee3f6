import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dayInShanghai } from '../../src/time/clock.js';
import { DAY_MS } from '../../src/time/recording-clock.js';
import { findKind } from '../../src/catalogue/registry.js';
import { MovedClock } from '../moved-clock.js';
import { get, post, runProgram, type RunningService, startService, temporaryDirectory } from '../service.js';

const TIMEOUT_MS = 240_000;
const YEARS = 4 * 365 * DAY_MS;
const today = (movedBy = 0): string => dayInShanghai(Date.now() + movedBy);

/** One service, whose clock goes wrong in every way there is, one after the other: each test goes on from the last. */
describe('a service with a wrong clock', () => {
  const dataDir = temporaryDirectory();
  const clock = new MovedClock(join(dataDir, 'moved.by'));
  let service: RunningService;
  let posted = 0;

  beforeAll(async () => {
    service = await startService(dataDir, clock.environment);
  }, TIMEOUT_MS);
  afterAll(async () => {
    await service.stop();
    service.clean();
  }, TIMEOUT_MS);

  const { route, example } = findKind('contribution')!;
  const record = (businessDate: string, key = `key-${(posted += 1)}`, dryRun = '') =>
    post(service, `/v1/${route}${dryRun}`, { ...example, businessDate }, key);
  const ready = async () => (await get(service, '/readyz', { 'accept-language': 'en' })).body;
  const program = (...words: string[]) =>
    runProgram(['--data', dataDir, '--lang', 'en', ...words], { ...clock.environment });
  /** How often the log of the service speaks of the clock. */
  const said = (): number => service.lines.filter((line) => line.includes('the last recorded time')).length;
  const recordedDay = (body: Record<string, unknown>): string => dayInShanghai(Date.parse(String(body['recordedAt'])));

  it(
    'is ready, and takes no voucher of tomorrow',
    async () => {
      expect(await record('2025-05-12')).toMatchObject({ status: 201 });
      expect(await record(today(DAY_MS))).toMatchObject({ status: 422, body: { code: 'date-in-future' } });
      expect(await ready()).toMatchObject({ status: 'ok', info: { clock: { status: 'up', state: 'in-step' } } });
      expect(said()).toBe(0);
    },
    TIMEOUT_MS,
  );

  it(
    'years ahead: it says so, records nothing, and answers all that needs no clock',
    async () => {
      clock.moveBy(YEARS);
      expect(await ready()).toMatchObject({
        code: 'not-ready',
        errors: [{ pointer: 'clock', code: 'clock-out-of-bounds', got: expect.stringContaining('1460 days ahead') }],
      });
      const refused = await record(today(YEARS - DAY_MS));
      expect(refused).toMatchObject({ status: 503, body: { code: 'clock-out-of-bounds' } });
      expect(refused.headers.get('retry-after')).toBe('1');
      expect(await record('2025-05-12', 'dry', '?dryRun=true')).toMatchObject({ status: 503 });
      expect(await record('2025-05-12', 'key-1')).toMatchObject({ status: 201, body: { position: 2 } });
      expect(await get(service, '/v1/balances?after=2')).toMatchObject({ status: 200, body: { asOf: today(YEARS) } });
      expect(said()).toBe(1);
    },
    TIMEOUT_MS,
  );

  it(
    'right again: it goes on as if nothing had been',
    async () => {
      clock.moveBy(0);
      expect(await ready()).toMatchObject({ status: 'ok' });
      expect(await get(service, '/v1/balances')).toMatchObject({ status: 200, body: { asOf: today() } });
      expect(await record(today(DAY_MS))).toMatchObject({ status: 422 });
      const { status, body } = await record(today());
      expect([status, recordedDay(body)]).toEqual([201, today()]);
      expect(said()).toBe(2);
    },
    TIMEOUT_MS,
  );

  it(
    'years ahead, and confirmed: posting goes on without a restart',
    async () => {
      clock.moveBy(YEARS);
      const before = await program('clock');
      expect(before).toMatchObject({ code: 1, stdout: expect.stringContaining('is 1460 days ahead') });
      expect(await record('2025-05-13')).toMatchObject({ status: 503 });
      const confirmed = await program('clock', '--confirm', 'it really is 2030');
      expect(confirmed).toMatchObject({ code: 0, stdout: expect.stringContaining('(it really is 2030)') });
      expect(await ready()).toMatchObject({ info: { clock: { state: 'ahead', message: expect.any(String) } } });
      const { status, body } = await record('2025-05-13');
      expect([status, recordedDay(body)]).toEqual([201, today(YEARS)]);
      expect(await ready()).toMatchObject({ info: { clock: { state: 'in-step' } } });
    },
    TIMEOUT_MS,
  );

  it(
    'years behind what was recorded, until that is confirmed: recorded time stands still, and today does not',
    async () => {
      clock.moveBy(0);
      expect(await record(today())).toMatchObject({ status: 503, body: { code: 'clock-out-of-bounds' } });
      const said503 = await program('--json', 'clock');
      expect(JSON.parse(said503.stdout)).toMatchObject({ state: 'out-of-bounds', posting: false, boundDays: 30 });
      await program('clock', '--confirm');
      expect(await record(today(DAY_MS))).toMatchObject({ status: 422, body: { code: 'date-in-future' } });
      const { status, body } = await record(today());
      expect([status, recordedDay(body)]).toEqual([201, today(YEARS)]);
      expect(await ready()).toMatchObject({ status: 'ok', info: { clock: { status: 'up', state: 'behind' } } });
      const position = Number(body['position']);
      const now = await get(service, `/v1/balances?recordedAsOf=${today(YEARS)}&after=${position}`);
      expect(now).toMatchObject({ status: 200, body: { position } });
    },
    TIMEOUT_MS,
  );

  it(
    'is named by verify, which finds nothing broken',
    async () => {
      const { code, stdout } = await program('verify');
      expect([code, stdout]).toEqual([0, expect.stringContaining('Everything holds')]);
      expect(stdout).toMatch(/position 4 book-employee-460100-2 recorded-time-step: .*, 1460 days after it/);
      expect(stdout).toMatch(/the log as a whole clock: .* days behind the last recorded time.*; posting goes on/);
    },
    TIMEOUT_MS,
  );
});
