import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { amountMoved } from '../audit/entry-checks.js';
import { type LedgerEvent, readEvent } from '../books/event.js';
import { eventId } from '../event-store/event-store.js';
import { readMark } from '../event-store/sqlite/high-water-mark.js';
import { type LogRow } from '../event-store/sqlite/block.js';
import { readHead, readRows } from '../event-store/sqlite/log-file.js';
import { type Fen, formatFen } from '../money.js';
import { damageIn } from './files.js';

/** The log that stands in a data directory, beside one that is to take its place. */
export interface Standing {
  /**
   * - nothing: there is no event.
   * - other: it begins with another event, so it is the log of another ledger.
   * - equal: it holds the same events, and none of them is damaged.
   * - beside: it holds other events, or fewer, or damaged ones.
   */
  readonly likeness: 'nothing' | 'other' | 'equal' | 'beside';
  /** What is in it and not in the other; undefined where nothing is. */
  readonly lost: LostEvents | undefined;
}

/** Events that a restore takes away. */
export interface LostEvents {
  readonly from: number;
  readonly to: number;
  readonly events: number;
  /** How many of them can no longer be read. */
  readonly unreadable: number;
  /** Vouchers by fund, and what they moved, in yuan. */
  readonly funds: Readonly<Record<string, { readonly vouchers: number; readonly moved: string }>>;
  /** What is no voucher. */
  readonly others: number;
  /** The ids of the first and of the last of them. */
  readonly first: readonly string[];
  readonly last: readonly string[];
  readonly lastEvent: { readonly event: LedgerEvent; readonly sha256: string } | undefined;
}

const MOST_NAMED = 5;

/** Compares the log that stands with one that is to take its place and ends at a position. */
export function lookAtStanding(paths: { log: string; mark: string }, other: string, end: number): Standing {
  const reading = new StandingRows(paths.log);
  const compared = compareRows(reading, readRows(other, 0, end));
  if (compared.likeness === 'other') return { likeness: 'other', lost: undefined };
  const common = Math.min(compared.common, end);
  const lost = new Lost(common + 1);
  for (let row = compared.next; row; row = reading.next()) lost.take(row);
  const reached = Math.max(reading.position, headOf(paths.log), readMark(paths.mark).position);
  if (reached > common) return { likeness: 'beside', lost: lost.result(reached) };
  if (reached === 0) return { likeness: 'nothing', lost: undefined };
  const isEqual = compared.likeness === 'same' && reached === end && !reading.isBroken;
  return { likeness: isEqual ? 'equal' : 'beside', lost: undefined };
}

/** Where a log ends, as far as its file can say so. */
function headOf(path: string): number {
  if (!existsSync(path)) return 0;
  try {
    return readHead(path);
  } catch (error) {
    if (damageIn(error)) return 0;
    throw error;
  }
}

/** The rows of a log that may be damaged or not there, as far as they can be read. */
class StandingRows {
  position = 0;
  isBroken = false;
  private readonly pages: Iterator<LogRow[]> | undefined;
  private page: LogRow[] = [];
  private at = 0;

  constructor(path: string) {
    this.pages = existsSync(path) ? readRows(path, 0, Number.MAX_SAFE_INTEGER) : undefined;
  }

  next(): LogRow | undefined {
    if (this.at === this.page.length) {
      this.page = this.read();
      this.at = 0;
    }
    const row = this.page[this.at];
    this.at += 1;
    if (row) this.position = row.position;
    return row;
  }

  private read(): LogRow[] {
    if (this.isBroken) return [];
    try {
      const next = this.pages?.next();
      return next && !next.done ? next.value : [];
    } catch (error) {
      if (!damageIn(error)) throw error;
      this.isBroken = true;
      return [];
    }
  }
}

interface Compared {
  /** damaged: they are the same events, of which some are not as they were stored. */
  readonly likeness: 'other' | 'same' | 'damaged';
  /** Up to where the events are the same. Beyond what can be read nothing says that they are not. */
  readonly common: number;
  /** The first row of the log that stands which is not in the other. */
  readonly next: LogRow | undefined;
}

function compareRows(standing: StandingRows, pages: Iterable<LogRow[]>): Compared {
  let likeness: Compared['likeness'] = 'same';
  let row = standing.next();
  for (const page of pages) {
    for (const wanted of page) {
      // A row that is gone from the middle is damage; the others still stand where they stood.
      if (!row || row.position > wanted.position) {
        likeness = 'damaged';
        continue;
      }
      const computed = hash('sha256', row.bytes, 'buffer');
      if (!row.hash.equals(wanted.hash) && !computed.equals(wanted.hash))
        return { likeness: wanted.position === 1 ? 'other' : likeness, common: wanted.position - 1, next: row };
      if (!row.hash.equals(computed)) likeness = 'damaged';
      row = standing.next();
    }
  }
  return { likeness, common: Infinity, next: row };
}

class Lost {
  private readonly funds = new Map<string, { vouchers: number; moved: Fen }>();
  private readonly first: string[] = [];
  private readonly last: string[] = [];
  private others = 0;
  private readable = 0;
  private lastEvent: LostEvents['lastEvent'];

  constructor(private readonly from: number) {}

  take({ stream, revision, bytes }: LogRow): void {
    const id = eventId(stream, revision);
    if (this.first.length < MOST_NAMED) this.first.push(id);
    this.last.push(id);
    if (this.last.length > MOST_NAMED) this.last.shift();
    const event = parse(bytes);
    if (!event) return;
    this.readable += 1;
    this.lastEvent = { event, sha256: hash('sha256', bytes, 'hex') };
    const { fund, entries } = event;
    if (!entries) {
      this.others += 1;
      return;
    }
    const { vouchers, moved } = this.funds.get(fund) ?? { vouchers: 0, moved: 0n };
    this.funds.set(fund, { vouchers: vouchers + 1, moved: moved + amountMoved(entries) });
  }

  result(to: number): LostEvents {
    const { from, others, first, last, lastEvent } = this;
    const events = to - from + 1;
    const funds = [...this.funds].map(([fund, { vouchers, moved }]) => [fund, { vouchers, moved: formatFen(moved) }]);
    const unreadable = events - this.readable;
    return { from, to, events, unreadable, funds: Object.fromEntries(funds), others, first, last, lastEvent };
  }
}

function parse(bytes: Buffer): LedgerEvent | undefined {
  try {
    return readEvent({ data: bytes.toString() });
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
