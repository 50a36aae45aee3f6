import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Answer } from '../../../projections/asking/question.js';
import { type KafkaConfig, readConfig } from '../../config.js';
import { type Text, text } from '../../errors.js';
import { type LocalBroker, startLocalBroker } from '../../kafka/local-broker.js';
import { startRelay } from '../../kafka/start-relay.js';
import { type Ledger } from '../../ledger.js';

/** The demo's broker, and what a reader of its topic makes of it. */
export interface DemoDelivery {
  readonly broker: LocalBroker;
  /** For the service, which goes on delivering. */
  readonly kafka: KafkaConfig;
  /** What the example consumer printed. */
  readonly table: string;
  /** Whether its figures are those of the ledger. */
  readonly isEqual: boolean;
}

type Amounts = Readonly<Record<string, string>>;

/** The built example: a process of its own, which knows nothing of the ledger but the address of the topic. */
const CONSUMER = join(import.meta.dirname, '../../../examples/consumer/consumer.js');
const POLL_MS = 50;
const HAS_ENDED: ReadonlySet<string> = new Set(['fenced', 'failed']);

/**
 * Starts a broker in the demo's directory, delivers every event of the ledger, and lets the example consumer draw up
 * the balances from the topic alone.
 * @throws LedgerError unavailable where no broker can be started
 */
export async function deliverDemo(
  ledger: Ledger,
  dataDir: string,
  { body }: Answer,
  print: (message: Text) => void,
): Promise<DemoDelivery> {
  print(text('正在启动 Kafka …', 'starting Kafka …'));
  const broker = await startLocalBroker(join(dataDir, 'kafka'));
  try {
    const { kafka } = readConfig({ KAFKA_BROKERS: broker.address });
    print(await deliverAll(ledger, kafka!));
    const words = ['--brokers', broker.address, '--as-of', String(body['asOf'])];
    const table = await consume(words);
    const read = JSON.parse(await consume([...words, '--json'])) as Readonly<Record<string, Amounts>>;
    return { broker, kafka: kafka!, table, isEqual: areSame(body, read) };
  } catch (error) {
    await broker.stop('SIGTERM');
    throw error;
  }
}

async function deliverAll(ledger: Ledger, kafka: KafkaConfig): Promise<Text> {
  const started = performance.now();
  const head = await ledger.store.head();
  let failure = '';
  const relay = startRelay(ledger.place, kafka, {
    change: (level, message) => (failure = level === 'warn' ? message : ''),
    debug: () => undefined,
  });
  while (relay.status.position < head && !HAS_ENDED.has(relay.status.state)) await sleep(POLL_MS);
  await relay.stop();
  if (relay.status.position < head) throw new Error(failure);
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  const { delivered } = relay.status;
  return text(
    `已向 Kafka 主题 ${kafka.topic} 投递 ${delivered} 条事件，至位置 ${head}（${seconds} 秒）。`,
    `delivered ${delivered} events to the Kafka topic ${kafka.topic}, up to position ${head} (${seconds} s).`,
  );
}

async function consume(words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [CONSUMER, ...words]);
  return stdout;
}

/** Whether the consumer's figures are the ledger's, for every fund and for basic medical insurance. */
function areSame(body: Answer['body'], read: Readonly<Record<string, Amounts>>): boolean {
  const lines = [...(body['funds'] as Amounts[]), { fund: 'basic insurance', ...(body['basicInsurance'] as Amounts) }];
  return lines.every((line) => {
    // A fund without an event is not in the topic, and all its figures are nothing.
    const ours = read[line['fund']!];
    return FIGURES.every((figure) => (ours?.[figure] ?? '0.00') === line[figure]);
  });
}

const FIGURES = ['opening', 'income', 'expenditure', 'closing'] as const;

/** The consumer's table and what it shows. */
export function deliveredText({ table, isEqual }: DemoDelivery): Text {
  const [zh, en] = isEqual
    ? ['与账面数一致：差额均为 0.00 元。', 'Equals the ledger to the fen.']
    : ['与账面数不一致。', 'Differs from the ledger.'];
  return text(
    `\n示例读者仅凭主题得出（examples/consumer）：\n${table}${zh}\n`,
    `\nThe example consumer, from the topic alone (examples/consumer):\n${table}${en}\n`,
  );
}
