import { LikenessTable } from '../../books/likeness-table.js';
import { type SpoolPlace } from './spool.js';

/** The digit that says in which table: none of those that a table looks at. */
const DIGIT = 7;

/**
 * Where lines stand, by a digest of 8 characters of base64url: 8 bytes a slot, in tables of which one at a time becomes
 * larger, so that never more than a small part is held twice. What is found is a candidate, to be looked at.
 */
export class DigestPlaces {
  private readonly tables = new Map<string, LikenessTable>();

  /** @param mostAlike most places of one digest: the first are kept */
  constructor(private readonly mostAlike?: number) {}

  add(digest: string, place: SpoolPlace): void {
    let table = this.tables.get(digest[DIGIT]!);
    if (!table) this.tables.set(digest[DIGIT]!, (table = new LikenessTable(this.mostAlike)));
    table.add(digest, place);
  }

  /** The places of a digest in ascending order. */
  find(digest: string): readonly SpoolPlace[] {
    return this.tables.get(digest[DIGIT]!)?.find(digest) ?? NONE;
  }
}

const NONE: readonly SpoolPlace[] = [];
