import { readEvent } from '../src/books/event.js';
import { type EventStore, type StoredEvent } from '../src/event-store/event-store.js';
import { upcast } from '../src/event-store/upcast.js';
import { type ProjectedEvent, type Projection } from './projection.js';
import { type Checkpoint, ReadTablesWriter, RowBuffer } from './read-tables.js';

export interface FollowOptions {
  /** True: go on with every new event until the signal. False: end at the end of the log. */
  readonly live: boolean;
  readonly batch?: number;
  /** Least time between two batches while live: what arrives meanwhile is written together. */
  readonly pauseMs?: number;
  readonly progress?: (position: number) => void;
}

interface Following {
  readonly projection: Projection;
  checkpoint: Checkpoint;
}

/**
 * Follows the log into the read tables. Projections at the same checkpoint read the log together; one that starts anew
 * catches up on its own, and the others do not wait for it.
 */
export async function follow(
  store: EventStore,
  tables: ReadTablesWriter,
  projections: readonly Projection[],
  options: FollowOptions,
  signal?: AbortSignal,
): Promise<void> {
  const groups = new Map<number, Following[]>();
  for (const projection of projections) {
    const checkpoint = tables.prepare(projection);
    groups.set(checkpoint.position, [...(groups.get(checkpoint.position) ?? []), { projection, checkpoint }]);
  }
  await Promise.all([...groups].map(([after, group]) => followGroup(store, tables, after, group, options, signal)));
}

async function followGroup(
  store: EventStore,
  tables: ReadTablesWriter,
  after: number,
  group: Following[],
  options: FollowOptions,
  signal?: AbortSignal,
): Promise<void> {
  // A projection that an event stopped tries that event again after a restart: its cause may have been mended.
  for (const following of group) following.checkpoint = { ...following.checkpoint, failure: null };
  const head = await store.head();
  let switched = false;
  for await (const batch of store.readAll(
    { after, live: options.live, ...(options.batch && { batch: options.batch }) },
    signal,
  )) {
    const events = batch.map(toProjected);
    const buffers: RowBuffer[] = [];
    for (const following of group)
      if (following.checkpoint.failure === null) buffers.push(applyBatch(following, events));
    tables.commit(
      buffers,
      group.map(({ checkpoint }) => checkpoint),
    );
    const position = events[events.length - 1]!.position;
    options.progress?.(position);
    if (!switched && position >= head) {
      for (const { projection } of group) tables.dropEarlier(projection);
      switched = true;
    }
    if (options.live && options.pauseMs) await new Promise((resolve) => setTimeout(resolve, options.pauseMs));
  }
}

/** Applies a batch to one projection, up to the event that it cannot take, if there is one. */
function applyBatch(following: Following, events: readonly ProjectedEvent[]): RowBuffer {
  const { projection, checkpoint } = following;
  const buffer = new RowBuffer();
  for (const [index, event] of events.entries()) {
    try {
      projection.apply(event, buffer);
    } catch (error) {
      const good = events.slice(0, index);
      const whole = new RowBuffer();
      for (const before of good) projection.apply(before, whole);
      const place = `${event.type} ${event.stream}-${event.revision} at position ${event.position}`;
      const position = good.at(-1)?.position ?? checkpoint.position;
      following.checkpoint = { ...checkpoint, position, failure: `${place}: ${(error as Error).message}` };
      return whole;
    }
  }
  following.checkpoint = { ...checkpoint, position: events[events.length - 1]!.position };
  return buffer;
}

/** Parses a stored event once for all projections. */
export function toProjected(stored: StoredEvent): ProjectedEvent {
  const current = upcast(stored);
  const event = readEvent(current);
  return { ...current, event, recordedAtMs: Date.parse(event.recordedAt) };
}
