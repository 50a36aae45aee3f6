import { type Fen } from '../money.js';
import { isPending, kindOf } from '../reference/account-kinds.js';
import { effectOf, type Entry, ledgerLine, parseLedgerLine } from './entries.js';
import { hasRegister, namedLine, type Registers, unnamedLine } from './register-lines.js';

/** What an entry does to its ledger line, in fen, debit positive. */
export interface Effect {
  readonly line: string;
  readonly effect: Fen;
  /** Whether it stands in debit, in black or in red. */
  readonly isDebit: boolean;
}

/**
 * The effects of entries, one each; none of an event without entries. The entries of a voucher are asked for several
 * times in a row, by the decision and what follows from it, and by one projection after the other.
 */
export function effectsOf(entries: readonly Entry[] = NO_ENTRIES): readonly Effect[] {
  if (lastRead.entries !== entries) lastRead = { entries, effects: entries.map(readEffect) };
  return lastRead.effects;
}

const NO_ENTRIES: readonly Entry[] = [];
let lastRead: { readonly entries: readonly Entry[]; readonly effects: readonly Effect[] } = {
  entries: NO_ENTRIES,
  effects: [],
};

const readEffect = (entry: Entry): Effect => ({
  line: ledgerLine(entry),
  effect: effectOf(entry),
  isDebit: entry.debit !== undefined,
});

/** Stands among the guarded lines for the personal accounts of the employee fund together, which no line is. */
export const PERSONAL = '@personal';

/** What a ledger line counts in that may not fall below zero, and by which side of the line that grows. */
interface Guard {
  readonly name: string;
  readonly growsBy: 'debit' | 'credit';
  /** The account whose register it is in, where it has one: what is advanced, held or owed is so for somebody. */
  readonly account: string | undefined;
}

/**
 * What happens to each line that may not fall below zero: an asset, a liability, the risk fund, income that
 * waits for its share, each by itself, and the personal accounts together; and what an account of advances, of money
 * held or of loans has of each name. In fen, more being better, in the order in which the lines are named.
 * @param registers for whom, or for which year, the entries are
 */
export function guardedEffects(effects: readonly Effect[], registers: Registers | undefined): ReadonlyMap<string, Fen> {
  if (latest.effects !== effects || latest.registers !== registers)
    latest = { effects, registers, guarded: guardedIn(effects, registers) };
  return latest.guarded;
}

/** They are asked for twice in a row, by the decision and by what follows from it. */
let latest: {
  readonly effects: readonly Effect[];
  readonly registers: Registers | undefined;
  readonly guarded: ReadonlyMap<string, Fen>;
} = { effects: [], registers: undefined, guarded: new Map() };

function guardedIn(effects: readonly Effect[], registers: Registers | undefined): ReadonlyMap<string, Fen> {
  const guarded = new Map<string, Fen>();
  const add = (line: string, more: Fen): void => {
    const before = guarded.get(line);
    guarded.set(line, before === undefined ? more : before + more);
  };
  for (const { line, effect, isDebit } of effects) {
    const guard = guardOf(line);
    if (!guard) continue;
    const { name, growsBy, account } = guard;
    const more = growsBy === 'debit' ? effect : -effect;
    add(name, more);
    if (account === undefined) continue;
    const named = registers?.[account];
    if (named !== undefined) add(namedLine(line, named), more);
    // What is put there under no name may be anybody's; what is taken off under none is taken off the whole alone.
    else if (isDebit === (growsBy === 'debit')) add(unnamedLine(line), more);
  }
  return guarded;
}

/** What a ledger line counts in; null where it counts in nothing that may not fall below zero. */
function guardOf(line: string): Guard | null {
  let guard = GUARDS.get(line);
  if (guard !== undefined) return guard;
  const { account: key, share } = parseLedgerLine(line);
  const kind = kindOf(key);
  const account = hasRegister(key) ? key : undefined;
  if (kind === 'asset') guard = { name: line, growsBy: 'debit', account };
  else if (kind === 'liability' || key === 'net.risk' || isPending(key))
    guard = { name: line, growsBy: 'credit', account };
  else if (share === 'personal' || key === 'net.personal') guard = { name: PERSONAL, growsBy: 'credit', account };
  else guard = null;
  GUARDS.set(line, guard);
  return guard;
}

/** There are as many as the chart has lines, and they are asked for by the million. */
const GUARDS = new Map<string, Guard | null>();
