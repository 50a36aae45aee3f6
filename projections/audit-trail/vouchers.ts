import { COMMAND_KINDS } from '../../src/catalogue/registry.js';
import { type LedgerEvent, readEvent } from '../../src/books/event.js';
import { eventId, type EventStore, parseEventId, type StoredEvent } from '../../src/event-store/event-store.js';
import { upcast } from '../../src/event-store/upcast.js';
import { type Fen, parseFen } from '../../src/money.js';
import { giveWay } from '../../src/time/give-way.js';
import { type Asking } from '../asking/question.js';
import { REFERENCE_STREAM } from '../../src/kinds/kind.js';
import { adoptionIn } from '../../src/adopting/adopted-in.js';
import { type ChangeBeside, changesBy } from '../reference/changes.js';
import { type AccountFilter, type EntryFilter } from './account.js';
import { type BecomeOf, readBecomeOf } from './corrections.js';
import { counterpartyOf, fieldOf, namedBy, positionOf, textsOf, type TrailLine } from './projection.js';
import { type Place, type Stretch, walkTrail } from './walk.js';

/** A line of the trail with its event, as an answer has it. */
export interface TrailVoucher extends BecomeOf {
  readonly line: TrailLine;
  readonly stored: StoredEvent;
  readonly event: LedgerEvent;
  /** The event that it takes back, corrects, withdraws or answers, where it does. */
  readonly named: LedgerEvent | undefined;
  /** What it changes in the reference data; undefined where it is no adoption. */
  readonly changes: readonly ChangeBeside[] | undefined;
}

/** What a voucher must be to be listed. */
export interface TrailFilter {
  readonly account?: EntryFilter | undefined;
  /** What only the voucher as a whole says, e.g. by what it takes back. */
  readonly accepts?: ((voucher: TrailVoucher) => boolean) | undefined;
  readonly kind?: string | undefined;
  readonly counterparty?: string | undefined;
  readonly least?: Fen | undefined;
  readonly most?: Fen | undefined;
  /** The first letter of the series in which a voucher is numbered, as its line has it: `r`, `p` or `t`. */
  readonly series?: string | undefined;
  /** The first and the last number, of whatever month and series. */
  readonly numbers?: { readonly first: number; readonly last: number } | undefined;
  readonly caseId?: string | undefined;
  readonly maker?: string | undefined;
  readonly reviewer?: string | undefined;
  /** In lower case and NFC. */
  readonly searched?: string | undefined;
  /** Whether only vouchers are listed, which have a number, and no memos. */
  readonly numbered?: boolean;
  /** What is recorded behind this position is not listed. */
  readonly upTo?: number | undefined;
  /** The positions of events that are not listed. */
  readonly but?: ReadonlySet<number>;
}

/** The first vouchers of a stretch that pass the filter, at most `limit`. */
export async function findVouchers(
  asking: Asking,
  stretch: Stretch,
  filter: TrailFilter,
  limit: number,
): Promise<TrailVoucher[]> {
  const found: TrailVoucher[] = [];
  for await (const voucher of walkVouchers(asking, stretch, filter)) if (found.push(voucher) === limit) break;
  return found;
}

/** All vouchers of a stretch that pass the filter, some at a time; however many there are, few are in memory. */
export async function* walkInBatches(
  asking: Asking,
  stretch: Stretch,
  filter: TrailFilter,
): AsyncIterable<TrailVoucher[]> {
  let batch: TrailVoucher[] = [];
  for await (const voucher of walkVouchers(asking, stretch, filter)) {
    if (batch.push(voucher) < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const BATCH = 50;

async function* walkVouchers(asking: Asking, stretch: Stretch, filter: TrailFilter): AsyncIterable<TrailVoucher> {
  const { tables } = asking;
  const { account } = filter;
  const moved = new Map<string, boolean>();
  const movedOn = ({ book, day }: TrailLine): boolean => {
    const known = moved.get(book) ?? account!.movedOn(tables, book, day);
    moved.set(book, known);
    return known;
  };
  let day = '';
  const mayHold = glance(filter);
  const books = account ? account.booksIn(tables, stretch) : stretch.books;
  for await (const lines of walkTrail(tables, { ...stretch, books, mayHold })) {
    for (const line of lines) {
      if (line.day !== day) moved.clear();
      day = line.day;
      if (!passes(line, filter) || (account && !movedOn(line))) continue;
      const voucher = await readVoucher(asking, line, stretch.until);
      await giveWay();
      if (passesByEvent(voucher, filter)) yield voucher;
    }
  }
}

/**
 * Kinds that name nobody, and may name an earlier event: a reversal, a withdrawal, a closing is with whom that is which
 * it takes back or answers.
 */
const NAMELESS: ReadonlySet<string> = new Set(
  COMMAND_KINDS.filter((kind) => !kind.counterparty && (kind.refersTo ?? 'register' in kind)).map(({ kind }) => kind),
);

/** What can be said of a line, or of a list of them, at a glance. */
function glance(filter: TrailFilter): (written: string) => boolean {
  const { kind, counterparty, caseId, maker, reviewer, searched, upTo = Infinity } = filter;
  // A voucher's number is not in its line as people write it.
  const needle = searched === undefined || /^[0-9收付转-]+$/.test(searched) ? undefined : searched;
  const words = [kind, caseId, maker, reviewer].filter((word) => word !== undefined).map(fieldOf);
  const named = counterparty === undefined ? undefined : [counterparty, ...NAMELESS].map(fieldOf);
  return (written) =>
    positionOf(written) <= upTo &&
    words.every((word) => written.includes(word)) &&
    (named === undefined || named.some((word) => written.includes(word))) &&
    (needle === undefined || written.toLowerCase().includes(needle));
}

/** What can be said of a line without its event. */
function passes(line: TrailLine, filter: TrailFilter): boolean {
  const { kind, counterparty, least, most, searched, numbered, but } = filter;
  if ((numbered && line.number === '') || but?.has(line.position)) return false;
  if (kind !== undefined && line.kind !== kind) return false;
  if (!isOfPeople(line, filter) || !isNumbered(line, filter)) return false;
  if (counterparty !== undefined && line.counterparty !== counterparty && !NAMELESS.has(line.kind)) return false;
  if (least !== undefined && parseFen(line.amount) < least) return false;
  if (most !== undefined && parseFen(line.amount) > most) return false;
  return searched === undefined || textsOf(line).some((text) => text.toLowerCase().includes(searched));
}

/** Whether it is of the case, and of who made and reviewed it. */
function isOfPeople({ texts }: TrailLine, { caseId, maker, reviewer }: TrailFilter): boolean {
  const [, , by, reviewedBy, of] = texts;
  return (
    (maker === undefined || by === maker) &&
    (reviewer === undefined || reviewedBy === reviewer) &&
    (caseId === undefined || of === caseId)
  );
}

/** Whether its number is one of those asked for; a memo has none. */
function isNumbered({ number }: TrailLine, { series, numbers }: TrailFilter): boolean {
  if (series !== undefined && number[0] !== series) return false;
  if (!numbers) return true;
  const own = Number.parseInt(number.slice(1), 10);
  return own >= numbers.first && own <= numbers.last;
}

function passesByEvent(voucher: TrailVoucher, { account, accepts, counterparty }: TrailFilter): boolean {
  const { line, event, named } = voucher;
  if (account && !event.entries?.some((entry) => account.matches(entry, line.book))) return false;
  if (accepts && !accepts(voucher)) return false;
  if (counterparty === undefined || line.counterparty === counterparty) return true;
  return named !== undefined && counterpartyOf(named) === counterparty;
}

/** The event of a line. */
export async function readStored(store: EventStore, { stream, revision, position }: TrailLine): Promise<StoredEvent> {
  const [stored] = await store.readStream(stream, { from: revision, limit: 1 });
  if (stored?.position === position) return stored;
  throw new Error(`the log has no event ${eventId(stream, revision)} at position ${position}`);
}

async function readVoucher(
  { tables, store, reference }: Asking,
  line: TrailLine,
  until: number,
): Promise<TrailVoucher> {
  const stored = upcast(await readStored(store, line));
  const event = readEvent(stored);
  const named = await readNamed(store, event);
  const isAdoption = line.stream === REFERENCE_STREAM;
  const changes = isAdoption ? changesBy(adoptionIn(stored), event, reference) : undefined;
  return { line, stored, event, named, changes, ...readBecomeOf(tables, eventId(line.stream, line.revision), until) };
}

/** The event that one takes back, corrects, withdraws or answers; undefined where it names none. */
export async function readNamed(store: EventStore, event: LedgerEvent): Promise<LedgerEvent | undefined> {
  const place = parseEventId(namedBy(event) ?? '');
  const [stored] = place ? await store.readStream(place.stream, { from: place.revision, limit: 1 }) : [];
  return stored && readEvent(upcast(stored));
}

/** A voucher of a walk, and the balance after it. */
export interface BalanceAt extends Place {
  readonly balance: Fen;
}

/**
 * The balance of an account of one book after each of the vouchers listed, with all those in between that are not:
 * the balance at the beginning of each day, or `since` the voucher before those listed, and what the day's vouchers do
 * to it in their order.
 */
export async function runningBalances(
  asking: Asking,
  account: AccountFilter,
  book: string,
  listed: readonly TrailVoucher[],
  until: number,
  since?: BalanceAt,
): Promise<Fen[]> {
  const days = [...new Set(listed.map(({ line }) => line.day))];
  const starts = await account.balancesBefore(asking, book, days, until);
  const events = new Map(listed.map((voucher) => [voucher.line.position, voucher.event]));
  const after = new Map<number, Fen>();
  for (const [index, day] of days.entries()) {
    const known = since?.day === day ? since : undefined;
    let balance = known?.balance ?? starts[index]!;
    const last = listed.findLast(({ line }) => line.day === day)!.line.position;
    for await (const lines of walkTrail(asking.tables, {
      books: [book],
      from: day,
      to: day,
      after: known,
      until: last,
    })) {
      for (const line of lines) {
        const event = events.get(line.position) ?? readEvent(upcast(await readStored(asking.store, line)));
        balance += account.effectOf(event.entries ?? []);
        after.set(line.position, balance);
      }
    }
  }
  return listed.map(({ line }) => after.get(line.position)!);
}
