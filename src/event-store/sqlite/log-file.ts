import { openSqlite, type SqliteFile, type Statement } from '../../sqlite-file.js';
import { type CopiedFrom } from '../event-store.js';
import { draftsOf, type LogRow, MOST_IN_WINDOW } from './block.js';
import { BlockTable } from './block-table.js';
import { CopiedEvents } from './copied.js';
import { AS_STORED, LogReader } from './log-reader.js';
import { SqliteNames } from './names.js';
import { SCHEMA } from './schema.js';

/** An event of a log file, and how it stood where it was copied from a log that several nodes wrote. */
export interface FileRow extends LogRow {
  readonly copied?: CopiedFrom | undefined;
}

const PAGE = 2_000;

/** The position of the last event of a log file. @throws whatever SQLite says of a file that cannot be read */
export function readHead(path: string): number {
  const file = openSqlite(path, 'readonly');
  try {
    return new LogReader(file, new SqliteNames(file), AS_STORED).head();
  } finally {
    file.close();
  }
}

/**
 * The events of a log file in their order, up to a position. No transaction is held open between two pages: whoever
 * writes is not held up, and what is read is the same, however it lies.
 * @throws DamagedBlock, or whatever SQLite says of a file that cannot be read further
 */
export function* readRows(path: string, after: number, upTo: number): Generator<FileRow[], void, void> {
  const file = openSqlite(path, 'readonly');
  try {
    const reader = new LogReader(file, new SqliteNames(file), AS_STORED);
    const copied = new CopiedEvents(file);
    const severalUpTo = copied.upTo;
    for (let last = after; last < upTo;) {
      const rows = reader.after(last, Math.min(PAGE, upTo - last));
      if (rows.length === 0) return;
      last = rows.at(-1)!.position;
      // Where positions are missing, a page may reach further.
      const wanted = last > upTo ? rows.filter(({ position }) => position <= upTo) : rows;
      if (wanted.length === 0) return;
      yield severalUpTo === undefined ? wanted : wanted.map((row) => ({ ...row, copied: copied.of(row.position) }));
    }
  } finally {
    file.close();
  }
}

/** A key that a log has indexed, and the event that it leads to. */
export type IndexedKey = readonly [stream: string, key: string, revision: number];

/** The indexed keys of a log file, by stream and key. */
export function* readKeys(path: string): Generator<IndexedKey[], void, void> {
  const file = openSqlite(path, 'readonly');
  try {
    const page = file
      .prepare(
        `SELECT name, key, revision FROM stream CROSS JOIN idempotency ON stream = id
         WHERE (name, key) > (?, ?) ORDER BY name, key LIMIT ${PAGE}`,
      )
      .raw();
    for (let [stream, key] = ['', '']; ;) {
      const keys = page.all(stream, key) as IndexedKey[];
      if (keys.length === 0) return;
      yield keys;
      [stream, key] = keys.at(-1)!;
    }
  } finally {
    file.close();
  }
}

/**
 * Writes a log file that nobody reads before it is whole: events with their own positions and hashes, in their order,
 * in blocks. There is one file and no journal beside it; what is broken off is thrown away.
 */
export class LogFileWriter {
  private readonly file: SqliteFile;
  private readonly statements: Record<'key' | 'stream', Statement>;
  private readonly blocks: BlockTable;
  private readonly copied: CopiedEvents;
  private readonly streams = new Map<string, number>();
  /** Events that follow each other in the log, until there are enough of them for blocks. */
  private held: FileRow[] = [];

  constructor(path: string) {
    this.file = openSqlite(path, 'whole');
    this.file.exec(SCHEMA);
    this.copied = new CopiedEvents(this.file);
    this.blocks = new BlockTable(this.file, (stream) => this.idOf(stream));
    this.statements = {
      key: this.file.prepare('INSERT INTO idempotency VALUES (?, ?, ?)'),
      stream: this.file.prepare('INSERT INTO stream VALUES (?, ?)'),
    };
  }

  /** @param keyOf the indexed key of an event; undefined where it has none */
  write(rows: readonly FileRow[], keyOf: (row: LogRow) => string | undefined): void {
    this.file.exec('BEGIN');
    for (const row of rows) {
      const isNext = row.position === (this.held.at(-1)?.position ?? 0) + 1;
      if (this.held.length > 0 && (this.held.length === MOST_IN_WINDOW || !isNext)) this.writeHeld();
      this.held.push(row);
      const key = keyOf(row);
      if (key !== undefined) this.statements.key.run(this.idOf(row.stream), key, row.revision);
    }
    this.copied.keep(rows);
    this.file.exec('COMMIT');
  }

  /** Writes what is left, and lets go of the file. */
  close(): void {
    try {
      if (this.file.inTransaction) this.file.exec('ROLLBACK');
      else this.writeHeld();
    } finally {
      this.file.close();
    }
  }

  private writeHeld(): void {
    for (const draft of draftsOf(this.held)) this.blocks.insert(draft.pack());
    this.held = [];
  }

  private idOf(stream: string): number {
    let id = this.streams.get(stream);
    if (id === undefined) {
      id = this.streams.size + 1;
      this.streams.set(stream, id);
      this.statements.stream.run(id, stream);
    }
    return id;
  }
}
