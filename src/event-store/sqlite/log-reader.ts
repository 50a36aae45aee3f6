import { type SqliteFile, type Statement } from '../../sqlite-file.js';
import { type ReadStreamOptions } from '../event-store.js';
import {
  Block,
  type DamagedBlock,
  HASH_BYTES,
  isDamagedBlock,
  type LogRow,
  type StoredBlock,
  type Window,
} from './block.js';
import { type SqliteNames } from './names.js';
import { hasBlocks } from './schema.js';

/** What an event of a log is read as. */
export interface Reading<T> {
  /** What is read of a row of `event` beside where it stands. */
  readonly columns: string;
  readonly ofRow: (row: EventRow, names: SqliteNames) => T;
  readonly ofBlock: (block: Block, index: number, hashes: () => Buffer) => T;
}

export type EventRow = [position: number, stream: number, revision: number, type: number, ...rest: unknown[]];

/** An event with its bytes and its hash, as they are stored. */
export const AS_STORED: Reading<LogRow> = {
  columns: 'CAST(data AS BLOB), hash',
  ofRow: ([position, stream, revision, type, bytes, hash], names) => ({
    position,
    // What has no name, in a damaged log, has an empty one.
    stream: names.streamName(stream) ?? '',
    revision,
    type: names.typeName(type) ?? '',
    bytes: bytes as Buffer,
    hash: hash as Buffer,
  }),
  ofBlock: (block, index, hashes) => ({
    position: block.positionOf(index),
    stream: block.streamOf(index),
    revision: block.revisionOf(index),
    type: block.typeOf(index),
    bytes: block.bytesOf(index),
    hash: hashes().subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
  }),
};

/** Events that lie together: rows, or what there is between the ends of a window. */
export interface Piece<T> {
  readonly events: T[];
  /** How far they reach: the position of the last, or where nothing is, the one they were asked behind. */
  readonly last: number;
  /** The blocks of the window. */
  readonly blocks: readonly Block[];
}

/** Hears of a block that cannot be unpacked, and whose events are left out. */
type Lost = (error: DamagedBlock) => void;

/** Where an event of a block stands. */
interface Place {
  readonly block: Block;
  readonly index: number;
}

/** The events of the blocks of a window in the order of the log. */
interface OpenWindow {
  /** The positions of its blocks: more may come, as long as there are rows in it. */
  readonly of: string;
  readonly blocks: readonly Block[];
  readonly places: readonly Place[];
}

/** Blocks that stay unpacked: whoever reads on in the log, or in a stream, asks for them again. */
const MOST_KEPT = 16;

interface PartRow {
  readonly revision: number;
  readonly last: number;
  readonly block: number;
}

type Rows = Record<'after' | 'forwards' | 'backwards' | 'hashAt' | 'head', Statement>;
type Blocks = Record<'windowAt' | 'in' | 'next' | 'block' | 'hashes' | 'end' | 'part' | 'nextPart', Statement>;

/**
 * Reads the events of a log, whether they lie in rows or in blocks. What it needs for one answer it reads within one
 * transaction: meanwhile another process may move rows into a block, and neither they nor it would be seen.
 */
export class LogReader<T> {
  private readonly rows: Rows;
  private knownBlocks: Blocks | undefined;
  private readonly kept = new Map<number, Block>();
  private open: OpenWindow | undefined;

  constructor(
    private readonly file: SqliteFile,
    private readonly names: SqliteNames,
    private readonly reading: Reading<T>,
  ) {
    this.rows = prepareRows(file, reading.columns);
  }

  /** The position of the last event; 0 where there is none. */
  head(): number {
    return this.atOneMoment(() =>
      Math.max(this.rows.head.get() as number, (this.blocks?.end.get() as number | undefined) ?? 0),
    );
  }

  /** The SHA-256 that is stored beside the event at a position, in hexadecimal. */
  hashAt(position: number): string | undefined {
    return this.atOneMoment(() => {
      const ofRow = this.rows.hashAt.get(position) as string | undefined;
      const window = ofRow === undefined ? this.windowAt(position) : undefined;
      if (!window) return ofRow;
      const place = this.placesIn(window).places.find(({ block, index }) => block.positionOf(index) === position);
      if (!place) return undefined;
      const hashes = this.blocks!.hashes.get(place.block.position) as Buffer;
      return hashes.toString('hex', place.index * HASH_BYTES, (place.index + 1) * HASH_BYTES);
    });
  }

  /** The events behind a position, in their order. @throws DamagedBlock */
  after(position: number, limit: number): T[] {
    return this.atOneMoment(() => {
      const events: T[] = [];
      for (let reached = position; events.length < limit;) {
        const { events: found, last } = this.behind(reached, limit - events.length);
        if (last === reached) break;
        for (const event of found) events.push(event);
        reached = last;
      }
      return events;
    });
  }

  /** The events that lie together next behind a position: of a window, or rows up to the next one. */
  next(position: number, limit: number, lost: Lost): Piece<T> {
    return this.atOneMoment(() => this.behind(position, limit, lost));
  }

  /** The events of a stream. @throws DamagedBlock */
  ofStream(stream: string, { from, direction, limit }: ReadStreamOptions): T[] {
    const id = this.names.streamId(stream);
    if (id === undefined) return [];
    const isBackwards = direction === 'backwards';
    return this.atOneMoment(() => {
      const events: T[] = [];
      let next: number | undefined = from ?? (isBackwards ? Number.MAX_SAFE_INTEGER : 0);
      while (next !== undefined && events.length < limit) {
        const left = limit - events.length;
        const part = this.blocks?.part.get(id, next) as PartRow | undefined;
        if (part && part.last >= next) {
          const block = this.block(part.block);
          const indexes = isBackwards
            ? block.indexesOf(stream, part.revision, next).toReversed()
            : block.indexesOf(stream, next, part.last);
          for (const event of this.taken(indexes.slice(0, left).map((index) => ({ block, index })))) events.push(event);
          next = isBackwards ? part.revision - 1 : part.last + 1;
        } else {
          // Rows lie between the parts of a stream, or behind them.
          const beyond: number | undefined = isBackwards
            ? part?.last
            : (this.blocks?.nextPart.get(id, next) as number | undefined);
          const [low, high] = isBackwards
            ? [(beyond ?? -1) + 1, next]
            : [next, (beyond ?? Number.MAX_SAFE_INTEGER) - 1];
          const rows = this.rows[isBackwards ? 'backwards' : 'forwards'].all(id, low, high, left) as EventRow[];
          for (const row of rows) events.push(this.reading.ofRow(row, this.names));
          next = beyond;
        }
      }
      return events;
    });
  }

  /** The window in which a position lies; undefined where it lies in none. */
  private windowAt(position: number): Window | undefined {
    const window = this.blocks?.windowAt.get(position) as Window | undefined;
    return window && window.high >= position ? window : undefined;
  }

  /** The window in which the block at a position lies. One that lies in none is damaged, and stands by itself. */
  private windowFrom(position: number): Window {
    return this.windowAt(position) ?? { low: position, high: position };
  }

  private behind(position: number, limit: number, lost?: Lost): Piece<T> {
    const window = this.windowAt(position + 1);
    if (window) return this.inWindow(window, position, limit, lost);
    const next = this.blocks?.next.get(position) as number | undefined;
    const rows = this.rows.after.all(position, (next ?? Number.MAX_SAFE_INTEGER) - 1, limit) as EventRow[];
    if (rows.length === 0 && next !== undefined) return this.inWindow(this.windowFrom(next), position, limit, lost);
    const events = rows.map((row) => this.reading.ofRow(row, this.names));
    return { events, last: rows.at(-1)?.[0] ?? position, blocks: [] };
  }

  private inWindow(window: Window, position: number, limit: number, lost?: Lost): Piece<T> {
    const { places, blocks } = this.placesIn(window, lost);
    const begin = places.findIndex(({ block, index }) => block.positionOf(index) > position);
    const wanted = begin < 0 ? [] : places.slice(begin, begin + limit);
    const rows = this.rows.after.all(position, window.high, limit) as EventRow[];
    if (rows.length === 0) {
      const last = wanted.at(-1);
      return { events: this.taken(wanted), last: last ? last.block.positionOf(last.index) : window.high, blocks };
    }
    // Not all of the window has been moved into blocks yet.
    const found = [
      ...this.taken(wanted).map((event, at) => [positionOf(wanted[at]!), event] as const),
      ...rows.map((row) => [row[0], this.reading.ofRow(row, this.names)] as const),
    ].toSorted(([one], [other]) => one - other);
    const taken = found.slice(0, limit);
    return { events: taken.map(([, event]) => event), last: taken.at(-1)![0], blocks };
  }

  private placesIn({ low, high }: Window, lost?: Lost): OpenWindow {
    const positions = this.blocks!.in.all(low, high) as number[];
    const of = positions.join();
    if (this.open?.of === of) return this.open;
    let isWhole = true;
    const blocks = positions.flatMap((position) => {
      try {
        return [this.block(position)];
      } catch (error) {
        if (!lost || !isDamagedBlock(error)) throw error;
        lost(error);
        isWhole = false;
        return [];
      }
    });
    const places = blocks.flatMap((block) => Array.from({ length: block.events }, (_, index) => ({ block, index })));
    if (blocks.some(({ isInOrder }) => !isInOrder)) places.sort((one, other) => positionOf(one) - positionOf(other));
    const open = { of, blocks, places };
    if (isWhole) this.open = open;
    return open;
  }

  private taken(places: readonly Place[]): T[] {
    const read = new Map<Block, Buffer>();
    return places.map(({ block, index }) =>
      this.reading.ofBlock(block, index, () => {
        let hashes = read.get(block);
        if (!hashes) read.set(block, (hashes = this.blocks!.hashes.get(block.position) as Buffer));
        return hashes;
      }),
    );
  }

  private block(position: number): Block {
    const known = this.kept.get(position);
    if (known) return known;
    const block = Block.unpack(this.blocks!.block.get(position) as StoredBlock);
    if (this.kept.size >= MOST_KEPT) this.kept.delete(this.kept.keys().next().value!);
    this.kept.set(position, block);
    return block;
  }

  /** Undefined of a log of before there were blocks, until somebody opens it for writing. */
  private get blocks(): Blocks | undefined {
    if (!this.knownBlocks && hasBlocks(this.file)) this.knownBlocks = prepareBlocks(this.file);
    return this.knownBlocks;
  }

  private atOneMoment<R>(read: () => R): R {
    if (this.file.inTransaction) return read();
    this.file.exec('BEGIN');
    try {
      return read();
    } finally {
      // SQLite ends it itself where the machine fails.
      if (this.file.inTransaction) this.file.exec('COMMIT');
    }
  }
}

const positionOf = ({ block, index }: Place): number => block.positionOf(index);

function prepareRows(file: SqliteFile, more: string): Rows {
  const columns = `position, stream, revision, type, ${more}`;
  const inStream = `SELECT ${columns} FROM event WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision`;
  return {
    after: file
      .prepare(`SELECT ${columns} FROM event WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`)
      .raw(),
    forwards: file.prepare(`${inStream} LIMIT ?`).raw(),
    backwards: file.prepare(`${inStream} DESC LIMIT ?`).raw(),
    hashAt: file.prepare('SELECT lower(hex(hash)) FROM event WHERE position = ?').pluck(),
    head: file.prepare('SELECT coalesce(max(position), 0) FROM event').pluck(),
  };
}

function prepareBlocks(file: SqliteFile): Blocks {
  return {
    // The window of the block that begins last before a position is the only one in which it can lie.
    windowAt: file.prepare('SELECT low, high FROM block WHERE position <= ? ORDER BY position DESC LIMIT 1'),
    in: file.prepare('SELECT position FROM block WHERE position BETWEEN ? AND ? ORDER BY position').pluck(),
    next: file.prepare('SELECT position FROM block WHERE position > ? ORDER BY position LIMIT 1').pluck(),
    block: file.prepare('SELECT position, low, high, events, crc32, body FROM block WHERE position = ?'),
    hashes: file.prepare('SELECT hashes FROM block WHERE position = ?').pluck(),
    end: file.prepare('SELECT high FROM block ORDER BY position DESC LIMIT 1').pluck(),
    part: file.prepare(
      'SELECT revision, last, block FROM part WHERE stream = ? AND revision <= ? ORDER BY revision DESC LIMIT 1',
    ),
    nextPart: file
      .prepare('SELECT revision FROM part WHERE stream = ? AND revision > ? ORDER BY revision LIMIT 1')
      .pluck(),
  };
}
