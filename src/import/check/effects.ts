import { type Entry } from '../../books/entries.js';
import { type Effect, effectsOf } from '../../books/guarded-lines.js';

/** A ledger line, and whether an entry stands on its debit side. */
type Side = Pick<Effect, 'line' | 'isDebit'>;

/**
 * What entries do, as text: the sides that they move, and behind a bar by how many fen, debit positive. Empty where
 * there are no entries, and a bar alone where they are none.
 */
export function writeEffects(entries: readonly Entry[] | undefined, known: readonly Effect[] | undefined): string {
  const effects = known ?? (entries && effectsOf(entries));
  if (!effects) return '';
  let sides = '';
  let amounts = '';
  for (const { line, isDebit, effect } of effects) {
    sides += `${isDebit ? 'D' : 'C'}${line};`;
    amounts += `${effect};`;
  }
  return `${sides}|${amounts}`;
}

/** The inverse of `writeEffects`. */
export function readEffects(written: string): readonly Effect[] | undefined {
  if (written === '') return undefined;
  const bar = written.indexOf('|');
  const effects: Effect[] = [];
  let at = bar + 1;
  for (const { line, isDebit } of sidesOf(written.slice(0, bar))) {
    const end = written.indexOf(';', at);
    effects.push({ line, effect: BigInt(written.slice(at, end)), isDebit });
    at = end + 1;
  }
  return effects;
}

/** The sides of millions of vouchers are some hundred: one kind moves the same ones again and again. */
const SIDES = new Map<string, readonly Side[]>();
/** A file can make up no more of them than the chart has lines, but for an opening of many. */
const MOST_SIDES = 4_096;

function sidesOf(written: string): readonly Side[] {
  let sides = SIDES.get(written);
  if (!sides) {
    const each = written.split(';').slice(0, -1);
    sides = each.map((side) => ({ line: side.slice(1), isDebit: side.startsWith('D') }));
    if (SIDES.size < MOST_SIDES) SIDES.set(apart(written), sides);
  }
  return sides;
}

/** The same text by itself: a part of a line keeps the whole batch of lines in memory that it was cut from. */
export const apart = (text: string): string => Buffer.from(text).toString();
