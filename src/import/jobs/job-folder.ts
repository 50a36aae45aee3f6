import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { makeAll } from '../../data-place.js';
import { keepRecord, putNamesOnDisk } from '../../kept-record.js';
import { codeOf } from '../../machine-fault.js';
import { removeGradually } from '../../remove-gradually.js';
import { type FileFormat } from '../report/import-report.js';
import { type JobRecord, readRecord, unreadable, writeRecord } from './import-job.js';

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=\.)/;
export const isId = (text: string): boolean => ID.exec(`${text}.`)?.[0] === text;
const RECORD = '.job.json';
const PART = '.part';
const FORMATS = ['csv', 'ndjson'] as const;
/** A record holds a hundred errors at the most; what is larger is none. */
const MOST_RECORD_BYTES = 4 * 1024 * 1024;

/** The lists beside a report, by the last word of their links. */
const LISTS = ['errors', 'rejects'] as const;
export type ImportList = (typeof LISTS)[number];
export const listNamed = (name: string): ImportList | undefined => LISTS.find((list) => list === name);

/** The files of one import. */
export interface JobFiles {
  readonly id: string;
  readonly hasRecord: boolean;
  /** The format that the name of its upload says, where the upload is there. */
  readonly upload: FileFormat | undefined;
}

/** What is in the folder. */
export interface FolderContent {
  readonly jobs: readonly JobFiles[];
  /** Ids of what did not arrive whole, or was not written whole. */
  readonly parts: readonly { readonly id: string | undefined; readonly name: string }[];
  /** Records that are named as none of ours. */
  readonly foreign: readonly string[];
}

/** The files of the imports of a service. Every name begins with the id of its import. */
export class JobFolder {
  /** Records are written one after the other, so that the last one written is the last one meant. */
  private writing: Promise<unknown> = Promise.resolve();

  /** @param demandOurs looks whether the folder's data directory may be written to, and throws where it may not */
  constructor(
    private readonly path: string,
    private readonly demandOurs: () => void,
  ) {}

  /** Makes the folder where it is not there, or not there any more. */
  make(): void {
    this.demandOurs();
    makeAll(this.path);
  }

  async content(): Promise<FolderContent> {
    const names = await readdir(this.path);
    const files = new Map<string, string[]>();
    for (const name of names) {
      const [id] = ID.exec(name) ?? [];
      if (id) files.set(id, [...(files.get(id) ?? []), name.slice(id.length)]);
    }
    const jobs = [...files]
      .map(([id, endings]) => ({ id, endings: endings.filter((ending) => !ending.endsWith(PART)) }))
      .filter(({ endings }) => endings.some((ending) => !ending.endsWith('.spool')))
      .map(({ id, endings }) => ({
        id,
        hasRecord: endings.includes(RECORD),
        upload: FORMATS.find((format) => endings.includes(`.${format}`)),
      }));
    const parts = names.filter((name) => name.endsWith(PART)).map((name) => ({ id: ID.exec(name)?.[0], name }));
    return { jobs, parts, foreign: names.filter((name) => name.endsWith(RECORD) && !ID.test(name)) };
  }

  /** Begins the file of an upload. */
  async createPart(id: string): Promise<FileHandle> {
    this.make();
    return open(this.partOf(id), 'wx');
  }

  partOf(id: string): string {
    return join(this.path, id + PART);
  }

  uploadOf(id: string, format: FileFormat): string {
    return join(this.path, `${id}.${format}`);
  }

  /** What the names of the lists of an import begin with. */
  listsOf(id: string): string {
    return join(this.path, id);
  }

  /** Makes of what arrived whole the upload of an import. */
  async keepUpload(id: string, format: FileFormat): Promise<void> {
    this.demandOurs();
    await rename(this.partOf(id), this.uploadOf(id, format));
    await putNamesOnDisk(this.path);
  }

  /** How large an upload is; undefined where it is not there. */
  async uploadBytes(id: string, format: FileFormat): Promise<number | undefined> {
    return sizeOf(this.uploadOf(id, format));
  }

  /** How much the lists of an import take. */
  async listBytes(id: string, format: FileFormat): Promise<number> {
    const sizes = await Promise.all(LISTS.map((list) => sizeOf(this.listOf(id, list, format))));
    return sizes.reduce<number>((all, size = 0) => all + size, 0);
  }

  /** Opens a list; undefined where it is not there. */
  async openList(id: string, list: ImportList, format: FileFormat): Promise<FileHandle | undefined> {
    return open(this.listOf(id, list, format), constants.O_RDONLY).catch(unlessMissing);
  }

  /**
   * The record of an import; undefined where there is none.
   * @throws LedgerError invalid where it cannot be understood
   */
  async read(id: string): Promise<JobRecord | undefined> {
    const path = join(this.path, id + RECORD);
    const bytes = await sizeOf(path);
    if (bytes === undefined) return undefined;
    if (bytes > MOST_RECORD_BYTES) throw unreadable();
    const written = await readFile(path, 'utf8').catch(unlessMissing);
    return written === undefined ? undefined : readRecord(id, written);
  }

  /** Writes a record; on return it is on disk. What is written is asked for when its turn has come. */
  write(id: string, record: () => Promise<JobRecord>): Promise<void> {
    const written = this.writing.then(() => this.writeNow(id, record));
    this.writing = written.catch(() => undefined);
    return written;
  }

  private async writeNow(id: string, record: () => Promise<JobRecord>): Promise<void> {
    const path = join(this.path, id + RECORD);
    this.make();
    await keepRecord(path, writeRecord(await record()));
  }

  /** When a file of an import was last written; undefined where there is none of it. */
  async writtenAt({ id, hasRecord, upload }: JobFiles): Promise<string | undefined> {
    const path = hasRecord ? join(this.path, id + RECORD) : this.uploadOf(id, upload!);
    const found = await stat(path).catch(unlessMissing);
    return found?.mtime.toISOString();
  }

  /** Removes what has arrived of an upload, where it is still there. */
  async discardPart(id: string): Promise<void> {
    this.demandOurs();
    await rm(this.partOf(id), { force: true });
  }

  async removePart(name: string): Promise<void> {
    this.demandOurs();
    await rm(join(this.path, name), { force: true });
  }

  async removeUpload(id: string): Promise<void> {
    this.demandOurs();
    for (const format of FORMATS) await this.removeLarge(this.uploadOf(id, format));
  }

  /** Removes all of an import, its record last: what is left half is still known. */
  async removeAll(id: string): Promise<void> {
    await this.removeUpload(id);
    for (const format of FORMATS) for (const list of LISTS) await this.removeLarge(this.listOf(id, list, format));
    await rm(join(this.path, id + RECORD), { force: true });
  }

  /** Half of a file is none: a large one goes as what did not arrive whole does, at the next start if not before. */
  private removeLarge(path: string): Promise<void> {
    return removeGradually(path, this.partOf(randomUUID()));
  }

  /** Bytes that are free on the disk of the folder, and how many it has. */
  async room(): Promise<{ readonly free: number; readonly size: number }> {
    this.make();
    const { bavail, blocks, bsize } = await statfs(this.path);
    return { free: bavail * bsize, size: blocks * bsize };
  }

  private listOf(id: string, list: ImportList, format: FileFormat): string {
    return join(this.path, `${id}.${list}.${list === 'rejects' ? format : 'csv'}`);
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(unlessMissing))?.size;
}

function unlessMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}
