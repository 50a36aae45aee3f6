import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contribution } from '../../src/catalogue/collecting/contribution.js';
import { reversal } from '../../src/catalogue/correcting/reversal.js';
import { openSqlite } from '../../src/sqlite-file.js';
import { dataPaths } from '../../src/data-directory.js';
import { BEGUN, get, post, type RunningService, runProgram, startService } from '../service.js';

const LONG_MS = 240_000;
const POSTED = 12;
const HEAD = BEGUN + POSTED;
const ID = 'book-employee-460100-';
/** Where the fourth voucher stands. */
const FOURTH = BEGUN + 4;

describe('the log over HTTP, and its audit beside a running service', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService();
    for (let index = 0; index < POSTED - 1; index += 1)
      await post(service, '/v1/contributions', contribution.example, `key-${index}`);
    await post(service, '/v1/reversals', { ...reversal.example, reverses: `${ID}3` }, 'key-reversal');
  }, LONG_MS);
  afterAll(async () => {
    await service.stop();
    service.clean();
  });
  const events = async (path: string): Promise<{ events: { position: number }[]; next: number }> =>
    (await get(service, path)).body as unknown as { events: { position: number }[]; next: number };

  it('gives a voucher as it is stored, with its digest and what took it back', async () => {
    const { status, headers, body } = await get(service, `/v1/vouchers/${ID}3?after=${HEAD}`);
    expect(status).toBe(200);
    expect(headers.get('x-ledger-position')).toBe(String(HEAD));
    const { data, sha256, stored, ...facts } = body;
    expect(facts).toMatchObject({
      position: FOURTH,
      id: `${ID}3`,
      stream: 'book-employee-460100',
      revision: 3,
      type: 'ContributionRecorded.v1',
      reversedBy: `${ID}11`,
      correctedBy: [],
      links: { event: `/v1/events?after=${FOURTH - 1}&limit=1` },
    });
    expect(hash('sha256', stored as string, 'hex')).toBe(sha256);
    // The text is canonical, so that writing what was read gives the bytes that were hashed.
    expect(hash('sha256', JSON.stringify(data), 'hex')).toBe(sha256);
    expect(data).toMatchObject({ kind: 'contribution', key: 'key-3', voucherNumber: 4, amount: '1234.50' });
  });

  it.each(['no-such-id', `${ID}99`, 'book-employee-460200-0', `${ID}03`, '%F0%9F%A6%89'])(
    'knows no voucher %s',
    async (id) => {
      expect(await get(service, `/v1/vouchers/${id}`)).toMatchObject({
        status: 404,
        body: { code: 'no-such-voucher' },
      });
    },
  );

  it('gives the log in pages, none missing and none twice', async () => {
    const seen: number[] = [];
    let after = 0;
    for (let page = await events('/v1/events?limit=5'); page.events.length > 0;) {
      seen.push(...page.events.map(({ position }) => position));
      after = page.next;
      page = await events(`/v1/events?after=${after}&limit=5`);
    }
    expect(seen).toEqual(Array.from({ length: HEAD }, (_, index) => index + 1));
    expect(await events(`/v1/events?after=${after}`)).toMatchObject({ position: HEAD, events: [], next: HEAD });
    expect((await events(`/v1/events?after=${FOURTH - 1}&limit=1`)).events).toMatchObject([
      { position: FOURTH, id: `${ID}3` },
    ]);
  });

  it('gives the log as lines to who accepts them', async () => {
    const response = await fetch(`${service.address}/v1/events?after=2`, {
      headers: { accept: 'application/x-ndjson' },
    });
    expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(response.headers.get('x-ledger-position')).toBe(String(HEAD));
    const lines = (await response.text()).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => (JSON.parse(line) as { position: number }).position)[0]).toBe(3);
    expect(lines).toHaveLength(HEAD - 2);
  });

  it.each(['limit=0', 'limit=10001', 'limit=ten', 'after=-1', 'from=1', 'limit=1&limit=2'])(
    'refuses %s',
    async (query) => {
      expect((await get(service, `/v1/events?${query}`)).status).toBe(400);
    },
  );

  it('has an audit trail that leads to it', async () => {
    const { body } = await get(service, `/v1/audit-trail?after=${HEAD}&kind=reversal`);
    const [voucher] = body['vouchers'] as [{ reverses: string; links: Record<'voucher' | 'event', string> }];
    expect(voucher.reverses).toBe(`${ID}3`);
    expect((await get(service, voucher.links.voucher)).body).toMatchObject({ id: `${ID}11` });
    expect((await events(voucher.links.event)).events).toMatchObject([{ id: `${ID}11` }]);
  });

  it(
    'is verified and replayed while the service runs',
    async () => {
      const verified = await runProgram(['--data', service.dataDir, '--json', 'verify']);
      expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, events: HEAD, breachCount: 0 });
      expect(verified.code).toBe(0);
      const replayed = await runProgram(['--data', service.dataDir, '--json', 'replay']);
      expect(JSON.parse(replayed.stdout)).toMatchObject({ equal: true, notThere: {} });
      expect(replayed.code).toBe(0);
    },
    LONG_MS,
  );

  it(
    'is verified and replayed after the service, and both say what is wrong',
    async () => {
      await service.stop();
      const words = ['--data', service.dataDir, '--lang', 'en'];
      expect((await runProgram([...words, 'replay'])).stdout).toContain('equal the live ones row for row');
      const tables = openSqlite(dataPaths(service.dataDir).read, 'disposable');
      tables.exec("UPDATE book_month_v9 SET balance = 0 WHERE line = 'treasury' AND period = '2025-05'");
      tables.close();
      const replayed = await runProgram([...words, 'replay']);
      expect(replayed.stdout).toMatch(/book_month_v9: up to position 13, [0-9]+ rows live, [0-9]+ rebuilt, 1 differ/);
      expect(replayed.code).toBe(1);
      const verified = await runProgram([...words, 'verify']);
      expect(verified.stdout).toContain('1 breaches, the first at the log as a whole:');
      expect(verified.code).toBe(1);
      expect((await runProgram(['--data', `${service.dataDir}/none`, 'verify'])).code).toBe(3);
    },
    LONG_MS,
  );
});
