import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerError, text } from './errors.js';
import { lockFile, type SqliteFile } from './sqlite-file.js';

/** The files of one ledger. */
export interface DataPaths {
  readonly log: string;
  readonly mark: string;
  readonly read: string;
  readonly imports: string;
}

export const dataPaths = (directory: string): DataPaths => ({
  log: join(directory, 'log.db'),
  mark: join(directory, 'log.mark'),
  read: join(directory, 'read.db'),
  imports: join(directory, 'imports'),
});

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

  release(): void {
    this.lock.close();
  }
}
