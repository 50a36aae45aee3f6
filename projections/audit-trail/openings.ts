import { OPENING_CORRECTION_KIND, OPENING_KIND, REVERSAL_KIND } from '../../src/books/book-state.js';
import { type Entry } from '../../src/books/entries.js';
import { readEvent } from '../../src/books/event.js';
import { eventId } from '../../src/event-store/event-store.js';
import { upcast } from '../../src/event-store/upcast.js';
import { voucherDays } from '../fund-balance/voucher-days.js';
import { type Asking } from '../asking/question.js';
import { fieldOf, type TrailLine } from './projection.js';
import { readStored } from './vouchers.js';
import { walkTrail } from './walk.js';

/**
 * What a book opened with. It is a balance brought forward and no movement of any period, though it stands in a
 * voucher: 期初余额 of an account has it, 发生额 has not.
 */
export interface Opening {
  /** The first business day of the book: nothing is dated before an opening. */
  readonly day: string;
  /** The entries of the opening, of what corrects it and of what takes it back. */
  readonly entries: readonly Entry[];
  /** Where they stand in the log. */
  readonly positions: ReadonlySet<number>;
}

const OPENINGS = [OPENING_KIND, OPENING_CORRECTION_KIND];
const KINDS = [...OPENINGS, REVERSAL_KIND];

/**
 * What a book opened with, as recorded by a position; undefined where it opened with nothing, or before a day. An
 * opening, its corrections and what takes it back are all dated on its day, so that one day of one book is looked at.
 */
export async function readOpening(
  { tables, store }: Pick<Asking, 'tables' | 'store'>,
  book: string,
  from: string,
  until: number,
): Promise<Opening | undefined> {
  const day = voucherDays(tables, [book])?.first;
  if (day === undefined || day < from) return undefined;
  const mayHold = (written: string): boolean => KINDS.some((kind) => written.includes(fieldOf(kind)));
  const ids = new Set<string>();
  const found: TrailLine[] = [];
  for await (const lines of walkTrail(tables, { books: [book], from: day, to: day, until, mayHold }))
    for (const line of lines) {
      const isOpening = OPENINGS.includes(line.kind) || (line.kind === REVERSAL_KIND && ids.has(line.texts.at(-1)!));
      if (!isOpening) continue;
      ids.add(eventId(line.stream, line.revision));
      found.push(line);
    }
  if (found.length === 0) return undefined;
  const stored = await Promise.all(found.map((line) => readStored(store, line)));
  return {
    day,
    entries: stored.flatMap((each) => readEvent(upcast(each)).entries ?? []),
    positions: new Set(found.map(({ position }) => position)),
  };
}
