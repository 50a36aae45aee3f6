import { type Fen } from '../money.js';

/** A movement of a bank account, as the bank or the ledger has it. */
export interface Movement {
  readonly day: string;
  /** What it does to the balance: what came in is positive. */
  readonly effect: Fen;
  /** Words by which it may be known on both sides: a paper, a transfer, a serial number. */
  readonly references: readonly string[];
  readonly counterparty: string;
}

/** A movement of the ledger: one voucher. */
export interface BookMovement extends Movement {
  readonly id: string;
  /** The id of the voucher that it takes back. */
  readonly reverses: string | undefined;
}

/** What of both sides has no other. */
export interface Unmatched<B extends Movement, L extends BookMovement> {
  readonly bank: readonly B[];
  readonly book: readonly L[];
  /** How many lines of the bank were found in the ledger. */
  readonly matched: number;
}

/**
 * Finds the movements of a bank in those of a ledger, each once: first what has a reference in common, where all that
 * has it comes to the same on both sides or amounts are equal one by one, then what is of one amount within some days,
 * the same counterparty and the nearest day first. A voucher and what takes it back are neither the bank's where the
 * bank has not taken it back too. Pure.
 * @param days how far apart the two days of a movement may lie
 */
export function match<B extends Movement, L extends BookMovement>(
  bank: readonly B[],
  book: readonly L[],
  days: number,
): Unmatched<B, L> {
  const left = { bank: new Set(bank), book: new Set(withoutTakenBack(bank, book, days)) };
  matchReferences(left);
  matchDays(left, days);
  return { bank: [...left.bank], book: [...left.book], matched: bank.length - left.bank.size };
}

interface Left<B extends Movement, L extends BookMovement> {
  readonly bank: Set<B>;
  readonly book: Set<L>;
}

const folded = (word: string): string => word.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');
const keysOf = ({ references }: Movement): Set<string> => new Set(references.map(folded).filter((key) => key !== ''));

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
const apart = (one: Movement, other: Movement): number => Math.abs(dayNumber(one.day) - dayNumber(other.day));

function withoutTakenBack<L extends BookMovement>(bank: readonly Movement[], book: readonly L[], days: number): L[] {
  const byId = new Map(book.map((each) => [each.id, each]));
  const gone = new Set<L>();
  for (const red of book) {
    const taken = red.reverses === undefined ? undefined : byId.get(red.reverses);
    if (!taken || taken.effect !== -red.effect || gone.has(red) || gone.has(taken)) continue;
    const isOfBank = bank.some((line) => line.effect === red.effect && apart(line, red) <= days);
    if (!isOfBank) gone.add(red).add(taken);
  }
  return book.filter((each) => !gone.has(each));
}

function matchReferences<B extends Movement, L extends BookMovement>({ bank, book }: Left<B, L>): void {
  const byKey = new Map<string, L[]>();
  for (const each of book) for (const key of keysOf(each)) byKey.set(key, [...(byKey.get(key) ?? []), each]);
  const lines = new Map<string, B[]>();
  for (const each of bank) for (const key of keysOf(each)) lines.set(key, [...(lines.get(key) ?? []), each]);
  const sum = (movements: readonly Movement[]): Fen => movements.reduce((total, { effect }) => total + effect, 0n);
  for (const [key, all] of lines) {
    const own = all.filter((line) => bank.has(line));
    const vouchers = (byKey.get(key) ?? []).filter((each) => book.has(each));
    if (own.length === 0 || vouchers.length === 0) continue;
    if (sum(own) === sum(vouchers)) {
      for (const line of own) bank.delete(line);
      for (const voucher of vouchers) book.delete(voucher);
    } else {
      for (const line of own) {
        const found = vouchers.find((voucher) => book.has(voucher) && voucher.effect === line.effect);
        if (found) take({ bank, book }, line, found);
      }
    }
  }
}

function matchDays<B extends Movement, L extends BookMovement>(left: Left<B, L>, days: number): void {
  const byEffect = Map.groupBy(left.book, ({ effect }) => effect);
  const isOther = (one: Movement, other: Movement): number =>
    one.counterparty !== '' && folded(one.counterparty) === folded(other.counterparty) ? 0 : 1;
  const pairs = [...left.bank].flatMap((line) =>
    (byEffect.get(line.effect) ?? []).flatMap((voucher) => {
      const distance = apart(line, voucher);
      return distance > days ? [] : [{ line, voucher, distance, other: isOther(line, voucher) }];
    }),
  );
  // The order of the file and of the ledger decides between what is alike.
  const nearest = pairs.toSorted((one, two) => one.other - two.other || one.distance - two.distance);
  for (const { line, voucher } of nearest) if (left.bank.has(line) && left.book.has(voucher)) take(left, line, voucher);
}

function take<B extends Movement, L extends BookMovement>({ bank, book }: Left<B, L>, line: B, voucher: L): void {
  bank.delete(line);
  book.delete(voucher);
}
