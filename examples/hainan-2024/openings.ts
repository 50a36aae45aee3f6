import { effectOf, type Entry, ledgerLine, mirror, parseLedgerLine } from '../../src/books/entries.js';
import { findKind } from '../../src/catalogue/registry.js';
import { checkCommand } from '../../src/kinds/check.js';
import { bookStream } from '../../src/kinds/kind.js';
import { prepare } from '../../src/kinds/prepare.js';
import { type Fen, formatFen, multiplyFen, parseFen } from '../../src/money.js';
import { isPending, kindOf } from '../../src/reference/account-kinds.js';
import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { balancesOf, type Opening } from '../hainan-2025/openings.js';
import { PENDING_POOL_SHARE } from './adoptions.js';
import { type YearLine } from './line.js';

/** What a book holds by ledger line, in fen, debit positive. */
type Balances = Map<string, Fen>;

/** What each book of 2025 opens with, by the name of its stream. */
export const endsOf = (openings: readonly Opening[]): Map<string, Balances> =>
  new Map(
    openings.map((opening) => [
      bookStream(opening.fund, opening.unit),
      new Map(
        Object.entries(balancesOf(opening)).map(([column, amount]) => {
          const line = column.replace('balances.', '');
          return [line, parseFen(amount) * signOf(line)];
        }),
      ),
    ]),
  );

/** An asset stands in debit; what is owed, and what is the fund's, in credit. */
const signOf = (line: string): Fen => (kindOf(parseLedgerLine(line).account) === 'asset' ? 1n : -1n);

/**
 * What each book opens the year with: what it ends with, less what the year moves by the posting rules. Income and
 * expenditure end in the fund balance, by share, as the closes carry them.
 * @returns the `balances` of an opening, by the name of the book's stream
 * @throws Error where the year takes out more than a book could have held
 */
export function openingsBefore(lines: readonly YearLine[], ends: ReadonlyMap<string, Balances>) {
  const openings = new Map([...ends].map(([stream, balances]) => [stream, new Map(balances)]));
  const posted = new Map<string, readonly Entry[]>();
  for (const { id, stream, kind, command } of lines) {
    const entries = entriesOf(kind, command, posted);
    posted.set(id, entries);
    for (const entry of entries)
      for (const [line, effect] of endsIn(entry)) takeOff(openings.get(stream)!, line, effect);
  }
  return new Map([...openings].map(([stream, balances]) => [stream, written(stream, balances)]));
}

function entriesOf(kind: string, command: object, posted: ReadonlyMap<string, readonly Entry[]>): readonly Entry[] {
  if (kind === 'opening-balance') return [];
  if (kind === 'reversal') return mirror(posted.get((command as { reverses: string }).reverses)!);
  const definition = findKind(kind)!;
  return prepare(definition, checkCommand(definition, command, BEFORE_ADOPTION), BEFORE_ADOPTION).entries ?? [];
}

/** Where what an entry moves stands once the year is closed. */
function endsIn(entry: Entry): [line: string, effect: Fen][] {
  const effect = effectOf(entry);
  if (isPending(entry.account)) {
    const pool = -multiplyFen(-effect, PENDING_POOL_SHARE);
    return [
      ['net.pool', pool],
      ['net.personal', effect - pool],
    ];
  }
  const kind = kindOf(entry.account);
  return [[kind === 'income' || kind === 'expenditure' ? `net.${entry.share ?? 'pool'}` : ledgerLine(entry), effect]];
}

const takeOff = (balances: Balances, line: string, effect: Fen): void => {
  balances.set(line, (balances.get(line) ?? 0n) - effect);
};

function written(stream: string, balances: Balances): Record<string, string> {
  const amounts = [...balances].map(([line, balance]) => [line, balance * signOf(line)] as const);
  const below = amounts.find(([, amount]) => amount < 0n);
  if (below) throw new Error(`${stream} would open with ${formatFen(below[1])} on ${below[0]}`);
  const held = amounts.filter(([, amount]) => amount > 0n);
  return Object.fromEntries(held.map(([line, amount]) => [line, formatFen(amount)]));
}
