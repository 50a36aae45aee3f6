import { type Clock } from '../time/clock.js';
import { LedgerError } from '../errors.js';
import {
  type EventStore,
  isWrongExpectedRevision,
  type NewEvent,
  parseEventId,
  piecesOf,
} from '../event-store/event-store.js';
import { composeAll, type DecidedEvent, decidedEvent, lastDayOf } from './decided-command.js';
import { type Together } from './together.js';
import { decide } from './book.js';
import { ClosingGate } from './closing/gate.js';
import { isClosing } from './periods.js';
import { evolve } from './evolve.js';
import { type BookFact, type BookState, copyBook, keyText } from './book-state.js';
import { type Original, saidBy } from './original.js';
import { readEvent } from './event.js';
import { Likenesses, type LikenessSource } from './likenesses.js';
import { likelyDuplicate, refuseLike, type StandingVoucher } from './likely-duplicate.js';
import {
  answerAgain,
  answerPiece,
  type AppendedPiece,
  type Decided,
  demandRevision,
  isAnsweredLine,
  lastSeen,
  type Posted,
  type PostRequest,
  unavailable,
  type Waiting,
} from './post-request.js';
import { type Heard, readBook, type SnapshotSource } from './read-book.js';
import { RecordingClock } from '../time/recording-clock.js';
import { type Prepared } from './prepared.js';

interface OpenBook {
  readonly stream: string;
  state: BookState | undefined;
  readonly queue: Waiting[];
  draining: boolean;
  /** Ends with the batch in hand, or with the look that is taken instead of one. */
  turn: Promise<unknown>;
}

/** What must hold of what was decided before it is appended: it throws where it does not. */
type Demand = (decided: readonly Decided[]) => void;

const closedBook = (stream: string): OpenBook => ({
  stream,
  state: undefined,
  queue: [],
  draining: false,
  turn: Promise.resolve(),
});

/** Most events of one book in one append. */
const APPEND_LIMIT = 1_000;
const MOST_CONFLICTS = 20;
/** Most books held while nothing is posted to them: what is not held is read again. */
const MOST_HELD = 4_096;

/**
 * The books of one node. Commands for one book are decided one after the other, and all that arrived while the last
 * append was on its way go into the next one, decided on the state it leaves; books do not wait for each other.
 */
export class Books {
  private readonly open = new Map<string, OpenBook>();
  /** How often a book had moved on under another node's hands. */
  conflicts = 0;
  /** What likely duplicates are found by; without it nothing is said of them. */
  readonly likenesses: Likenesses | undefined;

  /** Keeps closes apart from changes of what they were decided under. */
  readonly gate = new ClosingGate();

  private readonly clock: RecordingClock;
  private readonly heard: Heard;
  /** How many appends have ended unknown, and of how many of these it has been learnt what the log says of the time. */
  private unknown = 0;
  private learnt = 0;

  /**
   * @param clock a bare one begins a log: there is nothing it is compared with
   * @param setBack hears that a stream ends before what was known of it: the log is not what it was
   */
  constructor(
    private readonly store: EventStore,
    clock: Clock | RecordingClock,
    private readonly snapshots: SnapshotSource = () => undefined,
    alike?: LikenessSource,
    setBack: (why: string) => void = () => undefined,
  ) {
    this.heard = { setBack, recordedAt: (recordedAtMs) => this.clock.see(recordedAtMs) };
    this.likenesses = alike && new Likenesses(store, alike);
    this.clock = clock instanceof RecordingClock ? clock : new RecordingClock(clock);
  }

  /** The day on which a command is decided now. @throws LedgerError unavailable, where the clock is out of bounds */
  today(): string {
    return this.clock.today();
  }

  /** Posts a command; resolves when its event is durable. */
  post(request: PostRequest): Promise<Posted> {
    return new Promise((resolve, reject) => {
      const book = this.bookOf(request.prepared.stream);
      book.queue.push({ ...request, resolve, reject });
      if (book.draining) return;
      book.draining = true;
      // After the current run of code, so that commands posted together are appended together.
      queueMicrotask(() => void this.drain(book));
    });
  }

  /** Posts commands of one book in a turn of their own: all of them stand then, in one append, or none does. */
  postTogether(together: Together): void {
    const book = this.bookOf(together.stream);
    void inTurn(book, () => this.takeBatch(book, together.waiting, (decided) => together.demand(decided)));
  }

  /** Books like these over another log, which begins as this one does. */
  over(store: EventStore, clock: Clock): Books {
    return new Books(store, clock, this.snapshots, this.likenesses?.source);
  }

  /**
   * Decides without appending: the event that would follow, and the balances it would leave on the lines it touches.
   */
  async preview(request: PostRequest): Promise<{ fact: BookFact; before: BookState; after: BookState }> {
    const state = await this.stateOf(request.prepared.stream, lastSeen(request));
    demandRevision(request, state);
    const original = await this.findOriginal(request.prepared, []);
    const decided = decide(state, request.prepared, request.key, this.clock.today(), original);
    const fact = withFinding(decided, await this.likenesses?.find(request.prepared, state));
    const after = copyBook(state);
    evolve(after, fact);
    return { fact, before: state, after };
  }

  /**
   * A copy of a book's state, e.g. to try a whole file on. It is taken between two batches, when all that is in it
   * stands in the log: what is on its way may not come to stand, and something else at its revision. Nothing is kept of
   * a book that is not there: names are whatever clients make of them, and a file has a hundred thousand new ones.
   * @param seen a revision that somebody has seen: what is held is read again where it lies before that
   */
  async stateOf(stream: string, seen = -1): Promise<BookState> {
    const book = this.open.get(stream);
    if (book) return inTurn(book, async () => copyBook(await this.load(book, seen)));
    const state = await readBook(this.store, stream, this.snapshots, this.heard);
    if (state.revision >= 0) this.bookOf(stream).state ??= copyBook(state);
    return state;
  }

  /** How many books are held in memory. */
  get held(): number {
    return this.open.size;
  }

  /**
   * Appends commands that were decided on a copy of a book, as they are, behind the revision at which the copy stood.
   * Returns how many: all, or those before another writer was faster; what is left has to be posted.
   * @param appended hears of what has become durable, also where what follows fails
   */
  appendTried(
    stream: string,
    after: number,
    tried: readonly DecidedEvent[],
    appended: (events: number) => void = () => undefined,
  ): Promise<number> {
    const book = this.bookOf(stream);
    // In a turn of its own: it ends with forgetting the book, which a batch in hand must not lose.
    return inTurn(book, async () => {
      try {
        return await this.appendEvents(stream, after, tried, (_, { events }) => appended(events.length));
      } catch (error) {
        throw unavailable(error);
      } finally {
        this.forget(book);
      }
    });
  }

  /** The stored event that an id names, where there is one. */
  async findEvent(id: string): Promise<Original | undefined> {
    const place = parseEventId(id);
    if (!place) return undefined;
    const [stored] = await this.store.readStream(place.stream, { from: place.revision, limit: 1 });
    return stored && { revision: stored.revision, fact: readEvent(stored) };
  }

  /** Every book is read anew before it is used again: what it was read from was not sound. */
  forgetAll(): void {
    for (const book of this.open.values()) void inTurn(book, async () => this.forget(book));
  }

  private bookOf(stream: string): OpenBook {
    const book = this.open.get(stream) ?? closedBook(stream);
    // The least recently used stands first, and goes first.
    this.open.delete(stream);
    this.open.set(stream, book);
    for (const [other, { queue, draining }] of this.open) {
      if (this.open.size <= MOST_HELD) break;
      if (other !== stream && queue.length === 0 && !draining) this.open.delete(other);
    }
    return book;
  }

  private async drain(book: OpenBook): Promise<void> {
    while (book.queue.length > 0) await inTurn(book, () => this.takeBatch(book, book.queue.splice(0, APPEND_LIMIT)));
    book.draining = false;
  }

  private async takeBatch(book: OpenBook, batch: readonly Waiting[], demand?: Demand): Promise<void> {
    try {
      await this.appendBatch(book, batch, demand);
    } catch (error) {
      // The outcome is not known here: forget the state, so that the next command reads what really stands.
      this.forget(book);
      for (const request of batch) request.reject(unavailable(error));
    }
  }

  private forget(book: OpenBook): void {
    book.state = undefined;
    this.likenesses?.forget(book.stream);
  }

  private async appendBatch(book: OpenBook, batch: readonly Waiting[], demand?: Demand): Promise<void> {
    for (let attempt = 0; attempt < MOST_CONFLICTS; attempt += 1) {
      const state = await this.load(book, Math.max(...batch.map(lastSeen)));
      const decided = await this.decideAll(book, state, batch);
      demand?.(decided);
      const appended = await this.appendDecided(book, state, decided);
      if (appended === decided.length) return;
      // What has been answered or refused stays so: its client has been told.
      batch = decided.slice(appended).flatMap(({ request, repeats }) => [request, ...repeats]);
    }
    throw new Error(`${book.stream}: another node was faster ${MOST_CONFLICTS} times in a row`);
  }

  /** Appends what was decided and answers it: in one append, unless it is too much for one. Returns how far it came. */
  private async appendDecided(book: OpenBook, state: BookState, decided: readonly Decided[]): Promise<number> {
    const after = state.revision - decided.length;
    const events = decided.map(({ request: { prepared, key }, fact }) => decidedEvent({ prepared, key, fact }));
    const done = await this.appendEvents(book.stream, after, events, (from, piece) => {
      void answerPiece(decided.slice(from, from + piece.events.length), piece);
    });
    if (done < decided.length) this.forget(book);
    else this.likenesses?.settle(book.stream);
    return done;
  }

  /**
   * Appends decided commands behind a revision, as many at once as an append holds, and says where they came to stand.
   * Returns how many stand there: all, or those before another node was faster.
   */
  private appendEvents(
    stream: string,
    after: number,
    decided: readonly DecidedEvent[],
    appended: (from: number, piece: AppendedPiece) => void,
  ): Promise<number> {
    const append = (): Promise<number> => this.appendInTurn(stream, after, decided, appended);
    return decided.some(({ kind }) => isClosing(kind)) ? this.gate.close(append) : append();
  }

  private async appendInTurn(
    stream: string,
    after: number,
    decided: readonly DecidedEvent[],
    appended: (from: number, piece: AppendedPiece) => void,
  ): Promise<number> {
    const lastDay = lastDayOf(decided);
    let done = 0;
    while (done < decided.length) {
      const last = after + done;
      await this.learnTime();
      try {
        // Composed just before its append: another book may be appended to between two, and time never runs backwards.
        done += await this.clock.record(async (recordedAtMs) => {
          const [events] = piecesOf(composeAll(decided.slice(done), recordedAtMs)) as [readonly NewEvent[]];
          const at = await this.store.append(stream, last < 0 ? 'no-stream' : last, events);
          appended(done, { stream, events, at, recordedAtMs });
          return events.length;
        }, lastDay);
      } catch (error) {
        if (!isWrongExpectedRevision(error)) {
          this.unknown += 1;
          throw error;
        }
        this.conflicts += 1;
        return done;
      }
    }
    return done;
  }

  /** Where an append stands of which nobody knew, recorded time goes on from it. */
  private async learnTime(): Promise<void> {
    const { unknown } = this;
    if (this.learnt === unknown) return;
    const last = await this.store.last();
    if (last) this.clock.see(Date.parse(readEvent(last).recordedAt));
    this.learnt = unknown;
  }

  /** Decides each request on the state the one before leaves. Refusals and replays are answered here. */
  private async decideAll(book: OpenBook, state: BookState, batch: readonly Waiting[]): Promise<Decided[]> {
    const decided: Decided[] = [];
    const byKey = new Map<string, Decided>();
    let today: string | undefined;
    const start = state.revision;
    for (const request of batch) {
      const key = keyText(request.key);
      const first = byKey.get(key);
      if (first) {
        first.repeats.push(request);
        continue;
      }
      try {
        if (isAnsweredLine(state, request)) continue;
        if ('key' in request.key && (await this.isAnswered(book.stream, start, request.key.key, request))) continue;
        demandRevision(request, state);
        const { prepared } = request;
        const original = prepared.refersTo && (await this.findOriginal(prepared, decided));
        // Not before it is needed: what was recorded before is answered by any clock.
        today ??= this.clock.today();
        const alone = decide(state, prepared, request.key, today, original);
        const fact = await this.besideOthers(alone, request, state);
        evolve(state, fact);
        const entry = { request, fact, repeats: [] };
        decided.push(entry);
        byKey.set(key, entry);
      } catch (error) {
        if (!(error instanceof LedgerError)) throw error;
        request.reject(error);
      }
    }
    return decided;
  }

  /** Adds to a decision that the same is likely recorded already, or refuses it where it is not to be recorded then. */
  private async besideOthers(fact: BookFact, { prepared, refuseLike: refuses }: Waiting, state: BookState) {
    if (!this.likenesses) return fact;
    return this.likenesses.take(prepared, state, (standing) => {
      if (standing && refuses) throw refuseLike(standing);
      return withFinding(fact, standing);
    });
  }

  /** Answers a request whose key was recorded before. */
  private async isAnswered(stream: string, start: number, key: string, request: Waiting): Promise<boolean> {
    const before = await this.store.findByKey(stream, key, start);
    if (!before) return false;
    answerAgain(request, before, readEvent(before));
    return true;
  }

  private async findOriginal(prepared: Prepared, pending: readonly Decided[]): Promise<Original | undefined> {
    const { stream, refersTo } = prepared;
    const place = refersTo && parseEventId(refersTo.id);
    if (place?.stream !== stream) return undefined;
    const state = this.open.get(stream)?.state;
    const ahead = state ? place.revision - (state.revision - pending.length + 1) : -1;
    if (ahead >= 0 && ahead < pending.length) return originalIn(place.revision, pending[ahead]!);
    return this.findEvent(refersTo!.id);
  }

  /** A book's state: what is held, else as it is read; what is held may lack what another node has appended. */
  private async load(book: OpenBook, seen: number): Promise<BookState> {
    if (book.state && book.state.revision < seen) this.forget(book);
    if (book.state) return book.state;
    const state = await readBook(this.store, book.stream, this.snapshots, this.heard);
    return (book.state ??= state);
  }
}

/** What is done with a book is done one after the other, however each ends. */
function inTurn<T>(book: OpenBook, act: () => Promise<T>): Promise<T> {
  const done = book.turn.then(act);
  // Whoever took the turn hears how it ended; whoever has the next one need not.
  book.turn = done.catch(() => undefined);
  return done;
}

/** What a command names that is decided and not yet in the log. */
const originalIn = (revision: number, { fact, request }: Decided): Original => ({
  revision,
  fact: { ...fact, ...saidBy(request.prepared) },
});

const withFinding = (fact: BookFact, standing: StandingVoucher | undefined): BookFact =>
  standing ? { ...fact, findings: [likelyDuplicate(standing)] } : fact;
