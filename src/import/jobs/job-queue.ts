import { setTimeout as sleep } from 'node:timers/promises';
import { LedgerError, text } from '../../errors.js';
import { compareLog } from '../../event-store/log-identity.js';
import { pause } from '../../event-store/retrying.js';
import { type ImportTarget } from '../import-run.js';
import { type ImportProgress, type ImportReport } from '../report/import-report.js';
import { ImportStopped } from '../report/import-stopped.js';
import { runImport } from '../run-import.js';
import { type JobError } from './import-job.js';
import { judge, ofAnotherLog, poisonous, uploadMissing } from './job-failure.js';
import { type ImportList } from './job-folder.js';
import { type JobRegister } from './job-register.js';
import { demandRoom } from './limits.js';
import { type LiveJob } from './live-job.js';

/** An import is tried once more where it made the process end or fail, and then set aside. */
const MOST_ATTEMPTS = 2;
/** How often it is written down how far an import has come. */
const SAVED_EVERY_MS = 5_000;
/** So long a run that was told to end may take to do so; what it has posted by then is in the log. */
const MOST_STOPPING_MS = 2_500;
/** So long whoever cancels an import waits for the end of the batch in hand. */
const MOST_CANCELLING_MS = 3_000;
const LONGEST_IDLE_MS = 60_000;

/**
 * Imports one file after the other: they are tried on books that no other import is filling. One that something is in
 * the way of is put off, and the others have their turn.
 */
export class JobQueue {
  private woken = new AbortController();
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly ledger: ImportTarget,
    private readonly register: JobRegister,
    private readonly stopping: AbortSignal,
    private readonly told: (message: string, error?: unknown) => void,
  ) {}

  start(): void {
    this.stopping.addEventListener('abort', () => this.wake());
    this.working = this.work();
  }

  /** Something may be there to be done. */
  wake(): void {
    this.woken.abort();
  }

  /** Ends an import: at once where it waits, before its next batch where it runs. */
  async cancel(live: LiveJob): Promise<void> {
    live.cancelling();
    if (!live.run) return this.register.end(live, { status: 'cancelled', ...live.soFar() });
    this.register.save(live);
    live.run.cancel.abort();
    await Promise.race([live.run.ended, sleep(MOST_CANCELLING_MS, undefined, { ref: false })]);
  }

  /** Waits for the end of the import in hand. */
  async stopped(): Promise<void> {
    await this.working;
  }

  private async work(): Promise<void> {
    while (!this.stopping.aborted) {
      const now = performance.now();
      const all = [...this.register.live.values()];
      const next = all.find(({ notBefore }) => notBefore <= now);
      if (next) await this.take(next);
      else {
        const first = all.reduce((least, { notBefore }) => Math.min(least, notBefore), now + LONGEST_IDLE_MS);
        await pause(first - now, this.woken.signal);
        this.woken = new AbortController();
      }
    }
  }

  /** Takes an import in hand. Whatever happens is its own matter, never the queue's. */
  private async take(live: LiveJob): Promise<void> {
    const cancel = new AbortController();
    const run = this.run(live, AbortSignal.any([this.stopping, cancel.signal]));
    live.run = { cancel, ended: run };
    await run;
    live.run = undefined;
  }

  private async run(live: LiveJob, signal: AbortSignal): Promise<void> {
    // Who cancelled it has been told so, by this service or the one before.
    if (live.kept.cancelling) return this.register.end(live, { status: 'cancelled', ...live.soFar() });
    try {
      await this.demandFit(live);
      live.begin();
      await this.register.write(live);
      const report = await orAbandoned(this.import(live, signal), this.stopping);
      this.register.end(live, { status: 'done', report: withLinks(live.job.id, report) });
    } catch (error) {
      this.takeFailure(live, error);
    }
  }

  private import(live: LiveJob, signal: AbortSignal): Promise<ImportReport> {
    const { id, format, encoding, dryRun, acceptGood, acceptDuplicates, control } = live.job;
    const { folder } = this.register;
    const ownLists = folder.listsOf(id);
    const options = { format, encoding, dryRun, acceptGood, acceptDuplicates, control, ownLists, signal };
    let savedAt = performance.now();
    let hasPosted = false;
    const tell = (progress: ImportProgress): void => {
      live.comeTo(progress);
      const isFirstPosted = !hasPosted && progress.phase === 'posting' && progress.done > 0;
      hasPosted ||= isFirstPosted;
      if (!isFirstPosted && performance.now() - savedAt < SAVED_EVERY_MS) return;
      savedAt = performance.now();
      this.register.save(live);
    };
    return runImport(this.ledger, folder.uploadOf(id, format), options, tell);
  }

  /** Whether it can be tried now. @throws LedgerError that says why not */
  private async demandFit(live: LiveJob): Promise<void> {
    const { job, kept } = live;
    const { store, books } = this.ledger;
    const { folder } = this.register;
    const likeness = kept.log ? await compareLog(store, kept.log) : 'same';
    if (likeness !== 'same') throw ofAnotherLog(likeness);
    if (kept.attempts >= MOST_ATTEMPTS) throw poisonous();
    if ((await folder.uploadBytes(job.id, job.format)) !== job.bytes) throw uploadMissing();
    demandRoom(await folder.room(), job.bytes);
    // What waits for the clock or the store is not checked anew from its first line for nothing.
    if (job.status === 'paused' && job.error.code === 'clock-out-of-bounds') books.today();
    if (store.failure) throw storeRefuses(store.failure);
  }

  private takeFailure(live: LiveJob, error: unknown): void {
    if (error instanceof ImportStopped) live.stoppedAt(error.counts);
    const { job, kept } = live;
    if (kept.cancelling) return this.register.end(live, { status: 'cancelled', ...live.soFar() });
    if (this.stopping.aborted) {
      live.putOff({ status: 'queued' }, error !== this.stopping.reason);
      return this.register.save(live);
    }
    const { verdict, error: why } = judge(error);
    if (verdict === 'fault') this.told(`import ${job.id}: a fault while it ran`, error);
    if (verdict === 'passing') return this.putOff(live, why);
    if (verdict === 'fault' && kept.attempts < MOST_ATTEMPTS) return this.putOff(live, why, true);
    const status = verdict === 'refused' ? 'failed' : 'set-aside';
    const reason = verdict === 'fault' ? judge(poisonous()).error : why;
    this.told(`import ${job.id}: ${status}: ${reason.detail.en}`);
    this.register.end(live, { status, error: reason, ...live.soFar() });
  }

  private putOff(live: LiveJob, why: JobError, isFault = false): void {
    const { job } = live;
    const isNew = job.status !== 'paused' || job.error.code !== why.code;
    live.putOff({ status: 'paused', error: why }, isFault);
    this.register.toEnd(live);
    if (!isNew) return;
    this.told(`import ${job.id}: paused: ${why.detail.en}`);
    this.register.save(live);
  }
}

/** The result of a run; the reason of the signal where the run does not hear of it in time. */
async function orAbandoned<T>(run: Promise<T>, signal: AbortSignal): Promise<T> {
  const over = new AbortController();
  const abandoned = new Promise<never>((_resolve, reject) => {
    const abandon = async (): Promise<void> => {
      await pause(MOST_STOPPING_MS, over.signal);
      reject(signal.reason as Error);
    };
    if (signal.aborted) void abandon();
    else signal.addEventListener('abort', () => void abandon(), { signal: over.signal });
  });
  try {
    return await Promise.race([run, abandoned]);
  } finally {
    over.abort();
  }
}

function withLinks(id: string, report: ImportReport): ImportReport {
  const link = (list: ImportList): string => `/v1/imports/${id}/${list}`;
  return {
    ...report,
    file: `/v1/imports/${id}`,
    ...(report.errorsFile && { errorsFile: link('errors') }),
    ...(report.rejectsFile && { rejectsFile: link('rejects') }),
  };
}

const storeRefuses = ({ message }: Error): LedgerError =>
  new LedgerError(
    'unavailable',
    'store-unavailable',
    text(`事件存储不接受写入：${message}`, `the event store takes no appends: ${message}`),
  );
