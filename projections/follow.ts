import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { readEvent } from '../src/books/event.js';
import { eventId, type EventStore, type StoredEvent } from '../src/event-store/event-store.js';
import { upcast } from '../src/event-store/upcast.js';
import { type Chunks } from './chunks.js';
import { type ProjectedEvent, type Projection } from './projection.js';
import { type Checkpoint, type ReadTablesWriter } from './read-tables.js';
import { RowBuffer, type WrittenRows } from './row-buffer.js';

export interface FollowOptions {
  /** True: go on with every new event until the signal. False: end at the end of the log. */
  readonly live: boolean;
  /** Most events in one commit; default 10,000. At the end of the log fewer do. */
  readonly batch?: number;
  /**
   * Least rest after a commit while live: what arrives meanwhile is written together, which costs less for each event.
   * A busy follower rests a multiple of the time it worked, so that it leaves the machine to those who write.
   */
  readonly pauseMs?: number;
  /** Where a log that lies far ahead is read by several threads. */
  readonly chunks?: Chunks | undefined;
  /** Hears of every commit. */
  readonly progress?: (position: number) => void;
}

const DEFAULT_BATCH = 10_000;
/** Events read at a time: few enough that what is made of them is gone before it counts as old. */
const PAGE = 1_000;
/** How many times as long as its last work took a follower rests that has caught up, and the longest rest. */
const REST_FACTOR = 4;
const LONGEST_REST_MS = 100;

interface Following {
  readonly projection: Projection;
  checkpoint: Checkpoint;
}

/** Projections that have come equally far and read the log together. */
interface Group {
  /** Up to where rows and checkpoints are committed. */
  position: number;
  members: Following[];
}

/** What follows from the events since the last commit, for each member of a group. */
interface Uncommitted {
  readonly buffers: readonly RowBuffer[];
  events: number;
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
  const { live, batch: most = DEFAULT_BATCH, pauseMs = 0, progress } = options;
  const page = Math.min(PAGE, most);
  let switched = false;
  const switchOver = (): void => {
    if (switched || group.position < head) return;
    for (const { projection } of group.members) tables.dropEarlier(projection);
    switched = true;
  };
  await takeChunks(run, group);
  switchOver();
  let taken: Uncommitted | undefined;
  for await (const events of store.readAll({ after: group.position, live, batch: page }, signal)) {
    const startedMs = performance.now();
    const { position } = events.at(-1)!;
    taken = take(group, events, taken);
    const isMore = events.length === page && position < (await store.head());
    if (taken && isMore && taken.events + page <= most) continue;
    await commit(run, group, position, taken);
    taken = undefined;
    progress?.(group.position);
    switchOver();
    if (group.members.length === 0 || joined(groups, group)) return void groups.delete(group);
    await rest(live && !isMore ? pauseMs : 0, performance.now() - startedMs);
  }
  groups.delete(group);
}

/** Takes chunks of rows that other threads made, up to the first that does not come or cannot be written. */
async function takeChunks({ tables, options, signal, head }: Run, group: Group): Promise<void> {
  if (!options.chunks) return;
  const projections = group.members.map(({ projection }) => projection);
  for await (const { position, rows } of options.chunks.read(projections, group.position, head)) {
    if (!rows || signal?.aborted || !move(tables, group, position, rows)) return;
    options.progress?.(group.position);
  }
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

/** Applies events to all members, on top of what is not yet committed; undefined where one of them cannot take one. */
function take(group: Group, events: readonly StoredEvent[], before?: Uncommitted): Uncommitted | undefined {
  const taken = before ?? { buffers: group.members.map(() => new RowBuffer()), events: 0 };
  try {
    applyAll(
      group.members.map(({ projection }) => projection),
      events,
      taken.buffers,
    );
  } catch (error) {
    if (isFileFault(error)) throw error;
    return undefined;
  }
  taken.events += events.length;
  return taken;
}

/** Commits rows and checkpoints of all members together; where that cannot be, each goes on from its last commit. */
async function commit(run: Run, group: Group, position: number, taken: Uncommitted | undefined): Promise<void> {
  if (taken && move(run.tables, group, position, taken.buffers)) return;
  const well: Following[] = [];
  for (const following of group.members) if (await goOneByOne(run, following, position)) well.push(following);
  group.members = well;
  group.position = position;
}

/** Commits rows and moves a group to a position. False, and nothing done, where a table refuses a row. */
function move(tables: ReadTablesWriter, group: Group, position: number, rows: readonly WrittenRows[]): boolean {
  const moved = group.members.map(({ checkpoint }) => ({ ...checkpoint, position }));
  try {
    tables.commit(rows, moved);
  } catch (error) {
    if (isFileFault(error)) throw error;
    return false;
  }
  for (const [index, following] of group.members.entries()) following.checkpoint = moved[index]!;
  group.position = position;
  return true;
}

/**
 * Reads again from the last commit to a position, event by event. False where the projection cannot take one of them.
 */
async function goOneByOne({ store, tables }: Run, following: Following, until: number): Promise<boolean> {
  for await (const events of store.readAll({ after: following.checkpoint.position, live: false, batch: PAGE })) {
    for (const stored of events) {
      if (stored.position > until) return true;
      const failure = takeOne(tables, following, stored);
      if (failure === undefined) continue;
      tables.commit([], [{ ...following.checkpoint, failure }]);
      return false;
    }
  }
  return true;
}

/** Takes one event and commits it. Says why, naming the event, where the projection cannot. */
function takeOne(tables: ReadTablesWriter, following: Following, stored: StoredEvent): string | undefined {
  const { type, stream, revision, position } = stored;
  const moved = { ...following.checkpoint, position };
  try {
    const buffer = new RowBuffer();
    applyAll([following.projection], [stored], [buffer]);
    tables.commit([buffer], [moved]);
    following.checkpoint = moved;
    return undefined;
  } catch (error) {
    if (isFileFault(error)) throw error;
    return `${type} ${eventId(stream, revision)}, position ${position}: ${(error as Error).message}`;
  }
}

/** Applies events to projections, each with a buffer of its own. One by one, so that what was parsed is not kept. */
export function applyAll(
  projections: readonly Projection[],
  events: readonly StoredEvent[],
  buffers: readonly RowBuffer[],
): void {
  const read = eventReader();
  for (const stored of events) {
    const event = read(stored);
    for (let index = 0; index < projections.length; index += 1) projections[index]!.apply(event, buffers[index]!);
  }
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
