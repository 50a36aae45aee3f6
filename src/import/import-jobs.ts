import { randomUUID } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  type ReadStream,
} from 'node:fs';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { LedgerError, type Text, text } from '../errors.js';
import {
  type FileEncoding,
  type FileFormat,
  type ImportProgress,
  type ImportReport,
  type TotalLine,
} from './report/import-report.js';
import { formatWithin } from './read/formats.js';
import { type ImportTarget } from './import-run.js';
import { runImport } from './run-import.js';

/** What was sent with a file. */
export interface ImportRequest {
  /** Undefined where the file itself shall say. */
  readonly format: FileFormat | undefined;
  readonly encoding?: FileEncoding | undefined;
  readonly dryRun: boolean;
  readonly acceptGood: boolean;
  /** Absent in what a service of an earlier release was asked for. */
  readonly acceptDuplicates?: boolean;
  readonly control?: readonly TotalLine[] | undefined;
}

/** An import of a service: one file and what becomes of it. Paths in its report are links. */
export type ImportJob = { readonly id: string; readonly bytes: number; readonly format: FileFormat } & ImportRequest &
  (
    | { readonly status: 'queued' | 'running'; readonly progress?: ImportProgress }
    | { readonly status: 'done'; readonly report: ImportReport }
    | { readonly status: 'failed'; readonly error: { readonly code: string; readonly detail: Text } }
  );

/** A file that has arrived whole, and waits to be queued. */
export interface StoredFile {
  readonly id: string;
  readonly part: string;
  readonly bytes: number;
}

/** Largest file: some 60 million lines. */
const MOST_BYTES = 16 * 1024 ** 3;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const JOB = '.job.json';

/** The lists beside a report, by the last word of their links. */
const LISTS = ['errors', 'rejects'] as const;
type ImportList = (typeof LISTS)[number];

/**
 * The imports of a service. Each is a file and a small record of it in the data directory, so that one which a stopped
 * service left unfinished goes on when the service starts again.
 */
export class ImportJobs {
  private readonly folder: string;
  private readonly unfinished = new Map<string, ImportJob>();
  private readonly stopping = new AbortController();
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly ledger: ImportTarget) {
    this.folder = ledger.directory.paths.imports;
    mkdirSync(this.folder, { recursive: true });
  }

  /** Takes up the imports that an earlier service left unfinished, and clears away what never arrived whole. */
  async resume(): Promise<void> {
    const names = readdirSync(this.folder);
    for (const name of names) if (name.endsWith('.part')) await rm(join(this.folder, name), { force: true });
    for (const name of names.filter((one) => one.endsWith(JOB))) {
      const job = this.readRecord(name.slice(0, -JOB.length));
      if (job?.status === 'queued') this.start(job);
    }
  }

  /** Stores a file that arrives. @throws LedgerError invalid where it is too large */
  async store(body: Readable): Promise<StoredFile> {
    const id = randomUUID();
    const part = join(this.folder, `${id}.part`);
    let bytes = 0;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        if (bytes > MOST_BYTES) done(tooLarge());
        else done(undefined, chunk);
      },
    });
    try {
      await pipeline(body, count, createWriteStream(part));
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    return { id, part, bytes };
  }

  /** Takes away a stored file that is not to be imported. */
  async discard({ part }: StoredFile): Promise<void> {
    await rm(part, { force: true });
  }

  /** Queues the import of a stored file. */
  async queue({ id, part, bytes }: StoredFile, request: ImportRequest): Promise<ImportJob> {
    const format = request.format ?? (await formatWithin(part));
    await syncFile(part);
    await rename(part, this.pathOf(id, format));
    const job: ImportJob = { id, bytes, ...request, format, status: 'queued' };
    await this.writeRecord(job);
    this.start(job);
    return job;
  }

  /** @throws LedgerError not-found */
  find(id: string): ImportJob {
    const job = ID.test(id) ? (this.unfinished.get(id) ?? this.readRecord(id)) : undefined;
    if (job) return job;
    throw new LedgerError('not-found', 'no-such-import', text(`没有导入 ${id}`, `there is no import ${id}`));
  }

  /** A list of a finished import, and its format. @throws LedgerError not-found where it has none */
  openList(id: string, list: string): { readonly format: FileFormat; readonly stream: ReadStream } {
    const job = this.find(id);
    const known = LISTS.find((name) => name === list);
    const format = known === 'rejects' ? job.format : 'csv';
    const path = known && join(this.folder, `${job.id}.${known}.${format}`);
    if (path && existsSync(path)) return { format, stream: createReadStream(path) };
    throw new LedgerError('not-found', 'no-such-list', text(`没有 ${list} 清单`, `there is no list ${list}`));
  }

  /** Ends the import in hand before its next batch; it goes on when the service starts again. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.last;
  }

  private start(job: ImportJob): void {
    this.unfinished.set(job.id, job);
    this.last = this.last.then(() => this.run(job));
  }

  private async run(job: ImportJob): Promise<void> {
    const { id, bytes, format, encoding, dryRun, acceptGood, acceptDuplicates, control } = job;
    const { signal } = this.stopping;
    if (signal.aborted) return;
    const common = { id, bytes, format, encoding, dryRun, acceptGood, acceptDuplicates, control };
    const path = this.pathOf(id, format);
    const ownLists = join(this.folder, id);
    const options = { format, encoding, dryRun, acceptGood, acceptDuplicates, control, ownLists, signal };
    const tell = (progress: ImportProgress): unknown =>
      this.unfinished.set(id, { ...common, status: 'running', progress });
    try {
      const report = await runImport(this.ledger, path, options, tell);
      await this.finish({ ...common, status: 'done', report: withLinks(id, report) });
    } catch (error) {
      if (signal.aborted) return;
      await this.finish({ ...common, status: 'failed', error: failureOf(error) });
    }
  }

  /** The record stays; the file itself is of no further use, all that was posted of it is in the log. */
  private async finish(job: ImportJob): Promise<void> {
    await this.writeRecord(job);
    this.unfinished.delete(job.id);
    await rm(this.pathOf(job.id, job.format), { force: true });
  }

  private async writeRecord(job: ImportJob): Promise<void> {
    const path = join(this.folder, job.id + JOB);
    await writeFile(`${path}.part`, JSON.stringify(job), { flush: true });
    await rename(`${path}.part`, path);
  }

  private readRecord(id: string): ImportJob | undefined {
    const path = join(this.folder, id + JOB);
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ImportJob) : undefined;
  }

  private pathOf(id: string, format: FileFormat): string {
    return join(this.folder, `${id}.${format}`);
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

function failureOf(error: unknown): { code: string; detail: Text } {
  if (error instanceof LedgerError) return { code: error.code, detail: error.text };
  const { message } = error as Error;
  return { code: 'internal-error', detail: text(message, message) };
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync();
  await file.close();
}

function tooLarge(): LedgerError {
  const expected = text('至多 16 GiB', 'at most 16 GiB');
  return new LedgerError('invalid', 'body-too-large', text('文件过大', 'the file is too large'), [
    { pointer: '', code: 'body-too-large', expected, got: 'more' },
  ]);
}
