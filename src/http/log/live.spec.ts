import { afterEach, describe, expect, it } from '@jest/globals';
import { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fastify, type FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { FollowedLog } from '../../../test/followed-log.js';
import { type Ledger } from '../../ledger.js';
import { LiveController } from '../live.controller.js';
import { ProblemFilter } from '../problem.filter.js';
import { Turns } from '../turns.js';
import { LogEnd, MOST_FOLLOWERS } from './log-end.js';

const services: FastifyInstance[] = [];
const clients: AbortController[] = [];
const logs: FollowedLog[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.abort();
  for (const service of services.splice(0)) await service.close();
  for (const log of logs.splice(0)) log.close();
});

async function serve(log = new FollowedLog([])) {
  logs.push(log);
  await log.follow();
  const { tables, reference } = log.asking();
  const ledger = { store: log.store, reference: { current: reference }, tables: { current: () => tables } };
  const end = new LogEnd(log.store);
  const controller = new LiveController(ledger as unknown as Ledger, new Turns(), end);
  const problems = new ProblemFilter(pino({ level: 'silent' }));
  const service = fastify({ forceCloseConnections: true });
  services.push(service);
  service.get('/v1/events/live', async (request, reply) => {
    await controller.live(request, reply).catch((error: unknown) => problems.answer(error, request, reply));
    return reply;
  });
  await service.listen({ port: 0, host: '127.0.0.1' });
  const address = `http://127.0.0.1:${(service.server.address() as AddressInfo).port}/v1/events/live`;
  const record = async (count: number, stream = 'case-1', note = ''): Promise<void> => {
    for (let made = 0; made < count; made += 1) await log.append({ ...GIVEN, stream, note });
  };
  return { log, end, address, record };
}

const GIVEN = { businessDate: '2025-05-12', fund: 'employee', unit: '460100', kind: 'any' };

interface Message {
  readonly event: string;
  readonly id: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Reads messages until there are some that are as wanted; gives those of events. */
async function follow(address: string, until: (messages: readonly Message[]) => boolean, headers: object = {}) {
  const client = new AbortController();
  clients.push(client);
  const { body, status } = await fetch(address, { headers: { ...headers }, signal: client.signal });
  expect(status).toBe(200);
  const messages: Message[] = [];
  let rest = '';
  for await (const piece of body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + piece).split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks) {
      const [event, id, ...data] = block.split('\n').map((line) => line.slice(line.indexOf(': ') + 2));
      if (block.startsWith('event'))
        messages.push({ event: event!, id: Number(id), data: JSON.parse(data.join('\n')) });
    }
    if (until(messages)) break;
  }
  client.abort();
  return messages;
}

const ids = (messages: readonly Message[]) => messages.filter(({ event }) => event === 'event').map(({ id }) => id);
const hasCome = (to: number) => (messages: readonly Message[]) => (messages.at(-1)?.id ?? 0) >= to;

describe('the log as it grows', () => {
  it('is told from the end on, each event once, with its position', async () => {
    const { address, record } = await serve();
    await record(3);
    let recorded: Promise<void> | undefined;
    const messages = await follow(address, (all) => {
      recorded ??= record(5);
      return hasCome(8)(all);
    });
    await recorded;
    expect(messages[0]).toEqual({ event: 'reached', id: 3, data: { position: 3 } });
    expect(ids(messages)).toEqual([4, 5, 6, 7, 8]);
    expect(messages.find(({ id }) => id === 5)!.data).toMatchObject({ position: 5, id: 'case-1-4', stream: 'case-1' });
  });

  it('goes on where who was cut off has seen it last: without a gap, and nothing twice', async () => {
    const { address, record } = await serve();
    await record(700);
    const seen: number[] = [];
    for (let last = 0; last < 1_200;) {
      const growing = last === 0 ? record(500) : undefined;
      const messages = await follow(`${address}?after=7`, hasCome(Math.min(1_200, last + 90)), {
        ...(last > 0 && { 'last-event-id': String(last) }),
      });
      await growing;
      seen.push(...ids(messages));
      last = messages.at(-1)!.id;
    }
    expect(seen).toEqual(Array.from({ length: 1_193 }, (_, index) => index + 8));
  });

  it('tells what is wanted, and how far all has been looked at', async () => {
    const { address, record } = await serve();
    await record(2);
    await record(2, 'book-employee-460100', '医院');
    await record(2, 'case-2');
    const of = async (query: string) => {
      const messages = await follow(`${address}?after=0&${query}`, hasCome(6));
      expect(messages.at(-1)!.id).toBe(6);
      return ids(messages);
    };
    expect(await of('stream=case-1')).toEqual([1, 2]);
    expect(await of('stream=case')).toEqual([1, 2, 5, 6]);
    expect(await of(`q=${encodeURIComponent('医院')}`)).toEqual([3, 4]);
    expect(await of('type=payout')).toEqual([]);
  });

  it('tells rows of a screen, in its language', async () => {
    const { address, record } = await serve();
    await record(1, 'book-employee-460100');
    const messages = await follow(`${address}?after=0&format=tables`, hasCome(1), { 'accept-language': 'en' });
    const { cells } = messages[0]!.data as { cells: { text: string; to?: string }[] };
    expect(cells[0]).toEqual({ text: '1', to: '/v1/vouchers/book-employee-460100-0' });
    expect(cells.map(({ text }) => text)).toContain('Employee basic medical insurance fund, 460100 Haikou');
  });

  it.each(['after=x', 'limit=3', 'format=csv', 'type=no-such'])('refuses %s', async (query) => {
    const { address } = await serve();
    expect((await fetch(`${address}?${query}`)).status).toBe(400);
  });

  it('lets go of who leaves, and of the log when nobody is left', async () => {
    const { address, end, log, record } = await serve();
    let readers = 0;
    const readAll = log.store.readAll.bind(log.store);
    log.store.readAll = async function* (options, signal) {
      readers += options.live ? 1 : 0;
      yield* readAll(options, signal);
      readers -= options.live ? 1 : 0;
    };
    const following = [1, 2, 3].map(() => follow(address, () => false).catch(() => undefined));
    await expectSoon(() => [end.count, readers], [3, 1]);
    for (const client of clients) client.abort();
    await Promise.all(following);
    await expectSoon(() => [end.count, readers], [0, 0]);
    // Who asks for the head of the answer alone follows nothing.
    const { status, headers } = await fetch(address, { method: 'HEAD' });
    expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    await expectSoon(() => [end.count, readers], [0, 0]);
    // Whoever comes next finds it followed again.
    const again = follow(address, hasCome(1));
    await expectSoon(() => [end.count, readers], [1, 1]);
    await record(1);
    expect(ids(await again)).toEqual([1]);
  });

  it('takes no more than it can, and ends for all when the service stops', async () => {
    const { address, end } = await serve();
    const left = new AbortController();
    await Promise.all(Array.from({ length: MOST_FOLLOWERS - 1 }, () => end.follow(left.signal)));
    const last = follow(address, () => false);
    await expectSoon(() => end.count, MOST_FOLLOWERS);
    const refused = await fetch(address, { headers: { 'accept-language': 'en' } });
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([503, 'too-many-followers']);
    end.stop();
    // An end that was meant: whoever reads it is not cut off in the midst of a message.
    await expect(last).resolves.toBeDefined();
    expect((await fetch(address)).status).toBe(503);
    left.abort();
  });

  it('ends where the log cannot be read any more, and can be had again', async () => {
    const { address, log, end } = await serve();
    const readAll = log.store.readAll.bind(log.store);
    log.store.readAll = async function* (options, signal) {
      if (options.live) throw new Error('the disk is gone');
      yield* readAll(options, signal);
    };
    await expect(follow(address, () => false)).rejects.toThrow();
    await expectSoon(() => end.count, 0);
    log.store.readAll = readAll;
    expect(await follow(address, (messages) => messages.length > 0)).toHaveLength(1);
  });
});

async function expectSoon(look: () => unknown, wanted: unknown): Promise<void> {
  for (let turn = 0; turn < 100 && JSON.stringify(look()) !== JSON.stringify(wanted); turn += 1) await sleep(10);
  expect(look()).toEqual(wanted);
}
