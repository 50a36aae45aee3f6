import { type AccountKind } from '../reference/account-kinds.js';
import { isPending, kindOf } from '../reference/account-kinds.js';
import { type Adopted } from '../reference/adopted.js';
import { isCarried, isClosing } from '../books/periods.js';
import { type Entry, ledgerLine, parseLedgerLine } from '../books/entries.js';
import { type LedgerEvent } from '../books/event.js';
import { registersOf } from '../books/register-lines.js';
import { type StoredEvent } from '../event-store/event-store.js';
import { show } from '../errors.js';
import { type Fen, formatFen } from '../money.js';
import { type Breach, breachAt, type Invariant } from './breach.js';
import { ClosingAudit } from './closing-audit.js';
import { DayAudit } from './day-audit.js';
import { RefundAudit } from './refund-audit.js';
import { RegisterLinesAudit } from './register-lines-audit.js';
import { amountMoved, debitOf, entryFault, mirrorFault, sumFault } from './entry-checks.js';

type Report = (invariant: Invariant, expected: string, got: string) => void;

const KINDS: readonly AccountKind[] = ['asset', 'liability', 'net', 'income', 'expenditure'];
const SERIES: readonly unknown[] = ['receipt', 'payment', 'transfer'];

/**
 * One book added up the way a textbook does it: nothing of the ledger's own deciding is asked. A fault is named where
 * it first shows; what follows from it only, the same difference carried on, is not named again.
 */
export class BookAudit {
  /** By ledger line, in fen, debit positive. */
  readonly balances = new Map<string, Fen>();
  /** What closes have carried off each line, in fen, debit positive. */
  private readonly carried = new Map<string, Fen>();
  private readonly totals = new Map<AccountKind, Fen>(KINDS.map((kind) => [kind, 0n]));
  /** Fund balance, credit positive: the pool with the risk fund and pending income, and the personal accounts. */
  private pool = 0n;
  private personal = 0n;
  private readonly numbers = new Map<string, number>();
  private readonly lines = new Map<string, number>();
  private readonly reversed = new Map<number, number>();
  /** Kind and business day of what a correction may name, by revision: openings, and what was corrected. */
  private readonly openings = new Map<number, string>();
  private readonly corrected = new Map<string, string>();
  private readonly negative = new Set<string>();
  private readonly days = new DayAudit();
  private readonly registers = new RegisterLinesAudit();
  readonly closings = new ClosingAudit();
  private readonly refunds = new RefundAudit();
  private difference = 0n;
  private opening: Pick<LedgerEvent, 'businessDate'> | undefined;

  /** What a voucher breaks that a rule of today would not let through: said of it, and no breach. */
  readonly notes: Breach[] = [];

  /**
   * Takes a voucher in and says what it breaks.
   * @param original the voucher that a reversal names, where there is one
   * @param adopted every fund and account there has been
   */
  take(stored: StoredEvent, event: LedgerEvent, original: LedgerEvent | undefined, adopted: Adopted): Breach[] {
    const breaches: Breach[] = [];
    const report: Report = (invariant, expected, got) => void breaches.push(breachAt(stored, invariant, expected, got));
    const { entries = [], fund } = event;
    this.checkPlace(stored, event, report);
    this.checkNumber(event, report);
    if (event.reverses !== undefined) this.checkReversal(stored, event, original, report);
    if (event.corrects !== undefined) this.checkCorrection(stored, event, report);
    const faults = entries.map((entry) => entryFault(entry, fund, adopted)).filter((fault) => fault !== undefined);
    for (const fault of faults) report('entries', ...fault);
    if (entries.length < 2 && !isClosing(event.kind)) report('entries', 'two entries or more', `${entries.length}`);
    // Entries that cannot be read cannot be added up either: the book goes on without them, and shows a difference.
    if (faults.length > 0) return breaches;
    const unbalanced = sumFault(entries);
    if (unbalanced) report('balanced', ...unbalanced);
    const moved = formatFen(amountMoved(entries));
    if (event.amount !== undefined && event.amount !== moved) report('amount-moved', event.amount, moved);
    for (const entry of entries) {
      this.post(entry);
      if (isCarried(event.kind, entry)) add(this.carried, ledgerLine(entry), debitOf(entry));
    }
    this.checkEquation(report);
    this.checkGuarded(entries, report);
    breaches.push(...this.closings.take(stored, event));
    if (breaches.length > 0) return breaches;
    const registers = registersOf(original ?? event, entries);
    this.notes.push(...this.days.take(stored, event), ...this.registers.take(stored, event, registers));
    return breaches;
  }

  /** Takes in what a voucher gives back of another. */
  takeRefund(stored: StoredEvent, event: LedgerEvent, original: LedgerEvent | undefined): void {
    this.notes.push(...this.refunds.take(stored, event, original, (revision) => this.reversed.has(revision)));
  }

  /** What came and went on each line since the book began, in fen, debit positive: closes take none of it away. */
  everMoved(): ReadonlyMap<string, Fen> {
    const moved = new Map(this.balances);
    for (const [line, effect] of this.carried) add(moved, line, -effect);
    return moved;
  }

  private post(entry: Entry): void {
    const line = ledgerLine(entry);
    const key = entry.account;
    const kind = kindOf(key)!;
    const effect = debitOf(entry);
    add(this.balances, line, effect);
    this.totals.set(kind, this.totals.get(kind)! + effect);
    if (kind === 'asset' || kind === 'liability') return;
    if (entry.share === 'personal' || key === 'net.personal') this.personal -= effect;
    else this.pool -= effect;
  }

  private note(stored: StoredEvent, expected: string, got: string): void {
    this.notes.push(breachAt(stored, 'rules-of-today', expected, got));
  }

  private checkPlace({ revision }: StoredEvent, event: LedgerEvent, report: Report): void {
    const { kind, businessDate, source, line } = event;
    if (kind === 'opening-balance') {
      const standing = revision - 2 * this.reversed.size;
      if (standing > 0)
        report('business-date', 'an opening balance before every other voucher', `${standing} before it`);
      this.opening = event;
      this.openings.set(revision, businessDate);
    }
    if (this.opening && businessDate < this.opening.businessDate)
      report('business-date', `no earlier than ${this.opening.businessDate}`, businessDate);
    if (source === undefined) return;
    const before = this.lines.get(source) ?? 0;
    if (line! <= before) report('key-once', `a line after ${before} of file ${source.slice(0, 12)}`, `line ${line}`);
    this.lines.set(source, line!);
  }

  private checkNumber({ period, businessDate, voucherType, voucherNumber }: LedgerEvent, report: Report): void {
    const month = businessDate.slice(0, 7);
    if (period !== month) report('voucher-number', `period ${month}`, `${period}`);
    if (!SERIES.includes(voucherType)) report('voucher-number', `one of ${SERIES.join(', ')}`, `${voucherType}`);
    const series = `${period} ${voucherType}`;
    const next = (this.numbers.get(series) ?? 0) + 1;
    if (voucherNumber !== next) report('voucher-number', `${series} ${next}`, `${series} ${voucherNumber}`);
    this.numbers.set(series, Number.isSafeInteger(voucherNumber) ? voucherNumber! : next);
  }

  private checkReversal(
    stored: StoredEvent,
    event: LedgerEvent,
    original: LedgerEvent | undefined,
    report: Report,
  ): void {
    const { stream, revision } = stored;
    const id = event.reverses!;
    const reversed = Number(id.slice(id.lastIndexOf('-') + 1));
    if (id !== `${stream}-${reversed}` || reversed >= revision || !original?.entries) {
      report('reversal', 'an earlier voucher of this book', id);
      return;
    }
    if (original.kind === 'reversal') report('reversal', 'a voucher that is no reversal', id);
    const before = this.reversed.get(reversed);
    if (before !== undefined) report('reversal', `${id} reversed once`, `reversed by ${stream}-${before} already`);
    this.reversed.set(reversed, revision);
    if (original.kind === 'opening-balance') {
      this.opening = undefined;
      if (event.businessDate !== original.businessDate)
        this.note(stored, `the day of the opening it takes back, ${original.businessDate}`, event.businessDate);
    }
    const registers = registersOf(original, original.entries);
    if (event.registers && show(event.registers) !== show(registers))
      report('reversal', `for ${show(registers)}`, show(event.registers));
    const fault = mirrorFault(original.entries, event.entries ?? []);
    if (fault) report('reversal', ...fault);
    if (original.businessDate > event.businessDate || original.period?.slice(0, 4) !== event.period?.slice(0, 4))
      report('reversal', `a day of the same year from ${original.businessDate} on`, event.businessDate);
    if (original.voucherType !== event.voucherType)
      report('reversal', `series ${original.voucherType}`, `${event.voucherType}`);
  }

  /** An opening is corrected on its own day; any other voucher in a later year, once. */
  private checkCorrection({ stream, revision }: StoredEvent, event: LedgerEvent, report: Report): void {
    const id = event.corrects!;
    const named = Number(id.slice(id.lastIndexOf('-') + 1));
    if (id !== `${stream}-${named}` || named >= revision || this.reversed.has(named)) {
      report('correction', 'an earlier voucher of this book that stands', id);
      return;
    }
    if (event.kind === 'opening-correction') {
      const day = this.openings.get(named);
      if (day !== event.businessDate) report('correction', `an opening of ${event.businessDate}`, `${id} of ${day}`);
      return;
    }
    const before = this.corrected.get(id);
    const beforeStands = before !== undefined && !this.reversed.has(Number(before.slice(before.lastIndexOf('-') + 1)));
    if (beforeStands) report('correction', `${id} corrected once`, `corrected by ${before} already`);
    this.corrected.set(id, `${stream}-${revision}`);
  }

  /** After every voucher, so for every period too: what one leaves is the close of a period and opens the next. */
  private checkEquation(report: Report): void {
    const [assets, liabilities, net, income, expenditure] = KINDS.map((kind) => this.totals.get(kind)!) as [
      Fen,
      Fen,
      Fen,
      Fen,
      Fen,
    ];
    const difference = assets + liabilities + net + income + expenditure;
    if (difference === this.difference) return;
    this.difference = difference;
    const sides = -liabilities - net - income - expenditure;
    report('equation', `assets of ${formatFen(sides)}`, formatFen(assets));
    const closing = this.pool + this.personal;
    report('closing', `assets less liabilities of ${formatFen(closing)}`, formatFen(assets + liabilities));
  }

  /** Assets, liabilities, the risk fund, pending income and the personal accounts may not fall below zero. */
  private checkGuarded(entries: readonly Entry[], report: Report): void {
    for (const line of new Set(entries.map(ledgerLine))) {
      const key = parseLedgerLine(line).account;
      const kind = kindOf(key);
      if (kind !== 'asset' && kind !== 'liability' && key !== 'net.risk' && !isPending(key)) continue;
      const balance = this.balances.get(line)!;
      this.guard(line, kind === 'asset' ? balance : -balance, report);
    }
    this.guard('personal accounts', this.personal, report);
  }

  private guard(name: string, balance: Fen, report: Report): void {
    if (balance >= 0n) this.negative.delete(name);
    else if (!this.negative.has(name)) {
      this.negative.add(name);
      report('below-zero', `${name} of 0.00 or more`, formatFen(balance));
    }
  }
}

const add = (sums: Map<string, Fen>, line: string, effect: Fen): void =>
  void sums.set(line, (sums.get(line) ?? 0n) + effect);
