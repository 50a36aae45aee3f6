import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import { contribution } from '../../src/catalogue/collecting/contribution.js';
import { dataPaths } from '../../src/data-directory.js';
import { openSqlite } from '../../src/sqlite-file.js';
import { get, post, type RunningService, runProgram, startService, temporaryDirectory } from '../service.js';
import { untilHeard } from '../faults/conversation.js';

const LONG_MS = 240_000;
const ENOUGH = 300;
const WRITERS = 32;

describe('the service', () => {
  const services: RunningService[] = [];
  const start = async (dataDir?: string): Promise<RunningService> => {
    const service = await startService(dataDir);
    services.push(service);
    return service;
  };
  afterAll(async () => {
    for (const service of services) {
      await service.stop('SIGKILL');
      service.clean();
    }
  });

  it(
    'remembers keys over a restart',
    async () => {
      const before = await start();
      const first = await post(before, '/v1/contributions', contribution.example, 'kept');
      expect(await before.stop('SIGINT')).toBe(0);
      const after = await start(before.dataDir);
      const again = await post(after, '/v1/contributions', contribution.example, 'kept');
      expect(again).toMatchObject({ status: 201, body: first.body });
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      const other = await post(after, '/v1/contributions', { ...contribution.example, headcount: 13 }, 'kept');
      expect(other).toMatchObject({ status: 422, body: { code: 'key-used-before' } });
    },
    LONG_MS,
  );

  it(
    'is alone on its data directory, also against its own restart',
    async () => {
      const first = await start();
      const second = await runProgram(['serve', '--lang', 'en'], { DATA_DIR: first.dataDir, PORT: '0' });
      expect(second.code).toBe(4);
      expect(second.stderr).toContain(`is in use by process ${first.process.pid}`);
      expect(await first.stop('SIGKILL')).toBe('SIGKILL');
      const third = await start(first.dataDir);
      expect((await get(third, '/livez')).status).toBe(200);
    },
    LONG_MS,
  );

  it(
    'loses nothing it has acknowledged when it is stopped under load',
    async () => {
      const service = await start();
      const acknowledged: Acknowledged = new Map();
      const { enough, cutOff } = rush(service, acknowledged);
      await enough;
      expect(await service.stop('SIGTERM')).toBe(0);
      await cutOff;

      const again = await start(service.dataDir);
      const entries = acknowledged.entries();
      const repeat = async (): Promise<void> => {
        for (const [key, { unit, id }] of entries) {
          const answer = await post(again, '/v1/contributions', { ...contribution.example, unit }, key);
          expect(answer).toMatchObject({ status: 201, body: { id } });
          expect(answer.headers.get('idempotency-replayed')).toBe('true');
        }
      };
      await Promise.all(Array.from({ length: WRITERS }, repeat));
    },
    LONG_MS,
  );

  it(
    'is not ready once a write has failed, and is again after a restart',
    async () => {
      const service = await start();
      const { example } = contribution;
      expect((await post(service, '/v1/contributions', example, 'before')).status).toBe(201);
      meddle(service, "CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'disk full'); END");
      const failed = await post(service, '/v1/contributions', example, 'failed');
      expect(failed).toMatchObject({ status: 503, body: { code: 'store-refuses-appends' } });
      meddle(service, 'DROP TRIGGER full');
      expect((await post(service, '/v1/contributions', example, 'later')).status).toBe(503);
      const ready = await get(service, '/readyz', { 'accept-language': 'en' });
      const errors = [{ pointer: 'store', code: 'store-refuses-appends', got: 'disk full' }];
      expect(ready).toMatchObject({ status: 503, body: { code: 'not-ready', detail: 'not ready: store', errors } });
      expect((await get(service, '/livez')).status).toBe(200);
      expect((await get(service, '/v1/balances')).status).toBe(200);
      expect(await service.stop()).toBe(0);
      const again = await start(service.dataDir);
      expect((await get(again, '/readyz')).status).toBe(200);
      expect((await post(again, '/v1/contributions', example, 'failed')).status).toBe(201);
    },
    LONG_MS,
  );

  it.each([
    ['zh', '服务正在停止'],
    ['en', 'the service is stopping'],
  ])(
    'answers what arrives while it stops with a problem document in %s, and what it had begun as ever',
    async (language, said) => {
      const service = await start();
      const body = JSON.stringify(contribution.example);
      const begun = new Conversation(service);
      const late = new Conversation(service);
      const { host } = new URL(service.address);
      const head = `POST /v1/contributions HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n`;
      begun.send(
        `${head}Idempotency-Key: begun\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body.slice(0, 9)}`,
      );
      late.send(head);
      await untilHeard(service, begun, late);
      const stopped = service.stop('SIGTERM');
      while (!service.lines.some((line) => line.includes('"stopping"'))) await sleep(5);
      await sleep(100);
      late.send(`Idempotency-Key: late\r\nAccept-Language: ${language}\r\nContent-Length: 2\r\n\r\n{}`);
      const refused = await late.answer;
      expect(refused.head).toMatch(/^HTTP\/1\.1 503 /);
      for (const line of [
        'content-type: application/problem+json; charset=utf-8',
        `content-language: ${language}`,
        'retry-after: 1',
        'connection: close',
      ])
        expect(refused.head.toLowerCase()).toContain(line);
      expect(JSON.parse(refused.body)).toMatchObject({ status: 503, code: 'stopping', detail: said });
      begun.send(body.slice(9));
      const accepted = await begun.answer;
      expect(accepted.head).toMatch(/^HTTP\/1\.1 201 /);
      expect(accepted.head.toLowerCase()).toContain('connection: close');
      expect(await stopped).toBe(0);
    },
    LONG_MS,
  );

  it.each([
    ['PORT', '70000', 'a port from 0 to 65535, got "70000"'],
    ['HOST', 'a b', 'a host name or an IP address, got "a b"'],
    ['LOG_LEVEL', 'loud', 'one of trace, debug, info, warn, error, fatal, silent, got "loud"'],
  ])(
    'does not start with a bad %s',
    async (name, value, said) => {
      const { code, stderr } = await runProgram(['serve', '--lang', 'en'], {
        DATA_DIR: temporaryDirectory(),
        [name]: value,
      });
      expect(code).toBe(2);
      expect(stderr).toContain(`${name} expected ${said}`);
    },
    LONG_MS,
  );

  it.each([
    [['serve', '--bad'], '没有选项：--bad'],
    [['postpone'], '没有命令：postpone'],
    [['serve', '--lang', 'fr'], 'zh'],
  ])(
    'says what is wrong with the words %j',
    async (words, said) => {
      const { code, stderr } = await runProgram(words, { LANG: 'zh_CN.UTF-8' });
      expect(code).toBe(2);
      expect(stderr).toContain(said);
    },
    LONG_MS,
  );

  it(
    'is described, watched and documented without another host',
    async () => {
      const service = await start();
      expect((await get(service, '/openapi.json')).body).toMatchObject({ openapi: '3.1.0' });
      const { body: figures } = await get(service, '/metrics');
      for (const name of ['log_position', 'append_conflicts_total', 'projection_lag_events', 'http_request_duration'])
        expect(figures['text']).toContain(`tongzhang_${name}`);
      const page = await fetch(`${service.address}/docs`);
      const html = await page.text();
      const links = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, link]) => link!);
      expect(links.length).toBeGreaterThan(3);
      for (const link of links) {
        expect(link).toMatch(/^\/docs\//);
        expect((await fetch(`${service.address}${link}`)).status).toBe(200);
      }
      expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    },
    LONG_MS,
  );
});

/** One connection, spoken to in pieces; its answer is all that came until it was closed. */
class Conversation {
  readonly socket: Socket;
  readonly answer: Promise<{ head: string; body: string }>;

  constructor({ address }: RunningService) {
    const { hostname, port } = new URL(address);
    this.socket = connect(Number(port), hostname);
    let said = '';
    this.socket.setEncoding('utf8').on('data', (text: string) => (said += text));
    this.answer = new Promise((resolve, reject) => {
      this.socket.once('error', reject);
      this.socket.once('close', () => {
        const [head = '', body = ''] = said.split('\r\n\r\n');
        resolve({ head, body });
      });
    });
  }

  send(text: string): void {
    this.socket.write(text);
  }
}

/** Changes the log of a running service from outside. */
function meddle({ dataDir }: RunningService, sql: string): void {
  const log = openSqlite(dataPaths(dataDir).log, 'durable');
  log.exec(sql);
  log.close();
}

type Acknowledged = Map<string, { unit: string; id: unknown }>;

/** Posts from many writers, noting what is acknowledged, by key, until the service answers no more. */
function rush(
  service: RunningService,
  acknowledged: Acknowledged,
): { enough: Promise<void>; cutOff: Promise<unknown> } {
  const { promise: enough, resolve } = Promise.withResolvers<void>();
  const write = async (_: unknown, writer: number): Promise<void> => {
    for (let count = 0; ; count += 1) {
      const unit = BEFORE_ADOPTION.ever.units.all[(writer + count) % BEFORE_ADOPTION.ever.units.all.length]!.code;
      const key = `rush-${writer}-${count}`;
      try {
        const { status, body } = await post(service, '/v1/contributions', { ...contribution.example, unit }, key);
        if (status === 201) acknowledged.set(key, { unit, id: body['id'] });
      } catch {
        // The connection was refused or cut: this key was not acknowledged, and the service is gone.
        return;
      }
      if (acknowledged.size >= ENOUGH) resolve();
    }
  };
  return { enough, cutOff: Promise.all(Array.from({ length: WRITERS }, write)) };
}
