import { evolve } from '../../books/evolve.js';
import { type BookFact, type BookState, emptyBook, type LastLine } from '../../books/book-state.js';
import { Numbers } from './numbers.js';
import { type Overflow } from './overflow.js';
import { type SpoolPlace } from './spool.js';

/** A book as the file would leave it. */
export interface TriedBook {
  readonly state: BookState;
  /** The revision at which the file finds the book; -1 where the file begins it. */
  readonly start: number;
  /** The last line of the file that it has by then. */
  readonly last: LastLine | undefined;
  /** Where the file's own events stand in the spool, by their order in the book. */
  readonly places: Numbers;
}

interface HeldBook {
  readonly book: TriedBook;
  /** Since it had its turn to go. */
  isAsked: boolean;
}

/** Many times the books of a province; the cases of its penalties are more, and a file may have a million new ones. */
const MOST_HELD = 4_096;

/**
 * The books that a file is tried on. Memory does not grow with their number: of a book that has not been asked for in a
 * while, and that the file begins or has only looked at, no state is held; it is worked out again when it is.
 */
export class TriedBooks {
  /** In the order in which they go, but for those that were asked for: these have another turn. */
  private readonly held = new Map<string, HeldBook>();
  /** Those that stood before the file, with events of the file upon them: they are held to the end. */
  private readonly grown = new Map<string, TriedBook>();
  /** Where the events stand of those that the file begins. */
  private readonly begun = new Map<string, readonly SpoolPlace[]>();

  /**
   * @param open reads a book as the ledger has it, for the file from a line on
   * @param factAt what was decided about a line of the spool
   * @param overflow where the places go that are too many for memory
   * @param mostHeld how many are held at a time
   */
  constructor(
    private readonly open: (stream: string, line: number) => Promise<TriedBook>,
    private readonly factAt: (place: SpoolPlace) => Promise<BookFact>,
    private readonly overflow: Overflow,
    private readonly mostHeld = MOST_HELD,
  ) {}

  /** A book that is at hand; undefined where it has to be fetched. */
  find(stream: string): TriedBook | undefined {
    const held = this.held.get(stream);
    if (!held) return this.grown.get(stream);
    held.isAsked = true;
    return held.book;
  }

  async fetch(named: string, line: number): Promise<TriedBook> {
    const stream = apart(named);
    const places = this.begun.get(stream);
    const book = places ? await this.foldAgain(places) : await this.open(stream, line);
    this.begun.delete(stream);
    for (const [oldest, held] of this.held) {
      if (this.held.size < this.mostHeld) break;
      this.held.delete(oldest);
      if (held.isAsked) this.held.set(oldest, { book: held.book, isAsked: false });
      else this.letGo(oldest, held.book);
    }
    this.held.set(stream, { book, isAsked: false });
    return book;
  }

  private letGo(stream: string, book: TriedBook): void {
    if (book.places.length === 0) return;
    if (book.start < 0) this.begun.set(stream, [...book.places]);
    else this.grown.set(stream, book);
  }

  private async foldAgain(places: readonly SpoolPlace[]): Promise<TriedBook> {
    const state = emptyBook();
    for (const place of places) evolve(state, await this.factAt(place));
    return { state, start: -1, last: undefined, places: Numbers.of(this.overflow, places) };
  }
}

/** The same text by itself: a part of a line keeps the whole batch of lines in memory that it was cut from. */
const apart = (text: string): string => Buffer.from(text).toString();
