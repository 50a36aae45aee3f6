import { type FileHandle, open, rm } from 'node:fs/promises';

/** Where a line stands in the spool: its batch and its index there, in one number, as millions of them are kept. */
export type SpoolPlace = number;

const MOST_LINES = 2 ** 22;

export const placeOf = (batch: number, index: number): SpoolPlace => batch * MOST_LINES + index;

interface Extent {
  readonly offset: number;
  readonly bytes: number;
}

/** Batches kept as read, for lines that are looked up: those a file refers to are mostly a short way back. */
const KEPT_BATCHES = 4;

/**
 * The checked lines of a file between the two passes of an import, in a temporary file: memory stays flat whatever the
 * size of the file. Batches go in and come out as they are; a single line is found by its place.
 */
export class Spool {
  private readonly extents: Extent[] = [];
  private readonly kept = new Map<number, readonly string[]>();
  private end = 0;

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
  ) {}

  static async create(path: string): Promise<Spool> {
    return new Spool(path, await open(path, 'w+'));
  }

  /** The number that the next batch will have. */
  get next(): number {
    return this.extents.length;
  }

  /** Adds a batch of lines, at least one. */
  async add(lines: readonly string[]): Promise<void> {
    const bytes = Buffer.from(lines.join('\n'));
    await this.file.write(bytes, 0, bytes.length, this.end);
    this.extents.push({ offset: this.end, bytes: bytes.length });
    this.end += bytes.length;
    this.keep(this.extents.length - 1, lines);
  }

  /** The batches in their order. */
  async *batches(): AsyncGenerator<readonly string[]> {
    for (let batch = 0; batch < this.extents.length; batch += 1) yield await this.read(batch);
  }

  async lineAt(place: SpoolPlace): Promise<string> {
    const batch = Math.floor(place / MOST_LINES);
    let lines = this.kept.get(batch);
    if (!lines) this.keep(batch, (lines = await this.read(batch)));
    return lines[place % MOST_LINES]!;
  }

  /** Closes and removes the file. */
  async discard(): Promise<void> {
    await this.file.close();
    await rm(this.path);
  }

  private async read(batch: number): Promise<readonly string[]> {
    const { offset, bytes } = this.extents[batch]!;
    const { buffer } = await this.file.read(Buffer.allocUnsafe(bytes), 0, bytes, offset);
    return buffer.toString().split('\n');
  }

  private keep(batch: number, lines: readonly string[]): void {
    this.kept.set(batch, lines);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT_BATCHES) this.kept.delete(oldest!);
  }
}
