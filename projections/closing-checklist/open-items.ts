import { type DayBalances } from '../../src/books/day-balances.js';
import { hasRegister, namedParts, unnamedLine } from '../../src/books/register-lines.js';
import { type Fen } from '../../src/money.js';

/** What an account holds for one name, or for one year, at the end of a day. */
export interface OpenItem {
  readonly account: string;
  /** Empty for what was put there under no name. */
  readonly name: string;
  /** In fen. */
  readonly amount: Fen;
  /** The day of the oldest of it: what is taken off is taken off the oldest first. Of a closed year, its last day. */
  readonly since: string;
}

/** What the accounts with registers hold at the end of a day, by name, in the order of accounts and names. */
export function openItems(days: DayBalances, day: string): OpenItem[] {
  const items: OpenItem[] = [];
  for (const line of days.names) {
    const { account, name } = placeOf(line) ?? {};
    if (account === undefined) continue;
    const moved = days.daysOf(line).filter(([on]) => on <= day);
    const amount = moved.at(-1)?.[1] ?? 0n;
    if (amount > 0n) items.push({ account, name: name!, amount, since: oldestOf(moved) });
  }
  return items.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

const keyOf = ({ account, name }: OpenItem): string => `${account} ${name}`;

/** The account and the name of a line of a register; undefined for any other. */
function placeOf(line: string): { readonly account: string; readonly name: string } | undefined {
  const named = namedParts(line);
  if (named) return named;
  const account = line.slice(0, -1);
  return line === unnamedLine(account) && hasRegister(account) ? { account, name: '' } : undefined;
}

/** The day from which on something of a line's last balance has stood. */
function oldestOf(closings: readonly (readonly [day: string, closing: Fen])[]): string {
  const parts: { day: string; amount: Fen }[] = [];
  let before = 0n;
  for (const [day, closing] of closings) {
    const moved = closing - before;
    before = closing;
    if (moved > 0n) parts.push({ day, amount: moved });
    let taken = moved < 0n ? -moved : 0n;
    while (taken > 0n && parts[0]) {
      const [oldest] = parts;
      const part = oldest.amount < taken ? oldest.amount : taken;
      oldest.amount -= part;
      taken -= part;
      if (oldest.amount === 0n) parts.shift();
    }
  }
  return parts[0]?.day ?? '';
}
