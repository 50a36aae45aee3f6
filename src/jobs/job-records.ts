import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readdir, readFile, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { makeAll } from '../data-place.js';
import { keepRecord } from '../kept-record.js';
import { codeOf } from '../machine-fault.js';
import { removeGradually } from '../remove-gradually.js';
import { type Job, readJob } from './job.js';

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=[.-])/;
const RECORD = '.job.json';

/** The records of the jobs of a service, and the files that they write. Every name begins with the id of its job. */
export class JobRecords {
  /** What is written and removed has its turn one after the other: the last is what was meant. */
  private turn: Promise<unknown> = Promise.resolve();

  /** @param demandOurs looks whether the folder's data directory may be written to, and throws where it may not */
  constructor(
    private readonly path: string,
    private readonly demandOurs: () => void,
  ) {}

  /** What the names of the files that a job writes begin with. */
  filesOf(id: string): string {
    return join(this.path, id);
  }

  /** Writes how a job stands when its turn has come, unless it is gone by then; on return that is on disk. */
  write(id: string, job: () => Job | undefined): Promise<void> {
    return this.inTurn(async () => {
      const last = job();
      if (!last) return;
      this.make();
      await keepRecord(this.filesOf(id) + RECORD, JSON.stringify(last));
    });
  }

  /**
   * The jobs that are written down, the oldest first.
   * @param unreadable hears of a record that is none, which is left alone
   */
  async all(unreadable: (name: string, error: unknown) => void): Promise<Job[]> {
    this.make();
    const jobs: Job[] = [];
    for (const name of await readdir(this.path)) {
      const [id] = ID.exec(name) ?? [];
      if (id === undefined || name !== id + RECORD) continue;
      try {
        jobs.push(readJob(id, await readFile(join(this.path, name), 'utf8')));
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        unreadable(name, error);
      }
    }
    return jobs.toSorted((one, other) => one.askedAt.localeCompare(other.askedAt));
  }

  /** Opens the file that a job has written. */
  open(id: string, format: string): Promise<FileHandle> {
    return open(`${this.filesOf(id)}.${format}`, 'r');
  }

  /** Removes what jobs have written, beside their records, unless it is to be kept. */
  clear(isKept: (id: string, ending: string) => boolean): Promise<void> {
    return this.inTurn(async () => {
      this.demandOurs();
      for (const name of await this.names()) {
        const [id] = ID.exec(name) ?? [];
        if (id === undefined || name === id + RECORD || isKept(id, name.slice(id.length))) continue;
        await this.removeLarge(name);
      }
    });
  }

  /** Removes all of a job, its record last: what is left half is still known. */
  remove(id: string): Promise<void> {
    return this.inTurn(async () => {
      this.demandOurs();
      for (const name of await this.names())
        if (name.startsWith(id) && name !== id + RECORD) await this.removeLarge(name);
      await rm(this.filesOf(id) + RECORD, { force: true });
    });
  }

  /** Half of a file stands under no name that it could be asked for by. */
  private removeLarge(name: string): Promise<void> {
    return removeGradually(join(this.path, name), join(this.path, `${randomUUID()}.part`));
  }

  /** Bytes that are free on the disk, and how many it has. */
  async room(): Promise<{ readonly free: number; readonly size: number }> {
    this.make();
    const { bavail, blocks, bsize } = await statfs(this.path);
    return { free: bavail * bsize, size: blocks * bsize };
  }

  /** Makes the folder where it is not there, or not there any more. */
  private make(): void {
    this.demandOurs();
    makeAll(this.path);
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  private async names(): Promise<string[]> {
    try {
      return await readdir(this.path);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }
  }
}
