import { readFileSync } from 'node:fs';
import { type KafkaConfig } from '../config.js';
import { type EventStore } from '../event-store/event-store.js';
import { newRelayStatus, relay, type RelayLog, type RelayStatus } from './follow-log.js';
import { KafkaRelay, type KafkaRelayOptions } from './relay.js';

/** A relay at work. */
export interface RunningRelay {
  readonly topic: string;
  readonly status: RelayStatus;
  /** Resolves when it is over: stopped, or another relay has taken over. */
  readonly ended: Promise<void>;
  /** Finishes the transaction in hand and lets go. */
  readonly stop: () => Promise<void>;
}

/** Hears of what changes, and of what is of interest only when a fault is looked for. */
export interface RelayLogs {
  readonly change: RelayLog;
  readonly debug: (message: string) => void;
}

/**
 * The configured Kafka as a place of delivery. It connects only when it is opened. @throws where a file cannot be read
 */
export function deliveryTo(kafka: KafkaConfig, debug: (message: string) => void): KafkaRelay {
  const { tls, sasl, ...options } = kafka;
  return new KafkaRelay({
    ...options,
    ...(tls && { ssl: tls.caFile === undefined ? true : { ca: [readFileSync(tls.caFile, 'utf8')] } }),
    // kafkajs wants to know which mechanism it is, not that it is one of them.
    ...(sasl && { sasl: sasl as NonNullable<KafkaRelayOptions['sasl']> }),
    debug,
  });
}

/** Starts to deliver every event of a log, from where delivery had come, until it is stopped. */
export function startRelay(store: EventStore, kafka: KafkaConfig, logs: RelayLogs): RunningRelay {
  const status = newRelayStatus();
  const stopping = new AbortController();
  const ended = relay(store, deliveryTo(kafka, logs.debug), status, stopping.signal, logs.change);
  const stop = (): Promise<void> => {
    stopping.abort();
    return ended;
  };
  return { topic: kafka.topic, status, ended, stop };
}
