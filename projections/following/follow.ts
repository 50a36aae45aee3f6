import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { readEvent } from '../../src/books/event.js';
import { eventId, type EventStore, type StoredEvent } from '../../src/event-store/event-store.js';
import { upcast } from '../../src/event-store/upcast.js';
import { type Chunks, type LastEvent } from './chunks.js';
import { findMisfit, fingerprintOf, firstOf, unfitToLog } from './fit.js';
import { type ProjectedEvent, type Projection } from '../projection.js';
import { type Checkpoint, isFileFault, type ReadTablesWriter } from './read-tables.js';
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
  /** Hears that the tables were found to be those of the log, before the first event is read. */
  readonly begun?: () => void | Promise<void>;
  /** Hears of every commit. */
  readonly progress?: (position: number) => void | Promise<void>;
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
  /** The position of the last event in them. */
  upTo: number;
}

interface Run {
  readonly store: EventStore;
  readonly tables: ReadTablesWriter;
  readonly options: FollowOptions;
  readonly signal: AbortSignal;
  /** Where the log ended at the start: a projection that has come so far takes the place of its earlier versions. */
  readonly head: number;
  readonly groups: Set<Group>;
  /** The fingerprint of the log's first event; null as long as there is none. */
  first: string | null;
}

/**
 * Follows the log into the read tables, where they were made from it. Projections at the same checkpoint read the log
 * together; one that starts anew catches up on its own, and the others do not wait for it. An event that a projection
 * cannot take stops that projection before it, with the event named in its checkpoint; it is tried again at the next
 * start.
 * @throws UnfitTables, where the tables are not those of the log; TablesFault, where their file is at fault; whatever
 * reading the log throws
 */
export async function follow(
  store: EventStore,
  tables: ReadTablesWriter,
  projections: readonly Projection[],
  options: FollowOptions,
  signal?: AbortSignal,
): Promise<void> {
  const followings = projections.map((projection) => ({ projection, checkpoint: tables.prepare(projection) }));
  await demandFit(store, followings);
  await options.begun?.();
  const ended = new AbortController();
  const groups = groupsOf(followings);
  const run: Run = {
    store,
    tables,
    options,
    signal: signal ? AbortSignal.any([signal, ended.signal]) : ended.signal,
    head: await store.head(),
    groups,
    first: await firstOf(store),
  };
  // The first failure ends all of them, and nobody writes any more once it is thrown.
  const following = [...groups].map(async (group) => {
    await followGroup(run, group).catch((error: unknown) => {
      ended.abort();
      throw error;
    });
  });
  const failed = (await Promise.allSettled(following)).find(({ status }) => status === 'rejected');
  if (failed) throw (failed as PromiseRejectedResult).reason;
}

async function demandFit(store: EventStore, followings: readonly Following[]): Promise<void> {
  const misfit = await findMisfit(
    store,
    followings.map(({ checkpoint }) => checkpoint),
  );
  if (misfit) throw unfitToLog(misfit);
}

function groupsOf(followings: readonly Following[]): Set<Group> {
  const byPosition = new Map<number, Group>();
  for (const { projection, checkpoint } of followings) {
    const { position } = checkpoint;
    const group = byPosition.get(position) ?? { position, members: [] };
    group.members.push({ projection, checkpoint: { ...checkpoint, failure: null } });
    byPosition.set(position, group);
  }
  return new Set(byPosition.values());
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
  const resumed = (): Promise<void> => demandFit(store, group.members);
  for await (const events of store.readAll({ after: group.position, live, batch: page, resumed }, signal)) {
    const startedMs = performance.now();
    const last = events.at(-1)!;
    taken = take(group, events, taken);
    const isMore = events.length === page && last.position < (await store.head());
    if (taken && isMore && taken.events + page <= most) continue;
    run.first ??= await firstOf(store);
    await commit(run, group, last, taken);
    taken = undefined;
    await progress?.(group.position);
    switchOver();
    if (group.members.length === 0 || joined(groups, group)) return void groups.delete(group);
    await rest(live && !isMore ? pauseMs : 0, performance.now() - startedMs);
  }
  groups.delete(group);
}

/** Takes chunks of rows that other threads made, up to the first that does not come or cannot be written. */
async function takeChunks(run: Run, group: Group): Promise<void> {
  const { options, signal, head } = run;
  if (!options.chunks) return;
  const projections = group.members.map(({ projection }) => projection);
  for await (const { last, rows } of options.chunks.read(projections, group.position, head)) {
    if (!rows || signal.aborted || !move(run, group, last, rows)) return;
    await options.progress?.(group.position);
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
  const taken = before ?? { buffers: group.members.map(() => new RowBuffer()), events: 0, upTo: group.position };
  try {
    applyAll(
      group.members.map(({ projection }) => projection),
      events,
      taken.buffers,
      taken.upTo,
    );
  } catch (error) {
    if (isFileFault(error)) throw error;
    return undefined;
  }
  taken.events += events.length;
  taken.upTo = events.at(-1)!.position;
  return taken;
}

/** Commits rows and checkpoints of all members together; where that cannot be, each goes on from its last commit. */
async function commit(run: Run, group: Group, last: StoredEvent, taken: Uncommitted | undefined): Promise<void> {
  const { position } = last;
  if (taken && move(run, group, placeOf(last), taken.buffers)) return;
  const well: Following[] = [];
  for (const following of group.members) if (await goOneByOne(run, following, position)) well.push(following);
  group.members = well;
  group.position = position;
}

const placeOf = (event: StoredEvent): LastEvent => ({ position: event.position, fingerprint: fingerprintOf(event) });

/** A checkpoint that has moved to an event. */
const movedTo = (checkpoint: Checkpoint, first: string | null, { position, fingerprint }: LastEvent): Checkpoint => ({
  ...checkpoint,
  position,
  first,
  last: fingerprint,
});

/** Commits rows and moves a group to an event. False, and nothing done, where a table refuses a row. */
function move({ tables, first }: Run, group: Group, last: LastEvent, rows: readonly WrittenRows[]): boolean {
  const moved = group.members.map(({ checkpoint }) => movedTo(checkpoint, first, last));
  try {
    tables.commit(rows, moved);
  } catch (error) {
    if (isFileFault(error)) throw error;
    return false;
  }
  for (const [index, following] of group.members.entries()) following.checkpoint = moved[index]!;
  group.position = last.position;
  return true;
}

/**
 * Reads again from the last commit to a position, event by event. False where the projection cannot take one of them.
 */
async function goOneByOne(run: Run, following: Following, until: number): Promise<boolean> {
  const { store, tables } = run;
  for await (const events of store.readAll({ after: following.checkpoint.position, live: false, batch: PAGE })) {
    for (const stored of events) {
      if (stored.position > until) return true;
      const failure = takeOne(run, following, stored);
      if (failure === undefined) continue;
      tables.commit([], [{ ...following.checkpoint, failure }]);
      return false;
    }
  }
  return true;
}

/** Takes one event and commits it. Says why, naming the event, where the projection cannot. */
function takeOne({ tables, first }: Run, following: Following, stored: StoredEvent): string | undefined {
  const { type, stream, revision, position } = stored;
  const moved = movedTo(following.checkpoint, first, placeOf(stored));
  try {
    const buffer = new RowBuffer();
    applyAll([following.projection], [stored], [buffer], following.checkpoint.position);
    tables.commit([buffer], [moved]);
    following.checkpoint = moved;
    return undefined;
  } catch (error) {
    if (isFileFault(error)) throw error;
    return `${type} ${eventId(stream, revision)}, position ${position}: ${(error as Error).message}`;
  }
}

/**
 * Applies events to projections, each with a buffer of its own. One by one, so that what was parsed is not kept.
 * @param after the position of the event before the first of them; 0 where there is none
 */
export function applyAll(
  projections: readonly Projection[],
  events: readonly StoredEvent[],
  buffers: readonly RowBuffer[],
  after: number,
): void {
  const read = eventReader(after);
  for (const stored of events) {
    const event = read(stored);
    for (let index = 0; index < projections.length; index += 1) projections[index]!.apply(event, buffers[index]!);
  }
}

/** Parses stored events, each once for all projections. Many share an instant: its time is read once. */
function eventReader(after: number): (stored: StoredEvent) => ProjectedEvent {
  let recordedAt = '';
  let recordedAtMs = 0;
  let last = after;
  return (stored) => {
    const current = upcast(stored);
    const event = readEvent(current);
    if (event.recordedAt !== recordedAt) {
      recordedAt = event.recordedAt;
      recordedAtMs = Date.parse(recordedAt);
    }
    const { position, stream, revision, type, data, storedAtMs } = current;
    const previous = last;
    last = position;
    return { position, stream, revision, type, data, storedAtMs, event, recordedAtMs, previous };
  };
}
