import { type Text, text } from '../../src/errors.js';
import { type Fund } from '../../src/reference/adopted.js';
import { fenColumn, textColumn } from '../fund-balance/sheets.js';
import { type Interval } from '../asking/interval.js';
import { type Cell, type Check, type Sheet } from '../asking/question.js';
import { comparedCells, comparedColumns, comparedLinks, setIn } from '../statements/compared.js';
import { dayName, headOf } from '../statements/heads.js';
import { type Linking, lineLink } from '../statements/links.js';
import { type Span } from '../statements/parameters.js';
import { besideEachOther, columnsOf, footingOf } from '../statements/two-sided.js';
import { type BalanceSheet, type SheetLine } from './statement.js';

const STATEMENT = 'balance-sheet';
const FORM = '会社保01表';

/** The balance sheet of one fund, with what it is of. */
export interface Drawn {
  readonly fund: Fund;
  readonly sheet: BalanceSheet;
  /** Whether both sides are equal, at the beginning and at the end. */
  readonly balanced: Balanced;
}

/** Whether assets are liabilities and net assets, by column. */
export interface Balanced {
  readonly beginning: boolean;
  readonly end: boolean;
}

/** What stands over it: of which days its columns are. */
export interface Head {
  readonly linking: Linking;
  readonly interval: Interval;
  /** The same days a year earlier. */
  readonly yearBefore: Span;
  /** Whether its first column is of the beginning of the year, as the form has it. */
  readonly isOfYear: boolean;
}

/** The columns of a side: what stood at the beginning, and what stands at the end. */
const amountsOf = ({ isOfYear }: Head) => [
  isOfYear ? fenColumn('年初余额', 'at the beginning of the year') : fenColumn('期初余额', 'at the beginning'),
  fenColumn('期末余额', 'at the end'),
];

/** The form as the Ministry has it: assets beside liabilities and net assets, both totals in the last row. */
export function formSheet({ fund, sheet, balanced }: Drawn, head: Head): Sheet {
  const { linking, interval } = head;
  const { before: after, to } = interval;
  const link = lineLink(linking, fund, STATEMENT);
  const linksOf = ({ key, amounts }: SheetLine): (string | undefined)[] => {
    const own = amounts && link(key, { after, to });
    return [own, own];
  };
  const side = (lines: readonly SheetLine[]) => ({ lines, cellsOf, linksOf, width: 2, amounts: [0, 1] });
  return {
    name: `form-${fund.key}`,
    title: text('资产负债表', 'Balance sheet'),
    head: headOf(fund, FORM, linking.scope, dayName(to)),
    columns: [
      ...columnsOf(textColumn('资产', 'assets'), amountsOf(head)),
      ...columnsOf(textColumn('负债和净资产', 'liabilities and net assets'), amountsOf(head)),
    ],
    ...besideEachOther(side(sheet.left), side(sheet.right)),
    checks: checksOf(head, balanced),
  };
}

function cellsOf({ amounts = [] }: SheetLine): Cell[] {
  const [beginning, end] = amounts;
  return [beginning ?? null, end ?? null];
}

/** Whether both sides are equal, at the beginning and at the end. */
function checksOf({ isOfYear }: Head, { beginning, end }: Balanced): Check[] {
  const equal = ({ zh, en }: Text): Text =>
    text(`${zh}：资产总计 = 负债与净资产总计`, `${en}: total assets = total liabilities and net assets`);
  const first = isOfYear ? text('年初', 'beginning of the year') : text('期初', 'beginning');
  return [
    { says: equal(first), holds: beginning },
    { says: equal(text('期末', 'end')), holds: end },
  ];
}

/** What stands on each line beside what stood there on the same day of the year before. */
export function comparisonSheet({ fund, sheet }: Drawn, { linking, interval, yearBefore }: Head): Sheet {
  const { before: after, to } = interval;
  const link = lineLink(linking, fund, STATEMENT);
  const lines = [...sheet.left, ...sheet.right];
  return {
    name: `comparison-${fund.key}`,
    title: text('资产负债表与上年同期比较', 'Balance sheet beside the same day of last year'),
    head: headOf(fund, FORM, linking.scope, dayName(to)),
    columns: [
      textColumn('项目', 'item'),
      ...comparedColumns(fenColumn('期末余额', 'at the end'), fenColumn('上年同期余额', 'same day last year')),
    ],
    rows: lines.map((line) => {
      const [, end, earlier] = line.amounts ?? [];
      return [setIn(line), ...(line.amounts ? comparedCells(end!, earlier!) : [null, null, null, null])];
    }),
    marks: lines.map(({ key, amounts }) =>
      amounts
        ? { links: [undefined, ...comparedLinks(link(key, { after, to }), link(key, yearBefore))] }
        : { role: 'heading' },
    ),
    footing: { rows: footingOf(lines, [1, 2, 3]) },
  };
}
