import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Text, text } from '../errors.js';
import { compareLog, type LogIdentity, type LogLikeness } from '../event-store/log-identity.js';
import { type BackupDone, type Doing, readDone, type RestoreDone, type VerificationDone } from '../last-done.js';
import { type Ledger } from '../ledger.js';
import { codeOf } from '../machine-fault.js';
import { clockText } from '../time/recording-clock.js';
import { isOverWithin } from '../time/within.js';
import { VERSION } from '../version.js';
import { conditionTold, type ConditionTold } from './condition-words.js';
import { PROJECTION_TITLES } from './projection-titles.js';
import { type Condition } from './readiness.js';

/** A folder or the files of one thing, and how many bytes they take. */
interface Size {
  readonly name: string;
  readonly title: Text;
  readonly bytes: number;
}

/** Something that was done, and whether the log is still the one that it was done with; null where nobody can say. */
type Told<D> = Omit<D, 'log'> & { readonly likeness: LogLikeness | null };

/** How a ledger and its service stand, for a person. */
export interface Operation {
  /** The end of the log; null where it does not answer. */
  readonly position: number | null;
  readonly version: string;
  readonly startedAt: string;
  readonly uptimeSeconds: number;
  readonly store: 'sqlite' | 'kurrentdb';
  readonly ready: boolean;
  readonly conditions: readonly ConditionTold[];
  readonly projections: readonly {
    readonly name: string;
    readonly title: Text;
    readonly position: number;
    readonly lag: number | null;
    readonly failure: string | null;
  }[];
  readonly relay: { readonly state: string; readonly position: number; readonly lag: number | null } | null;
  readonly clock: {
    readonly state: string;
    readonly now: string;
    readonly lastRecordedAt: string | null;
    readonly says: Text;
  };
  readonly sizes: readonly Size[];
  readonly disk: { readonly freeBytes: number; readonly bytes: number };
  readonly lastVerification: Told<VerificationDone> | null;
  readonly lastBackup: Told<BackupDone> | null;
  readonly lastRestore: Told<RestoreDone> | null;
  /** Records of these that are there and cannot be read, and why. */
  readonly unreadable: readonly { readonly record: string; readonly why: string }[];
}

/** What the answer is made of. */
export type Operated = Pick<Ledger, 'store' | 'place' | 'directory' | 'recordingClock' | 'clock'> & {
  readonly tables: Pick<Ledger['tables'], 'checkpoints'>;
};

/** When this process began. */
const STARTED_MS = Math.round(performance.timeOrigin);
/** A log that has not answered by then is not waited for. */
const ANSWER_WITHIN_MS = 800;

/** @param conditions how each part stands, as readiness has it */
export async function operationOf(ledger: Operated, conditions: readonly Condition[]): Promise<Operation> {
  const { place, directory, recordingClock, tables, clock } = ledger;
  const position = numberIn(conditions, 'store', 'position');
  const relay = conditions.find(({ name }) => name === 'relay')?.facts;
  const lagOf = (at: number): number | null => (position === null ? null : Math.max(0, position - at));
  const reading = recordingClock.reading();
  const [verification, backup, restore] = await Promise.all([
    readLast(ledger, 'verification'),
    readLast(ledger, 'backup'),
    readLast(ledger, 'restore'),
  ]);
  const { bavail, blocks, bsize } = await statfs(directory.path);
  return {
    position,
    version: VERSION,
    startedAt: new Date(STARTED_MS).toISOString(),
    uptimeSeconds: Math.max(0, Math.round((clock() - STARTED_MS) / 1_000)),
    store: place.store,
    ready: conditions.every(({ down }) => !down),
    conditions: conditions.map((condition) => conditionTold(condition, PROJECTION_TITLES)),
    projections: tables.checkpoints().map(({ projection: name, position: at, failure }) => {
      const title = PROJECTION_TITLES[name] ?? text(name, name);
      return { name, title, position: at, lag: lagOf(at), failure };
    }),
    relay: relay
      ? { state: String(relay['state']), position: Number(relay['position']), lag: lagOf(Number(relay['position'])) }
      : null,
    clock: {
      state: reading.state,
      now: new Date(reading.clockMs).toISOString(),
      lastRecordedAt: reading.lastMs === undefined ? null : new Date(reading.lastMs).toISOString(),
      says: clockText(reading),
    },
    sizes: await sizesOf(ledger),
    disk: { freeBytes: bavail * bsize, bytes: blocks * bsize },
    lastVerification: verification.told,
    lastBackup: backup.told,
    lastRestore: restore.told,
    unreadable: [verification, backup, restore].flatMap(({ problem }) => problem ?? []),
  };
}

function numberIn(conditions: readonly Condition[], part: string, fact: string): number | null {
  const value = conditions.find(({ name }) => name === part)?.facts[fact];
  return typeof value === 'number' ? value : null;
}

interface Last<D> {
  readonly told: Told<D> | null;
  readonly problem?: { readonly record: string; readonly why: string };
}

/** What was done last; a record that cannot be read is named, and is in the way of nothing. */
async function readLast<D extends Doing>({ directory, store }: Operated, doing: D) {
  type Done = NonNullable<Awaited<ReturnType<typeof readDone<D>>>>;
  try {
    const done = await readDone(directory.path, doing);
    if (!done) return { told: null } satisfies Last<Done>;
    const { log, ...others } = done;
    return { told: { ...others, likeness: await likenessOf(store, log) } } as Last<Done>;
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : codeOf(error);
    if (why === '') throw error;
    return { told: null, problem: { record: `last-${doing}.json`, why } } as Last<Done>;
  }
}

async function likenessOf(store: Ledger['store'], log: LogIdentity): Promise<LogLikeness | null> {
  let likeness: LogLikeness | null = null;
  const compared = compareLog(store, log).then(
    (found) => void (likeness = found),
    // What does not answer is named under the conditions.
    () => undefined,
  );
  await isOverWithin(compared, ANSWER_WITHIN_MS);
  return likeness;
}

/** What of the data directory takes how much. A log on a server is not weighed. */
async function sizesOf({ place, directory: { paths } }: Operated): Promise<Size[]> {
  const log = place.store === 'sqlite' ? [size('log', LOG, await bytesOf(database(paths.log)))] : [];
  return [
    ...log,
    size('read-tables', READ_TABLES, await bytesOf(database(paths.read))),
    size('imports', IMPORTS, await bytesIn(paths.imports)),
    size('jobs', JOBS, await bytesIn(paths.jobs)),
  ];
}

const LOG = text('事件日志（log.db）', 'Event log (log.db)');
const READ_TABLES = text('查询视图（read.db）', 'Read tables (read.db)');
const IMPORTS = text('导入的文件与清单', 'Files of imports and their lists');
const JOBS = text('任务的记录与文件', 'Records and files of jobs');

const size = (name: string, title: Text, bytes: number): Size => ({ name, title, bytes });

const database = (path: string): string[] => ['', '-wal', '-shm'].map((ending) => path + ending);

async function bytesOf(paths: readonly string[]): Promise<number> {
  const found = await Promise.all(paths.map((path) => stat(path).catch(unlessGone)));
  return found.reduce((all, each) => all + (each?.size ?? 0), 0);
}

async function bytesIn(folder: string): Promise<number> {
  const names = (await readdir(folder).catch(unlessGone)) ?? [];
  return bytesOf(names.map((name) => join(folder, name)));
}

/** Files come and go while they are weighed. */
function unlessGone(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}
