import { type Adopting, overtaken } from '../../adopting/adopt.js';
import { LedgerError } from '../../errors.js';
import { eventId } from '../../event-store/event-store.js';
import { lineErrors } from '../check/check-lines.js';
import { type Entry } from '../../books/entries.js';
import { type CheckedLine } from '../check/checked-line.js';
import { type DecidedBatch, DecidedLine } from '../decide/decided-line.js';
import { type Prepared } from '../../books/prepared.js';
import { REFERENCE_STREAM } from '../../kinds/kind.js';
import { type LineError } from '../../text/unreadable-file.js';
import { keyOfLine, revisionOfLine } from '../decide/posted-lines.js';
import { reversing, targetNotPosted } from '../decide/reversals.js';
import { type Spool } from '../decide/spool.js';
import { type Totals } from '../report/totals.js';
import { areOthersRecording, giveWay } from '../../time/give-way.js';

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
  /** Hears of a reversal of a line of the file that came to stand elsewhere than the file guessed. */
  readonly renamed: (line: number, got: string, taken: string) => void;
}

/** Least lines that are posted together, so that a commit is shared by many. */
const LINES_TOGETHER = 5_000;
/** Lines that are posted in one turn, and where single commands come in between, which wait for a turn to end. */
const LINES_IN_A_TURN = 1_000;
const TOGETHER_BESIDE_OTHERS = 512;
const LINES_BESIDE_OTHERS = 64;
/** A line that is posted like any command takes as much as so many that are appended as they were decided. */
const AS_COMMANDS = 8;

/**
 * Posts the lines of the spool in their order; each answer comes when its lines are durable. Where the store fails,
 * what was posted until then is told before the failure is thrown.
 */
export async function* postLines(ledger: Adopting, spool: Spool, options: PostOptions): AsyncGenerator<PostedBatch> {
  const poster = new LinePoster(ledger, options);
  for await (const batch of spool.batches()) {
    poster.gather(batch);
    if (poster.gathered >= (areOthersRecording() ? TOGETHER_BESIDE_OTHERS : LINES_TOGETHER)) yield* poster.post();
  }
  if (poster.gathered > 0) yield* poster.post();
}

interface Batch {
  posted: number;
  replayed: number;
  readonly rejected: number[];
  readonly errors: LineError[];
}

class LinePoster {
  /** Books in which another writer has been since the lines were decided: theirs are decided again. */
  private readonly moved = new Set<string>();
  private batch: Batch = { posted: 0, replayed: 0, rejected: [], errors: [] };
  private byBook = new Map<string, DecidedLine[]>();
  /** How many lines wait to be posted. */
  gathered = 0;

  constructor(
    private readonly ledger: Adopting,
    private readonly options: PostOptions,
  ) {}

  gather(batch: DecidedBatch): void {
    this.gathered += batch.lines.length;
    for (const index of batch.lines.keys()) {
      const line = new DecidedLine(batch, index, this.options.source);
      const ofBook = this.byBook.get(line.stream);
      if (ofBook) ofBook.push(line);
      else this.byBook.set(line.stream, [line]);
    }
  }

  /** Posts what was gathered. */
  async *post(): AsyncGenerator<PostedBatch> {
    const batch: Batch = { posted: 0, replayed: 0, rejected: [], errors: [] };
    const { byBook } = this;
    this.batch = batch;
    this.byBook = new Map();
    this.gathered = 0;
    // All that was begun comes to its end before a failure is told: what others posted meanwhile is posted.
    let failed: PromiseRejectedResult | undefined;
    for (const some of inTurns(byBook, (stream) => (this.moved.has(stream) ? AS_COMMANDS : 1))) {
      const ended = await Promise.allSettled(some.map(([stream, lines]) => this.postToBook(stream, lines)));
      failed = ended.find(({ status }) => status === 'rejected') as PromiseRejectedResult | undefined;
      if (failed) break;
      await giveWay();
    }
    batch.rejected.sort((a, b) => a - b);
    batch.errors.sort((a, b) => a.line - b.line);
    if (byBook.has(REFERENCE_STREAM)) await this.ledger.reference.read();
    yield batch;
    if (failed) throw failed.reason;
  }

  /** Appends the lines of a book as they were decided; what another writer was faster than is decided again. */
  private async postToBook(stream: string, lines: readonly DecidedLine[]): Promise<void> {
    let done = 0;
    if (!this.moved.has(stream)) {
      const count = (appended: number): void => void (this.batch.posted += appended);
      done = await this.ledger.books.appendTried(stream, lines[0]!.after, lines, count);
      if (done === lines.length) return;
      this.moved.add(stream);
    }
    const left = lines.slice(done).map(({ checked }) => checked);
    if (stream === REFERENCE_STREAM) return this.refuseOvertaken(left, lines[done]!.after);
    let together: CheckedLine[] = [];
    for (const checked of left) {
      if (checked.target === undefined) together.push(checked);
      else {
        // What it takes back is known once all that stands before it in the file has been posted.
        await this.postAgain(together);
        together = [];
        await this.postReversal(stream, checked, checked.target);
      }
    }
    await this.postAgain(together);
  }

  /** What was checked against other reference data is not adopted: the file is looked at, and imported again. */
  private async refuseOvertaken(lines: readonly CheckedLine[], after: number): Promise<void> {
    const error = await overtaken(this.ledger, after);
    for (const checked of lines) this.refuse(checked, error);
  }

  /** Posts lines like any commands. A refusal is kept; every other failure is thrown once all have come to an end. */
  private async postAgain(lines: readonly CheckedLine[]): Promise<void> {
    const ended = await Promise.allSettled(lines.map((line) => this.postOne(line)));
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
  }

  private async postOne(checked: CheckedLine): Promise<void> {
    const { prepared, line, key } = checked;
    const { source, acceptDuplicates, stood } = this.options;
    try {
      const commandKey = key === undefined ? { source, line } : { key };
      const request = { prepared: withEntries(prepared), key: commandKey, refuseLike: !acceptDuplicates };
      const { replayed } = await this.ledger.books.post(request);
      if (replayed) stood.take(checked);
      this.batch[replayed ? 'replayed' : 'posted'] += 1;
    } catch (error) {
      this.refuse(checked, error);
    }
  }

  /** Posts what names an earlier line of the file, by the id that the line has come to have. */
  private async postReversal(stream: string, checked: CheckedLine, target: string): Promise<void> {
    const { source } = this.options;
    const { line, key, prepared } = checked;
    try {
      const { sources } = await this.ledger.books.stateOf(stream);
      const revision = await revisionOfLine(this.ledger.store, stream, source, target, sources.get(source));
      if (revision === undefined) throw targetNotPosted(prepared.refersTo!);
      const isKeyed = key !== undefined && key !== keyOfLine(source, line);
      const again = reversing(prepared, eventId(stream, revision), isKeyed);
      if (again !== prepared) this.options.renamed(line, prepared.refersTo!.id, again.refersTo!.id);
      await this.postOne({ ...checked, prepared: again });
    } catch (error) {
      this.refuse(checked, error);
    }
  }

  private refuse(checked: CheckedLine, error: unknown): void {
    if (!(error instanceof LedgerError) || error.kind === 'unavailable') throw error;
    const { nameOf, totals } = this.options;
    this.batch.rejected.push(checked.line);
    this.batch.errors.push(...lineErrors(checked.line, error, (pointer) => nameOf(checked, pointer)));
    totals.remove(checked);
  }
}

/** A command as any other comes to its book: with its entries, not with what they do. */
function withEntries(prepared: Prepared): Prepared {
  const entries = prepared.text!.entries;
  if (entries === undefined) return prepared;
  return { ...prepared, entries: JSON.parse(entries) as Entry[], effects: undefined };
}

type LinesOfBook = readonly [stream: string, lines: readonly DecidedLine[]];

/** The lines of books, as many at a time as a turn may have. */
function* inTurns(books: Iterable<LinesOfBook>, weightOf: (stream: string) => number): Generator<LinesOfBook[]> {
  let some: LinesOfBook[] = [];
  let room = roomInTurn();
  for (const [stream, lines] of books) {
    for (let from = 0; from < lines.length;) {
      const weight = weightOf(stream);
      const part = lines.slice(from, from + Math.ceil(room / weight));
      some.push([stream, part]);
      from += part.length;
      room -= part.length * weight;
      if (room > 0) continue;
      yield some;
      [some, room] = [[], roomInTurn()];
    }
  }
  if (some.length > 0) yield some;
}

const roomInTurn = (): number => (areOthersRecording() ? LINES_BESIDE_OTHERS : LINES_IN_A_TURN);
