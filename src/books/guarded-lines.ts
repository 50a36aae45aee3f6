import { type Fen } from '../money.js';
import { isPending, kindOf } from '../reference/account-kinds.js';
import { effectOf, type Entry, ledgerLine, parseLedgerLine } from './entries.js';

/** What an entry does to its ledger line, in fen, debit positive. */
export interface Effect {
  readonly line: string;
  readonly effect: Fen;
}

/** The effects of entries, one each. */
export const effectsOf = (entries: readonly Entry[]): Effect[] =>
  entries.map((entry) => ({ line: ledgerLine(entry), effect: effectOf(entry) }));

/** Stands among the guarded lines for the personal accounts of the employee fund together, which no line is. */
export const PERSONAL = '@personal';

/** What a ledger line counts in that may not fall below zero, and 1 where that grows by its debit, -1 by its credit. */
interface Guard {
  readonly name: string;
  readonly sign: 1n | -1n;
}

/**
 * What happens to each line that may not fall below zero: an asset, a liability, the risk fund, income that
 * waits for its share, each by itself, and the personal accounts together. In fen, more being better, in the order in
 * which the lines are named.
 */
export function guardedEffects(effects: readonly Effect[]): Map<string, Fen> {
  const guarded = new Map<string, Fen>();
  for (const { line, effect } of effects) {
    const guard = guardOf(line);
    if (guard) guarded.set(guard.name, (guarded.get(guard.name) ?? 0n) + effect * guard.sign);
  }
  return guarded;
}

function guardOf(line: string): Guard | undefined {
  if (GUARDS.has(line)) return GUARDS.get(line);
  const { account: key, share } = parseLedgerLine(line);
  const kind = kindOf(key);
  let guard: Guard | undefined;
  if (kind === 'asset') guard = { name: line, sign: 1n };
  else if (kind === 'liability' || key === 'net.risk' || isPending(key)) guard = { name: line, sign: -1n };
  else if (share === 'personal' || key === 'net.personal') guard = { name: PERSONAL, sign: -1n };
  GUARDS.set(line, guard);
  return guard;
}

/** There are as many as the chart has lines, and they are asked for by the million. */
const GUARDS = new Map<string, Guard | undefined>();
