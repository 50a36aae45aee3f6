import { LedgerError, text } from '../../errors.js';
import { compareLog, identifyLog, type LogIdentity } from '../../event-store/log-identity.js';
import { DAY_MS } from '../../time/recording-clock.js';
import { type ImportTarget } from '../import-run.js';
import { type Chores } from '../../chores.js';
import { type ImportJob, isUnfinished, type JobError, type JobState, listed, type ListedJob } from './import-job.js';
import { isId, type JobFiles, type JobFolder } from './job-folder.js';
import { judge, ofAnotherLog, recordMissing } from './job-failure.js';
import { type ImportLimits, MOST_LIST_BYTES, MOST_RESULTS } from './limits.js';
import { LiveJob } from './live-job.js';

/** An import that has ended, as far as it is kept in memory. */
interface EndedJob {
  readonly listed: ListedJob;
  /** Where the log stood when it was written down; undefined where that is not known. */
  readonly log?: LogIdentity | undefined;
  /** All of it, as long as its record is not on disk. */
  readonly unwritten?: ImportJob | undefined;
  /** Bytes of its lists. */
  readonly listBytes: number;
  /** Bytes of its upload, where that is kept. */
  readonly uploadBytes: number;
}

/** The states in which an upload is kept though nothing comes of it any more: somebody may want to look at it. */
const KEEPS_UPLOAD = 'set-aside';

/** All imports that a service knows of: what is to be done, in the order of the turns, and what has ended. */
export class JobRegister {
  readonly live = new Map<string, LiveJob>();
  private readonly ended = new Map<string, EndedJob>();
  private isScanned = false;

  constructor(
    private readonly ledger: ImportTarget,
    readonly folder: JobFolder,
    private readonly chores: Chores,
    private readonly limits: ImportLimits,
    private readonly isUpload: (id: string) => boolean,
    private readonly told: (message: string) => void,
  ) {}

  /** How many imports wait or run, and the bytes of all uploads that are kept. */
  get waiting(): { readonly count: number; readonly bytes: number } {
    let bytes = 0;
    for (const { job } of this.live.values()) bytes += job.bytes;
    for (const { uploadBytes } of this.ended.values()) bytes += uploadBytes;
    return { count: this.live.size, bytes };
  }

  get setAside(): number {
    return [...this.ended.values()].filter(({ listed: { status } }) => status === KEEPS_UPLOAD).length;
  }

  /**
   * Takes up what an earlier service left, and clears away what never arrived whole. May be done again where it was
   * ended half way.
   */
  async scan(): Promise<void> {
    this.folder.make();
    const { jobs, parts, foreign } = await this.folder.content();
    for (const { id, name } of parts) if (!id || !this.isKnown(id)) await this.folder.removePart(name);
    for (const name of foreign) this.told(`imports: ${name} is no record of an import, and is left alone`);
    const live: LiveJob[] = [];
    for (const files of jobs) {
      if (this.isKnown(files.id)) continue;
      const found = await this.takeUp(files).catch((error: unknown) => this.takeUpLater(files, error));
      if (found) live.push(found);
    }
    live.sort((a, b) => (a.job.receivedAt ?? '').localeCompare(b.job.receivedAt ?? ''));
    for (const one of live) this.live.set(one.job.id, one);
    this.isScanned = true;
    await this.sweep();
  }

  /** Adds an import that has arrived; on return it is on disk. */
  async add(live: LiveJob): Promise<void> {
    await this.write(live);
    this.live.set(live.job.id, live);
  }

  /** Lets others have their turn first. */
  toEnd(live: LiveJob): void {
    this.live.delete(live.job.id);
    this.live.set(live.job.id, live);
  }

  /** Writes down how an import stands; on return it is on disk. */
  write(live: LiveJob): Promise<void> {
    return this.folder.write(live.job.id, async () => {
      const log = await this.logNow(live.kept.log);
      return { job: live.job, kept: { ...live.kept, ...(log && { log }) } };
    });
  }

  /** Writes down how an import stands, as soon as that can be done. */
  save(live: LiveJob): void {
    this.chores.do(recordOf(live.job.id), async () => {
      if (this.live.get(live.job.id) === live) await this.write(live);
    });
  }

  /** The end of an import. Its record is written, and only then its upload removed, as soon as that can be done. */
  end(live: LiveJob, state: JobState): void {
    const job = live.with({ ...state, endedAt: new Date().toISOString() } as JobState);
    const { id, format } = job;
    const keepsUpload = state.status === KEEPS_UPLOAD;
    this.live.delete(id);
    const entry: EndedJob = {
      listed: listed(job),
      unwritten: job,
      listBytes: 0,
      uploadBytes: job.bytes,
      log: live.kept.log,
    };
    this.ended.set(id, entry);
    this.chores.do(recordOf(id), async () => {
      if (!this.ended.has(id)) return;
      const log = keepsUpload ? live.kept.log : await this.logNow(live.kept.log);
      await this.folder.write(id, async () => ({ job, kept: { attempts: 0, ...(log && { log }) } }));
      if (!keepsUpload) await this.folder.removeUpload(id);
      const listBytes = await this.folder.listBytes(id, format);
      const uploadBytes = keepsUpload ? job.bytes : 0;
      if (this.ended.has(id)) this.ended.set(id, { ...entry, log, unwritten: undefined, listBytes, uploadBytes });
      await this.sweep();
    });
  }

  /** An import as it is told. @throws LedgerError not-found; unavailable where nobody can say */
  async find(id: string): Promise<ImportJob | ListedJob> {
    const live = this.live.get(id);
    if (live) return live.job;
    const ended = this.ended.get(id);
    if (ended?.unwritten) return ended.unwritten;
    if (!ended && (this.isScanned || !isId(id))) throw noSuchImport(id);
    const record = await this.folder.read(id).catch((error: unknown) => {
      if (!(error instanceof LedgerError)) throw error;
      return error;
    });
    if (record instanceof LedgerError) return { ...unknownJob(id), ...ended?.listed, ...setAside(record) };
    if (!record) {
      if (ended?.listed.status === KEEPS_UPLOAD) return ended.listed;
      throw noSuchImport(id);
    }
    const { job, kept } = record;
    if (isUnfinished(job) && ended) return ended.listed;
    return (await this.notOurs(listed(job), kept.log)) ?? job;
  }

  /**
   * Imports, the newest first, a page of them.
   * @param after the id of the last one of the page before
   * @throws LedgerError not-found where that one is gone
   */
  async list(after: string | undefined, limit: number): Promise<{ imports: ListedJob[]; next: string | undefined }> {
    const all = [
      ...[...this.live.values()].map(({ job }) => ({ listed: listed(job), log: undefined })),
      ...this.ended.values(),
    ].toSorted((a, b) => orderOf(b.listed).localeCompare(orderOf(a.listed)));
    const start = after === undefined ? 0 : all.findIndex(({ listed: { id } }) => id === after) + 1;
    if (after !== undefined && start === 0) throw noSuchImport(after);
    const page = all.slice(start, start + limit);
    const imports = await Promise.all(page.map(async ({ listed: job, log }) => (await this.notOurs(job, log)) ?? job));
    return { imports, next: start + limit < all.length ? page.at(-1)!.listed.id : undefined };
  }

  /** The imports of a file that are done, by the beginning of its digest, which its lines carry; the first first. */
  ofSource(source: string): ListedJob[] {
    return [...this.ended.values()]
      .map(({ listed: job }) => job)
      .filter(({ report }) => report?.digest.startsWith(source))
      .toSorted((a, b) => orderOf(a).localeCompare(orderOf(b)));
  }

  /** Removes an import that has ended, and its lists. @throws LedgerError not-found */
  async remove(id: string): Promise<void> {
    const ended = this.ended.get(id);
    if (!ended) throw noSuchImport(id);
    this.ended.delete(id);
    try {
      await this.folder.removeAll(id);
    } catch (error) {
      this.ended.set(id, ended);
      throw error;
    }
  }

  /** Removes what is too old, or too much; never what is still to be imported. */
  async sweep(): Promise<void> {
    const newestFirst = [...this.ended.values()].toSorted((a, b) => endOf(b.listed).localeCompare(endOf(a.listed)));
    const oldest = this.oldestKept();
    let bytes = 0;
    for (const [index, { listed: job, listBytes, unwritten }] of newestFirst.entries()) {
      bytes += listBytes;
      const isTooMuch = index > 0 && (index >= MOST_RESULTS || bytes > MOST_LIST_BYTES);
      if (unwritten || !(isTooMuch || endOf(job) < oldest)) continue;
      await this.remove(job.id);
      this.told(`imports: the result of ${job.id}, ended ${endOf(job)}, is not kept any longer`);
    }
  }

  /** The time before which results are too old; nothing is where the clock is not to be believed. */
  private oldestKept(): string {
    try {
      const today = Date.parse(this.ledger.books.today());
      return new Date(today - this.limits.keepDays * DAY_MS).toISOString();
    } catch (error) {
      if (error instanceof LedgerError && error.kind === 'unavailable') return '';
      throw error;
    }
  }

  private isKnown(id: string): boolean {
    return this.live.has(id) || this.ended.has(id) || this.isUpload(id);
  }

  /** Takes up what is there of one import; returns it where it is still to be imported. */
  private async takeUp(files: JobFiles): Promise<LiveJob | undefined> {
    const { id, hasRecord, upload } = files;
    if (!hasRecord && !upload) {
      await this.folder.removeAll(id);
      this.told(`imports: lists of ${id}, of which there is no record, are removed`);
      return undefined;
    }
    const uploadBytes = upload ? ((await this.folder.uploadBytes(id, upload)) ?? 0) : 0;
    const at = await this.folder.writtenAt(files);
    const facts = { ...unknownJob(id), bytes: uploadBytes, format: upload, ...(at && { receivedAt: at, endedAt: at }) };
    const record = await this.folder.read(id).catch((error: unknown) => {
      if (!(error instanceof LedgerError)) throw error;
      return error;
    });
    if (!record || record instanceof LedgerError) {
      const why = setAside(record ?? recordMissing());
      this.ended.set(id, { listed: { ...facts, ...why }, listBytes: 0, uploadBytes });
      this.told(`imports: ${id} is set aside: ${why.error.detail.en}`);
      return undefined;
    }
    const { job, kept } = record;
    const arrived = { receivedAt: at ?? '', ...job };
    if (isUnfinished(job)) return new LiveJob({ job: arrived, kept });
    const listBytes = await this.folder.listBytes(id, job.format);
    this.ended.set(id, { listed: { ...listed(arrived) }, log: kept.log, listBytes, uploadBytes });
    return undefined;
  }

  /** What cannot be read now is named as such, and tried again. */
  private takeUpLater(files: JobFiles, error: unknown): undefined {
    const { id } = files;
    this.ended.set(id, { listed: { ...unknownJob(id), ...setAside(error) }, listBytes: 0, uploadBytes: 0 });
    this.chores.do(recordOf(id), async () => {
      if (!this.ended.has(id)) return;
      const found = await this.takeUp(files);
      if (!found) return;
      this.ended.delete(id);
      this.live.set(id, found);
    });
  }

  /** An import whose log is not the one that is here now, as that; undefined where it is, or nobody knows. */
  private async notOurs(job: ListedJob, log: LogIdentity | undefined): Promise<ListedJob | undefined> {
    const { report, ...facts } = job;
    if (job.status === KEEPS_UPLOAD) return undefined;
    const likeness = log ? await compareLog(this.ledger.store, log) : await this.likenessByEnd(report?.position ?? 0);
    return likeness === 'same' ? undefined : { ...facts, ...setAside(ofAnotherLog(likeness)) };
  }

  /** An earlier release said only where the log ended. */
  private async likenessByEnd(position: number): Promise<'same' | 'parted'> {
    return position > 0 && (await this.ledger.store.head()) < position ? 'parted' : 'same';
  }

  /** Where the log stands; where it does not answer, what was so of it before is so still. */
  private async logNow(before: LogIdentity | undefined): Promise<LogIdentity | undefined> {
    return identifyLog(this.ledger.store).catch(() => before);
  }
}

const recordOf = (id: string): string => `record ${id}`;
const endOf = ({ endedAt, receivedAt }: ListedJob): string => endedAt ?? receivedAt ?? '';
const orderOf = ({ receivedAt = '', id }: ListedJob): string => `${receivedAt} ${id}`;

/** What there is to say of an import of which nothing is known. */
const unknownJob = (id: string) => ({ id, bytes: 0, format: undefined, dryRun: false, acceptGood: false });

function setAside(error: unknown): { readonly status: 'set-aside'; readonly error: JobError } {
  return { status: KEEPS_UPLOAD, error: judge(error).error };
}

const noSuchImport = (id: string): LedgerError =>
  new LedgerError('not-found', 'no-such-import', text(`没有导入 ${id}`, `there is no import ${id}`));
