import { type Entry, ledgerLine } from '../books/entries.js';
import { OPENING_CORRECTION_KIND, OPENING_KIND, REVERSAL_KIND } from '../books/book-state.js';
import { type Fen, parseFen } from '../money.js';
import { type ExportedVoucher } from './vouchers.js';

/** What came and went on a line in one month, in fen; red is below nothing on its own side. */
interface Month {
  /** What the book was opened with in this month, debit positive: a balance and no movement. */
  opened: Fen;
  debit: Fen;
  credit: Fen;
}

/** One ledger line through a year. */
export interface LineOfYear {
  readonly line: string;
  /** What it held when the year began, in fen, debit positive. */
  before: Fen;
  /** From January on. */
  readonly months: readonly Month[];
}

/** Which vouchers open a book or take its opening back: they are told in their order. */
export class Openings {
  private readonly ids = new Set<string>();

  has({ id, event }: ExportedVoucher): boolean {
    const { kind, reverses } = event;
    const isOne =
      kind === OPENING_KIND ||
      kind === OPENING_CORRECTION_KIND ||
      (kind === REVERSAL_KIND && reverses !== undefined && this.ids.has(reverses));
    if (isOne) this.ids.add(id);
    return isOne;
  }
}

/** What each line of a book held and what moved on it, month by month: nothing else of the vouchers is kept. */
export async function linesOfYear(vouchers: AsyncIterable<ExportedVoucher>, year: string): Promise<LineOfYear[]> {
  const lines = new Map<string, LineOfYear>();
  const openings = new Openings();
  for await (const voucher of vouchers) {
    const { businessDate, entries } = voucher.event;
    const isOpening = openings.has(voucher);
    for (const entry of entries) take(lineOf(lines, ledgerLine(entry)), entry, businessDate, year, isOpening);
  }
  return [...lines.values()].toSorted(({ line: one }, { line: other }) => (one < other ? -1 : 1));
}

function lineOf(lines: Map<string, LineOfYear>, line: string): LineOfYear {
  let found = lines.get(line);
  if (!found) {
    const months = Array.from({ length: 12 }, () => ({ opened: 0n, debit: 0n, credit: 0n }));
    lines.set(line, (found = { line, before: 0n, months }));
  }
  return found;
}

function take(line: LineOfYear, entry: Entry, businessDate: string, year: string, isOpening: boolean): void {
  const [debit, credit] = [parseFen(entry.debit ?? '0'), parseFen(entry.credit ?? '0')];
  if (!businessDate.startsWith(year)) {
    line.before += debit - credit;
    return;
  }
  const month = line.months[Number.parseInt(businessDate.slice(5, 7), 10) - 1]!;
  if (isOpening) month.opened += debit - credit;
  else {
    month.debit += debit;
    month.credit += credit;
  }
}
