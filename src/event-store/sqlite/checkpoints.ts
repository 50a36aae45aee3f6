import { Worker } from 'node:worker_threads';
import { endThread } from '../../end-thread.js';
import { type SqliteFile } from '../../sqlite-file.js';

/** The thread's program exists only where the project has been compiled; run from its sources, commits copy. */
const THREAD = import.meta.url.endsWith('.js') ? new URL('./checkpoints.worker.js', import.meta.url) : undefined;

/** A log that so few commits go to is not worth a thread. */
const COMMITS_BEFORE = 100;
/** Least time between two copies: what is written to a page meanwhile is copied once. */
const REST_MS = 100;
/** Pages in the write-ahead log behind which a commit copies them itself: SQLite's own, and where a thread does. */
const PAGES = { alone: 1_000, beside: 8_000 } as const;

/**
 * Copies pages from the write-ahead log into the log's file on a thread of its own: a commit that did so took tens of
 * milliseconds, with everybody else waiting. The write-ahead log begins anew only where all of it has been copied,
 * which while commits go on is never so; behind some pages a commit copies the rest itself, which is little. Where the
 * thread fails, commits copy as before and meet the failure, if it is one of the disk's.
 */
export class Checkpoints {
  private commits = 0;
  private worker: Worker | undefined;
  private ended: Promise<unknown> = Promise.resolve();
  private isCopying = false;
  private copiedAt = -Infinity;

  /**
   * @param say hears why the thread has ended, where it should not have
   * @param program what the thread runs; undefined where there is none
   */
  constructor(
    private readonly file: SqliteFile,
    private readonly path: string,
    private readonly say: (message: string) => void,
    private readonly program = THREAD,
  ) {}

  /** Something was committed. */
  committed(): void {
    this.commits += 1;
    if (this.commits === COMMITS_BEFORE && this.program) this.begin(this.program);
    if (!this.worker || this.isCopying || performance.now() - this.copiedAt < REST_MS) return;
    this.isCopying = true;
    this.worker.postMessage('copy');
  }

  /** Ends the thread after what it is copying: it must have let go of the file first. */
  async close(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    if (worker && !(await endThread(worker, this.ended)))
      this.say('the thread that copies the write-ahead log did not stop in time, and was ended');
  }

  private begin(program: URL): void {
    const worker = new Worker(program, { workerData: this.path });
    worker.unref();
    worker.on('message', () => {
      this.isCopying = false;
      this.copiedAt = performance.now();
    });
    this.ended = new Promise<void>((resolve) => {
      worker.once('error', (error) => this.endedBy(worker, (error as Error).message));
      worker.once('exit', (code) => {
        this.endedBy(worker, `exit code ${code}`);
        resolve();
      });
    });
    this.worker = worker;
    this.file.pragma(`wal_autocheckpoint = ${PAGES.beside}`);
  }

  private endedBy(worker: Worker, why: string): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    this.file.pragma(`wal_autocheckpoint = ${PAGES.alone}`);
    this.say(`commits copy the write-ahead log themselves again: ${why}`);
  }
}
