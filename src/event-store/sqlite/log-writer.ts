import { hash } from 'node:crypto';
import { type SqliteFile, type Statement } from '../../sqlite-file.js';
import { type NewEvent } from '../event-store.js';
import { BlockDraft, HASH_BYTES } from './block.js';
import { BlockTable } from './block-table.js';
import { type SqliteNames } from './names.js';

/** Fewer events than these are rows at first: a block of so few would hardly be smaller than they are. */
const LEAST_IN_BLOCK = 16;

/** Where the first event of an append comes to stand in its stream, and what number the stream has in the file. */
interface InStream {
  readonly stream: string;
  readonly id: number;
  readonly revision: number;
}

/** Writes events into the open transaction of a log: many at once as blocks, few as rows. */
export class LogWriter {
  readonly blocks: BlockTable;
  private readonly insert: Statement;
  /** The hash of the event written last: one buffer for all rows, because a million of them burden the memory. */
  private readonly digest = Buffer.alloc(HASH_BYTES);
  /** The block that the next events go into. */
  private draft: BlockDraft | undefined;

  constructor(
    file: SqliteFile,
    private readonly names: SqliteNames,
  ) {
    this.insert = file.prepare('INSERT INTO event VALUES (?, ?, ?, ?, CAST(? AS TEXT), ?)');
    this.blocks = new BlockTable(file, (stream) => names.streamId(stream)!);
  }

  /** The SHA-256 of the event written last, in hexadecimal. */
  lastHash(): string {
    return this.digest.toString('hex');
  }

  /** @param position that of the first of the events */
  write(position: number, place: InStream, events: readonly NewEvent[]): void {
    if (events.length < LEAST_IN_BLOCK) this.writeRows(position, place, events);
    else this.addToBlocks(position, place, events);
  }

  /** Before the transaction ends: the last block is written. */
  finish(): void {
    if (this.draft) this.blocks.insert(this.draft.pack());
    this.draft = undefined;
  }

  /** The transaction is undone. */
  forget(): void {
    this.draft = undefined;
  }

  private writeRows(position: number, { id, revision }: InStream, events: readonly NewEvent[]): void {
    for (const [index, { type, data }] of events.entries()) {
      // Encoded once for the hash and the file: each of them would do it again, and slower.
      const bytes = Buffer.from(data);
      this.digest.write(hash('sha256', bytes, 'binary'), 'binary');
      this.insert.run(position + index, id, revision + index, this.names.typeId(type), bytes, this.digest);
    }
  }

  /** What is appended in one transaction shares its blocks, of whatever streams it is. */
  private addToBlocks(position: number, { stream, revision }: InStream, events: readonly NewEvent[]): void {
    const hashes = Buffer.allocUnsafe(events.length * HASH_BYTES);
    for (const [index, { type, data }] of events.entries()) {
      const bytes = Buffer.from(data);
      const hashOf = hashes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES);
      hashOf.write(hash('sha256', bytes, 'binary'), 'binary');
      const row = { position: position + index, stream, revision: revision + index, type, bytes, hash: hashOf };
      if (this.draft?.add(row) === true) continue;
      this.finish();
      this.draft = new BlockDraft();
      this.draft.add(row);
    }
    hashes.copy(this.digest, 0, hashes.length - HASH_BYTES);
  }
}
