import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { contribution } from '../../src/catalogue/collecting/contribution.js';
import {
  BEGUN,
  get,
  NODE,
  post,
  type RunningService,
  runProgram,
  startService,
  temporaryDirectory,
} from '../service.js';
import { readTopic } from './read-topic.js';
import { startTestBroker } from './test-broker.js';

const CONSUMER = join(import.meta.dirname, '../../examples/consumer/consumer.ts');
const TOPIC = 'tongzhang.ledger.events.v1';
const FEED_EVENTS = 10_000;
const TIMEOUT_MS = 300_000;
const UNTIL_MS = 180_000;
const AS_OF = '2025-05-31';
const broker = await startTestBroker();

type Amounts = Record<string, string>;

(broker ? describe : describe.skip)('the service with a Kafka', () => {
  const dataDir = temporaryDirectory();
  const environment = { KAFKA_BROKERS: broker?.address ?? '', DATA_DIR: dataDir, LANG: 'zh_CN.UTF-8' };
  let service: RunningService;

  beforeAll(async () => {
    const feed = join(dataDir, 'feed.csv');
    const words = ['generate', '--seed', 'kafka', '--events', String(FEED_EVENTS), '--out', feed];
    expect((await runProgram(words, environment)).code).toBe(0);
    expect((await runProgram(['import', feed], environment)).code).toBe(0);
    service = await startService(dataDir, environment);
  }, TIMEOUT_MS);

  afterAll(async () => {
    await service?.stop('SIGKILL');
    service?.clean();
    await broker?.stop();
  });

  const figure = async (name: string): Promise<number> => {
    const { body } = await get(service, '/metrics');
    const line = String(body['text'])
      .split('\n')
      .find((one) => one.startsWith(`tongzhang_relay_${name} `));
    return Number.parseFloat(line?.split(' ')[1] ?? 'NaN');
  };
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    const deadline = performance.now() + UNTIL_MS;
    while (!(await holds())) {
      if (performance.now() > deadline) throw new Error('it did not come about in time');
      await sleep(100);
    }
  };
  const delivered = (): Promise<void> => until(async () => (await figure('lag_events')) === 0);
  const relayOf = async (): Promise<Record<string, unknown>> => {
    const { status, body } = await get(service, '/readyz');
    const details = body['details'] as Record<string, Record<string, unknown>> | undefined;
    return { ...details?.['relay'], answer: status };
  };

  it(
    'delivers what was recorded before and what comes now',
    async () => {
      await delivered();
      const { status, body } = await post(service, '/v1/contributions', contribution.example, 'now');
      expect(status).toBe(201);
      await until(async () => (await figure('position')) >= (body['position'] as number));
      const received = await readTopic({ broker: broker!.address, topic: TOPIC });
      expect(received).toHaveLength(BEGUN + FEED_EVENTS + 1);
      expect(received.map(({ headers }) => headers['ce_id'])).toContain(body['id']);
      expect(await figure('delivered_events_total')).toBe(BEGUN + FEED_EVENTS + 1);
      expect(await relayOf()).toMatchObject({ answer: 200, state: 'running', lag: 0 });
    },
    TIMEOUT_MS,
  );

  it(
    'has a reader whose figures, from the topic alone, are those of the ledger',
    async () => {
      const words = [CONSUMER, '--brokers', broker!.address, '--as-of', AS_OF];
      const { stdout } = await promisify(execFile)(NODE, [...words, '--json']);
      const read = JSON.parse(stdout) as Record<string, Amounts>;
      const { body } = await get(service, `/v1/balances?asOf=${AS_OF}`);
      const funds = body['funds'] as Amounts[];
      expect(funds.length).toBeGreaterThan(2);
      for (const { fund, opening, income, expenditure, closing } of funds)
        expect({ fund, ...read[fund!] }).toEqual({ fund, opening, income, expenditure, closing });
      expect(body['basicInsurance']).toMatchObject(read['basic insurance']!);
      const { stdout: table } = await promisify(execFile)(NODE, words);
      expect(table).toContain(read['employee']!['closing']);
    },
    TIMEOUT_MS,
  );

  it(
    'says from outside how far delivery has come',
    async () => {
      const { code, stdout } = await runProgram(['relay', 'status', '--json'], environment);
      expect(code).toBe(0);
      const position = BEGUN + FEED_EVENTS + 1;
      expect(JSON.parse(stdout)).toMatchObject({ topic: TOPIC, position, head: position, lag: 0 });
      expect((await runProgram(['relay', 'status'], environment)).stdout).toContain(`已投递至位置 ${position}`);
    },
    TIMEOUT_MS,
  );

  it(
    'delivers a range again, to a topic of its own and once, however often it is asked',
    async () => {
      const words = ['relay', 'replay', '--from', '101', '--to', '5000', '--topic', 'again', '--json'];
      const first = await runProgram(words, environment);
      expect(JSON.parse(first.stdout)).toMatchObject({ delivered: 4_900, position: 5_000 });
      const second = await runProgram(words, environment);
      expect(JSON.parse(second.stdout)).toMatchObject({ delivered: 0, after: 5_000, position: 5_000 });
      const received = await readTopic({ broker: broker!.address, topic: 'again' });
      const positions = received.map(({ headers }) => Number.parseInt(headers['ce_position']!, 10));
      expect(positions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 4_900 }, (_, index) => 101 + index));
      const live = await runProgram(['relay', 'replay', '--from', '1', '--topic', TOPIC], environment);
      expect([live.code, live.stderr]).toEqual([2, expect.stringContaining('--topic 应为 另一个主题')]);
    },
    TIMEOUT_MS,
  );

  it(
    'describes the topic and every event',
    async () => {
      expect((await get(service, '/asyncapi.json')).body).toMatchObject({ asyncapi: '3.0.0' });
      const { status, body } = await get(service, '/schemas/ContributionRecorded/v1.json');
      expect([status, body['$id']]).toEqual([200, '/schemas/ContributionRecorded/v1.json']);
      expect((await get(service, '/schemas/ContributionRecorded/v9.json')).status).toBe(404);
    },
    TIMEOUT_MS,
  );

  it(
    'records while the broker is down, names it, and catches up by itself',
    async () => {
      await broker!.kill();
      const { status, body } = await post(service, '/v1/contributions', contribution.example, 'broker-down');
      expect(status).toBe(201);
      await until(async () => (await relayOf())['state'] === 'retrying');
      expect(await relayOf()).toMatchObject({ answer: 200, message: expect.any(String), lag: expect.any(Number) });
      expect(await figure('running')).toBe(0);
      expect((await runProgram(['relay', 'status'], environment)).code).toBe(3);
      await broker!.restart();
      await until(async () => (await figure('position')) >= (body['position'] as number));
      expect(await relayOf()).toMatchObject({ answer: 200, state: 'running' });
      const levels = service.lines
        .filter((line) => line.includes('relay: '))
        .map((line) => (JSON.parse(line) as { level: number }).level);
      // One line for every change. A broker that is new may need a second attempt at the very beginning.
      expect(levels.slice(-3)).toEqual([30, 40, 30]);
    },
    TIMEOUT_MS,
  );

  it(
    'is no longer ready when another relay has taken over, and stops in good order',
    async () => {
      const other = runProgram(['relay'], { ...environment, LOG_LEVEL: 'warn' });
      await until(async () => {
        // What is shut out notices when it next has something to deliver.
        await post(service, '/v1/contributions', contribution.example, `after-${performance.now()}`);
        return (await get(service, '/readyz')).status === 503;
      });
      const { body } = await get(service, '/readyz');
      expect(body['errors']).toEqual([expect.objectContaining({ pointer: 'relay', code: 'relay-fenced' })]);
      expect(await figure('fenced')).toBe(1);
      expect(await service.stop()).toBe(0);
      // A relay that starts last takes over: this ends the one of the command line in its turn.
      service = await startService(dataDir, environment);
      let code: number | null | undefined;
      void other.then((finished) => (code = finished.code));
      await until(async () => {
        await post(service, '/v1/contributions', contribution.example, `then-${performance.now()}`);
        return code !== undefined;
      });
      expect(code).toBe(4);
    },
    TIMEOUT_MS,
  );
});
