import { afterEach, describe, expect, it } from '@jest/globals';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { importOverHttp } from './import-over-http.js';
import { type ImportProgress } from './report/import-report.js';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;
const folder = mkdtempSync(join(tmpdir(), 'tongzhang-'));
let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
});

const json =
  (status: number, body: object): Answer =>
  (response) =>
    response
      .writeHead(status, { 'content-type': 'application/json', location: '/v1/imports/1' })
      .end(JSON.stringify(body));
const hangUp: Answer = (response) => response.destroy();
const accepted = json(202, {});
const report = { outcome: 'posted', digest: 'ab'.repeat(32), format: 'csv', errorsFile: '/v1/imports/1/errors' };
const done = json(200, { status: 'done', report });
const list: Answer = (response) => response.writeHead(200, { 'content-length': 4 }).end('line');
const cutList: Answer = (response) => {
  response.writeHead(200, { 'content-length': 4 });
  response.write('li', () => response.destroy());
};

/** Follows an import at a service that answers one after the other, and the last for ever. */
async function follow(answers: readonly Answer[], giveUpAfterMs = 10_000) {
  let asked = 0;
  const listening = createServer((request, response) => {
    request.resume();
    request.on('end', () => answers[Math.min(asked++, answers.length - 1)]!(response, request));
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  const path = join(folder, 'feed.csv');
  writeFileSync(path, 'kind\n');
  const told: ImportProgress[] = [];
  const result = importOverHttp(address, path, {}, { onProgress: (one) => told.push(one), giveUpAfterMs });
  return { address, told, report: await result.catch((error: unknown) => error) };
}

describe('an import at a service', () => {
  it('is followed over a restart, and while it is paused', async () => {
    const paused = json(200, { status: 'paused', error: { code: 'disk-full', detail: { zh: '满', en: 'full' } } });
    const stopping = json(503, { code: 'stopping', detail: 'stopping' });
    const { told, report: got } = await follow([accepted, stopping, hangUp, paused, done, list]);
    expect(got).toMatchObject({ outcome: 'posted' });
    expect(told).toMatchObject([{ paused: { en: 'full' } }]);
  });

  it('is sent again where there was no place for it', async () => {
    const crowded = json(429, { code: 'too-many-imports', detail: 'later' });
    expect((await follow([crowded, crowded, accepted, done, list])).report).toMatchObject({ outcome: 'posted' });
  });

  it('has its lists whole: one that was cut is fetched again', async () => {
    const { report: got } = await follow([accepted, done, cutList, hangUp, list]);
    expect(readFileSync((got as { errorsFile: string }).errorsFile, 'utf8')).toBe('line');
  });

  it('is refused where the file is written to while it is sent, and the service has no whole file', async () => {
    let isWhole: boolean | undefined;
    const path = join(folder, 'growing.csv');
    writeFileSync(path, 'x'.repeat(3_000_000));
    const listening = createServer((request) => {
      request.once('data', () => appendFileSync(path, 'more'));
      request.resume();
      request.once('close', () => (isWhole = request.complete));
    });
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
    const result = importOverHttp(address, path, {}, { onProgress: () => undefined, giveUpAfterMs: 1_000 });
    await expect(result).rejects.toMatchObject({ kind: 'refused', code: 'file-changed' });
    while (isWhole === undefined) await sleep(10);
    expect(isWhole).toBe(false);
  });

  it('is given up with its address where the service does not come back', async () => {
    const { address, report: got } = await follow([accepted, hangUp], 300);
    expect(got).toMatchObject({ kind: 'unavailable', code: 'service-unreachable' });
    expect(String(got)).toContain(`${address}/v1/imports/1`);
  });

  it.each(['set-aside', 'failed', 'cancelled'])('is told where it ended %s', async (status) => {
    const error = { code: 'reason', detail: { zh: '因', en: 'why' } };
    const { report: got } = await follow([accepted, json(200, { status, error, progress: { posted: 3 } })]);
    const code = status === 'cancelled' ? 'import-cancelled' : 'reason';
    expect(got).toMatchObject({ kind: 'refused', code });
  });
});
