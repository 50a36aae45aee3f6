import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { findKind } from '../../src/catalogue/registry.js';
import { type ImportJob } from '../../src/import/jobs/import-job.js';
import { contributionRow, csvOf } from '../import/fixture.js';
import { CLI, get, NODE, type RunningService, startService, temporaryDirectory } from '../service.js';
import { spawnSync } from 'node:child_process';

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

let count = 0;
/** Two lines that no other file of this spec has, as CSV or as NDJSON. */
const csv = (): string => csvOf([1, 2].map(() => contributionRow({ 'evidence.number': `U-${(count += 1)}` })));
const ndjson = (): string => {
  const evidence = { kind: 'tax-receipt', number: `N-${(count += 1)}`, sha256: 'ab'.repeat(32) };
  return `${JSON.stringify({ kind: 'contribution', ...findKind('contribution')!.example, evidence })}\n`;
};

interface Sent {
  readonly body: string | Uint8Array | FormData;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
}

const send = ({ body, headers = {}, query = '' }: Sent): Promise<Response> =>
  fetch(`${service.address}/v1/imports${query}`, {
    method: 'POST',
    headers: { 'accept-language': 'en', ...headers },
    body: typeof body === 'string' ? Buffer.from(body) : body,
  });

async function imported(sent: Sent): Promise<ImportJob> {
  const response = await send(sent);
  if (response.status !== 202) throw new Error(await response.text());
  for (;;) {
    const job = (await get(service, response.headers.get('location')!)).body as unknown as ImportJob;
    if (job.status === 'done' || job.status === 'failed') return job;
    await sleep(30);
  }
}

const posted = (format: string, lines: number) => ({
  format,
  report: { outcome: 'posted', posted: lines, errors: [] },
});

function form(name: string, content: string, type: string, fields: Readonly<Record<string, string>> = {}): FormData {
  const data = new FormData();
  data.set('file', new Blob([content], { type }), name);
  for (const [field, value] of Object.entries(fields)) data.set(field, value);
  return data;
}

describe('a file as browsers and tools send it', () => {
  it.each([
    ['text/csv; charset=utf-8'],
    ['application/csv'],
    ['application/vnd.ms-excel'],
    ['application/octet-stream'],
    ['text/plain;charset=UTF-8'],
    [''],
  ])('is taken as %s, CSV and NDJSON by how it begins', async (type) => {
    const headers: Record<string, string> = type === '' ? {} : { 'content-type': type };
    expect(await imported({ body: csv(), headers })).toMatchObject(posted('csv', 2));
    if (/csv/.test(type)) return;
    expect(await imported({ body: ndjson(), headers })).toMatchObject(posted('ndjson', 1));
  });

  it.each<[string, Sent]>([
    ['in the address', { body: '', query: '?filename=feed.jsonl' }],
    ['in a header', { body: '', headers: { 'content-disposition': 'attachment; filename="feed.ndjson"' } }],
    [
      'in a header, encoded',
      { body: '', headers: { 'content-disposition': "attachment; filename*=UTF-8''%E7%BC%B4.ndjson" } },
    ],
  ])('is what its name says: %s', async (_, sent) => {
    const headers = { 'content-type': 'application/octet-stream', ...sent.headers };
    expect(await imported({ ...sent, headers, body: ndjson() })).toMatchObject(posted('ndjson', 1));
    expect(await imported({ ...sent, headers, body: csv() })).toMatchObject({
      format: 'ndjson',
      report: { posted: 0 },
    });
  });

  it('is taken from a form, with its options beside it', async () => {
    expect(await imported({ body: form('缴费.csv', csv(), 'application/vnd.ms-excel') })).toMatchObject(
      posted('csv', 2),
    );
    expect(await imported({ body: form('feed.jsonl', ndjson(), '') })).toMatchObject(posted('ndjson', 1));
    const fields = { dryRun: 'on', acceptGood: 'false', encoding: 'utf-8' };
    const tried = await imported({ body: form('feed.csv', csv(), 'text/csv', fields) });
    expect(tried).toMatchObject({ dryRun: true, acceptGood: false, encoding: 'utf-8', report: { outcome: 'checked' } });
    const control = JSON.stringify([{ kind: '缴费', fund: 'employee', count: 3, sum: '1.00' }]);
    const differs = await imported({ body: form('feed.csv', csv(), 'text/csv', { control }) });
    expect(differs).toMatchObject({ report: { outcome: 'control-mismatch' } });
  });

  it('is unpacked where it comes packed', async () => {
    const headers = { 'content-type': 'text/csv', 'content-encoding': 'gzip' };
    expect(await imported({ body: gzipSync(csv()), headers })).toMatchObject(posted('csv', 2));
  });

  it.each<[string, () => Sent, number, string, string]>([
    [
      'JSON',
      () => ({ body: '{}', headers: { 'content-type': 'application/json' } }),
      415,
      'Content-Type',
      'multipart/form-data',
    ],
    ['an image', () => ({ body: 'x', headers: { 'content-type': 'image/png' } }), 415, 'Content-Type', 'text/csv'],
    [
      'another coding',
      () => ({ body: 'x', headers: { 'content-type': 'text/csv', 'content-encoding': 'br' } }),
      415,
      'Content-Encoding',
      'identity, gzip',
    ],
    [
      'what is not gzip',
      () => ({ body: 'kind\n', headers: { 'content-type': 'text/csv', 'content-encoding': 'gzip' } }),
      400,
      'Content-Encoding',
      'valid gzip',
    ],
    ['no file', () => ({ body: '' }), 400, 'file', 'exactly one file'],
    ['a form without a file', () => ({ body: fieldsOnly() }), 400, 'file', 'exactly one file'],
    ['a form with two', () => ({ body: twoFiles() }), 400, 'file', 'exactly one file'],
    [
      'a form that is cut off',
      () => ({
        body: '--b\r\nContent-Disposition: form-data; name="file"; filename="f.csv"\r\n\r\nkind',
        headers: { 'content-type': 'multipart/form-data; boundary=b' },
      }),
      400,
      'file',
      'a whole form',
    ],
    [
      'a form without its boundary',
      () => ({ body: 'x', headers: { 'content-type': 'multipart/form-data' } }),
      400,
      'Content-Type',
      'boundary',
    ],
    ['an unknown field', () => ({ body: form('f.csv', csv(), '', { dryrun: 'true' }) }), 400, 'dryrun', 'dryRun'],
    [
      'an option twice',
      () => ({ body: form('f.csv', csv(), '', { dryRun: 'true' }), query: '?dryRun=true' }),
      400,
      'dryRun',
      'once',
    ],
    [
      'a page of another site',
      () => ({ body: csv(), headers: { origin: 'https://example.org' } }),
      403,
      'Origin',
      'a request from',
    ],
  ])('is refused by name: %s', async (_, sent, status, pointer, expected) => {
    const response = await send(sent());
    const problem = (await response.json()) as { errors: { pointer: string; expected: string }[] };
    expect([response.status, problem.errors[0]!.pointer]).toEqual([status, pointer]);
    expect(problem.errors[0]!.expected).toContain(expected);
  });

  const fieldsOnly = (): FormData => {
    const data = new FormData();
    data.set('dryRun', 'true');
    return data;
  };
  const twoFiles = (): FormData => {
    const data = form('one.csv', csv(), '');
    data.append('file', new Blob([csv()]), 'two.csv');
    return data;
  };
});

describe('every other route', () => {
  it.each([
    ['text/csv', undefined, 'Content-Type', 'application/json'],
    ['multipart/form-data; boundary=b', undefined, 'Content-Type', 'application/json'],
    ['', undefined, 'Content-Type', 'application/json'],
    ['application/json', 'gzip', 'Content-Encoding', 'identity'],
  ])('says what it takes, not what files are: %s %s', async (type, coding, pointer, expected) => {
    const response = await fetch(`${service.address}/v1/contributions`, {
      method: 'POST',
      headers: {
        ...(type !== '' && { 'content-type': type }),
        ...(coding && { 'content-encoding': coding }),
        'idempotency-key': 'k',
      },
      body: Buffer.from('{}'),
    });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ code: 'unsupported-media-type', errors: [{ pointer, expected }] });
  });
});

describe('standard input', () => {
  const run = (words: readonly string[], input: string | Buffer) =>
    spawnSync(NODE, [CLI, '--data', join(directory, 'data'), '--lang', 'en', ...words], {
      input,
      cwd: directory,
      encoding: 'utf8',
    });

  it('is imported like a file, in the format that it begins with', () => {
    const first = run(['import', '-'], csv());
    expect([first.status, first.stdout.split('\n')[0]]).toEqual([0, '-: posted  (UTF-8, CSV)']);
    const second = run(['import', '-', '--dry-run'], `\ufeff\n ${ndjson()}`);
    expect([second.status, second.stdout.split('\n')[0]]).toEqual([
      0,
      '-: checked, nothing posted (dry run)  (UTF-8, NDJSON)',
    ]);
  });

  it('has its lists in the working directory, or in a folder of one’s own', () => {
    const bad = csvOf([contributionRow({ amount: 'x' })]);
    expect(run(['import', '-'], bad).stdout).toMatch(/all errors: stdin\.[0-9a-f]{12}\.errors\.csv/);
    expect(run(['import', '-', '--out', 'lists'], bad).stdout).toMatch(
      /all errors: lists\/stdin\.[0-9a-f]{12}\.errors/,
    );
  });

  it('is sent to a service, which finds out the format', () => {
    const sent = run(['import', '-', '--url', service.address], ndjson());
    expect([sent.status, sent.stdout.split('\n')[0]]).toEqual([0, '-: posted  (UTF-8, NDJSON)']);
    const path = join(directory, 'tried.csv');
    writeFileSync(path, csvOf([contributionRow({ amount: 'x' })]));
    const tried = run(['import', path, '--url', service.address, '--dry-run'], '');
    expect(tried.stdout).toContain(`all errors: ${service.address}/v1/imports/`);
  });
});
