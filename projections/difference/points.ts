import { dayAfter, dayBefore } from '../../src/time/clock.js';
import { type Fen } from '../../src/money.js';
import { FIRST_DAY } from '../asking/interval.js';
import { type Asking } from '../asking/question.js';
import { type Place, type Stretch } from '../audit-trail/walk.js';
import { readLines, type Turnover } from '../fund-balance/lines.js';

/*
 * Two points on both time axes, and what lies between them. At a point stands what is dated no later than its day and
 * recorded no later than its position. What stands at one point and not at the other are two rectangles at most: what
 * is dated by the earlier day and recorded between the positions, and what is dated between the days and recorded by
 * the position of the point whose day is the later. Pure, but for the sums that are read.
 */

/** A business day and a position of the log, both inclusive. */
export interface Point {
  readonly day: string;
  readonly position: number;
}

/** What stands at one of the points and not at the other, in order of business day, then position. */
export interface Part extends Required<Pick<Stretch, 'from' | 'to' | 'since' | 'until'>> {
  /** 1 where it stands at the point that was asked about, -1 where it stands at the one it is compared with. */
  readonly sign: 1n | -1n;
}

/** The parts of which the difference of two points consists, the earlier days first. */
export function partsOf(at: Point, against: Point): Part[] {
  const [early, late] = at.day <= against.day ? [at, against] : [against, at];
  const [less, more] = at.position <= against.position ? [at, against] : [against, at];
  const signOf = (point: Point): 1n | -1n => (point === at ? 1n : -1n);
  const parts = [
    { from: FIRST_DAY, to: early.day, since: less.position, until: more.position, sign: signOf(more) },
    { from: dayAfter(early.day), to: late.day, since: 0, until: late.position, sign: signOf(late) },
  ];
  return parts.filter(({ from, to, since, until }) => from <= to && since < until);
}

/** On which axis a voucher lies between two points: it is dated between them, recorded between them, or both. */
export function axisOf({ day, position }: Place, at: Point, against: Point): 'dated' | 'recorded' | 'both' {
  if (day <= at.day === day <= against.day) return 'recorded';
  return position <= at.position === position <= against.position ? 'dated' : 'both';
}

/** A balance at a point that is added or taken away. */
export interface Corner extends Point {
  readonly sign: 1n | -1n;
}

/** What the vouchers between two points come to: the one balance less the other. */
export const wholeOf = (at: Point, against: Point): Corner[] => [
  { ...at, sign: 1n },
  { ...against, sign: -1n },
];

/**
 * What the vouchers of some parts come to that stand no later than a place in their order, as balances at points that
 * are added and taken away: so the sums say of any page what its vouchers must say.
 */
export function cornersUpTo(parts: readonly Part[], place: Place): Corner[] {
  return parts.flatMap((part): Corner[] => {
    const { from, to, until } = part;
    if (place.day < from) return [];
    if (place.day > to) return rectangle(part);
    return [
      ...rectangle({ ...part, to: dayBefore(place.day) }),
      ...rectangle({ ...part, from: place.day, to: place.day, until: Math.min(place.position, until) }),
    ];
  });
}

function rectangle({ from, to, since, until, sign }: Part): Corner[] {
  if (to < from || until <= since) return [];
  const other = sign === 1n ? -1n : 1n;
  const before = dayBefore(from);
  const corners: Corner[] = [
    { day: to, position: until, sign },
    { day: to, position: since, sign: other },
    { day: before, position: until, sign: other },
    { day: before, position: since, sign },
  ];
  return corners.filter(({ day, position }) => day >= FIRST_DAY && position > 0);
}

/** Balances by book and ledger line, debit positive; a line without any voucher is not there. */
export type Balances = ReadonlyMap<string, ReadonlyMap<string, Fen>>;

/** The balances of books at points; what closes carried is in them, as in every balance of an account. */
export async function balancesAt(
  asking: Asking,
  books: readonly string[],
  points: readonly Point[],
): Promise<(point: Point) => Balances> {
  const found = new Map<string, Balances>();
  for (const position of new Set(points.map((point) => point.position))) {
    const days = [...new Set(points.filter((point) => point.position === position).map(({ day }) => day))];
    const recordedAsOf = { form: 'position', position } as const;
    const shown = await readLines(asking, { books, days, recordedAsOf, carried: true });
    for (const [index, day] of days.entries()) {
      const lines = (book: string) =>
        [shown.books, shown.carried].flatMap((each) => [...(each.get(book)?.[index] ?? [])]);
      found.set(`${day} ${position}`, new Map(books.map((book) => [book, sumOf(lines(book))])));
    }
  }
  return ({ day, position }) => found.get(`${day} ${position}`) ?? new Map();
}

function sumOf(lines: readonly (readonly [string, Turnover])[]): Map<string, Fen> {
  const sums = new Map<string, Fen>();
  for (const [line, { debit, credit }] of lines) sums.set(line, (sums.get(line) ?? 0n) + debit - credit);
  return sums;
}

/** What some corners come to, by book and ledger line. */
export function sumOfCorners(corners: readonly Corner[], balances: (point: Point) => Balances): Balances {
  const sums = new Map<string, Map<string, Fen>>();
  for (const corner of corners)
    for (const [book, lines] of balances(corner))
      for (const [line, fen] of lines) addTo(sums, book, line, fen * corner.sign);
  return sums;
}

/** Adds an amount to a line of a book. */
export function addTo(sums: Map<string, Map<string, Fen>>, book: string, line: string, fen: Fen): void {
  const lines = sums.get(book) ?? new Map<string, Fen>();
  sums.set(book, lines);
  lines.set(line, (lines.get(line) ?? 0n) + fen);
}
