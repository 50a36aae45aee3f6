import { accessSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type KafkaConfig } from '../config.js';
import { endThread } from '../end-thread.js';
import { type StorePlace } from '../event-store/event-store.js';
import { newRelayStatus, type RelayLog, type RelayStatus } from './follow-log.js';
import { type RelayMessage } from './relay.worker.js';

/** A relay at work. */
export interface RunningRelay {
  readonly topic: string;
  readonly status: Readonly<RelayStatus>;
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
 * Starts to deliver every event of a log, from where delivery had come, until it is stopped: in a thread of its own, so
 * that whoever records and answers does not wait for it. @throws where a file of the configuration cannot be read
 */
export function startRelay(place: StorePlace, kafka: KafkaConfig, logs: RelayLogs): RunningRelay {
  if (kafka.tls?.caFile !== undefined) accessSync(kafka.tls.caFile);
  const status = newRelayStatus();
  const worker = new Worker(new URL('relay.worker.js', import.meta.url), { workerData: { place, kafka } });
  worker.on('message', ({ status: now, log }: RelayMessage) => {
    Object.assign(status, now);
    if (log?.level === 'debug') logs.debug(log.message);
    else if (log) logs.change(log.level, log.message);
  });
  worker.once('error', (error) => {
    Object.assign(status, { state: 'failed', failure: error.message });
    logs.change('warn', `relay: ${error.message}; it has stopped after position ${status.position}`);
  });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    if (await endThread(worker, ended)) return;
    // What a cut transaction held is delivered again: a consumer reads what was committed, and each event once.
    logs.change('warn', `relay: it did not stop in time, and was ended after position ${status.position}`);
  };
  return { topic: kafka.topic, status, ended, stop };
}
