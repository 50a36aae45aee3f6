import { type Text, text } from '../../src/errors.js';
import { ledgerLine } from '../../src/books/entries.js';
import { lineName, lineNumber } from '../../src/books/ledger-lines.js';
import { eventId } from '../../src/event-store/event-store.js';
import { formatFen, parseFen } from '../../src/money.js';
import { type Adopted } from '../../src/reference/adopted.js';
import { type Chart } from '../../src/reference/chart.js';
import { numberOf } from '../audit-trail/body.js';
import { writeCursor } from '../audit-trail/cursor.js';
import { auditTrail } from '../audit-trail/projection.js';
import { beginReading, type Reading } from '../audit-trail/reading.js';
import { linked, LINKED, nextPageNote, voucherMark } from '../audit-trail/sheets.js';
import { becomeOfBody } from '../audit-trail/corrections.js';
import { listHead } from '../audit-trail/head.js';
import { summaryOf } from '../audit-trail/summary.js';
import { findVouchers, type TrailVoucher, walkInBatches } from '../audit-trail/vouchers.js';
import { type Turnover } from '../fund-balance/lines.js';
import { plus, turnoverOfAll, UNMOVED } from '../fund-balance/turnover.js';
import { fenColumn, textColumn } from '../fund-balance/sheets.js';
import { JournalParameters } from './parameters.js';
import { intervalBody } from '../asking/interval.js';
import {
  type Answer,
  type Asking,
  type Cell,
  type Export,
  type Mark,
  type Question,
  type Sheet,
} from '../asking/question.js';
import { voucherAt } from '../asking/addresses.js';

/** 序时账: every voucher with each line of it, by business day, then as recorded, which is the order of its numbers. */
export const journalQuestion: Question<JournalParameters> = {
  name: 'journal',
  route: 'journal',
  title: text('序时账', 'Journal'),
  projection: auditTrail,
  parameters: JournalParameters,
  sheets: ['journal'],
  ask: askJournal,
  export: exportJournal,
};

const NAME = 'journal';
const DEFAULT_LIMIT = '50';

async function begin(asking: Asking, parameters: JournalParameters): Promise<{ reading: Reading; before: Turnover }> {
  const reading = await beginReading(asking, parameters, NAME);
  const [debit = 0n, credit = 0n] = (reading.carried ?? []).map(BigInt);
  return {
    reading: { ...reading, filter: { ...reading.filter, numbered: true } },
    before: { debit, credit },
  };
}

async function askJournal(asking: Asking, parameters: JournalParameters): Promise<Answer> {
  const { reading, before } = await begin(asking, parameters);
  const { filters, filter, stretch, carried } = reading;
  const { ever } = asking.reference;
  const limit = Number.parseInt(parameters.limit ?? DEFAULT_LIMIT, 10);
  const found = await findVouchers(asking, stretch, filter, limit + 1);
  const vouchers = found.slice(0, limit);
  const ofPage = movedBy(vouchers);
  const total = plus(before, ofPage);
  let next: string | null = null;
  if (found.length > limit) {
    const sums = [total.debit, total.credit].map(String);
    const place = { ...vouchers.at(-1)!.line, pinned: stretch.until, carried: sums };
    next = await writeCursor(place, { ...filters, list: NAME }, asking.store);
  }
  const hasBooks = stretch.books.length > 1;
  const sumRow = sumRowOf(hasBooks);
  return {
    position: stretch.until,
    body: {
      ...filters,
      ...intervalBody(filters, filters),
      broughtForward: carried ? written(before) : null,
      vouchers: vouchers.map((voucher) => voucherBody(voucher, ever.chart)),
      pageTotal: written(ofPage),
      total: next === null ? written(total) : null,
      carriedForward: next === null ? null : written(total),
      next,
    },
    sheets: [
      {
        ...sheetOf(reading, ever),
        rows: [
          ...(carried ? [sumRow(BROUGHT_FORWARD, before)] : []),
          ...rowsOf(vouchers, ever, hasBooks),
          sumRow(PAGE_TOTAL, ofPage),
          sumRow(next === null ? TOTAL : CARRIED_FORWARD, total),
        ],
        marks: [...(carried ? [SUBTOTAL] : []), ...vouchers.flatMap(marksOf), SUBTOTAL, SUM],
        ...(next !== null && { ways: [nextPageNote(next)] }),
      },
    ],
  };
}

/** The whole list from the cursor on, where there is one; a page of it only for whoever asks for so many vouchers. */
async function exportJournal(asking: Asking, parameters: JournalParameters): Promise<Export> {
  if (parameters.limit !== undefined) return askJournal(asking, parameters);
  const { reading, before } = await begin(asking, parameters);
  return {
    position: reading.stretch.until,
    body: { ...intervalBody(reading.filters, reading.filters), next: null },
    sheets: [{ ...sheetOf(reading, asking.reference.ever), rows: rowsOn(asking, reading, before) }],
  };
}

async function* rowsOn(asking: Asking, reading: Reading, before: Turnover): AsyncIterable<Sheet['rows']> {
  const { stretch, filter, carried } = reading;
  const hasBooks = stretch.books.length > 1;
  const sumRow = sumRowOf(hasBooks);
  let sum = before;
  if (carried) yield [sumRow(BROUGHT_FORWARD, before)];
  for await (const vouchers of walkInBatches(asking, stretch, filter)) {
    sum = plus(sum, movedBy(vouchers));
    yield rowsOf(vouchers, asking.reference.ever, hasBooks);
  }
  yield [sumRow(TOTAL, sum)];
}

/** What the lines of vouchers move. */
const movedBy = (vouchers: readonly TrailVoucher[]): Turnover =>
  vouchers.map(({ event }) => turnoverOfAll(event.entries ?? [])).reduce(plus, UNMOVED);

const written = ({ debit, credit }: Turnover) => ({ debit: formatFen(debit), credit: formatFen(credit) });

const BROUGHT_FORWARD = text('承前页', 'Brought forward');
const PAGE_TOTAL = text('本页合计', 'Total of the page');
const CARRIED_FORWARD = text('过次页', 'Carried forward');
const TOTAL = text('合计', 'Total');

const COLUMNS = [
  textColumn('日期', 'date'),
  textColumn('凭证字号', 'voucher'),
  textColumn('摘要', 'summary'),
  textColumn('科目编码', 'account number'),
  textColumn('科目名称', 'account'),
  fenColumn('借方', 'debit'),
  fenColumn('贷方', 'credit'),
  textColumn('制单', 'made by'),
  textColumn('复核', 'reviewed by'),
  LINKED,
];
/** Of which book a voucher is, where they are of several: each numbers its own. */
const OF_BOOK = [textColumn('基金', 'fund'), textColumn('核算单位', 'unit')];

const sheetOf = ({ stretch, filters }: Reading, adopted: Adopted): Omit<Sheet, 'rows'> => ({
  name: 'journal',
  title: text('序时账', 'Journal'),
  head: listHead(filters, filters, adopted),
  columns: stretch.books.length > 1 ? [...COLUMNS, ...OF_BOOK] : COLUMNS,
});

const SUBTOTAL: Mark = { role: 'subtotal' };
const SUM: Mark = { role: 'total' };

/** The number and the amounts of each of its lines lead to the voucher. */
const marksOf = (voucher: TrailVoucher): Mark[] =>
  (voucher.event.entries ?? []).map(() => voucherMark(voucher, [1, 5, 6]));

const sumRowOf =
  (hasBooks: boolean) =>
  (name: Text, { debit, credit }: Turnover): Cell[] => [
    '',
    '',
    name,
    '',
    '',
    debit,
    credit,
    '',
    '',
    '',
    ...(hasBooks ? ['', ''] : []),
  ];

function rowsOf(vouchers: readonly TrailVoucher[], adopted: Adopted, hasBooks: boolean): Cell[][] {
  const amount = (yuan: string | undefined) => (yuan === undefined ? null : parseFen(yuan));
  return vouchers.flatMap((voucher) => {
    const { businessDate, entries = [], maker, reviewer, fund, unit } = voucher.event;
    const [number, summary] = [numberOf(voucher), summaryOf(voucher)];
    const ofBook = hasBooks ? [adopted.funds.nameOf(fund), adopted.unitName(unit)] : [];
    return entries.map((entry): Cell[] => [
      businessDate,
      number,
      summary,
      lineNumber(ledgerLine(entry), adopted.chart),
      lineName(ledgerLine(entry), adopted.chart),
      amount(entry.debit),
      amount(entry.credit),
      maker,
      reviewer,
      linked(voucher),
      ...ofBook,
    ]);
  });
}

function voucherBody(voucher: TrailVoucher, chart: Chart): Readonly<Record<string, unknown>> {
  const { line, event } = voucher;
  return {
    id: eventId(line.stream, line.revision),
    date: event.businessDate,
    voucherNumber: numberOf(voucher),
    kind: event.kind,
    fund: event.fund,
    unit: event.unit,
    summary: summaryOf(voucher).zh,
    entries: (event.entries ?? []).map((entry) => ({
      number: lineNumber(ledgerLine(entry), chart),
      name: lineName(ledgerLine(entry), chart).zh,
      ...entry,
    })),
    maker: event.maker,
    reviewer: event.reviewer,
    reverses: event.reverses ?? null,
    corrects: event.corrects ?? null,
    ...becomeOfBody(voucher),
    links: { voucher: voucherAt(eventId(line.stream, line.revision)) },
  };
}
