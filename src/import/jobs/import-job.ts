import { LedgerError, type Text, text } from '../../errors.js';
import { type LogIdentity } from '../../event-store/log-identity.js';
import {
  type FileEncoding,
  type FileFormat,
  type ImportOutcome,
  type ImportProgress,
  type ImportReport,
  type TotalLine,
} from '../report/import-report.js';

/** What was sent with a file. */
export interface ImportRequest {
  /** What its sender calls the file; absent where that was not said, and of an earlier release. */
  readonly name?: string | undefined;
  /** Undefined where the file itself shall say. */
  readonly format: FileFormat | undefined;
  readonly encoding?: FileEncoding | undefined;
  readonly dryRun: boolean;
  readonly acceptGood: boolean;
  /** Absent in what a service of an earlier release was asked for. */
  readonly acceptDuplicates?: boolean;
  readonly control?: readonly TotalLine[] | undefined;
}

/** Why an import stands where it stands. */
export interface JobError {
  readonly code: string;
  readonly detail: Text;
}

/** What is known of an import from its arrival on. */
interface Arrived extends ImportRequest {
  readonly id: string;
  readonly bytes: number;
  readonly format: FileFormat;
  /** When it arrived; absent in what a service of an earlier release took. */
  readonly receivedAt?: string;
}

/**
 * - queued, running: it will be, or is being, imported. `cancelling`: it ends before its next batch.
 * - paused: something is in its way that passes; it goes on by itself. `progress` says what is done so far.
 * - done: there is a report, whatever its outcome.
 * - failed: it cannot be imported as it was sent.
 * - cancelled: somebody ended it. `progress` says what was posted, which stays.
 * - set-aside: it was not gone on with, and is not taken up again: it made the service fail, its record cannot be read,
 *   its file is not there, or it belongs to another log. Nothing that was posted is lost; the file may be sent again.
 */
export type JobState =
  | { readonly status: 'queued'; readonly progress?: ImportProgress }
  | { readonly status: 'running'; readonly progress?: ImportProgress; readonly cancelling?: true }
  | { readonly status: 'paused'; readonly error: JobError; readonly progress?: ImportProgress }
  | { readonly status: 'done'; readonly report: ImportReport; readonly endedAt?: string }
  | {
      readonly status: 'failed' | 'set-aside';
      readonly error: JobError;
      readonly progress?: ImportProgress;
      readonly endedAt?: string;
    }
  | { readonly status: 'cancelled'; readonly progress?: ImportProgress; readonly endedAt?: string };

/** An import of a service: one file and what becomes of it. Paths in its report are links. */
export type ImportJob = Arrived & JobState;
export type JobStatus = JobState['status'];

/** What is kept with a job and told to nobody. */
export interface Kept {
  /**
   * Runs that were begun since the import last came further than before, and that ended in nothing: the process died,
   * or a fault was thrown. It is counted before each run.
   */
  readonly attempts: number;
  /** The furthest that a run has come. */
  readonly furthest?: ImportProgress;
  /** Where the log stood when this was written. */
  readonly log?: LogIdentity;
  /** Somebody ended it while it ran. */
  readonly cancelling?: true;
}

/** A job as it is written down. */
export interface JobRecord {
  readonly job: ImportJob;
  readonly kept: Kept;
}

/** A job as it stands in a list: what is long is left out. */
export type ListedJob = Omit<Arrived, 'format' | 'control'> & {
  readonly format: FileFormat | undefined;
  readonly status: JobStatus;
  readonly endedAt?: string;
  readonly error?: JobError;
  readonly progress?: ImportProgress;
  readonly report?: Pick<
    ImportReport,
    'outcome' | 'digest' | 'lines' | 'posted' | 'replayed' | 'rejected' | 'position'
  > & {
    readonly outcome: ImportOutcome;
  };
};

const UNFINISHED: ReadonlySet<string> = new Set<JobStatus>(['queued', 'running', 'paused']);
const STATUSES: ReadonlySet<string> = new Set<JobStatus>([
  'queued',
  'running',
  'paused',
  'done',
  'failed',
  'cancelled',
  'set-aside',
]);

/** Whether it is still to be imported. */
export const isUnfinished = ({ status }: { readonly status: JobStatus }): boolean => UNFINISHED.has(status);

/** A job without what is long. */
export function listed(job: ImportJob): ListedJob {
  const { control: _control, ...others } = job;
  if (others.status !== 'done') return others;
  const { outcome, digest, lines, posted, replayed, rejected, position } = others.report;
  return { ...others, report: { outcome, digest, lines, posted, replayed, rejected, position } };
}

const PHASES: readonly string[] = [
  'inspecting',
  'checking',
  'posting',
  'projecting',
] satisfies ImportProgress['phase'][];

/** Whether a run has come further than another: what an earlier run posted counts as done. */
export function isFurther(progress: ImportProgress, than: ImportProgress | undefined): boolean {
  if (!than) return true;
  const [phase, before] = [PHASES.indexOf(progress.phase), PHASES.indexOf(than.phase)];
  const doneOf = ({ done, posted = done, replayed = 0 }: ImportProgress): number =>
    phase === 2 ? posted + replayed : done;
  return phase > before || (phase === before && doneOf(progress) > doneOf(than));
}

export const writeRecord = ({ job, kept }: JobRecord): string => JSON.stringify({ ...job, kept });

/**
 * The inverse of `writeRecord`; an earlier release kept nothing beside the job.
 * @throws LedgerError invalid `record-unreadable` for everything else: half a record, one of something else
 */
export function readRecord(id: string, written: string): JobRecord {
  const { kept = { attempts: 0 }, ...job } = parsed(written) as { readonly kept?: Kept } & ImportJob;
  if (!isJob(id, job) || !isKept(kept)) throw unreadable();
  return { job, kept };
}

function parsed(written: string): object {
  try {
    const value: unknown = JSON.parse(written);
    if (isObject(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw unreadable();
}

export const unreadable = (): LedgerError =>
  new LedgerError(
    'invalid',
    'record-unreadable',
    text(
      '此导入的记录已损坏或不是导入的记录；已入账的仍在日志中，需要时重新发送文件',
      'the record of this import is damaged, or none of an import; what was posted is in the log, and the file may ' +
        'be sent again',
    ),
  );

type Facts = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isAbsentOr = (type: string, value: unknown): boolean => value === undefined || typeof value === type;
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const ENCODINGS: readonly string[] = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] satisfies FileEncoding[];

function isJob(id: string, job: unknown): job is ImportJob {
  const facts = job as Facts;
  const { name, bytes, format, dryRun, acceptGood, acceptDuplicates, encoding, control, receivedAt, status } = facts;
  return (
    facts['id'] === id &&
    isAbsentOr('string', name) &&
    isCount(bytes) &&
    (format === 'csv' || format === 'ndjson') &&
    typeof dryRun === 'boolean' &&
    typeof acceptGood === 'boolean' &&
    isAbsentOr('boolean', acceptDuplicates) &&
    (encoding === undefined || ENCODINGS.includes(String(encoding))) &&
    isAbsentOr('string', receivedAt) &&
    (control === undefined || (Array.isArray(control) && control.every(isTotal))) &&
    typeof status === 'string' &&
    isStateOf(status, facts)
  );
}

function isStateOf(status: string, { report, error, progress, endedAt }: Facts): boolean {
  const isSaid = isAbsentOr('string', endedAt) && (progress === undefined || isProgress(progress));
  if (!STATUSES.has(status) || !isSaid) return false;
  if (status === 'done') return isReport(report);
  return !['paused', 'failed', 'set-aside'].includes(status) || isError(error);
}

const isTotal = (total: unknown): boolean =>
  isObject(total) &&
  isCount(total['count']) &&
  ['kind', 'fund', 'sum'].every((name) => typeof total[name] === 'string');
const isText = (value: unknown): boolean =>
  isObject(value) && typeof value['zh'] === 'string' && typeof value['en'] === 'string';
const isError = (error: unknown): boolean =>
  isObject(error) && typeof error['code'] === 'string' && isText(error['detail']);
const isProgress = (progress: unknown): boolean =>
  isObject(progress) &&
  PHASES.includes(String(progress['phase'])) &&
  ['done', 'total', 'lines'].every((name) => isCount(progress[name]));
const isReport = (report: unknown): boolean =>
  isObject(report) &&
  typeof report['outcome'] === 'string' &&
  ['lines', 'posted', 'replayed', 'rejected', 'position'].every((name) => isCount(report[name]));

const isKept = (kept: unknown): kept is Kept =>
  isObject(kept) &&
  isCount(kept['attempts']) &&
  (kept['furthest'] === undefined || isProgress(kept['furthest'])) &&
  (kept['log'] === undefined || isIdentity(kept['log']));
const isIdentity = (log: unknown): boolean =>
  isObject(log) && isCount(log['position']) && typeof log['first'] === 'string' && typeof log['hash'] === 'string';
