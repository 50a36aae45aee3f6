import { type Prepared } from '../../books/prepared.js';
import { type Fen, formatFen, parseFen } from '../../money.js';
import { type CheckedLine, commandOfLine } from '../post/checked-line.js';
import { type ControlMismatch, type TotalLine } from './import-report.js';

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

  /** Takes a line out again that is rejected after all. */
  remove(line: CheckedLine): void {
    const { kind, command, entries } = line.prepared;
    this.add(kind, command.fund, -1, -amountOf(commandOfLine(line), entries));
  }

  subtotals(): Subtotal[] {
    return [...this.byKind].flatMap(([kind, byFund]) =>
      [...byFund].map(([fund, { count, sum }]): Subtotal => [kind, fund, count, sum]),
    );
  }

  /** The totals in order of kind and fund, without those that are empty. */
  lines(): TotalLine[] {
    const lines = this.subtotals().filter(([, , count]) => count > 0);
    const name = ([kind, fund]: Subtotal): string => `${kind}\n${fund}`;
    lines.sort((a, b) => (name(a) < name(b) ? -1 : 1));
    return lines.map(([kind, fund, count, sum]) => ({ kind, fund, count, sum: formatFen(sum) }));
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

const NONE = { count: 0, sum: '0.00' };

/** Where totals differ from what they should be. A kind and fund named on one side only differs too. */
export function compareTotals(expected: readonly TotalLine[], got: readonly TotalLine[]): ControlMismatch[] {
  const pairs = new Map<string, { kind: string; fund: string; expected: Total; got: Total }>();
  const pairOf = ({ kind, fund }: TotalLine) => {
    const id = `${kind}\n${fund}`;
    const pair = pairs.get(id) ?? { kind, fund, expected: NONE, got: NONE };
    pairs.set(id, pair);
    return pair;
  };
  for (const line of expected) pairOf(line).expected = { count: line.count, sum: formatFen(parseFen(line.sum)) };
  for (const line of got) pairOf(line).got = { count: line.count, sum: line.sum };
  return [...pairs.values()].filter(
    (pair) => pair.expected.count !== pair.got.count || pair.expected.sum !== pair.got.sum,
  );
}

type Total = ControlMismatch['expected'];
