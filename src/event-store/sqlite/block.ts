import { constants, crc32, zstdCompress, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { promisify } from 'node:util';

/** An event as a log file holds it. Nothing is checked: what is damaged in a file is the same in a copy of it. */
export interface LogRow {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly bytes: Buffer;
  /** SHA-256 of the bytes, as stored. */
  readonly hash: Buffer;
}

/** Most events of a block: reading one of them costs unpacking all, a tenth of a millisecond. */
export const MOST_IN_BLOCK = 128;
/** Most events of which blocks are made at a time. */
export const MOST_IN_WINDOW = 1_024;
/** Most bytes of a block's events, unpacked. */
const MOST_BYTES = 1 << 18;
export const HASH_BYTES = 32;

/** Events of one stream that a block holds: they lie behind each other in their stream, not always in the log. */
export interface Part {
  readonly stream: string;
  /** The first and the last revision of them. */
  readonly first: number;
  readonly last: number;
}

/** Positions between which blocks, and rows that are not in a block yet, share the events among them. */
export interface Window {
  readonly low: number;
  readonly high: number;
}

/** A block as it is stored. */
export interface PackedBlock extends Window {
  /** The least position of its events. */
  readonly position: number;
  readonly events: number;
  readonly parts: readonly Part[];
  /** The SHA-256 of each event's bytes, one after the other: they cannot be made smaller. */
  readonly hashes: Buffer;
  /** Its heading, a line of JSON, and the bytes of its events, a line each: compressed by zstd. */
  readonly body: Buffer;
  /** CRC-32 of where the block stands and of its body: zstd passes over some bits that are turned over. */
  readonly crc32: number;
}

/** What unpacking a block needs of it. */
export type StoredBlock = Pick<PackedBlock, 'low' | 'high' | 'position' | 'events' | 'body' | 'crc32'>;

/** What a block says of its events, in their order: numbers count from 0 within its own lists. */
interface Heading {
  /** Its streams, each with the revision of its first event here. */
  readonly streams: readonly (readonly [name: string, first: number])[];
  readonly types: readonly string[];
  readonly streamOf: readonly number[];
  readonly typeOf: readonly number[];
  readonly bytes: readonly number[];
  /** How far each lies behind the low end of the window; left out where they follow each other from `position`. */
  readonly places?: readonly number[];
}

const checkOf = ({ position, low, high, events, body }: Omit<StoredBlock, 'crc32'>): number =>
  crc32(body, crc32([position, low, high, events].join()));

const OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
const LINE_FEED = Buffer.from('\n');
const compress = promisify(zstdCompress);

/** Events on their way into a block. */
export class BlockDraft {
  private readonly streams = new Map<string, { index: number; first: number; last: number }>();
  private readonly types = new Map<string, number>();
  private readonly heading = { streamOf: [] as number[], typeOf: [] as number[], bytes: [] as number[] };
  private readonly positions: number[] = [];
  private readonly lines: Buffer[] = [];
  private readonly hashes: Buffer[] = [];
  private size = 0;

  /** @param window where others share it; without it the events that are taken follow each other in the log */
  constructor(private readonly window?: Window) {}

  get events(): number {
    return this.hashes.length;
  }

  get isFull(): boolean {
    return this.events >= MOST_IN_BLOCK || this.size >= MOST_BYTES;
  }

  /** Takes an event in. False where it is full, or the event does not lie behind those that are in it. */
  add({ position, stream, revision, type, bytes, hash }: LogRow): boolean {
    const part = this.streams.get(stream);
    const isBehind = this.window !== undefined || this.events === 0 || position === this.positions.at(-1)! + 1;
    if (this.isFull || !isBehind || (part && revision !== part.last + 1)) return false;
    if (part) part.last = revision;
    else this.streams.set(stream, { index: this.streams.size, first: revision, last: revision });
    let typeIndex = this.types.get(type);
    if (typeIndex === undefined) this.types.set(type, (typeIndex = this.types.size));
    this.heading.streamOf.push(part?.index ?? this.streams.size - 1);
    this.heading.typeOf.push(typeIndex);
    this.heading.bytes.push(bytes.length);
    this.positions.push(position);
    this.lines.push(LINE_FEED, bytes);
    this.hashes.push(hash);
    this.size += bytes.length;
    return true;
  }

  pack(): PackedBlock {
    return this.packed(zstdCompressSync(this.text(), OPTIONS));
  }

  /** The same, by another thread. */
  async packAside(): Promise<PackedBlock> {
    return this.packed(await compress(this.text(), OPTIONS));
  }

  private text(): Buffer {
    const { low } = this.span();
    const isInOrder = this.positions.every((position, index) => position === this.positions[0]! + index);
    const heading: Heading = {
      streams: [...this.streams].map(([name, { first }]) => [name, first] as const),
      types: [...this.types.keys()],
      ...this.heading,
      ...(!isInOrder && { places: this.positions.map((position) => position - low) }),
    };
    return Buffer.concat([Buffer.from(JSON.stringify(heading)), ...this.lines]);
  }

  private span(): Window {
    return this.window ?? { low: this.positions[0]!, high: this.positions.at(-1)! };
  }

  private packed(body: Buffer): PackedBlock {
    const stored = { ...this.span(), position: Math.min(...this.positions), events: this.events, body };
    const parts = [...this.streams].map(([stream, { first, last }]) => ({ stream, first, last }));
    return { ...stored, parts, hashes: Buffer.concat(this.hashes), crc32: checkOf(stored) };
  }
}

/**
 * Events that follow each other in the log, as blocks: those of a stream together, so that whoever reads a stream
 * unpacks few of them, however many streams were written to at a time.
 * @param window the positions that they share with others; their own where there are no others
 */
export function draftsOf(rows: readonly LogRow[], window?: Window): BlockDraft[] {
  if (rows.length === 0) return [];
  const shared = window ?? { low: rows[0]!.position, high: rows.at(-1)!.position };
  const byStream = new Map<string, LogRow[]>();
  for (const row of rows) {
    const own = byStream.get(row.stream);
    if (own) own.push(row);
    else byStream.set(row.stream, [row]);
  }
  const drafts: BlockDraft[] = [];
  for (const row of [...byStream.values()].flat()) {
    if (drafts.at(-1)?.add(row) === true) continue;
    const draft = new BlockDraft(shared);
    draft.add(row);
    drafts.push(draft);
  }
  return drafts;
}

/** Events of a block cannot be read any more: it is not as it was written. Recognised by its code. */
export class DamagedBlock extends Error {
  readonly code = 'block-damaged';
  /** The positions between which its events lie. */
  readonly first: number;
  readonly last: number;
  /** The position by which it is known. */
  readonly position: number;

  constructor({ position, low, high, events }: Omit<StoredBlock, 'body' | 'crc32'>, why: string, cause?: unknown) {
    const which = events === high - low + 1 ? 'the' : `${events} of the`;
    super(`${which} events at positions ${low} to ${high} cannot be unpacked: ${why}`, { cause });
    this.first = low;
    this.last = high;
    this.position = position;
  }
}

export const isDamagedBlock = (error: unknown): error is DamagedBlock =>
  error instanceof Error && 'code' in error && error.code === 'block-damaged';

/** Bytes unpacked at a time. */
const CHUNK = 1 << 17;
/** Beyond this no block comes: what a damaged one says of its size is not believed. */
const MOST_UNPACKED = 1 << 24;

/** A block that has been unpacked. */
export class Block {
  readonly parts: readonly Part[];
  private readonly revisions: readonly number[];
  private readonly ends: readonly number[];

  private constructor(
    private readonly stored: StoredBlock,
    private readonly heading: Heading,
    private readonly text: Buffer,
    private readonly begin: number,
  ) {
    const next = heading.streams.map(([, first]) => first);
    this.revisions = heading.streamOf.map((stream) => (next[stream]! += 1) - 1);
    let end = begin;
    this.ends = heading.bytes.map((bytes) => (end += bytes + LINE_FEED.length));
    this.parts = heading.streams.map(([stream, first], index) => ({ stream, first, last: next[index]! - 1 }));
  }

  /** @throws DamagedBlock */
  static unpack(stored: StoredBlock): Block {
    if (checkOf(stored) !== stored.crc32) throw new DamagedBlock(stored, 'its checksum is another');
    let block: Block;
    try {
      const text = zstdDecompressSync(stored.body, { chunkSize: CHUNK, maxOutputLength: MOST_UNPACKED });
      const begin = text.indexOf(LINE_FEED);
      const heading = JSON.parse(text.toString('utf8', 0, begin)) as Heading;
      block = new Block(stored, heading, text, begin + LINE_FEED.length);
    } catch (error) {
      throw new DamagedBlock(stored, (error as Error).message, error);
    }
    if (block.events !== stored.events) throw new DamagedBlock(stored, `there are ${block.events}`);
    return block;
  }

  /** The position by which it is known. */
  get position(): number {
    return this.stored.position;
  }

  get events(): number {
    return this.revisions.length;
  }

  /** True where its events follow each other in the log. */
  get isInOrder(): boolean {
    return this.heading.places === undefined;
  }

  positionOf(index: number): number {
    const { places } = this.heading;
    return places ? this.stored.low + places[index]! : this.stored.position + index;
  }

  streamOf(index: number): string {
    return this.heading.streams[this.heading.streamOf[index]!]![0];
  }

  revisionOf(index: number): number {
    return this.revisions[index]!;
  }

  typeOf(index: number): string {
    return this.heading.types[this.heading.typeOf[index]!]!;
  }

  /** The data of an event. */
  dataOf(index: number): string {
    return this.text.toString('utf8', this.beginOf(index), this.ends[index]! - LINE_FEED.length);
  }

  /** The bytes of an event as they were stored. */
  bytesOf(index: number): Buffer {
    return this.text.subarray(this.beginOf(index), this.ends[index]! - LINE_FEED.length);
  }

  /** The events of a stream between two revisions, in their order: their numbers within the block. */
  indexesOf(stream: string, from: number, to: number): number[] {
    const { streams, streamOf } = this.heading;
    const wanted = streams.findIndex(([name]) => name === stream);
    const indexes: number[] = [];
    for (let index = 0; index < streamOf.length; index += 1) {
      const revision = this.revisions[index]!;
      if (streamOf[index] === wanted && revision >= from && revision <= to) indexes.push(index);
    }
    return indexes;
  }

  private beginOf(index: number): number {
    return index === 0 ? this.begin : this.ends[index - 1]!;
  }
}
