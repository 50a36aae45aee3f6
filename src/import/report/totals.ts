import { type Prepared } from '../../books/prepared.js';
import { ALL_FUNDS } from '../../reference/adopted.js';
import { type Fen, formatFen, parseFen } from '../../money.js';
import { type CheckedLine } from '../check/checked-line.js';
import { type ControlLine, type FileTotal, type Total, type TotalLine } from './import-report.js';

/** A total as it crosses threads: kind, fund, count of lines, sum in fen. */
export type Subtotal = readonly [kind: string, fund: string, count: number, sum: Fen];

/** Lines counted and summed per kind and fund, exact to the fen. */
export class Totals {
  private readonly byKind = new Map<string, Map<string, { count: number; sum: Fen }>>();

  add(kind: string, fund: string, count: number, sum: Fen): void {
    let byFund = this.byKind.get(kind);
    if (!byFund) this.byKind.set(kind, (byFund = new Map()));
    const total = byFund.get(fund);
    if (!total) byFund.set(fund, { count, sum });
    else {
      total.count += count;
      total.sum += sum;
    }
  }

  addAll(subtotals: readonly Subtotal[]): void {
    for (const subtotal of subtotals) this.add(...subtotal);
  }

  /** Counts a line. */
  take({ sum, prepared: { kind, command } }: CheckedLine): void {
    this.add(kind, fundOf(command), 1, BigInt(sum));
  }

  /** Takes a line out again: it is rejected after all, or a repetition of another. */
  remove({ sum, prepared: { kind, command } }: CheckedLine): void {
    this.add(kind, fundOf(command), -1, -BigInt(sum));
  }

  /** The total of one kind and fund. */
  of(kind: string, fund: string): Total {
    const { count, sum } = this.byKind.get(kind)?.get(fund) ?? { count: 0, sum: 0n };
    return { count, sum: formatFen(sum) };
  }

  subtotals(): Subtotal[] {
    return [...this.byKind].flatMap(([kind, byFund]) =>
      [...byFund].map(([fund, { count, sum }]): Subtotal => [kind, fund, count, sum]),
    );
  }

  /** The totals in order of kind and fund, without those that are empty. */
  lines(): TotalLine[] {
    const lines = this.subtotals().filter(([, , count]) => count > 0);
    const named = lines.map(([kind, fund, count, sum]) => ({ kind, fund, count, sum: formatFen(sum) }));
    return named.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  }
}

/**
 * What a line adds to the sum of its kind: its amount; the debit side of an opening balance, which has none; nothing
 * for a reversal, whose amount is that of another voucher.
 */
export function amountOf(command: Prepared['command'], entries: Prepared['entries']): Fen {
  if ('amount' in command && typeof command.amount === 'string') return parseFen(command.amount);
  return (entries ?? []).reduce((sum, { debit }) => sum + parseFen(debit ?? '0'), 0n);
}

/** What a line is counted under: reference data is of no fund in particular. */
export const fundOf = ({ fund = ALL_FUNDS }: Partial<Prepared['command']>): string => fund;

/** The totals of a file, divided into what is new and what stood before. */
export function fileTotals(all: Totals, stood: Totals): FileTotal[] {
  const before = new Map(stood.lines().map((line) => [nameOf(line), line]));
  return all.lines().map((line) => {
    const { count, sum } = before.get(nameOf(line)) ?? NONE;
    return { ...line, added: minus(line, { count, sum }), stood: { count, sum } };
  });
}

/**
 * Every kind and fund that is named on either side: what was expected of it, several lines added up, and what came.
 */
export function compareTotals(expected: readonly TotalLine[], got: readonly FileTotal[]): ControlLine[] {
  const wanted = new Totals();
  for (const { kind, fund, count, sum } of expected) wanted.add(kind, fund, count, parseFen(sum));
  const byName = new Map(got.map((line) => [nameOf(line), line]));
  const lines = new Map([...expected, ...got].map((line) => [nameOf(line), line]));
  return [...lines].map(([name, { kind, fund }]) => {
    const { count, sum, added, stood } = byName.get(name) ?? { ...NONE, added: NONE, stood: NONE };
    const should = wanted.of(kind, fund);
    return {
      kind,
      fund,
      expected: should,
      got: { count, sum },
      added,
      stood,
      difference: minus({ count, sum }, should),
    };
  });
}

/** Those that differ, in the number of lines or in their sum. */
export const mismatchesOf = (lines: readonly ControlLine[]): ControlLine[] =>
  lines.filter(({ difference }) => difference.count !== 0 || parseFen(difference.sum) !== 0n);

const NONE: Total = { count: 0, sum: '0.00' };
const nameOf = ({ kind, fund }: Pick<TotalLine, 'kind' | 'fund'>): string => `${kind}\n${fund}`;
const minus = (some: Total, other: Total): Total => ({
  count: some.count - other.count,
  sum: formatFen(parseFen(some.sum) - parseFen(other.sum)),
});
