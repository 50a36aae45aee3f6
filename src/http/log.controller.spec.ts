import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { type ReadAllOptions, type StoredEvent } from '../event-store/event-store.js';
import { type Ledger } from '../ledger.js';
import { LogController } from './log.controller.js';
import { ProblemFilter } from './problem.filter.js';
import { Turns } from './turns.js';
import { untilHolds } from '../../test/probe.js';

/** Positions of a server lie apart. */
const APART = 70;
const LINES = { accept: 'application/x-ndjson' };

const services: FastifyInstance[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) await service.close();
});

/** A log of so many events, of which so many are there when somebody asks. It counts what is read of it. */
function logOf(count: number, { atFirst = count, failsAt = Infinity, bytes = 10 } = {}) {
  const data = JSON.stringify({ text: 'x'.repeat(bytes) });
  const log = { read: 0, open: 0, head: async () => atFirst * APART };
  const event = (number: number): StoredEvent => ({
    position: number * APART,
    stream: 'book-employee-460100',
    revision: number - 1,
    type: 'Anything.v1',
    data,
  });
  async function* readAll({ after, batch = 5_000 }: ReadAllOptions): AsyncGenerator<StoredEvent[]> {
    log.open += 1;
    try {
      for (let next = Math.floor(after / APART) + 1; next <= count; next += batch) {
        if (next >= failsAt) throw new Error('the disk is gone');
        const length = Math.min(batch, count + 1 - next);
        log.read += length;
        yield Array.from({ length }, (_, index) => event(next + index));
      }
    } finally {
      log.open -= 1;
    }
  }
  return Object.assign(log, { readAll });
}

async function serve(store: ReturnType<typeof logOf>): Promise<string> {
  const controller = new LogController({ store } as unknown as Ledger, new Turns(), { ofSource: () => [] });
  const problems = new ProblemFilter(pino({ level: 'silent' }));
  const service = fastify({ forceCloseConnections: true });
  services.push(service);
  service.get('/v1/events', async (request, reply) => {
    await controller.events(request, reply).catch((error: unknown) => problems.answer(error, request, reply));
    return reply;
  });
  await service.listen({ port: 0, host: '127.0.0.1' });
  return `http://127.0.0.1:${(service.server.address() as AddressInfo).port}`;
}

interface Page {
  readonly positions: readonly number[];
  readonly link: string | undefined;
}

async function ask(address: string, path: string, headers: Record<string, string>): Promise<Page> {
  const response = await fetch(`${address}${path}`, { headers });
  const text = await response.text();
  const events = headers === LINES ? text.split('\n').slice(0, -1) : [];
  const read = (headers === LINES ? events.map((line) => JSON.parse(line) as unknown) : JSON.parse(text).events) as {
    position: number;
  }[];
  const link = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  return { positions: read.map(({ position }) => position), link };
}

const positions = (count: number): number[] => Array.from({ length: count }, (_, index) => (index + 1) * APART);

describe('the log over HTTP', () => {
  it.each([
    ['JSON', 7, {}],
    ['lines', 7, LINES],
    ['lines of more than one batch', 700, LINES],
    ['JSON of as many as there are', 1_234, {}],
  ])('in pages of %s says how to go on, and nothing at its end', async (_, limit, headers) => {
    const address = await serve(logOf(1_234));
    const seen: number[] = [];
    for (let path: string | undefined = `/v1/events?limit=${limit}`; path !== undefined;) {
      const page = await ask(address, path, headers);
      expect(page.positions.length).toBeLessThanOrEqual(limit);
      expect(page.link === undefined).toBe(page.positions.at(-1) === 1_234 * APART);
      seen.push(...page.positions);
      path = page.link;
    }
    expect(seen).toEqual(positions(1_234));
  });

  it('as JSON without a limit is a page too', async () => {
    const address = await serve(logOf(150));
    const page = await ask(address, '/v1/events', {});
    expect(page).toMatchObject({ link: `/v1/events?after=${100 * APART}` });
    expect((await ask(address, page.link!, {})).positions).toHaveLength(50);
  });

  it('as lines goes on to the end as it was when it was asked for, whatever its length', async () => {
    const address = await serve(logOf(12_345, { atFirst: 12_001 }));
    expect(await ask(address, '/v1/events', LINES)).toEqual({ positions: positions(12_001), link: undefined });
    const rest = await ask(address, `/v1/events?after=${12_000 * APART}`, LINES);
    expect(rest).toEqual({ positions: [12_001 * APART], link: undefined });
    expect(await ask(address, `/v1/events?after=${12_345 * APART}`, LINES)).toEqual({ positions: [], link: undefined });
  });

  it.each([{}, LINES])('that cannot be read to its end resets the connection %j', async (headers) => {
    const address = await serve(logOf(9_000, { failsAt: 5_001 }));
    // A page finds it out before it is begun.
    if (headers === LINES) await expect(ask(address, '/v1/events', LINES)).rejects.toThrow();
    const response = await fetch(`${address}/v1/events?limit=9000`, { headers });
    expect(response.status).toBe(500);
  });

  it('is read no faster than it is taken, and not on for one who has left', async () => {
    const store = logOf(40_000, { bytes: 1_000 });
    const { port, host } = new URL(await serve(store));
    const socket = connect(Number.parseInt(port, 10), '127.0.0.1');
    socket.write(`GET /v1/events HTTP/1.1\r\nHost: ${host}\r\nAccept: application/x-ndjson\r\n\r\n`);
    await once(socket, 'readable');
    let before = -1;
    while (before !== store.read) {
      before = store.read;
      await sleep(200);
    }
    expect(store.read).toBeLessThan(20_000);
    expect(store.open).toBe(1);
    socket.destroy();
    await untilHolds(() => store.open === 0);
    expect(store.read).toBeLessThan(20_000);
  });

  it('answers HEAD as it would answer GET, and 304 to who has it', async () => {
    const store = logOf(30);
    const address = await serve(store);
    const path = `${address}/v1/events?limit=10`;
    const got = await fetch(path);
    const head = await fetch(path, { method: 'HEAD' });
    for (const name of ['etag', 'link', 'x-ledger-position', 'content-type'])
      expect([name, head.headers.get(name)]).toEqual([name, got.headers.get(name)]);
    expect(await head.text()).toBe('');
    const etag = got.headers.get('etag')!;
    expect((await fetch(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await fetch(path, { headers: { 'if-none-match': etag, ...LINES } })).status).toBe(200);
  });
});
