import { ledgerLine } from '../books/entries.js';
import { type LedgerEvent } from '../books/event.js';
import { hasRegister, type Registers } from '../books/register-lines.js';
import { type StoredEvent } from '../event-store/event-store.js';
import { type Fen, formatFen } from '../money.js';
import { kindOf } from '../reference/account-kinds.js';
import { type Breach, breachAt } from './breach.js';
import { debitOf } from './entry-checks.js';

type ByDay = Map<string, Fen>;

/** What was put on a line and taken off it by business day, in fen, more being better. */
interface Line {
  /** Put there under no name. */
  readonly unnamed: ByDay;
  readonly names: Map<string, ByDay>;
  /** The names that have less than nothing at the end of some day: what they took was put there under none. */
  readonly short: Set<string>;
  /** The most that was taken so and is not there, as far as it has been told. */
  told: Fen;
}

const NOTHING: ByDay = new Map();

/**
 * What one book has advanced to each counterparty, holds for each or owes to each, added up anew: what is taken off
 * under a name beyond what was put there under it must have been put there under none. It may have been recorded before
 * the rule was, so that it is a note.
 */
export class RegisterLinesAudit {
  private readonly lines = new Map<string, Line>();

  /** Takes the entries of a sound voucher in. */
  take(stored: StoredEvent, { businessDate, entries = [] }: LedgerEvent, registers: Registers = {}): Breach[] {
    const taken = new Set<string>();
    for (const entry of entries) {
      if (!hasRegister(entry.account)) continue;
      const isAsset = kindOf(entry.account) === 'asset';
      const effect = isAsset ? debitOf(entry) : -debitOf(entry);
      const line = ledgerLine(entry);
      const name = registers[entry.account];
      if (name === undefined && (entry.debit !== undefined) !== isAsset) continue;
      this.add(line, name, businessDate, effect);
      if (effect < 0n) taken.add(line);
    }
    return [...taken].flatMap((line) => this.lacking(stored, line));
  }

  private add(key: string, name: string | undefined, day: string, effect: Fen): void {
    const line = this.lines.get(key) ?? { unnamed: new Map(), names: new Map(), short: new Set(), told: 0n };
    this.lines.set(key, line);
    const days = name === undefined ? line.unnamed : (line.names.get(name) ?? new Map<string, Fen>());
    days.set(day, (days.get(day) ?? 0n) + effect);
    if (name === undefined) return;
    line.names.set(name, days);
    if ([...days.keys()].some((each) => closing(days, each) < 0n)) line.short.add(name);
    else line.short.delete(name);
  }

  private lacking(stored: StoredEvent, key: string): Breach[] {
    const line = this.lines.get(key)!;
    if (line.short.size === 0) return [];
    const short = [...line.short].map((name) => line.names.get(name) ?? NOTHING);
    const days = [...new Set([line.unnamed, ...short].flatMap((each) => [...each.keys()]))].toSorted();
    for (const day of days) {
      const lacking = short.reduce((sum, each) => sum + atMostNothing(closing(each, day)), closing(line.unnamed, day));
      if (lacking >= line.told) continue;
      line.told = lacking;
      const names = [...line.short].slice(0, 3).join(', ');
      const expected = `${key} of ${names}: no more taken by the end of ${day} than stands there for them`;
      return [breachAt(stored, 'rules-of-today', expected, formatFen(lacking))];
    }
    return [];
  }
}

const atMostNothing = (fen: Fen): Fen => (fen < 0n ? fen : 0n);

const closing = (days: ByDay, until: string): Fen =>
  [...days].reduce((sum, [day, effect]) => (day <= until ? sum + effect : sum), 0n);
