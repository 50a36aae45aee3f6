import { describe, expect, it } from '@jest/globals';
import { requestOf, TODAY } from '../../../test/given-when-then.js';
import { withOverflow } from '../../../test/overflow.js';
import { randomFrom } from '../../../test/random.js';
import { SEED } from '../../../test/seed.js';
import { decide } from '../../books/book.js';
import { evolve } from '../../books/evolve.js';
import { type BookFact, type BookState, type CommandKey, copyBook, emptyBook } from '../../books/book-state.js';
import { textOfCommand } from '../../books/event.js';
import { type Prepared } from '../../books/prepared.js';
import { BRACES, readChecked, writeChecked } from '../check/checked-line.js';
import { type DecidedBatch, DecidedLine, writeDecided } from './decided-line.js';
import { Numbers } from './numbers.js';
import { type TriedBook, TriedBooks } from './tried-books.js';

const SOURCE = 'c0ffee';
const UNITS = ['460100', '460200', '460300', '460400', '469021', '469022', '469023'];
/** Two books stood before the file. */
const STANDING = new Set(['book-employee-460100', 'book-employee-460200']);

/** A file of random lines: contributions, reversals of the voucher before, and penalties with a case each. */
class RandomFile {
  readonly spool: DecidedBatch[] = [];
  /** Every book as it must be. */
  readonly wanted = new Map<string, BookState>();

  constructor(private readonly random: () => number) {
    for (const stream of STANDING) this.wanted.set(stream, standing());
  }

  /** The next line, tried on the book that is given for it. */
  async next(line: number, bookOf: (stream: string, line: number) => Promise<TriedBook>): Promise<void> {
    const key: CommandKey = this.random() < 0.5 ? { key: `K-${line}` } : { source: SOURCE, line };
    const { prepared } = requestOf(this.incoming(), key);
    const { stream } = prepared;
    const book = await bookOf(stream, line);
    expect({ stream, ...book.state }).toEqual({ stream, ...(this.wanted.get(stream) ?? emptyBook()) });
    const back = { kind: 'reversal', unit: prepared.command.unit, reverses: `${stream}-` };
    const { revision } = book.state;
    const isBack = prepared.entries !== undefined && revision > book.start && this.random() < 0.3;
    const proposal = isBack ? requestOf({ ...back, reverses: `${stream}-${revision}` }, key).prepared : prepared;
    const original = isBack ? { revision, fact: this.factAt(book.places.at(book.places.length - 1)!) } : undefined;
    if (original?.fact.reverses !== undefined) return;
    const fact = decide(book.state, proposal, key, TODAY, original);
    this.spool.push(spooled(line, key, proposal, revision, fact));
    book.places.push(this.spool.length - 1);
    evolve(book.state, fact);
    this.wanted.set(stream, copyBook(book.state));
  }

  factAt(place: number) {
    return new DecidedLine(this.spool[place]!, 0, SOURCE).event;
  }

  private incoming() {
    const unit = UNITS[Math.floor(this.random() * UNITS.length)]!;
    if (this.random() < 0.7) return { kind: 'contribution', unit };
    return { kind: 'penalty', caseId: `C-${Math.floor(this.random() * 9)}` };
  }
}

/** A decided line as the spool has it. */
function spooled(line: number, by: CommandKey, prepared: Prepared, after: number, fact: BookFact): DecidedBatch {
  const { command, entries } = prepared;
  const text = JSON.stringify(command);
  const bodies = Buffer.from(textOfCommand(text, entries && JSON.stringify(entries)));
  const place = { from: 0, to: bodies.length, command: text.length - BRACES };
  const key = 'key' in by ? by.key : undefined;
  const written = writeChecked({ line, key, target: undefined, sum: '0', place, prepared });
  return { lines: [writeDecided(written, after, readChecked(written, bodies).prepared, fact)], bodies };
}

/** A book as the ledger has it before the file: one voucher. */
function standing(): BookState {
  const book = emptyBook();
  const { prepared } = requestOf({ kind: 'contribution' }, 'before');
  evolve(book, decide(book, prepared, { key: 'before' }, TODAY));
  return book;
}

describe('the books that a file is tried on', () => {
  it.each([1, 2, 3, 5, 100])(`are the same with %d held at a time (seed ${SEED})`, (mostHeld) =>
    withOverflow(async (overflow) => {
      const file = new RandomFile(randomFrom(SEED));
      const opened = { state: 0, again: 0 };
      const open = (stream: string): Promise<TriedBook> => {
        opened.state += 1;
        const state = STANDING.has(stream) ? standing() : emptyBook();
        return Promise.resolve({ state, start: state.revision, last: undefined, places: new Numbers(overflow) });
      };
      const factAt = (place: number) => {
        opened.again += 1;
        return Promise.resolve(file.factAt(place));
      };
      const books = new TriedBooks(open, factAt, overflow, mostHeld);
      const bookOf = async (stream: string, line: number): Promise<TriedBook> =>
        books.find(stream) ?? books.fetch(stream, line);
      for (let line = 1; line <= 200; line += 1) await file.next(line, bookOf);
      expect(opened.again > 0).toBe(mostHeld < 16);
    }),
  );
});
