import { type EventStore } from '../../src/event-store/event-store.js';
import { pause, Pauses } from '../../src/event-store/retrying.js';
import { type StoreFinding } from '../../src/event-store/store-refusal.js';
import { asLedgerError, codeOf } from '../../src/machine-fault.js';
import { LedgerError } from '../../src/errors.js';
import { type Chunks } from './chunks.js';
import { follow } from './follow.js';
import { type Projection } from '../projection.js';
import { slowestOf, TablesFault, UnfitTables, ReadTablesWriter } from './read-tables.js';
import { clearTables, fileAt, isReplaceable } from './tables-file.js';

/**
 * - opening: it is not known yet whether there are tables of this log.
 * - catching-up: there are, and they lie behind it.
 * - following: they have been near the end of the log.
 * - retrying: something outside the tables has stopped the follower; it tries again.
 */
export type FollowerState = 'opening' | 'catching-up' | 'following' | 'retrying';

/** How the read tables of a node stand, as the one says that writes them. */
export interface TablesStatus {
  readonly state: FollowerState;
  /** The file whose tables are those of the log, by what it is and not where; undefined where there is none. */
  readonly file: string | undefined;
  /** How far the slowest projection has come that is at work, and the end of the log: as of the last word. */
  readonly position: number;
  readonly head: number;
  /** Why the tables are made anew, or what has stopped the follower. Names no path. */
  readonly reason: string | undefined;
}

export interface Followed {
  /** Opens the log anew for each attempt: what was learnt of it over an earlier connection may not be so any more. */
  readonly openStore: () => Promise<EventStore>;
  readonly path: string;
  /** Whether what stands at that path now may be made anew: another data directory's is none of ours. */
  readonly isOurs: () => boolean;
  readonly projections: readonly Projection[];
  readonly chunks?: Chunks | undefined;
  readonly pauseMs: number;
  /** How near to the end of the log, in positions, the tables must have come before they answer. */
  readonly near: number;
  readonly report: (status: TablesStatus) => void;
  readonly log: (message: string) => void;
}

/** How often the file is looked for in its place. */
const WATCH_MS = 1_000;

/** Somebody doubts that tables and log belong together: both are opened and compared again. */
class Doubted extends Error {}

/**
 * Follows the log into the read tables for as long as the service lives, whatever happens to them. Tables that are
 * damaged, gone, or not those of the log are removed and made anew; any other failure, of a disk that is full for one,
 * leaves them as they are and is tried again with growing pauses.
 */
export class TablesFollower {
  private status: TablesStatus = { state: 'opening', file: undefined, position: 0, head: 0, reason: undefined };
  private attempt = new AbortController();
  /** The file that is open for writing; undefined where none is. */
  private file: string | undefined;
  private tables: ReadTablesWriter | undefined;

  constructor(private readonly followed: Followed) {}

  /** Ends, after the batch in hand, at the signal. */
  async run(signal: AbortSignal): Promise<void> {
    const pauses = new Pauses();
    const watch = setInterval(() => this.lookForFile(), WATCH_MS);
    while (!signal.aborted) {
      this.attempt = new AbortController();
      try {
        await this.follow(AbortSignal.any([signal, this.attempt.signal]), pauses);
        this.attempt.signal.throwIfAborted();
        if (!signal.aborted) throw new Error('the log was closed');
      } catch (error) {
        if (!signal.aborted) await pause(this.recover(error, pauses), signal);
      }
    }
    clearInterval(watch);
  }

  /** Who asks has found the file damaged. Says nothing of one that was made since. */
  damaged(file: string, why: string): void {
    if (file === this.status.file) this.attempt.abort(new UnfitTables(`the read tables are damaged: ${why}`));
  }

  /** Who writes has found that the log is not what it was. */
  doubt(why: string): void {
    this.attempt.abort(new Doubted(why));
  }

  /** The log has an event of another program: whoever goes on behind it knows of it all the same. */
  met({ position }: StoreFinding): void {
    if (position !== undefined) this.tables?.keepForeign(position);
  }

  private async follow(signal: AbortSignal, pauses: Pauses): Promise<void> {
    const { openStore, path, isOurs, projections, chunks, pauseMs } = this.followed;
    if (!isOurs()) throw directoryGone();
    const store = await openStore();
    try {
      if (!isOurs()) throw directoryGone();
      const tables = new ReadTablesWriter(path);
      try {
        this.file = fileAt(path);
        if (this.file === undefined) throw goneFromPlace();
        this.tables = tables;
        tables.dropAllBut(projections);
        await store.lookAgain?.(tables.foreignEvents());
        const moved = async (): Promise<void> => {
          pauses.reset();
          await this.moved(tables, store);
        };
        await follow(
          store,
          tables,
          projections,
          { live: true, pauseMs, chunks, begun: moved, progress: moved },
          signal,
        );
      } finally {
        this.file = undefined;
        this.tables = undefined;
        tables.close();
      }
    } finally {
      await store.close();
    }
  }

  /** Says how far the tables have come, until they have been near the end of the log. */
  private async moved(tables: ReadTablesWriter, store: EventStore): Promise<void> {
    const { near, projections } = this.followed;
    const { file } = this;
    const isSame = file === this.status.file;
    if (isSame && this.status.state === 'following') return;
    const head = await store.head();
    const position = Math.min(slowestOf(tables.checkpoints(), projections), head);
    const isNear = head - position <= near;
    const state = isNear ? 'following' : 'catching-up';
    this.say({ state, file, position, head, reason: isNear ? undefined : this.status.reason });
  }

  /** Makes the best of a failure. Returns how long to wait before the next attempt, in milliseconds. */
  private recover(error: unknown, pauses: Pauses): number {
    const { path, isOurs, log } = this.followed;
    const reason = reasonOf(error);
    if (error instanceof Doubted) {
      log(`read tables: the log is compared with them again: ${reason}`);
      this.say({ ...this.status, state: 'opening', file: undefined, reason });
      return 0;
    }
    if (!isUnfit(error, path) || !isOurs()) {
      log(`read tables: ${reason}; tried again`);
      this.say({ ...this.status, state: 'retrying', reason });
      return pauses.next();
    }
    log(`read tables: ${reason}; they are made anew from the log`);
    this.say({ state: 'opening', file: undefined, position: 0, head: this.status.head, reason });
    try {
      clearTables(path);
    } catch (failed) {
      log(`read tables: cannot be removed: ${(failed as Error).message}; tried again`);
      this.say({ ...this.status, state: 'retrying', reason: `${reason}; cannot be removed: ${codeOf(failed)}` });
    }
    return pauses.next();
  }

  private lookForFile(): void {
    const { file } = this;
    if (file !== undefined && fileAt(this.followed.path) !== file) this.attempt.abort(goneFromPlace());
  }

  private say(status: TablesStatus): void {
    this.status = status;
    this.followed.report(status);
  }
}

const directoryGone = (): Error => new Error('the data directory was removed or replaced');
const goneFromPlace = (): UnfitTables => new UnfitTables('the file of the read tables was removed or replaced');

/** True where no waiting helps, and tables made anew do. */
const isUnfit = (error: unknown, path: string): boolean =>
  error instanceof UnfitTables || (error instanceof TablesFault && isReplaceable(error.code, path));

/** A failure without the paths that an error of the machine names. */
function reasonOf(error: unknown): string {
  if (error instanceof UnfitTables || error instanceof Doubted) return error.message;
  if (error instanceof TablesFault) return `${error.message} (${error.code})`;
  const said = asLedgerError(error);
  return said instanceof LedgerError ? said.text.en : (error as Error).message;
}
