import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ImportTarget } from '../../src/import/import-run.js';
import { type ImportJob, type ListedJob } from '../../src/import/jobs/import-job.js';
import { ImportJobs } from '../../src/import/jobs/import-jobs.js';
import { type ImportLimits, USUAL_LIMITS } from '../../src/import/jobs/limits.js';
import { contributionRow, csvOf, Desk } from './fixture.js';
import { untilHolds } from '../probe.js';

const REQUEST = { format: 'csv', dryRun: false, acceptGood: false } as const;
/** Lines that no other note makes. */
export const feed = (count: number, note = 'n'): string =>
  csvOf(Array.from({ length: count }, (_, index) => contributionRow({ note, headcount: String(index) })));

/** The imports of a service over a log in memory and a folder, which outlives them. */
export class Service extends Desk {
  readonly imports = join(this.folder, 'imports');
  readonly said: string[] = [];
  private readonly all: ImportJobs[] = [];
  readonly limits: Partial<ImportLimits> = {};
  over: ImportTarget = this.target;

  /** Starts, or starts once more. */
  start(): ImportJobs {
    const told = (message: string, error?: unknown) =>
      this.said.push(`${message} ${error === undefined ? '' : String(error)}`);
    const jobs = new ImportJobs(this.over, { ...USUAL_LIMITS, ...this.limits }, told);
    jobs.resume();
    this.all.push(jobs);
    return jobs;
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map((jobs) => jobs.stop()));
  }

  file(id: string, ending: string): string {
    return join(this.imports, `${id}.${ending}`);
  }

  record(id: string): Record<string, unknown> {
    return JSON.parse(readFileSync(this.file(id, 'job.json'), 'utf8')) as Record<string, unknown>;
  }

  /** Leaves a record, and a file, as an earlier service would. */
  leave(record: object, content = feed(2)): string {
    const id = randomUUID();
    mkdirSync(this.imports, { recursive: true });
    writeFileSync(this.file(id, 'csv'), content);
    const job = { id, bytes: Buffer.byteLength(content), ...REQUEST, status: 'queued', ...record };
    writeFileSync(this.file(id, 'job.json'), JSON.stringify(job));
    return id;
  }
}

/** A body of one chunk. */
export async function* once(content: string): AsyncGenerator<Buffer> {
  yield Buffer.from(content);
}

/** Sends a file, as a request would. */
export async function send(jobs: ImportJobs, content: string, request: object = {}): Promise<ImportJob> {
  const upload = await jobs.admit(0);
  try {
    await upload.store(once(content));
    return await jobs.add(upload, { ...REQUEST, ...request });
  } finally {
    upload.end();
  }
}

/** Waits until an import is in one of these states. */
export async function until(jobs: ImportJobs, id: string, ...states: string[]): Promise<ImportJob | ListedJob> {
  let job = await jobs.find(id);
  await untilHolds(
    async () => states.includes((job = await jobs.find(id)).status),
    () => `${id} did not come to ${states.join(', ')}: ${JSON.stringify(job)}`,
  );
  return job;
}
