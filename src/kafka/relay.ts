import { hash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import kafkajs, { type ICustomPartitioner, Kafka, type KafkaConfig, logLevel, type Producer } from 'kafkajs';
import { type StoredEvent } from '../event-store/event-store.js';
import { type CloudEventMessage, type CloudEventOrigin, toCloudEvent } from './cloud-event.js';
import { type Delivered, type Delivery, FencedOff, isFencedOff } from './delivery.js';
import { PACKED, packHeaders, unpackHeaders } from './record-headers.js';
import { type SizedMessage, splitBySize } from './split-by-size.js';

export interface KafkaRelayOptions extends CloudEventOrigin {
  readonly brokers: readonly string[];
  readonly topic: string;
  /** Used when the topics have to be created. */
  readonly partitions: number;
  readonly replication: number;
  /** False: the topics must be there already. */
  readonly createTopics: boolean;
  readonly ssl?: KafkaConfig['ssl'];
  readonly sasl?: KafkaConfig['sasl'];
  /** After so long without a word from this relay the broker aborts its transaction; default a minute. */
  readonly transactionTimeoutMs?: number;
  /** Hears of what kafkajs says, most of which it retries and gets over by itself. */
  readonly debug: (message: string) => void;
}

/** How far delivery has come, as the checkpoint topic has it. */
export interface DeliveryProgress {
  readonly position: number;
  /** When the last events were delivered, in ms of the epoch. */
  readonly deliveredAt: number;
  /** How far delivery had come a minute before now. */
  readonly positionBefore: number;
}

/** Records of the checkpoint topic: how far delivery has come, and who delivers. */
const POSITION_KEY = 'position';
const OWNER_KEY = 'owner';
/** The last records hold the checkpoint; this many offsets back is far enough, the beginning is the fallback. */
const TAIL_OFFSETS = 1_000;
const READ_TIMEOUT_MS = 30_000;
const SEND_TIMEOUT_MS = 30_000;
/** In one request: less than the megabyte that a broker takes unless it is told otherwise. */
const MOST_REQUEST_BYTES = 900_000;
const TRANSACTION_TIMEOUT_MS = 60_000;
const MINUTE_MS = 60_000;
/** A relay that takes over has written its name so long after it has shut the other out. */
const TAKE_OVER_MS = 3_000;

const { CompressionCodecs, CompressionTypes, Partitioners } = kafkajs;
const [compress, decompress] = [promisify(gzip), promisify(gunzip)];
/** kafkajs's place for a codec: GZIP, which every consumer reads, at its fastest level, and the headers unpacked. */
CompressionCodecs[CompressionTypes.GZIP] = () => ({
  compress: ({ buffer }: { readonly buffer: Buffer }) =>
    compress(unpackHeaders(buffer), { level: constants.Z_BEST_SPEED }),
  decompress: (buffer: Buffer) => decompress(buffer),
});

/** So many partitions of keys are remembered. */
const KEYS_REMEMBERED = 10_000;

/** The partitions of Kafka's own clients; kafkajs takes longer to hash a key than to write its message. */
const rememberingPartitioner: ICustomPartitioner = () => {
  const partitionOf = Partitioners.DefaultPartitioner();
  const known = new Map<string, number>();
  return (choice) => {
    const key = `${choice.partitionMetadata.length} ${String(choice.message.key)}`;
    let partition = known.get(key);
    if (partition === undefined) {
      partition = partitionOf(choice);
      if (known.size === KEYS_REMEMBERED) known.clear();
      known.set(key, partition);
    }
    return partition;
  };
};

const packed = ({ key, value, headers }: CloudEventMessage): SizedMessage => ({
  key,
  value,
  headers: { [PACKED]: packHeaders(headers) },
});

interface LastRecords {
  /** The positions delivered, in their order: at least the last one, where there is one. */
  readonly positions: readonly (Delivered & { readonly at: number })[];
  readonly owner: string | undefined;
}

interface ReadCheckpoints {
  /** False: owners whose claim was not completed count as well, and no open transaction is waited for. */
  readonly committed: boolean;
  readonly isLast?: (owner: string) => boolean;
}

/**
 * Delivery to Kafka, each event exactly once to a consumer that reads committed: a batch of events and the position
 * of the last of them go out in one transaction. The transactional id is fixed, so a relay that starts fences off the
 * one before.
 */
export class KafkaRelay implements Delivery {
  private readonly kafka: Kafka;
  private readonly checkpointTopic: string;
  /** Tells this relay from every other, also from itself after a restart. */
  private readonly self = randomUUID();
  private producer: Producer | undefined;
  private owned = false;

  constructor(private readonly options: KafkaRelayOptions) {
    this.checkpointTopic = `${options.topic}.relay`;
    this.kafka = new Kafka({
      clientId: 'tongzhang-relay',
      brokers: [...options.brokers],
      ...(options.ssl !== undefined && { ssl: options.ssl }),
      ...(options.sasl !== undefined && { sasl: options.sasl }),
      requestTimeout: SEND_TIMEOUT_MS,
      // Six seconds: a new broker is still making its own topics; one that is down is tried again by whoever waits.
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 8 },
      logLevel: logLevel.WARN,
      logCreator:
        () =>
        ({ log }) =>
          options.debug(`kafka: ${log.message}`),
    });
  }

  async open(): Promise<Delivered> {
    try {
      return await this.claim();
    } catch (error) {
      if (isFencedOff(error)) throw error;
      throw new Error(`Kafka (${this.options.brokers.join(',')}): ${(error as Error).message}`, { cause: error });
    }
  }

  private async claim(): Promise<Delivered> {
    await this.disconnect();
    await this.prepareTopics();
    if (this.owned) await this.demandStillOwner();
    const producer = this.kafka.producer({
      transactionalId: this.options.topic,
      idempotent: true,
      maxInFlightRequests: 1,
      createPartitioner: rememberingPartitioner,
      transactionTimeout: this.options.transactionTimeoutMs ?? TRANSACTION_TIMEOUT_MS,
      retry: { initialRetryTime: 20, maxRetryTime: 1_000, retries: 8 },
    });
    this.producer = producer;
    // Connecting claims the transactional id: every transaction of an earlier relay is now committed or aborted.
    await guard(producer.connect());
    const marker = randomUUID();
    await this.send([], { key: OWNER_KEY, value: `${this.self} ${marker}` });
    this.owned = true;
    const isLast = (owner: string): boolean => owner.endsWith(marker);
    const { positions } = await this.readCheckpoints({ committed: true, isLast });
    return positions.at(-1) ?? { position: 0 };
  }

  async deliver(events: readonly StoredEvent[]): Promise<void> {
    const last = events.at(-1);
    if (!last) return;
    const messages = events.map((event) => packed(toCloudEvent(event, this.options)));
    try {
      await this.send(messages, { key: POSITION_KEY, value: checkpointText(last) });
    } catch (error) {
      if (!isFencedOff(error)) throw error;
      // The broker shuts out in the same words a relay that was silent for longer than its transaction may take.
      await sleep(TAKE_OVER_MS);
      await this.demandStillOwner();
      throw new Error('the broker aborted the transaction, which had taken too long', { cause: error });
    }
  }

  /** How far delivery has come, without taking it over; undefined where nothing was ever delivered. */
  async progress(): Promise<DeliveryProgress | undefined> {
    const admin = this.kafka.admin();
    await admin.connect();
    const topics = await admin.listTopics().finally(() => admin.disconnect());
    if (!topics.includes(this.checkpointTopic)) return undefined;
    const { positions } = await this.readCheckpoints({ committed: true });
    const last = positions.at(-1);
    if (!last) return undefined;
    const before = positions.findLast(({ at }) => at <= Date.now() - MINUTE_MS) ?? positions[0]!;
    return { position: last.position, deliveredAt: last.at, positionBefore: before.position };
  }

  async close(): Promise<void> {
    await this.disconnect();
  }

  private async send(messages: readonly SizedMessage[], checkpoint: Checkpoint): Promise<void> {
    const transaction = await guard(this.producer!.transaction());
    const { topic } = this.options;
    try {
      const pieces = splitBySize(messages, MOST_REQUEST_BYTES);
      const last = pieces.pop() ?? [];
      const compression = CompressionTypes.GZIP;
      for (const piece of pieces) await guard(transaction.send({ acks: -1, compression, topic, messages: piece }));
      const topicMessages = [
        ...(last.length > 0 ? [{ topic, messages: last }] : []),
        { topic: this.checkpointTopic, messages: [checkpoint] },
      ];
      await guard(transaction.sendBatch({ acks: -1, compression, topicMessages }));
    } catch (error) {
      // The batch is not committed. Should the abort fail too, the next `open` aborts it by claiming the id again.
      await transaction.abort().catch((abort: Error) => this.options.debug(`kafka: ${abort.message}`));
      throw error;
    }
    await guard(transaction.commit());
  }

  private async prepareTopics(): Promise<void> {
    const { topic, partitions, replication, createTopics } = this.options;
    if (!createTopics) return;
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      const there = new Set(await admin.listTopics());
      const compacted = [
        { name: 'cleanup.policy', value: 'compact' },
        { name: 'segment.bytes', value: '1048576' },
      ];
      const wanted = [
        { topic, numPartitions: partitions, replicationFactor: replication },
        { topic: this.checkpointTopic, numPartitions: 1, replicationFactor: replication, configEntries: compacted },
      ];
      const missing = wanted.filter(({ topic: name }) => !there.has(name));
      if (missing.length > 0) await admin.createTopics({ waitForLeaders: true, topics: missing });
    } finally {
      await admin.disconnect();
    }
  }

  /** After a failure this relay may claim the id again only if no other has done so meanwhile. */
  private async demandStillOwner(): Promise<void> {
    const { owner } = await this.readCheckpoints({ committed: false });
    if (owner !== undefined && !owner.startsWith(this.self)) throw new FencedOff();
  }

  /** Reads the last committed records of the checkpoint topic, up to its end or to the owner record looked for. */
  private async readCheckpoints(read: ReadCheckpoints): Promise<LastRecords> {
    const admin = this.kafka.admin();
    await admin.connect();
    const [bounds] = await admin.fetchTopicOffsets(this.checkpointTopic).finally(() => admin.disconnect());
    const [low, high] = [BigInt(bounds!.low), BigInt(bounds!.high)];
    const near = high - BigInt(TAIL_OFFSETS);
    const found = await this.readFrom(near > low ? near : low, high, read);
    if (found.positions.length > 0 || near <= low) return found;
    return this.readFrom(low, high, read);
  }

  private async readFrom(from: bigint, high: bigint, read: ReadCheckpoints): Promise<LastRecords> {
    const found: { positions: (Delivered & { readonly at: number })[]; owner: string | undefined } = {
      positions: [],
      owner: undefined,
    };
    if (from >= high) return found;
    const groupId = `${this.checkpointTopic}.${randomUUID()}`;
    const consumer = this.kafka.consumer({
      groupId,
      readUncommitted: !read.committed,
      maxWaitTimeInMs: 200,
      // A reader that has failed is thrown away: it must not come back to life by itself.
      retry: { restartOnFailure: async () => false },
    });
    const ended = Promise.withResolvers<void>();
    // It may fail before it is waited for.
    ended.promise.catch(() => undefined);
    const timer = setTimeout(
      () => ended.reject(new Error('the checkpoint topic could not be read in time')),
      READ_TIMEOUT_MS,
    );
    try {
      await consumer.connect();
      await consumer.subscribe({ topic: this.checkpointTopic, fromBeginning: true });
      consumer.on(consumer.events.CRASH, ({ payload }) => ended.reject(payload.error));
      // The end of a log of transactions is a control record, which no handler sees: a fetch that reaches it tells.
      consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
        if (BigInt(payload.lastOffset) + 2n >= high) ended.resolve();
      });
      await consumer.run({
        autoCommit: false,
        eachMessage: async ({ message }) => {
          const value = message.value?.toString() ?? '';
          if (message.key?.toString() !== POSITION_KEY) found.owner = value;
          else found.positions.push({ ...readCheckpoint(value), at: Number.parseInt(message.timestamp, 10) });
          if (found.owner !== undefined && read.isLast?.(found.owner)) ended.resolve();
        },
      });
      consumer.seek({ topic: this.checkpointTopic, partition: 0, offset: from.toString() });
      await ended.promise;
      return found;
    } finally {
      clearTimeout(timer);
      await consumer.disconnect();
      await this.forgetGroup(groupId);
    }
  }

  private async forgetGroup(groupId: string): Promise<void> {
    const admin = this.kafka.admin();
    await admin.connect();
    await admin
      .deleteGroups([groupId])
      .catch((error: Error) => this.options.debug(`kafka: ${error.message}`))
      .finally(() => admin.disconnect());
  }

  private async disconnect(): Promise<void> {
    const producer = this.producer;
    this.producer = undefined;
    await producer?.disconnect();
  }
}

/** A record of the checkpoint topic. */
type Checkpoint = Pick<CloudEventMessage, 'key' | 'value'>;

/** The position of the last event and the digest of its bytes; versions up to 0.1 know the position alone. */
const checkpointText = ({ position, data }: StoredEvent): string => `${position} ${hash('sha256', data, 'hex')}`;

function readCheckpoint(value: string): Delivered {
  const [position, sha256] = value.split(' ') as [string, string?];
  return { position: Number.parseInt(position, 10), sha256 };
}

const FENCED = new Set(['INVALID_PRODUCER_EPOCH', 'PRODUCER_FENCED', 'INVALID_PRODUCER_ID_MAPPING']);

/** Turns Kafka's word for a taken-over transactional id into ours. */
async function guard<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    if (isFencing(error)) throw new FencedOff();
    throw error;
  }
}

function isFencing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('type' in error && typeof error.type === 'string' && FENCED.has(error.type)) return true;
  return isFencing(error.cause);
}
