import { lineName, lineNumber } from '../../src/books/ledger-lines.js';
import { type Text, text } from '../../src/errors.js';
import { eventId } from '../../src/event-store/event-store.js';
import { momentText } from '../../src/time/moment.js';
import { type Fen, formatFen } from '../../src/money.js';
import { type Adopted } from '../../src/reference/adopted.js';
import { numberOf } from '../audit-trail/body.js';
import { summaryOf } from '../audit-trail/summary.js';
import { addressOf, voucherAt } from '../asking/addresses.js';
import { type Cell, type Check, type Mark, type Sheet } from '../asking/question.js';
import { fenColumn, textColumn } from '../fund-balance/sheets.js';
import { type AccountDifference } from './drawn.js';
import { type Point } from './points.js';
import { type Between, type Mismatch, type Reading } from './reading.js';

const FUND = textColumn('基金', 'fund');
const UNIT = textColumn('核算单位', 'unit');
const ACCOUNT = [textColumn('科目编码', 'number'), textColumn('科目名称', 'account')];
const COMPARED = [
  fenColumn('本时点余额', 'balance at this point'),
  fenColumn('对比时点余额', 'balance at the other point'),
  fenColumn('差额', 'difference'),
];
const TOTAL = text('合计', 'Total');
const SIDES = text('借方余额为正，贷方余额为负。', 'Debit balances are positive, credit balances negative.');

function headOf({ at, against, scope }: Reading): Text[] {
  const point = ({ day, position }: Point): Text =>
    text(`业务日期截至 ${day}，入账截至位置 ${position}`, `business days to ${day}, recorded by position ${position}`);
  return [
    text(`编制单位：${scope.name.zh}`, `Unit: ${scope.name.en}`),
    text(`本时点：${point(at).zh}`, `This point: ${point(at).en}`),
    text(`对比时点：${point(against).zh}`, `The other point: ${point(against).en}`),
  ];
}

/** What differs by account. */
export function accountSheet(reading: Reading, accounts: readonly AccountDifference[]): Sheet {
  const rows = accounts.map(({ fund, number, name, at, against, difference }): Cell[] => [
    fund.name,
    number,
    name,
    at,
    against,
    difference,
  ]);
  const marks = accounts.map((account): Mark => ({
    links: [undefined, undefined, undefined, ...pointLinks(reading, account), narrowedTo(reading, account, undefined)],
  }));
  const differences = accounts.reduce((sum, { difference }) => sum + difference, 0n);
  return {
    name: 'accounts',
    title: text('两个时点的差异', 'What differs between two points'),
    head: headOf(reading),
    columns: [FUND, ...ACCOUNT, ...COMPARED],
    rows: [...rows, ['', '', TOTAL, null, null, differences]],
    marks: [...marks, { role: 'total' }],
    notes: [SIDES],
  };
}

/**
 * The ledger of an account up to each point, from the beginning of its year. Of several units there is no one ledger:
 * they are told one by one.
 */
function pointLinks({ at, against, scope }: Reading, { fund, line }: AccountDifference, unit?: string) {
  const of = unit ?? (scope.units.length === 1 ? scope.units[0] : undefined);
  if (of === undefined) return [undefined, undefined];
  return [at, against].map(({ day, position }) => {
    const recordedAsOf = momentText({ form: 'position', position });
    return addressOf('account-ledger', { fund: fund.key, unit: of, account: line, to: day, recordedAsOf });
  });
}

/** The same difference of one account alone, with its vouchers; of one unit, where it is named. */
function narrowedTo(
  { at, against, scope }: Reading,
  { fund, line }: AccountDifference,
  unit: string | undefined,
): string {
  const own = scope.units[0];
  return addressOf('difference', {
    fund: fund.key,
    unit: unit ?? own,
    scope: unit === undefined && scope.isConsolidated ? 'consolidated' : undefined,
    account: line,
    asOf: at.day,
    recordedAsOf: momentText({ form: 'position', position: at.position }),
    againstAsOf: against.day,
    againstRecordedAsOf: momentText({ form: 'position', position: against.position }),
  });
}

/** What differs by account and unit. */
export function unitSheet(reading: Reading, accounts: readonly AccountDifference[]): Sheet {
  const marks = accounts.flatMap((account) =>
    account.units.map(({ unit }): Mark => {
      const points = pointLinks(reading, account, unit);
      return { links: [undefined, undefined, undefined, undefined, ...points, narrowedTo(reading, account, unit)] };
    }),
  );
  return {
    marks,
    name: 'units',
    title: text('两个时点的差异：各核算单位', 'What differs between two points, unit by unit'),
    head: headOf(reading),
    columns: [FUND, UNIT, ...ACCOUNT, ...COMPARED],
    rows: accounts.flatMap(({ fund, number, name, units }) =>
      units.map(({ name: ofUnit, at, against, difference }): Cell[] => [
        fund.name,
        ofUnit,
        number,
        name,
        at,
        against,
        difference,
      ]),
    ),
    notes: [SIDES],
  };
}

/** The vouchers that make the difference, without their rows: one for each account that a voucher moves. */
export const voucherSheet = (reading: Reading): Omit<Sheet, 'rows'> => ({
  name: 'vouchers',
  title: text('造成差异的凭证', 'The vouchers between two points'),
  head: headOf(reading),
  columns: [
    textColumn('业务日期', 'business date'),
    textColumn('凭证字号', 'voucher'),
    textColumn('入账时间', 'recorded at'),
    FUND,
    UNIT,
    textColumn('摘要', 'summary'),
    ...ACCOUNT,
    fenColumn('对差额的影响', 'effect on the difference'),
    textColumn('列于', 'stands'),
    textColumn('途径', 'through'),
  ],
});

const STANDS_AT: Readonly<Record<Between['standsAt'], Text>> = {
  point: text('仅本时点', 'at this point only'),
  against: text('仅对比时点', 'at the other point only'),
};
const THROUGH: Readonly<Record<Between['through'], Text>> = {
  dated: text('业务日期', 'business day'),
  recorded: text('入账时间', 'time of recording'),
  both: text('业务日期与入账时间', 'both'),
};

export function voucherRows(between: readonly Between[], adopted: Adopted): Cell[][] {
  return between.flatMap(({ voucher, standsAt, through, effects }) => {
    const { businessDate, recordedAt, fund, unit } = voucher.event;
    const [number, summary] = [numberOf(voucher), summaryOf(voucher)];
    return [...effects].map(([line, fen]): Cell[] => [
      businessDate,
      number,
      recordedAt,
      adopted.funds.nameOf(fund),
      adopted.unitName(unit),
      summary,
      lineNumber(line, adopted.chart),
      lineName(line, adopted.chart),
      fen,
      STANDS_AT[standsAt],
      THROUGH[through],
    ]);
  });
}

/** The number of each row of a voucher leads to it. */
export const voucherMarks = (between: readonly Between[]): Mark[] =>
  between.flatMap(({ voucher: { line }, effects }) => {
    const to = voucherAt(eventId(line.stream, line.revision));
    return [...effects].map(() => ({ links: [undefined, to] }));
  });

/** A line of the sums of the vouchers. */
export const sumRow = (name: Text, fen: Fen | null): Cell[] => ['', '', '', '', '', name, '', '', fen, '', ''];

export const BROUGHT_FORWARD = text('承前页', 'Brought forward');
export const PAGE_TOTAL = text('本页合计', 'Total of the page');
export const CARRIED_FORWARD = text('过次页', 'Carried forward');
export const ALL = text('合计（即差额）', 'Total, which is the difference');

/** The check line: whether what the vouchers come to is, on every account of every book, what the balances say. */
export function checkOf(mismatches: readonly Mismatch[]): Check {
  const [first] = mismatches;
  const says = text(
    '凭证影响合计 = 余额之差（逐账簿、逐科目）',
    "the vouchers' effects = the differences of the balances, account by account in every book",
  );
  if (!first) return { says, holds: true };
  const { book, line, vouchers, balances } = first;
  const [said, expected] = [formatFen(vouchers), formatFen(balances)];
  return {
    says: text(
      `${says.zh}：${mismatches.length} 处不符，如 ${book} ${line} 凭证 ${said}，余额 ${expected}`,
      `${says.en}: not in ${mismatches.length} places, e.g. ${book} ${line} vouchers ${said}, balances ${expected}`,
    ),
    holds: false,
  };
}

/** The same as the last row of an export, which has been written by the time it is known. */
export function checkRow(mismatches: readonly Mismatch[]): Cell[] {
  const { says, holds } = checkOf(mismatches);
  const mark = holds ? '✓' : '✗';
  return sumRow(text(`${says.zh} ${mark}`, `${says.en} ${mark}`), null);
}
