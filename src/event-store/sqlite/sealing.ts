import { type SqliteFile, type Statement } from '../../sqlite-file.js';
import { BlockDraft, MOST_IN_BLOCK, type PackedBlock } from './block.js';
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

export const SEALING: SealingLimits = { keep: 1_024, least: MOST_IN_BLOCK };

/** How many times as long as a block has held the thread up nothing is sealed after it. */
const REST_FACTOR = 5;

interface SealingOptions extends SealingLimits {
  /** Asks for a commit, which will take the block that is ready with it. */
  readonly ready: () => void;
  /** Hears why nothing is sealed any more. */
  readonly say: (message: string) => void;
}

/**
 * Moves what was appended singly into blocks, oldest first, while the log is written to. Another thread compresses;
 * the block comes into the log, and its rows go, in one transaction with whatever is being appended: no append waits
 * for more than these few statements, and a crash leaves the rows or the block. Where it cannot be done, the rows
 * stand: nothing of the log depends on it.
 */
export class Sealing {
  private readonly oldest: Statement;
  private readonly rows: Statement;
  private readonly remove: Statement;
  private state: 'resting' | 'packing' | 'ready' | 'stopped' = 'resting';
  private block: PackedBlock | undefined;
  private spentMs = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly file: SqliteFile,
    private readonly names: SqliteNames,
    private readonly blocks: BlockTable,
    private readonly options: SealingOptions,
  ) {
    this.oldest = file.prepare('SELECT min(position) FROM event').pluck();
    this.rows = file
      .prepare(
        `SELECT position, stream, revision, type, ${AS_STORED.columns} FROM event
         WHERE position BETWEEN ? AND ? ORDER BY position LIMIT ${MOST_IN_BLOCK}`,
      )
      .raw();
    this.remove = file.prepare('DELETE FROM event WHERE position BETWEEN ? AND ?');
  }

  /** Begins with the oldest rows, where they lie far enough behind the head. */
  look(head: number): void {
    if (this.state !== 'resting' || this.timer) return;
    const { keep, least } = this.options;
    const upTo = head - keep;
    if (upTo < least) return;
    const oldest = this.oldest.get() as number | null;
    if (oldest === null || oldest + least - 1 > upTo) return;
    const startedMs = performance.now();
    const draft = this.draftOf(oldest, upTo);
    this.spentMs = performance.now() - startedMs;
    if (!draft) return;
    this.state = 'packing';
    draft.packAside().then(
      (block) => this.isReady(block),
      (error: unknown) => this.stop(error),
    );
  }

  /** Moves what is ready, in the open transaction. What cannot be moved is let be. */
  move(): void {
    const { block } = this;
    if (!block || this.state !== 'ready') return;
    const startedMs = performance.now();
    this.file.exec('SAVEPOINT sealing');
    try {
      const { changes } = this.remove.run(block.position, block.position + block.events - 1);
      if (changes !== block.events) throw new Error(`${block.events} events became ${changes}`);
      this.blocks.insert(block);
      this.file.exec('RELEASE sealing');
    } catch (error) {
      // A full disk has ended the whole transaction, and what was appended with it.
      if (!this.file.inTransaction) throw error;
      this.file.exec('ROLLBACK TO sealing; RELEASE sealing');
      this.stop(error);
    }
    this.spentMs += performance.now() - startedMs;
  }

  /** The transaction is on disk: after a rest the next block may follow. */
  moved(head: number): void {
    if (this.state !== 'ready') return;
    this.rest(head);
  }

  /** The transaction is undone. The rows are read again. */
  undone(): void {
    if (this.state === 'ready') this.rest(undefined);
  }

  close(): void {
    clearTimeout(this.timer);
    this.state = 'stopped';
  }

  private rest(head: number | undefined): void {
    this.state = 'resting';
    this.block = undefined;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (head !== undefined) this.look(head);
    }, REST_FACTOR * this.spentMs).unref();
  }

  /** The oldest rows as far as they can lie in one block; undefined where nothing can be made of them. */
  private draftOf(oldest: number, upTo: number): BlockDraft | undefined {
    const draft = new BlockDraft(oldest);
    for (const row of this.rows.all(oldest, upTo) as EventRow[]) {
      const event = AS_STORED.ofRow(row, this.names);
      // A damaged log is not made more of: it is found as it is.
      if (event.stream === '' || event.type === '') this.stop(new Error(`the event at ${event.position} has no name`));
      if (draft.isFull || !draft.add(event)) break;
    }
    return this.state === 'stopped' ? undefined : draft;
  }

  private isReady(block: PackedBlock): void {
    if (this.state === 'stopped') return;
    this.state = 'ready';
    this.block = block;
    this.options.ready();
  }

  private stop(error: unknown): void {
    if (this.state === 'stopped') return;
    this.state = 'stopped';
    this.block = undefined;
    this.options.say(`events are no longer moved into blocks: ${(error as Error).message}`);
  }
}
