import { randomUUID } from 'node:crypto';
import { type FileHandle } from 'node:fs/promises';
import { LedgerError, text } from '../../errors.js';
import { formatWithin } from '../read/formats.js';
import { type FileFormat } from '../report/import-report.js';
import { type JobFolder } from './job-folder.js';
import {
  demandRoom,
  type ImportLimits,
  LEAST_RATE,
  MOST_FILE_BYTES,
  MOST_UPLOADS,
  tooLarge,
  tooManyImports,
  YOUNG_MS,
} from './limits.js';

/** How often the disk is asked, in bytes of an upload. */
const ASKED_EVERY_BYTES = 1024 ** 2;

/** What waits already: imports, and the bytes of their files. */
export interface Waiting {
  readonly count: number;
  readonly bytes: number;
}

/** A file on its way, and its place among the others. Whoever was given one ends it, whatever comes of it. */
export class Upload {
  readonly id = randomUUID();
  /** Bytes that are stored. */
  bytes = 0;
  private isBegun = false;
  private readonly begunAt = performance.now();
  private readonly cut = new AbortController();

  constructor(
    private readonly places: UploadPlaces,
    /** What its client says it will be, at least; 0 where it says nothing. */
    readonly announced: number,
  ) {}

  /** Its reason says why the upload is to end now. */
  get signal(): AbortSignal {
    return this.cut.signal;
  }

  /**
   * Stores what arrives. @throws LedgerError invalid where it is too large, unavailable where there is no room for it
   */
  async store(body: AsyncIterable<Buffer>): Promise<void> {
    const file = await this.places.folder.createPart(this.id);
    this.isBegun = true;
    try {
      await this.write(file, body);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** The format of what was stored, as it begins. */
  formatWithin(): Promise<FileFormat> {
    return formatWithin(this.places.folder.partOf(this.id));
  }

  /** Gives the place back; what was not made an import is removed. */
  end(): void {
    this.places.forget(this);
    if (this.isBegun) this.places.discard(this.id);
  }

  /** Ends it for a reason that its client is told. */
  cutOff(reason: LedgerError): void {
    this.cut.abort(reason);
  }

  /** Whether so little comes that another may have the place. */
  get isCrawling(): boolean {
    const elapsedMs = performance.now() - this.begunAt;
    return elapsedMs > YOUNG_MS && this.bytes < (LEAST_RATE * elapsedMs) / 1_000;
  }

  private async write(file: FileHandle, body: AsyncIterable<Buffer>): Promise<void> {
    let askedAt = 0;
    for await (const chunk of body) {
      if (this.bytes + chunk.length > MOST_FILE_BYTES) throw tooLarge();
      if (this.bytes === 0 || this.bytes - askedAt >= ASKED_EVERY_BYTES) {
        askedAt = this.bytes;
        await this.places.demandRoom(chunk.length);
      }
      await file.writeFile(chunk);
      this.bytes += chunk.length;
    }
  }
}

/** The uploads on their way to a service: no more than it has places for, and no more than its disk can bear. */
export class UploadPlaces {
  private readonly uploads = new Set<Upload>();
  private closed = false;

  constructor(
    readonly folder: JobFolder,
    private readonly limits: ImportLimits,
    private readonly waiting: () => Waiting,
    /** Removes what a broken upload left behind. */
    readonly discard: (id: string) => void,
  ) {}

  get count(): number {
    return this.uploads.size;
  }

  has(id: string): boolean {
    return [...this.uploads].some((upload) => upload.id === id);
  }

  /**
   * Gives a place to a file before any of it is read.
   * @throws LedgerError unavailable: too many imports, no room, stopping; invalid: the file is too large
   */
  async admit(announced: number): Promise<Upload> {
    if (announced > MOST_FILE_BYTES) throw tooLarge();
    if (this.closed) throw stopping();
    const { count, bytes } = this.waiting();
    const { mostWaiting, mostBytes } = this.limits;
    if (count + this.uploads.size >= mostWaiting || bytes + this.onTheirWay() + announced > mostBytes)
      throw tooManyImports(mostWaiting);
    if (this.uploads.size >= MOST_UPLOADS) this.makePlace();
    const upload = new Upload(this, announced);
    this.uploads.add(upload);
    try {
      await this.demandRoom(0);
    } catch (error) {
      this.forget(upload);
      throw error;
    }
    return upload;
  }

  /** Refuses to go on where the uploads, when they are whole, would leave too little of the disk, or keep too much. */
  async demandRoom(bytes: number): Promise<void> {
    if (this.waiting().bytes + this.onTheirWay() > this.limits.mostBytes) throw tooManyImports(this.limits.mostWaiting);
    const toCome = [...this.uploads].reduce((all, { announced, bytes: has }) => all + Math.max(0, announced - has), 0);
    demandRoom(await this.folder.room(), Math.max(toCome, bytes));
  }

  forget(upload: Upload): void {
    this.uploads.delete(upload);
  }

  /** Ends all uploads and takes no more. */
  close(): void {
    this.closed = true;
    for (const upload of this.uploads) upload.cutOff(stopping());
  }

  private onTheirWay(): number {
    return [...this.uploads].reduce((all, { announced, bytes }) => all + Math.max(announced, bytes), 0);
  }

  /** Ends an upload that hardly moves for one that wants its place. @throws LedgerError unavailable */
  private makePlace(): void {
    const crawling = [...this.uploads].find(({ isCrawling }) => isCrawling);
    if (!crawling) throw tooManyImports(MOST_UPLOADS);
    crawling.cutOff(stalled());
    this.forget(crawling);
  }
}

/** The end of an upload of which nothing comes any more. */
export const stalled = (): LedgerError =>
  new LedgerError(
    'invalid',
    'upload-stalled',
    text('上传停滞，请重新发送', 'nothing came of the upload any more; send it again'),
  );

const stopping = (): LedgerError =>
  new LedgerError('unavailable', 'stopping', text('服务正在停止', 'the service is stopping'));
