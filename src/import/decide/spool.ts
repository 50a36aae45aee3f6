import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { LedgerError, text } from '../../errors.js';
import { removeGradually } from '../../remove-gradually.js';
import { type DecidedBatch } from './decided-line.js';

/** Where a line stands in the spool: how many stand before it. */
export type SpoolPlace = number;

interface Extent {
  /** The place of its first line. */
  readonly first: SpoolPlace;
  readonly offset: number;
  readonly bytes: number;
  /** How many of these are bodies: they stand before the lines. */
  readonly bodies: number;
  /** A check of what was written: what was checked is what is posted, whatever becomes of the file between. */
  readonly check: number;
}

/** Batches kept as read, for lines that are looked up: those a file refers to are mostly a short way back. */
const KEPT_BATCHES = 4;
/** How much is written at once, since every write is a way to another thread and back. */
const WRITTEN_BYTES = 512 * 1024;
/** Half as long as a buffer takes to be made of text with Chinese in it. */
const UTF8 = new TextEncoder();

/**
 * The decided lines of a file between the two passes of an import, in a temporary file: memory stays flat whatever the
 * size of the file. Batches go in and come out as they are; a single line is found by its place.
 */
export class Spool {
  private readonly extents: Extent[] = [];
  private readonly kept = new Map<number, DecidedBatch>();
  /** What is on its way to the file, to be written at once, and where it begins there. */
  private pending: Uint8Array[] = [];
  private written = 0;
  private end = 0;
  /** How many lines it holds: the place of the next one. */
  lines = 0;

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
  ) {}

  static async create(path: string): Promise<Spool> {
    return new Spool(path, await open(path, 'w+'));
  }

  /** Adds a batch of lines, at least one. */
  async add(batch: DecidedBatch): Promise<void> {
    const { lines, bodies } = batch;
    const [first, offset] = [this.lines, this.end];
    const text = UTF8.encode(lines.join('\n'));
    this.pending.push(bodies, text);
    this.end += bodies.length + text.length;
    if (this.end - this.written >= WRITTEN_BYTES) await this.write();
    const check = crc32(text, crc32(bodies));
    this.extents.push({ first, offset, bytes: bodies.length + text.length, bodies: bodies.length, check });
    this.lines += lines.length;
    this.keep(this.extents.length - 1, batch);
  }

  /** The batches in their order. */
  async *batches(): AsyncGenerator<DecidedBatch> {
    await this.write();
    for (let batch = 0; batch < this.extents.length; batch += 1) yield await this.read(batch);
  }

  /** The batch that a line stands in, and where in it. */
  async lineAt(place: SpoolPlace): Promise<{ readonly batch: DecidedBatch; readonly index: number }> {
    const at = this.batchOf(place);
    let batch = this.kept.get(at);
    if (!batch) this.keep(at, (batch = await this.read(at)));
    return { batch, index: place - this.extents[at]!.first };
  }

  /** Closes and removes the file. */
  async discard(): Promise<void> {
    await this.file.close();
    await removeGradually(this.path);
  }

  /** The batch of a line, by halves. */
  private batchOf(place: SpoolPlace): number {
    let [low, high] = [0, this.extents.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.extents[middle]!.first <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** A disk that becomes full takes a part, and says so only when it is asked to take the rest. */
  private async write(): Promise<void> {
    const bytes = Buffer.concat(this.pending);
    this.pending = [];
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.file.write(bytes, done, bytes.length - done, this.written);
      done += bytesWritten;
      this.written += bytesWritten;
    }
  }

  /** @throws LedgerError unavailable, where the file does not give back what was written to it */
  private async read(batch: number): Promise<DecidedBatch> {
    const { offset, bytes, bodies, check } = this.extents[batch]!;
    if (offset + bytes > this.written) await this.write();
    const { buffer, bytesRead } = await this.file.read(Buffer.allocUnsafe(bytes), 0, bytes, offset);
    if (bytesRead !== bytes || crc32(buffer) !== check) throw damaged();
    return { lines: buffer.toString('utf8', bodies).split('\n'), bodies: buffer.subarray(0, bodies) };
  }

  private keep(at: number, batch: DecidedBatch): void {
    this.kept.set(at, batch);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT_BATCHES) this.kept.delete(oldest!);
  }
}

const damaged = (): LedgerError =>
  new LedgerError(
    'unavailable',
    'spool-damaged',
    text(
      '临时文件（数据目录 imports 中的 .spool）读出的与写入的不同，请查看磁盘',
      'the temporary file (.spool in imports of the data directory) does not give back what was written to it; ' +
        'look at the disk',
    ),
  );
