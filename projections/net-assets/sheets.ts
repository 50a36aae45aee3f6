import { text } from '../../src/errors.js';
import { type Fen } from '../../src/money.js';
import { fenColumn, textColumn } from '../fund-balance/sheets.js';
import { type Interval } from '../asking/interval.js';
import { type Column, type RowFooting, type Sheet } from '../asking/question.js';
import { setIn } from '../statements/compared.js';
import { dayName, headOf } from '../statements/heads.js';
import { type NetPart } from '../statements/net-part.js';
import { type Linking, lineLink } from '../statements/links.js';
import { type ChangeLine, type Changes } from './statement.js';

const NAMES: Readonly<Record<NetPart, Column>> = {
  pool: fenColumn('统筹基金', 'pool'),
  personal: fenColumn('个人账户基金', 'personal accounts'),
  pending: fenColumn('待转基金', 'awaiting their share'),
  risk: fenColumn('风险基金结余', 'risk fund'),
};
const GENERAL = fenColumn('一般基金结余', 'general fund balance');

/** The sum of a line's parts. */
export const totalOf = ({ amounts }: ChangeLine): Fen =>
  Object.values(amounts).reduce((sum: Fen, amount) => sum + amount, 0n);

/** How the net assets of one fund became what they are, a column for each part of them. */
export function changeSheet(
  { fund, parts, lines, ties }: Changes,
  linking: Linking,
  { from, to, before }: Interval,
): Sheet {
  const link = lineLink(linking, fund, 'net-assets');
  const when = text(`${dayName(from).zh}至${dayName(to).zh}`, `${from} to ${to}`);
  const columns = parts.map((part) => (part === 'pool' && !fund.personalAccounts ? GENERAL : NAMES[part]));
  return {
    name: `form-${fund.key}`,
    title: text('净资产变动表', 'Statement of changes in net assets'),
    head: headOf(fund, undefined, linking.scope, when),
    columns: [textColumn('项目（减少以“-”号填列）', 'item (less is negative)'), ...columns, fenColumn('合计', 'total')],
    rows: lines.map((line) => [setIn(line), ...parts.map((part) => line.amounts[part] ?? 0n), totalOf(line)]),
    marks: lines.map(({ key }) => ({
      links: [
        undefined,
        ...[...parts.map((part) => `${key}@${part}`), key].map((line) => link(line, { after: before, to })),
      ],
    })),
    footing: {
      rows: footingOf(lines),
      column: { total: parts.length + 1, plus: parts.map((_, index) => index + 1), minus: [] },
    },
    notes: [CORRECTIONS],
    checks: [{ says: TIE, holds: ties }],
  };
}

/** A line is the sum of those that are set in behind it; the last of all that are not. */
function footingOf(lines: readonly ChangeLine[]): RowFooting[] {
  const last = lines.length - 1;
  const whole = lines.flatMap(({ level }, index) => (level === 0 && index < last ? [index] : []));
  const within = whole.flatMap((total): RowFooting[] => {
    const end = whole.find((index) => index > total) ?? last;
    const parts = Array.from({ length: end - total - 1 }, (_, index) => total + 1 + index);
    return parts.length === 0 ? [] : [{ total, parts }];
  });
  return [...within, { total: last, parts: whole }];
}

const TIE = text(
  '期初净资产与各项变动之和 = 资产负债表净资产',
  'Beginning and all that moved = net assets of the balance sheet',
);

const CORRECTIONS = text(
  '以前年度多记、少记的收支在其他收入、其他支出中；“以前年度更正”为直接调整净资产的部分。',
  'What an earlier year had too much or too little of is in other income and other expenditure; corrections are what ' +
    'was put right in net assets directly.',
);
