import { hash } from 'node:crypto';
import { isPending, kindOf } from '../reference/account-kinds.js';
import { ledgerLine, parseLedgerLine } from '../books/entries.js';
import { type LedgerEvent } from '../books/event.js';
import {
  isCarried,
  isClosing,
  lastDayOf,
  PERIOD_REOPENING_KIND,
  periodAfter,
  periodOf,
  YEAR_CLOSE_KIND,
} from '../books/periods.js';
import { eventId, type StoredEvent } from '../event-store/event-store.js';
import { show } from '../errors.js';
import { type Fen, formatFen } from '../money.js';
import { type Breach, breachAt } from './breach.js';
import { debitOf } from './entry-checks.js';

/**
 * The closes of one book, added up from what moved in each period: a close leaves nothing on income and expenditure at
 * the end of its period but what is pending, carries to each share what was that share's, keeps what every line then
 * holds with its hash, and nothing is dated in a period while it is closed.
 */
export class ClosingAudit {
  /** What moved on each ledger line by period, in fen, debit positive. */
  private readonly periods = new Map<string, Map<string, Fen>>();
  /** Last days of the closes that stand, in their order. */
  private closed: { readonly day: string; readonly isYear: boolean; readonly id: string }[] = [];
  /** Changes of the reference data that reach into what was closed before them, by the closes they reach into. */
  private readonly changedBehind = new Map<string, Breach[]>();

  /** Changes of the reference data that reach back into a period which the book still has as it closed it before. */
  get changes(): readonly Breach[] {
    return [...this.changedBehind.values()].flat();
  }

  /** Takes in that the reference data changed from a day on: nothing is changed backwards past a closed period. */
  takeChange(stored: StoredEvent, from: string): void {
    for (const { day, id } of this.closed.filter((close) => from <= close.day)) {
      const breach = breachAt(stored, 'closed-periods', `changed from a day behind ${day}, which ${id} closed`, from);
      this.changedBehind.set(id, [...(this.changedBehind.get(id) ?? []), breach]);
    }
  }

  /** Takes a sound voucher in, and says what it breaks. */
  take(stored: StoredEvent, event: LedgerEvent): Breach[] {
    const breaches: Breach[] = [];
    const report = (expected: string, got: string): void =>
      void breaches.push(breachAt(stored, 'closed-periods', expected, got));
    const { kind, businessDate } = event;
    const last = this.closed.at(-1);
    if (last && businessDate <= last.day && !isClosing(kind)) report(`a day behind ${last.day}`, businessDate);
    this.add(event);
    if (kind === PERIOD_REOPENING_KIND) this.reopen(businessDate, report);
    else if (isClosing(kind)) this.close(eventId(stored.stream, stored.revision), event, report);
    return breaches;
  }

  private add({ businessDate, entries = [] }: LedgerEvent): void {
    const period = periodOf(businessDate);
    const moved = this.periods.get(period) ?? new Map<string, Fen>();
    this.periods.set(period, moved);
    for (const entry of entries) {
      const line = ledgerLine(entry);
      moved.set(line, (moved.get(line) ?? 0n) + debitOf(entry));
    }
  }

  private reopen(businessDate: string, report: (expected: string, got: string) => void): void {
    const last = this.closed.pop();
    if (last) this.changedBehind.delete(last.id);
    if (last && !last.isYear && last.day === businessDate) return;
    report('the period closed last opened again, on its day and in no closed year', businessDate);
  }

  private close(id: string, event: LedgerEvent, report: (expected: string, got: string) => void): void {
    const { businessDate, kind, entries = [], closing } = event;
    const period = periodOf(businessDate);
    const isYear = kind === YEAR_CLOSE_KIND;
    const last = this.closed.at(-1);
    const next = last && periodAfter(periodOf(last.day));
    const isNext = next === undefined || period === next || (isYear && last?.day === businessDate);
    if (businessDate !== lastDayOf(period) || !isNext)
      report(`the close of ${next ?? 'a period on its last day'}`, businessDate);
    if (isYear) this.closed = [];
    this.closed.push({ day: businessDate, isYear, id });
    const lines = this.endOf(period);
    for (const [line, balance] of lines) {
      const { account } = parseLedgerLine(line);
      const isEmptied = kindOf(account) === 'income' || kindOf(account) === 'expenditure';
      const mayStand = !isEmptied || (isPending(account) && !isYear);
      if (balance !== 0n && !mayStand) report(`nothing on ${line} behind the close`, formatFen(balance));
    }
    for (const share of ['pool', 'personal'] as const) {
      const left = entries
        .filter((entry) => isCarried(kind, entry) && shareOf(entry) === share)
        .reduce((sum: Fen, entry) => sum + debitOf(entry), 0n);
      if (left !== 0n) report(`to net.${share} what came and went for it`, `${formatFen(left)} more or less`);
    }
    const held = closing?.balances ?? [];
    const told = new Map(held.map((entry) => [ledgerLine(entry), debitOf(entry)]));
    for (const line of new Set([...lines.keys(), ...told.keys()])) {
      const [stands, says] = [lines.get(line) ?? 0n, told.get(line) ?? 0n];
      if (stands !== says) report(`closing balance of ${line} ${formatFen(stands)}`, formatFen(says));
    }
    const digest = hash('sha256', JSON.stringify(held), 'hex');
    if (closing?.sha256 !== digest) report(`the hash of its balances, ${digest}`, show(closing?.sha256));
  }

  /** What every line holds at the end of a period. */
  private endOf(period: string): Map<string, Fen> {
    const lines = new Map<string, Fen>();
    for (const [each, moved] of this.periods)
      if (each <= period) for (const [line, effect] of moved) lines.set(line, (lines.get(line) ?? 0n) + effect);
    return lines;
  }
}

/** Whose an entry of a close is: what has no share is the pool's. */
const shareOf = ({ account, share }: NonNullable<LedgerEvent['entries']>[number]): 'pool' | 'personal' =>
  share === 'personal' || account === 'net.personal' ? 'personal' : 'pool';
