import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { anchorOf, type DirectoryPlace, isInPlace, makeDirectory, placeOf, refusedDirectory } from './data-place.js';
import { LedgerError, text } from './errors.js';
import { HeldFile } from './event-store/sqlite/held-file.js';
import { codeOf } from './machine-fault.js';
import { finishPlacing } from './put-in-place.js';
import { isDamaged, lockFile, type SqliteFile } from './sqlite-file.js';

/** The files of one ledger. */
export interface DataPaths {
  readonly log: string;
  readonly mark: string;
  readonly read: string;
  readonly imports: string;
  /** Records of jobs, and the files that they write. */
  readonly jobs: string;
  /** An operator's word that the clock is right. */
  readonly confirmedClock: string;
}

export const dataPaths = (directory: string): DataPaths => ({
  log: join(directory, 'log.db'),
  mark: join(directory, 'log.mark'),
  read: join(directory, 'read.db'),
  imports: join(directory, 'imports'),
  jobs: join(directory, 'jobs'),
  confirmedClock: join(directory, 'clock.confirmed'),
});

/** Named the log that the read tables were made from, before these did so themselves. */
const OF_EARLIER_RELEASES = 'read.from';

/** The names of all files that may be of a ledger, those of SQLite beside its own. */
export const OWN_NAMES: readonly string[] = [...Object.values(dataPaths('')), OF_EARLIER_RELEASES].flatMap((name) =>
  name.endsWith('.db') ? [name, `${name}-wal`, `${name}-shm`] : [name],
);

/** How a data directory stands to the process that has taken it. */
export interface DirectoryCondition {
  /**
   * - held: it is this process's.
   * - taken-again: it is, though its lock was removed meanwhile.
   * - lost: another process has it, or it was removed or replaced itself, or nobody knows whose it is. What stands at
   *   its path now is not ours to write to.
   */
  readonly state: 'held' | 'taken-again' | 'lost';
  readonly message?: string;
}

/** How often a process looks whether its lock is in its place: another one that starts finds it taken again. */
const LOOK_EVERY_MS = 500;
const LOCK = 'lock.db';
const OWNER = 'owner.pid';

/**
 * A data directory belongs to one process at a time. The lock is the operating system's and falls with its process, so
 * nothing is ever stale; the process id beside it is only for the message, and for the day on which somebody has
 * removed the lock of a process that lives.
 */
export class DataDirectory {
  readonly paths: DataPaths;
  /**
   * Leads to this very directory, wherever it is moved: between a look whether it still stands at its path and the
   * opening of a file, another one may come to stand there.
   */
  readonly anchor: string;
  readonly anchored: DataPaths;
  private held: HeldFile;
  /** The directory itself: another one may stand at its path, with a lock that nobody holds. */
  readonly place: DirectoryPlace;
  /** Its number is given to no other while it is open. */
  private readonly handle: number | undefined;
  private current: DirectoryCondition = { state: 'held' };
  private readonly timer: NodeJS.Timeout;
  private readonly endings: (() => void)[] = [];

  private constructor(
    readonly path: string,
    private lock: SqliteFile,
    private readonly say: (message: string) => void,
  ) {
    this.paths = dataPaths(path);
    this.held = new HeldFile(join(path, LOCK));
    // Windows opens no directory, and removes none in which files are open.
    this.handle = process.platform === 'win32' ? undefined : openSync(path, 'r');
    this.place = placeOf(path);
    this.anchor = anchorOf(this.place, this.handle);
    this.anchored = dataPaths(this.anchor);
    this.timer = setInterval(() => this.condition(), LOOK_EVERY_MS).unref();
  }

  /**
   * Takes a directory, which is made where there is none.
   * @param say hears that the lock was removed
   * @throws LedgerError unavailable `data-directory-in-use`, naming the process that holds it; `data-directory`, where
   * it cannot be one
   */
  static take(path: string, say: (message: string) => void = () => undefined): DataDirectory {
    try {
      makeDirectory(path);
      const wasThere = existsSync(join(path, LOCK));
      const lock = takeLock(join(path, LOCK));
      const owner = lock && wasThere ? undefined : readOwner(path);
      if (!lock || (owner !== undefined && isAlive(owner))) {
        lock?.close();
        throw inUse(path, owner, lock !== undefined);
      }
      try {
        writeOwner(path);
        finishPlacing(path, OWN_NAMES);
        return new DataDirectory(path, lock, say);
      } catch (error) {
        lock.close();
        throw error;
      }
    } catch (error) {
      throw refusedDirectory(path, error);
    }
  }

  /** Hears when it is lost: whoever writes there has to end. */
  whenLost(act: () => void): void {
    this.endings.push(act);
  }

  /** How the directory stands now. A lock that was removed is taken again, unless another process was faster. */
  condition(): DirectoryCondition {
    if (this.current.state !== 'lost' && this.held.loss()) this.takeAgain();
    if (this.current.state !== 'lost' && readOwner(this.path) !== process.pid) this.nameOwner();
    return this.current;
  }

  /** Why this process may no longer write here, where it may not. One look at a file. */
  lostRight(): string | undefined {
    if (this.current.state !== 'lost' && this.held.loss()) this.takeAgain();
    return this.current.state === 'lost' ? this.current.message : undefined;
  }

  /** Before anything is written there by its name. @throws LedgerError unavailable `data-directory-lost` */
  demandOurs(): void {
    const why = this.lostRight();
    if (why === undefined) return;
    const said = text(
      `数据目录已不属于此服务（${why}），未写入任何内容`,
      `the data directory is no longer this service's (${why}): nothing was written`,
    );
    throw new LedgerError('unavailable', 'data-directory-lost', said);
  }

  release(): void {
    clearInterval(this.timer);
    this.lock.close();
    if (this.handle !== undefined) closeSync(this.handle);
  }

  private takeAgain(): void {
    const loss = this.held.loss();
    if (!isInPlace(this.place)) return this.become('lost', 'the directory was removed or replaced');
    try {
      const lock = takeLock(join(this.path, LOCK));
      if (!lock) return this.become('lost', `${LOCK} was ${loss}, and another process has taken the directory`);
      this.lock.close();
      this.lock = lock;
      this.held = new HeldFile(join(this.path, LOCK));
      writeOwner(this.anchor);
      this.become('taken-again', `${LOCK} was ${loss} and has been taken again`);
    } catch (error) {
      this.become('lost', `${LOCK} was ${loss} and cannot be taken again: ${codeOf(error)}`);
    }
  }

  private nameOwner(): void {
    try {
      writeOwner(this.anchor);
      this.become('taken-again', `${OWNER} was not as it was written and has been written again`);
    } catch (error) {
      this.become('taken-again', `${OWNER} is not as it was written: ${codeOf(error)}`);
    }
  }

  private become(state: DirectoryCondition['state'], message: string): void {
    if (message !== this.current.message) this.say(message);
    this.current = { state, message };
    if (state === 'lost') for (const act of this.endings) act();
  }
}

/** Takes the lock; one that is damaged, which says nothing, is made anew. */
function takeLock(path: string): SqliteFile | undefined {
  try {
    return lockFile(path);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    truncateSync(path);
    return lockFile(path);
  }
}

const writeOwner = (path: string): void => writeFileSync(join(path, OWNER), `${process.pid}\n`);

/** The process that has taken a directory, as it says itself; undefined where that cannot be read. */
function readOwner(path: string): number | undefined {
  try {
    const written = readFileSync(join(path, OWNER), 'utf8').trim();
    return /^[1-9][0-9]{0,9}$/.test(written) ? Number.parseInt(written, 10) : undefined;
  } catch {
    // It is only for messages: nobody is named then.
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

function inUse(path: string, owner: number | undefined, isLockFree: boolean): LedgerError {
  const [zh, en] = isLockFree
    ? [
        `；${LOCK} 已被删除，若该进程不是账簿的，请删除 ${OWNER}`,
        `; ${LOCK} is gone: if that is no ledger, remove ${OWNER}`,
      ]
    : ['', ''];
  const name = owner === undefined ? text('另一个进程', 'another process') : text(`进程 ${owner}`, `process ${owner}`);
  return new LedgerError(
    'unavailable',
    'data-directory-in-use',
    text(`数据目录 ${path} 正由${name.zh} 使用${zh}`, `data directory ${path} is in use by ${name.en}${en}`),
  );
}
