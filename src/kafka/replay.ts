import { type EventStore } from '../event-store/event-store.js';
import { type Delivery } from './delivery.js';
import { demandDelivered } from './follow-log.js';

/** Positions of the log, both ends included. */
export interface ReplayRange {
  readonly from: number;
  readonly to: number;
}

/** What a replay came to. */
export interface Replayed {
  readonly delivered: number;
  /** Where it began: later than the range where an earlier replay to the same topic had come further. */
  readonly after: number;
  /** The last position the topic holds now. */
  readonly position: number;
}

const BATCH = 2_000;

/**
 * Delivers a range of the log again, to a topic of its own, and ends. The topic's own checkpoint says how far an
 * earlier run has come, so that one that was broken off is finished by running it again, and no event stands in it
 * twice.
 * @throws AnotherHistory where the topic holds what this log does not
 * @throws FencedOff when the same replay is started beside it
 */
export async function replay(
  store: EventStore,
  delivery: Delivery,
  { from, to }: ReplayRange,
  progress: (position: number) => void,
): Promise<Replayed> {
  const before = await delivery.open();
  await demandDelivered(store, before);
  const there = before.position;
  const after = Math.max(there, from - 1);
  let [delivered, position] = [0, there];
  for await (const batch of store.readAll({ after, live: false, batch: BATCH })) {
    const events = batch.filter((event) => event.position <= to);
    await delivery.deliver(events);
    delivered += events.length;
    position = events.at(-1)?.position ?? position;
    progress(position);
    if (events.length < batch.length) break;
  }
  return { delivered, after, position };
}
