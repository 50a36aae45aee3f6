import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { type RunningService, startService } from '../service.js';

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

describe('the console as the service serves it', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService();
  }, 240_000);
  afterAll(async () => {
    await service.stop();
    service.clean();
  });
  /** As it comes over the wire: `fetch` would take apart what is compressed. */
  const get = (path: string, headers: Record<string, string>, method = 'GET'): Promise<Got> =>
    new Promise((resolve, reject) => {
      request(`${service.address}${path}`, { method, headers }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () =>
          resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(pieces) }),
        );
      })
        .on('error', reject)
        .end();
    });
  const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

  it.each(['/', '/trial-balance?fund=employee', '/vouchers/book-employee-460100-0', '/nothing/of/the/kind'])(
    '%s is its page, to a browser',
    async (path) => {
      const { status, headers, body } = await get(path, browser);
      expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'text/html; charset=utf-8' });
      expect(body.toString()).toContain('<div id="console">');
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'self'");
      expect(policy).not.toMatch(/script-src[^;]*unsafe-inline|default-src[^;]*unsafe-inline/);
      expect(headers['cache-control']).toBe('no-cache');
    },
  );

  it.each([
    ['/', '*/*'],
    ['/trial-balance', 'application/json'],
    ['/v1/nothing', browser.accept],
    ['/schemas/nothing', browser.accept],
    ['/assets/nothing.js', browser.accept],
    ['/assets/..%2f..%2fpackage.json', browser.accept],
    ['/assets/licences.md.br', browser.accept],
  ])('%s is no page of it for who accepts %s', async (path, accept) => {
    const { status, headers } = await get(path, { accept });
    expect({ status, type: headers['content-type'] }).toEqual({
      status: 404,
      type: expect.stringContaining('problem+json'),
    });
  });

  it('sends its files compressed as they were built, and as they are to who takes them so alone', async () => {
    const page = (await get('/', browser)).body.toString();
    const [, path] = /src="(\/assets\/[^"]+\.js)"/.exec(page)!;
    const plain = await get(path!, {});
    expect(plain.headers).toMatchObject({ 'content-type': 'text/javascript; charset=utf-8', vary: 'Accept-Encoding' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.headers['cache-control']).toContain('immutable');
    const br = await get(path!, { 'accept-encoding': 'gzip, deflate, br' });
    expect(br.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(br.body).equals(plain.body)).toBe(true);
    const gz = await get(path!, { 'accept-encoding': 'gzip' });
    expect(gz.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gz.body).equals(plain.body)).toBe(true);
    expect(br.body.length).toBeLessThan(gz.body.length);
  });

  it('takes nothing in: what is posted to a page finds no route', async () => {
    expect((await get('/trial-balance', browser, 'POST')).status).toBe(404);
  });
});
