import { hash } from 'node:crypto';
import { type EventStore, type NewEvent, type StoredEvent } from './event-store.js';

/** The idempotency key of a stored event: the store keeps it beside the bytes, so a copy must be told. */
export type KeyOf = (stored: StoredEvent) => Pick<NewEvent, 'key' | 'keyIndexed'>;

export interface CopyResult {
  /** Events of the source. */
  readonly events: number;
  /** Events that were there already when this run began. */
  readonly alreadyThere: number;
}

/** Where the copy is not what the source is. */
export interface CopyDifference {
  readonly source: StoredEvent | undefined;
  readonly target: StoredEvent | undefined;
}

/**
 * Copies a log event by event in its order: bytes, types and keys unchanged, revisions the same; positions are the
 * target's own. A copy that was cut short goes on after the last event that is there.
 * @throws WrongExpectedRevision where the target holds something else
 */
export async function copyLog(
  source: EventStore,
  target: EventStore,
  keyOf: KeyOf,
  progress: (events: number) => void,
): Promise<CopyResult> {
  const copied = await revisionsOf(target);
  let events = 0;
  let alreadyThere = 0;
  for await (const batch of source.readAll({ after: 0, live: false })) {
    for (const run of runsOfStreams(batch)) {
      const { stream } = run[0]!;
      const last = copied.get(stream) ?? -1;
      const missing = run.filter(({ revision }) => revision > last);
      alreadyThere += run.length - missing.length;
      if (missing.length > 0) {
        const before = missing[0]!.revision - 1;
        const fresh = missing.map((stored) => ({ type: stored.type, data: stored.data, ...keyOf(stored) }));
        // One after the other: that is what keeps the order of the log on every store.
        await target.append(stream, before < 0 ? 'no-stream' : before, fresh);
      }
    }
    progress((events += batch.length));
  }
  return { events, alreadyThere };
}

/** Compares two logs event by event in their order: stream, revision, type and SHA-256 of the bytes. */
export async function firstDifference(
  source: EventStore,
  target: EventStore,
  progress: (events: number) => void,
): Promise<CopyDifference | undefined> {
  const others = eventsOf(target);
  let events = 0;
  for await (const batch of source.readAll({ after: 0, live: false })) {
    for (const stored of batch) {
      const { value: other } = (await others.next()) as { value: StoredEvent | undefined };
      if (!other || fingerprint(stored) !== fingerprint(other)) return { source: stored, target: other };
    }
    progress((events += batch.length));
  }
  const { value: extra } = (await others.next()) as { value: StoredEvent | undefined };
  return extra && { source: undefined, target: extra };
}

const fingerprint = ({ stream, revision, type, data }: StoredEvent): string =>
  `${stream} ${revision} ${type} ${hash('sha256', data, 'hex')}`;

async function* eventsOf(store: EventStore): AsyncGenerator<StoredEvent, undefined> {
  for await (const batch of store.readAll({ after: 0, live: false })) yield* batch;
  return undefined;
}

async function revisionsOf(store: EventStore): Promise<Map<string, number>> {
  const revisions = new Map<string, number>();
  for await (const batch of store.readAll({ after: 0, live: false }))
    for (const { stream, revision } of batch) revisions.set(stream, revision);
  return revisions;
}

/** Neighbours of the same stream, which one append can carry. */
function runsOfStreams(batch: readonly StoredEvent[]): StoredEvent[][] {
  const runs: StoredEvent[][] = [];
  for (const event of batch) {
    const run = runs[runs.length - 1];
    if (run && run[0]!.stream === event.stream) run.push(event);
    else runs.push([event]);
  }
  return runs;
}
