import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SqliteEventStore } from '../src/event-store/sqlite/sqlite-event-store.js';
import { newRelayStatus, relay } from '../src/kafka/follow-log.js';
import { KafkaRelay } from '../src/kafka/relay.js';
import { kafkaEvents } from './kafka-event.js';
import { temporaryDirectory } from './processes.js';

/**
 * The relay over a log of a file, from nothing to its end. Arguments: broker, topic, events. Prints events per second,
 * the first transaction not counted.
 */
const [broker, topic, count] = process.argv.slice(2) as [string, string, string];
const directory = temporaryDirectory();
const store = new SqliteEventStore(join(directory, 'log.db'), {
  readonly: false,
  markPath: join(directory, 'log.mark'),
});
const AT_ONCE = 500;
const byStream = Map.groupBy(kafkaEvents(Number.parseInt(count, 10)), ({ stream }) => stream);
for (const [stream, events] of byStream)
  for (let from = 0; from < events.length; from += AT_ONCE) {
    const data = events
      .slice(from, from + AT_ONCE)
      .map(({ type, data: text, revision }) => ({ type, data: text, key: `${revision}`, keyIndexed: false }));
    await store.append(stream, from === 0 ? 'no-stream' : from - 1, data);
  }
const options = { brokers: [broker], topic, partitions: 6, replication: 1, createTopics: true, source: '/bench' };
const [status, stopping] = [newRelayStatus(), new AbortController()];
const delivery = new KafkaRelay({ ...options, debug: () => undefined });
const ended = relay(store, delivery, status, stopping.signal, () => undefined);
const head = await store.head();
while (status.position === 0) await sleep(1);
const [first, started] = [status.position, performance.now()];
while (status.position < head) await sleep(1);
const rate = ((head - first) / (performance.now() - started)) * 1_000;
stopping.abort();
await ended;
await store.close();
rmSync(directory, { recursive: true });
process.stdout.write(String(rate));
