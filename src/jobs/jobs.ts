import { randomUUID } from 'node:crypto';
import { type FileHandle, stat } from 'node:fs/promises';
import { Chores } from '../chores.js';
import { LedgerError, type Text, text } from '../errors.js';
import { demandRoom } from '../import/jobs/limits.js';
import { leaveDone } from '../last-done.js';
import { type DataDirectory } from '../data-directory.js';
import { type Ledger } from '../ledger.js';
import { asLedgerError } from '../machine-fault.js';
import { DAY_MS } from '../time/recording-clock.js';
import { isOverWithin } from '../time/within.js';
import { VERSION } from '../version.js';
import { type ExportedFile, isWaiting, type Job, type JobError, type JobRequest, type ToldProgress } from './job.js';
import { saysOf } from './job-words.js';
import { JobPace } from './job-pace.js';
import { JobRecords } from './job-records.js';
import { runJob, ThreadEnded } from './job-thread.js';
import { type TaskDone } from './task.js';

/** What jobs need of a ledger. */
export type JobsTarget = Pick<Ledger, 'place'> & {
  readonly directory: Pick<DataDirectory, 'anchor' | 'demandOurs' | 'whenLost'> & {
    readonly paths: { readonly read: string };
    readonly anchored: { readonly jobs: string };
  };
};

/** A job as it is told. */
export type ToldJob = Job & {
  readonly progress?: ToldProgress;
  /** What came of it, in a sentence. */
  readonly says?: Text;
  readonly links: { readonly job: string; readonly file?: string };
};

/** What the jobs of a service may take. */
export interface JobLimits {
  /** Most jobs that wait or run; one more is refused. */
  readonly mostWaiting: number;
  /** Most that have ended and are kept; the oldest go first. */
  readonly mostKept: number;
  /** How long the file of an export is kept, in days; its job is known longer. */
  readonly keepFilesDays: number;
  /** Most bytes of all such files; the oldest go first. */
  readonly mostFileBytes: number;
}

export const USUAL_JOB_LIMITS: JobLimits = {
  mostWaiting: 10,
  mostKept: 100,
  keepFilesDays: 7,
  mostFileBytes: 16 * 1024 ** 3,
};

/** So long a stop waits for the job in hand to end, and then for what is being written. */
const MOST_STOPPING_MS = 2_500;
const MOST_WRITING_MS = 1_500;
/** So long whoever cancels a job waits for its end. */
const MOST_CANCELLING_MS = 2_000;
const SWEPT_EVERY_MS = 3_600_000;

/**
 * The long work of a service: what is asked for is written down, done one after the other in a thread of its own, and
 * known with its result over a reload of a page and a restart. It only reads; nothing that happens to a job, or to
 * their folder, is in the way of recording.
 */
export class Jobs {
  private readonly stopping = new AbortController();
  private readonly chores: Chores;
  private readonly records: JobRecords;
  /** In the order in which they were asked for. */
  private readonly jobs = new Map<string, Job>();
  /** Those that are being written down. */
  private readonly arriving = new Set<Job>();
  private inHand: { readonly id: string; readonly cancel: AbortController; readonly pace: JobPace } | undefined;
  private working: Promise<void> | undefined;

  /**
   * @param boundMs how far the clock may lie from the last recorded time
   * @param told hears of what an operator should know, with the error where there is one
   * @param run does a job
   */
  constructor(
    private readonly ledger: JobsTarget,
    private readonly boundMs: number,
    private readonly limits: JobLimits = USUAL_JOB_LIMITS,
    private readonly told: (message: string, error?: unknown) => void = () => undefined,
    private readonly run = runJob,
  ) {
    this.chores = new Chores(this.stopping.signal, (name, error) =>
      error === undefined ? told(`jobs: ${name}: done after all`) : told(`jobs: ${name}: not done yet`, error),
    );
    const { directory } = ledger;
    this.records = new JobRecords(directory.anchored.jobs, () => directory.demandOurs());
    directory.whenLost(() => void this.stop());
  }

  /** Begins: takes up what an earlier service left. It does not wait for that, and never fails. */
  resume(): void {
    this.chores.do('folder', () => this.scan());
    const timer = setInterval(() => this.chores.do('sweep', () => this.sweep()), SWEPT_EVERY_MS);
    timer.unref();
    this.stopping.signal.addEventListener('abort', () => clearInterval(timer));
  }

  /**
   * Asks for a job; on return it is on disk. One of the same that waits or runs is what is asked for: it is not done
   * twice.
   * @throws LedgerError unavailable `too-many-jobs`, `disk-full`, `data-directory-lost`, `stopping`
   */
  async ask(request: JobRequest): Promise<ToldJob> {
    this.ledger.directory.demandOurs();
    if (this.stopping.signal.aborted) throw stopping();
    const waiting = [...this.jobs.values(), ...this.arriving].filter(isWaiting);
    const same = waiting.find((job) => isSame(job, request));
    if (same) return this.tell(same);
    if (waiting.length >= this.limits.mostWaiting) throw tooMany(this.limits.mostWaiting);
    const job: Job = { id: randomUUID(), ...request, status: 'queued', askedAt: now() };
    this.arriving.add(job);
    try {
      demandRoom(await this.records.room(), 0);
      await this.records.write(job.id, () => job);
      this.jobs.set(job.id, job);
    } finally {
      this.arriving.delete(job);
    }
    this.work();
    return this.find(job.id);
  }

  /** All jobs that are known, the newest first, without what is long. */
  list(): Omit<ToldJob, 'result'>[] {
    return [...this.jobs.values()].toReversed().map((job) => {
      const { result: _, ...listed } = this.tell(job);
      return listed;
    });
  }

  /** @throws LedgerError not-found */
  find(id: string): ToldJob {
    const job = this.jobs.get(id);
    if (!job) throw new LedgerError('not-found', 'no-such-job', text(`没有任务 ${id}`, `there is no job ${id}`));
    return this.tell(job);
  }

  /** The file that a job has written, open for reading. @throws LedgerError not-found, where there is none any more */
  async openFile(id: string): Promise<{ readonly facts: ExportedFile; readonly file: FileHandle }> {
    const { result } = this.find(id);
    if (!result || !('file' in result)) throw noFile(id);
    try {
      return { facts: result.file, file: await this.records.open(id, result.file.format) };
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? noFile(id) : error;
    }
  }

  /**
   * Ends a job, or removes one that has ended, and its file with it.
   * @returns how it stands now; undefined where it is gone
   * @throws LedgerError not-found
   */
  async cancel(id: string): Promise<ToldJob | undefined> {
    const job = this.find(id);
    if (!isWaiting(job)) {
      await this.remove(id);
      return undefined;
    }
    if (this.inHand?.id === id) {
      this.inHand.cancel.abort(new Error('cancelled'));
      await isOverWithin(this.working ?? Promise.resolve(), MOST_CANCELLING_MS);
    } else this.end(id, { status: 'cancelled' });
    return this.find(id);
  }

  /** Ends the job in hand, which is cut off; those that wait are done when the service starts again. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('stopping'));
    await isOverWithin(this.working ?? Promise.resolve(), MOST_STOPPING_MS);
    await isOverWithin(this.chores.settled(), MOST_WRITING_MS);
  }

  private async scan(): Promise<void> {
    const known = await this.records.all((name, error) => this.told(`jobs: ${name} is no record of a job`, error));
    const later = [...this.jobs];
    this.jobs.clear();
    for (const job of known) this.jobs.set(job.id, job);
    for (const [id, job] of later) this.jobs.set(id, job);
    for (const { id, status } of known)
      if (status === 'running' && this.inHand?.id !== id) this.end(id, { status: 'cut-off', error: CUT_OFF });
    await this.sweep();
    this.work();
  }

  /** Does what waits, one after the other. */
  private work(): void {
    const next = [...this.jobs.values()].find(({ status }) => status === 'queued');
    if (this.working || !next || this.stopping.signal.aborted) return;
    this.working = this.take(next).finally(() => {
      this.working = undefined;
      this.work();
    });
  }

  /** Takes a job in hand. Whatever happens is its own matter, and it always ends. */
  private async take({ id, ...job }: Job): Promise<void> {
    const cancel = new AbortController();
    const pace = new JobPace(() => performance.now());
    this.inHand = { id, cancel, pace };
    this.change(id, { status: 'running', startedAt: now() });
    try {
      await this.demandRoomFor(job);
      const { place, directory } = this.ledger;
      const files = this.records.filesOf(id);
      const task = { request: job, place, dataDir: directory.anchor, files, boundMs: this.boundMs };
      const signal = AbortSignal.any([this.stopping.signal, cancel.signal]);
      const done = await this.run(task, (progress) => pace.comeTo(progress), signal);
      this.end(id, { status: 'done', result: done.result });
      this.leave(done);
    } catch (error) {
      if (cancel.signal.aborted) this.end(id, { status: 'cancelled' });
      else if (this.stopping.signal.aborted) this.end(id, { status: 'cut-off', error: CUT_OFF });
      else this.end(id, { status: 'failed', error: this.reasonOf(id, error) });
    }
    this.inHand = undefined;
    this.chores.do('sweep', () => this.sweep());
  }

  /** What is made anew beside the read tables takes as much room as they do. */
  private async demandRoomFor({ kind }: Pick<Job, 'kind'>): Promise<void> {
    const { read } = this.ledger.directory.paths;
    const bytes =
      kind === 'replay'
        ? await stat(read).then(
            ({ size }) => size,
            () => 0,
          )
        : 0;
    demandRoom(await this.records.room(), bytes);
  }

  private reasonOf(id: string, error: unknown): JobError {
    const said = asLedgerError(error);
    if (!(said instanceof LedgerError) || said instanceof ThreadEnded)
      this.told(`job ${id}: a fault while it ran`, error);
    return said instanceof LedgerError ? { code: said.code, detail: said.text } : FAULT;
  }

  /** A verification is remembered beside the log, like one by the command. */
  private leave({ result, log }: TaskDone): void {
    if (!('verify' in result)) return;
    const { events, position, breachCount, noteCount, seconds } = result.verify;
    const figures = { events, position, breachCount, noteCount, seconds };
    const done = { at: now(), version: VERSION, by: 'job', ...figures, log } as const;
    const { directory } = this.ledger;
    this.chores.do('last verification', () => {
      directory.demandOurs();
      return leaveDone(directory.anchor, 'verification', done);
    });
  }

  private end(id: string, state: Pick<Job, 'status' | 'error' | 'result'>): void {
    this.change(id, { ...state, endedAt: now() });
  }

  /** Takes note of how a job stands, and writes that down as soon as it can be. */
  private change(id: string, state: Partial<Pick<Job, 'status' | 'startedAt' | 'endedAt' | 'error' | 'result'>>): void {
    const job = this.jobs.get(id);
    if (!job) return;
    this.jobs.set(id, { ...job, ...state });
    this.chores.do(`record ${id}`, () => this.records.write(id, () => this.jobs.get(id)));
  }

  private async remove(id: string): Promise<void> {
    const job = this.jobs.get(id);
    this.jobs.delete(id);
    try {
      await this.records.remove(id);
    } catch (error) {
      if (job) this.jobs.set(id, job);
      throw error;
    }
  }

  private tell(job: Job): ToldJob {
    const { id, status, result } = job;
    const progress = this.inHand?.id === id && status === 'running' ? this.inHand.pace.told() : undefined;
    const links = { job: `/v1/jobs/${id}`, ...(result && 'file' in result && { file: `/v1/jobs/${id}/file` }) };
    return { ...job, ...(progress && { progress }), ...(result && { says: saysOf(result) }), links };
  }

  /** Removes what is too old, or too much, and what a job has written that did not come to its end. */
  private async sweep(): Promise<void> {
    const { mostKept, keepFilesDays, mostFileBytes } = this.limits;
    const ended = [...this.jobs.values()].filter((job) => !isWaiting(job)).toReversed();
    for (const { id } of ended.slice(mostKept)) await this.remove(id);
    const oldest = new Date(Date.now() - keepFilesDays * DAY_MS).toISOString();
    const kept = new Set<string>();
    let bytes = 0;
    for (const { id, result, endedAt = '' } of ended.slice(0, mostKept)) {
      if (!result || !('file' in result)) continue;
      bytes += result.file.bytes;
      if (endedAt >= oldest && bytes <= mostFileBytes) kept.add(`${id}.${result.file.format}`);
    }
    await this.records.clear((id, ending) => kept.has(id + ending) || id === this.inHand?.id);
  }
}

const now = (): string => new Date().toISOString();

/** Whether a job is of what is asked for: its kind, and of an export also its address and language. */
const isSame = (job: Job, request: JobRequest): boolean =>
  Object.entries(request).every(([name, value]) => (job as unknown as Record<string, unknown>)[name] === value);

const CUT_OFF: JobError = {
  code: 'cut-off',
  detail: text(
    '服务在此任务进行中停止了；没有留下任何结果，需要时请重新发起',
    'the service ended while this was at work; nothing of it is left, ask for it again where it is wanted',
  ),
};
const FAULT: JobError = {
  code: 'internal-error',
  detail: text('服务内部出错，详情在日志中', 'a fault of the service; the log has the details'),
};

const tooMany = (most: number): LedgerError =>
  new LedgerError(
    'unavailable',
    'too-many-jobs',
    text(
      `等候的任务已达上限（${most} 个），请稍后再来`,
      `as many jobs as may wait are waiting (${most}); ask again later`,
    ),
  );
const stopping = (): LedgerError =>
  new LedgerError('unavailable', 'stopping', text('服务正在停止', 'the service is stopping'));
const noFile = (id: string): LedgerError =>
  new LedgerError(
    'not-found',
    'no-such-file',
    text(`任务 ${id} 没有文件，或已不再保留`, `job ${id} has no file, or has it no more`),
  );
