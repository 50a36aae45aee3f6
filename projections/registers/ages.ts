import { type Text, text } from '../../src/errors.js';
import { type Fen } from '../../src/money.js';
import { type Part } from './open-items.js';

/** An age in days, up to and including which an amount is in a bracket. */
interface Bracket {
  readonly key: string;
  readonly upTo: number;
  readonly name: Text;
}

/** The brackets of ageing 账龄, as fund accountants have them: a month, a quarter, half a year, a year, and more. */
export const BRACKETS: readonly Bracket[] = [
  { key: 'upTo30', upTo: 30, name: text('30 日内', 'up to 30 days') },
  { key: 'upTo90', upTo: 90, name: text('31 至 90 日', '31 to 90 days') },
  { key: 'upTo180', upTo: 180, name: text('91 至 180 日', '91 to 180 days') },
  { key: 'upTo365', upTo: 365, name: text('181 至 365 日', '181 to 365 days') },
  { key: 'over365', upTo: Infinity, name: text('365 日以上', 'over 365 days') },
];

const DAY_MS = 86_400_000;

/** How many days lie between a business day and a later one. */
export const daysBetween = (day: string, later: string): number => (Date.parse(later) - Date.parse(day)) / DAY_MS;

/** What is open by its age at the end of a day, in the order of the brackets, in fen. Pure. */
export function byAge(parts: readonly Part[], asOf: string): Fen[] {
  const sums = BRACKETS.map(() => 0n);
  for (const { day, amount } of parts) {
    const age = daysBetween(day, asOf);
    const index = BRACKETS.findIndex(({ upTo }) => age <= upTo);
    sums[index] = sums[index]! + amount;
  }
  return sums;
}
