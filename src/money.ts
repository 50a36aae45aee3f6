import { Decimal } from 'decimal.js';

/**
 * Money. Inside: an integer number of fen (分) as a bigint. Outside: yuan (元) as a decimal string with two places.
 * This is the only file that knows decimal.js; a JavaScript number never holds an amount.
 */
export type Fen = bigint;

const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP });

/** An unsigned amount of yuan: up to 15 digits, at most two places, ASCII digits, no sign, no exponent. */
export const AMOUNT_PATTERN = '^[0-9]{1,15}(\\.[0-9]{1,2})?$';

/** The same, and greater than zero. */
export const POSITIVE_AMOUNT_PATTERN = '^(?!0+(\\.0{1,2})?$)[0-9]{1,15}(\\.[0-9]{1,2})?$';

/**
 * Yuan text to fen. Accepts a leading minus, which red entries carry.
 * The caller has checked the pattern; text that is no amount throws.
 */
export function parseFen(yuan: string): Fen {
  const point = yuan.indexOf('.');
  if (point < 0) return BigInt(yuan) * 100n;
  const places = yuan.length - point - 1;
  if (places === 2) return BigInt(yuan.slice(0, point) + yuan.slice(point + 1));
  if (places === 1) return BigInt(yuan.slice(0, point) + yuan.slice(point + 1)) * 10n;
  throw new RangeError(`not an amount of yuan with at most two places: ${yuan}`);
}

/** Fen to yuan text with exactly two places, e.g. 123450n to "1234.50". */
export function formatFen(fen: Fen): string {
  const negative = fen < 0n;
  const digits = (negative ? -fen : fen).toString().padStart(3, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The canonical spelling of an amount: "1234.5" and "01234.50" both become "1234.50". */
export function normaliseAmount(yuan: string): string {
  const point = yuan.length - 3;
  if (yuan.charCodeAt(point) === 46 && (yuan.charCodeAt(0) !== 48 || point === 1)) return yuan;
  return formatFen(parseFen(yuan));
}

export type PrintUnit = 'yuan' | 'wan' | 'yi';
const FEN_PER: Record<PrintUnit, number> = { yuan: 100, wan: 1_000_000, yi: 10_000_000_000 };

/** Fen as 元, 万元 or 亿元 for printing, rounded half up (away from zero) to the given places. */
export function printFen(fen: Fen, unit: PrintUnit = 'yuan', places = 2): string {
  return print(new Exact(fen.toString()).div(FEN_PER[unit]), places);
}

/** Fen times an exact decimal rate, rounded half up to the fen, e.g. a late fee of 0.0005 a day. */
export function multiplyFen(fen: Fen, rate: string): Fen {
  return BigInt(new Exact(fen.toString()).mul(rate).toFixed(0));
}

/** The quotient of two amounts, printed with the given places; undefined where the divisor is zero. */
export function divideFen(dividend: Fen, divisor: Fen, places = 2): string | undefined {
  if (divisor === 0n) return undefined;
  return print(new Exact(dividend.toString()).div(divisor.toString()), places);
}

/** Rounds before printing, so that what is rounded to zero has no sign. */
const print = (value: Decimal, places: number): string => value.toDecimalPlaces(places).toFixed(places);

/**
 * Splits an amount by integer weights so that the parts sum exactly to it: the largest remainder method,
 * ties to the earlier part.
 */
export function allocateFen(fen: Fen, weights: readonly bigint[]): Fen[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total <= 0n || fen < 0n) throw new RangeError('allocation needs a positive total weight and an amount >= 0');
  const parts = weights.map((weight) => (fen * weight) / total);
  const remainders = weights.map((weight, index) => ({ index, remainder: (fen * weight) % total }));
  remainders.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  let left = fen - parts.reduce((sum, part) => sum + part, 0n);
  for (const { index } of remainders) {
    if (left === 0n) break;
    parts[index]! += 1n;
    left -= 1n;
  }
  return parts;
}
