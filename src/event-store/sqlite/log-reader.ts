import { type SqliteFile, type Statement } from '../../sqlite-file.js';
import { type ReadStreamOptions } from '../event-store.js';
import { Block, HASH_BYTES, type LogRow, type Part, type StoredBlock } from './block.js';
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
    position: block.position + index,
    stream: block.streamOf(index),
    revision: block.revisionOf(index),
    type: block.typeOf(index),
    bytes: block.bytesOf(index),
    hash: hashes().subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
  }),
};

/** Blocks that stay unpacked: whoever reads on in the log, or in a stream, asks for them again. */
const MOST_KEPT = 8;

/** Events that lie together: rows, or those of a block with all that is in it. */
interface Piece<T> {
  readonly events: T[];
  /** How far they reach: the position of the last, or where nothing is, the one they were asked behind. */
  readonly last: number;
  readonly parts?: readonly Part[];
}

interface PartRow {
  readonly revision: number;
  readonly last: number;
  readonly block: number;
}

type Rows = Record<'after' | 'forwards' | 'backwards' | 'hashAt' | 'head', Statement>;
type Blocks = Record<'at' | 'next' | 'body' | 'hashes' | 'hashAt' | 'end' | 'part' | 'nextPart', Statement>;

/**
 * Reads the events of a log, whether they lie in rows or in blocks. What it needs for one answer it reads within one
 * transaction: meanwhile another process may move rows into a block, and neither they nor it would be seen.
 */
export class LogReader<T> {
  private readonly rows: Rows;
  private knownBlocks: Blocks | undefined;
  private readonly kept = new Map<number, Block>();

  constructor(
    private readonly file: SqliteFile,
    private readonly names: SqliteNames,
    private readonly reading: Reading<T>,
  ) {
    const columns = `position, stream, revision, type, ${reading.columns}`;
    const inStream = `SELECT ${columns} FROM event WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision`;
    this.rows = {
      after: file
        .prepare(`SELECT ${columns} FROM event WHERE position > ? AND position < ? ORDER BY position LIMIT ?`)
        .raw(),
      forwards: file.prepare(`${inStream} LIMIT ?`).raw(),
      backwards: file.prepare(`${inStream} DESC LIMIT ?`).raw(),
      hashAt: file.prepare('SELECT lower(hex(hash)) FROM event WHERE position = ?').pluck(),
      head: file.prepare('SELECT coalesce(max(position), 0) FROM event').pluck(),
    };
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
      return ofRow ?? (this.blocks?.hashAt.get({ position }) as string | undefined);
    });
  }

  /** The events behind a position, in their order. @throws DamagedBlock */
  after(position: number, limit: number): T[] {
    return this.atOneMoment(() => {
      const events: T[] = [];
      for (let reached = position; events.length < limit;) {
        const { events: found, last } = this.behind(reached, limit - events.length);
        if (found.length === 0) break;
        for (const event of found) events.push(event);
        reached = last;
      }
      return events;
    });
  }

  /**
   * The events that lie next behind a position: of one block, or rows up to the next block.
   * @throws DamagedBlock
   */
  next(position: number, limit: number): Piece<T> {
    return this.atOneMoment(() => this.behind(position, limit));
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
          const places = this.placesIn(part, stream, next, isBackwards);
          for (const event of this.taken(part.block, places.slice(0, left))) events.push(event);
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

  private placesIn(part: PartRow, stream: string, next: number, isBackwards: boolean): number[] {
    const block = this.block(part.block);
    if (!isBackwards) return block.placesOf(stream, next, part.last);
    return block.placesOf(stream, part.revision, next).toReversed();
  }

  private behind(position: number, limit: number): Piece<T> {
    const at = this.blocks?.at.get(position + 1) as { position: number; end: number } | undefined;
    if (at && at.end > position) return this.inBlock(at.position, position + 1, limit);
    const next = this.blocks?.next.get(position) as number | undefined;
    const rows = this.rows.after.all(position, next ?? Number.MAX_SAFE_INTEGER, limit) as EventRow[];
    if (rows.length > 0 || next === undefined)
      return { events: rows.map((row) => this.reading.ofRow(row, this.names)), last: rows.at(-1)?.[0] ?? position };
    return this.inBlock(next, next, limit);
  }

  private inBlock(block: number, from: number, limit: number): Piece<T> {
    const { events: count, parts } = this.block(block);
    const begin = from - block;
    const end = Math.min(count, begin + limit);
    const places = Array.from({ length: end - begin }, (_, index) => begin + index);
    return { events: this.taken(block, places), last: block + end - 1, parts };
  }

  private taken(position: number, places: readonly number[]): T[] {
    const block = this.block(position);
    let read: Buffer | undefined;
    const hashes = (): Buffer => (read ??= this.blocks!.hashes.get(position) as Buffer);
    return places.map((index) => this.reading.ofBlock(block, index, hashes));
  }

  private block(position: number): Block {
    const known = this.kept.get(position);
    if (known) return known;
    const block = Block.unpack(this.blocks!.body.get(position) as StoredBlock);
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

function prepareBlocks(file: SqliteFile): Blocks {
  return {
    at: file.prepare(
      'SELECT position, position + events - 1 AS end FROM block WHERE position <= ? ORDER BY position DESC LIMIT 1',
    ),
    next: file.prepare('SELECT position FROM block WHERE position > ? ORDER BY position LIMIT 1').pluck(),
    body: file.prepare('SELECT position, events, crc32, body FROM block WHERE position = ?'),
    hashes: file.prepare('SELECT hashes FROM block WHERE position = ?').pluck(),
    hashAt: file
      .prepare(
        `SELECT lower(hex(substr(hashes, (:position - position) * ${HASH_BYTES} + 1, ${HASH_BYTES}))) FROM
           (SELECT position, events, hashes FROM block WHERE position <= :position ORDER BY position DESC LIMIT 1)
         WHERE :position < position + events`,
      )
      .pluck(),
    end: file.prepare('SELECT position + events - 1 FROM block ORDER BY position DESC LIMIT 1').pluck(),
    part: file.prepare(
      'SELECT revision, last, block FROM part WHERE stream = ? AND revision <= ? ORDER BY revision DESC LIMIT 1',
    ),
    nextPart: file
      .prepare('SELECT revision FROM part WHERE stream = ? AND revision > ? ORDER BY revision LIMIT 1')
      .pluck(),
  };
}
