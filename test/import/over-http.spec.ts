import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ImportJob } from '../../src/import/jobs/import-job.js';
import { type ImportReport } from '../../src/import/report/import-report.js';
import { get, runProgram, type RunningService, startService, temporaryDirectory } from '../service.js';
import { contributionRow, csvOf } from './fixture.js';

const directory = temporaryDirectory();
let service: RunningService;
beforeAll(async () => {
  service = await startService();
});
afterAll(async () => {
  expect(await service.stop()).toBe(0);
  service.clean();
  rmSync(directory, { recursive: true, force: true });
});

const send = (body: string | Uint8Array<ArrayBuffer>, type: string, query = ''): Promise<Response> =>
  fetch(`${service.address}/v1/imports${query}`, { method: 'POST', headers: { 'content-type': type }, body });

/** Waits for the end of an import. */
async function finished(location: string): Promise<ImportJob> {
  for (;;) {
    const { body } = await get(service, location);
    const job = body as unknown as ImportJob;
    if (job.status === 'done' || job.status === 'failed') return job;
    await sleep(50);
  }
}

const feed = (note: string, count = 3): string =>
  csvOf(Array.from({ length: count }, (_, index) => contributionRow({ note, headcount: String(index) })));

describe('a file sent to the service', () => {
  it('is taken, imported in the background, and followed by its location', async () => {
    const response = await send(feed('one'), 'text/csv; charset=utf-8');
    expect(response.status).toBe(202);
    const job = (await response.json()) as ImportJob;
    const location = response.headers.get('location')!;
    expect(location).toBe(`/v1/imports/${job.id}`);
    expect(job).toMatchObject({ format: 'csv', status: 'queued', dryRun: false, acceptGood: false });
    expect(await finished(location)).toMatchObject({
      status: 'done',
      report: { outcome: 'posted', lines: 3, posted: 3, file: location, errors: [] },
    });
    const again = await send(feed('one'), 'text/csv');
    expect(await finished(again.headers.get('location')!)).toMatchObject({ report: { posted: 0, replayed: 3 } });
  });

  it('has its errors and rejects as lists of their own', async () => {
    const bad = csvOf([contributionRow({ note: 'two' }), contributionRow({ amount: 'x' })]);
    const refused = await finished((await send(bad, 'text/csv')).headers.get('location')!);
    expect(refused).toMatchObject({ report: { outcome: 'refused', posted: 0, errorCount: 1 } });
    const { report, id } = refused as ImportJob & { report: ImportReport };
    expect(report.errorsFile).toBe(`/v1/imports/${id}/errors`);
    const errors = await get(service, report.errorsFile!);
    expect(errors.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(errors.body.text).toContain('3,amount,amount-format');
    expect(await get(service, `/v1/imports/${id}/rejects`)).toMatchObject({ status: 404 });
    const good = await finished((await send(bad, 'text/csv', '?acceptGood=true')).headers.get('location')!);
    expect(good).toMatchObject({ report: { outcome: 'posted', posted: 1, rejected: 1 } });
    const rejects = await get(service, (good as ImportJob & { report: ImportReport }).report.rejectsFile!);
    expect(rejects.body.text).toContain('amount-format');
  });

  it('may be NDJSON, tried only, and held against control totals', async () => {
    const { 'payer.kind': kind, 'payer.reference': reference, headcount, ...row } = contributionRow({ note: 'three' });
    const evidence = { kind: row['evidence.kind'], number: row['evidence.number'], sha256: row['evidence.sha256'] };
    const rest = Object.fromEntries(Object.entries(row).filter(([name]) => !name.includes('.')));
    const people = parseInt(headcount!, 10);
    const line = `${JSON.stringify({ ...rest, headcount: people, payer: { kind, reference }, evidence })}\n`;
    const type = 'application/x-ndjson';
    const tried = await finished((await send(line, type, '?dryRun=true')).headers.get('location')!);
    expect(tried).toMatchObject({ report: { outcome: 'checked', posted: 0, errors: [] } });
    const control = [{ kind: 'contribution', fund: 'employee', count: 1, sum: '100.01' }];
    const query = `?control=${encodeURIComponent(JSON.stringify(control))}`;
    const differs = await finished((await send(line, type, query)).headers.get('location')!);
    expect(differs).toMatchObject({ report: { outcome: 'control-mismatch', posted: 0 } });
  });

  it('is read in the charset of its content type, and asked for where its words fit two', async () => {
    const bytes = Uint8Array.from(iconv.encode(feed('医院', 1), 'gb18030'));
    const asked = await finished((await send(bytes, 'text/csv')).headers.get('location')!);
    const got = 'UTF-8 "ҽԺ", GB18030 "医院"';
    expect(asked).toMatchObject({ report: { outcome: 'refused', errors: [{ code: 'ambiguous-encoding', got }] } });
    const told = await finished((await send(bytes, 'text/csv; charset="GBK"')).headers.get('location')!);
    expect(told).toMatchObject({ encoding: 'gb18030', report: { outcome: 'posted', encoding: 'gb18030', posted: 1 } });
  });

  it.each([
    ['POST', '/v1/imports', 'application/json', 415],
    ['POST', '/v1/contributions', 'text/csv', 415],
    ['POST', '/v1/imports?format=x', 'text/csv', 400],
    ['POST', '/v1/imports?encoding=latin1', 'text/csv', 400],
    ['POST', '/v1/imports', 'text/csv; charset=latin1', 400],
    ['POST', '/v1/imports?encoding=utf-8', 'text/csv; charset=gbk', 400],
    ['POST', '/v1/imports?control=x', 'text/csv', 400],
    ['POST', '/v1/imports?control=[null]', 'text/csv', 400],
    ['POST', '/v1/imports?control=[[]]', 'text/csv', 400],
    ['POST', '/v1/imports?control={}', 'text/csv', 400],
    ['POST', '/v1/imports?control=%22', 'text/csv', 400],
    ['POST', '/v1/imports?control=', 'text/csv', 400],
    ['POST', '/v1/imports?control=[]&control=[]', 'text/csv', 400],
    ['GET', '/v1/imports/nothing', undefined, 404],
    ['GET', '/v1/imports/00000000-0000-0000-0000-000000000000', undefined, 404],
    ['GET', '/v1/imports/..%2f..%2flog', undefined, 404],
  ])('%s %s with %s is answered %s', async (method, path, type, status) => {
    const response = await fetch(`${service.address}${path}`, {
      method,
      headers: { ...(type && { 'content-type': type }), 'idempotency-key': 'k' },
      ...(type && { body: 'a,b\n' }),
    });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('control totals sent with a file', () => {
  it('are refused with the place of each fault', async () => {
    const control = JSON.stringify([{ kind: 'contribution', fund: 'none', count: 1, sum: '1' }]);
    const response = await fetch(`${service.address}/v1/imports?control=${encodeURIComponent(control)}`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv', 'accept-language': 'en' },
      body: 'a,b\n',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'control',
      errors: [
        {
          pointer: 'control:/0/fund',
          code: 'control',
          expected: expect.stringMatching(/^one of employee \(.*\), resident \(.*\), assistance \(.*\)$/),
          got: '"none"',
        },
      ],
    });
  });
});

describe('the program beside a running service', () => {
  it('is refused the data directory, with the process that has it and the way to send the file', async () => {
    const path = join(directory, 'feed.csv');
    writeFileSync(path, feed('four'));
    const { code, stderr } = await runProgram(['--data', service.dataDir, '--lang', 'en', 'import', path]);
    expect(code).toBe(4);
    expect(stderr).toContain(`is in use by process ${service.process.pid}`);
    expect(stderr).toContain('--url');
  });

  it('sends the file to the service and reports as if it had imported it itself', async () => {
    const path = join(directory, 'sent.csv');
    writeFileSync(path, csvOf([contributionRow({ amount: 'x' })]));
    const words = ['--lang', 'en', 'import', path, '--url', service.address];
    const refused = await runProgram(words);
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain(`${path}:2:amount amount-format expected`);
    expect(refused.stdout).toMatch(/all errors: .*\/sent\.[0-9a-f]{12}\.errors\.csv/);
    writeFileSync(path, feed('five', 2_000));
    const posted = await runProgram(words);
    expect(posted.code).toBe(0);
    expect(posted.stdout).toContain('lines 2000  posted 2000  replayed 0  rejected 0');
  });

  it('says in a sentence that a file of control totals is not there', async () => {
    const words = ['import', join(directory, 'sent.csv'), '--control', join(directory, 'none.json')];
    const { code, stderr } = await runProgram(['--lang', 'en', ...words]);
    expect(code).toBe(2);
    expect(stderr).toBe(`control-file: control file ${join(directory, 'none.json')} does not exist\n`);
  });

  it('says where it cannot be reached', async () => {
    const { code, stderr } = await runProgram(['import', join(directory, 'sent.csv'), '--url', 'http://127.0.0.1:9']);
    expect(code).toBe(3);
    expect(stderr).toContain('service-unreachable');
  });
});

describe('a service that stops while it imports', () => {
  it('goes on with the import when it starts again', async () => {
    const first = await startService();
    const body = feed('six', 15_000);
    const headers = { 'content-type': 'text/csv' };
    const response = await fetch(`${first.address}/v1/imports`, { method: 'POST', headers, body });
    const location = response.headers.get('location')!;
    expect(await first.stop('SIGKILL')).toBe('SIGKILL');
    const second = await startService(first.dataDir);
    let job: ImportJob;
    do {
      await sleep(100);
      job = (await get(second, location)).body as unknown as ImportJob;
    } while (job.status === 'queued' || job.status === 'running');
    expect(job).toMatchObject({ status: 'done', report: { outcome: 'posted', lines: 15_000, rejected: 0 } });
    expect(await second.stop()).toBe(0);
    second.clean();
  }, 240_000);
});
