import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LedgerEvent } from '../../src/books/event.js';
import { command, eventCount } from '../one-of-each.js';
import { untilHolds, untilQuiet, watchServices } from '../probe.js';
import { randomFrom } from '../random.js';
import { SEED } from '../seed.js';
import { BEGUN, get, post, type RunningService, startService } from '../service.js';
import { KurrentDbDouble } from './double.js';

const ROUNDS = 12;
const POSTS = 200;
const ALL_OF_IT = { poolShare: undefined, personalShare: undefined };
const UNITS = ['460100', '460200', '460300'];

/** Two nodes, each with its own data directory, on one server. */
describe('two nodes', () => {
  const double = new KurrentDbDouble();
  const nodes: RunningService[] = [];
  const watch = watchServices(nodes);
  const start = async (): Promise<RunningService> => {
    const node = await startService(undefined, { EVENT_STORE_URL: double.url });
    nodes.push(node);
    return node;
  };
  const figures = async (node: RunningService, position: number): Promise<object> => {
    const { body } = await get(node, `/v1/balances?asOf=2025-12-31&after=${position}`);
    return body;
  };
  /** Whether a node says that it has met an event of others: its follower reads the log while it is ready already. */
  const isNamedBy = async (node: RunningService, stream: string, position: number): Promise<boolean> => {
    const { body } = await get(node, '/readyz');
    return JSON.stringify(body).includes(`${stream} revision 0 position ${position}`);
  };
  const counted = async (name: string): Promise<number> => {
    const texts = await Promise.all(nodes.map(async (node) => (await get(node, '/metrics')).body['text'] as string));
    return texts.reduce((sum, text) => sum + Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)![1]), 0);
  };

  beforeAll(async () => {
    await double.start();
    await start();
    await start();
  });
  afterAll(async () => {
    expect(await watch.stop()).toMatchObject({ strange: [] });
    await untilQuiet(double);
    for (const node of nodes) {
      expect(await node.stop()).toBe(0);
      node.clean();
    }
    await double.stop();
  });

  it('given one key at the same moment post one event and answer the same receipt', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const unit = UNITS[round % UNITS.length]!;
      const one = command('contribution', { unit });
      const answers = await Promise.all(nodes.map((node) => post(node, ...one, `same-${round}`)));
      expect(answers.map(({ status }) => status)).toEqual([201, 201]);
      expect(answers[1]!.body).toEqual(answers[0]!.body);
      // Both, where they decided within one millisecond: the bytes are the same then, and the event is one all the
      // same.
      expect(answers.some(({ headers }) => headers.get('idempotency-replayed') === null)).toBe(true);
      expect(double.events()).toHaveLength(BEGUN + round + 1);
    }
  });

  it('given the same under two keys at the same moment find one of them to be like the other', async () => {
    const before = double.events().length;
    for (let round = 0; round < ROUNDS; round += 1) {
      const one = command('contribution', { unit: '469030', amount: `${round + 1}.00`, ...ALL_OF_IT });
      const answers = await Promise.all(nodes.map((node, index) => post(node, ...one, `alike-${round}-${index}`)));
      const found = answers.map(({ body }) => (body['findings'] as { got: string }[] | undefined)?.[0]?.got);
      const first = found.indexOf(undefined);
      expect([found[first], found[1 - first]]).toEqual([undefined, answers[first]!.body['id']]);
    }
    expect(double.events()).toHaveLength(before + 2 * ROUNDS);
  });

  it(`number without gaps and show the same figures after ${POSTS} random posts to both (SEED=${SEED})`, async () => {
    const random = randomFrom(SEED);
    const posting = Array.from({ length: POSTS }, (_, index) => {
      const unit = UNITS[Math.floor(random() * UNITS.length)]!;
      const node = nodes[Math.floor(random() * nodes.length)]!;
      const amount = `${1 + Math.floor(random() * 900)}.00`;
      const one = command('contribution', { unit, amount, poolShare: amount, personalShare: undefined });
      return post(node, ...one, `random-${index}`);
    });
    const answers = await Promise.all(posting);
    expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
    expect(double.events()).toHaveLength(BEGUN + 3 * ROUNDS + POSTS);
    for (const unit of UNITS) {
      const own = double.events().filter(({ stream }) => stream === `book-employee-${unit}`);
      const numbers = own.map(({ data }) => (JSON.parse(data) as LedgerEvent).voucherNumber);
      expect(numbers).toEqual(own.map((_, index) => index + 1));
    }
    const position = double.events().at(-1)!.position;
    const [one, other] = await Promise.all(nodes.map((node) => figures(node, position)));
    expect(one).toMatchObject({ position });
    expect(other).toEqual(one);
    const conflicts = await counted('tongzhang_append_conflicts_total');
    expect(conflicts).toBeGreaterThan(0);
    process.stderr.write(`two nodes: ${POSTS} posts, ${conflicts} conflicts so far\n`);
  });

  it('are joined by a third that answers the same, and names what only its follower met', async () => {
    const foreign = double.recordOther('tongzhang-case-4711', 'Opened', '{}');
    expect((await post(nodes[0]!, ...command('contribution', { unit: '460300' }), 'behind')).status).toBe(201);
    const position = double.events().at(-1)!.position;
    const third = await start();
    expect(await figures(third, position)).toEqual(await figures(nodes[0]!, position));
    await untilHolds(() => isNamedBy(third, 'tongzhang-case-4711', foreign.position));
    const again = await post(third, ...command('contribution', { unit: UNITS[0] }), 'same-0');
    expect(again.status).toBe(201);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await eventCount(third)).toBe(BEGUN + 3 * ROUNDS + POSTS + 1);
  });

  it('name after a restart what stands before the place from which they go on, while it stands there', async () => {
    const foreign = double.recordOther('tongzhang-case-4712', 'Opened', '{}');
    expect((await post(nodes[0]!, ...command('contribution', { unit: '460300' }), 'behind-again')).status).toBe(201);
    double.recordForeign(100);
    const { position } = double.events().at(-1)!;
    const isNamed = (node: RunningService) => isNamedBy(node, 'tongzhang-case-4712', foreign.position);
    // Once it shows the end it has met, or looked again for, all that stands before.
    const begin = async (dataDir?: string): Promise<RunningService> => {
      const node = await startService(dataDir, { EVENT_STORE_URL: double.url });
      await figures(node, position);
      return node;
    };
    const node = await begin();
    await untilHolds(() => isNamed(node));
    expect(await node.stop()).toBe(0);
    const again = await begin(node.dataDir);
    await untilHolds(() => isNamed(again));
    expect(await again.stop()).toBe(0);
    double.tombstone('tongzhang-case-4712');
    double.scavenge();
    const last = await begin(node.dataDir);
    expect(await isNamed(last)).toBe(false);
    expect(await last.stop()).toBe(0);
    node.clean();
  });
});
