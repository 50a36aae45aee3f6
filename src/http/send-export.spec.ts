import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { auditTrailQuestion } from '../../projections/audit-trail/query.js';
import { type Asking, type LongSheet, type Question } from '../../projections/asking/question.js';
import { LedgerError, text } from '../errors.js';
import { answerFile } from '../report/answer-file.js';
import { ProblemFilter } from './problem.filter.js';
import { sendExport } from './send-export.js';
import { untilHolds } from '../../test/probe.js';
import { AS_CSV } from '../../test/as-csv.js';

const LINE = 'x'.repeat(1_000);
const BATCH = Array.from({ length: 100 }, () => [LINE]);

const services: FastifyInstance[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) await service.close();
});

/** A service that sends a sheet of these rows as an export, and what it has logged. */
async function serve(rows: () => LongSheet['rows']): Promise<{ port: number; logged: string[] }> {
  const logged: string[] = [];
  const problems = new ProblemFilter(pino({}, { write: (line: string) => void logged.push(line) }));
  const service = fastify({ forceCloseConnections: true });
  services.push(service);
  const columns = [{ name: text('行', 'line'), kind: 'text' as const }];
  service.get('/', async (request, reply) => {
    const sheet = { name: 'journal', title: text('凭证序时簿 1/2', 'Journal'), columns, rows: rows() };
    const answer = async () => ({
      position: 7,
      body: { from: null, to: '2025-05-31', asOf: '2025-05-31', recordedAsOf: null, next: null },
      sheets: [sheet],
    });
    const question = { ...auditTrailQuestion, ask: answer, export: answer } as unknown as Question;
    const asking = { tables: undefined, store: undefined } as unknown as Asking;
    const file = await answerFile(question, asking, {}, AS_CSV);
    await sendExport(request, reply, file).catch((error: unknown) => problems.answer(error, request, reply));
    return reply;
  });
  await service.listen({ port: 0, host: '127.0.0.1' });
  return { port: (service.server.address() as AddressInfo).port, logged };
}

/** Asks as a client of a version of HTTP, and reads nothing yet. */
function ask(port: number, version = '1.1'): Socket {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  socket.write(`GET / HTTP/${version}\r\nHost: here\r\nConnection: close\r\n\r\n`);
  return socket;
}

describe('an export over HTTP', () => {
  it('is sent whole, under the names of its sheet', async () => {
    const { port } = await serve(async function* () {
      yield BATCH;
      yield BATCH;
    });
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-ledger-position': '7',
      'x-ledger-sheets': 'journal',
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition':
        'attachment; filename="audit-trail-journal-to-2025-05-31.csv"; ' +
        `filename*=UTF-8''${encodeURIComponent('凭证序时簿 1-2.csv')}`,
    });
    expect((await response.text()).length).toBe('行\r\n'.length + 200 * (LINE.length + 2));
  });

  it('is read no faster than the client takes it', async () => {
    let batches = 0;
    const { port } = await serve(async function* () {
      for (; batches < 300; batches += 1) yield BATCH;
    });
    const socket = ask(port);
    await once(socket, 'readable');
    await settled(() => batches);
    // What lies in between holds some megabytes, never thirty.
    expect(batches).toBeLessThan(200);
    let received = 0;
    socket.on('data', (part: string) => (received += part.length));
    await once(socket, 'close');
    expect(batches).toBe(300);
    expect(received).toBeGreaterThan(30_000_000);
  });

  it('is given up where the client goes away, and that is no fault', async () => {
    let batches = 0;
    let isEnded = false;
    const { port, logged } = await serve(async function* () {
      try {
        for (; ; batches += 1) yield BATCH;
      } finally {
        isEnded = true;
      }
    });
    const socket = ask(port);
    await once(socket, 'readable');
    socket.destroy();
    await untilHolds(() => isEnded);
    const ended = batches;
    expect(await settled(() => batches)).toBe(ended);
    expect(logged).toEqual([]);
  });

  it('says nothing of what happens to its rows once the client has gone', async () => {
    let fail: (error: Error) => void = () => undefined;
    const failed = new Promise<never>((_, reject) => (fail = reject));
    const { port, logged } = await serve(async function* () {
      yield BATCH;
      yield await failed;
    });
    const socket = ask(port);
    await once(socket, 'readable');
    socket.destroy();
    await sleep(100);
    fail(new Error('the log is closed'));
    await settled(() => logged.length);
    expect(logged).toEqual([]);
  });

  it.each(['1.1', '1.0'])(
    'resets the connection of HTTP/%s where its rows end in an error, and logs it',
    async (version) => {
      const { port, logged } = await serve(async function* () {
        yield BATCH;
        await sleep(10);
        throw new Error('the log is gone');
      });
      const socket = ask(port, version);
      let received = '';
      socket.on('data', (part: string) => (received += part));
      const error = new Promise<Error>((resolve) => socket.once('error', resolve));
      expect(await error).toMatchObject({ code: 'ECONNRESET' });
      expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
      expect(received).not.toContain('\r\n0\r\n\r\n');
      await untilHolds(() => logged.length > 0);
      expect(logged.map((line) => JSON.parse(line) as object)).toMatchObject([
        { level: 50, instance: '/#req-1', err: { message: 'the log is gone' } },
      ]);
    },
  );

  it('is a problem where it cannot even begin', async () => {
    const stopped = new LedgerError('unavailable', 'projection-unavailable', text('正在建立', 'being built'));
    const { port } = await serve(async function* () {
      yield await Promise.reject<typeof BATCH>(stopped);
    });
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect(response.status).toBe(503);
    expect(response.headers.get('content-disposition')).toBeNull();
    expect(await response.json()).toMatchObject({ code: 'projection-unavailable' });
  });
});

/** Waits until a figure has not moved for a while, and returns it. */
async function settled(figure: () => number): Promise<number> {
  for (let before = -1; before !== figure();) {
    before = figure();
    await sleep(100);
  }
  return figure();
}
