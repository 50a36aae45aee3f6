import { type NewEvent } from '../event-store.js';

/** What the node's read tables know of a key, all of it at one moment. */
export interface KnownKey {
  /** The last revision of the stream whose key they know; -1 for none. */
  readonly covered: number;
  /** The revision of the event with the key among those covered. */
  readonly revision: number | undefined;
}

/**
 * What the node's read tables know of a stream's keys: the part of the fold that need not be read again. They may come
 * to know less than they did, where they are made anew.
 */
export type KeySnapshot = (stream: string, key: string) => KnownKey;

/** One event of a stream, with its key where it is indexed. */
export interface KeyedRevision {
  readonly revision: number;
  readonly key: string | undefined;
}

/** The events of a stream from a revision on, in order, as many as one read gives; none at the end. */
export type TailReader = (stream: string, from: number) => Promise<readonly KeyedRevision[]>;

/** The keys of a stream beyond its snapshot, up to a revision. */
interface Fold {
  /** Up to here the keys are the snapshot's to know; all later ones are in the tail. */
  from: number;
  revision: number;
  readonly tail: Map<string, number>;
  /** The size of the tail at which what the snapshot has come to cover is let go of. */
  pruneAt: number;
}

const PRUNE_STEP = 10_000;

/**
 * The server has no index of our keys: which event of a stream carries a key is a fold of that stream, begun by the
 * snapshot and carried on here with the events that followed it. Where the snapshot no longer covers what was left to
 * it, the fold begins anew: a key that is in neither would be recorded twice.
 */
export class KeyFolds {
  private readonly folds = new Map<string, Fold>();

  constructor(
    private readonly snapshot: KeySnapshot,
    private readonly readTail: TailReader,
  ) {}

  /** The revision of the event with a key, among those of a stream up to a revision and what else is known of it. */
  async find(stream: string, key: string, upTo: number): Promise<number | undefined> {
    for (;;) {
      const known = this.snapshot(stream, key);
      let fold = this.folds.get(stream);
      if (!fold || known.covered < fold.from) this.folds.set(stream, (fold = newFold(known)));
      if (fold.revision >= upTo) {
        prune(fold, known);
        return fold.tail.get(key) ?? known.revision;
      }
      const tail = await this.readTail(stream, fold.revision + 1);
      for (const event of tail) take(fold, event);
      // The stream ends here, however far it was believed to go.
      if (tail.length === 0) upTo = fold.revision;
    }
  }

  /** Takes in what was just appended from a revision on, where nothing is missing before it. */
  remember(stream: string, first: number, events: readonly NewEvent[]): void {
    const fold = this.folds.get(stream);
    if (fold?.revision !== first - 1) return;
    for (const [index, { key, keyIndexed }] of events.entries())
      take(fold, { revision: first + index, key: keyIndexed ? key : undefined });
  }

  /** Lets go of everything: the streams are not what they were. */
  forget(): void {
    this.folds.clear();
  }
}

const newFold = ({ covered }: KnownKey): Fold => ({
  from: covered,
  revision: covered,
  tail: new Map(),
  pruneAt: PRUNE_STEP,
});

/** Leaves to the snapshot what it has come to cover. */
function prune(fold: Fold, { covered }: KnownKey): void {
  if (fold.tail.size < fold.pruneAt) return;
  for (const [key, revision] of fold.tail) if (revision <= covered) fold.tail.delete(key);
  fold.from = Math.max(fold.from, covered);
  fold.pruneAt = fold.tail.size + PRUNE_STEP;
}

/** Two who read the same tail at the same time may take an event twice: that changes nothing. */
function take(fold: Fold, { revision, key }: KeyedRevision): void {
  fold.revision = Math.max(fold.revision, revision);
  if (key !== undefined) fold.tail.set(key, revision);
}
