import { type BookState, emptyBook } from '../../src/books/book-state.js';
import { evolve } from '../../src/books/evolve.js';
import { readEvent } from '../../src/books/event.js';
import { upcast } from '../../src/event-store/upcast.js';
import { type Moment } from '../../src/time/moment.js';
import { bookState } from '../book-state/projection.js';
import { bookStateNow, readSeries, type Series } from '../book-state/query.js';
import { type Place } from '../fund-balance/books.js';
import { fundBalance } from '../fund-balance/projection.js';
import { readLines, type Shown } from '../fund-balance/lines.js';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import { type OpenItem, openItems } from '../registers/open-items.js';
import { registers } from '../registers/projection.js';
import { type Tie, tiesOf } from '../registers/ties.js';
import { type OpenTransfer, openTransfers } from '../provincial-consolidation/transfers.js';
import { type Asking } from '../asking/question.js';
import { recordedTime } from '../recorded-time/projection.js';
import { positionAsOf } from '../recorded-time/query.js';

/** A book that has a voucher, as it was recorded by a position. */
export interface BookThen {
  readonly place: Place;
  readonly state: BookState;
  /** The series of its vouchers, by `period/voucher type`. */
  readonly series: ReadonlyMap<string, Series>;
}

export interface Then {
  readonly position: number;
  readonly books: readonly BookThen[];
  readonly transfers: readonly OpenTransfer[];
  /** What is advanced, held and owed by name at the end, and whether that is what the accounts hold. */
  readonly items: readonly OpenItem[];
  readonly ties: readonly Tie[];
  /** What moved on each line before the first day and by the last, without what closes carried. */
  readonly lines: Shown;
}

/**
 * Books as they were recorded by a moment. What the tables show by now is read from them; a moment of the past is
 * folded from the log, since nothing else knows a book's days as they were recorded then.
 * @param days the day before the first that is looked at, and the last
 */
export async function readThen(
  asking: Asking,
  places: readonly Place[],
  [before, to]: readonly [before: string, to: string],
  moment: Moment | undefined,
): Promise<Then> {
  const { tables } = asking;
  const funds = [...new Set(places.map(({ fund }) => fund.key))];
  const seen = tables.atOneMoment(bookState, (now) => {
    const beside = [recordedTime, provincialConsolidation, fundBalance, registers];
    const position = positionAsOf(
      tables,
      moment,
      Math.min(now, ...beside.map((each) => tables.checkpoint(each).position)),
    );
    const transfers = openTransfers(tables, { funds, interval: { from: to, to }, position });
    if (position < now) return { position, transfers, books: undefined };
    const books = places.flatMap((place): BookThen[] => {
      const state = bookStateNow(tables, place.stream);
      return state ? [{ place, state, series: readSeries(tables, place.stream) }] : [];
    });
    return { position, transfers, books };
  });
  const { position } = seen;
  const lines = await readLines(asking, {
    books: places.map(({ stream }) => stream),
    days: [before, to],
    recordedAsOf: { form: 'position', position },
  });
  const units = [...new Set(places.map(({ unit }) => unit.code))];
  const items = openItems(tables, { funds, units, day: to, position });
  const atEnd = new Map([...lines.books].map(([stream, [, last]]) => [stream, [last!]]));
  const ties = tiesOf(places, { ...lines, books: atEnd }, items);
  return { ...seen, items, ties, lines, books: seen.books ?? (await fold(asking, places, position)) };
}

const PAGE = 500;

async function fold({ store }: Asking, places: readonly Place[], position: number): Promise<BookThen[]> {
  const books: BookThen[] = [];
  for (const place of places) {
    const state = emptyBook();
    const series = new Map<string, Series>();
    for (let isWhole = false; !isWhole;) {
      const page = await store.readStream(place.stream, { from: state.revision + 1, limit: PAGE });
      isWhole = page.length < PAGE;
      for (const stored of page) {
        if (stored.position > position) {
          isWhole = true;
          break;
        }
        const event = readEvent(upcast(stored));
        evolve(state, event);
        if (!event.entries) continue;
        const key = `${event.period}/${event.voucherType}`;
        const { vouchers, numbers } = series.get(key) ?? { vouchers: 0n, numbers: 0n };
        series.set(key, { vouchers: vouchers + 1n, numbers: numbers + BigInt(event.voucherNumber!) });
      }
    }
    if (state.revision >= 0) books.push({ place, state, series });
  }
  return books;
}
