import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EventStore } from '../event-store/event-store.js';
import { type Delivered, type Delivery, isFencedOff } from './delivery.js';

/** What the relay is doing, for readiness, metrics and people. */
export interface RelayStatus {
  state: 'starting' | 'running' | 'retrying' | 'fenced' | 'stopped' | 'failed';
  /** The position of the last event delivered. */
  position: number;
  /** Events delivered since the relay started. */
  delivered: number;
  /** Why it is retrying, or has ended of its own. */
  failure: string | undefined;
}

export const newRelayStatus = (): RelayStatus => ({ state: 'starting', position: 0, delivered: 0, failure: undefined });

/** Hears of every change of what the relay is doing. */
export type RelayLog = (level: 'info' | 'warn', message: string) => void;

/** Events in one transaction: large enough to be fast, small enough to be with the consumers at once. */
const BATCH = 4_000;
/**
 * After fewer than these it waits a little before it reads on, so that single commands do not cost a transaction each.
 */
const WORTH_A_TRANSACTION = 3_000;
const GATHER_MS = 200;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Follows the log and delivers every event, in order, from where delivery had come, until the signal or until another
 * relay takes over. A failure is waited out and delivery goes on from what the other side says it has.
 */
export async function relay(
  store: EventStore,
  delivery: Delivery,
  status: RelayStatus,
  signal: AbortSignal,
  log: RelayLog,
): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    try {
      const delivered = await delivery.open();
      status.position = delivered.position;
      await demandDelivered(store, delivered);
      if (status.state !== 'running') log('info', `relay: delivering after position ${status.position}`);
      status.state = 'running';
      status.failure = undefined;
      for await (const events of store.readAll({ after: status.position, live: true, batch: BATCH }, signal)) {
        await delivery.deliver(events);
        status.position = events[events.length - 1]!.position;
        status.delivered += events.length;
        pauseMs = FIRST_PAUSE_MS;
        if (events.length < WORTH_A_TRANSACTION) await pause(GATHER_MS, signal);
      }
    } catch (error) {
      status.failure = (error as Error).message;
      if (isFencedOff(error)) {
        status.state = 'fenced';
        log('warn', `relay: ${status.failure}; this one has stopped after position ${status.position}`);
        break;
      }
      if (error instanceof AnotherHistory) {
        status.state = 'failed';
        log('warn', `relay: ${status.failure}; it has stopped`);
        break;
      }
      if (status.state !== 'retrying') log('warn', `relay: ${status.failure}; trying again until it works`);
      status.state = 'retrying';
      await pause(pauseMs, signal);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }
  if (status.state !== 'fenced' && status.state !== 'failed') status.state = 'stopped';
  await delivery.close();
}

/**
 * The topic holds what this log does not: the log was restored from an older backup, or is another. Going on after the
 * topic's position would leave out what was recorded since.
 */
export class AnotherHistory extends Error {
  constructor(position: number, head: number) {
    super(
      `the topic holds another history up to position ${position}, the log ends at ${head} ` +
        '(a backup was restored?): deliver to a new topic (KAFKA_TOPIC), and let its readers begin anew',
    );
  }
}

/** @throws AnotherHistory where the last event delivered is not the one that stands at its position in the log */
export async function demandDelivered(store: EventStore, { position, sha256 }: Delivered): Promise<void> {
  if (position === 0) return;
  const head = await store.head();
  if (position > head) throw new AnotherHistory(position, head);
  if (sha256 === undefined) return;
  for await (const [event] of store.readAll({ after: position - 1, batch: 1, live: false })) {
    if (event?.position === position && hash('sha256', event.data, 'hex') === sha256) return;
    break;
  }
  throw new AnotherHistory(position, head);
}

/** Waits; less long where the signal comes. */
async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  await sleep(durationMs, undefined, { signal }).catch(() => undefined);
}
