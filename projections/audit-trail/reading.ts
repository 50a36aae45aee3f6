import { LedgerError, text } from '../../src/errors.js';
import { type Fen } from '../../src/money.js';
import { fundBalance } from '../fund-balance/projection.js';
import { FIRST_DAY, LAST_DAY, type OpenInterval, openIntervalOf } from '../asking/interval.js';
import { type Asking } from '../asking/question.js';
import { type Moment } from '../../src/time/moment.js';
import { type Projection } from '../projection.js';
import { recordedTime } from '../recorded-time/projection.js';
import { momentOf, positionAsOf } from '../recorded-time/query.js';
import { AccountFilter } from './account.js';
import { type Cursor, readCursor } from './cursor.js';
import { type AuditTrailParameters, readFilters, SOURCE_DIGITS } from './filters.js';
import { importedFiles } from '../imported-files/projection.js';
import { fileOf } from '../imported-files/query.js';
import { auditTrail } from './projection.js';
import { type Listed, trailSheet, type TrailSheet } from './sheets.js';
import { type BalanceAt, runningBalances, type TrailFilter, type TrailVoucher, walkInBatches } from './vouchers.js';
import { type Stretch, trailBooks } from './walk.js';

/** What is listed, and by which account where it is by one. */
type AccountTrail = TrailFilter & { readonly account?: AccountFilter | undefined };

/** A trail as it is asked for, pinned to a position: the same list, whether it is turned over in pages or exported. */
export interface Reading extends TrailSheet {
  /** The parameters that say what is listed, the last business day under one name. */
  readonly filters: Omit<AuditTrailParameters, 'limit' | 'cursor'> & OpenInterval;
  readonly filter: AccountTrail;
  readonly stretch: Stretch;
  /** The account and its one book, where that is what is listed: then there are balances. */
  readonly ledger: { readonly account: AccountFilter; readonly book: string } | undefined;
  /** What the page before had come to; undefined on the first. */
  readonly carried: readonly string[] | undefined;
}

/**
 * @param list the list that is turned over: a cursor of one is none of another
 * @throws LedgerError invalid, where a parameter leads nowhere; unavailable, where the read tables are not there yet
 */
export async function beginReading(asking: Asking, parameters: AuditTrailParameters, list?: string): Promise<Reading> {
  const { cursor: written, limit: _, ...asked } = parameters;
  const filters = { ...asked, ...openIntervalOf(parameters), asOf: undefined };
  const { from, to } = filters;
  const { chart } = asking.reference.ever;
  const account = filters.account === undefined ? undefined : new AccountFilter(filters.account, chart);
  const source = filters.source?.slice(0, SOURCE_DIGITS);
  const cursor = written === undefined ? undefined : await readCursor(written, { ...filters, list }, asking.store);
  const moment = await momentOf(asking, filters.recordedAsOf);
  const until = await pin(asking, moment, cursor, [
    ...(account ? [fundBalance] : []),
    ...(source === undefined ? [] : [importedFiles]),
  ]);
  const ofFile = source === undefined ? undefined : linesOf(asking, source, until);
  const filter = { ...readFilters(filters), account, ...ofFile?.filter };
  const books = trailBooks(asking.reference, filters.fund, filters.unit);
  const ledger = account && books.length === 1 ? { account, book: books[0]! } : undefined;
  const days = { from: from ?? FIRST_DAY, to: to ?? LAST_DAY };
  const stretch = { books, ...days, after: cursor, until, ...ofFile?.stretch };
  const { carried } = cursor ?? {};
  return { filters, filter, stretch, ledger, carried, ...trailSheet(account, ledger !== undefined, chart) };
}

/** Only the lines of a file, which stand between its first and its last; none where nothing of it stands. */
function linesOf({ tables }: Asking, source: string, until: number) {
  const file = fileOf(tables, source);
  return {
    stretch: { since: file ? file.first - 1 : until },
    filter: { upTo: file?.last, accepts: ({ event }: TrailVoucher): boolean => event['source'] === source },
  };
}

/** Vouchers of a reading with what belongs to them: their balances, and the balance before those that come first. */
export async function listVouchers(
  asking: Asking,
  { ledger, stretch }: Reading,
  vouchers: readonly TrailVoucher[],
  since?: BalanceAt,
): Promise<Listed> {
  if (!ledger) return { vouchers };
  const { account, book } = ledger;
  const balances = await runningBalances(asking, account, book, vouchers, stretch.until, since);
  if (since) return { vouchers, balances };
  const [first] = vouchers;
  const before = first
    ? balances[0]! - account.effectOf(first.event.entries ?? [])
    : (await account.balancesBefore(asking, book, [stretch.from], stretch.until))[0]!;
  return { vouchers, balances, before };
}

/** All that a reading lists, some vouchers at a time. The first rows are there where there is no voucher, too. */
export async function* readOn(asking: Asking, reading: Reading): AsyncIterable<Listed> {
  let since: BalanceAt | undefined;
  let isBegun = false;
  for await (const vouchers of walkInBatches(asking, reading.stretch, reading.filter)) {
    const listed = await listVouchers(asking, reading, vouchers, since);
    yield listed;
    isBegun = true;
    since = lastBalance(listed);
  }
  if (!isBegun) yield await listVouchers(asking, reading, []);
}

function lastBalance({ vouchers, balances }: Listed): BalanceAt | undefined {
  const { day, position } = vouchers.at(-1)!.line;
  const balance: Fen | undefined = balances?.at(-1);
  return balance === undefined ? undefined : { day, position, balance };
}

/**
 * The position that the answer shows: the cursor's, so that pages belong together, else that of the moment asked for.
 * @param others projections that the answer rests on beside the trail
 * @throws LedgerError invalid, for what lies beyond the log; unavailable, where the read tables are not there yet
 */
export async function pin(
  { tables, store }: Asking,
  moment: Moment | undefined,
  cursor: Pick<Cursor, 'pinned'> | undefined,
  others: readonly Projection[],
): Promise<number> {
  const shown = tables.atOneMoment(auditTrail, (now) => {
    const slowest = Math.min(now, ...[recordedTime, ...others].map((each) => tables.checkpoint(each).position));
    return cursor && cursor.pinned <= slowest ? cursor.pinned : positionAsOf(tables, moment, slowest);
  });
  if (!cursor || cursor.pinned === shown) return shown;
  if (cursor.pinned <= (await store.head()))
    throw new LedgerError(
      'unavailable',
      'position-not-yet-shown',
      text('查询视图尚未到达游标的位置', "the read tables have not reached the cursor's position"),
    );
  throw new LedgerError('invalid', 'cursor', text('游标不符合要求', 'the cursor is not as it must be'), [
    {
      pointer: 'cursor',
      code: 'cursor',
      expected: text('本账上一页给出的游标', 'a cursor as this ledger gave it'),
      got: `position ${cursor.pinned}`,
    },
  ]);
}
