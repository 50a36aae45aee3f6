import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QUESTIONS } from '../../projections/registry.js';
import { findKind } from '../../src/catalogue/registry.js';
import { TABLES_TYPE } from '../../src/http/send-tables.js';
import { FILE_TYPES } from '../../src/report/write-export.js';
import { readXlsx, valuesOf } from '../xlsx.js';
import { get, getOnce, post, type RunningService, startService } from '../service.js';

const START_MS = 240_000;

describe('asking over HTTP', () => {
  let service: RunningService;
  let position: number;

  beforeAll(async () => {
    service = await startService();
    for (const kind of ['opening-balance', 'contribution', 'penalty', 'recovery']) {
      const { route, example } = findKind(kind)!;
      const { body } = await post(service, `/v1/${route}`, example, kind);
      position = Number(body['position']);
    }
  }, START_MS);
  afterAll(async () => {
    await service.stop();
    service.clean();
  }, START_MS);

  describe.each(QUESTIONS.map(({ name, route }) => [name, `/v1/${route}`] as const))('%s', (_, path) => {
    it('answers with the position it shows, once it shows the one asked for', async () => {
      const { status, headers, body } = await get(service, `${path}?after=${position}`);
      expect({ status, body }).toMatchObject({ status: 200, body: { position } });
      expect(headers.get('x-ledger-position')).toBe(String(position));
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    });

    it.each([
      ['to=20250531', { to: '2025-05-31' }],
      ['asOf=2025/5/31', { asOf: '2025-05-31' }],
      ['from=２０２５年５月１日&to=2025.5.31', { from: '2025-05-01', to: '2025-05-31' }],
      ['recordedAsOf=2', { recordedAsOf: '2', position: 2 }],
      ['recordedAsOf=position:2', { recordedAsOf: '2', position: 2 }],
      ['recordedAsOf=20250531', { recordedAsOf: '2025-05-31', position: 0 }],
      ['recordedAsOf=2025-06-01T00:00:00+08:00', { recordedAsOf: '2025-05-31T16:00:00.000Z', position: 0 }],
      ['recordedAsOf=2025/6/1 00:00', { recordedAsOf: '2025-05-31T16:00:00.000Z', position: 0 }],
    ])('says how it understood %s', async (query, understood) => {
      expect(await get(service, `${path}?${query}`)).toMatchObject({ status: 200, body: understood });
    });

    it('says that nothing has changed, until something has', async () => {
      const { headers } = await get(service, `${path}?after=${position}`);
      const etag = headers.get('etag')!;
      const held = { 'if-none-match': `"other", W/${etag}` };
      expect(await get(service, `${path}?after=${position}`, held)).toMatchObject({ status: 304, body: { text: '' } });
      const other = await get(service, `${path}?after=${position - 1}`, held);
      expect(other.status).toBe(200);
    });

    it('is tables too, in the language and the unit of the reader', async () => {
      const english = { 'accept-language': 'en' };
      const asked = `${path}?after=${position}&format=tables&unitOfMoney=wan`;
      const { status, headers, body } = await get(service, asked, english);
      expect({ status, body }).toMatchObject({ status: 200, body: { position, tables: expect.any(Array) } });
      expect(headers.get('content-type')).toBe(TABLES_TYPE);
      expect(headers.get('x-ledger-position')).toBe(String(position));
      const tables = body['tables'] as { name: string; title: string; unit: string | null }[];
      expect(tables.every(({ unit }) => unit === null || unit === 'unit: 10,000 yuan')).toBe(true);
      const held = { 'if-none-match': headers.get('etag')! };
      expect((await get(service, asked, { ...english, ...held })).status).toBe(304);
      const other = await get(service, asked, { 'accept-language': 'zh', ...held });
      expect(other.status).toBe(200);
      const accepted = await get(service, `${path}?after=${position}&unitOfMoney=wan`, {
        ...english,
        accept: 'text/html, application/vnd.tongzhang.tables+json;q=0.9',
      });
      expect(accepted.body).toEqual(body);
      const only = await get(service, `${asked}&sheet=${tables.at(-1)!.name}`, english);
      expect(only.body['tables']).toEqual(tables.slice(-1));
    });

    it('is a spreadsheet too', async () => {
      const { status, headers, body } = await get(service, `${path}?format=csv`);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(String(body['text'])).toMatch(/^\uFEFF?[^\r]+\r\n/);
    });

    it.each([
      ['?format=xlsx&printedBy=E-0001', '*/*'],
      ['?printedBy=E-0001', `text/html;q=0.9, ${FILE_TYPES.xlsx}`],
    ])('is a workbook too, by %s', async (query, accept) => {
      const response = await fetch(`${service.address}${path}${query}`, { headers: { accept } });
      expect([response.status, response.headers.get('content-type')]).toEqual([200, FILE_TYPES.xlsx]);
      expect(response.headers.get('content-disposition')).toMatch(/filename="[^"]+\.xlsx"/);
      const [table, about] = readXlsx(Buffer.from(await response.arrayBuffer()));
      expect(table!.rows.length).toBeGreaterThan(1);
      expect(valuesOf(about!.rows.at(-1)!, 2)).toEqual(['打印人', 'E-0001']);
    });

    it.each([
      ['?colour=red', 400, 'colour'],
      ['?after=soon', 400, 'after'],
      ['?after=1&after=2', 400, 'after'],
      ['?format=xml', 400, 'format'],
      ['?format=csv&printedBy=E-0001', 400, 'printedBy'],
      ['?to=2025-05-31&asOf=2025-06-01', 400, 'asOf'],
      ['?from=2025-06-01&asOf=2025-05-31', 400, 'from'],
      ['?__proto__=1', 400, '__proto__'],
      ['?recordedAsOf=2026-06-31', 400, 'recordedAsOf'],
      ['?recordedAsOf=20260631', 400, 'recordedAsOf'],
      ['?recordedAsOf=2026-02-29T12:00:00Z', 400, 'recordedAsOf'],
      ['?recordedAsOf=6', 400, 'recordedAsOf'],
      ['?recordedAsOf=position:20260531', 400, 'recordedAsOf'],
      ['?recordedAsOf=2199-12-31', 400, 'recordedAsOf'],
      ['?asOf=2026-06-31', 400, 'asOf'],
      ['?from=1899-12-31', 400, 'from'],
    ])('refuses %s', async (query, status, pointer) => {
      expect(await get(service, `${path}${query}`)).toMatchObject({ status, body: { errors: [{ pointer }] } });
    });
  });

  it('does not wait for ever for a position', async () => {
    const { status, headers, body } = await getOnce(service, `/v1/${QUESTIONS[0]!.route}?after=999999`);
    expect({ status, body }).toMatchObject({ status: 503, body: { code: 'position-not-yet-shown' } });
    expect(headers.get('retry-after')).toBe('1');
  });
});
