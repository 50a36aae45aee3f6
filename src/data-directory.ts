import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerError, text } from './errors.js';
import { lockFile, type SqliteFile } from './sqlite-file.js';

/** The files of one ledger. */
export interface DataPaths {
  readonly log: string;
  readonly mark: string;
  readonly read: string;
  /** Names the log that the read tables were made from. */
  readonly readFrom: string;
  readonly imports: string;
  /** An operator's word that the clock is right. */
  readonly confirmedClock: string;
}

export const dataPaths = (directory: string): DataPaths => ({
  log: join(directory, 'log.db'),
  mark: join(directory, 'log.mark'),
  read: join(directory, 'read.db'),
  readFrom: join(directory, 'read.from'),
  imports: join(directory, 'imports'),
  confirmedClock: join(directory, 'clock.confirmed'),
});

/** The name of the log that is a file of the directory itself. */
export const OWN_LOG = 'log.db';

/**
 * A data directory belongs to one process at a time. The lock is the operating system's and falls with its process, so
 * nothing is ever stale; the process id beside it is only for the message.
 */
export class DataDirectory {
  private constructor(
    readonly path: string,
    readonly paths: DataPaths,
    private readonly lock: SqliteFile,
  ) {}

  /** @throws LedgerError unavailable `data-directory-in-use`, naming the process that holds it */
  static take(path: string): DataDirectory {
    mkdirSync(path, { recursive: true });
    const owner = join(path, 'owner.pid');
    const lock = lockFile(join(path, 'lock.db'));
    if (!lock) {
      const pid = readFileSync(owner, 'utf8').trim();
      throw new LedgerError(
        'unavailable',
        'data-directory-in-use',
        text(`数据目录 ${path} 正由进程 ${pid} 使用`, `data directory ${path} is in use by process ${pid}`),
      );
    }
    writeFileSync(owner, `${process.pid}\n`);
    return new DataDirectory(path, dataPaths(path), lock);
  }

  /** Removes read tables that were made from another log than the one named: positions there mean nothing here. */
  keepTablesOf(logName: string): void {
    if (!areTablesOf(this.paths, logName))
      for (const suffix of ['', '-wal', '-shm']) rmSync(this.paths.read + suffix, { force: true });
    writeFileSync(this.paths.readFrom, `${logName}\n`);
  }

  release(): void {
    this.lock.close();
  }
}

/** Whether the read tables, where there are any, were made from the log of a name. */
export function areTablesOf({ read, readFrom }: DataPaths, logName: string): boolean {
  if (!existsSync(read)) return true;
  const from = existsSync(readFrom) ? readFileSync(readFrom, 'utf8').trim() : OWN_LOG;
  return from === logName;
}
