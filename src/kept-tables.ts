import { Worker } from 'node:worker_threads';
import { type FromFollower, type ToFollower } from '../projections/following/follow.worker.js';
import { type Checkpoint, ReadTables, slowestOf, TablesFault } from '../projections/following/read-tables.js';
import { PROJECTIONS } from '../projections/followed.js';
import { fileAt, isReplaceable } from '../projections/following/tables-file.js';
import { type TablesStatus } from '../projections/following/tables-follower.js';
import { endThread } from './end-thread.js';
import { type DirectoryPlace } from './data-place.js';
import { LedgerError, text } from './errors.js';
import { type StorePlace } from './event-store/event-store.js';
import { pause, Pauses } from './event-store/retrying.js';
import { type StoreFinding } from './event-store/store-refusal.js';
import { Looks } from './time/looks.js';

export interface KeptTablesOptions {
  readonly place: StorePlace;
  /** The file of the read tables. */
  readonly path: string;
  /** The data directory that it lies in. */
  readonly directory: DirectoryPlace;
  readonly log?: ((message: string) => void) | undefined;
  /** Hears of what the follower has met in a log that others write to as well. */
  readonly met: (finding: StoreFinding) => void;
  /** Hears that the tables are no longer those that were asked until now: what was learnt from them may be wrong. */
  readonly replaced: () => void;
}

/** How long an answer waits for the position that whoever asks wants to see. */
export const MOST_WAIT_MS = 2_000;
/** The follower works in batches; without limits its garbage heaps up before it is collected. */
const FOLLOWER_LIMITS = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 1_024 };

const UNKNOWN: TablesStatus = { state: 'opening', file: undefined, position: 0, head: 0, reason: undefined };

/**
 * The read tables of a running service: kept by a thread that follows the log and is started again should it end, and
 * asked here. What is disposable stops nothing: where they cannot be read, who records gets no answer and goes by the
 * log; who asks hears how far they have come.
 */
export class KeptTables {
  /** How they stand, as the follower has said last. */
  status: TablesStatus = UNKNOWN;
  private worker: Worker | undefined;
  private opened: { readonly file: string; readonly tables: ReadTables } | undefined;
  /** The file that has been near the end of the log: it answers from then on, however far it falls behind. */
  private caughtUp: string | undefined;
  private readonly stopping = new AbortController();
  private readonly pauses = new Pauses();
  private ended: Promise<void> = Promise.resolve();
  private end = 0;
  private saidLast = '';
  /** Each look reads the file: whoever waits shares it with all the others. */
  private readonly looks = looksAt(() => this.current().checkpoints());

  constructor(private readonly options: KeptTablesOptions) {}

  /**
   * Starts the follower. Resolves once it is known how the tables stand, be it badly.
   * @param end where the log ends, as far as is known: it need not be looked for again
   */
  start(end = 0): Promise<void> {
    this.end = end;
    return new Promise((resolve) => {
      this.ended = this.keepFollowing(resolve);
    });
  }

  /** Whether questions are answered. */
  get isAnswering(): boolean {
    return this.status.file !== undefined && this.status.file === this.caughtUp;
  }

  /** The tables, for one question. @throws LedgerError unavailable, while they are not the log's or lie far behind */
  current(): ReadTables {
    const tables = this.isAnswering ? this.open() : undefined;
    if (!tables) throw rebuilding(this.status);
    return tables;
  }

  /** What the tables know that one who records can also find in the log: undefined where they cannot say. */
  known<T>(ask: (tables: ReadTables) => T): T | undefined {
    try {
      const tables = this.open();
      return tables && ask(tables);
    } catch (error) {
      this.sayOnce(`read tables: ${(error as Error).message}; the log is read instead`);
      return undefined;
    }
  }

  /** The checkpoints of every projection; none where the tables cannot be read. */
  checkpoints(): Checkpoint[] {
    return this.known((tables) => tables.checkpoints()) ?? [];
  }

  /** Waits until the tables show a position. @throws LedgerError unavailable, where they do not after `timeoutMs` */
  waitFor(position: number, timeoutMs: number): Promise<void> {
    return waitUntilShown(this.looks, position, timeoutMs);
  }

  /** The log is not what it was, as somebody has found: nothing is believed of the tables until they are compared. */
  doubt(why: string): void {
    this.take({ ...this.status, state: 'opening', file: undefined, reason: why });
    this.tell({ tell: 'doubt', why });
  }

  /** Ends the follower after the batch in hand. It is the last to let go of the file, and leaves it whole. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.status = { ...this.status, file: undefined };
    this.letGo();
    if (this.worker && !(await endThread(this.worker, this.ended)))
      this.say('the follower did not stop in time, and was ended');
  }

  /** Runs the follower, again and again until it is to stop. @param settled is called once anything is known */
  private async keepFollowing(settled: () => void): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const failure = await this.runFollower(settled);
      if (this.stopping.signal.aborted) return;
      this.say(`read tables: the thread that follows the log has ended, it is started again: ${failure}`);
      this.take({ ...this.status, state: 'retrying', reason: failure });
      settled();
      await pause(this.pauses.next(), this.stopping.signal);
    }
  }

  /** Runs the follower once. Returns why it ended. */
  private runFollower(settled: () => void): Promise<string> {
    const { place, path, directory } = this.options;
    const worker = new Worker(new URL('../projections/following/follow.worker.js', import.meta.url), {
      workerData: { place, readPath: path, directory, end: this.end },
      resourceLimits: FOLLOWER_LIMITS,
    });
    this.worker = worker;
    worker.on('message', (message: FromFollower) => {
      if ('log' in message) return this.say(message.log);
      if ('met' in message) return this.options.met(message.met);
      this.take(message.status);
      settled();
    });
    return new Promise((resolve) => {
      worker.once('error', (error: Error) => resolve(error.message));
      worker.once('exit', (code) => resolve(`exit code ${code}`));
    });
  }

  private take(status: TablesStatus): void {
    if (this.stopping.signal.aborted) return;
    const before = this.status;
    this.status = status;
    if (status.state === 'following') {
      this.caughtUp = status.file;
      this.pauses.reset();
    }
    if (before.file === undefined || before.file === status.file) return;
    this.letGo();
    this.options.replaced();
  }

  /** The tables of the file that the follower has found to be the log's; undefined where there are none. */
  private open(): ReadTables | undefined {
    const { file } = this.status;
    if (file === undefined) return undefined;
    if (this.opened?.file === file) return this.opened.tables;
    this.letGo();
    const { path } = this.options;
    // The follower removes and makes files without waiting for anybody here.
    if (fileAt(path) !== file) return undefined;
    const tables = this.openFile(path, file);
    if (fileAt(path) !== file || tables.isCopy) {
      tables.close();
      return undefined;
    }
    this.opened = { file, tables };
    return tables;
  }

  private openFile(path: string, file: string): ReadTables {
    const said = (error: unknown): unknown => this.explain(error, file);
    try {
      return new ReadTables(path, said);
    } catch (error) {
      throw said(error);
    }
  }

  private letGo(): void {
    this.opened?.tables.close();
    this.opened = undefined;
  }

  /** What is said of a failure of the tables in a file; where it will not pass, they are made anew. */
  explain(error: unknown, file: string): unknown {
    // It was let go of under a question that takes longer.
    if (this.status.file !== file) return rebuilding(this.status);
    if (!(error instanceof TablesFault) || !isReplaceable(error.code, this.options.path)) return error;
    this.say(`read tables: ${error.message}`);
    this.tell({ tell: 'damaged', file, why: error.message });
    this.take({ ...this.status, state: 'opening', file: undefined, position: 0, reason: error.message });
    return rebuilding(this.status);
  }

  private tell(message: ToFollower): void {
    this.worker?.postMessage(message);
  }

  private say(message: string): void {
    this.options.log?.(message);
  }

  /** Says what every command would meet again only when it is another than the last. */
  private sayOnce(message: string): void {
    if (message !== this.saidLast) this.say(message);
    this.saidLast = message;
  }
}

/** How far tables have come that do not answer yet. */
export function rebuilding({ position, head, reason }: TablesStatus): LedgerError {
  const message = text(
    `查询视图正在建立，已到位置 ${position}，日志末尾为 ${head}；记账不受影响`,
    `the read tables are being made, they have come to position ${position} of ${head}; recording goes on`,
  );
  return new LedgerError('unavailable', 'read-tables-rebuilding', message, [
    {
      pointer: 'read-tables',
      code: 'read-tables-rebuilding',
      expected: text(`接近日志末尾 ${head}`, `near the end of the log, ${head}`),
      got: reason === undefined ? String(position) : `${position} (${reason})`,
    },
  ]);
}

const LOOK_MS = 3;

/** Looks at the position that every projection has reached. */
export const looksAt = (checkpoints: () => readonly Checkpoint[]): Looks<number> =>
  new Looks(() => slowestOf(checkpoints(), PROJECTIONS), LOOK_MS);

/** Waits until read tables show a position. @throws LedgerError unavailable after `timeoutMs` */
export async function waitUntilShown(looks: Looks<number>, position: number, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  let shown = looks.now();
  while (shown < position) {
    if (performance.now() > deadline) throw notYetShown(position, shown);
    shown = await looks.next();
  }
}

const notYetShown = (position: number, shown: number): LedgerError =>
  new LedgerError(
    'unavailable',
    'position-not-yet-shown',
    text(
      `查询视图尚未到达位置 ${position}，当前 ${shown}`,
      `the read tables have not reached position ${position}, they show ${shown}`,
    ),
  );
