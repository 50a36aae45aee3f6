import { Pauses } from '../../event-store/retrying.js';
import { type ImportProgress } from '../report/import-report.js';
import { type ImportCounts } from '../report/import-stopped.js';
import { type ImportJob, isFurther, type JobRecord, type JobState, type Kept } from './import-job.js';

/** A run that has lasted longer is no mere look whether it can go on. */
const STILL_PAUSED_MS = 5_000;

/** An import that is still to be finished, as it stands in the service. */
export class LiveJob {
  private record: JobRecord;
  /** The time, by `performance.now()`, before which it is not tried again. */
  notBefore = 0;
  /** Ends the run in hand before its next batch; undefined while none is. */
  run: { readonly cancel: AbortController; readonly ended: Promise<void> } | undefined;
  private readonly pauses = new Pauses();
  private begunAt = 0;
  /** How far the run in hand has come. */
  private last: ImportProgress | undefined;

  constructor(record: JobRecord) {
    this.record = record;
    // A run ends with its service, whatever the record says.
    if (record.job.status === 'running')
      this.record = { ...record, job: this.with({ status: 'queued', ...this.soFar() }) };
  }

  get job(): ImportJob {
    return this.record.job;
  }

  get kept(): Kept {
    return this.record.kept;
  }

  /** The job with another state. */
  with(state: JobState): ImportJob {
    const { id, name, bytes, format, receivedAt, encoding, dryRun, acceptGood, acceptDuplicates, control } = this.job;
    const arrived = {
      id,
      ...(name !== undefined && { name }),
      bytes,
      format,
      ...(receivedAt !== undefined && { receivedAt }),
    };
    const request = { encoding, dryRun, acceptGood, acceptDuplicates, control };
    return { ...arrived, ...request, ...state };
  }

  /** A run begins, and counts until it comes to something. One that was paused is so until it comes further. */
  begin(): void {
    const { job, kept } = this;
    this.begunAt = performance.now();
    this.last = undefined;
    const state: JobState = job.status === 'paused' ? job : { status: 'running', ...this.soFar() };
    this.record = { job: this.with(state), kept: { ...kept, attempts: kept.attempts + 1 } };
  }

  /** Takes note of how far the run in hand has come; one that comes further than any before was no failed attempt. */
  comeTo(progress: ImportProgress): void {
    const { job, kept } = this;
    this.last = progress;
    const further = isFurther(progress, kept.furthest);
    if (further) this.pauses.reset();
    if (job.status === 'paused' && !further && performance.now() - this.begunAt < STILL_PAUSED_MS) return;
    this.record = {
      job: this.with({ status: 'running', progress, ...(kept.cancelling && { cancelling: true }) }),
      kept: further ? { ...kept, furthest: progress, attempts: 1 } : kept,
    };
  }

  /** Takes note of what a run had done when it was stopped, to the line. */
  stoppedAt({ posted, replayed, rejected }: ImportCounts): void {
    if (this.last) this.comeTo({ ...this.last, posted, replayed, rejected });
  }

  /** Puts it off; what was in its way is not counted against it unless it was a fault. */
  putOff(state: Extract<JobState, { status: 'queued' | 'paused' }>, isFault = false): void {
    const { kept } = this;
    this.notBefore = performance.now() + this.pauses.next();
    this.record = { job: this.with({ ...state, ...this.soFar() }), kept: isFault ? kept : { ...kept, attempts: 0 } };
  }

  /** Somebody wants it to end. */
  cancelling(): void {
    const { job } = this;
    const state: JobState | undefined =
      job.status === 'running' ? { status: 'running', ...this.soFar(), cancelling: true } : undefined;
    this.record = { job: state ? this.with(state) : job, kept: { ...this.kept, cancelling: true } };
  }

  /** The furthest it has come: a run that is made again begins from the first line, and finds what was posted. */
  soFar(): { readonly progress?: ImportProgress } {
    const { furthest } = this.kept;
    return furthest ? { progress: furthest } : {};
  }
}
