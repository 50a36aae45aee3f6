import { LikenessTable, markOf } from '../../books/likeness-table.js';
import { DigestRun } from './digest-run.js';
import { type Overflow } from './overflow.js';
import { type SpoolPlace } from './spool.js';

/** The digit that says in which part: none of those that a table looks at. */
const DIGIT = 7;
/** So many fill the slots that a table has then to three quarters: all parts together hold a million and a half. */
const MOST_HELD = 24_576;

/** The places of the digests that have one digit in common. */
interface Part {
  table: LikenessTable;
  /** What went out of memory, the oldest first. */
  readonly runs: DigestRun[];
}

/**
 * Where lines stand, by a digest of 8 characters of base64url. The latest are in memory, 8 bytes a slot; what is too
 * much for a part goes out of it, in a turn of two milliseconds, so that ten million lines take the memory of one. What
 * is found is a candidate, to be looked at.
 */
export class DigestPlaces {
  private readonly parts = new Map<string, Part>();

  /**
   * @param mostAlike most places of one digest: the first are kept
   * @param mostHeld most that a part holds in memory
   */
  constructor(
    private readonly overflow: Overflow,
    private readonly mostAlike?: number,
    private readonly mostHeld = MOST_HELD,
  ) {}

  add(digest: string, place: SpoolPlace): void {
    let part = this.parts.get(digest[DIGIT]!);
    if (!part) this.parts.set(digest[DIGIT]!, (part = { table: new LikenessTable(this.mostAlike), runs: [] }));
    part.table.add(digest, place);
    if (part.table.size < this.mostHeld) return;
    part.runs.push(new DigestRun(this.overflow, part.table.size, part.table.entries()));
    part.table = new LikenessTable(this.mostAlike);
  }

  /** The places of a digest in ascending order. */
  find(digest: string): readonly SpoolPlace[] {
    const part = this.parts.get(digest[DIGIT]!);
    if (!part) return NONE;
    const held = part.table.find(digest);
    if (part.runs.length === 0) return held;
    const found: number[] = [];
    for (const run of part.runs) run.findInto(found, markOf(digest));
    return found.length === 0 ? held : [...found, ...held];
  }
}

const NONE: readonly SpoolPlace[] = [];
