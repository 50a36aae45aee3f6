import { setTimeout as sleep } from 'node:timers/promises';
import { execFileSync, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { contribution } from '../../src/catalogue/collecting/contribution.js';
import { CLI, NODE, post, type RunningService, startService, temporaryDirectory } from '../service.js';
import { KurrentDbDouble } from '../kurrentdb/double.js';
import { Conversation, untilHeard } from './conversation.js';
import { untilHolds } from '../probe.js';

const LONG_MS = 240_000;
const HOST = 'Host: 127.0.0.1';
const DIST = join(CLI, '../..');

describe('stopping has a deadline', () => {
  const services: RunningService[] = [];
  const start = async (dataDir?: string, environment?: Record<string, string>): Promise<RunningService> => {
    const service = await startService(dataDir, environment);
    services.push(service);
    return service;
  };
  afterAll(async () => {
    for (const service of services) {
      await service.stop('SIGKILL');
      service.clean();
    }
  });
  const said = async ({ lines }: RunningService, words: string): Promise<string> => {
    // What the process wrote last arrives after it has ended.
    await untilHolds(
      () => lines.some((line) => line.includes(words)),
      () => lines.join('\n'),
    );
    return lines.find((line) => line.includes(words))!;
  };

  it(
    'whatever clients do, and what was accepted is answered first',
    async () => {
      const service = await start();
      const host = `Host: ${new URL(service.address).host}`;
      const body = JSON.stringify(contribution.example);
      const head = (key: string): string =>
        `POST /v1/contributions HTTP/1.1\r\n${host}\r\nContent-Type: application/json\r\nIdempotency-Key: ${key}\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
      const talk = (text: string): Conversation => new Conversation(service).send(text);
      const silent = new Conversation(service);
      const halfHead = talk(`GET /livez HTTP/1.1\r\n${host}\r\nX-Half`);
      const keptAlive = talk(`GET /livez HTTP/1.1\r\n${host}\r\n\r\n`);
      const halfBody = talk(head('half') + body.slice(0, 9));
      const accepted = talk(head('accepted') + body.slice(0, 9));
      const asset = `GET /docs/swagger-ui-bundle.js HTTP/1.1\r\n${host}\r\n\r\n`;
      const reader = new Conversation(service).readNothing().send(asset.repeat(16));
      const upload = talk(
        `POST /v1/imports HTTP/1.1\r\n${host}\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n` +
          '4\r\nkind\r\n',
      );
      const packedBadly = talk(
        `POST /v1/imports HTTP/1.1\r\n${host}\r\nContent-Type: text/csv\r\nContent-Encoding: gzip\r\n` +
          'Transfer-Encoding: chunked\r\n\r\n5\r\nnozip\r\n',
      );
      await untilHolds(() => keptAlive.sofar !== '' && packedBadly.sofar !== '');
      // It was answered before its body had come, and leaves.
      packedBadly.socket.resetAndDestroy();
      await untilHeard(service, silent, halfHead, halfBody, accepted, reader, upload);
      const stopped = service.stop();
      await said(service, '"stopping"');
      accepted.send(body.slice(9));
      // A service that has not closed everything within 9 s of the signal is ended by it.
      expect(await stopped).toBe(0);
      expect((await accepted.ended).head).toMatch(/^HTTP\/1\.1 201 /);
      for (const cut of [halfBody, upload]) {
        const answer = await cut.ended;
        expect(answer.head).toMatch(/^HTTP\/1\.1 503 /);
        expect(JSON.parse(answer.body)).toMatchObject({ code: 'stopping' });
      }
      reader.socket.resume();
      expect((await reader.ended).wasReset).toBe(true);
      for (const each of [silent, halfHead, keptAlive, packedBadly]) await each.ended;
      expect(await said(service, 'connections were cut')).toMatch(/"told":[12],"reset":[1-9]/);
      const again = await start(service.dataDir);
      const repeated = await post(again, '/v1/contributions', contribution.example, 'accepted');
      expect(repeated.headers.get('idempotency-replayed')).toBe('true');
    },
    LONG_MS,
  );

  it(
    'whatever the event store does: who waits for it is told, and sends the same again',
    async () => {
      const double = new KurrentDbDouble();
      await double.start();
      const service = await start(undefined, { EVENT_STORE_URL: double.url });
      try {
        double.failNextAppends(...Array.from({ length: 50 }, () => 'silent-before-write' as const));
        const before = double.appends;
        const pending = post(service, '/v1/contributions', contribution.example, 'pending');
        await untilHolds(() => double.appends > before);
        expect(await service.stop()).toBe(0);
        expect(await pending).toMatchObject({
          status: 503,
          body: { code: 'stopping', detail: expect.stringContaining('是否已入账尚不可知') },
        });
      } finally {
        await double.stop();
      }
    },
    LONG_MS,
  );

  it(
    'whatever files do: a thread that waits for a file for ever does not hold the process, which says so',
    async () => {
      const directory = temporaryDirectory();
      const pipe = join(directory, 'never-written');
      execFileSync('mkfifo', [pipe]);
      const waiting = `process.getBuiltinModule('node:fs').readFileSync(${JSON.stringify(pipe)})`;
      const program = `
        import { Worker } from 'node:worker_threads';
        import { endThread } from ${JSON.stringify(join(DIST, 'src/end-thread.js'))};
        import { stopSignal } from ${JSON.stringify(join(DIST, 'src/stop-signal.js'))};
        const stopped = stopSignal(console.log);
        const worker = new Worker(${JSON.stringify(waiting)}, { eval: true });
        worker.once('online', () => console.log('waiting'));
        await stopped;
        console.log(await endThread(worker, new Promise(() => undefined)));`;
      const child = spawn(NODE, ['--input-type=module', '-e', program]);
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
      while (!output.includes('waiting')) await sleep(20);
      await sleep(300);
      child.kill('SIGTERM');
      const signal = await new Promise((resolve) => child.once('close', (_code, by) => resolve(by)));
      expect(signal).toBe('SIGTERM');
      expect(output).toContain('false\nnot everything was closed within 9 s of SIGTERM: ending now');
      rmSync(directory, { recursive: true });
    },
    LONG_MS,
  );

  it(
    'twice, it ends at once and says so; twice in the same moment is once',
    async () => {
      const service = await start();
      const half = new Conversation(service).send(`POST /livez HTTP/1.1\r\n${HOST}\r\n`);
      await untilHeard(service, half);
      const stopped = service.stop('SIGINT');
      service.process.kill('SIGTERM');
      await said(service, '"stopping"');
      // Longer than two signals count as one.
      await sleep(700);
      expect(service.process.exitCode ?? service.process.signalCode).toBeNull();
      service.process.kill('SIGTERM');
      expect(await stopped).toBe('SIGTERM');
      expect(await said(service, 'SIGTERM once more')).toContain('before everything is closed');
      await half.ended;
      const again = await start(service.dataDir);
      expect(await again.stop()).toBe(0);
    },
    LONG_MS,
  );
});
