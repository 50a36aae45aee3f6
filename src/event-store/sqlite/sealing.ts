import { type SqliteFile, type Statement } from '../../sqlite-file.js';
import { draftsOf, type LogRow, MOST_IN_WINDOW, type PackedBlock, type Window } from './block.js';
import { type BlockTable } from './block-table.js';
import { AS_STORED, type EventRow } from './log-reader.js';
import { type SqliteNames } from './names.js';

/** When rows are moved into blocks. */
export interface SealingLimits {
  /** Events at the end of the log that stay rows: they are the ones that are asked for singly, and soon. */
  readonly keep: number;
  /** So many must lie before them. */
  readonly least: number;
}

export const SEALING: SealingLimits = { keep: 1_024, least: MOST_IN_WINDOW };

/** Rows read in one turn of the event loop. */
const READ_AT_A_TIME = 128;
/** How many times as long as a turn has held the thread up nothing is done after it. */
const REST_FACTOR = 5;
/** How long nothing is moved after a commit that failed. */
const AFTER_FAILURE_MS = 1_000;

interface SealingOptions extends SealingLimits {
  /** Asks for a commit, which will take the block that is ready with it. */
  readonly ready: () => void;
  /** Hears why nothing is sealed any more. */
  readonly say: (message: string) => void;
}

/**
 * Moves what was appended singly into blocks, oldest first, while the log is written to. Another thread compresses;
 * each block comes into the log, and its rows go, in one transaction with whatever is being appended: no append waits
 * for more than these few statements, and a crash leaves the rows or the block. Where it cannot be done, the rows
 * stand: nothing of the log depends on it.
 */
export class Sealing {
  private readonly statements: Record<'oldest' | 'rows' | 'remove' | 'windowAt' | 'nextBlock', Statement>;
  private isAtWork = false;
  private isStopped = false;
  /** Blocks of the window in hand that are not in the log yet. */
  private blocks: PackedBlock[] = [];
  /** The first of them is in the open transaction. */
  private isMoved = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly file: SqliteFile,
    private readonly names: SqliteNames,
    private readonly table: BlockTable,
    private readonly options: SealingOptions,
  ) {
    this.statements = {
      oldest: file.prepare('SELECT min(position) FROM event').pluck(),
      rows: file
        .prepare(
          `SELECT position, stream, revision, type, ${AS_STORED.columns} FROM event
           WHERE position BETWEEN ? AND ? ORDER BY position LIMIT ${READ_AT_A_TIME}`,
        )
        .raw(),
      remove: file.prepare('DELETE FROM event WHERE stream = ? AND revision BETWEEN ? AND ?'),
      windowAt: file.prepare('SELECT low, high FROM block WHERE position <= ? ORDER BY position DESC LIMIT 1'),
      nextBlock: file.prepare('SELECT min(position) FROM block WHERE position > ?').pluck(),
    };
  }

  /** Begins with the oldest rows, where they lie far enough behind the head. */
  look(head: number): void {
    if (this.isAtWork || this.isStopped || head < this.options.keep + this.options.least) return;
    const oldest = this.statements.oldest.get() as number | null;
    const window = oldest === null ? undefined : this.windowOf(oldest, head - this.options.keep);
    if (!window) return;
    this.isAtWork = true;
    this.seal(oldest!, window).catch((error: unknown) => this.stop(error));
  }

  /** Moves what is ready, in the open transaction. What cannot be moved is let be. */
  move(): void {
    const [block] = this.blocks;
    if (!block || this.timer || this.isStopped) return;
    const startedMs = performance.now();
    this.file.exec('SAVEPOINT sealing');
    try {
      let removed = 0;
      for (const { stream, first, last } of block.parts)
        removed += this.statements.remove.run(this.names.streamId(stream), first, last).changes;
      if (removed !== block.events) throw new Error(`${block.events} events became ${removed}`);
      this.table.insert(block);
      this.file.exec('RELEASE sealing');
      this.isMoved = true;
    } catch (error) {
      // A full disk has ended the whole transaction, and what was appended with it.
      if (!this.file.inTransaction) throw error;
      this.file.exec('ROLLBACK TO sealing; RELEASE sealing');
      this.stop(error);
    }
    this.rest(REST_FACTOR * (performance.now() - startedMs));
  }

  /** The transaction is on disk. */
  moved(): void {
    if (!this.isMoved) return;
    this.isMoved = false;
    this.blocks.shift();
    this.isAtWork = this.blocks.length > 0;
  }

  /** The transaction is undone: what was in it is moved again. */
  undone(): void {
    this.isMoved = false;
    if (this.blocks.length > 0) this.rest(AFTER_FAILURE_MS);
  }

  close(): void {
    clearTimeout(this.timer);
    this.isStopped = true;
    this.blocks = [];
  }

  /** The positions of which blocks are made together, from the oldest row on; undefined where it is too young. */
  private windowOf(oldest: number, upTo: number): Window | undefined {
    // One that was begun is finished as it was begun.
    const begun = this.statements.windowAt.get(oldest) as Window | undefined;
    if (begun && begun.high >= oldest) return begun;
    if (oldest + this.options.least - 1 > upTo) return undefined;
    const beyond = (this.statements.nextBlock.get(oldest) as number | null) ?? Infinity;
    return { low: oldest, high: Math.min(upTo, oldest + MOST_IN_WINDOW - 1, beyond - 1) };
  }

  private async seal(oldest: number, { low, high }: Window): Promise<void> {
    const rows: LogRow[] = [];
    for (let from = oldest; from <= high;) {
      const page = (this.statements.rows.all(from, high) as EventRow[]).map((row) => AS_STORED.ofRow(row, this.names));
      if (page.length === 0) break;
      // A damaged log is not made more of: it is found as it is.
      const nameless = page.find(({ stream, type }) => stream === '' || type === '');
      if (nameless) throw new Error(`the event at ${nameless.position} has no name`);
      rows.push(...page);
      from = page.at(-1)!.position + 1;
      await new Promise(setImmediate);
      if (this.isStopped) return;
    }
    const blocks = await Promise.all(draftsOf(rows, { low, high }).map((draft) => draft.packAside()));
    if (this.isStopped) return;
    this.blocks = blocks;
    this.options.ready();
  }

  private rest(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.blocks.length > 0) this.options.ready();
    }, ms).unref();
  }

  private stop(error: unknown): void {
    if (this.isStopped) return;
    this.close();
    this.options.say(`events are no longer moved into blocks: ${(error as Error).message}`);
  }
}
