import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AllowedHosts, readAuthority } from '../../src/http/protocol/hosts.js';
import { contribution } from '../../src/catalogue/collecting/contribution.js';
import { Conversation } from '../faults/conversation.js';
import { get, type RunningService, startService } from '../service.js';

const LONG_MS = 240_000;
const LOOPBACK = { localAddress: '127.0.0.1', localPort: 3000 };
const LOOPBACK_6 = { localAddress: '::1', localPort: 3000 };
const CONTAINER = { localAddress: '::ffff:172.18.0.5', localPort: 3000 };

describe('a host', () => {
  it.each([
    ['LocalHost:3000', { name: 'localhost', port: 3000 }],
    ['ledger.example.', { name: 'ledger.example', port: undefined }],
    ['my_ledger:80', { name: 'my_ledger', port: 80 }],
    ['ledger:', { name: 'ledger', port: undefined }],
    ['[0:0:0:0:0:0:0:1]:3000', { name: '[::1]', port: 3000 }],
    ['127.1', { name: '127.0.0.1', port: undefined }],
    ['', undefined],
    ['.', undefined],
    ['a b', undefined],
    ['user@ledger', undefined],
    ['ledger/path', undefined],
    ['ledger:port', undefined],
    ['ledger:123456', undefined],
    ['::1', undefined],
    ['[::1', undefined],
    ['[zz]', undefined],
    ['账簿', undefined],
    ['a,b', undefined],
    ['a'.repeat(300), undefined],
  ])('%j is %j', (written, authority) => {
    expect(readAuthority(written)).toEqual(authority);
  });

  it.each([
    ['127.0.0.1', '', '127.0.0.1:3000', LOOPBACK, true],
    ['127.0.0.1', '', 'localhost:3000', LOOPBACK, true],
    ['127.0.0.1', '', 'LOCALHOST.:3000', LOOPBACK, true],
    ['127.0.0.1', '', '[::1]:3000', LOOPBACK, true],
    ['::1', '', '[::1]:3000', LOOPBACK_6, true],
    ['127.0.0.1', '', 'localhost', LOOPBACK, false],
    ['127.0.0.1', '', 'localhost:3001', LOOPBACK, false],
    ['127.0.0.1', '', 'evil.example:3000', LOOPBACK, false],
    ['127.0.0.1', '', 'localhost.evil.example:3000', LOOPBACK, false],
    ['127.0.0.1', '', '127.0.0.1.evil.example:3000', LOOPBACK, false],
    ['127.0.0.1', '', '10.0.0.7:3000', LOOPBACK, false],
    ['127.0.0.1', 'localhost:8080', 'localhost:8080', LOOPBACK, true],
    ['127.0.0.1', 'ledger.example', 'ledger.example', LOOPBACK, true],
    ['127.0.0.1', 'ledger.example', 'ledger.example:8443', LOOPBACK, true],
    ['127.0.0.1', 'ledger.example:443', 'ledger.example', LOOPBACK, false],
    ['127.0.0.1', 'ledger.example', 'other.ledger.example', LOOPBACK, false],
    ['0.0.0.0', '', '172.18.0.5:3000', CONTAINER, true],
    ['0.0.0.0', '', '172.18.0.6:3000', CONTAINER, false],
    ['0.0.0.0', '', '127.0.0.1:3001', CONTAINER, true],
    ['0.0.0.0', '', 'localhost:3000', LOOPBACK, true],
    ['0.0.0.0', '', '0.0.0.0:3000', LOOPBACK, true],
    ['::', '', '[::]:3000', LOOPBACK_6, true],
    ['0.0.0.0', '', 'ledger:3000', CONTAINER, false],
    ['0.0.0.0', 'ledger,[fd00::5]', 'ledger:3000', CONTAINER, true],
    ['0.0.0.0', 'ledger,[fd00::5]', '[fd00:0:0::5]:3000', CONTAINER, true],
    ['ledger.lan', '', 'ledger.lan:3000', { localAddress: '10.0.0.7', localPort: 3000 }, true],
    ['ledger.lan', '', 'ledger.lan', { localAddress: '10.0.0.7', localPort: 80 }, true],
    ['ledger.lan', '', '10.0.0.7:3000', { localAddress: '10.0.0.7', localPort: 3000 }, true],
  ])('bound to %s, with ALLOWED_HOSTS=%s, asked as %s over %j: %s', (host, listed, asked, socket, allowed) => {
    const hosts = new AllowedHosts(host, listed.split(','));
    expect(hosts.allows(readAuthority(asked)!, socket)).toBe(allowed);
  });

  it('over a connection that was let in, every other name is judged anew', () => {
    const hosts = new AllowedHosts('127.0.0.1', []);
    const socket = { ...LOOPBACK };
    const asked = ['localhost:3000', 'evil.example:3000', 'localhost:3000', '', 'localhost:3001', '127.0.0.1:3000'];
    expect(asked.map((written) => hosts.allowsWritten(written, socket))).toEqual([
      true,
      false,
      true,
      undefined,
      false,
      true,
    ]);
    expect(hosts.allowsWritten('evil.example:3000', { ...LOOPBACK })).toBe(false);
  });
});

describe('a service on loopback', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService(undefined, { ALLOWED_HOSTS: 'ledger.example' });
  }, LONG_MS);
  afterAll(async () => {
    await service.stop();
    service.clean();
  });
  const body = JSON.stringify(contribution.example);
  let keys = 0;
  const ask = async (line: string, ...fields: readonly string[]) => {
    const isPost = line.startsWith('POST');
    const content = isPost
      ? [
          'Content-Type: application/json',
          `Idempotency-Key: k-${(keys += 1)}`,
          `Content-Length: ${Buffer.byteLength(body)}`,
        ]
      : [];
    const head = [line, 'Accept-Language: en', 'Connection: close', ...fields, ...content].join('\r\n');
    const { head: answered, body: said } = await new Conversation(service).send(`${head}\r\n\r\n${isPost ? body : ''}`)
      .ended;
    return { status: Number(answered.split(' ')[1]), head: answered, body: JSON.parse(said) as { code: string } };
  };
  const here = (): string => `Host: ${new URL(service.address).host}`;

  it.each(['GET /v1/balances', 'GET /livez', 'GET /no-such-route', 'POST /v1/contributions', 'POST /v1/imports'])(
    '%s is not answered under the name of another site',
    async (line) => {
      const { status, body: problem } = await ask(
        `${line} HTTP/1.1`,
        'Host: evil.example',
        'Origin: http://evil.example',
      );
      expect([status, problem]).toMatchObject([
        421,
        { code: 'misdirected-request', detail: expect.stringContaining('ALLOWED_HOSTS') },
      ]);
    },
  );

  it.each([
    ['none', []],
    ['two', ['Host: 127.0.0.1', 'host: evil.example']],
    ['two of the same', ['Host: localhost', 'Host: localhost']],
    ['an empty one', ['Host:']],
    ['one with a path', ['Host: localhost/v1']],
    ['one with a user', ['Host: me@localhost']],
  ])('is asked with one good Host, not with %s', async (_, fields) => {
    expect(await ask('GET /livez HTTP/1.1', ...fields)).toMatchObject({ status: 400, body: { code: 'host' } });
  });

  it('is asked in the absolute form, where its host is ours too', async () => {
    const { host } = new URL(service.address);
    expect((await ask(`GET http://${host}/livez HTTP/1.1`, here())).status).toBe(200);
    expect((await ask('GET http://evil.example/livez HTTP/1.1', here())).status).toBe(421);
    expect((await ask(`GET http://${host}/livez HTTP/1.1`, 'Host: evil.example')).status).toBe(421);
    expect((await ask('GET http://me@evil.example/livez HTTP/1.1', here())).status).toBe(400);
  });

  it('is asked without a Host in HTTP/1.0, which no browser speaks', async () => {
    expect((await ask('GET /livez HTTP/1.0')).status).toBe(200);
  });

  it.each([
    ['Origin: http://evil.example'],
    ['Origin: null'],
    ['Origin: http://127.0.0.1:1'],
    ['Origin: http://127.0.0.1'],
    ['Origin: file://'],
    ['Origin: http://ledger.example, http://evil.example'],
    ['Sec-Fetch-Site: cross-site'],
    ['Sec-Fetch-Site: same-site'],
    ['Sec-Fetch-Site: anything'],
  ])('takes no write with %s, previews included', async (field) => {
    for (const path of ['/v1/contributions', '/v1/contributions?dryRun=true', '/v1/imports', '/no-such-route'])
      expect(await ask(`POST ${path} HTTP/1.1`, here(), field)).toMatchObject({
        status: 403,
        body: { code: 'cross-site' },
      });
    expect((await ask('GET /livez HTTP/1.1', here(), field)).status).toBe(200);
  });

  it('takes writes of its own pages, of the pages that are configured, and of programs', async () => {
    const own = `Origin: ${service.address}`;
    for (const fields of [
      [],
      [own],
      [own, 'Sec-Fetch-Site: same-origin'],
      ['Sec-Fetch-Site: none'],
      ['Origin: https://ledger.example', 'Sec-Fetch-Site: cross-site'],
    ])
      expect((await ask('POST /v1/contributions HTTP/1.1', here(), ...fields)).status).toBe(201);
  });

  it.each(['/livez', '/v1/balances', '/v1/events', '/no-such-route', '/docs', '/docs/start.js', '/openapi.json', '/%'])(
    'answers %s with headers that say what a browser may do with it',
    async (path) => {
      const { headers } = await get(service, path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('cache-control')).toMatch(/^(no-store|no-cache|max-age=86400)$/);
      for (const name of ['x-powered-by', 'server']) expect(headers.get(name)).toBeNull();
    },
  );
});
