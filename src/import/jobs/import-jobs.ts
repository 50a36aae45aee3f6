import { type Vocabulary } from '../../text/codes.js';
import { type FileHandle } from 'node:fs/promises';
import { LedgerError, text } from '../../errors.js';
import { asLedgerError } from '../../machine-fault.js';
import { isOverWithin } from '../../time/within.js';
import { type ImportTarget } from '../import-run.js';
import { type FileFormat } from '../report/import-report.js';
import { Chores } from '../../chores.js';
import { type ImportJob, type ImportRequest, type ListedJob } from './import-job.js';
import { JobFolder, listNamed } from './job-folder.js';
import { JobQueue } from './job-queue.js';
import { JobRegister } from './job-register.js';
import { type ImportLimits, USUAL_LIMITS } from './limits.js';
import { LiveJob } from './live-job.js';
import { type Upload, UploadPlaces } from './upload-places.js';

/** How the imports of a service stand. */
export interface ImportsState {
  /** - failing: something cannot be written or read; it is tried again. - paused: an import waits for something. */
  readonly state: 'ok' | 'paused' | 'failing';
  readonly uploads: number;
  readonly queued: number;
  readonly running: number;
  readonly paused: number;
  readonly setAside: number;
  /** Why it is not `ok`. */
  readonly message?: string;
}

/** A list of an import that is open for reading. */
export interface OpenedList {
  readonly format: FileFormat;
  readonly file: FileHandle;
}

/** So long a stop waits for the import in hand, and then for what is being written. */
const MOST_STOPPING_MS = 3_000;
const MOST_WRITING_MS = 1_500;
const SWEPT_EVERY_MS = 3_600_000;

/**
 * The imports of a service. Each is a file and a small record of it in the data directory, so that one which a stopped
 * service left unfinished goes on when the service starts again. Nothing that happens to one of them, or to the folder,
 * ends the service or keeps it from starting.
 */
export class ImportJobs {
  private readonly stopping = new AbortController();
  private readonly chores: Chores;
  private readonly folder: JobFolder;
  private readonly register: JobRegister;
  private readonly uploads: UploadPlaces;
  private readonly queue: JobQueue;
  private stopped: Promise<void> | undefined;

  /** @param told hears of what an operator should know, with the error where there is one */
  constructor(
    private readonly ledger: ImportTarget,
    readonly limits: ImportLimits = USUAL_LIMITS,
    told: (message: string, error?: unknown) => void = () => undefined,
  ) {
    const { signal } = this.stopping;
    this.chores = new Chores(signal, (name, error) =>
      error === undefined ? told(`imports: ${name}: done after all`) : told(`imports: ${name}: not done yet`, error),
    );
    const { directory } = ledger;
    this.folder = new JobFolder(directory.anchored.imports, () => directory.demandOurs());
    directory.whenLost(() => void this.stop());
    this.register = new JobRegister(ledger, this.folder, this.chores, limits, (id) => this.uploads.has(id), told);
    const discard = (id: string): void => this.chores.do(`upload ${id}`, () => this.folder.discardPart(id));
    this.uploads = new UploadPlaces(this.folder, limits, () => this.register.waiting, discard);
    this.queue = new JobQueue(ledger, this.register, signal, told);
  }

  /** The funds that are adopted, as they are called. */
  get funds(): Vocabulary {
    return this.ledger.reference.current.ever.fundsOrAll;
  }

  /** Begins: takes up what an earlier service left unfinished. It does not wait for that, and never fails. */
  resume(): void {
    this.chores.do('folder', async () => {
      await this.register.scan();
      this.queue.wake();
    });
    this.queue.start();
    const sweep = (): void => this.chores.do('sweep', () => this.register.sweep());
    const timer = setInterval(sweep, SWEPT_EVERY_MS);
    timer.unref();
    this.stopping.signal.addEventListener('abort', () => clearInterval(timer));
  }

  /**
   * Gives a place to a file before any of it is read; whoever got it ends it.
   * @param announced how many bytes there will be at least
   * @throws LedgerError unavailable `too-many-imports`, `disk-full`, `data-directory-lost`, `stopping`; invalid where
   * it is too large
   */
  async admit(announced: number): Promise<Upload> {
    this.ledger.directory.demandOurs();
    return this.uploads.admit(announced);
  }

  /** Queues the import of a stored file; on return it is on disk. */
  async add(upload: Upload, request: ImportRequest): Promise<ImportJob> {
    const { id, bytes } = upload;
    const format = request.format ?? (await upload.formatWithin());
    const receivedAt = new Date().toISOString();
    const job: ImportJob = { id, bytes, receivedAt, ...request, format, status: 'queued' };
    await this.folder.keepUpload(id, format);
    try {
      await this.register.add(new LiveJob({ job, kept: { attempts: 0 } }));
    } catch (error) {
      this.chores.do(`upload ${id}`, () => this.folder.removeAll(id));
      throw error;
    }
    this.queue.wake();
    return job;
  }

  /** @throws LedgerError not-found */
  find(id: string): Promise<ImportJob | ListedJob> {
    return this.register.find(id);
  }

  /** A page of all imports, the newest first. */
  list(after: string | undefined, limit: number): Promise<{ imports: ListedJob[]; next: string | undefined }> {
    return this.register.list(after, limit);
  }

  /** The imports that are done of the file whose lines carry a source, the first one first. */
  ofSource(source: string): ListedJob[] {
    return this.register.ofSource(source);
  }

  /** A list of a finished import, and its format. @throws LedgerError not-found where it has none */
  async openList(id: string, list: string): Promise<OpenedList> {
    const { format = 'csv' } = await this.find(id);
    const known = listNamed(list);
    const file = known && (await this.folder.openList(id, known, format));
    if (file) return { format: known === 'rejects' ? format : 'csv', file };
    throw new LedgerError('not-found', 'no-such-list', text(`没有 ${list} 清单`, `there is no list ${list}`));
  }

  /**
   * Ends an import, or removes what is left of one that has ended.
   * @returns how it stands now; undefined where it is gone
   * @throws LedgerError not-found
   */
  async cancel(id: string): Promise<ImportJob | ListedJob | undefined> {
    const live = this.register.live.get(id);
    if (live) {
      await this.queue.cancel(live);
      return this.find(id);
    }
    await this.register.remove(id);
    return undefined;
  }

  /** How the imports stand, for whoever runs the service. */
  state(): ImportsState {
    const jobs = [...this.register.live.values()].map(({ job }) => job);
    const count = (status: string): number => jobs.filter((job) => job.status === status).length;
    const [undone] = this.chores.undone();
    const paused = jobs.find((job) => job.status === 'paused');
    const why = undone
      ? `${undone.name}: ${reasonOf(undone.error)}`
      : paused && `${paused.id}: ${paused.error.detail.en}`;
    return {
      state: undone ? 'failing' : paused ? 'paused' : 'ok',
      uploads: this.uploads.count,
      queued: count('queued'),
      running: count('running'),
      paused: count('paused'),
      setAside: this.register.setAside,
      ...(why !== undefined && { message: why }),
    };
  }

  /**
   * Ends the uploads on their way, and the import in hand before its next batch; it goes on when the service starts
   * again. It takes a few seconds at the most, whatever files and disks do.
   */
  stop(): Promise<void> {
    this.stopped ??= this.end();
    return this.stopped;
  }

  private async end(): Promise<void> {
    this.uploads.close();
    this.stopping.abort();
    await isOverWithin(this.queue.stopped(), MOST_STOPPING_MS);
    await isOverWithin(this.chores.settled(), MOST_WRITING_MS);
  }
}

/** What is wrong, without the names of files. */
function reasonOf(error: unknown): string {
  const said = asLedgerError(error);
  return said instanceof LedgerError ? said.text.en : 'a fault of the service; the log has the details';
}
