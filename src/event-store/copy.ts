import { hash } from 'node:crypto';
import { type EventStore, type NewEvent, piecesOf, type StoredEvent } from './event-store.js';

/** What the store keeps beside the bytes of an event, so that a copy must be told: its key, and how it stood before. */
export type BesideOf = (stored: StoredEvent) => Pick<NewEvent, 'key' | 'keyIndexed' | 'copied'>;

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

/** The target holds what is not a beginning of the source: nothing was written. Recognised by its code. */
export class TargetDiffers extends Error {
  readonly code = 'target-differs';
  constructor(readonly difference: CopyDifference) {
    super('the target holds something else');
  }
}

/**
 * Copies a log event by event in its order: bytes, types and keys unchanged, revisions the same; positions are the
 * target's own. What is there already must be the beginning of the source, as a copy that was cut short leaves it; it
 * is compared, and the copy goes on after it.
 * @throws TargetDiffers before anything is written
 */
export async function copyLog(
  source: EventStore,
  target: EventStore,
  besideOf: BesideOf,
  progress: (position: number) => void,
): Promise<CopyResult> {
  const there = eventsOf(target);
  let next = await there.next();
  let [events, alreadyThere] = [0, 0];
  for await (const batch of source.readAll({ after: 0, live: false })) {
    const missing: StoredEvent[] = [];
    for (const stored of batch) {
      if (next.done) missing.push(stored);
      else {
        demandSame(stored, next.value);
        alreadyThere += 1;
        next = await there.next();
      }
    }
    await appendAll(target, missing, besideOf);
    events += batch.length;
    progress(batch[batch.length - 1]!.position);
  }
  if (!next.done) throw new TargetDiffers({ source: undefined, target: next.value });
  return { events, alreadyThere };
}

const ONE_WRITER = { several: false } as const;

/** One append after the other: that is what keeps the order of the log on every store. */
async function appendAll(target: EventStore, missing: readonly StoredEvent[], besideOf: BesideOf): Promise<void> {
  for (const run of runsOfStreams(missing))
    for (const piece of piecesOf(run)) {
      const [{ stream, revision }] = piece as [StoredEvent];
      const fresh = piece.map((stored) => ({
        type: stored.type,
        data: stored.data,
        copied: ONE_WRITER,
        ...besideOf(stored),
      }));
      await target.append(stream, revision === 0 ? 'no-stream' : revision - 1, fresh);
    }
}

/** Compares two logs event by event in their order: stream, revision, type and SHA-256 of the bytes. */
export async function firstDifference(
  source: EventStore,
  target: EventStore,
  progress: (position: number) => void,
): Promise<CopyDifference | undefined> {
  const others = eventsOf(target);
  for await (const batch of source.readAll({ after: 0, live: false })) {
    for (const stored of batch) {
      const other = await others.next();
      if (other.done) return { source: stored, target: undefined };
      if (fingerprint(stored) !== fingerprint(other.value)) return { source: stored, target: other.value };
    }
    progress(batch[batch.length - 1]!.position);
  }
  const extra = await others.next();
  return extra.done ? undefined : { source: undefined, target: extra.value };
}

function demandSame(source: StoredEvent, target: StoredEvent): void {
  if (fingerprint(source) !== fingerprint(target)) throw new TargetDiffers({ source, target });
}

const fingerprint = ({ stream, revision, type, data }: StoredEvent): string =>
  `${stream} ${revision} ${type} ${hash('sha256', data, 'hex')}`;

async function* eventsOf(store: EventStore): AsyncGenerator<StoredEvent, undefined, undefined> {
  for await (const batch of store.readAll({ after: 0, live: false })) yield* batch;
  return undefined;
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
