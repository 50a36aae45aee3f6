import { setTimeout as sleep } from 'node:timers/promises';
import { type EventStore } from '../event-store/event-store.js';
import { type Delivery, isFencedOff } from './delivery.js';

/** What the relay is doing, for readiness, metrics and people. */
export interface RelayStatus {
  state: 'starting' | 'running' | 'retrying' | 'fenced' | 'stopped';
  /** The position of the last event delivered. */
  position: number;
  /** Events delivered since the relay started. */
  delivered: number;
  /** Why it is retrying. */
  failure: string | undefined;
}

export const newRelayStatus = (): RelayStatus => ({ state: 'starting', position: 0, delivered: 0, failure: undefined });

/** Events in one transaction: large enough to be fast, small enough to be with the consumers at once. */
const BATCH = 2_000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Follows the log and delivers every event, in order, from where delivery had come, until the signal or until another
 * relay takes over. A failure is waited out and delivery goes on from what the other side says it has.
 */
export async function relay(store: EventStore, delivery: Delivery, status: RelayStatus, signal: AbortSignal): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    try {
      status.position = await delivery.open();
      status.state = 'running';
      status.failure = undefined;
      for await (const events of store.readAll({ after: status.position, live: true, batch: BATCH }, signal)) {
        await delivery.deliver(events);
        status.position = events[events.length - 1]!.position;
        status.delivered += events.length;
        pauseMs = FIRST_PAUSE_MS;
      }
    } catch (error) {
      status.failure = (error as Error).message;
      if (isFencedOff(error)) {
        status.state = 'fenced';
        break;
      }
      status.state = 'retrying';
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }
  if (status.state !== 'fenced') status.state = 'stopped';
  await delivery.close();
}
