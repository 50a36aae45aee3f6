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

/** A block as it is stored. */
export interface PackedBlock {
  /** The position of its first event; the others follow without gaps. */
  readonly position: number;
  readonly events: number;
  readonly parts: readonly Part[];
  /** The SHA-256 of each event's bytes, one after the other: they cannot be made smaller. */
  readonly hashes: Buffer;
  /** Its heading, a line of JSON, and the bytes of its events, a line each: compressed by zstd. */
  readonly body: Buffer;
  /** CRC-32 of the body: zstd passes over some bits that are turned over. */
  readonly crc32: number;
}

/** What unpacking a block needs of it. */
export type StoredBlock = Pick<PackedBlock, 'position' | 'events' | 'body' | 'crc32'>;

/** What a block says of its events, in their order: numbers count from 0 within its own lists. */
interface Heading {
  /** Its streams, each with the revision of its first event here. */
  readonly streams: readonly (readonly [name: string, first: number])[];
  readonly types: readonly string[];
  readonly streamOf: readonly number[];
  readonly typeOf: readonly number[];
  readonly bytes: readonly number[];
}

const OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
const LINE_FEED = Buffer.from('\n');
const compress = promisify(zstdCompress);

/** Events on their way into a block: neighbours in the log, those of each stream behind each other. */
export class BlockDraft {
  private readonly streams = new Map<string, { index: number; first: number; last: number }>();
  private readonly types = new Map<string, number>();
  private readonly heading = { streamOf: [] as number[], typeOf: [] as number[], bytes: [] as number[] };
  private readonly lines: Buffer[] = [];
  private readonly hashes: Buffer[] = [];
  private size = 0;

  constructor(readonly position: number) {}

  get events(): number {
    return this.hashes.length;
  }

  get isFull(): boolean {
    return this.events >= MOST_IN_BLOCK || this.size >= MOST_BYTES;
  }

  /** Takes an event in, unless it does not lie behind those that are in it, in the log or in its stream. */
  add({ position, stream, revision, type, bytes, hash }: LogRow): boolean {
    const part = this.streams.get(stream);
    if (position !== this.position + this.events || (part && revision !== part.last + 1)) return false;
    if (part) part.last = revision;
    else this.streams.set(stream, { index: this.streams.size, first: revision, last: revision });
    let typeIndex = this.types.get(type);
    if (typeIndex === undefined) this.types.set(type, (typeIndex = this.types.size));
    this.heading.streamOf.push(part?.index ?? this.streams.size - 1);
    this.heading.typeOf.push(typeIndex);
    this.heading.bytes.push(bytes.length);
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
    const streams = [...this.streams].map(([name, { first }]) => [name, first] as const);
    const heading: Heading = { streams, types: [...this.types.keys()], ...this.heading };
    return Buffer.concat([Buffer.from(JSON.stringify(heading)), ...this.lines]);
  }

  private packed(body: Buffer): PackedBlock {
    const { position, events } = this;
    const parts = [...this.streams].map(([stream, { first, last }]) => ({ stream, first, last }));
    return { position, events, parts, hashes: Buffer.concat(this.hashes), body, crc32: crc32(body) };
  }
}

/** Events of a block cannot be read any more: it is not as it was written. Recognised by its code. */
export class DamagedBlock extends Error {
  readonly code = 'block-damaged';
  constructor(
    readonly first: number,
    readonly last: number,
    why: string,
    cause?: unknown,
  ) {
    super(`the events at positions ${first} to ${last} cannot be unpacked: ${why}`, { cause });
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
  private readonly revisions: number[] = [];
  private readonly ends: number[] = [];
  private constructor(
    readonly position: number,
    private readonly heading: Heading,
    private readonly text: Buffer,
    private readonly begin: number,
  ) {
    const next = heading.streams.map(([, first]) => first);
    let end = begin;
    for (const [index, stream] of heading.streamOf.entries()) {
      this.revisions.push(next[stream]!);
      next[stream]! += 1;
      end += heading.bytes[index]! + LINE_FEED.length;
      this.ends.push(end);
    }
    this.parts = heading.streams.map(([stream, first], index) => ({ stream, first, last: next[index]! - 1 }));
  }

  /** @throws DamagedBlock */
  static unpack({ position, events, body, crc32: wanted }: StoredBlock): Block {
    const damaged = (why: string, cause?: unknown): DamagedBlock =>
      new DamagedBlock(position, position + events - 1, why, cause);
    if (crc32(body) !== wanted) throw damaged('its checksum is another');
    let block: Block;
    try {
      const text = zstdDecompressSync(body, { chunkSize: CHUNK, maxOutputLength: MOST_UNPACKED });
      const begin = text.indexOf(LINE_FEED);
      const heading = JSON.parse(text.toString('utf8', 0, begin)) as Heading;
      block = new Block(position, heading, text, begin + LINE_FEED.length);
    } catch (error) {
      throw damaged((error as Error).message, error);
    }
    if (block.events !== events) throw damaged(`there are ${block.events}`);
    return block;
  }

  get events(): number {
    return this.revisions.length;
  }

  get last(): number {
    return this.position + this.events - 1;
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

  /** The places in the block of the events of a stream between two revisions, in their order. */
  placesOf(stream: string, from: number, to: number): number[] {
    const { streams, streamOf } = this.heading;
    const wanted = streams.findIndex(([name]) => name === stream);
    const places: number[] = [];
    for (const [index, at] of streamOf.entries())
      if (at === wanted && this.revisions[index]! >= from && this.revisions[index]! <= to) places.push(index);
    return places;
  }

  private beginOf(index: number): number {
    return index === 0 ? this.begin : this.ends[index - 1]!;
  }
}
