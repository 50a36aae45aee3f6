import { type SqliteFile, type Statement } from '../../sqlite-file.js';
import { type PackedBlock } from './block.js';

/** The blocks of a log, and what of which stream is in them, as they are added to in an open transaction. */
export class BlockTable {
  private readonly block: Statement;
  private readonly part: Statement;

  /** @param idOf the number of a stream in the file, entered there */
  constructor(
    file: SqliteFile,
    private readonly idOf: (stream: string) => number,
  ) {
    this.block = file.prepare('INSERT INTO block VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.part = file.prepare('INSERT INTO part VALUES (?, ?, ?, ?)');
  }

  insert({ position, low, high, events, parts, crc32, hashes, body }: PackedBlock): void {
    this.block.run(position, low, high, events, crc32, hashes, body);
    for (const { stream, first, last } of parts) this.part.run(this.idOf(stream), first, last, position);
  }
}
