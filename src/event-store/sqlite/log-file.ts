import { openSqlite, type SqliteFile, type Statement } from '../../sqlite-file.js';
import { type CopiedFrom } from '../event-store.js';
import { CopiedEvents } from './copied.js';
import { SCHEMA } from './schema.js';

/** An event as a log file holds it. Nothing is checked: what is damaged in a file is the same in a copy of it. */
export interface LogRow {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly bytes: Buffer;
  /** SHA-256 of the bytes, as stored. */
  readonly hash: Buffer;
  /** Where it was copied from a log that several nodes wrote. */
  readonly copied?: CopiedFrom | undefined;
}

const PAGE = 2_000;

/** The position of the last row of a log file. @throws whatever SQLite says of a file that cannot be read */
export function readHead(path: string): number {
  const file = openSqlite(path, 'readonly');
  try {
    return file.prepare('SELECT coalesce(max(position), 0) FROM event').pluck().get() as number;
  } finally {
    file.close();
  }
}

/**
 * The rows of a log file in their order, up to a position. Rows never change once they are there, so that no
 * transaction is held open meanwhile: whoever writes is not held up, and the file read is the same.
 * @throws whatever SQLite says of a file that cannot be read further
 */
export function* readRows(path: string, after: number, upTo: number): Generator<LogRow[], void, void> {
  const file = openSqlite(path, 'readonly');
  try {
    const page = file.prepare(
      `SELECT position, coalesce(s.name, '') AS stream, revision, coalesce(t.name, '') AS type,
         CAST(data AS BLOB) AS bytes, hash
       FROM event AS e LEFT JOIN stream AS s ON s.id = e.stream LEFT JOIN type AS t ON t.id = e.type
       WHERE position > ? AND position <= ? ORDER BY position LIMIT ${PAGE}`,
    );
    const copied = new CopiedEvents(file);
    const severalUpTo = copied.upTo;
    for (let last = after; ;) {
      const rows = page.all(last, upTo) as LogRow[];
      if (rows.length === 0) return;
      yield severalUpTo === undefined ? rows : rows.map((row) => ({ ...row, copied: copied.of(row.position) }));
      last = rows.at(-1)!.position;
    }
  } finally {
    file.close();
  }
}

/**
 * Writes a log file that nobody reads before it is whole: rows with their own positions and hashes, in their order.
 * There is one file and no journal beside it; what is broken off is thrown away.
 */
export class LogFileWriter {
  private readonly file: SqliteFile;
  private readonly statements: Record<'event' | 'key' | 'stream' | 'type', Statement>;
  private readonly copied: CopiedEvents;
  private readonly streams = new Map<string, number>();
  private readonly types = new Map<string, number>();

  constructor(path: string) {
    this.file = openSqlite(path, 'whole');
    this.file.exec(SCHEMA);
    this.copied = new CopiedEvents(this.file);
    this.statements = {
      event: this.file.prepare('INSERT INTO event VALUES (?, ?, ?, ?, CAST(? AS TEXT), ?)'),
      key: this.file.prepare('INSERT INTO idempotency VALUES (?, ?, ?)'),
      stream: this.file.prepare('INSERT INTO stream VALUES (?, ?)'),
      type: this.file.prepare('INSERT INTO type VALUES (?, ?)'),
    };
  }

  /** @param keyOf the indexed key of a row; undefined where it has none */
  write(rows: readonly LogRow[], keyOf: (row: LogRow) => string | undefined): void {
    this.file.exec('BEGIN');
    for (const row of rows) {
      const stream = idIn(this.streams, row.stream, this.statements.stream);
      const type = idIn(this.types, row.type, this.statements.type);
      this.statements.event.run(row.position, stream, row.revision, type, row.bytes, row.hash);
      const key = keyOf(row);
      if (key !== undefined) this.statements.key.run(stream, key, row.revision);
    }
    this.copied.keep(rows);
    this.file.exec('COMMIT');
  }

  close(): void {
    this.file.close();
  }
}

function idIn(ids: Map<string, number>, name: string, insert: Statement): number {
  let id = ids.get(name);
  if (id === undefined) {
    id = ids.size + 1;
    ids.set(name, id);
    insert.run(id, name);
  }
  return id;
}
