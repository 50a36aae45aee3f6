import { parentPort, workerData } from 'node:worker_threads';
import { type KafkaConfig } from '../config.js';
import { type StorePlace } from '../event-store/event-store.js';
import { openStoreForReading } from '../event-store/open-store.js';
import { deliveryTo } from './delivery-to.js';
import { newRelayStatus, relay, type RelayStatus } from './follow-log.js';

/** What the thread of the relay says: what it is doing, and what is to be logged. */
export interface RelayMessage {
  readonly status?: RelayStatus;
  readonly log?: { readonly level: 'debug' | 'info' | 'warn'; readonly message: string };
}

/** The thread that delivers. Stops, after the transaction in hand, on any message. */
const { place, kafka } = workerData as { place: StorePlace; kafka: KafkaConfig };
const TELL_MS = 20;

const stop = new AbortController();
parentPort!.once('message', () => stop.abort());
const say = (message: RelayMessage): void => parentPort!.postMessage(message);
const status = newRelayStatus();
let told = '';
const tell = (): void => {
  const now = JSON.stringify(status);
  if (now !== told) say({ status });
  told = now;
};
const debug = (message: string): void => say({ log: { level: 'debug', message } });

const warn = (message: string): void => say({ log: { level: 'warn', message } });
const store = await openStoreForReading(place, warn, { known: () => status.position });
const telling = setInterval(tell, TELL_MS);
await relay(store, deliveryTo(kafka, debug), status, stop.signal, (level, message) => {
  tell();
  say({ log: { level, message } });
});
clearInterval(telling);
tell();
await store.close();
// It would go on waiting for a word to stop.
parentPort!.close();
