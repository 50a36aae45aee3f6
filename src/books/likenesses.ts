import { setImmediate as nextTurn } from 'node:timers/promises';
import { eventId, type EventStore, parseEventId, type StoredEvent } from '../event-store/event-store.js';
import { pagesOf } from '../event-store/stream-pages.js';
import { type BookFact, type BookState } from './book-state.js';
import { readEvent } from './event.js';
import { LikenessTable } from './likeness-table.js';
import { type StandingVoucher } from './likely-duplicate.js';
import { type Prepared } from './prepared.js';

/** A likeness, and the place of the event that has it. */
export interface LikenessAt {
  readonly likeness: string;
  readonly stream: string;
  readonly revision: number;
}

/** What stands outside the books and knows kinds and read tables: what makes events alike, and where such stand. */
export interface LikenessSource {
  /** What a command or an event has in common with another of itself; undefined where it cannot be recorded twice. */
  readonly identityOf: (kind: string, command: Prepared['command']) => string | undefined;
  /** The short digest of an identity: 8 characters of base64url. */
  readonly likenessOf: (identity: string) => string;
  /** Up to which position of the log `shown` tells all there is. */
  readonly position: () => number;
  /**
   * What is recorded in a command's book on its business day, and the memos of its fund and unit; undefined where
   * nothing can be looked up.
   */
  readonly shown: (command: Prepared['command']) => ShownLikenesses | undefined;
}

/** What was recorded up to a position. */
export interface ShownLikenesses {
  readonly upTo: number;
  readonly likenesses: Iterable<LikenessAt>;
}

/** What a node knows of a book beside what the read tables show. */
class KnownBook {
  /** The position that the read tables showed when the book was read. */
  shownUpTo = 0;
  /** By business day, the revisions of what stood behind that position, and came since. */
  readonly behind = new Map<string, LikenessTable>();
  /**
   * By business day, what the read tables showed. A key put together from book and day would keep alive the pieces of
   * a file that its parts were cut from.
   */
  readonly shown = new Map<string, ShownDay>();
  size = 0;
  /** How many these may become before the book is looked at anew: by then the read tables show most of them. */
  most = Infinity;
  /** Resolves once the end of its stream has been read. */
  reading: Promise<void> = Promise.resolve();
  isReady = false;

  enter(businessDate: string, likeness: string, revision: number): void {
    const table = this.behind.get(businessDate) ?? new LikenessTable();
    this.behind.set(businessDate, table);
    table.add(likeness, revision);
    this.size += 1;
  }
}

/** A command and what was decided about it. */
interface Decided {
  readonly prepared: Prepared;
  readonly fact: BookFact;
}

/** The revisions that the read tables showed of a business day. */
interface ShownDay {
  readonly book: KnownBook;
  readonly businessDate: string;
  readonly table: LikenessTable;
}

const NOTHING_SHOWN: ShownLikenesses = { upTo: 0, likenesses: [] };
const LEAST_BEHIND = 8_192;
/** Slots of 8 bytes in all the days that are kept: a million vouchers of days that are recorded on by turns. */
const MOST_SLOTS = 2 ** 21;
const MOST_MEMOS = 1_024;
/** Events of the whole log among which memos are looked for in one turn of the thread. */
const MEMOS_IN_A_TURN = 1_024;

/**
 * Finds the voucher or memo that stands and that a command is likely to record again. The read tables give a business
 * day of a book at a time. What they do not show yet is read from the end of the book's stream and extended by what
 * this node decides; where another writer was faster, the book is forgotten and looked at anew. What has an equal
 * likeness is compared in full, so that no two events are called alike because of a short digest.
 */
export class Likenesses {
  private readonly books = new Map<string, KnownBook>();
  /** The least recently used first. */
  private readonly days = new Set<ShownDay>();
  private latest: ShownDay | undefined;
  private slots = 0;
  /** Vouchers that are decided and on their way to the log, by stream and revision. */
  private readonly undurable = new Map<string, Map<number, Decided>>();
  private readonly memos: Memos;

  constructor(
    private readonly store: EventStore,
    readonly source: LikenessSource,
  ) {
    this.memos = new Memos(store, source);
  }

  /**
   * What stands that a command is likely to record again, by the state of its book.
   * @param upTo the revision of the log that the state is of: what came behind it may be this very command, recorded by
   * another node, and is looked at once the command is decided behind it
   */
  find(prepared: Prepared, state: BookState, upTo = state.revision): Promise<StandingVoucher | undefined> {
    return this.look(prepared, { takenBack: state.takenBack, revision: upTo }, (standing) => standing);
  }

  /**
   * The same for a command that is now decided: with what stands, `conclude` makes the fact that follows, or refuses.
   * What it makes counts as standing from then on, also where a command of another stream is looked at meanwhile.
   */
  take(
    prepared: Prepared,
    state: BookState,
    conclude: (standing: StandingVoucher | undefined) => BookFact,
  ): Promise<BookFact> {
    const { stream, likeness, command } = prepared;
    const revision = state.revision + 1;
    return this.look(prepared, state, (standing) => {
      const fact = conclude(standing);
      if (likeness === undefined) return fact;
      if (isMemo(stream)) this.memos.enter(prepared, { id: eventId(stream, revision), fact });
      else {
        const decided = this.undurable.get(stream) ?? new Map<number, Decided>();
        this.undurable.set(stream, decided.set(revision, { prepared, fact }));
        this.books.get(stream)?.enter(command.businessDate, likeness, revision);
      }
      return fact;
    });
  }

  /** What was decided in a stream stands in the log. */
  settle(stream: string): void {
    this.undurable.delete(stream);
  }

  /** A stream is not as this node believed it to be. */
  forget(stream: string): void {
    this.undurable.delete(stream);
    this.books.delete(stream);
    this.memos.forget(stream);
  }

  /** @param conclude is called without a wait behind the look */
  private async look<T>(
    prepared: Prepared,
    state: Pick<BookState, 'takenBack' | 'revision'>,
    conclude: (standing: StandingVoucher | undefined) => T,
  ): Promise<T> {
    const { stream, likeness, command } = prepared;
    if (likeness === undefined) return conclude(undefined);
    if (isMemo(stream)) return this.memos.look(prepared, state.revision, conclude);
    // Nothing stands in a book that is begun: a file begins hundreds, and each of their days would be looked up.
    if (state.revision < 0) return conclude(undefined);
    // Nothing is waited for where the book is known: the lines of a file come through here by the million.
    let book = this.knownBook(stream) ?? (await this.readBook(stream));
    let day = this.dayOf(book, prepared);
    while (!day) {
      // The read tables have been made anew, or cannot be read: what they showed is read from the log now.
      this.books.delete(stream);
      book = await this.readBook(stream);
      day = this.dayOf(book, prepared);
    }
    for (const table of [day, book.behind.get(command.businessDate)]) {
      for (const revision of table?.find(likeness) ?? []) {
        if (revision > state.revision || state.takenBack.has(revision)) continue;
        const standing = await this.compare(prepared, revision);
        if (standing) return conclude(standing);
      }
    }
    return conclude(undefined);
  }

  private async compare(prepared: Prepared, revision: number): Promise<StandingVoucher | undefined> {
    const { stream } = prepared;
    const decided = this.undurable.get(stream)?.get(revision);
    const [stored] = decided ? [] : await this.store.readStream(stream, { from: revision, limit: 1 });
    const fact = decided?.fact ?? (stored && readEvent(stored));
    const identity = decided ? identityOf(this.source, decided.prepared) : identityOfStored(this.source, stored);
    if (!fact || identity !== identityOf(this.source, prepared)) return undefined;
    return { id: eventId(stream, revision), fact };
  }

  private knownBook(stream: string): KnownBook | undefined {
    const book = this.books.get(stream);
    return book?.isReady && book.size <= book.most ? book : undefined;
  }

  private async readBook(stream: string): Promise<KnownBook> {
    let book = this.books.get(stream);
    if (!book || book.size > book.most) {
      book = new KnownBook();
      this.books.set(stream, book);
      book.reading = this.readBehind(stream, book);
    }
    await book.reading;
    return book;
  }

  /** Reads what stands in a book behind what the read tables show. */
  private async readBehind(stream: string, book: KnownBook): Promise<void> {
    const shown = this.source.position();
    book.shownUpTo = shown;
    for (const [revision, { prepared }] of this.undurable.get(stream) ?? [])
      book.enter(prepared.command.businessDate, prepared.likeness!, revision);
    try {
      for await (const page of pagesOf(this.store, stream, 'backwards')) {
        const behind = page.filter(({ position }) => position > shown);
        for (const stored of behind) {
          const event = readEvent(stored);
          const identity = this.source.identityOf(event.kind, event);
          if (identity !== undefined) book.enter(event.businessDate, this.source.likenessOf(identity), stored.revision);
        }
        if (behind.length < page.length) break;
      }
    } catch (error) {
      this.books.delete(stream);
      throw error;
    }
    book.most = Math.max(LEAST_BEHIND, 2 * book.size);
    book.isReady = true;
  }

  /**
   * What the read tables show of a command's business day, read no earlier than what is known of its book. Undefined
   * where they do not show what they did when the book was read.
   */
  private dayOf(book: KnownBook, { stream, command }: Prepared): LikenessTable | undefined {
    const { businessDate } = command;
    const kept = book.shown.get(businessDate);
    // Line after line is of one day.
    if (kept && kept === this.latest) return kept.table;
    const day = kept ?? { book, businessDate, table: new LikenessTable() };
    if (kept) this.days.delete(kept);
    else {
      const shown = this.source.shown(command) ?? NOTHING_SHOWN;
      if (shown.upTo < book.shownUpTo) return undefined;
      for (const at of shown.likenesses) if (at.stream === stream) day.table.add(at.likeness, at.revision);
      book.shown.set(businessDate, day);
      this.slots += day.table.slots;
    }
    this.days.add((this.latest = day));
    for (const oldest of this.days) {
      if (this.slots <= MOST_SLOTS || oldest === day) break;
      this.days.delete(oldest);
      oldest.book.shown.delete(oldest.businessDate);
      this.slots -= oldest.table.slots;
    }
    return day.table;
  }
}

/**
 * Memos, which stand in streams of their own and are of one book all the same. They are few: all that the read tables
 * do not show yet are read from the log, whoever wrote them.
 */
class Memos {
  /** Those behind the position that the read tables showed, by identity. */
  private readonly behind = new Map<string, { readonly standing: StandingVoucher; readonly position: number }>();
  /** Up to where these were left to the read tables, and up to where the log has been read for them. */
  private leftUpTo = 0;
  private readUpTo = 0;
  /** The last that this node decided: some are on their way to the log. */
  private readonly decided = new Map<string, StandingVoucher>();

  constructor(
    private readonly store: EventStore,
    private readonly source: LikenessSource,
  ) {}

  /** @param upTo the revision of its own stream that the command is decided behind */
  async look<T>(prepared: Prepared, upTo: number, conclude: (standing: StandingVoucher | undefined) => T): Promise<T> {
    const identity = identityOf(this.source, prepared)!;
    const { upTo: shown, likenesses } = this.source.shown(prepared.command) ?? NOTHING_SHOWN;
    this.leaveTo(shown);
    const isBehind = (at: { readonly stream: string; readonly revision: number } | undefined): boolean =>
      at?.stream === prepared.stream && at.revision > upTo;
    for (const { likeness, stream, revision } of likenesses) {
      if (likeness !== prepared.likeness || !isMemo(stream) || isBehind({ stream, revision })) continue;
      const [stored] = await this.store.readStream(stream, { from: revision, limit: 1 });
      if (stored && identityOfStored(this.source, stored) === identity)
        return conclude({ id: eventId(stream, revision), fact: readEvent(stored) });
    }
    await this.readOn();
    const known = [this.behind.get(identity)?.standing, this.decided.get(identity)];
    return conclude(known.find((standing) => standing && !isBehind(parseEventId(standing.id))));
  }

  enter(prepared: Prepared, standing: StandingVoucher): void {
    const identity = identityOf(this.source, prepared)!;
    if (!this.decided.has(identity)) this.decided.set(identity, standing);
    const [oldest] = this.decided.keys();
    if (this.decided.size > MOST_MEMOS) this.decided.delete(oldest!);
  }

  forget(stream: string): void {
    for (const [identity, { id }] of this.decided)
      if (parseEventId(id)?.stream === stream) this.decided.delete(identity);
  }

  /** Leaves to the read tables what they show; where they show less than they did, the log is read again. */
  private leaveTo(shown: number): void {
    if (shown < this.leftUpTo) {
      this.behind.clear();
      this.readUpTo = shown;
    }
    this.leftUpTo = shown;
    this.readUpTo = Math.max(this.readUpTo, shown);
    for (const [known, { position }] of this.behind) if (position <= shown) this.behind.delete(known);
  }

  private async readOn(): Promise<void> {
    for await (const events of this.store.readAll({ after: this.readUpTo, batch: MEMOS_IN_A_TURN, live: false })) {
      for (const stored of events) {
        if (!isMemo(stored.stream)) continue;
        const identity = identityOfStored(this.source, stored);
        if (identity === undefined || this.behind.has(identity)) continue;
        const standing = { id: eventId(stored.stream, stored.revision), fact: readEvent(stored) };
        this.behind.set(identity, { standing, position: stored.position });
      }
      this.readUpTo = Math.max(this.readUpTo, events.at(-1)!.position);
      if (events.length === MEMOS_IN_A_TURN) await nextTurn();
    }
  }
}

const isMemo = (stream: string): boolean => !stream.startsWith('book-');

function identityOf({ identityOf: of }: LikenessSource, { kind, command, text }: Prepared): string | undefined {
  return of(kind, text ? (JSON.parse(text.command) as Prepared['command']) : command);
}

function identityOfStored({ identityOf: of }: LikenessSource, stored: StoredEvent | undefined): string | undefined {
  if (!stored) return undefined;
  const event = readEvent(stored);
  return of(event.kind, event);
}
