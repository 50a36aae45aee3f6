import { type LedgerEvent, readEvent } from '../books/event.js';
import { adoptionIn } from '../adopting/adopted-in.js';
import { BEFORE_ADOPTION } from '../reference/built-in.js';
import { type LedgerRestoredFacts } from '../catalogue/notices/ledger-restored.js';
import { isClosing, PERIOD_REOPENING_KIND } from '../books/periods.js';
import { type Adoption, type Reference } from '../reference/reference.js';
import { eventId, type EventStore, parseEventId, type StoredEvent } from '../event-store/event-store.js';
import { isHistoryUnreadable } from '../event-store/store-refusal.js';
import { upcast } from '../event-store/upcast.js';
import { LedgerError } from '../errors.js';
import { asLedgerError } from '../machine-fault.js';
import { type Fen } from '../money.js';
import { isDamaged } from '../sqlite-file.js';
import { BookAudit } from './book-audit.js';
import { type Breach, breachAt } from './breach.js';
import { RegisterAudit } from './register-audit.js';
import { EnforcementAudit, type Tally } from './enforcement-audit.js';
import { type AuditClock, TimeAudit } from './time-audit.js';
import { type Transfer, TransferAudit, type Transfers } from './transfer-audit.js';
import { checkWritten, type WrittenEvent } from './written-event.js';

/** Balances by stream of the book and ledger line, in fen, debit positive. */
export type Balances = ReadonlyMap<string, ReadonlyMap<string, Fen>>;

/** What the walk has found up to where it has come. */
export interface Walked {
  readonly balances: Balances;
  readonly transfers: readonly Transfer[];
  readonly enforcement: ReadonlyMap<string, Tally>;
}

/** Something that claims to know what stands at a position, and is compared when the walk has come there. */
export interface Claim {
  readonly position: number;
  readonly compare: (walked: Walked) => Breach[];
}

export interface LogAuditResult {
  readonly events: number;
  /** The position of the last event walked. */
  readonly position: number;
  /** The first of them, in order of position. */
  readonly breaches: readonly Breach[];
  readonly breachCount: number;
  /** What is worth knowing and no breach, e.g. of a rule that came later; the first of it, in order of position. */
  readonly notes: readonly Breach[];
  readonly noteCount: number;
  readonly transfers: Transfers;
}

/** Most breaches, and most notes, that are kept; the rest is counted. */
export const MOST_BREACHES = 100;

/**
 * Walks the log once from its beginning and checks that everything holds that must hold at each event.
 * @param claims what is compared on the way: what the read tables and the questions say
 * @param clock what recorded times are compared with
 */
export async function auditLog(
  store: EventStore,
  claims: readonly Claim[],
  progress: (position: number) => void,
  clock: AuditClock,
): Promise<LogAuditResult> {
  const walk = new Walk(store, claims, clock);
  const batches = store.readAll({ after: 0, live: false })[Symbol.asyncIterator]();
  for (;;) {
    const next = await batches.next().catch((error: unknown) => walk.endUnreadable(error as Error));
    if (next.done) break;
    for (const stored of next.value) await walk.take(stored);
    progress(walk.position);
  }
  return walk.result();
}

/** The first day that a change of the reference data is of. */
const earliestOf = ({ rows }: Adoption): string =>
  Object.values(rows)
    .flat()
    .reduce((earliest, { from }) => (from < earliest ? from : earliest), '9999-12-31');

class Walk {
  position = 0;
  private events = 0;
  private readonly breaches: Breach[] = [];
  private breachCount = 0;
  private readonly notes: Breach[] = [];
  private noteCount = 0;
  private readonly books = new Map<string, BookAudit>();
  private readonly registers = new RegisterAudit();
  private readonly revisions = new Map<string, number>();
  private readonly unreadable = new Set<string>();
  /** What had been adopted, by the revisions of the reference stream; before the first, what a log of before holds. */
  private readonly references = new Map<number | undefined, Reference>([[undefined, BEFORE_ADOPTION]]);
  private reference = BEFORE_ADOPTION;
  /** Changes of the reference data, each with the first day that it is of. */
  private readonly changes: { readonly stored: StoredEvent; readonly from: string }[] = [];
  private readonly transfers = new TransferAudit();
  private readonly enforcement = new EnforcementAudit();
  private readonly claims: Claim[];
  private readonly times: TimeAudit;

  constructor(
    private readonly store: EventStore,
    claims: readonly Claim[],
    clock: AuditClock,
  ) {
    this.times = new TimeAudit(clock, store.severalWritersUpTo ?? 0);
    this.claims = claims.toSorted((one, other) => one.position - other.position);
  }

  async take(stored: StoredEvent): Promise<void> {
    this.compareClaims(stored.position - 1);
    this.position = stored.position;
    this.events += 1;
    const {
      written,
      breaches,
      notes = [],
    } = checkWritten(stored, (revision) => this.references.get(revision), this.events === 1);
    this.note(breaches);
    this.tell(notes);
    this.checkRevision(stored);
    if (!written) return;
    this.checkTime(stored, written.event);
    await this.checkKey(stored, written.event);
    if (written.kind.form === 'adoption') this.takeAdoption(stored, breaches.length === 0);
    else if (written.kind.form === 'notice') this.tellRestored(stored, written);
    else if (written.kind.form === 'memo') await this.checkMemo(stored, written);
    else await this.takeVoucher(stored, written.event);
  }

  /**
   * A log that is too damaged to be read further is a finding, and the walk ends before it.
   * @throws what says nothing about the log: the disk, the network or a right is at fault
   */
  endUnreadable(error: Error): { done: true; value: undefined } {
    if (asLedgerError(error) instanceof LedgerError && !isDamaged(error)) throw error;
    const expected = `the log readable after position ${this.position}`;
    this.note([{ invariant: 'readable', expected, got: error.message }]);
    return { done: true, value: undefined };
  }

  result(): LogAuditResult {
    this.compareClaims(this.position);
    for (const { position } of this.claims)
      this.note([
        { invariant: 'read-tables', expected: `at most position ${this.position}`, got: `position ${position}` },
      ]);
    this.note([...this.books.values()].flatMap(({ closings }) => closings.changes));
    this.note(this.transfers.breaches([...this.books].map(([stream, book]) => [stream, book.everMoved()])));
    this.tell(this.transfers.notes());
    this.tell(this.times.notes());
    const { events, position, breaches, breachCount, notes, noteCount } = this;
    return { events, position, breaches, breachCount, notes, noteCount, transfers: this.transfers.result() };
  }

  private async takeVoucher(stored: StoredEvent, event: LedgerEvent): Promise<void> {
    const { stream } = stored;
    const book = this.books.get(stream) ?? new BookAudit();
    this.books.set(stream, book);
    const original = event.reverses === undefined ? undefined : await this.readOriginal(event.reverses);
    this.note(book.take(stored, event, original, this.reference.ever));
    if (event.original !== undefined) book.takeRefund(stored, event, await this.readOriginal(event.original));
    this.tell([...book.notes.splice(0), ...this.notSeenBy(stored, event)]);
    if (event.reverses !== undefined && !original) return;
    this.transfers.take(stored, event, original);
    this.enforcement.take(event, original);
  }

  private takeAdoption(stored: StoredEvent, isSound: boolean): void {
    if (!isSound) return;
    const adoption = adoptionIn(stored);
    this.reference = this.reference.with(adoption);
    this.references.set(stored.revision, this.reference);
    if (adoption.whole) return;
    const from = earliestOf(adoption);
    this.changes.push({ stored, from });
    for (const { closings } of this.books.values()) closings.takeChange(stored, from);
  }

  /** Changes that reach into the period of a close and stood before it, which who closed it did not know of. */
  private notSeenBy(stored: StoredEvent, { kind, businessDate, reference = -1 }: LedgerEvent): Breach[] {
    if (!isClosing(kind) || kind === PERIOD_REOPENING_KIND) return [];
    return this.changes
      .filter((change) => change.from <= businessDate && change.stored.revision > reference)
      .map((change) => {
        const id = eventId(change.stored.stream, change.stored.revision);
        const expected = `closed under ${id}, which changed the reference data from ${change.from} on`;
        return breachAt(stored, 'closed-periods', expected, reference < 0 ? 'none' : `revision ${reference}`);
      });
  }

  private async checkMemo(stored: StoredEvent, { event }: WrittenEvent): Promise<void> {
    const id = event.withdraws ?? event.answers;
    const named = id === undefined ? undefined : await this.readOriginal(id);
    const withdrawn = event.withdraws === undefined ? undefined : named;
    this.note(this.registers.take(stored, event, named));
    this.transfers.take(stored, event, withdrawn);
    this.enforcement.take(event, withdrawn);
    const { entries, voucherType, voucherNumber } = event;
    if (entries !== undefined || voucherType !== undefined || voucherNumber !== undefined)
      this.note([breachAt(stored, 'memo-moves-nothing', 'no entries and no number', JSON.stringify(entries ?? []))]);
  }

  /** It is no breach, and an auditor must know it: events are gone, and their positions were given anew. */
  private tellRestored(stored: StoredEvent, { event }: WrittenEvent): void {
    const { lostFrom, lostTo, lostEvents, by, reason } = event as unknown as LedgerRestoredFacts;
    const got = `positions ${lostFrom} to ${lostTo} were lost, ${lostEvents} events; ${by}: ${reason}`;
    this.tell([breachAt(stored, 'restored', 'every event since the first', got)]);
  }

  private checkRevision(stored: StoredEvent): void {
    const wanted = (this.revisions.get(stored.stream) ?? -1) + 1;
    if (stored.revision !== wanted) this.note([breachAt(stored, 'revision', `${wanted}`, `${stored.revision}`)]);
    this.revisions.set(stored.stream, stored.revision);
  }

  private checkTime(stored: StoredEvent, event: LedgerEvent): void {
    this.times.take(stored, event);
    this.note(this.times.breaches.splice(0));
    this.tell(this.times.steps.splice(0));
  }

  private tell(notes: readonly Breach[]): void {
    this.noteCount += notes.length;
    this.notes.push(...notes.slice(0, Math.max(0, MOST_BREACHES - this.notes.length)));
  }

  /** A key leads to its event; had it been recorded before, it would lead there. */
  private async checkKey(stored: StoredEvent, { key }: LedgerEvent): Promise<void> {
    if (key === undefined) return;
    const found = await this.store
      .findByKey(stored.stream, key, stored.revision)
      .catch((error: unknown) => this.noteUnreadable(stored.stream, error));
    if (found?.revision === stored.revision || this.unreadable.has(stored.stream)) return;
    const got = found ? eventId(found.stream, found.revision) : 'no event';
    this.note([breachAt(stored, 'key-once', `key ${key} leads to this event`, got)]);
  }

  private async readOriginal(id: string): Promise<LedgerEvent | undefined> {
    const place = parseEventId(id);
    if (!place) return undefined;
    const [stored] = await this.store
      .readStream(place.stream, { from: place.revision, limit: 1 })
      .catch((error: unknown) => this.noteUnreadable(place.stream, error) ?? []);
    return stored?.revision === place.revision ? readEvent(upcast(stored)) : undefined;
  }

  /** A stream that cannot be read any more, though the log still shows its events, is told of once. */
  private noteUnreadable(stream: string, error: unknown): undefined {
    if (!isHistoryUnreadable(error)) throw error;
    const got = error.message;
    if (!this.unreadable.has(stream)) this.note([{ invariant: 'readable', expected: 'every stream readable', got }]);
    this.unreadable.add(stream);
  }

  private compareClaims(reached: number): void {
    while (this.claims[0] && this.claims[0].position <= reached)
      this.note(
        this.claims.shift()!.compare({
          balances: this.balances(),
          transfers: this.transfers.standing(),
          enforcement: this.enforcement.tallies,
        }),
      );
  }

  private balances(): Balances {
    return new Map([...this.books].map(([name, { balances }]) => [name, balances]));
  }

  private note(breaches: readonly Breach[]): void {
    this.breachCount += breaches.length;
    this.breaches.push(...breaches.slice(0, Math.max(0, MOST_BREACHES - this.breaches.length)));
  }
}
