import { type Adopted, type Fund, type Unit } from '../../src/reference/adopted.js';
import { type Direction, stateOf, type TransferState } from '../../src/books/transfers.js';
import { type Text, text } from '../../src/errors.js';
import { formatFen } from '../../src/money.js';
import { type Interval, type Shown } from '../asking/interval.js';
import { countColumn, fenColumn, textColumn, titleOf } from '../fund-balance/sheets.js';
import { addConsolidations, type Consolidation } from '../fund-balance/statement.js';
import { accountAt, ofDays, voucherAt } from '../asking/addresses.js';
import { type Cell, type Check, type Column, type Mark, type Sheet } from '../asking/question.js';
import { PAIRS } from './projection.js';
import { type OpenTransfer, type UnitFlow } from './transfers.js';
import { consolidatedRow, eliminationRow, type Worksheet, type WorksheetRow } from './worksheet.js';

export const DIRECTION: Readonly<Record<Direction, Text>> = {
  up: text('上解', 'remitted up'),
  down: text('补助下级', 'funded down'),
};
export const STATE: Readonly<Record<TransferState, Text>> = {
  matched: text('相符', 'matched'),
  'in-transit': text('在途', 'in transit'),
  'received-not-sent': text('已收未付', 'received, not sent'),
};
const PAIR: Readonly<Record<Direction, Text>> = {
  up: text('上解上级支出 ↔ 下级上解收入', 'remittances up ↔ remittances received'),
  down: text('补助下级支出 ↔ 上级补助收入', 'funding down ↔ funding received'),
};

/** What people call a unit; nothing where none is named. */
export const unitName = (adopted: Adopted, code: string | null): Cell =>
  code === null ? null : adopted.unitName(code);

/** What makes less of the money in transit than is on its way, or even a negative: said where there is some. */
function receivedNotSentNotes(
  { funds: known }: Adopted,
  open: readonly OpenTransfer[],
  funds: readonly string[],
): Text[] {
  return funds.flatMap((key) => {
    const ahead = open.filter((each) => each.fund === key && stateOf(each) === 'received-not-sent');
    if (ahead.length === 0) return [];
    const sum = formatFen(ahead.reduce((total, { sent, received }) => total + received - sent, 0n));
    const { zh, en } = known.nameOf(key);
    return [
      text(
        `${zh}：已收未付 ${ahead.length} 笔 ${sum} 元，收到单位已入账而付出单位尚未入账，已从在途中减去。`,
        `${en}: ${sum} yuan in ${ahead.length} transfers received but not yet sent, taken off what is in transit.`,
      ),
    ];
  });
}

const SUMMARY_COLUMNS: readonly Column[] = [
  textColumn('基金', 'fund'),
  fenColumn('汇总收入', 'naive income'),
  fenColumn('汇总支出', 'naive expenditure'),
  fenColumn('抵销收入', 'eliminated income'),
  fenColumn('抵销支出', 'eliminated expenditure'),
  fenColumn('合并期初', 'opening'),
  fenColumn('合并收入', 'income'),
  fenColumn('合并支出', 'expenditure'),
  fenColumn('合并期末', 'closing'),
  fenColumn('其中在途', 'of which in transit'),
];

/** Naive sums, what is eliminated, and the consolidated figures of each fund. */
export function summarySheet(
  adopted: Adopted,
  sheets: readonly Worksheet[],
  open: readonly OpenTransfer[],
  interval: Shown,
): Sheet {
  const row = (name: Text, { naive, eliminated, consolidated, inTransit }: Consolidation): Cell[] => [
    name,
    naive.income,
    naive.expenditure,
    eliminated.income,
    eliminated.expenditure,
    consolidated.opening,
    consolidated.income,
    consolidated.expenditure,
    consolidated.closing,
    inTransit.closing,
  ];
  const basic = sheets.filter(({ fund }) => fund.basicInsurance);
  const beside = sheets.filter(({ fund }) => !fund.basicInsurance);
  const total = addConsolidations(basic.map(({ totals }) => totals));
  const totalRow = basic.length > 1 ? [row(text('基本医疗保险合计', 'Basic medical insurance total'), total)] : [];
  const parts = basic.map((_, index) => index);
  return {
    name: 'summary',
    title: titleOf(text('省级汇总', 'Provincial consolidation'), interval),
    columns: SUMMARY_COLUMNS,
    rows: [
      ...basic.map(({ fund, totals }) => row(fund.name, totals)),
      ...totalRow,
      ...beside.map(({ fund, totals }) => row(fund.name, totals)),
    ],
    marks: [
      ...basic.map(({ fund }) => summaryMark(fund, interval)),
      ...totalRow.map((): Mark => ({ role: 'total' })),
      ...beside.map(({ fund }) => summaryMark(fund, interval)),
    ],
    checks: checksOf(sheets),
    unit: 'wan',
    footing: {
      ...(totalRow.length > 0 && { rows: [{ total: basic.length, parts }] }),
      column: { total: 8, plus: [5, 6], minus: [7] },
    },
    notes: receivedNotSentNotes(
      adopted,
      open,
      sheets.map(({ fund }) => fund.key),
    ),
  };
}

/** What must tie in each fund: its balance with what came and went, and with its books and what is in transit. */
const checksOf = (sheets: readonly Worksheet[]): Check[] => [
  {
    says: text('合并期初 + 合并收入 − 合并支出 = 合并期末', 'opening + income − expenditure = closing, consolidated'),
    holds: sheets.every(
      ({ totals: { consolidated: all } }) => all.opening + all.income - all.expenditure === all.closing,
    ),
  },
  {
    says: text('各账簿期末之和 + 在途 = 合并期末', 'books + in transit = consolidated closing'),
    holds: sheets.every(({ totals: all }) => all.naive.closing + all.inTransit.closing === all.consolidated.closing),
  },
];

/** What a fund's figures lead to: what its books have, who paid whom, its statement as one, and what is on its way. */
function summaryMark({ key: fund }: Fund, shown: Shown): Mark {
  const books = ofDays('balances', { fund }, shown);
  const flows = ofDays('pooling-matrix', { fund }, shown);
  const statement = ofDays('income-expenditure', { fund }, shown);
  const balance = ofDays('trial-balance', { fund }, shown);
  const transit = ofDays('registers', { fund, register: 'in-transit' }, shown);
  return { links: [undefined, books, books, flows, flows, balance, statement, statement, balance, transit] };
}

/** The two pairs of eliminated accounts of each fund. */
export function eliminationSheet(sheets: readonly Worksheet[], interval: Shown): Sheet {
  return {
    name: 'eliminations',
    title: titleOf(text('抵销', 'Eliminations'), interval),
    columns: [
      textColumn('基金', 'fund'),
      textColumn('抵销科目', 'pair'),
      fenColumn('付出', 'sent'),
      fenColumn('收到', 'received'),
      fenColumn('差额', 'difference'),
    ],
    rows: sheets.flatMap(({ fund, eliminations }) =>
      eliminations.map(({ direction, sent, received, difference }) => [
        fund.name,
        PAIR[direction],
        sent,
        received,
        difference,
      ]),
    ),
    marks: sheets.flatMap(({ fund, eliminations }) =>
      eliminations.map(({ direction }): Mark => {
        const [sent, received] = [PAIRS[direction].sent, PAIRS[direction].received].map((account) =>
          accountAt(fund.key, undefined, account, interval),
        );
        const open = ofDays('registers', { fund: fund.key, register: 'in-transit' }, interval);
        return { links: [undefined, undefined, sent, received, open] };
      }),
    ),
  };
}

/**
 * What has left one book and not reached the other, and what has reached one and not left the other, by transfer.
 * Listed, never forced.
 */
export function transitSheet(adopted: Adopted, open: readonly OpenTransfer[], { to }: Interval): Sheet {
  return {
    name: 'in-transit',
    title: text(`在途资金 截至 ${to}`, `In transit at the end of ${to}`),
    columns: [
      textColumn('基金', 'fund'),
      textColumn('往来号', 'transfer'),
      textColumn('方向', 'direction'),
      textColumn('状态', 'state'),
      textColumn('付出单位', 'sender'),
      textColumn('收到单位', 'receiver'),
      textColumn('付出日期', 'sent on'),
      textColumn('收到日期', 'received on'),
      countColumn('付出笔数', 'sendings'),
      countColumn('收到笔数', 'receipts'),
      fenColumn('付出', 'sent'),
      fenColumn('收到', 'received'),
      fenColumn('差额', 'difference'),
      textColumn('已冲销一方', 'one side taken back by'),
    ],
    rows: open.map((each) => [
      adopted.funds.nameOf(each.fund),
      each.transferId,
      DIRECTION[each.direction],
      STATE[stateOf(each)],
      unitName(adopted, each.sender),
      unitName(adopted, each.receiver),
      each.sentOn,
      each.receivedOn,
      each.sendings,
      each.receipts,
      each.sent,
      each.received,
      each.sent - each.received,
      each.takenBackBy.join(' '),
    ]),
    marks: open.map(({ sentBy, receivedBy, takenBackBy }): Mark => {
      const [sent, received, back] = [sentBy[0], receivedBy[0], takenBackBy[0]].map((id) => id && voucherAt(id));
      const none = undefined;
      const before = [none, none, none, none, none, none];
      return { links: [...before, sent, received, sent, received, sent, received, none, back] };
    }),
  };
}

const COLUMNS = ['opening', 'ownIncome', 'fromAbove', 'fromBelow', 'ownExpenditure', 'toBelow', 'toAbove', 'closing'];

/** Each fund has a worksheet of its own. */
export const worksheetName = ({ key }: Pick<Fund, 'key'>): string => `worksheet-${key}`;

/**
 * The units of a fund one beneath the other, each with a subtotal behind those below it, their sum, the eliminations,
 * what is in transit, and the province.
 */
export function worksheetSheet(adopted: Adopted, worksheet: Worksheet, interval: Shown): Sheet {
  const { fund, naive, totals } = worksheet;
  const cells = (name: Cell, row: Partial<WorksheetRow>): Cell[] => [
    name,
    ...COLUMNS.map((column) => row[column as keyof WorksheetRow] ?? null),
  ];
  const lines = unitLines(worksheet);
  const sum = lines.length;
  return {
    name: worksheetName(fund),
    title: titleOf(text(`${fund.name.zh}合并工作底稿`, `${fund.name.en}: consolidation worksheet`), interval),
    columns: [
      textColumn('核算单位', 'unit'),
      fenColumn('期初结余', 'opening'),
      fenColumn('本级收入', 'own income'),
      fenColumn('上级补助收入', 'from above'),
      fenColumn('下级上解收入', 'from below'),
      fenColumn('本级支出', 'own expenditure'),
      fenColumn('补助下级支出', 'to below'),
      fenColumn('上解上级支出', 'to above'),
      fenColumn('期末结余', 'closing'),
    ],
    rows: [
      ...lines.map(({ unit, row, isSubtotal }) => {
        const { zh, en } = adopted.unitName(unit.code);
        return cells(isSubtotal ? text(`小计 ${zh}及下级`, `Subtotal ${en} and below`) : text(zh, en), row);
      }),
      cells(text('汇总', 'Sum of books'), naive),
      cells(text('抵销', 'Eliminated'), eliminationRow(naive)),
      cells(text('在途', 'In transit'), totals.inTransit),
      cells(text('合并', 'Consolidated'), consolidatedRow(totals)),
    ],
    marks: [
      ...lines.map(({ unit, isSubtotal }): Mark =>
        isSubtotal ? { role: 'subtotal' } : unitMark(fund, unit, interval),
      ),
      {},
      {},
      {
        links: [
          undefined,
          ...COLUMNS.map(() => ofDays('registers', { fund: fund.key, register: 'in-transit' }, interval)),
        ],
      },
      { role: 'total' },
    ],
    footing: {
      rows: [
        { total: sum, parts: lines.flatMap(({ isSubtotal }, index) => (isSubtotal ? [] : [index])) },
        { total: sum + 3, parts: [sum, sum + 1, sum + 2] },
      ],
      column: { total: 8, plus: [1, 2, 3, 4], minus: [5, 6, 7] },
    },
  };
}

/** What the figures of a unit lead to: its balances, its statement, and its accounts of what levels pay each other. */
function unitMark({ key: fund }: Fund, { code: unit }: Unit, shown: Shown): Mark {
  const balance = ofDays('trial-balance', { fund, unit }, shown);
  const statement = ofDays('income-expenditure', { fund, unit }, shown);
  const account = (key: string): string => accountAt(fund, unit, key, shown);
  const taken = [account(PAIRS.down.received), account(PAIRS.up.received)];
  const given = [account(PAIRS.down.sent), account(PAIRS.up.sent)];
  return { links: [undefined, balance, statement, ...taken, statement, ...given, balance] };
}

interface UnitLine {
  readonly unit: Unit;
  readonly row: WorksheetRow;
  readonly isSubtotal: boolean;
}

/** The units in their order, and behind the last of each subtree its subtotal. */
function unitLines({ units, subtotals }: Worksheet): UnitLine[] {
  const lines: UnitLine[] = [];
  for (const [index, { unit, row }] of units.entries()) {
    lines.push({ unit, row, isSubtotal: false });
    const next = units[index + 1]?.unit.code;
    // The innermost ends first.
    const ended = subtotals.filter((each) => each.units.has(unit.code) && !(next && each.units.has(next))).toReversed();
    for (const subtotal of ended) lines.push({ unit: subtotal.unit, row: subtotal.row, isSubtotal: true });
  }
  return lines;
}

/** Who sent whom how much in the interval, and what arrived in it. */
export function flowSheet(adopted: Adopted, flows: readonly UnitFlow[], interval: Shown): Sheet {
  return {
    name: 'flows',
    title: titleOf(text('上下级资金往来', 'Flows between units'), interval),
    columns: [
      textColumn('基金', 'fund'),
      textColumn('方向', 'direction'),
      textColumn('付出单位', 'sender'),
      textColumn('收到单位', 'receiver'),
      fenColumn('付出', 'sent'),
      fenColumn('收到', 'received'),
      fenColumn('差额', 'difference'),
    ],
    rows: flows.map(({ fund, direction, sender, receiver, sent, received }) => [
      adopted.funds.nameOf(fund),
      DIRECTION[direction],
      unitName(adopted, sender),
      unitName(adopted, receiver),
      sent,
      received,
      sent - received,
    ]),
    marks: flows.map((flow): Mark => {
      const [sent, received] = flowAt(flow, interval);
      return { links: [undefined, undefined, undefined, undefined, sent, received] };
    }),
  };
}

/** Where both sides of what one unit paid another are: the account of each in its own book. */
export function flowAt({ fund, direction, sender, receiver }: Omit<UnitFlow, 'sent' | 'received'>, shown: Shown) {
  const side = (unit: string | null, account: string): string | undefined =>
    unit === null ? undefined : accountAt(fund, unit, account, shown);
  return [side(sender, PAIRS[direction].sent), side(receiver, PAIRS[direction].received)] as const;
}
