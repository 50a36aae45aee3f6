import { decide } from '../../books/book.js';
import { evolve } from '../../books/evolve.js';
import { type BookFact } from '../../books/book-state.js';
import { type Original } from '../../books/original.js';
import { commandText, readEvent } from '../../books/event.js';
import { type Adopting } from '../../adopting/adopt.js';
import { likelyDuplicate, refuseLike, refuseLikeLine, type StandingVoucher } from '../../books/likely-duplicate.js';
import { type Prepared } from '../../books/prepared.js';
import { KEY_SCOPE, keyUsedBefore } from '../../books/key-scope.js';
import { LedgerError, text } from '../../errors.js';
import { eventId, parseEventId, type StoredEvent } from '../../event-store/event-store.js';
import { identityOf } from '../../catalogue/identity.js';
import { lineErrors } from '../check/check-lines.js';
import { BRACES, type CheckedLine, readChecked, writeChecked } from '../check/checked-line.js';
import { type DecidedBatch, DecidedLine, writeDecided } from './decided-line.js';
import { type LineError } from '../../text/unreadable-file.js';
import { LineSet } from './line-set.js';
import { type JournalNotes } from './import-journal.js';
import { DigestPlaces } from './digest-places.js';
import { KeyPlaces } from './key-places.js';
import { Numbers } from './numbers.js';
import { NewTargets } from './new-targets.js';
import { keyOfLine, postedLines, revisionOfLine, targetName } from './posted-lines.js';
import { reversing, targetNotPosted } from './reversals.js';
import { type Overflow } from './overflow.js';
import { type Spool, type SpoolPlace } from './spool.js';
import { giveWay, hasHadItsTurn } from '../../time/give-way.js';
import { type Totals } from '../report/totals.js';
import { type TriedBook, TriedBooks } from './tried-books.js';
import { isAdoption, TriedReference } from './tried-reference.js';

/** What the decider made of a batch: whatever was neither rejected nor there already was added to the spool. */
export interface Decision {
  readonly errors: readonly LineError[];
  readonly rejected: readonly number[];
  /** Lines that stood in the ledger before. */
  readonly replayed: number;
  /** Lines that stand in the file before, with the same key and the same content. */
  readonly repeated: number;
}

/** What a line takes back, corrects or withdraws, and the line as it names that now. */
interface Reversal {
  /** The line of the file that it names, by name. */
  readonly target: string | undefined;
  readonly prepared: Prepared;
  readonly original: Original | undefined;
}

/** What became of a line: to be posted, in the ledger before, or in the file before. */
type Standing = 'new' | 'replayed' | 'repeated';

/**
 * Tries every line of a file on copies of the books it touches, in the order in which they would be posted, so that the
 * file is refused before the first event is written or accepted to its last.
 */
export class LineDecider {
  private readonly books: TriedBooks;
  /** Where the file's own lines stand, by likeness. */
  private readonly alike: DigestPlaces;
  private readonly keys: KeyPlaces;
  private readonly reference: TriedReference;
  /** The good lines of the batch in hand, on their way to the spool, and the bodies that came with it. */
  private kept: string[] = [];
  private bodies: Uint8Array = new Uint8Array();
  private today: string | undefined;
  /** Events that stood before and whose key the file names, by book: one bit for each revision. */
  private readonly named = new Map<string, Uint8Array>();
  /** The lines of the file that stand without a key of their own, in the books that have been opened. */
  private readonly standing = new LineSet();
  /** The lines that reversals of the file are known to take back, and the revisions they come to. */
  private readonly targets: ReadonlySet<string>;
  private readonly triedAt = new Map<string, number>();
  /** Reversals of earlier lines that no journal names yet. */
  readonly newTargets: NewTargets;
  /** Whether lines of the file stand that have no key of their own: an earlier run has begun to post it. */
  isBegun = false;

  constructor(
    private readonly ledger: Adopting,
    private readonly spool: Spool,
    private readonly overflow: Overflow,
    private readonly file: {
      readonly source: string;
      /** Asked once, at the first line that is new. */
      readonly today: () => string;
      /** What earlier runs of the same file have left. */
      readonly journal: JournalNotes;
      /** Posts also what is likely recorded already, with a finding. */
      readonly acceptDuplicates: boolean;
      /** The good lines: a repeated line is taken out, since what it says is counted with the line it repeats. */
      readonly totals: Totals;
      /** Those of them that stood before. */
      readonly stood: Totals;
      /** What the file calls a field of a line. */
      readonly nameOf: (line: CheckedLine, pointer: string) => string;
      /** Hears of a reversal of a line of the file that came to stand elsewhere than the file guessed. */
      readonly renamed: (line: number, got: string, taken: string) => void;
    },
  ) {
    this.books = new TriedBooks(
      (stream, line) => this.openBook(stream, line),
      async (place) => (await this.lineAt(place)).event,
      overflow,
    );
    this.alike = new DigestPlaces(overflow);
    this.keys = new KeyPlaces(overflow, async (place) => (await this.lineAt(place)).checked);
    this.targets = new Set(file.journal.targets.values());
    this.reference = new TriedReference(ledger);
    this.newTargets = new NewTargets(file.source, overflow);
  }

  /** Decides the lines of a batch and adds those that are good and new to the spool. */
  async take({ lines, bodies }: DecidedBatch): Promise<Decision> {
    this.kept = [];
    this.bodies = bodies;
    const errors: LineError[] = [];
    const rejected: number[] = [];
    const counts = { new: 0, replayed: 0, repeated: 0 };
    for (const written of lines) {
      if (hasHadItsTurn()) await giveWay();
      const checked = readChecked(written, bodies);
      try {
        const { stream } = checked.prepared;
        const book = this.books.find(stream) ?? (await this.books.fetch(stream, checked.line));
        // Nothing is waited for without need: the lines of a file come through here by the million.
        const isAsItCame = checked.key !== undefined || (!book.last && !isAdoption(checked.prepared));
        const keyed = isAsItCame ? checked : await this.keyed(book, checked);
        const standing = this.standingOf(book, keyed) ?? (await this.standingOfKey(book, keyed));
        if (standing === 'new') {
          const trying = this.tryOn(book, keyed, keyed === checked ? written : writeChecked(keyed));
          if (trying) await trying;
        } else if (standing === 'replayed') this.file.stood.take(checked);
        else this.file.totals.remove(checked);
        counts[standing] += 1;
      } catch (error) {
        if (!(error instanceof LedgerError) || error.kind === 'unavailable') throw error;
        errors.push(...lineErrors(checked.line, error, (pointer) => this.file.nameOf(checked, pointer)));
        rejected.push(checked.line);
        this.file.totals.remove(checked);
      }
    }
    if (this.kept.length > 0) await this.spool.add({ lines: this.kept, bodies });
    return { errors, rejected, replayed: counts.replayed, repeated: counts.repeated };
  }

  private async openBook(stream: string, line: number): Promise<TriedBook> {
    const state = await this.ledger.books.stateOf(stream, await this.reference.seenOf(stream));
    const last = state.sources.get(this.file.source);
    if (last) {
      this.isBegun = true;
      for await (const posted of postedLines(this.ledger.store, stream, this.file.source, last, line))
        this.standing.add(posted.line);
    }
    return { state, start: state.revision, last, places: new Numbers(this.overflow) };
  }

  /**
   * A line without a key of its own, behind which others of the file have been posted, and which does not stand: it was
   * refused then, because others were in its book, or it was handed back to be corrected. It has had its turn, so that
   * it is posted by a key.
   * @throws LedgerError refused, where it was handed back, or may have been
   */
  private async keyed({ last, start }: TriedBook, checked: CheckedLine): Promise<CheckedLine> {
    const { source, journal } = this.file;
    const { line, prepared } = checked;
    // There is one stream of them, and few: each is found again by a key.
    if (isAdoption(prepared) || !last) return { ...checked, key: keyOfLine(source, line) };
    const isPast = line <= last.line;
    if (isPast && this.standing.has(line)) return checked;
    const turned = isPast ? { ...checked, key: keyOfLine(source, line) } : checked;
    if (isPast && (await this.ledger.store.findByKey(prepared.stream, turned.key!, start))) return turned;
    // What a reversal means cannot be told by its id alone once others may have been in the book.
    const isUnknown = !journal.isWhole && (isPast || prepared.refersTo !== undefined);
    if (isUnknown || (isPast && journal.leftOut.has(line))) throw leftOutBefore(line);
    return turned;
  }

  /** Resolves when the line is kept; gives nothing where it is kept already. */
  private tryOn(book: TriedBook, checked: CheckedLine, written: string): Promise<void> | undefined {
    const { prepared } = checked;
    if (isAdoption(prepared)) return this.tryAdoption(book, checked);
    if (prepared.refersTo || this.mayBeLike(book, prepared)) return this.tryBesideOthers(book, checked, written);
    this.keep(book, checked, written, this.decide(book, checked));
    return undefined;
  }

  private async tryAdoption(book: TriedBook, checked: CheckedLine): Promise<void> {
    const judged = await this.reference.judge(checked.prepared, book.state.revision);
    const line = { ...checked, prepared: judged };
    this.keep(book, line, writeChecked(line), this.decide(book, line));
    this.reference.take(judged, book.state.revision);
  }

  private async tryBesideOthers(book: TriedBook, checked: CheckedLine, written: string): Promise<void> {
    const { refersTo } = checked.prepared;
    const reversal = refersTo && (await this.reversalOf(book, checked, refersTo.id));
    const { prepared = checked.prepared, target, original } = reversal ?? {};
    const tried = { ...checked, target, prepared };
    const decided = this.decide(book, tried, original);
    const standing = await this.findLike(book, checked.prepared);
    const fact = standing ? { ...decided, findings: [likelyDuplicate(standing)] } : decided;
    this.keep(book, tried, reversal ? writeReversal(tried) : written, fact);
  }

  private decide(book: TriedBook, { line, key, prepared }: CheckedLine, original?: Original): BookFact {
    const { source } = this.file;
    this.today ??= this.file.today();
    return decide(book.state, prepared, key === undefined ? { source, line } : { key }, this.today, original);
  }

  /** Takes a decided line into its book, and to the spool. */
  private keep(book: TriedBook, checked: CheckedLine, written: string, fact: BookFact): void {
    const { prepared, key } = checked;
    this.kept.push(writeDecided(written, book.state.revision, prepared, fact));
    evolve(book.state, fact);
    const place = this.spool.lines + this.kept.length - 1;
    book.places.push(place);
    if (key !== undefined) this.keys.add(prepared.stream, key, place);
    const name = this.targets.size === 0 ? '' : targetName(this.file.source, checked);
    if (this.targets.has(name)) this.triedAt.set(`${prepared.stream}\n${name}`, book.state.revision);
    if (prepared.likeness !== undefined) this.alike.add(prepared.likeness, place);
  }

  /**
   * What a line takes back, corrects or withdraws. Where that is an earlier line of the file, its id is a guess at the
   * revision that the line would get: it means the line, at whatever revision that comes to stand.
   */
  private async reversalOf(book: TriedBook, { line, key, prepared }: CheckedLine, named: string): Promise<Reversal> {
    const { stream } = prepared;
    const known = this.file.journal.targets.get(line);
    if (known !== undefined) {
      const { store } = this.ledger;
      const tried = this.triedAt.get(`${stream}\n${known}`);
      const revision = tried ?? (await revisionOfLine(store, stream, this.file.source, known, book.last));
      if (revision === undefined) throw targetNotPosted(prepared.refersTo!);
      const id = eventId(stream, revision);
      const isKeyed = key !== undefined && key !== keyOfLine(this.file.source, line);
      const again = reversing(prepared, id, isKeyed);
      if (again !== prepared) this.file.renamed(line, named, id);
      return { target: known, prepared: again, original: await this.findOriginal(book, stream, id) };
    }
    const original = await this.findOriginal(book, stream, named);
    if (!original || original.revision <= book.start) return { target: undefined, prepared, original };
    const { checked: earlier } = await this.lineAt(book.places.at(original.revision - book.start - 1)!);
    const target = targetName(this.file.source, earlier);
    this.newTargets.add(line, earlier.line, target);
    return { target, prepared, original };
  }

  /** Whether there is anything that a line might say again: nothing stands in a book that the file begins. */
  private mayBeLike({ start }: TriedBook, { likeness, stream }: Prepared): boolean {
    if (likeness === undefined || !this.ledger.books.likenesses) return false;
    return start >= 0 || !stream.startsWith('book-') || this.alike.find(likeness).length > 0;
  }

  /**
   * What stands in the ledger, or earlier in the file, that a line likely says again.
   * @throws LedgerError refused, where that is not accepted
   */
  private async findLike(book: TriedBook, prepared: Prepared): Promise<StandingVoucher | undefined> {
    const { likeness } = prepared;
    const { likenesses } = this.ledger.books;
    if (likeness === undefined || !likenesses) return undefined;
    const standing = await likenesses.find(prepared, book.state, book.start);
    if (standing && !this.file.acceptDuplicates) throw refuseLike(standing);
    if (standing) return standing;
    for (const place of this.alike.find(likeness)) {
      const { line, stream, after, event } = await this.lineAt(place);
      const { state } = this.books.find(stream) ?? (await this.books.fetch(stream, line));
      if (state.takenBack.has(after + 1) || identityOf(event.kind, event) !== identityOfLine(prepared)) continue;
      if (!this.file.acceptDuplicates) throw refuseLikeLine(line);
      return { id: eventId(stream, after + 1), fact: event };
    }
    return undefined;
  }

  /** Whether a line without a key was posted before; undefined where it has one. */
  private standingOf({ last }: TriedBook, { line, key }: CheckedLine): Standing | undefined {
    if (key !== undefined) return undefined;
    return line > (last?.line ?? 0) ? 'new' : 'replayed';
  }

  /** Whether a line with a key of its own was posted before, or stands in the file before with the same content. */
  private async standingOfKey(book: TriedBook, checked: CheckedLine): Promise<Standing> {
    const { key, line, prepared } = checked;
    const { stream, kind } = prepared;
    const command = prepared.text!.command;
    const stored = book.start < 0 ? undefined : await this.ledger.store.findByKey(stream, key!, book.start);
    // That key is made of the file's digest: what stands by it is this line.
    if (stored && key === keyOfLine(this.file.source, line)) return 'replayed';
    if (stored) {
      const event = readEvent(stored);
      if (event.kind !== kind || commandText(event) !== command) throw usedBefore(key!);
      return this.isNamedBefore(book, stored) ? 'repeated' : 'replayed';
    }
    const earlier = await this.keys.find(stream, key!);
    if (!earlier) return 'new';
    if (earlier.prepared.kind === kind && earlier.prepared.text!.command === command) return 'repeated';
    throw usedBefore(key!);
  }

  /** Whether an earlier line of the file was this event; the next line that is will be told so. */
  private isNamedBefore({ start }: TriedBook, { stream, revision }: StoredEvent): boolean {
    let bits = this.named.get(stream);
    if (!bits) this.named.set(stream, (bits = new Uint8Array((start >> 3) + 1)));
    const [byte, bit] = [revision >> 3, 1 << (revision & 7)];
    const isNamed = (bits[byte]! & bit) !== 0;
    bits[byte]! |= bit;
    return isNamed;
  }

  private async findOriginal(book: TriedBook, stream: string, named: string): Promise<Original | undefined> {
    const place = parseEventId(named);
    if (place?.stream !== stream) return undefined;
    const ahead = place.revision - book.start - 1;
    if (ahead < 0) return this.ledger.books.findEvent(named);
    const spooled = book.places.at(ahead);
    if (spooled === undefined) return undefined;
    return { revision: place.revision, fact: (await this.lineAt(spooled)).event };
  }

  /** A line that was decided before, in the spool or on its way there. */
  private async lineAt(place: SpoolPlace): Promise<DecidedLine> {
    const ahead = place - this.spool.lines;
    const { batch, index } =
      ahead < 0 ? await this.spool.lineAt(place) : { batch: { lines: this.kept, bodies: this.bodies }, index: ahead };
    return new DecidedLine(batch, index, this.file.source);
  }
}

const identityOfLine = ({ kind, text: written }: Prepared): string | undefined =>
  identityOf(kind, JSON.parse(written!.command) as Prepared['command']);

/** A reversal as it names now what it takes back: its command may have become another. */
function writeReversal(checked: CheckedLine): string {
  const command = checked.prepared.text!.command.length - BRACES;
  return writeChecked({ ...checked, place: { ...checked.place, command } });
}

const leftOutBefore = (line: number): LedgerError => {
  const expected = text(
    '改正后放入新文件的行：此前导入本文件时已略去',
    'the line, corrected, in a new file: an earlier import of this file left it out',
  );
  return new LedgerError('refused', 'left-out-before', expected, [
    { pointer: '', code: 'left-out-before', expected, got: `line ${line}` },
  ]);
};

const usedBefore = (key: string): LedgerError => {
  const expected = text('与此前相同的内容，或新的键', 'the same command again, or a new key');
  return keyUsedBefore('/key', text(`${expected.zh}；${KEY_SCOPE.zh}`, `${expected.en}; ${KEY_SCOPE.en}`), key);
};
