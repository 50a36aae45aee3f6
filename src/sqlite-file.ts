import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

export type SqliteFile = Sqlite.Database;
export type Statement = Sqlite.Statement<unknown[], unknown>;

/** Pages kept in each process's own memory; what does not fit is still in that of the operating system. */
const CACHE_KIB = { durable: 16_384, standing: 2_048, disposable: 32_768, whole: 32_768, readonly: 8_192 } as const;

/**
 * Opens an SQLite file in write-ahead mode.
 * - `durable`: synchronous=FULL, a commit is on disk when it returns (the log).
 * - `standing`: the same file for one more who writes in it, never created.
 * - `disposable`: synchronous=NORMAL, for files that can be rebuilt from the log (read tables).
 * - `whole`: one file and no other beside it, for what is thrown away unless it becomes whole; whoever says that it is
 *   puts it on disk first.
 * - `readonly`: never creates, never writes.
 *   Where nothing can be written beside the file, it is a copy of what stands there now.
 *
 * Every file knows `exact_sum(amount)`, as text: SQLite's own `sum` fails beyond 64 bits, and a question adds up more
 * than one book, whose bound that is. Of no rows it is `0`.
 */
export function openSqlite(path: string, mode: keyof typeof CACHE_KIB): SqliteFile {
  const file = mode === 'readonly' ? openReadable(path) : new Sqlite(path, { fileMustExist: mode === 'standing' });
  file.pragma('busy_timeout = 5000');
  file.pragma(`cache_size = ${-CACHE_KIB[mode]}`);
  file.pragma('temp_store = MEMORY');
  file.aggregate('exact_sum', {
    start: 0n,
    step: (sum: bigint, next: bigint) => sum + next,
    result: String,
    safeIntegers: true,
    deterministic: true,
  });
  if (mode === 'whole') {
    file.pragma('journal_mode = MEMORY');
    file.pragma('synchronous = OFF');
  } else if (mode !== 'readonly') {
    file.pragma('journal_mode = WAL');
    file.pragma(`synchronous = ${mode === 'disposable' ? 'NORMAL' : 'FULL'}`);
  }
  return file;
}

/** What SQLite says where it cannot make the index of a write-ahead log, which even one who only reads needs. */
const NO_INDEX = /^SQLITE_(CANTOPEN|READONLY)(_|$)/;

/**
 * Opens a file for reading. In a directory in which this user may not write, as of a read-only copy, SQLite opens no
 * file in write-ahead mode: then a copy of it in the temporary directory is read, which has no name any more once it is
 * open, and goes with whoever reads it.
 * @throws TemporaryCopyFailed
 */
function openReadable(path: string): SqliteFile {
  try {
    return openAndLook(path);
  } catch (error) {
    if (!NO_INDEX.test(sqliteCode(error)) || !statSync(path, { throwIfNoEntry: false })?.isFile()) throw error;
  }
  let directory: string | undefined;
  try {
    directory = mkdtempSync(join(tmpdir(), 'tongzhang-'));
    const copy = join(directory, 'copy.db');
    for (const suffix of ['', '-wal'])
      if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix, constants.COPYFILE_FICLONE);
    for (const suffix of ['', '-wal']) if (existsSync(copy + suffix)) chmodSync(copy + suffix, 0o600);
    return openAndLook(copy);
  } catch (error) {
    if (isDamaged(error)) throw error;
    throw new TemporaryCopyFailed(error);
  } finally {
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
  }
}

/** SQLite opens a file when it is first read. */
function openAndLook(path: string): SqliteFile {
  const file = new Sqlite(path, { readonly: true, fileMustExist: true });
  try {
    file.pragma('schema_version');
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Nothing can be written beside a file that is to be read, and no copy of it can be made. Known by its code. */
export class TemporaryCopyFailed extends Error {
  readonly code = 'temporary-copy-failed';
  constructor(cause: unknown) {
    super(`no temporary copy can be made: ${sqliteCode(cause)}`, { cause });
  }
}

/** The code that SQLite, or the operating system, gave an error; empty where it has none. */
export function sqliteCode(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/**
 * True where SQLite, or who unpacks what is in it, says that what stands in a file is not what it should be, rather
 * than that it cannot be had.
 */
export const isDamaged = (error: unknown): boolean =>
  /^(SQLITE_(CORRUPT|NOTADB|ERROR)(_|$)|block-damaged$)/.test(sqliteCode(error));

/**
 * Reads a file and its write-ahead log from beginning to end: SQLite calls a disk that gives an error a damaged file.
 * @throws an error of the operating system, where they cannot be read
 */
export function readThrough(path: string): void {
  const block = Buffer.alloc(1 << 20);
  for (const name of [path, `${path}-wal`]) {
    if (!existsSync(name)) continue;
    const file = openSync(name, 'r');
    try {
      for (let at = 0, bytes = 1; bytes > 0; at += bytes) bytes = readSync(file, block, 0, block.length, at);
    } finally {
      closeSync(file);
    }
  }
}

/** Takes an operating system lock on a file for as long as the process lives; false where another process holds it. */
export function lockFile(path: string): SqliteFile | undefined {
  const file = new Sqlite(path, { timeout: 0 });
  try {
    file.pragma('locking_mode = EXCLUSIVE');
    file.exec('BEGIN EXCLUSIVE');
    return file;
  } catch (error) {
    file.close();
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return undefined;
    throw error;
  }
}
