import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ImportReport } from '../src/import/report/import-report.js';
import { contributionRow, csvOf } from './import/fixture.js';
import { command } from './one-of-each.js';
import { get, post, runProgram, type RunningService, startService } from './service.js';

const BOOK = 'book-employee-460100';
const rows = [1, 2, 3, 4].map((number) =>
  contributionRow({ amount: '1000.00', unit: '460200', 'evidence.number': `HK-${number}` }),
);
const found = (body: object): unknown => (body as { findings?: { got: string }[] }).findings?.map(({ got }) => got);

describe('likely duplicates in a running service', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(async () => {
    await service.stop();
    service.clean();
  });

  const send = async (name: string, content: string, ...words: string[]) => {
    const path = join(service.dataDir, name);
    writeFileSync(path, content);
    const { stdout, code } = await runProgram(['--json', 'import', path, '--url', service.address, ...words]);
    return { code, report: JSON.parse(stdout) as ImportReport };
  };
  const report = (...words: string[]) =>
    runProgram(['--data', service.dataDir, ...words, 'report', 'likely-duplicates', '--fund', 'employee']);

  it('a command under another key is recorded with a finding, and a dry run says so before', async () => {
    const [path, body] = command('contribution', {});
    expect((await post(service, path, body, 'one')).body['findings']).toBeUndefined();
    const preview = await post(service, `${path}?dryRun=true`, body, undefined);
    expect([preview.status, found(preview.body)]).toEqual([200, [`${BOOK}-0`]]);
    const second = await post(service, path, body, 'two');
    expect([second.status, found(second.body)]).toEqual([201, [`${BOOK}-0`]]);
    const again = await post(service, path, body, 'two');
    expect([again.headers.get('idempotency-replayed'), again.body]).toEqual(['true', second.body]);
  });

  it('a file saved again is refused, and posted where duplicates are accepted', async () => {
    expect((await send('feed.csv', csvOf(rows.slice(0, 3)))).report).toMatchObject({ posted: 3 });
    const saved = await send('saved.csv', `\uFEFF${csvOf(rows.slice(0, 3), '\r\n')}`);
    expect(saved).toMatchObject({ code: 1, report: { outcome: 'refused', rejected: 3, posted: 0 } });
    const extract = await send('extract.csv', csvOf(rows.slice(1)), '--accept-good');
    expect(extract.report).toMatchObject({ posted: 1, rejected: 2, errors: [{ line: 2 }, { line: 3 }] });
    expect(extract.report.errors[0]).toMatchObject({ code: 'likely-duplicate', got: 'book-employee-460200-1' });
    const both = await send('both.csv', csvOf(rows.slice(3), '\r\n'), '--accept-duplicates');
    expect(both.report).toMatchObject({ outcome: 'posted', posted: 1, rejected: 0 });
  });

  it('all of them are answered over HTTP and reported in both languages', async () => {
    const { status, body } = await get(service, '/v1/likely-duplicates?after=8');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      position: 8,
      count: 2,
      sums: [{ fund: 'employee', kind: 'contribution', groups: 2, vouchers: 2, tooMuch: '2234.50' }],
      groups: [
        {
          unit: '460100',
          standing: 2,
          vouchers: [
            { key: 'one', hasFinding: false },
            { key: 'two', hasFinding: true },
          ],
        },
        { unit: '460200', vouchers: [{ line: 4 }, { line: 2, hasFinding: true }] },
      ],
    });
    const english = await report('--lang', 'en');
    expect(english.stdout).toMatch(/Likely duplicates/);
    expect(english.stdout).toMatch(/What may be too much/);
    const chinese = await report('--lang', 'zh');
    expect(chinese.stdout).toMatch(/疑似重复 2 组/);
  });

  it('are found after a kill and a new start, and verify finds nothing wrong with their findings', async () => {
    await service.stop('SIGKILL');
    service = await startService(service.dataDir);
    const [path, body] = command('contribution', { note: 'once more' });
    expect(found((await post(service, path, body, 'three')).body)).toEqual([`${BOOK}-0`]);
    const { code } = await runProgram(['--data', service.dataDir, 'verify']);
    expect(code).toBe(0);
  });

  it('do not stand once they are taken back', async () => {
    const [path, body] = command('contribution', { unit: '460300' });
    const takeBack = { fund: 'employee', unit: '460300', reverses: 'book-employee-460300-0' };
    expect((await post(service, path, body, 'a')).status).toBe(201);
    expect((await post(service, ...command('reversal', takeBack), 'b')).status).toBe(201);
    expect(found((await post(service, path, body, 'c')).body)).toBeUndefined();
    const { body: asked } = await get(service, '/v1/likely-duplicates?unit=460300&after=12');
    expect(asked).toMatchObject({ count: 0, settled: 1, groups: [] });
  });
});

it('an import that was killed goes on to the same end, with the duplicates that were accepted', async () => {
  const service = await startService();
  try {
    const many = Array.from({ length: 3_000 }, (_, index) =>
      contributionRow({ amount: '1.00', 'evidence.number': `N-${index % 2_000}` }),
    );
    const path = join(service.dataDir, 'feed.csv');
    writeFileSync(path, csvOf(many));
    await fetch(`${service.address}/v1/imports?acceptDuplicates=true`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: csvOf(many),
    });
    await service.stop('SIGKILL');
    const { stdout } = await runProgram(['--data', service.dataDir, '--json', 'import', path, '--accept-duplicates']);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'posted', rejected: 0 });
    const asked = await runProgram(['--data', service.dataDir, '--json', 'report', 'likely-duplicates']);
    expect(JSON.parse(asked.stdout)).toMatchObject({ count: 1_000, sums: [{ vouchers: 1_000, tooMuch: '1000.00' }] });
  } finally {
    await service.stop('SIGKILL');
    service.clean();
  }
});
