import { effectOf, type Entry } from '../../src/books/entries.js';
import { LedgerError, text } from '../../src/errors.js';
import { bookStream } from '../../src/kinds/kind.js';
import { type Fen, parseFen } from '../../src/money.js';
import { dayAfter } from '../../src/time/clock.js';
import { writeCursor } from '../audit-trail/cursor.js';
import { filterLines, readFilters } from '../audit-trail/filters.js';
import { nextPageNote } from '../audit-trail/sheets.js';
import { findVouchers, type TrailFilter, type TrailVoucher, walkInBatches } from '../audit-trail/vouchers.js';
import { type Turnover } from '../fund-balance/lines.js';
import { plus, turnoverOfAll, UNMOVED } from '../fund-balance/turnover.js';
import { intervalBody } from '../asking/interval.js';
import { type Answer, type Asking, type Export, type Sheet } from '../asking/question.js';
import { lineBody } from './body.js';
import { type AccountLedgerParameters } from './parameters.js';
import { written } from './running.js';
import { type EntryLine, type LedgerLine, ledgerSheet, type ListedSum, markOf, rowOf } from './sheets.js';
import { begin, DEFAULT_LIMIT, type Turning } from './turning.js';

/*
 * A ledger of which only some entries are listed. Each has the balance behind it that the whole ledger has there, so
 * that the balances are of all vouchers and are said to be; the sums are of what is listed. What closes a day, a month
 * or a year in a ledger is a sum of all there is, so a filtered one has none of these lines, and there is no day book.
 */

interface Filtered extends Turning {
  readonly filter: TrailFilter;
  readonly isWanted: (entry: Entry) => boolean;
}

async function beginFiltered(asking: Asking, parameters: AccountLedgerParameters): Promise<Filtered> {
  if (parameters.form === 'day-book') throw dayBookIsWhole(parameters.form);
  const { least, most, ...filter } = readFilters(parameters);
  const turning = await begin(asking, parameters);
  const { account, opening } = turning;
  // An amount is looked for as it stands on the account, in black or in red.
  const isWanted = (entry: Entry): boolean => {
    const fen = absolute(parseFen(entry.debit ?? entry.credit!));
    return account.matches(entry) && (least === undefined || fen >= least) && (most === undefined || fen <= most);
  };
  const accepts = ({ event }: TrailVoucher): boolean => (event.entries ?? []).some(isWanted);
  const but = opening?.positions;
  return { ...turning, isWanted, filter: { ...filter, account, accepts, numbered: true, ...(but && { but }) } };
}

const absolute = (fen: Fen): Fen => (fen < 0n ? -fen : fen);

const dayBookIsWhole = (got: string): LedgerError =>
  new LedgerError(
    'invalid',
    'day-book-is-whole',
    text('日记账逐日结出合计与余额，不能筛选', 'a day book has the sums of every day, and is not filtered'),
    [
      {
        pointer: 'form',
        code: 'day-book-is-whole',
        expected: text('form=ledger，或不加筛选条件', 'form=ledger, or no filters'),
        got,
      },
    ],
  );

/** The entries of vouchers on the account that are wanted, each with the balance of all vouchers behind it. */
async function entriesOf(asking: Asking, turning: Filtered, vouchers: readonly TrailVoucher[]): Promise<EntryLine[]> {
  const { account, isWanted, opening, reading } = turning;
  const days = [...new Set(vouchers.map(({ line }) => line.day))];
  const starts = await balancesAt(asking, turning, days);
  const listed = new Map(vouchers.map((voucher) => [voucher.line.position, voucher]));
  const whole = { account, numbered: true, ...(opening && { but: opening.positions }) };
  const lines: EntryLine[] = [];
  for (const [index, day] of days.entries()) {
    let balance = starts[index]!;
    const last = vouchers.findLast(({ line }) => line.day === day)!.line.position;
    const stretch = { ...reading.stretch, after: undefined, from: day, to: day, until: last };
    for await (const batch of walkInBatches(asking, stretch, whole))
      for (const { line, event } of batch)
        for (const entry of event.entries ?? []) {
          if (!account.matches(entry)) continue;
          balance += effectOf(entry);
          const voucher = listed.get(line.position);
          if (voucher && isWanted(entry)) lines.push({ voucher, entry, balance });
        }
  }
  return lines;
}

/** The balance of all vouchers at the beginning of each day; what the book opened with is there before all of them. */
async function balancesAt(
  asking: Asking,
  { account, asked, opening, reading, to }: Turning,
  days: readonly string[],
): Promise<Fen[]> {
  const book = bookStream(asked['fund']!, asked['unit']!);
  const opened = (opening?.entries ?? []).filter((entry) => account.matches(entry)).map(effectOf);
  const sums = await account.turnoversBefore(asking, book, days, reading.stretch.until);
  return sums.map(({ debit, credit }, index) => {
    const isBefore = opening !== undefined && days[index]! <= opening.day && opening.day <= to;
    return debit - credit + (isBefore ? opened.reduce((sum, fen) => sum + fen, 0n) : 0n);
  });
}

const sumLine = (line: ListedSum['line'], moved: Turnover): ListedSum => ({ line, date: '', moved });

const moved = (lines: readonly EntryLine[]): Turnover => turnoverOfAll(lines.map(({ entry }) => entry));

async function closingOf(asking: Asking, turning: Filtered): Promise<LedgerLine> {
  const [balance] = await balancesAt(asking, turning, [dayAfter(turning.to)]);
  return { line: 'closing', date: turning.to, balance: balance! };
}

/** A page of what is listed. */
export async function askFiltered(asking: Asking, parameters: AccountLedgerParameters): Promise<Answer> {
  const turning = await beginFiltered(asking, parameters);
  const { reading, asked, from, to, running, filter } = turning;
  const limit = Number.parseInt(parameters.limit ?? DEFAULT_LIMIT, 10);
  const found = await findVouchers(asking, reading.stretch, filter, limit + 1);
  const isLast = found.length <= limit;
  const vouchers = found.slice(0, limit);
  const entries = await entriesOf(asking, turning, vouchers);
  const before = reading.carried ? running.ofYear : UNMOVED;
  const [ofPage, total] = [moved(entries), plus(before, moved(entries))];
  const place = vouchers.at(-1)?.line;
  const carried = written({ ...running, ofYear: total }, from, to);
  const next =
    isLast || !place
      ? null
      : await writeCursor({ ...place, pinned: reading.stretch.until, carried }, asked, asking.store);
  const lines: LedgerLine[] = [
    reading.carried ? sumLine('brought-forward', before) : turning.first,
    ...entries,
    sumLine('page-total', ofPage),
    ...(isLast ? [sumLine('total', total), await closingOf(asking, turning)] : [sumLine('carried-forward', total)]),
  ];
  return {
    position: reading.stretch.until,
    body: {
      ...reading.filters,
      ...intervalBody({ from, to }, parameters),
      form: 'ledger',
      isFiltered: true,
      lines: lines.map(lineBody),
      next,
    },
    sheets: [
      {
        ...sheetOf(turning, parameters),
        rows: lines.map(rowOf),
        marks: lines.map(markOf),
        ...(next !== null && { ways: [nextPageNote(next)] }),
      },
    ],
  };
}

function sheetOf({ account, book, from, to }: Turning, parameters: AccountLedgerParameters): Omit<Sheet, 'rows'> {
  const filters = filterLines(parameters);
  return {
    ...ledgerSheet(account, book, { from, to, isDaily: false, filters }),
    notes: [
      text(
        '余额为全部凭证之后的余额，合计为所列分录的合计。',
        'Balances are behind all vouchers; totals are of the entries listed.',
      ),
    ],
  };
}

/** All that is listed. */
export async function exportFiltered(asking: Asking, parameters: AccountLedgerParameters): Promise<Export> {
  const turning = await beginFiltered(asking, parameters);
  return {
    position: turning.reading.stretch.until,
    body: { ...intervalBody(turning, parameters), next: null },
    sheets: [{ ...sheetOf(turning, parameters), rows: rowsOn(asking, turning) }],
  };
}

async function* rowsOn(asking: Asking, turning: Filtered): AsyncIterable<Sheet['rows']> {
  const { reading, filter, first, running } = turning;
  let total = reading.carried ? running.ofYear : UNMOVED;
  yield [rowOf(reading.carried ? sumLine('brought-forward', total) : first)];
  for await (const vouchers of walkInBatches(asking, reading.stretch, filter)) {
    const entries = await entriesOf(asking, turning, vouchers);
    total = plus(total, moved(entries));
    yield entries.map(rowOf);
  }
  yield [sumLine('total', total), await closingOf(asking, turning)].map(rowOf);
}
