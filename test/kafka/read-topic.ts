import { hash, randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';

/** A message as a consumer that reads committed sees it. */
export interface Received {
  readonly partition: number;
  readonly offset: string;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Reading {
  readonly broker: string;
  readonly topic: string;
  /** The group; a new one where none is named. */
  readonly groupId?: string;
  /** Where to begin, by partition; the beginning where none is named. */
  readonly from?: ReadonlyMap<number, string>;
}

const TIMEOUT_MS = 60_000;

/** Everything committed that the topic holds now, in the order of each partition. */
export async function readTopic({ broker, topic, groupId = randomUUID(), from }: Reading): Promise<Received[]> {
  const kafka = new Kafka({ clientId: 'test', brokers: [broker], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic).finally(() => admin.disconnect());
  const ahead = new Map(offsets.filter(({ low, high }) => low !== high).map((each) => [each.partition, each.high]));
  const received: Received[] = [];
  if (ahead.size === 0) return received;
  const consumer = kafka.consumer({ groupId, readUncommitted: false, maxWaitTimeInMs: 200 });
  const ended = Promise.withResolvers<void>();
  const timer = setTimeout(() => ended.reject(new Error(`${topic} could not be read in time`)), TIMEOUT_MS);
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
      const high = ahead.get(payload.partition);
      if (high !== undefined && BigInt(payload.lastOffset) + 2n >= BigInt(high)) ahead.delete(payload.partition);
      if (ahead.size === 0) ended.resolve();
    });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        for (const { offset, key, value, headers } of batch.messages)
          received.push({
            partition: batch.partition,
            offset,
            key: String(key),
            value: String(value),
            headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, text]) => [name, String(text)])),
          });
      },
    });
    for (const [partition, offset] of from ?? []) consumer.seek({ topic, partition, offset });
    await ended.promise;
    return received;
  } finally {
    clearTimeout(timer);
    await consumer.disconnect();
  }
}

/** What can be wrong with one event of the topic. */
export type FaultKind = 'lost' | 'doubled' | 'out of order' | 'other bytes';

export interface Fault {
  readonly kind: FaultKind;
  readonly id: string;
}

/** What is wrong with what was received, held against the log. Nothing where all is well. */
export function faultsOf(received: readonly Received[], log: readonly LogEntry[]): Fault[] {
  const last = new Map<string, number>();
  const hashes = new Map(log.map(({ id, sha256 }) => [id, sha256]));
  const seen = new Set<string>();
  const faults: Fault[] = [];
  for (const { key, value, headers } of received) {
    const id = headers['ce_id']!;
    const revision = Number.parseInt(headers['ce_revision']!, 10);
    const sha256 = hash('sha256', value, 'hex');
    if (sha256 !== hashes.get(id) || sha256 !== headers['ce_sha256']) faults.push({ kind: 'other bytes', id });
    if (seen.has(id)) faults.push({ kind: 'doubled', id });
    // A revision left out is an event lost, and is found below.
    else if (revision < (last.get(key) ?? 0)) faults.push({ kind: 'out of order', id });
    seen.add(id);
    last.set(key, revision);
  }
  for (const { id } of log) if (!seen.has(id)) faults.push({ kind: 'lost', id });
  return faults;
}

export interface LogEntry {
  readonly id: string;
  readonly sha256: string;
}
