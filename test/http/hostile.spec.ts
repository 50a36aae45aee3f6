import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contribution } from '../../src/catalogue/collecting/contribution.js';
import { Conversation } from '../faults/conversation.js';
import { get, post, type RunningService, startService } from '../service.js';

const LONG_MS = 240_000;
const CROWD = 500;

describe('a hostile client', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService();
  }, LONG_MS);
  afterAll(async () => {
    await service.stop();
    service.clean();
  });
  const here = (): string => `Host: ${new URL(service.address).host}`;
  const talk = async (text: string) => {
    const { head, body } = await new Conversation(service).send(text.replaceAll('HERE', here())).ended;
    return { head: head.toLowerCase(), body };
  };
  const JSON_POST =
    'POST /v1/contributions HTTP/1.1\r\nHERE\r\nContent-Type: application/json\r\nIdempotency-Key: k\r\n';
  const ENGLISH = 'Accept-Language: en\r\n';

  it.each([
    ['bytes that are no request', 'no request at all\r\n\r\n', 400, 'bad-request'],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01', 400, 'bad-request'],
    ['a header without a colon', `GET / HTTP/1.1\r\nHERE\r\n${ENGLISH}nonsense\r\n\r\n`, 400, 'bad-request'],
    ['a NUL in the path', 'GET /v1/\0 HTTP/1.1\r\nHERE\r\n\r\n', 400, 'bad-request'],
    ['a NUL in a header', 'GET /livez HTTP/1.1\r\nHERE\r\nX: a\0b\r\n\r\n', 400, 'bad-request'],
    ['an escaped NUL', 'GET /v1/vouchers/%00 HTTP/1.1\r\nHERE\r\nConnection: close\r\n\r\n', 404, 'no-such-voucher'],
    ['a bad escape', 'GET /v1/%zz HTTP/1.1\r\nHERE\r\nConnection: close\r\n\r\n', 400, 'bad-request'],
    ['too large a head', `GET / HTTP/1.1\r\nHERE\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
    [
      'too many fields',
      `GET / HTTP/1.1\r\nHERE\r\n${'X: y\r\n'.repeat(101)}Connection: close\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    [
      'too long a target',
      `GET /${'x'.repeat(9_000)} HTTP/1.1\r\nHERE\r\nConnection: close\r\n\r\n`,
      414,
      'target-too-long',
    ],
    [
      'too long a name in the path',
      `GET /v1/vouchers/${'x'.repeat(400)} HTTP/1.1\r\nHERE\r\nConnection: close\r\n\r\n`,
      414,
      'target-too-long',
    ],
    [
      'another expectation',
      `${JSON_POST}Expect: the-moon\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
      417,
      'expectation-failed',
    ],
    ['another version', 'GET /livez HTTP/9.9\r\nHERE\r\n\r\n', 505, 'http-version'],
    ['HTTP/2 by surprise', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505, 'http-version'],
    ['two lengths', `${JSON_POST}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400, 'bad-request'],
    [
      'length and chunks',
      `${JSON_POST}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
      'bad-request',
    ],
    ['another coding', `${JSON_POST}Transfer-Encoding: gzip\r\n\r\n{}`, 400, 'bad-request'],
    ['bad chunks', `${JSON_POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 400, 'bad-request'],
    [
      'endless words on chunks',
      `${JSON_POST}Transfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(20_000)}\r\n`,
      413,
      'body-too-large',
    ],
    ['too large a body', `${JSON_POST}Content-Length: 100000\r\n\r\n{}`, 413, 'body-too-large'],
    ['a tunnel', 'CONNECT 127.0.0.1:22 HTTP/1.1\r\nHERE\r\n\r\n', 405, 'method-not-allowed'],
    ['TRACE', 'TRACE /livez HTTP/1.1\r\nHERE\r\nConnection: close\r\n\r\n', 405, 'method-not-allowed'],
    ['PURGE', 'PURGE /livez HTTP/1.1\r\nHERE\r\nConnection: close\r\n\r\n', 405, 'method-not-allowed'],
    ['OPTIONS *', 'OPTIONS * HTTP/1.1\r\nHERE\r\nConnection: close\r\n\r\n', 404, 'no-such-route'],
  ])('that sends %s gets a problem document', async (_, text, status, code) => {
    const { head, body } = await talk(text);
    expect(head).toMatch(new RegExp(`^http/1\\.1 ${status} `));
    expect(head).toContain('content-type: application/problem+json; charset=utf-8');
    expect(head).toContain('x-content-type-options: nosniff');
    expect(head).toContain('connection: close');
    const problem = JSON.parse(body) as object;
    expect(problem).toMatchObject({ status, code, type: `urn:tongzhang:problem:${code}` });
    expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`);
  });

  it('is told no path of the server, whatever it tries', async () => {
    const tries = [
      ['GET', '/docs/..%2f..%2fpackage.json'],
      ['GET', '/docs/swagger-ui.css.map'],
      ['GET', '/schemas/..%2f/v1.json'],
      ['GET', '/v1/imports/..%2f..%2flog.db'],
      ['GET', '/v1/imports/00000000-0000-4000-8000-000000000000/errors'],
      ['GET', '/v1/audit-trail?cursor=..'],
      ['GET', '/v1/balances?recordedAsOf=999999&after=999999'],
      ['GET', '/v1/events?after=x'],
      ['POST', '/v1/imports?filename=..%2f..%2fetc%2fpasswd&control=x'],
      ['POST', '/v1/contributions'],
      ['GET', '/readyz'],
      ['GET', '/metrics'],
    ] as const;
    for (const [method, path] of tries) {
      const response = await fetch(service.address + path, { method });
      const told = JSON.stringify([...response.headers]) + (await response.text());
      for (const own of [service.dataDir, process.cwd(), 'node_modules', '/tmp/']) expect(told).not.toContain(own);
    }
  });

  it('is told in its language, where that can be seen', async () => {
    const broken = 'GET /livez HTTP/1.1\r\nHERE\r\nACCEPT-language:en\r\nnonsense\r\n\r\n';
    expect(JSON.parse((await talk(broken)).body)).toMatchObject({ detail: 'the request cannot be understood' });
    expect(JSON.parse((await talk(broken.replace('en', 'fr'))).body)).toMatchObject({ detail: '请求无法解析' });
  });

  it('is answered as ever where it asks for another protocol', async () => {
    const { head } = await talk(
      'GET /livez HTTP/1.1\r\nHERE\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n\r\n',
    );
    expect(head).toMatch(/^http\/1\.1 200 /);
  });

  it('gets its earlier answer first, and then what is wrong with the bytes behind it', async () => {
    const body = JSON.stringify(contribution.example);
    const head = JSON_POST.replace('Key: k', 'Key: before-nonsense');
    const said = await new Conversation(service).send(
      `${head.replace('HERE', here())}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}nonsense\r\n\r\n`,
    ).ended;
    expect(said.head).toMatch(/^HTTP\/1\.1 201 /);
    expect(said.body).toMatch(/HTTP\/1\.1 400 /);
  });

  it(
    'that sends half a head, or half a body, is not waited for',
    async () => {
      const halfHead = talk('GET /livez HTTP/1.1\r\nHERE\r\n');
      const halfBody = talk(`${JSON_POST}Content-Length: 100\r\n\r\n{`);
      const nothing = talk('');
      const asset = `GET /docs/swagger-ui-bundle.js HTTP/1.1\r\n${here()}\r\n`;
      const slow = new Conversation(service)
        .readNothing()
        .send(`${`${asset}\r\n`.repeat(7)}${asset}Connection: close\r\n\r\n`);
      expect((await halfHead).head).toMatch(/^http\/1\.1 408 /);
      expect((await nothing).head).toMatch(/^http\/1\.1 408 /);
      const { head, body } = await halfBody;
      expect(head).toMatch(/^http\/1\.1 408 /);
      expect(JSON.parse(body)).toMatchObject({ code: 'request-timeout' });
      // Who only reads slowly is no such client.
      slow.socket.resume();
      const { body: assets, wasReset } = await slow.ended;
      expect([assets.split('HTTP/1.1 200 OK').length, wasReset]).toEqual([8, false]);
    },
    LONG_MS,
  );

  it(
    `with ${CROWD} connections of every bad kind at once keeps nobody out`,
    async () => {
      const bad = [
        'GET /livez HTTP/1.1\r\nHERE\r\nX-Half: ',
        `${JSON_POST}Content-Length: 100\r\n\r\n{`,
        'nonsense\r\n\r\n',
        `GET /livez HTTP/1.1\r\nHERE\r\nAccept-Language: zh${' '.repeat(15_000)}x\r\n\r\n`,
        'GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHERE\r\n\r\n'.repeat(8),
        '',
      ].map((text) => text.replaceAll('HERE', here()));
      const crowd = Array.from({ length: CROWD }, (_, index) =>
        new Conversation(service).readNothing().send(bad[index % bad.length]!),
      );
      await sleep(500);
      for (let count = 0; count < 20; count += 1) {
        const answer = await post(service, '/v1/contributions', contribution.example, `honest-${count}`);
        expect(answer.status).toBe(201);
        expect((await get(service, '/v1/balances')).status).toBe(200);
      }
      expect((await get(service, '/readyz')).status).toBe(200);
      for (const each of crowd) each.socket.destroy();
    },
    LONG_MS,
  );
});
