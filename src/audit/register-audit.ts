import { type LedgerEvent } from '../books/event.js';
import { eventId, type StoredEvent } from '../event-store/event-store.js';
import { type Fen, formatFen } from '../money.js';
import { type Breach, breachAt } from './breach.js';
import { fenOf } from './entry-checks.js';

type Report = (expected: string, got: string) => void;

/**
 * What must hold in every register of memos: a memo answers one that stands, is withdrawn once and not beneath others,
 * and at the end of no business day less than nothing is held. Only what names another or changes what is held is kept.
 */
export class RegisterAudit {
  private readonly withdrawn = new Set<string>();
  /** The answers that stand, by the id of what they answer. */
  private readonly answers = new Map<string, Set<string>>();
  /** What came to each register on a day and what left it. */
  private readonly held = new Map<string, Map<string, Fen>>();

  /**
   * Takes the next memo in.
   * @param named the event that it answers or withdraws; undefined where there is none
   */
  take(stored: StoredEvent, event: LedgerEvent, named: LedgerEvent | undefined): Breach[] {
    const { answers, withdraws, adds, amount, businessDate } = event;
    const breaches: Breach[] = [];
    const report: Report = (expected, got) => void breaches.push(breachAt(stored, 'register', expected, got));
    if (answers !== undefined) this.answer(stored, answers, named, report);
    if (withdraws !== undefined) this.withdraw(stored, event, named, report);
    if (adds === undefined) return breaches;
    if (amount !== adds.replace('-', '')) report(`${amount} added or taken`, adds);
    this.add(stored.stream, businessDate, fenOf(adds), report);
    return breaches;
  }

  private answer(stored: StoredEvent, id: string, named: LedgerEvent | undefined, report: Report): void {
    if (!named || !isBefore(id, stored) || this.withdrawn.has(id)) report('an earlier memo that stands', id);
    const others = this.answers.get(id) ?? new Set();
    this.answers.set(id, others.add(eventId(stored.stream, stored.revision)));
  }

  private withdraw(stored: StoredEvent, event: LedgerEvent, named: LedgerEvent | undefined, report: Report): void {
    const id = event.withdraws!;
    if (!named || !isBefore(id, stored) || this.withdrawn.has(id) || named.withdraws !== undefined) {
      report('an earlier memo of this register that stands', id);
      return;
    }
    const { fund, unit, businessDate, adds, answers } = named;
    if (fund !== event.fund || unit !== event.unit)
      report(`fund ${fund}, unit ${unit}`, `${event.fund}, ${event.unit}`);
    if (businessDate > event.businessDate) report(`no earlier than ${businessDate}`, event.businessDate);
    this.withdrawn.add(id);
    if (answers !== undefined) this.answers.get(answers)?.delete(id);
    for (const other of this.answers.get(id) ?? []) report('a memo on which no other stands', other);
    if (adds !== undefined) this.add(stored.stream, event.businessDate, -fenOf(adds), report);
  }

  /** Only what is taken away can bring it about that less than nothing is held. */
  private add(register: string, day: string, change: Fen, report: Report): void {
    const days = this.held.get(register) ?? new Map<string, Fen>();
    this.held.set(register, days.set(day, (days.get(day) ?? 0n) + change));
    if (change >= 0n) return;
    let held = 0n;
    for (const [each, fen] of [...days].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
      held += fen;
      if (each < day || held >= 0n) continue;
      report(`0.00 or more in the register at the end of ${each}`, formatFen(held));
      return;
    }
  }
}

/** Whether an id names an event of the same register before this one. */
function isBefore(id: string, { stream, revision }: StoredEvent): boolean {
  const named = id.slice(stream.length + 1);
  return id.startsWith(`${stream}-`) && /^[0-9]+$/.test(named) && Number.parseInt(named, 10) < revision;
}
