import { lineName, lineNumber } from '../../src/books/ledger-lines.js';
import { type Text } from '../../src/errors.js';
import { bookStream } from '../../src/kinds/kind.js';
import { type Fen } from '../../src/money.js';
import { type Fund } from '../../src/reference/adopted.js';
import { type Reference } from '../../src/reference/reference.js';
import { type Place } from '../audit-trail/walk.js';
import { type Asking } from '../asking/question.js';
import { balancesAt, type Balances, cornersUpTo, sumOfCorners, wholeOf } from './points.js';
import { addUp, type Between, type Mismatch, mismatches, type Reading } from './reading.js';

/** Balances at both points, debit positive, and what that is more or less. */
export interface Compared {
  readonly at: Fen;
  readonly against: Fen;
  readonly difference: Fen;
}

/** A ledger line on which the points differ. */
export interface AccountDifference extends Compared {
  readonly fund: Fund;
  readonly line: string;
  readonly number: string;
  readonly name: Text;
  /** How much of the difference came on pages before, comes on this one, and comes on those behind. */
  readonly before: Fen;
  readonly onPage: Fen;
  readonly after: Fen;
  /** The units on whose books they differ; none where the scope is one unit. */
  readonly units: readonly UnitDifference[];
}

export interface UnitDifference extends Compared {
  readonly unit: string;
  readonly name: Text;
}

/** What differs, and whether what the vouchers of a page do is what the balances say of them. */
export interface Drawn {
  readonly accounts: readonly AccountDifference[];
  readonly mismatches: readonly Mismatch[];
}

/**
 * Compares the points by account, and a page of the vouchers with the balances of the stretch that it covers: behind
 * the page before, up to its own last voucher, or up to the end where it is the last.
 */
export async function drawUp(
  asking: Asking,
  reading: Reading,
  page: readonly Between[],
  isLast: boolean,
): Promise<Drawn> {
  const { at, against, parts, books, cursor } = reading;
  const upTo = (place: Place | undefined) => (place ? cornersUpTo(parts, place) : []);
  const begin = upTo(cursor);
  const end = isLast ? wholeOf(at, against) : upTo(page.at(-1)?.voucher.line);
  const balances = await balancesAt(asking, books, [at, against, ...begin, ...end]);
  const counted = (sums: Balances): Balances => onlyCounted(sums, reading);
  const before = counted(sumOfCorners(begin, balances));
  const behind = counted(sumOfCorners(end, balances));
  const onPage = addUp(page);
  const sums = { at: counted(balances(at)), against: counted(balances(against)), before, onPage };
  return {
    accounts: accountsOf(asking.reference, reading, sums),
    mismatches: mismatches(onPage, minus(behind, before)),
  };
}

/** What the vouchers between the points must come to, by book and ledger line. */
export async function readDifferences(asking: Asking, reading: Reading): Promise<Balances> {
  const { at, against, books } = reading;
  const balances = await balancesAt(asking, books, [at, against]);
  return onlyCounted(sumOfCorners(wholeOf(at, against), balances), reading);
}

const onlyCounted = (sums: Balances, { counts }: Reading): Balances =>
  new Map([...sums].map(([book, lines]) => [book, new Map([...lines].filter(([line]) => counts(line)))]));

const minus = (one: Balances, other: Balances): Balances =>
  new Map(
    [...new Set([...one.keys(), ...other.keys()])].map((book) => {
      const lines = new Set([...(one.get(book)?.keys() ?? []), ...(other.get(book)?.keys() ?? [])]);
      return [book, new Map([...lines].map((line) => [line, fenOf(one, book, line) - fenOf(other, book, line)]))];
    }),
  );

const fenOf = (sums: Balances, book: string, line: string): Fen => sums.get(book)?.get(line) ?? 0n;

type Sums = Readonly<Record<'at' | 'against' | 'before' | 'onPage', Balances>>;

/** The lines on which the points differ, fund by fund, in the order of their numbers. */
function accountsOf({ ever }: Reference, { funds, scope }: Reading, sums: Sums): AccountDifference[] {
  return funds.flatMap((fund) => {
    const streams = scope.units.map((code) => [code, bookStream(fund.key, code)] as const);
    const lines = new Set(
      streams.flatMap(([, book]) => [...(sums.at.get(book)?.keys() ?? []), ...(sums.against.get(book)?.keys() ?? [])]),
    );
    return [...lines]
      .map((line) => {
        const units = streams.map(([unit, book]) => ({
          unit,
          name: ever.unitName(unit),
          ...comparedOn(sums, [book], line),
        }));
        const books = streams.map(([, book]) => book);
        const compared = comparedOn(sums, books, line);
        const [before, onPage] = [sums.before, sums.onPage].map((each) => total(each, books, line)) as [Fen, Fen];
        return {
          fund,
          line,
          number: lineNumber(line, ever.chart),
          name: lineName(line, ever.chart),
          ...compared,
          before,
          onPage,
          after: compared.difference - before - onPage,
          units: scope.units.length === 1 ? [] : units.filter(differs),
        };
      })
      .filter((account) => differs(account) || account.units.length > 0)
      .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  });
}

const differs = ({ difference }: Compared): boolean => difference !== 0n;

const keyOf = ({ number, line }: AccountDifference): string => `${number} ${line}`;

const total = (sums: Balances, books: readonly string[], line: string): Fen =>
  books.reduce((sum, book) => sum + fenOf(sums, book, line), 0n);

function comparedOn(sums: Sums, books: readonly string[], line: string): Compared {
  const [at, against] = [sums.at, sums.against].map((each) => total(each, books, line)) as [Fen, Fen];
  return { at, against, difference: at - against };
}
