import { type Language, type Text } from '../errors.js';
import { type Invariant } from '../audit/breach.js';

/** What takes long and is asked for: each reads, and none writes anything into the log. */
export type JobRequest =
  | { readonly kind: 'verify' }
  | { readonly kind: 'replay' }
  | {
      readonly kind: 'export';
      /** The address that asks for the same file at once, e.g. `/v1/audit-trail?fund=employee&format=csv`. */
      readonly request: string;
      readonly language: Language;
    };
export type JobKind = JobRequest['kind'];

/** How far a job has come in the phase that it is in. */
export interface JobProgress {
  /** What it does now. */
  readonly title: Text;
  /** Which phase this is, and of how many. */
  readonly phase: number;
  readonly phases: number;
  /** What is counted. */
  readonly counts: 'positions' | 'events' | 'tables' | 'bytes';
  readonly done: number;
  /** How much there is; null where nobody knows before it is done. */
  readonly total: number | null;
}

/** The same, as it is told: with how fast that goes, once that can be said. */
export interface ToldProgress extends JobProgress {
  readonly perSecond: number | null;
  /** To the end of this phase. */
  readonly remainingSeconds: number | null;
}

/** Something that does not hold, or is worth knowing. */
export interface ToldBreach {
  readonly position: number | null;
  /** The id of the event. */
  readonly id: string | null;
  readonly invariant: Invariant;
  /** What must hold. */
  readonly name: Text;
  readonly expected: string;
  readonly got: string;
}

/** What `verify` says. */
export interface Verified {
  readonly ok: boolean;
  readonly events: number;
  readonly position: number;
  readonly seconds: number;
  /** The first of them, a hundred at most. */
  readonly breaches: readonly ToldBreach[];
  readonly breachCount: number;
  readonly notes: readonly ToldBreach[];
  readonly noteCount: number;
  /** Flows between levels: how many there are of each. */
  readonly transfers: {
    readonly matched: number;
    readonly inTransit: number;
    readonly unmatched: number;
    readonly repeated: number;
  };
  /** What of the read tables was compared with the log. */
  readonly readTables: readonly { readonly projection: string; readonly position: number }[];
}

/** What `replay` says. */
export interface Replayed {
  readonly equal: boolean;
  readonly events: number;
  readonly seconds: number;
  readonly tables: readonly {
    readonly projection: string;
    readonly table: string;
    readonly position: number;
    readonly liveRows: number;
    readonly rebuiltRows: number;
    readonly differences: number;
    /** The first rows that differ, as text, cut where they are long; null where a side lacks one. */
    readonly first: readonly { readonly live: string | null; readonly rebuilt: string | null }[];
  }[];
  /** Projections that could not be compared, and why. */
  readonly notThere: readonly { readonly projection: string; readonly why: string }[];
}

/** A file that an answer was written to. */
export interface ExportedFile {
  /** What it is called where it is saved. */
  readonly name: string;
  readonly format: 'csv' | 'xlsx';
  readonly bytes: number;
  readonly sha256: string;
  /** The position of the log that it shows. */
  readonly position: number;
}

export type JobResult = { readonly verify: Verified } | { readonly replay: Replayed } | { readonly file: ExportedFile };

/** Why a job did not come to its end. */
export interface JobError {
  readonly code: string;
  readonly detail: Text;
}

/**
 * - queued: it waits for those before it. `running`: it is at work.
 * - done: there is a result. `failed`: something ended it, which is said.
 * - cancelled: somebody ended it. `cut-off`: the service ended under it.
 */
export type JobStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'cut-off';

/** A job of a service, as its record has it. */
export type Job = JobRequest & {
  readonly id: string;
  readonly status: JobStatus;
  /** UTC, as all times here. */
  readonly askedAt: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly error?: JobError;
  readonly result?: JobResult;
};

const STATUSES: ReadonlySet<unknown> = new Set<JobStatus>([
  'queued',
  'running',
  'done',
  'failed',
  'cancelled',
  'cut-off',
]);
const KINDS: ReadonlySet<unknown> = new Set<JobKind>(['verify', 'replay', 'export']);

export const isJobKind = (kind: unknown): kind is JobKind => KINDS.has(kind);

/** Whether it is still to be done. */
export const isWaiting = ({ status }: Pick<Job, 'status'>): boolean => status === 'queued' || status === 'running';

/** The job in a record. @throws SyntaxError where it is none */
export function readJob(id: string, written: string): Job {
  const read = JSON.parse(written) as Partial<Record<string, unknown>> | null;
  const isWhole =
    read?.['id'] === id &&
    isJobKind(read['kind']) &&
    STATUSES.has(read['status']) &&
    typeof read['askedAt'] === 'string' &&
    (read['kind'] !== 'export' || typeof read['request'] === 'string') &&
    (read['status'] !== 'done' || typeof read['result'] === 'object');
  if (!isWhole) throw new SyntaxError(`${id} is no record of a job`);
  return read as unknown as Job;
}
