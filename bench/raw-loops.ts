import { rmSync } from 'node:fs';
import { openSqlite, type SqliteFile } from '../src/sqlite-file.js';

/** What the ledger is held against: the least that SQLite can do with the same bytes, and nothing else. */

const COLUMNS = 'position, stream, revision, type, data';

/** An event as a row, without hash, keys, checks or names. */
export type RawRow = [position: number, stream: number, revision: number, type: number, data: string];

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
 * The rows of a log inserted into another in batches, `synchronous=FULL`. Reading them is not timed. Rows per second.
 */
export function batchInserts(path: string, logPath: string, batch: number): number {
  const source = openSqlite(logPath, 'readonly');
  const page = source.prepare(`SELECT ${COLUMNS} FROM event WHERE position > ? ORDER BY position LIMIT ${batch}`).raw();
  const file = newLog(path);
  const insert = file.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?)');
  let [elapsedMs, count] = [0, 0];
  for (let rows = page.all(0) as RawRow[]; rows.length > 0; rows = page.all(rows.at(-1)![0]) as RawRow[]) {
    const started = performance.now();
    file.exec('BEGIN');
    for (const row of rows) insert.run(...row);
    file.exec('COMMIT');
    elapsedMs += performance.now() - started;
    count += rows.length;
  }
  file.close();
  source.close();
  return (count / elapsedMs) * 1_000;
}

/** Every row of a log, read in order and looked at. Rows per second. */
export function scan(logPath: string): number {
  const file = openSqlite(logPath, 'readonly');
  const rows = file.prepare(`SELECT ${COLUMNS} FROM event ORDER BY position`).raw();
  const started = performance.now();
  let [count, characters] = [0, 0];
  for (const row of rows.iterate() as IterableIterator<RawRow>) {
    count += 1;
    characters += row[4].length;
  }
  const rate = (count / (performance.now() - started)) * 1_000;
  file.close();
  if (characters === 0) throw new Error(`${logPath} is empty`);
  return rate;
}
