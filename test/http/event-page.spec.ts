import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { auditTrail } from '../../projections/audit-trail/projection.js';
import { provincialConsolidation } from '../../projections/provincial-consolidation/projection.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { type ListedJob } from '../../src/import/jobs/import-job.js';
import { openSqlite } from '../../src/sqlite-file.js';
import { differencesFrom } from '../as-described.js';
import { everyCharacter } from '../every-character.js';
import { FollowedLog } from '../followed-log.js';
import { type Answered, endLogServices, serveLog } from '../log-service.js';
import { smallLedger } from '../small-ledger.js';

const logs: FollowedLog[] = [];
afterEach(async () => {
  await endLogServices();
  for (const log of logs.splice(0)) log.close();
});

const GOLDEN = new URL('../golden/', import.meta.url);
const goldenText = (file: string): string => readFileSync(new URL(file, GOLDEN), 'utf8').trimEnd();
const TAKEN_BACK = 'book-employee-460100-3';

/** As a browser recomputes it: of the UTF-8 bytes of the text, by WebCrypto. */
async function digestInBrowser(text: unknown): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(String(text)));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function demandWhole({ status, body }: Answered): Promise<void> {
  expect(status).toBe(200);
  expect(differencesFrom('StoredEventPage', body)).toEqual([]);
  expect(await digestInBrowser(body['stored'])).toBe(body['sha256']);
  expect(JSON.parse(String(body['stored']))).toEqual(body['data']);
}

/** The events of a log in memory as their pages need them: each by its stream, its type and its text. */
async function logOf(events: readonly (readonly [stream: string, type: string, data: string])[]): Promise<FollowedLog> {
  const log = new FollowedLog([auditTrail, provincialConsolidation]);
  logs.push(log);
  const next = new Map<string, number>();
  for (const [stream, type, data] of events) {
    const revision = next.get(stream) ?? 0;
    const expected = revision === 0 ? 'no-stream' : revision - 1;
    await log.store.append(stream, expected, [{ type, data, key: `${stream} ${revision}`, keyIndexed: true }]);
    next.set(stream, revision + 1);
  }
  await log.follow();
  return log;
}

describe('the page of an event', () => {
  it('is there for every kind of event, as described, with a hash that anyone can compute again', async () => {
    const files = readdirSync(GOLDEN).filter((file) => file.endsWith('.json'));
    const streamOf = (file: string, index: number): string =>
      /Adopted\.v1/.test(file) ? 'reference' : `golden-${index}`;
    const log = await logOf(files.map((file, at) => [streamOf(file, at), file.replace('.json', ''), goldenText(file)]));
    const ask = await serveLog(log);
    const seen = new Map<string, number>();
    for (const [at, file] of files.entries()) {
      const stream = streamOf(file, at);
      const revision = seen.get(stream) ?? 0;
      seen.set(stream, revision + 1);
      const answered = await ask(`/v1/vouchers/${stream}-${revision}`);
      await demandWhole(answered);
      expect(answered.body['stored']).toBe(goldenText(file));
      expect((answered.body['fields'] as { name: unknown }[]).filter(({ name }) => name === null)).toEqual([]);
    }
  });

  it('has the bytes of every character that can be written', async () => {
    const texts = [...everyCharacter(), JSON.stringify({ note: '五月职工医保费，琼中黎族苗族自治县 𠮷 é é 🏥' })];
    const events = texts.map((data, index) => [`case-${index}`, 'Anything.v1', data] as const);
    const log = new FollowedLog([auditTrail]);
    logs.push(log);
    for (const [stream, type, data] of events)
      await log.store.append(stream, 'no-stream', [{ type, data, key: stream, keyIndexed: true }]);
    for (const [stream, , data] of events) {
      const [stored] = await log.store.readStream(stream, { limit: 1, hashes: true });
      // The answer is JSON: what is read of it must be the very text.
      expect(await digestInBrowser(JSON.parse(JSON.stringify({ stored: data })).stored)).toBe(stored!.sha256);
    }
  });

  it('is as described for every event of a ledger, and leads both ways', async () => {
    const { log, post } = await smallLedger();
    logs.push(log);
    await post({
      kind: 'reversal',
      fund: 'employee',
      unit: '460100',
      businessDate: '2025-05-31',
      reverses: TAKEN_BACK,
    });
    await log.follow();
    const ask = await serveLog(log);
    let known = 0;
    for await (const events of log.store.readAll({ after: 0, live: false }))
      for (const { stream, revision } of events) {
        await demandWhole(await ask(`/v1/vouchers/${stream}-${revision}`));
        known += 1;
      }
    expect(known).toBeGreaterThan(25);

    const { body: original } = await ask(`/v1/vouchers/${TAKEN_BACK}`);
    const [{ id: reversal }] = (original['chain'] as { id: string }[]).slice(-1) as [{ id: string }];
    const { body: back } = await ask(`/v1/vouchers/${reversal}`);
    expect(back['chain']).toMatchObject([
      { id: TAKEN_BACK, isItself: false, names: null, voucherNumber: expect.stringContaining('2025-01-收-') },
      {
        id: reversal,
        isItself: true,
        names: { field: 'reverses', id: TAKEN_BACK, says: { zh: '冲销', en: 'takes back' } },
      },
    ]);
    expect(back['about']).toMatchObject({ summary: { zh: expect.stringMatching(/^注销1月10日收-/) } });

    const sent = await ask('/v1/vouchers/book-resident-460100-7');
    expect(sent.body['transfer']).toMatchObject([
      { side: 'sent', id: 'book-resident-460100-7', isItself: true },
      { side: 'received', unit: { code: '460000' }, isItself: false },
    ]);
    expect(sent.body['links']).toMatchObject({ transfer: '/v1/audit-trail?q=SJ-1' });
  });

  it('has the whole chain, from wherever one comes, and says where it is longer than is shown', async () => {
    const of = (revision: number, more: object): [string, string, string] => [
      'book-employee-460100',
      'Given.v1',
      JSON.stringify({
        ...JSON.parse(goldenText('ContributionRecorded.v1.json')),
        voucherNumber: revision + 1,
        ...more,
      }),
    ];
    const id = (revision: number): string => `book-employee-460100-${revision}`;
    const refunds = Array.from({ length: 60 }, (_, index) => of(5 + index, { original: id(4) }));
    const log = await logOf([
      of(0, {}),
      of(1, { reverses: id(0) }),
      of(2, { corrects: id(0) }),
      of(3, { corrects: id(2) }),
      of(4, {}),
      ...refunds,
    ]);
    const ask = await serveLog(log);
    for (const revision of [0, 1, 2, 3]) {
      const { body } = await ask(`/v1/vouchers/${id(revision)}`);
      expect((body['chain'] as { id: string }[]).map((linked) => linked.id)).toEqual([0, 1, 2, 3].map(id));
      expect(body['chainIsWhole']).toBe(true);
    }
    const { body } = await ask(`/v1/vouchers/${id(64)}`);
    expect(body['chain']).toHaveLength(40);
    expect(body['chainIsWhole']).toBe(false);
  });

  it('shows by its hash that stored bytes were changed', async () => {
    const place = mkdtempSync(join(tmpdir(), 'tongzhang-page-'));
    const path = join(place, 'log.db');
    const store = new SqliteEventStore(path, { readonly: false, markPath: join(place, 'log.mark') });
    const log = new FollowedLog([auditTrail, provincialConsolidation], store);
    const data = goldenText('PayoutRecorded.v1.json');
    await store.append('book-employee-460100', 'no-stream', [
      { type: 'PayoutRecorded.v1', data, key: 'k', keyIndexed: true },
    ]);
    await log.follow();
    const ask = await serveLog(log);
    await demandWhole(await ask('/v1/vouchers/book-employee-460100-0'));
    const file = openSqlite(path, 'durable');
    file.exec(`UPDATE event SET data = replace(data, '"amount":"', '"amount":"9')`);
    file.close();
    const { body } = await ask('/v1/vouchers/book-employee-460100-0');
    expect(differencesFrom('StoredEventPage', body)).toEqual([]);
    expect(body['stored']).not.toBe(data);
    expect(await digestInBrowser(body['stored'])).not.toBe(body['sha256']);
    expect(body['sha256']).toBe(await digestInBrowser(data));
    await store.close();
    log.close();
    rmSync(place, { recursive: true });
  });

  it('says which file and line it came from, and which import brought it', async () => {
    const source = '0123456789abcdef0123456789abcdef';
    const { key: _, ...event } = JSON.parse(goldenText('PayoutRecorded.v1.json')) as { key: string };
    const data = JSON.stringify({ ...event, source, line: 7 });
    const log = await logOf([['book-employee-460100', 'PayoutRecorded.v1', data]]);
    const job = {
      id: 'one',
      receivedAt: '2025-06-30T00:00:00.000Z',
      format: 'csv',
      report: { digest: source.repeat(2) },
    };
    const asked: string[] = [];
    const ofSource = (digits: string): ListedJob[] => (asked.push(digits), [job as unknown as ListedJob]);
    const ask = await serveLog(log, { ofSource });
    const answered = await ask('/v1/vouchers/book-employee-460100-0');
    await demandWhole(answered);
    expect(asked).toEqual([source]);
    expect(answered.body['source']).toEqual({
      digest: source,
      line: 7,
      imports: [{ ...job, report: undefined, digest: source.repeat(2), to: '/v1/imports/one' }].map(
        ({ report: _none, ...shown }) => shown,
      ),
    });
  });
});
