import { type SqliteFile } from '../../sqlite-file.js';

/** The tables of a log as it was before there were blocks. */
const ROWS = `
CREATE TABLE IF NOT EXISTS stream (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS type (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS event (
  position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, revision INTEGER NOT NULL, type INTEGER NOT NULL,
  data TEXT NOT NULL, hash BLOB NOT NULL, UNIQUE (stream, revision)) STRICT;
CREATE TABLE IF NOT EXISTS idempotency (
  stream INTEGER NOT NULL, key TEXT NOT NULL, revision INTEGER NOT NULL,
  PRIMARY KEY (stream, key)) STRICT, WITHOUT ROWID;
`;

const BLOCKS = `
CREATE TABLE IF NOT EXISTS block (
  position INTEGER PRIMARY KEY, low INTEGER NOT NULL, high INTEGER NOT NULL, events INTEGER NOT NULL,
  crc32 INTEGER NOT NULL, hashes BLOB NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS part (
  stream INTEGER NOT NULL, revision INTEGER NOT NULL, last INTEGER NOT NULL, block INTEGER NOT NULL,
  PRIMARY KEY (stream, revision)) STRICT, WITHOUT ROWID;
`;

/**
 * The tables of a log. Facts are for ever: they are never changed, only added to, and how they lie means nothing. An
 * event is a row of `event`, or one of a `block` (`block.ts`): `part` says which revisions of a stream a block holds.
 * The tables come all at once: a file with some of them, left by a process that was killed, would be no log and no new
 * one either.
 */
export const SCHEMA = `BEGIN;${ROWS}${BLOCKS}COMMIT;`;

/** False of a log that no version with blocks has opened for writing. */
export const hasBlocks = (file: SqliteFile): boolean =>
  file.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'block'").get() !== undefined;

/** What the schema of a log must be. */
export const schemaOf = (file: SqliteFile): string => (hasBlocks(file) ? SCHEMA : ROWS);

/** A file that is no log: empty, or a database of something else. Recognised by its code. */
export class NotALog extends Error {
  readonly code = 'not-a-log';
}

export function isNotALog(error: unknown): error is NotALog {
  return error instanceof Error && 'code' in error && error.code === 'not-a-log';
}

/**
 * Refuses a database without the table of events: a log would be written into what belongs to another program.
 * @param mayBeEmpty a file with nothing in it becomes a log
 * @throws NotALog
 */
export function demandLogIn(file: SqliteFile, mayBeEmpty: boolean): void {
  const tables = file.prepare('SELECT name FROM sqlite_schema').pluck().all() as string[];
  if (tables.includes('event') || (mayBeEmpty && tables.length === 0)) return;
  throw new NotALog(tables.length === 0 ? 'the file is empty' : `the file holds ${tables.slice(0, 3).join(', ')}`);
}

/** A table, an index, a trigger or a view, as a schema lists it. */
interface SchemaEntry {
  readonly type: string;
  readonly name: string;
  readonly sql: string | null;
}

/** What is not in a log's schema as it must be: each with what it should be and what it is. */
export function* schemaDifferences(file: SqliteFile, model: SqliteFile): Iterable<string> {
  const [wanted, found] = [entriesOf(model), entriesOf(file)];
  for (const [name, sql] of found)
    if (!wanted.has(name)) yield `${name} does not belong to a log`;
    else if (wanted.get(name) !== sql) yield `${name} is ${sql}`;
  for (const name of wanted.keys()) if (!found.has(name)) yield `${name} is missing`;
}

/** By type and name; how a statement was broken into lines, or quoted, does not matter. */
function entriesOf(file: SqliteFile): Map<string, string> {
  const entries = file.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all() as SchemaEntry[];
  return new Map(
    entries.map(({ type, name, sql }) => [
      `${type} ${name}`,
      (sql ?? '').replaceAll('"', '').replaceAll(/\s+/g, ' ').trim(),
    ]),
  );
}
