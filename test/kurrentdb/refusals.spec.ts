import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { KurrentDbEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { anEvent, everything } from '../event-store.contract.js';
import { sayNotRun } from '../not-run.js';
import { runProgram, temporaryDirectory } from '../service.js';
import { type Certificates, makeCertificates } from './certificates.js';
import { type Certificate, KurrentDbDouble } from './double.js';

const hasOpenSsl = ((): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    sayNotRun('证书：没有 openssl  certificates of an event store server: there is no openssl');
    return false;
  }
})();

const connect = (url: string, callTimeoutMs = 1_000): KurrentDbEventStore =>
  new KurrentDbEventStore({
    url,
    names: ['book-', 'case-'],
    keys: () => ({ covered: -1, revision: undefined }),
    callTimeoutMs,
    readPatienceMs: 4_000,
    log: () => undefined,
  });

describe('a server that says no', () => {
  const doubles: KurrentDbDouble[] = [];
  const stores: KurrentDbEventStore[] = [];
  const serve = async (certificate?: Certificate): Promise<KurrentDbDouble> => {
    const double = new KurrentDbDouble();
    await double.start(0, certificate);
    doubles.push(double);
    return double;
  };
  const open = (url: string, callTimeoutMs?: number): KurrentDbEventStore => {
    const store = connect(url, callTimeoutMs);
    stores.push(store);
    return store;
  };
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    for (const double of doubles.splice(0)) await double.stop();
  });

  it.each([
    ['unauthenticated', 'credentials'],
    ['forbidden', 'rights'],
  ] as const)('%s: is not asked again, and heals when the server does', async (refusal, reason) => {
    const double = await serve();
    const store = open(double.url);
    await store.append('book-a-1', 'no-stream', [anEvent()]);
    double.refusal = refusal;
    const refused = { code: 'store-refused', reason };
    await expect(store.append('book-a-1', 0, [anEvent()])).rejects.toMatchObject(refused);
    await expect(store.head()).rejects.toMatchObject(refused);
    await expect(store.readStream('book-a-1', { limit: 1 })).rejects.toMatchObject(refused);
    await expect(everything(store)).rejects.toMatchObject(refused);
    expect(store.retries).toBe(0);
    double.refusal = undefined;
    expect((await store.append('book-a-1', 0, [anEvent()])).revision).toBe(1);
    expect(await store.head()).toBeGreaterThan(0);
  });

  it('a live reader outlives it', async () => {
    const double = await serve();
    const store = open(double.url);
    await store.append('book-a-1', 'no-stream', [anEvent()]);
    double.refusal = 'unauthenticated';
    const stop = new AbortController();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const batch of store.readAll({ after: 0, live: true }, stop.signal))
        seen.push(...batch.map(({ revision }) => revision));
    })();
    await new Promise((resolve) => setTimeout(resolve, 200));
    double.refusal = undefined;
    while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    stop.abort();
    await reading;
  });

  it('is told from a server that is not there', async () => {
    await expect(open('esdb://127.0.0.1:1?tls=false').head()).rejects.toMatchObject({ code: 'store-unreachable' });
    await expect(open('esdb://127.0.0.1:1').head()).rejects.toMatchObject({ code: 'store-unreachable' });
  });

  it('speaks no TLS though the address says so', async () => {
    const { url } = await serve();
    const refused = { code: 'store-refused', reason: 'plain-expected', isConfigured: true };
    await expect(open(url.replace('tls=false', 'tls=true')).head()).rejects.toMatchObject(refused);
    // Nodes are looked for ten times within one call.
    const cluster = open(url.replace('esdb:', 'esdb+discover:').replace('?tls=false', ''), 5_000);
    await expect(cluster.head()).rejects.toMatchObject(refused);
  });

  it.each(['esdb://', 'esdb://u:secret@', 'esdb://u:secret@host:port?tls=false', 'esdb://host?tls=perhaps'])(
    'an address that cannot be used, %s, is said without its secret',
    (url) => {
      let said: unknown;
      try {
        open(url);
      } catch (error) {
        said = error;
      }
      expect(said).toMatchObject({ code: 'store-refused', reason: 'address' });
      expect((said as Error).message).not.toContain('secret');
    },
  );

  const ofTls = hasOpenSsl ? describe : describe.skip;
  ofTls('over TLS', () => {
    const directory = temporaryDirectory();
    let certificates: Certificates;
    beforeAll(() => {
      certificates = makeCertificates(directory);
    });
    afterAll(() => rmSync(directory, { recursive: true }));
    const withCa = (url: string, ca = certificates.ca): string => `${url}&tlsCaFile=${ca}`;

    it('is there for who trusts its authority', async () => {
      const { url } = await serve(certificates.valid);
      const store = open(withCa(url));
      await store.append('book-a-1', 'no-stream', [anEvent()]);
      expect(await everything(store)).toHaveLength(1);
    });

    it.each([
      ['an authority that nobody named', 'valid', (url: string) => url, 'certificate', true],
      ['a certificate that has expired', 'expired', withCa, 'certificate-expired', false],
      ['a certificate of another host', 'another', withCa, 'certificate-name', true],
      ['plain text', 'valid', (url: string) => url.replace('tls=true', 'tls=false'), 'tls-expected', true],
    ] as const)('%s is told from the first attempt', async (_, which, address, reason, isConfigured) => {
      const { url } = await serve(certificates[which]);
      const store = open(address(url));
      await expect(store.head()).rejects.toMatchObject({ code: 'store-refused', reason, isConfigured });
      await expect(store.append('book-a-1', 'no-stream', [anEvent()])).rejects.toMatchObject({ reason });
      expect(store.retries).toBe(0);
    });

    it.each([
      ['no such file', 'no-such.crt'],
      ['a file that is no certificate', 'none.crt'],
    ])('a file of authorities: %s', async (_, name) => {
      writeFileSync(join(directory, 'none.crt'), 'none');
      const { url } = await serve(certificates.valid);
      await expect((async () => open(withCa(url, join(directory, name))).head())()).rejects.toMatchObject({
        code: 'store-refused',
        reason: 'ca-file',
      });
    });

    it.each([
      ['zh', 2, '证书的签发者不受信任', (url: string) => url],
      ['en', 2, 'the port speaks TLS', (url: string) => url.replace('tls=true', 'tls=false')],
      ['en', 2, 'the file of authorities cannot be read', (url: string) => withCa(url, '/no/such.crt')],
    ] as const)(
      'the program says so in one sentence (%s, exit code %d): %s',
      async (language, wanted, words, address) => {
        const { url } = await serve(certificates.valid);
        const environment = { EVENT_STORE_URL: address(url.replace('127.0.0.1', 'localhost')), DATA_DIR: directory };
        const { code, stderr } = await runProgram(['--lang', language, 'verify'], environment);
        expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: wanted, lines: 1 });
        expect(stderr).toContain(words);
      },
    );
  });
});

describe('a server that says nothing', () => {
  it('is asked over a new connection as soon as a call is overdue', async () => {
    const double = new KurrentDbDouble();
    await double.start();
    const store = connect(double.url);
    await store.append('book-a-1', 'no-stream', [anEvent()]);
    const stop = new AbortController();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const batch of store.readAll({ after: 0, live: true }, stop.signal))
        seen.push(...batch.map(({ revision }) => revision));
    })();
    while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const { connections } = double;
    double.leaveHalfOpen();
    const began = performance.now();
    expect((await store.append('book-a-1', 0, [anEvent()])).revision).toBe(1);
    // Twice the deadline of an append is what it takes; the client's keep-alive would take twenty seconds.
    expect(performance.now() - began).toBeLessThan(19_000);
    expect(double.connections).toBeGreaterThan(connections);
    while (seen.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(seen).toEqual([0, 1]);
    stop.abort();
    await reading;
    await store.close();
    await double.stop();
  });

  it('is unreachable after a bounded time, and answers again when it speaks', async () => {
    const double = new KurrentDbDouble();
    await double.start();
    const store = connect(double.url);
    await store.append('book-a-1', 'no-stream', [anEvent()]);
    double.isSilent = true;
    await expect(store.head()).rejects.toMatchObject({ code: 'store-unreachable' });
    double.isSilent = false;
    expect(await store.head()).toBeGreaterThan(0);
    await store.close();
    await double.stop();
  });
});
