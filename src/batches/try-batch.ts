import { type Adopting } from '../adopting/adopt.js';
import { LedgerReference } from '../adopting/ledger-reference.js';
import { type Posted } from '../books/post-request.js';
import { effectsOf } from '../books/guarded-lines.js';
import { type Books } from '../books/handle.js';
import { parseEventId } from '../event-store/event-store.js';
import { type Fen } from '../money.js';
import { type Clock } from '../time/clock.js';
import { LogAhead } from './log-ahead.js';
import { type BatchItem, type postBatch } from './post-batch.js';

/** An open ledger that a batch is tried on. */
export interface Trying extends Adopting {
  readonly clock: Clock;
}

/** What would become of a command, and of the ledger lines that it touches, in fen, debit positive. */
export interface Tried extends Posted {
  readonly balances: readonly { readonly line: string; readonly before: Fen; readonly after: Fen }[];
}

/**
 * What would become of the commands of a batch if it were posted now: each is decided on what those before it would
 * leave. It is posted, to books over a log that keeps what is new to itself; nothing is written.
 */
export async function tryBatch(
  ledger: Trying,
  items: readonly BatchItem[],
  post: typeof postBatch,
): Promise<(Tried | Error)[]> {
  const log = new LogAhead(ledger.store);
  const books = ledger.books.over(log, () => {
    // By a clock that is out of bounds nothing is decided.
    ledger.books.today();
    return ledger.clock();
  });
  const reference = new LedgerReference(log, ledger.reference.current, () => []);
  const outcomes = await post(
    { store: log, books, reference, closedUpTo: () => closedUpTo(ledger, log, books) },
    items,
  );
  const balances = new Balances(books);
  const tried: (Tried | Error)[] = [];
  // From the last to the first, since it is known what they all leave.
  for (const outcome of outcomes.toReversed())
    tried.push(outcome instanceof Error ? outcome : { ...outcome, balances: await balances.before(outcome) });
  return tried.reverse();
}

/** The book that is closed the furthest, with what the batch would close. */
async function closedUpTo(ledger: Adopting, log: LogAhead, books: Books): ReturnType<Adopting['closedUpTo']> {
  let furthest = await ledger.closedUpTo();
  for (const stream of log.triedStreams) {
    const { closings } = await books.stateOf(stream);
    const day = closings.at(-1)?.businessDate;
    if (day !== undefined && (furthest === undefined || isFurther({ stream, day }, furthest)))
      furthest = { stream, day };
  }
  return furthest;
}

/** Of books that are closed equally far, the first by name is told. */
const isFurther = (one: ClosedUpTo, other: ClosedUpTo): boolean =>
  one.day > other.day || (one.day === other.day && one.stream < other.stream);

type ClosedUpTo = NonNullable<Awaited<ReturnType<Adopting['closedUpTo']>>>;

/** The balances of books, going back voucher by voucher. */
class Balances {
  private readonly books = new Map<string, Map<string, Fen>>();

  constructor(private readonly now: Books) {}

  /** Goes back behind a voucher, and says what it does to the lines that it touches. */
  async before({ receipt, replayed }: Posted): Promise<Tried['balances']> {
    const { id, entries } = receipt!;
    if (entries.length === 0) return [];
    const { stream } = parseEventId(id)!;
    let lines = this.books.get(stream);
    if (!lines) this.books.set(stream, (lines = new Map((await this.now.stateOf(stream)).balances)));
    const touched = new Map<string, Fen>();
    for (const { line, effect } of effectsOf(entries)) touched.set(line, (touched.get(line) ?? 0n) + effect);
    return [...touched].map(([line, effect]) => {
      const after = lines.get(line) ?? 0n;
      // What comes again by its key does nothing.
      const before = replayed ? after : after - effect;
      lines.set(line, before);
      return { line, before, after };
    });
  }
}
