import { type Text, text } from '../../src/errors.js';
import { dayBefore } from '../../src/time/clock.js';
import { fenColumn, textColumn } from '../fund-balance/sheets.js';
import { type Interval } from '../asking/interval.js';
import { type Cell, type Column, type Sheet } from '../asking/question.js';
import { type Turnover } from '../fund-balance/lines.js';
import { type Linking, lineLink } from '../statements/links.js';
import { comparedTotalsOf, type Drawn, pairsOf, totalsOf } from './body.js';
import { changeCells, changesOf, COMPARED_NOTE, comparedColumns, totalChanges } from './compared.js';
import { type AccountRow, NOTHING } from './tree.js';

const PAIRS: readonly (readonly [string, string])[] = [
  ['期初余额', 'opening'],
  ['本期发生额', 'period'],
  ['本年累计发生额', 'year to date'],
  ['期末余额', 'closing'],
];

const COLUMNS: readonly Column[] = [
  textColumn('科目编码', 'number'),
  textColumn('科目名称', 'account'),
  ...PAIRS.flatMap(([zh, en]) => [fenColumn(`${zh}·借方`, `${en}, debit`), fenColumn(`${zh}·贷方`, `${en}, credit`)]),
];

const TOTAL = text('合计', 'Total');
const CHECK = text('试算平衡（借方－贷方）', 'Check: debit less credit');
const SUMMED = text(
  '各单位账簿相加，上下级往来科目未抵销；抵销后的数见 provincial-consolidation 与收支表。',
  'The books of the units added up; flows between levels are not eliminated: see provincial-consolidation.',
);

/** The statutory columns: 科目编码, 科目名称, and debit and credit of each of four amounts. */
export function trialBalanceSheet(
  { fund, rows }: Drawn,
  linking: Linking,
  interval: Interval,
  other: Interval | undefined,
): Sheet {
  const { from, to } = interval;
  const { scope } = linking;
  const totals = totalsOf(rows);
  const before = comparedTotalsOf(rows);
  const beside = (cells: () => Cell[]): Cell[] => (other ? cells() : []);
  const parts = rows.flatMap(({ level }, index) => (level === 1 ? [index] : []));
  return {
    name: `accounts-${fund.key}`,
    title: text('科目余额表', 'Trial balance'),
    head: [
      text(`险种和制度：${fund.name.zh.replace(/基金$/, '')}`, `Insurance: ${fund.name.en.replace(/ fund$/i, '')}`),
      text(`编制单位：${scope.name.zh}  ${from} 至 ${to}`, `Unit: ${scope.name.en}  ${from} to ${to}`),
    ],
    columns: [...COLUMNS, ...(other ? comparedColumns(other) : [])],
    rows: [
      ...rows.map((row) => [
        row.number,
        setIn(row),
        ...pairsOf(row).flatMap(cellsOf),
        ...beside(() => [
          ...comparedPairs(pairsOf(row.compared ?? NOTHING)).flatMap(cellsOf),
          ...changeCells(changesOf(row)),
        ]),
      ]),
      [
        '',
        TOTAL,
        ...totals.flatMap(bothSides),
        ...beside(() => [...comparedPairs(before).flatMap(bothSides), ...changeCells(totalChanges(totals, before))]),
      ],
      [
        '',
        CHECK,
        ...totals.flatMap(difference),
        ...beside(() => [...comparedPairs(before).flatMap(difference), null, null, null, null]),
      ],
    ],
    marks: [
      ...rows.map((row) => ({ links: linksOf(row, lineLink(linking, fund, 'trial-balance'), interval, other) })),
      { role: 'total' },
    ],
    footing: { rows: [{ total: rows.length, parts, columns: other ? SUMMED_COLUMNS : SUMMED_COLUMNS.slice(0, 8) }] },
    notes: [...(scope.isConsolidated && scope.units.length > 1 ? [SUMMED] : []), ...(other ? [COMPARED_NOTE] : [])],
    checks: totals.map(({ debit, credit }, index) => ({
      says: text(`${PAIRS[index]![0]}：借方 = 贷方`, `${PAIRS[index]![1]}: debit = credit`),
      holds: debit === credit,
    })),
  };
}

/** What each amount of a row is made of: of the days asked about, of the year so far, and of the other period. */
function linksOf(
  { key, isUndivided = false }: AccountRow,
  link: ReturnType<typeof lineLink>,
  { before, to }: Interval,
  other: Interval | undefined,
): (string | undefined)[] {
  const line = isUndivided ? `~${key}` : key;
  const own = link(line, { after: before, to });
  const year = link(line, { after: dayBefore(`${to.slice(0, 4)}-01-01`), to });
  const beside = other && link(line, { after: other.before, to: other.to });
  return [undefined, undefined, own, own, own, own, year, year, own, own, beside, beside, beside, beside];
}

/** Of the pairs of the other period those that are shown: what moved in it, and what stood at its end. */
const comparedPairs = ([, period, , closing]: readonly Turnover[]): Turnover[] => [period!, closing!];

/** The columns of amounts that add up: changes are told of each account's own side, and do not. */
const SUMMED_COLUMNS = Array.from({ length: 12 }, (_, index) => index + 2);

const bothSides = ({ debit, credit }: Turnover): Cell[] => [debit, credit];
const difference = ({ debit, credit }: Turnover): Cell[] => [debit - credit, null];

/** Nothing is printed where nothing is. */
const cellsOf = ({ debit, credit }: Turnover): Cell[] => [debit, credit].map((fen) => (fen === 0n ? null : fen));

function setIn({ name: { zh, en }, depth }: AccountRow): Text {
  const blanks = '  '.repeat(depth);
  return text(blanks + zh, blanks + en);
}
