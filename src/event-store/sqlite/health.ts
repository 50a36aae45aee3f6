import { basename } from 'node:path';
import { sqliteCode, type SqliteFile } from '../../sqlite-file.js';
import { StoreFailure } from '../event-store.js';
import { HeldFile } from './held-file.js';
import { Pauses } from '../retrying.js';

/** What SQLite, or the system beneath it, could not do, while what it knows of the file stays true. */
const MACHINE = /^SQLITE_(IOERR|READONLY|CANTOPEN|BUSY|LOCKED|NOMEM|PERM|AUTH|PROTOCOL|INTERRUPT|NOLFS)(_|$)/;

export interface HealthOptions {
  /** Why this process may no longer write here, where it may not: another holds the directory. */
  readonly lostRight: () => string | undefined;
  /** Hears when the log takes no more appends, and when it does again. */
  readonly say: (message: string) => void;
  /** Reads the end of the log anew. @throws StoreFailure where it is not what was acknowledged */
  readonly readEnd: () => void;
}

/**
 * Whether a log can be written, and what has to be done before it can be again.
 *
 * A full disk has left nothing: SQLite has rolled back, and every further append may try. After any other failed write
 * nobody knows what is on disk: of pages whose fsync failed the system says that they are clean, and a later fsync is
 * silent about them. So nothing of them is built upon. The frames that were acknowledged are copied once more into the
 * log's file and forced to disk there, the write-ahead log is emptied, and a commit of its own, in fresh pages, shows
 * that the disk takes writes; then the end must be the one that was acknowledged. What the failed write has left in the
 * old write-ahead log can no longer be taken for a commit, and no acknowledged event rests on a page that was lost.
 */
export class LogHealth {
  private refusal: StoreFailure | undefined;
  /** The log and its write-ahead log: what was acknowledged is in them. */
  private readonly files: readonly HeldFile[];
  /** What other processes read them by. */
  private readonly index: HeldFile;
  private readonly pauses = new Pauses();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly file: SqliteFile,
    path: string,
    private readonly options: HealthOptions,
  ) {
    this.files = [new HeldFile(path), new HeldFile(`${path}-wal`)];
    this.index = new HeldFile(`${path}-shm`);
  }

  /** Why the log takes no appends; looks at its files. */
  failure(): StoreFailure | undefined {
    const lost = this.refusal ? undefined : (this.lost([...this.files, this.index]) ?? this.lostRight());
    return lost ? this.fail(lost) : this.refusal;
  }

  /**
   * True while the log's own files stand at its place, and this process may write there: what stands beside them is
   * then its own as well, and may be written by name.
   */
  isInPlace(): boolean {
    return (this.lost(this.files) ?? this.lostRight()) === undefined;
  }

  /** Before a commit, which would hide that a file was cut off: it makes it longer again. @throws StoreFailure */
  demandWritable(): void {
    if (this.refusal && this.refusal.code !== 'disk-full') throw this.refusal;
    const lost = this.lost(this.files) ?? this.lostRight();
    if (lost) throw lost;
  }

  /** After a commit: nothing is acknowledged that went into a file without a name. @throws StoreFailure */
  demandInPlace(): void {
    const lost = this.lost(this.files) ?? this.lostRight();
    if (lost) throw lost;
  }

  /** A commit went well: there is room again. */
  wentWell(): void {
    if (!this.refusal) return;
    this.refusal = undefined;
    this.pauses.reset();
    this.options.say('the log takes appends again');
  }

  /** Keeps why a write failed, as what the store says from now on, and sees to it that it is tried again. */
  fail(error: unknown): StoreFailure {
    const failure = asFailure(error);
    const isOutcomeOpen = this.refusal?.code === 'log-write-failed' && failure.code === 'disk-full';
    const kept = isOutcomeOpen ? new StoreFailure('log-write-failed', failure.message, failure.cause) : failure;
    if (kept.code !== this.refusal?.code) this.options.say(`the log takes no appends, ${kept.code}: ${kept.message}`);
    this.refusal = kept;
    if (kept.code !== 'store-refuses-appends') this.tryLater();
    return kept;
  }

  /** Brings what is acknowledged to disk once more and writes anew; after that the log takes appends. */
  recover(): void {
    try {
      const lost = this.lost([...this.files, this.index]) ?? this.lostRight();
      if (lost) throw lost;
      this.writeAnew();
      this.options.readEnd();
      this.wentWell();
    } catch (error) {
      this.fail(error);
    }
  }

  close(): void {
    clearTimeout(this.timer);
  }

  private writeAnew(): void {
    const { file } = this;
    if (file.inTransaction) file.exec('ROLLBACK');
    // Whoever reads ends in a moment, and is waited for without standing still.
    file.pragma('busy_timeout = 0');
    try {
      const [{ busy }] = file.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }];
      this.files[1]!.take();
      if (busy && this.refusal?.code === 'log-write-failed')
        throw new StoreFailure('log-write-failed', 'the write-ahead log is being read by another process');
      file.pragma(`user_version = ${file.pragma('user_version', { simple: true }) as number}`);
    } finally {
      file.pragma('busy_timeout = 5000');
    }
  }

  private tryLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.recover(), this.pauses.next()).unref();
  }

  private lost(files: readonly HeldFile[]): StoreFailure | undefined {
    for (const file of files) {
      const loss = file.loss();
      // What was cut off does not come back, even where the file grows again.
      const code = loss === 'shortened' ? 'store-refuses-appends' : 'log-file-lost';
      if (loss) return new StoreFailure(code, `${basename(file.path)} is ${loss}`);
    }
    return undefined;
  }

  private lostRight(): StoreFailure | undefined {
    const right = this.options.lostRight();
    return right === undefined ? undefined : new StoreFailure('log-file-lost', right);
  }
}

/** What a failed write means for the log. Paths of the machine are not told, and SQLite's words have none. */
function asFailure(error: unknown): StoreFailure {
  if (error instanceof StoreFailure) return error;
  const code = sqliteCode(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code === 'SQLITE_FULL') return new StoreFailure('disk-full', `${code}: ${message}`, error);
  if (MACHINE.test(code)) return new StoreFailure('log-write-failed', `${code}: ${message}`, error);
  return new StoreFailure('store-refuses-appends', message, error);
}
