import { accessSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type KafkaConfig } from '../config.js';
import { endThread } from '../end-thread.js';
import { type StorePlace } from '../event-store/event-store.js';
import { pause, Pauses } from '../event-store/retrying.js';
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
 * that whoever records and answers does not wait for it. A thread that dies, for want of memory for one, is named and
 * started again; what it held of a transaction is delivered again, and each event once.
 * @throws where a file of the configuration cannot be read
 */
export function startRelay(place: StorePlace, kafka: KafkaConfig, logs: RelayLogs): RunningRelay {
  if (kafka.tls?.caFile !== undefined) accessSync(kafka.tls.caFile);
  const status = newRelayStatus();
  const stopping = new AbortController();
  const pauses = new Pauses();
  let worker!: Worker;
  const take = ({ status: now, log }: RelayMessage, before: number): void => {
    if (now) Object.assign(status, now, { delivered: before + now.delivered });
    if (now?.state === 'running') pauses.reset();
    if (log?.level === 'debug') logs.debug(log.message);
    else if (log) logs.change(log.level, log.message);
  };
  /** Runs the thread once. Returns what killed it; undefined where it came to its own end. */
  const run = async (): Promise<string | undefined> => {
    let failure: string | undefined;
    const { delivered } = status;
    worker = new Worker(new URL('relay.worker.js', import.meta.url), { workerData: { place, kafka } });
    worker.on('message', (message: RelayMessage) => take(message, delivered));
    worker.once('error', (error: Error) => (failure = error.message));
    const code = await new Promise<number>((resolve) => worker.once('exit', resolve));
    return failure ?? (code === 0 ? undefined : `exit code ${code}`);
  };
  const keepDelivering = async (): Promise<void> => {
    for (;;) {
      const failure = await run();
      if (failure === undefined || stopping.signal.aborted) return;
      Object.assign(status, { state: 'retrying', failure: `its thread has ended: ${failure}` });
      logs.change('warn', `relay: ${status.failure}; it is started again after position ${status.position}`);
      await pause(pauses.next(), stopping.signal);
      if (stopping.signal.aborted) return;
    }
  };
  // A thread that had to be ended from outside, or is not there, does not say how it ended.
  const ended = keepDelivering().finally(() => {
    if (status.state !== 'fenced' && status.state !== 'failed') status.state = 'stopped';
  });
  const stop = async (): Promise<void> => {
    stopping.abort();
    if (await endThread(worker, ended)) return;
    // What a cut transaction held is delivered again: a consumer reads what was committed, and each event once.
    logs.change('warn', `relay: it did not stop in time, and was ended after position ${status.position}`);
  };
  return { topic: kafka.topic, status, ended, stop };
}
