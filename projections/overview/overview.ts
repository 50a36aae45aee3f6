import { type Fen } from '../../src/money.js';
import { type Adopted, type Fund } from '../../src/reference/adopted.js';
import { type BookParameters } from '../asking/book-parameters.js';
import { type Asking } from '../asking/question.js';
import { daysOf } from '../early-warning/months.js';
import { type Warned, warningsOf } from '../early-warning/warnings.js';
import { booksOf, type Place } from '../fund-balance/books.js';
import { type Lines, readLines } from '../fund-balance/lines.js';
import { type VoucherDays, voucherDays } from '../fund-balance/voucher-days.js';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import { openedInTransit } from '../provincial-consolidation/transfers.js';
import { momentOf } from '../recorded-time/query.js';
import { openItems } from '../registers/open-items.js';
import { registers } from '../registers/projection.js';
import { daysFor, figuresOf, type FundFigures, type FundLedger } from './figures.js';
import { type Compared, comparedWith, periodShown, type ShownPeriod } from './period.js';

/** What is known of one fund. */
export interface FundCard extends FundFigures {
  /** What the indicators say of the fund over its books; of the book, where one unit is asked about. */
  readonly own: Warned;
  /** The same of each of its books; none where one unit is asked about. */
  readonly books: readonly Warned[];
}

export interface Overview {
  readonly position: number;
  readonly adopted: Adopted;
  readonly asked: BookParameters;
  readonly today: string;
  /** The business days on which there are vouchers, as recorded by now. */
  readonly voucherDays: VoucherDays | undefined;
  readonly period: ShownPeriod;
  readonly compared: Compared;
  readonly cards: readonly FundCard[];
}

/** The books that have a voucher, with what stood on their lines at the ends of days. */
type KnownBooks = FundLedger['books'];

/** Reads everything that an overview shows, at one position. */
export async function readOverview(asking: Asking, asked: BookParameters): Promise<Overview> {
  const { tables, reference, today } = asking;
  const moment = await momentOf(asking, asked.recordedAsOf);
  const placesOn = (day: string): Place[] => booksOf(reference.known(day), asked.fund, asked.unit);
  const known = voucherDays(
    tables,
    placesOn(today).map(({ stream }) => stream),
  );
  const period = periodShown(asked, today, known);
  const compared = comparedWith(period.interval);
  const { to } = period.interval;
  const places = placesOn(to);
  const days = [...new Set([...daysOf(to), ...daysFor(period.interval, compared.interval)])].toSorted();
  const shown = await readLines(asking, {
    books: places.map(({ stream }) => stream),
    days,
    recordedAsOf: moment,
    alsoFrom: [registers, provincialConsolidation],
  });
  const books = places.flatMap((place) => {
    const lines = shown.books.get(place.stream);
    return lines ? [{ place, on: new Map(days.map((day, index) => [day, lines[index]!])) }] : [];
  });
  const all = { position: shown.position, adopted: reference.known(to), asked, today, period, compared };
  return { ...all, voucherDays: known, cards: cardsOf(asking, all, books) };
}

function cardsOf(
  { tables }: Asking,
  { position, adopted, asked, period: { interval }, compared }: Omit<Overview, 'cards' | 'voucherDays'>,
  books: KnownBooks,
): FundCard[] {
  const days = daysOf(interval.to);
  const funds = [...new Set(books.map(({ place }) => place.fund.key))];
  const units = [...new Set(books.map(({ place }) => place.unit.code))];
  const warnings = warningsOf({
    adopted,
    day: interval.to,
    days,
    books: books.map(({ place, on }) => ({ place, lines: days.map((day): Lines => on.get(day)!) })),
    items: openItems(tables, { funds, units, day: interval.to, position }),
  });
  const opened = [interval, compared.interval].map((days) =>
    openedInTransit(tables, { funds, interval: days, position }),
  );
  const isOfUnit = asked.unit !== undefined;
  return adopted.funds.all.flatMap((fund): FundCard[] => {
    const own = books.filter(({ place }) => place.fund.key === fund.key);
    if (own.length === 0) return [];
    const onItsWay = opened.map((transfers) => sumOf(transfers, fund));
    const ledger = { fund, books: own, opened: [onItsWay[0]!, onItsWay[1]!] as const };
    const ofBooks = warnings.books.filter((each) => each.fund.key === fund.key);
    return [
      {
        ...figuresOf(ledger, { adopted, interval, compared: compared.interval, isOfUnit }),
        own: isOfUnit ? ofBooks[0]! : warnings.funds.find((each) => each.fund.key === fund.key)!,
        books: isOfUnit ? [] : ofBooks,
      },
    ];
  });
}

const sumOf = (transfers: readonly { readonly fund: string; readonly amount: Fen }[], { key }: Fund): Fen =>
  transfers.reduce((sum, { fund, amount }) => (fund === key ? sum + amount : sum), 0n);
