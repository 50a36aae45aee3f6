import { type Chunks } from '../../projections/following/chunks.js';
import { follow } from '../../projections/following/follow.js';
import { type Lines, unpackLines } from '../../projections/following/packed-lines.js';
import { type Projection, type Table } from '../../projections/projection.js';
import {
  isFileFault,
  readAllCheckpoints,
  ReadTablesWriter,
  tableName,
  valuesOf,
} from '../../projections/following/read-tables.js';
import { findMisfit, unfitToLog } from '../../projections/following/fit.js';
import { type EventStore } from '../event-store/event-store.js';
import { removeGradually } from '../remove-gradually.js';
import { openSqlite, type SqliteFile } from '../sqlite-file.js';

/** One table, live and rebuilt. */
export interface TableComparison {
  readonly projection: string;
  readonly table: string;
  readonly liveRows: number;
  readonly rebuiltRows: number;
  /** Rows that are missing on a side, or have other values there. */
  readonly differences: number;
  /** The first of them: the same key live and rebuilt, null where a side lacks it. */
  readonly first: readonly { readonly live: Row | null; readonly rebuilt: Row | null }[];
}

export type Row = Readonly<Record<string, string>>;

export interface Replay {
  /** Events applied, over all passes. */
  readonly events: number;
  readonly seconds: number;
  /** The positions up to which the projections were rebuilt: those of the live tables when they were compared. */
  readonly positions: Readonly<Record<string, number>>;
  /** Projections that the live tables lack or that an event has stopped, and why: they cannot be called equal. */
  readonly notThere: Readonly<Record<string, string>>;
  readonly tables: readonly TableComparison[];
}

/** Hears how far a replay has come. */
export interface ReplayProgress {
  /** So many events have been applied, over all passes. */
  readonly rebuilt: (events: number) => void;
  /** So many tables have been compared. */
  readonly compared?: (tables: number) => void;
}

const MOST_SHOWN = 5;

/**
 * Rebuilds every read table from the log in a file beside the live one and compares them row for row. The live tables
 * are held as they are once most of that is made, in one read transaction, and each projection is rebuilt up to exactly
 * the position it has there: a service may go on writing meanwhile.
 * @param chunks where a large log is read by several threads
 * @param besidePath the beginning of the names of the files the rebuilt tables are made in; they are removed at the end
 */
export async function replay(
  store: EventStore,
  livePath: string,
  besidePath: string,
  projections: readonly Projection[],
  progress: ReplayProgress,
  chunks?: Chunks,
): Promise<Replay> {
  const live = openSqlite(livePath, 'readonly');
  live.function('unpacked', (lines: Lines | null) => lines && unpackLines(lines));
  const files: string[] = [];
  const fileAt = (index: number): string => (files[index] ??= `${besidePath}-${index}.db`);
  try {
    const spent = { events: 0, seconds: 0 };
    const made = async (path: string, upTo: number, group: readonly Projection[]): Promise<void> => {
      const counted = (events: number): void => progress.rebuilt((spent.events += events));
      const started = performance.now();
      await rebuild(endingAt(store, upTo, counted), path, group, chunks && counting(chunks, counted));
      spent.seconds += (performance.now() - started) / 1_000;
    };
    // What a killed one has left.
    await removeGradually(fileAt(0));
    // Most is made before the live tables are held: what is written to them then cannot leave their write-ahead log.
    const early = await makeEarly(live, projections, store, (upTo, group) => made(fileAt(0), upTo, group));
    live.exec('BEGIN');
    const { ready, notThere } = await readCheckpoints(live, projections, store);
    const tables: TableComparison[] = [];
    for (const [index, group] of groupByPosition(ready).entries()) {
      const path = fileAt(index);
      const { position } = group[0]!;
      if (index > 0 || position < early) await removeGradually(path);
      await made(
        path,
        position,
        group.map(({ projection }) => projection),
      );
      live.prepare(`ATTACH ? AS rebuilt${index}`).run(path);
      for (const { projection } of group) {
        const compared = unlessDamaged(() =>
          projection.tables.map((table) => compareTable(live, `rebuilt${index}`, projection, table)),
        );
        if ('damaged' in compared) notThere[projection.name] = compared.damaged;
        else tables.push(...compared.value);
        progress.compared?.(tables.length);
      }
    }
    const positions = Object.fromEntries(ready.map(({ projection, position }) => [projection.name, position]));
    return { ...spent, positions, notThere, tables };
  } finally {
    live.close();
    for (const file of files) await removeGradually(file);
  }
}

interface Ready {
  readonly projection: Projection;
  readonly position: number;
}

async function readCheckpoints(
  live: SqliteFile,
  projections: readonly Projection[],
  store: EventStore,
): Promise<{ ready: Ready[]; notThere: Record<string, string> }> {
  const ready: Ready[] = [];
  const read = unlessDamaged(() => readAllCheckpoints(live));
  if ('damaged' in read) return { ready, notThere: { 'read.db': read.damaged } };
  const found = read.value;
  const misfit = await findMisfit(store, found);
  if (misfit) return { ready, notThere: { 'read.db': unfitToLog(misfit).message } };
  const notThere: Record<string, string> = {};
  for (const projection of projections) {
    const { name, version } = projection;
    const at = found.find((each) => each.projection === name && each.version === version);
    if (at) ready.push({ projection, position: at.position });
    if (!at) notThere[name] = `no tables of version ${version}`;
    else if (at.failure !== null) notThere[name] = at.failure;
  }
  return { ready, notThere };
}

/** What a look at the live tables gives, or what SQLite says of their file. */
function unlessDamaged<T>(look: () => T): { readonly value: T } | { readonly damaged: string } {
  try {
    return { value: look() };
  } catch (error) {
    if (!isFileFault(error)) throw error;
    return { damaged: (error as Error).message };
  }
}

/** Makes what the live tables show already, and gives the position up to which all of it is made; 0 where none is. */
async function makeEarly(
  live: SqliteFile,
  projections: readonly Projection[],
  store: EventStore,
  make: (upTo: number, group: readonly Projection[]) => Promise<void>,
): Promise<number> {
  const { ready } = await readCheckpoints(live, projections, store);
  const upTo = Math.min(...ready.map(({ position }) => position));
  if (upTo === Infinity || upTo === 0) return 0;
  await make(
    upTo,
    ready.map(({ projection }) => projection),
  );
  return upTo;
}

/** Projections at one position share a pass over the log and a file. */
const groupByPosition = (ready: readonly Ready[]): Ready[][] =>
  [...new Set(ready.map(({ position }) => position))].map((position) =>
    ready.filter((each) => each.position === position),
  );

async function rebuild(
  store: EventStore,
  path: string,
  projections: readonly Projection[],
  chunks: Chunks | undefined,
): Promise<void> {
  const writer = new ReadTablesWriter(path, true);
  try {
    await follow(store, writer, projections, { live: false, chunks });
  } finally {
    writer.close();
  }
}

/** Chunks whose events are counted. */
function counting(chunks: Chunks, counted: (events: number) => void): Chunks {
  return {
    async *read(projections, after, upTo) {
      for await (const chunk of chunks.read(projections, after, upTo)) {
        yield chunk;
        counted(chunk.events);
      }
    },
  };
}

/** The log as it was when it ended at a position. */
function endingAt(store: EventStore, end: number, counted: (events: number) => void): EventStore {
  return {
    append: () => Promise.reject(new Error('a replay appends nothing')),
    readStream: (stream, options) => store.readStream(stream, options),
    findByKey: (stream, key, upTo) => store.findByKey(stream, key, upTo),
    head: () => Promise.resolve(end),
    last: () => store.last(),
    audit: (progress, carriesKey) => store.audit(progress, carriesKey),
    close: () => Promise.resolve(),
    async *readAll(options, signal) {
      if (end === 0) return;
      for await (const batch of store.readAll(options, signal)) {
        const within = batch.filter(({ position }) => position <= end);
        if (within.length > 0) yield within;
        counted(within.length);
        if (batch.at(-1)!.position >= end) return;
      }
    },
  };
}

/**
 * Compares by key, row beside row, so that memory stays flat however many rows there are. Lists are compared by their
 * lines: another release of Node may pack the same in other bytes.
 */
function compareTable(live: SqliteFile, rebuilt: string, projection: Projection, table: Table): TableComparison {
  const name = tableName(projection, table);
  const keys = Object.keys(table.key);
  const types = Object.entries({ ...table.key, ...valuesOf(table) });
  const all = types.map(([column]) => column);
  const columnsOf = (alias: string): string[] =>
    types.map(([column, type]) => (type === 'ANY' ? `unpacked(${alias}."${column}")` : `${alias}."${column}"`));
  const [ours, others] = [columnsOf('one'), columnsOf('other')];
  const countIn = (place: string): number =>
    live.prepare(`SELECT count(*) FROM ${place}."${name}"`).pluck().get() as number;
  const sameKey = keys.map((key) => `one."${key}" = other."${key}"`).join(' AND ');
  const join = (one: string, other: string): string =>
    `FROM ${one}."${name}" AS one LEFT JOIN ${other}."${name}" AS other ON ${sameKey}`;
  const isMissing = `other."${keys[0]}" IS NULL`;
  const differs = ours.map((column, index) => `${column} IS NOT ${others[index]}`).join(' OR ');
  const ofLive = `${join('main', rebuilt)} WHERE ${isMissing} OR ${differs}`;
  const ofRebuilt = `${join(rebuilt, 'main')} WHERE ${isMissing}`;
  const count = (from: string): number => live.prepare(`SELECT count(*) ${from}`).pluck().get() as number;
  const shown = [...ours, ...others].map((column) => `CAST(${column} AS TEXT)`).join(', ');
  const firstOf = (from: string): (string | null)[][] =>
    live.prepare(`SELECT ${shown} ${from} LIMIT ${MOST_SHOWN}`).raw().all() as string[][];
  const rowOf = (cells: readonly (string | null)[]): Row | null =>
    cells[0] === null ? null : Object.fromEntries(all.map((column, index) => [column, cells[index] ?? '']));
  const first = [
    ...firstOf(ofLive).map((cells) => ({ live: rowOf(cells), rebuilt: rowOf(cells.slice(all.length)) })),
    ...firstOf(ofRebuilt).map((cells) => ({ live: null, rebuilt: rowOf(cells) })),
  ];
  return {
    projection: projection.name,
    table: name,
    liveRows: countIn('main'),
    rebuiltRows: countIn(rebuilt),
    differences: count(ofLive) + count(ofRebuilt),
    first: first.slice(0, MOST_SHOWN),
  };
}
