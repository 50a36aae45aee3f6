import { type FileHandle, open, rm } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { LedgerError, text } from '../../errors.js';

/** Where a line stands in the spool: how many stand before it. */
export type SpoolPlace = number;

interface Extent {
  /** The place of its first line. */
  readonly first: SpoolPlace;
  readonly offset: number;
  readonly bytes: number;
  /** A check of what was written: what was checked is what is posted, whatever becomes of the file between. */
  readonly check: number;
}

/** Batches kept as read, for lines that are looked up: those a file refers to are mostly a short way back. */
const KEPT_BATCHES = 4;
/** Half as long as a buffer takes to be made of text with Chinese in it. */
const UTF8 = new TextEncoder();

/**
 * The checked lines of a file between the two passes of an import, in a temporary file: memory stays flat whatever the
 * size of the file. Batches go in and come out as they are; a single line is found by its place.
 */
export class Spool {
  private readonly extents: Extent[] = [];
  private readonly kept = new Map<number, readonly string[]>();
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
  async add(lines: readonly string[]): Promise<void> {
    const bytes = UTF8.encode(lines.join('\n'));
    await this.write(bytes);
    this.extents.push({ first: this.lines, offset: this.end, bytes: bytes.length, check: crc32(bytes) });
    this.end += bytes.length;
    this.lines += lines.length;
    this.keep(this.extents.length - 1, lines);
  }

  /** The batches in their order. */
  async *batches(): AsyncGenerator<readonly string[]> {
    for (let batch = 0; batch < this.extents.length; batch += 1) yield await this.read(batch);
  }

  async lineAt(place: SpoolPlace): Promise<string> {
    const batch = this.batchOf(place);
    let lines = this.kept.get(batch);
    if (!lines) this.keep(batch, (lines = await this.read(batch)));
    return lines[place - this.extents[batch]!.first]!;
  }

  /** Closes and removes the file. */
  async discard(): Promise<void> {
    await this.file.close();
    await rm(this.path);
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
  private async write(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.file.write(bytes, done, bytes.length - done, this.end + done);
      done += bytesWritten;
    }
  }

  /** @throws LedgerError unavailable, where the file does not give back what was written to it */
  private async read(batch: number): Promise<readonly string[]> {
    const { offset, bytes, check } = this.extents[batch]!;
    const { buffer, bytesRead } = await this.file.read(Buffer.allocUnsafe(bytes), 0, bytes, offset);
    if (bytesRead !== bytes || crc32(buffer) !== check) throw damaged();
    return buffer.toString().split('\n');
  }

  private keep(batch: number, lines: readonly string[]): void {
    this.kept.set(batch, lines);
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
