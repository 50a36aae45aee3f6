import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { newRelayStatus, relay } from '../../src/kafka/follow-log.js';
import { KafkaRelay } from '../../src/kafka/relay.js';

/**
 * A relay and nothing else, in the process that is killed, stopped and woken. Arguments: log, broker, topic. Prints a
 * line at every change, and ends with code 4 where another has taken over.
 */
const [log, broker, topic] = process.argv.slice(2) as [string, string, string];
const store = new SqliteEventStore(log, { readonly: true });
const status = newRelayStatus();
const options = { brokers: [broker], topic, partitions: 6, replication: 1, createTopics: true, source: '/test' };
const delivery = new KafkaRelay({ ...options, debug: () => undefined });
const say = (_level: string, message: string): void => void process.stdout.write(`${message}\n`);
await relay(store, delivery, status, new AbortController().signal, say);
await store.close();
process.exitCode = status.state === 'fenced' ? 4 : 0;
