import { type NewEvent } from './event-store.js';

/** What the node's read tables know of a stream's keys: the part of the fold that need not be read again. */
export interface KeySnapshot {
  /** The last revision the snapshot covers; -1 for none. */
  readonly revision: (stream: string) => number;
  /** The revision of the event with this key among those covered. */
  readonly find: (stream: string, key: string) => number | undefined;
}

/** One event of a stream, with its key where it is indexed. */
export interface KeyedRevision {
  readonly revision: number;
  readonly key: string | undefined;
}

/** The events of a stream from a revision on, in order, as many as one read gives; none at the end. */
export type TailReader = (stream: string, from: number) => Promise<readonly KeyedRevision[]>;

/** The keys of a stream beyond its snapshot, up to a revision. */
interface Fold {
  revision: number;
  readonly tail: Map<string, number>;
  /** The size of the tail at which what the snapshot has come to cover is let go of. */
  pruneAt: number;
}

const PRUNE_STEP = 10_000;

/**
 * The server has no index of our keys: which event of a stream carries a key is a fold of that stream, begun by the
 * snapshot and carried on here with the events that followed it.
 */
export class KeyFolds {
  private readonly folds = new Map<string, Fold>();

  constructor(
    private readonly snapshot: KeySnapshot,
    private readonly readTail: TailReader,
  ) {}

  /** Makes every key of a stream known up to a revision, as far as the stream goes. */
  async reach(stream: string, upTo: number): Promise<void> {
    const fold = this.foldOf(stream);
    while (fold.revision < upTo) {
      const tail = await this.readTail(stream, fold.revision + 1);
      if (tail.length === 0) break;
      for (const event of tail) take(fold, event);
    }
    this.prune(stream, fold);
  }

  /** The revision of the event with a key, among those known. */
  find(stream: string, key: string): number | undefined {
    return this.folds.get(stream)?.tail.get(key) ?? this.snapshot.find(stream, key);
  }

  /** Takes in what was just appended from a revision on, where nothing is missing before it. */
  remember(stream: string, first: number, events: readonly NewEvent[]): void {
    const fold = this.folds.get(stream);
    if (fold?.revision !== first - 1) return;
    for (const [index, { key, keyIndexed }] of events.entries())
      take(fold, { revision: first + index, key: keyIndexed ? key : undefined });
  }

  private foldOf(stream: string): Fold {
    let fold = this.folds.get(stream);
    if (!fold) {
      fold = { revision: this.snapshot.revision(stream), tail: new Map(), pruneAt: PRUNE_STEP };
      this.folds.set(stream, fold);
    }
    return fold;
  }

  private prune(stream: string, fold: Fold): void {
    if (fold.tail.size < fold.pruneAt) return;
    const covered = this.snapshot.revision(stream);
    for (const [key, revision] of fold.tail) if (revision <= covered) fold.tail.delete(key);
    fold.pruneAt = fold.tail.size + PRUNE_STEP;
  }
}

/** Two who read the same tail at the same time may take an event twice: that changes nothing. */
function take(fold: Fold, { revision, key }: KeyedRevision): void {
  fold.revision = Math.max(fold.revision, revision);
  if (key !== undefined) fold.tail.set(key, revision);
}
