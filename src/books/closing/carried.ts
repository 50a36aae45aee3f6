import { type Fen, multiplyFen } from '../../money.js';
import { incomeOf, isPending, kindOf } from '../../reference/account-kinds.js';
import { type BookState } from '../book-state.js';
import { credit, debit, effectOf, type Entry, ledgerLine, parseLedgerLine, type Share } from '../entries.js';

/** What every ledger line holds at the end of a period that is not in a closed year, in fen, debit positive. */
export function balancesOn({ balances, months }: Pick<BookState, 'balances' | 'months'>, period: string) {
  const lines = new Map(balances);
  for (const [later, moved] of months)
    if (later > period) for (const [line, effect] of moved) lines.set(line, lines.get(line)! - effect);
  return lines;
}

/**
 * What was pending at the year's end becomes income by share (SIFAS, 4601 and 4602: by the experience of the past), and
 * is trued up between the details of 3001 once the shares are known.
 * @param poolShare the part of the pool, a policy
 */
export function allocate(lines: ReadonlyMap<string, Fen>, poolShare: string): Entry[] {
  return inOrder(lines).flatMap(([line, balance]) => {
    if (balance === 0n || !isPending(line)) return [];
    const amount = -balance;
    const pool = multiplyFen(amount, poolShare);
    const shares = [
      ['pool', pool],
      ['personal', amount - pool],
    ] as const;
    return [
      debit(line, amount),
      ...shares.flatMap(([share, part]) => (part === 0n ? [] : [credit(incomeOf(line), part, { share })])),
    ];
  });
}

/** Income and expenditure to the fund balance, by share: each line on the side that empties it. */
export function carry(lines: ReadonlyMap<string, Fen>): Entry[] {
  const of = (kind: 'income' | 'expenditure'): Entry[] => {
    const grown = kind === 'income' ? -1n : 1n;
    const [empties, fills] = kind === 'income' ? [debit, credit] : [credit, debit];
    const totals: Record<Share, Fen> = { pool: 0n, personal: 0n };
    const emptied = inOrder(lines).flatMap(([line, balance]) => {
      const { account, ...where } = parseLedgerLine(line);
      if (balance === 0n || kindOf(account) !== kind || isPending(account)) return [];
      totals[where.share ?? 'pool'] += balance * grown;
      return [empties(account, balance * grown, where)];
    });
    const filled = Object.entries(totals).flatMap(([share, total]) =>
      total === 0n ? [] : [fills(`net.${share}`, total)],
    );
    return kind === 'income' ? [...emptied, ...filled] : [...filled, ...emptied];
  };
  return [...of('income'), ...of('expenditure')];
}

/** The balances of ledger lines as they are written: each on the side on which it grows, those at nothing left out. */
export function balancesOf(lines: ReadonlyMap<string, Fen>): Entry[] {
  return inOrder(lines).flatMap(([line, balance]) => {
    const { account, ...where } = parseLedgerLine(line);
    const kind = kindOf(account);
    if (balance === 0n) return [];
    return [
      kind === 'asset' || kind === 'expenditure' ? debit(account, balance, where) : credit(account, -balance, where),
    ];
  });
}

const inOrder = (lines: ReadonlyMap<string, Fen>): [string, Fen][] =>
  [...lines].toSorted(([one], [other]) => (one < other ? -1 : 1));

/** Takes entries into what lines hold. */
export function addTo(lines: Map<string, Fen>, entries: readonly Entry[]): void {
  for (const entry of entries) {
    const line = ledgerLine(entry);
    lines.set(line, (lines.get(line) ?? 0n) + effectOf(entry));
  }
}
