import { type Books } from '../../books/handle.js';
import { LedgerError } from '../../errors.js';
import { lineErrors } from '../check/check-lines.js';
import { type CheckedLine, checkedOf, type DecidedLine, readChecked, readDecided } from './checked-line.js';
import { type LineError } from '../report/import-report.js';
import { type Spool } from './spool.js';
import { type Totals } from '../report/totals.js';

/** What came of a batch of lines. */
export interface PostedBatch {
  readonly posted: number;
  readonly replayed: number;
  /** Lines that were refused although the check had accepted them: another writer was in their book meanwhile. */
  readonly rejected: readonly number[];
  readonly errors: readonly LineError[];
}

interface PostOptions {
  /** Posts also what is likely recorded already. */
  readonly acceptDuplicates: boolean;
  readonly source: string;
  readonly totals: Totals;
  /** Those lines that stood before they were posted. */
  readonly stood: Totals;
  /** What the file calls a field of a line. */
  readonly nameOf: (line: CheckedLine, pointer: string) => string;
}

/** Least lines that are posted together, so that a commit is shared by many. */
const LINES_TOGETHER = 5_000;

/** Posts the lines of the spool in their order; each answer comes when its lines are durable. */
export async function* postLines(books: Books, spool: Spool, options: PostOptions): AsyncGenerator<PostedBatch> {
  const poster = new LinePoster(books, options);
  let together: string[] = [];
  for await (const lines of spool.batches()) {
    together = together.concat(lines);
    if (together.length < LINES_TOGETHER) continue;
    yield await poster.post(together);
    together = [];
  }
  if (together.length > 0) yield await poster.post(together);
}

/** The lines of one book in a batch, as they stand in the spool and as they were decided. */
interface BookLines {
  readonly texts: string[];
  readonly lines: DecidedLine[];
}

class LinePoster {
  /** Books in which another writer has been since the lines were decided: theirs are decided again. */
  private readonly moved = new Set<string>();
  private replayed = 0;
  private rejected: number[] = [];
  private errors: LineError[] = [];

  constructor(
    private readonly books: Books,
    private readonly options: PostOptions,
  ) {}

  async post(texts: readonly string[]): Promise<PostedBatch> {
    this.replayed = 0;
    this.rejected = [];
    this.errors = [];
    const byBook = new Map<string, BookLines>();
    for (const text of texts) {
      const line = readDecided(text, this.options.source);
      let book = byBook.get(line.stream);
      if (!book) byBook.set(line.stream, (book = { texts: [], lines: [] }));
      book.texts.push(text);
      book.lines.push(line);
    }
    await Promise.all([...byBook].map(([stream, book]) => this.postToBook(stream, book)));
    const { replayed, rejected, errors } = this;
    rejected.sort((a, b) => a - b);
    errors.sort((a, b) => a.line - b.line);
    return { posted: texts.length - replayed - rejected.length, replayed, rejected, errors };
  }

  /** Appends the lines of a book as they were decided; what another writer was faster than is decided again. */
  private async postToBook(stream: string, { texts, lines }: BookLines): Promise<void> {
    let done = 0;
    if (!this.moved.has(stream)) {
      const decided = lines.map((line) => line.decided);
      done = await this.books.appendTried(stream, lines[0]!.after, decided);
      if (done === lines.length) return;
      this.moved.add(stream);
    }
    await Promise.all(texts.slice(done).map((text) => this.postAgain(readChecked(checkedOf(text)))));
  }

  /** Posts a line like any command. A refusal is kept; every other failure is thrown. */
  private async postAgain(checked: CheckedLine): Promise<void> {
    const { prepared, line, key, expectedRevision } = checked;
    const { source, acceptDuplicates, nameOf, totals, stood } = this.options;
    try {
      const commandKey = key === undefined ? { source, line } : { key };
      const request = { prepared, key: commandKey, expectedRevision, refuseLike: !acceptDuplicates };
      const { replayed } = await this.books.post(request);
      if (!replayed) return;
      this.replayed += 1;
      stood.take(checked);
    } catch (error) {
      if (!(error instanceof LedgerError) || error.kind === 'unavailable') throw error;
      this.rejected.push(line);
      this.errors.push(...lineErrors(line, error, (pointer) => nameOf(checked, pointer)));
      totals.remove(checked);
    }
  }
}
