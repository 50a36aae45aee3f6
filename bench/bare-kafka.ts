import { Kafka, logLevel } from 'kafkajs';
import { toCloudEvent } from '../src/kafka/cloud-event.js';
import { kafkaEvents } from './kafka-event.js';

/**
 * What kafkajs can do at the most: transactions of 2,000 messages that are ready, and one record beside them.
 * Arguments: broker, topic, events, and `headers` for the messages of the relay or `values` for key and value alone:
 * most of what kafkajs does is writing headers. Prints events per second, the first transaction not counted.
 */
const [broker, topic, count, kind] = process.argv.slice(2) as [string, string, string, 'headers' | 'values'];
const BATCH = 2_000;
const kafka = new Kafka({ clientId: 'bare', brokers: [broker], logLevel: logLevel.NOTHING });
const admin = kafka.admin();
await admin.connect();
await admin.createTopics({
  waitForLeaders: true,
  topics: [
    { topic, numPartitions: 6, replicationFactor: 1 },
    { topic: `${topic}.position`, numPartitions: 1, replicationFactor: 1 },
  ],
});
await admin.disconnect();
const retry = { initialRetryTime: 20, maxRetryTime: 1_000, retries: 8 };
const producer = kafka.producer({ transactionalId: topic, idempotent: true, maxInFlightRequests: 1, retry });
await producer.connect();
const messages = kafkaEvents(Number.parseInt(count, 10)).map((event) => {
  const { key, value, headers } = toCloudEvent(event, { source: '/bench' });
  return kind === 'headers' ? { key, value, headers } : { key, value };
});
let started = 0;
for (let sent = 0; sent < messages.length; sent += BATCH) {
  if (sent === BATCH) started = performance.now();
  const transaction = await producer.transaction();
  const position = [{ key: 'position', value: String(sent + BATCH) }];
  await transaction.sendBatch({
    acks: -1,
    topicMessages: [
      { topic, messages: messages.slice(sent, sent + BATCH) },
      { topic: `${topic}.position`, messages: position },
    ],
  });
  await transaction.commit();
}
const rate = ((messages.length - BATCH) / (performance.now() - started)) * 1_000;
await producer.disconnect();
process.stdout.write(String(rate));
