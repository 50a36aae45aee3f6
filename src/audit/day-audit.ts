import { isPending, kindOf } from '../reference/account-kinds.js';
import { ledgerLine } from '../books/entries.js';
import { type LedgerEvent } from '../books/event.js';
import { type StoredEvent } from '../event-store/event-store.js';
import { type Fen, formatFen } from '../money.js';
import { type Breach, breachAt } from './breach.js';
import { debitOf } from './entry-checks.js';

/** What moved on one account that may not fall below zero, by business day, in fen, more being better. */
interface Account {
  readonly byDay: Map<string, Fen>;
  /** The days in their order. */
  days: string[];
}

/**
 * The end of every business day of one book, added up from what moved on each: a voucher of an earlier day that leaves
 * a later one, or its own, below zero is named. It may have been recorded before the rule was, which looked at the last
 * balance alone, so that it is a note. What was below zero at the end of a day already is not named again, unless it
 * was made worse.
 */
export class DayAudit {
  private readonly accounts = new Map<string, Account>();

  /** Takes the entries of a sound voucher in. */
  take(stored: StoredEvent, event: LedgerEvent): Breach[] {
    const changes = new Map<string, Fen>();
    for (const entry of event.entries ?? []) {
      const name = nameOf(entry);
      if (name === undefined) continue;
      const isAsset = kindOf(entry.account) === 'asset';
      changes.set(name, (changes.get(name) ?? 0n) + (isAsset ? debitOf(entry) : -debitOf(entry)));
    }
    return [...changes].flatMap(([name, change]) => {
      const below = this.add(name, event.businessDate, change);
      if (!below) return [];
      const expected = `${name} of 0.00 or more at the end of ${below.day}`;
      return [breachAt(stored, 'rules-of-today', expected, formatFen(below.balance))];
    });
  }

  /** The first day that the change leaves below zero, and the balance at its end. */
  private add(name: string, day: string, change: Fen): { day: string; balance: Fen } | undefined {
    const account = this.accounts.get(name) ?? { byDay: new Map<string, Fen>(), days: [] };
    this.accounts.set(name, account);
    const { byDay } = account;
    if (!byDay.has(day)) {
      account.days.push(day);
      if (account.days.at(-2)! > day) account.days.sort();
    }
    byDay.set(day, (byDay.get(day) ?? 0n) + change);
    // On the last day there is no other balance than the one that `below-zero` looks at.
    if (change >= 0n || account.days.at(-1) === day) return undefined;
    let balance = 0n;
    for (const one of account.days) {
      balance += byDay.get(one)!;
      if (one >= day && balance < 0n) return { day: one, balance };
    }
    return undefined;
  }
}

/** The account that an entry moves among those that may not fall below zero; undefined where it is of none. */
function nameOf(entry: NonNullable<LedgerEvent['entries']>[number]): string | undefined {
  const key = entry.account;
  const kind = kindOf(key);
  if (kind === 'asset' || kind === 'liability' || key === 'net.risk' || isPending(key)) return ledgerLine(entry);
  return entry.share === 'personal' || key === 'net.personal' ? 'personal accounts' : undefined;
}
