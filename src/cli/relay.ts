import { type Command } from 'commander';
import { environment, type KafkaConfig, type LogLevel, readConfig } from '../config.js';
import { LedgerError, type Text, text } from '../errors.js';
import { visible } from '../text/foreign-text.js';
import { type EventStore, type StorePlace } from '../event-store/event-store.js';
import { readPosition } from '../time/moment.js';
import { type DeliveryProgress, type KafkaRelay } from '../kafka/relay.js';
import { type Replayed, replay } from '../kafka/replay.js';
import { startRelay } from '../kafka/start-relay.js';
import { lastWords, serviceLog } from '../service-log.js';
import { stopSignal } from '../stop-signal.js';
import { both, EXIT, type Globals, globalsOf } from './globals.js';
import { demandLog, openLog } from './log-place.js';
import { progressBar } from './progress-bar.js';
import { toStandardOutput } from './terminal.js';

/** `tongzhang relay`, `relay status`, `relay replay`: delivery to Kafka without the service. */
export function addRelayCommand(program: Command): void {
  const command = program
    .command('relay')
    .description(both(text('把日志中的事件投递到 Kafka', 'deliver the events of the log to Kafka')))
    .addHelpText('after', HELP)
    .action(async (_options: object, self: Command) => {
      process.exitCode = await relayUntilStopped(globalsOf(self));
    });
  command
    .command('status')
    .description(both(text('投递到了哪里', 'how far delivery has come')))
    .action(async (_options: object, self: Command) => printStatus(globalsOf(self)));
  command
    .command('replay')
    .description(both(text('把一段日志再投递到另一个主题', 'deliver a range of the log again, to another topic')))
    .requiredOption('--from <position>', both(text('起始位置，含', 'first position')))
    .option('--to <position>', both(text('终止位置，含；默认到末尾', 'last position; default: the end of the log')))
    .requiredOption('--topic <topic>', both(text('主题，不可为正在投递的主题', 'topic, never the one delivered to')))
    .action(async (options: ReplayOptions, self: Command) => replayRange(options, globalsOf(self)));
}

const HELP = `
只读日志，可与服务同时运行；但同一主题只有一个投递者：后启动的接替先启动的。
Reads the log only, also beside a service. A topic has one relay: the one that starts last takes over.

环境变量  Environment:
  KAFKA_BROKERS KAFKA_TOPIC KAFKA_PARTITIONS KAFKA_REPLICATION KAFKA_CREATE_TOPICS KAFKA_SOURCE
  KAFKA_TLS KAFKA_CA_FILE KAFKA_SASL_MECHANISM KAFKA_SASL_USERNAME KAFKA_SASL_PASSWORD EVENT_STORE_URL

示例  Examples:
  $ KAFKA_BROKERS=127.0.0.1:9092 npx tongzhang relay
  $ KAFKA_BROKERS=127.0.0.1:9092 npx tongzhang relay status --json
  $ KAFKA_BROKERS=127.0.0.1:9092 npx tongzhang relay replay --from 1 --to 20000 --topic audit.2025`;

interface ReplayOptions {
  readonly from: string;
  readonly to?: string;
  readonly topic: string;
}

/** The place of delivery. Only now is the client of Kafka loaded: no other command needs it. */
async function deliveryOf(kafka: KafkaConfig): Promise<KafkaRelay> {
  const { deliveryTo } = await import('../kafka/delivery-to.js');
  return deliveryTo(kafka, () => undefined);
}

/** The log and the Kafka that the environment names. @throws LedgerError invalid, where no broker is named */
function demandBoth({ dataDir }: Globals): { place: StorePlace; kafka: KafkaConfig; logLevel: LogLevel } {
  const { kafka, logLevel } = readConfig({ ...environment, DATA_DIR: dataDir });
  if (!kafka) {
    const message = text('未指定 Kafka', 'no Kafka is named');
    const expected = text('以逗号分隔的 主机:端口', 'host:port, separated by commas');
    throw new LedgerError('invalid', 'no-brokers', message, [
      { pointer: 'KAFKA_BROKERS', code: 'environment', expected, got: 'nothing' },
    ]);
  }
  return { place: demandLog({ dataDir }).place, kafka, logLevel };
}

async function openBoth(globals: Globals): Promise<{ store: EventStore; kafka: KafkaConfig }> {
  const { kafka } = demandBoth(globals);
  return { store: await openLog(globals), kafka };
}

/** How the program ends where it was not told to. */
const ENDS: Readonly<Record<string, number>> = { fenced: EXIT.conflict, failed: EXIT.unavailable };

async function relayUntilStopped(globals: Globals): Promise<number> {
  const { place, kafka, logLevel } = demandBoth(globals);
  const log = serviceLog(logLevel);
  const running = startRelay(place, kafka, {
    change: (level, message) => log[level](message),
    debug: (message) => log.debug(message),
  });
  const stopped = stopSignal((message) => lastWords(logLevel, message)).then(() => running.stop());
  await Promise.race([running.ended, stopped]);
  return ENDS[running.status.state] ?? EXIT.done;
}

async function printStatus(globals: Globals): Promise<void> {
  const { store, kafka } = await openBoth(globals);
  const head = await store.head();
  await store.close();
  const progress = await (await deliveryOf(kafka)).progress().catch(unreachable(kafka));
  const position = progress?.position ?? 0;
  const lag = Math.max(0, head - position);
  const perSecond = progress ? (progress.position - progress.positionBefore) / 60 : 0;
  const deliveredAt = progress && new Date(progress.deliveredAt).toISOString();
  const facts = { topic: kafka.topic, position, head, lag, perSecond, deliveredAt: deliveredAt ?? null };
  if (globals.json) toStandardOutput(`${JSON.stringify(facts)}\n`);
  else toStandardOutput(`${statusText(kafka.topic, head, lag, progress)[globals.language]}\n`);
}

const unreachable =
  ({ brokers }: KafkaConfig) =>
  (error: Error): never => {
    const [place, why] = [brokers.join(','), error.message];
    const message = text(`不能从 Kafka（${place}）得到答复：${why}`, `no answer from Kafka (${place}): ${why}`);
    throw new LedgerError('unavailable', 'kafka-unreachable', message);
  };

function statusText(topic: string, head: number, lag: number, progress: DeliveryProgress | undefined): Text {
  if (!progress)
    return text(`${topic}：尚未投递；日志 ${head}`, `${topic}: nothing was delivered; the log is at ${head}`);
  const { position, positionBefore } = progress;
  const at = new Date(progress.deliveredAt).toISOString();
  return text(
    `${topic}：已投递至位置 ${position}（${at}），日志 ${head}，落后 ${lag}；近一分钟 ${position - positionBefore} 条`,
    `${topic}: delivered up to ${position} (${at}), the log is at ${head}, ${lag} behind; ` +
      `${position - positionBefore} in the last minute`,
  );
}

async function replayRange(options: ReplayOptions, globals: Globals): Promise<void> {
  const from = positionOf('--from', options.from);
  const given = options.to === undefined ? undefined : positionOf('--to', options.to);
  const { store, kafka } = await openBoth(globals);
  if (options.topic === kafka.topic) throw wrong('--topic', text('另一个主题', 'another topic'), options.topic);
  const head = await store.head();
  const to = given ?? head;
  demandAtMost(head, '--to', to);
  demandAtMost(to, '--from', from);
  const bar = progressBar(text('重放', 'replaying'), to);
  const delivery = await deliveryOf({ ...kafka, topic: options.topic });
  try {
    const replayed = await replay(store, delivery, { from, to }, bar.update).catch(unreachable(kafka));
    bar.stop();
    if (globals.json) toStandardOutput(`${JSON.stringify({ topic: options.topic, from, to, ...replayed })}\n`);
    else toStandardOutput(`${visible(replayText(options.topic, from, replayed)[globals.language])}\n`);
  } finally {
    bar.stop();
    await delivery.close();
    await store.close();
  }
}

function replayText(topic: string, from: number, { delivered, after, position }: Replayed): Text {
  const [zh, en] = after >= from ? [`（此前已至 ${after}）`, `, which had come to ${after} before`] : ['', ''];
  return text(
    `已向 ${topic}${zh} 投递 ${delivered} 条，至位置 ${position}`,
    `delivered ${delivered} events to ${topic}${en}; it holds them up to position ${position}`,
  );
}

function positionOf(option: string, value: string): number {
  const position = readPosition(value);
  if (position !== undefined && position > 0) return position;
  throw wrong(option, text('日志位置，如 120', 'a position of the log, e.g. 120'), value);
}

/** Refuses a position beyond the log, or beyond the end of the range. */
function demandAtMost(last: number, option: string, position: number): void {
  if (position > last) throw wrong(option, text(`至多 ${last}`, `at most ${last}`), String(position));
}

function wrong(pointer: string, expected: Text, got: string): LedgerError {
  const message = text(`${pointer} 不符合要求`, `${pointer} is not as it must be`);
  return new LedgerError('invalid', 'option', message, [{ pointer, code: 'option', expected, got }]);
}
