import { type Text, text } from '../../src/errors.js';
import { type Fen } from '../../src/money.js';
import { isDay } from '../../src/time/clock.js';
import { fenColumn, textColumn } from '../fund-balance/sheets.js';
import { type Check, type Column, type Footing, type Sheet } from '../asking/question.js';
import { comparedCells, comparedColumns, comparedLinks, setIn } from '../statements/compared.js';
import { dayName, headOf, monthName } from '../statements/heads.js';
import { type StatementPeriod } from '../statements/parameters.js';
import { type Linking, lineLink } from '../statements/links.js';
import { type Drawn, type FormLine } from './statement.js';

const STATEMENT = 'income-expenditure';
const FORM = '会社保02表';
const TITLE = text('收支表', 'Statement of income and expenditure');
const ITEM = textColumn('项目', 'item');

/** The month, or the year, or the days that the statement is of. */
function whenOf({ interval: { to }, current, isMonth, isYearly }: StatementPeriod): Text {
  const upTo = (whole: Text, last: string): Text =>
    to === last ? whole : text(`${whole.zh}（截至${dayName(to).zh}）`, `${whole.en} (to ${to})`);
  if (isYearly) return upTo(text(`${to.slice(0, 4)}年度`, `year ${to.slice(0, 4)}`), `${to.slice(0, 4)}-12-31`);
  if (isMonth) return upTo(monthName(to), lastOfMonth(to));
  return text(`${dayName(current.after).zh}之后至${dayName(to).zh}`, `after ${current.after}, to ${to}`);
}

/** The last day of the month of a day. */
const lastOfMonth = (day: string): string =>
  ['31', '30', '29', '28'].map((last) => `${day.slice(0, 7)}-${last}`).find((each) => isDay(each))!;

const currentColumn = ({ isMonth }: StatementPeriod): Column =>
  isMonth ? fenColumn('本月数', 'month') : fenColumn('本期数', 'period');

/** The form as the Ministry has it: 本月数 and 本年累计数, in a yearly one 本年数 and 上年数. */
export function formSheet({ fund, lines }: Drawn, linking: Linking, period: StatementPeriod): Sheet {
  const { current, year, lastYear, isYearly } = period;
  const link = lineLink(linking, fund, STATEMENT);
  const spans = isYearly ? [year, lastYear] : [current, year];
  const columns = period.isYearly
    ? [fenColumn('本年数', 'this year'), fenColumn('上年数', 'last year')]
    : [currentColumn(period), fenColumn('本年累计数', 'year to date')];
  return {
    name: `form-${fund.key}`,
    title: TITLE,
    head: headOf(fund, FORM, linking.scope, whenOf(period)),
    columns: [ITEM, ...columns],
    rows: lines.map((line) => [setIn(line), ...line.amounts]),
    marks: lines.map(({ key }) => ({ links: [undefined, ...spans.map((span) => link(key, span))] })),
    checks: checksOf(
      lines,
      columns.map(({ name }) => name),
    ),
    footing: footingOf(lines),
  };
}

/** The same lines beside those of the same days a year earlier. */
export function comparisonSheet({ fund, compared }: Drawn, linking: Linking, period: StatementPeriod): Sheet {
  const link = lineLink(linking, fund, STATEMENT);
  const current = currentColumn(period);
  const before = period.isMonth
    ? fenColumn('上年同月数', 'same month last year')
    : fenColumn('上年同期数', 'same period last year');
  return {
    name: `comparison-${fund.key}`,
    title: text('收支表与上年同期比较', 'Income and expenditure beside the same period of last year'),
    head: headOf(fund, FORM, linking.scope, whenOf(period)),
    columns: [
      ITEM,
      ...comparedColumns(current, before),
      ...comparedColumns(
        fenColumn('本年累计数', 'year to date'),
        fenColumn('上年同期累计数', 'last year to the same day'),
      ),
    ],
    rows: compared.map((line) => {
      const [now, then, year, yearBefore] = line.amounts;
      return [setIn(line), ...comparedCells(now!, then!), ...comparedCells(year!, yearBefore!)];
    }),
    marks: compared.map(({ key }) => ({
      links: [
        undefined,
        ...comparedLinks(link(key, period.current), link(key, period.currentBefore)),
        ...comparedLinks(link(key, period.year), link(key, period.yearBefore)),
      ],
    })),
    footing: footingOf(compared),
  };
}

/** Whether what came less what went is the surplus, column by column. */
function checksOf(lines: readonly FormLine[], columns: readonly Text[]): Check[] {
  const surplus = lines.find(({ key }) => key === 'surplus')!;
  return columns.map((name, index) => {
    const sum = (...kinds: readonly string[]): Fen =>
      lines.reduce(
        (total, { key, amounts }) => (kinds.some((kind) => key.endsWith(kind)) ? total + amounts[index]! : total),
        0n,
      );
    return {
      says: text(`${name.zh}：收入 − 支出 = 本期基金结余`, `${name.en}: income − expenditure = surplus of the period`),
      holds: sum('-income', '/pending') - sum('-expenditure') === surplus.amounts[index]!,
    };
  });
}

/** A line is the sum of those that are set in one step more behind it. */
function footingOf(lines: readonly FormLine[]): Footing {
  const rows = lines.flatMap(({ level }, total) => {
    const end = lines.findIndex((line, index) => index > total && line.level <= level);
    const within = lines.slice(total + 1, end < 0 ? undefined : end);
    const parts = within.flatMap((line, index) => (line.level === level + 1 ? [total + 1 + index] : []));
    return parts.length === 0 ? [] : [{ total, parts }];
  });
  return { rows };
}
