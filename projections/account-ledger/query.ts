import { type Fund } from '../../src/reference/adopted.js';
import { bookStream } from '../../src/kinds/kind.js';
import { type Text, text } from '../../src/errors.js';
import { eventId } from '../../src/event-store/event-store.js';
import { formatFen } from '../../src/money.js';
import { ledgerLine } from '../../src/books/entries.js';
import { AccountFilter } from '../audit-trail/account.js';
import { numberOf } from '../audit-trail/body.js';
import { writeCursor } from '../audit-trail/cursor.js';
import { type Opening, readOpening } from '../audit-trail/openings.js';
import { auditTrail } from '../audit-trail/projection.js';
import { beginReading, type Reading } from '../audit-trail/reading.js';
import { nextPageNote } from '../audit-trail/sheets.js';
import { summaryOf } from '../audit-trail/summary.js';
import { findVouchers, type TrailVoucher, walkInBatches } from '../audit-trail/vouchers.js';
import { type Turnover } from '../fund-balance/lines.js';
import { minus, plus, turnoverOf, turnoverOfAll, UNMOVED } from '../fund-balance/turnover.js';
import { intervalBody, intervalOf } from '../asking/interval.js';
import { type Answer, type Asking, type Export, type Question, type Sheet } from '../asking/question.js';
import { AccountLedgerParameters } from './parameters.js';
import { closed, posted, read, type Running, type SumLine, turnedTo, written } from './running.js';
import { type EntryLine, isEntry, type LedgerLine, ledgerSheet, rowOf, sideOf } from './sheets.js';

/** 明细账 of an account of one book, or 日记账 of its cash and bank accounts. */
export const accountLedgerQuestion: Question<AccountLedgerParameters> = {
  name: 'account-ledger',
  route: 'account-ledger',
  title: text('明细账与日记账', 'Account ledger and day book'),
  projection: auditTrail,
  parameters: AccountLedgerParameters,
  sheets: ['ledger'],
  ask: askLedger,
  export: exportLedger,
};

const NAME = 'account-ledger';
const DEFAULT_LIMIT = '50';
const DEFAULT_ACCOUNT = 'fiscal-account';

/** A ledger on its way: what it is of, and how far it has come. */
interface Turning {
  readonly reading: Reading;
  readonly account: AccountFilter;
  readonly book: { readonly fund: Fund; readonly unit: Text };
  readonly asked: Readonly<Record<string, string | undefined>>;
  readonly from: string;
  readonly to: string;
  readonly isDaily: boolean;
  readonly running: Running;
  /** What stands above the first voucher. */
  readonly first: SumLine;
}

async function begin(asking: Asking, parameters: AccountLedgerParameters): Promise<Turning> {
  const { form, limit: _, ...more } = parameters;
  const { ever } = asking.reference;
  const fund = parameters.fund ?? ever.funds.all[0]!.key;
  const unit = parameters.unit ?? ever.units.all.find(({ parent }) => parent === undefined)!.code;
  const list = `${NAME} ${form ?? ''}`;
  const asked = { ...more, fund, unit, account: parameters.account ?? DEFAULT_ACCOUNT };
  const reading = await beginReading(asking, asked, list);
  const isDaily = form === 'day-book';
  const account = isDaily ? new AccountFilter(asked.account, ever.chart, true) : reading.filter.account!;
  const { until } = reading.stretch;
  const carried = reading.carried && read(reading.carried);
  const { from, to } = carried ?? intervalOf(parameters, asking.today);
  const stream = bookStream(fund, unit);
  const opening = await readOpening(asking, stream, `${from.slice(0, 4)}-01-01`, until);
  const running = carried?.running ?? (await startOf(asking, account, stream, { from, to, until }, opening));
  return {
    reading: {
      ...reading,
      stretch: { ...reading.stretch, from, to },
      filter: { account, numbered: true, ...(opening && { but: opening.positions }) },
    },
    account,
    book: { fund: ever.funds.find(fund)!, unit: ever.unitName(unit) },
    asked: { ...reading.filters, list },
    from,
    to,
    isDaily,
    running,
    first: carried ? broughtForward('brought-forward', running) : firstLine(running, from, to, opening),
  };
}

/** The sums of a ledger at the beginning of its first day. An opening is a balance of before, whatever its day. */
async function startOf(
  asking: Asking,
  account: AccountFilter,
  book: string,
  { from, to, until }: { readonly from: string; readonly to: string; readonly until: number },
  opening: Opening | undefined,
): Promise<Running> {
  const starts = [`${from.slice(0, 4)}-01-01`, `${from.slice(0, 7)}-01`, from];
  const sums = await account.turnoversBefore(asking, book, starts, until);
  const opened = turnoverOfAll((opening?.entries ?? []).filter((entry) => account.matches(entry)));
  // What the book opened with is in the sums of the days behind its first; it is put before all of them.
  const [year, month, now] = sums.map((sum, index) =>
    opening && starts[index]! <= opening.day && opening.day <= to ? plus(sum, opened) : sum,
  ) as [Turnover, Turnover, Turnover];
  return {
    day: from,
    listed: '',
    balance: now.debit - now.credit,
    ofDay: UNMOVED,
    ofMonth: minus(now, month),
    ofYear: minus(now, year),
  };
}

const broughtForward = (line: SumLine['line'], { day, ofYear, balance }: Running): SumLine => ({
  line,
  date: day,
  moved: ofYear,
  balance,
});

function firstLine({ balance }: Running, from: string, to: string, opening: Opening | undefined): SumLine {
  const opened = opening && from <= opening.day && opening.day <= to ? opening.day : undefined;
  const isYear = opened === undefined && from.endsWith('-01-01');
  return { line: isYear ? 'from-last-year' : 'opening', date: opened ?? from, balance };
}

/** The lines of one voucher, behind those that close what lies before its day. */
function listed(
  { account, isDaily }: Turning,
  running: Running,
  voucher: TrailVoucher,
): readonly [LedgerLine[], Running] {
  const [lines, turned] = turnedTo(running, voucher.line.day, isDaily);
  let at = turned;
  const entries = (voucher.event.entries ?? []).flatMap((entry): EntryLine[] => {
    if (!account.matches(entry)) return [];
    at = posted(at, turnoverOf(entry));
    return [{ voucher, entry, balance: at.balance }];
  });
  return [[...lines, ...entries], at];
}

async function askLedger(asking: Asking, parameters: AccountLedgerParameters): Promise<Answer> {
  const turning = await begin(asking, parameters);
  const { reading, asked, from, to, isDaily, book, account } = turning;
  const limit = Number.parseInt(parameters.limit ?? DEFAULT_LIMIT, 10);
  const found = await findVouchers(asking, reading.stretch, reading.filter, limit + 1);
  const lines: LedgerLine[] = [turning.first];
  let { running } = turning;
  for (const voucher of found.slice(0, limit)) {
    const [more, at] = listed(turning, running, voucher);
    lines.push(...more);
    running = at;
  }
  const following = found[limit];
  let next: string | null = null;
  if (following) {
    const [more, at] = turnedTo(running, following.line.day, isDaily);
    lines.push(...more, broughtForward('carried-forward', at));
    const place = { ...found[limit - 1]!.line, pinned: reading.stretch.until, carried: written(at, from, to) };
    next = await writeCursor(place, asked, asking.store);
  } else lines.push(...closed(running, to, isDaily));
  const sheet = ledgerSheet(account, book, { from, to, isDaily });
  return {
    position: reading.stretch.until,
    body: {
      ...intervalBody({ from, to }, parameters),
      fund: asked['fund'],
      unit: asked['unit'],
      account: asked['account'],
      form: isDaily ? 'day-book' : 'ledger',
      lines: lines.map(lineBody),
      next,
    },
    sheets: [{ ...sheet, rows: lines.map(rowOf), ...(next !== null && { ways: [nextPageNote(next)] }) }],
  };
}

/** The whole ledger from the cursor on, where there is one; a page of it only for whoever asks for so many vouchers. */
async function exportLedger(asking: Asking, parameters: AccountLedgerParameters): Promise<Export> {
  if (parameters.limit !== undefined) return askLedger(asking, parameters);
  const turning = await begin(asking, parameters);
  const { reading, from, to, isDaily, book, account } = turning;
  return {
    position: reading.stretch.until,
    body: { ...intervalBody({ from, to }, parameters), next: null },
    sheets: [{ ...ledgerSheet(account, book, { from, to, isDaily }), rows: rowsOn(asking, turning) }],
  };
}

async function* rowsOn(asking: Asking, turning: Turning): AsyncIterable<Sheet['rows']> {
  const { reading, to, isDaily, first } = turning;
  let { running } = turning;
  yield [rowOf(first)];
  for await (const vouchers of walkInBatches(asking, reading.stretch, reading.filter)) {
    const lines: LedgerLine[] = [];
    for (const voucher of vouchers) {
      const [more, at] = listed(turning, running, voucher);
      lines.push(...more);
      running = at;
    }
    yield lines.map(rowOf);
  }
  yield closed(running, to, isDaily).map(rowOf);
}

/** A line as JSON: what a voucher moved with its links, or one of the lines that the ledger adds. */
function lineBody(line: LedgerLine): Readonly<Record<string, unknown>> {
  const { balance } = line;
  const side = { direction: sideOf(balance).zh, balance: formatFen(balance < 0n ? -balance : balance) };
  if (!isEntry(line)) {
    const { date, moved } = line;
    return {
      line: line.line,
      date,
      debit: moved ? formatFen(moved.debit) : null,
      credit: moved ? formatFen(moved.credit) : null,
      ...side,
    };
  }
  const { voucher, entry } = line;
  return {
    line: 'voucher',
    date: voucher.event.businessDate,
    voucherNumber: numberOf(voucher),
    id: eventId(voucher.line.stream, voucher.line.revision),
    summary: summaryOf(voucher).zh,
    account: ledgerLine(entry),
    debit: entry.debit ?? null,
    credit: entry.credit ?? null,
    ...side,
  };
}
