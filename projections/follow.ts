import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { readEvent } from '../src/books/event.js';
import { eventId, type EventStore, type StoredEvent } from '../src/event-store/event-store.js';
import { upcast } from '../src/event-store/upcast.js';
import { type ProjectedEvent, type Projection } from './projection.js';
import { type Checkpoint, type ReadTablesWriter } from './read-tables.js';
import { RowBuffer } from './row-buffer.js';

export interface FollowOptions {
  /** True: go on with every new event until the signal. False: end at the end of the log. */
  readonly live: boolean;
  readonly batch?: number;
  /**
   * Least rest after a batch while live: what arrives meanwhile is written together, which costs less for each event.
   * A busy follower rests a multiple of the time it worked, so that it leaves the machine to those who write.
   */
  readonly pauseMs?: number;
  readonly progress?: (position: number) => void;
}

const DEFAULT_BATCH = 5_000;
/** How many times as long as the last batch took a follower rests that has caught up, and the longest rest. */
const REST_FACTOR = 4;
const LONGEST_REST_MS = 100;

interface Following {
  readonly projection: Projection;
  checkpoint: Checkpoint;
}

/** Projections that have come equally far and read the log together. */
interface Group {
  position: number;
  members: Following[];
}

interface Run {
  readonly store: EventStore;
  readonly tables: ReadTablesWriter;
  readonly options: FollowOptions;
  readonly signal: AbortSignal | undefined;
  /** Where the log ended at the start: a projection that has come so far takes the place of its earlier versions. */
  readonly head: number;
  readonly groups: Set<Group>;
}

/**
 * Follows the log into the read tables. Projections at the same checkpoint read the log together; one that starts anew
 * catches up on its own, and the others do not wait for it. An event that a projection cannot take stops that
 * projection before it, with the event named in its checkpoint; it is tried again at the next start.
 * @throws whatever the files throw: the log cannot be read, or the read tables not be written
 */
export async function follow(
  store: EventStore,
  tables: ReadTablesWriter,
  projections: readonly Projection[],
  options: FollowOptions,
  signal?: AbortSignal,
): Promise<void> {
  const byPosition = new Map<number, Group>();
  for (const projection of projections) {
    const checkpoint = { ...tables.prepare(projection), failure: null };
    const { position } = checkpoint;
    const group = byPosition.get(position) ?? { position, members: [] };
    group.members.push({ projection, checkpoint });
    byPosition.set(position, group);
  }
  const groups = new Set(byPosition.values());
  const run = { store, tables, options, signal, head: await store.head(), groups };
  await Promise.all([...groups].map((group) => followGroup(run, group)));
}

async function followGroup(run: Run, group: Group): Promise<void> {
  const { store, tables, options, signal, head, groups } = run;
  const { live, batch = DEFAULT_BATCH, pauseMs = 0, progress } = options;
  let switched = false;
  const switchOver = (): void => {
    if (switched || group.position < head) return;
    for (const { projection } of group.members) tables.dropEarlier(projection);
    switched = true;
  };
  switchOver();
  for await (const stored of store.readAll({ after: group.position, live, batch }, signal)) {
    const startedMs = performance.now();
    take(tables, group, stored);
    progress?.(group.position);
    switchOver();
    if (group.members.length === 0 || joined(groups, group)) return void groups.delete(group);
    // A full batch means that there is more to catch up with.
    if (live && stored.length === batch) await nextTurn();
    else await rest(live ? pauseMs : 0, performance.now() - startedMs);
  }
  groups.delete(group);
}

function rest(leastMs: number, workedMs: number): Promise<unknown> {
  if (leastMs === 0) return nextTurn();
  return sleep(Math.max(leastMs, Math.min(LONGEST_REST_MS, REST_FACTOR * workedMs)));
}

/** Hands the members of a group over to one that has come equally far, if there is one: the log is read once less. */
function joined(groups: ReadonlySet<Group>, group: Group): boolean {
  const other = [...groups].find((each) => each !== group && each.position === group.position);
  other?.members.push(...group.members);
  return other !== undefined;
}

/** Takes a batch into the tables of all members; rows and checkpoints of all in one commit. */
function take(tables: ReadTablesWriter, group: Group, batch: readonly StoredEvent[]): void {
  const position = batch[batch.length - 1]!.position;
  const moved = group.members.map(({ checkpoint }) => ({ ...checkpoint, position }));
  try {
    tables.commit(rowsOf(group.members, batch), moved);
    for (const [index, following] of group.members.entries()) following.checkpoint = moved[index]!;
  } catch (error) {
    if (isFileFault(error)) throw error;
    group.members = group.members.filter((following) => takeOneByOne(tables, following, batch));
  }
  group.position = position;
}

/** Takes a batch event by event, up to the one that the projection cannot take. False where there is such a one. */
function takeOneByOne(tables: ReadTablesWriter, following: Following, batch: readonly StoredEvent[]): boolean {
  for (const stored of batch) {
    try {
      const moved = { ...following.checkpoint, position: stored.position };
      tables.commit(rowsOf([following], [stored]), [moved]);
      following.checkpoint = moved;
    } catch (error) {
      if (isFileFault(error)) throw error;
      const { type, stream, revision, position } = stored;
      const failure = `${type} ${eventId(stream, revision)}, position ${position}: ${(error as Error).message}`;
      tables.commit([], [{ ...following.checkpoint, failure }]);
      return false;
    }
  }
  return true;
}

/** What follows from a batch for each projection. Event by event, so that what was parsed need not be kept. */
function rowsOf(members: readonly Following[], batch: readonly StoredEvent[]): RowBuffer[] {
  const buffers = members.map(() => new RowBuffer());
  const read = eventReader();
  for (const stored of batch) {
    const event = read(stored);
    for (let index = 0; index < members.length; index += 1) members[index]!.projection.apply(event, buffers[index]!);
  }
  return buffers;
}

/** True where the file is at fault; rows that a table does not take are the fault of the event they follow from. */
function isFileFault(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && code.startsWith('SQLITE_') && !/^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)/.test(code);
}

/** Parses stored events, each once for all projections. Many share an instant: its time is read once. */
function eventReader(): (stored: StoredEvent) => ProjectedEvent {
  let recordedAt = '';
  let recordedAtMs = 0;
  return (stored) => {
    const current = upcast(stored);
    const event = readEvent(current);
    if (event.recordedAt !== recordedAt) {
      recordedAt = event.recordedAt;
      recordedAtMs = Date.parse(recordedAt);
    }
    const { position, stream, revision, type, data } = current;
    return { position, stream, revision, type, data, event, recordedAtMs };
  };
}
