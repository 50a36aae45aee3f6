import { effectOf, ledgerLine, parseLedgerLine } from '../../src/books/entries.js';
import { bookStream } from '../../src/kinds/kind.js';
import { type Fen } from '../../src/money.js';
import { type Fund } from '../../src/reference/adopted.js';
import { AccountFilter } from '../audit-trail/account.js';
import { type Cursor, readCursor } from '../audit-trail/cursor.js';
import { pin } from '../audit-trail/reading.js';
import { findVouchers, type TrailFilter, type TrailVoucher, walkInBatches } from '../audit-trail/vouchers.js';
import { type Asking } from '../asking/question.js';
import { fundBalance } from '../fund-balance/projection.js';
import { momentOf } from '../recorded-time/query.js';
import { type Scope, scopeOf } from '../statements/scope.js';
import { type Days, daysOf, type DifferenceParameters } from './parameters.js';
import { addTo, axisOf, type Balances, type Part, partsOf, type Point } from './points.js';

/** A difference as it is asked for, both points pinned to positions of the log. */
export interface Reading {
  readonly at: Point;
  readonly against: Point;
  readonly days: Days;
  readonly parts: readonly Part[];
  readonly funds: readonly Fund[];
  readonly scope: Scope;
  /** The books of the funds in the scope. */
  readonly books: readonly string[];
  /** Which ledger lines count. */
  readonly counts: (line: string) => boolean;
  readonly filter: TrailFilter;
  /** What a cursor is made for. */
  readonly filters: Readonly<Record<string, string | undefined>>;
  readonly cursor: Cursor | undefined;
}

const NAME = 'difference';

/**
 * @throws LedgerError invalid, where a parameter leads nowhere; unavailable, where the read tables are not there yet
 */
export async function beginReading(asking: Asking, parameters: DifferenceParameters): Promise<Reading> {
  const { cursor: written, limit: _, ...asked } = parameters;
  const filters = { ...asked, list: NAME };
  const cursor = written === undefined ? undefined : await readCursor(written, filters, asking.store);
  const days = cursor ? daysOn(cursor) : daysOf(parameters, asking.today);
  const { position, againstPosition } = await positionsOf(asking, parameters, cursor);
  const at = { day: days.to, position };
  const against = { day: days.against, position: againstPosition };
  const { ever } = asking.reference;
  const adopted = asking.reference.known(days.to > days.against ? days.to : days.against);
  const { fund, unit, scope: wanted } = parameters;
  const funds = fund === undefined ? adopted.funds.all : [adopted.funds.find(fund) ?? ever.funds.find(fund)!];
  const scope = scopeOf(adopted, unit, wanted);
  const account = parameters.account === undefined ? undefined : new AccountFilter(parameters.account, ever.chart);
  return {
    at,
    against,
    days,
    parts: partsOf(at, against),
    funds,
    scope,
    books: funds.flatMap(({ key }) => scope.units.map((code) => bookStream(key, code))),
    counts: (line) => account?.matches(parseLedgerLine(line)) ?? true,
    // A close of a book in which nothing moved posts nothing.
    filter: { account, numbered: true, accepts: ({ event }) => (event.entries?.length ?? 0) > 0 },
    filters,
    cursor,
  };
}

async function positionsOf(
  asking: Asking,
  { recordedAsOf, againstRecordedAsOf }: DifferenceParameters,
  cursor: Cursor | undefined,
): Promise<{ position: number; againstPosition: number }> {
  const others = [fundBalance];
  if (cursor) {
    const againstPosition = Number.parseInt(cursor.carried![0]!, 10);
    await pin(asking, undefined, { pinned: Math.max(cursor.pinned, againstPosition) }, others);
    return { position: cursor.pinned, againstPosition };
  }
  const moment = await momentOf(asking, recordedAsOf);
  const againstMoment = await momentOf(asking, againstRecordedAsOf, 'againstRecordedAsOf');
  const position = await pin(asking, moment, undefined, others);
  if (!againstMoment) return { position, againstPosition: position };
  return { position, againstPosition: await pin(asking, againstMoment, undefined, others) };
}

/** What a page tells the next one beside where it ended. */
export const carriedOn = ({ against, days }: Reading): string[] => [
  String(against.position),
  days.to,
  days.against,
  days.from ?? '',
];

function daysOn({ carried }: Cursor): Days {
  const [, to, against, from] = carried as [string, string, string, string];
  return { from: from || undefined, to, against };
}

/** A voucher that stands at one of the points only, and what it does to the difference by ledger line. */
export interface Between {
  readonly voucher: TrailVoucher;
  /** `point`: only at the point asked about; `against`: only at the one that it is compared with. */
  readonly standsAt: 'point' | 'against';
  readonly through: 'dated' | 'recorded' | 'both';
  /** Debit positive; of what stands only at the other point, with the other sign. */
  readonly effects: ReadonlyMap<string, Fen>;
}

/** The vouchers between the points in order of business day, then as recorded, some at a time. */
export async function* walkBetween(asking: Asking, reading: Reading): AsyncIterable<Between[]> {
  const { parts, books, filter, cursor: after } = reading;
  for (const part of parts)
    for await (const vouchers of walkInBatches(asking, { books, ...part, after }, filter))
      yield vouchers.map((voucher) => betweenOf(voucher, part, reading));
}

/** The first of them, at most `limit`. */
export async function findBetween(asking: Asking, reading: Reading, limit: number): Promise<Between[]> {
  const { parts, books, filter, cursor: after } = reading;
  const found: Between[] = [];
  for (const part of parts) {
    const left = limit - found.length;
    if (left === 0) break;
    const vouchers = await findVouchers(asking, { books, ...part, after }, filter, left);
    found.push(...vouchers.map((voucher) => betweenOf(voucher, part, reading)));
  }
  return found;
}

function betweenOf(voucher: TrailVoucher, { sign }: Part, { at, against, counts }: Reading): Between {
  const effects = new Map<string, Fen>();
  for (const entry of voucher.event.entries ?? []) {
    const line = ledgerLine(entry);
    if (counts(line)) effects.set(line, (effects.get(line) ?? 0n) + effectOf(entry) * sign);
  }
  const standsAt = sign === 1n ? 'point' : 'against';
  return { voucher, standsAt, through: axisOf(voucher.line, at, against), effects };
}

/** What vouchers come to, by book and ledger line. */
export function addUp(
  between: readonly Between[],
  sums = new Map<string, Map<string, Fen>>(),
): Map<string, Map<string, Fen>> {
  for (const { voucher, effects } of between)
    for (const [line, fen] of effects) addTo(sums, voucher.line.stream, line, fen);
  return sums;
}

/** A ledger line of a book on which two sums are not the same. */
export interface Mismatch {
  readonly book: string;
  readonly line: string;
  readonly vouchers: Fen;
  readonly balances: Fen;
}

/** Where what vouchers come to is not what the balances say of them; a line that is in neither counts as nothing. */
export function mismatches(vouchers: Balances, balances: Balances): Mismatch[] {
  const books = new Set([...vouchers.keys(), ...balances.keys()]);
  return [...books].flatMap((book) => {
    const [one, other] = [vouchers.get(book), balances.get(book)];
    const lines = new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])]);
    return [...lines].flatMap((line) => {
      const sums = { vouchers: one?.get(line) ?? 0n, balances: other?.get(line) ?? 0n };
      return sums.vouchers === sums.balances ? [] : [{ book, line, ...sums }];
    });
  });
}
