import { rmSync } from 'node:fs';
import { type EventStore } from '../src/event-store/event-store.js';
import { openSqlite, type SqliteFile } from '../src/sqlite-file.js';

/** What the ledger is held against: the least that SQLite can do with the same bytes, and nothing else. */

/** An event as a row, without hash, keys, checks or names. */
type RawRow = [position: number, stream: number, revision: number, type: number, data: string];

function newLog(path: string): SqliteFile {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
  const file = openSqlite(path, 'durable');
  file.exec(`CREATE TABLE event (position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, revision INTEGER NOT NULL,
    type INTEGER NOT NULL, data TEXT NOT NULL) STRICT`);
  return file;
}

/** One INSERT, one commit, `synchronous=FULL`, for so long. Commits per second. */
export function singleCommits(path: string, data: string, durationMs: number): number {
  const file = newLog(path);
  const insert = file.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?)');
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < durationMs) {
    file.exec('BEGIN');
    insert.run((count += 1), 1, count, 1, data);
    file.exec('COMMIT');
  }
  const rate = (count / (performance.now() - started)) * 1_000;
  file.close();
  return rate;
}

/**
 * The events of a log inserted into a plain one in batches, `synchronous=FULL`. Reading them is not timed.
 * Rows per second.
 */
export async function batchInserts(path: string, log: EventStore, batch: number): Promise<number> {
  const file = newLog(path);
  const insert = file.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?)');
  const [streams, types] = [new Map<string, number>(), new Map<string, number>()];
  let [elapsedMs, count] = [0, 0];
  for await (const events of log.readAll({ after: 0, batch, live: false })) {
    const rows = events.map(({ position, stream, revision, type, data }): RawRow => [
      position,
      numberOf(streams, stream),
      revision,
      numberOf(types, type),
      data,
    ]);
    const started = performance.now();
    file.exec('BEGIN');
    for (const row of rows) insert.run(...row);
    file.exec('COMMIT');
    elapsedMs += performance.now() - started;
    count += rows.length;
  }
  file.close();
  return (count / elapsedMs) * 1_000;
}

/** Names stand in a plain log as numbers, as few bytes as they can. */
function numberOf(names: Map<string, number>, name: string): number {
  const number = names.get(name) ?? names.size + 1;
  names.set(name, number);
  return number;
}

/** Every row of a plain log, read in order and looked at. Rows per second. */
export function scan(path: string): number {
  const file = openSqlite(path, 'readonly');
  const rows = file.prepare('SELECT position, stream, revision, type, data FROM event ORDER BY position').raw();
  const started = performance.now();
  let [count, characters] = [0, 0];
  for (const row of rows.iterate() as IterableIterator<RawRow>) {
    count += 1;
    characters += row[4].length;
  }
  const rate = (count / (performance.now() - started)) * 1_000;
  file.close();
  if (characters === 0) throw new Error(`${path} is empty`);
  return rate;
}
