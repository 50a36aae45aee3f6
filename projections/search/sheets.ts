import { type Text, text } from '../../src/errors.js';
import { parseFen } from '../../src/money.js';
import { type Cell, type Mark, type Sheet } from '../asking/question.js';
import { fenColumn, textColumn } from '../fund-balance/sheets.js';
import { type Hit } from './named.js';

/** What was found of one kind. */
export interface Group {
  readonly kind: string;
  readonly name: Text;
  readonly hits: readonly Hit[];
  /** Whether there may be more, and the question that lists all of them. */
  readonly isMore: boolean;
  readonly more: string | null;
}

const ALL_OF_THEM = text('还有更多：列出全部', 'there are more: list all of them');

/**
 * What was found under the name of its kind; a name leads to what it is.
 * @param since the business day back to which vouchers were looked at; null: all of them were
 */
export function hitSheet(groups: readonly Group[], since: string | null): Sheet {
  const lines = groups.flatMap(linesOf);
  return {
    name: 'hits',
    title: text('查找', 'Search'),
    columns: [
      textColumn('名称', 'name'),
      textColumn('说明', 'detail'),
      fenColumn('金额', 'amount'),
      textColumn('编号', 'id'),
    ],
    rows: lines.map(({ cells }) => cells),
    marks: lines.map(({ mark }) => mark),
    notes: since === null ? [] : [lookedBackTo(since)],
  };
}

interface Line {
  readonly cells: readonly Cell[];
  readonly mark: Mark;
}

const linesOf = ({ name, hits, isMore, more }: Group): Line[] => [
  { cells: [name, null, null, null], mark: { role: 'heading' } },
  ...hits.map(({ label, detail, amount, id, to }): Line => ({
    cells: [label, detail, amount === null ? null : parseFen(amount), id ?? null],
    mark: { links: [to] },
  })),
  ...(isMore && more !== null ? [{ cells: [ALL_OF_THEM, null, null, null], mark: { links: [more] } }] : []),
];

const lookedBackTo = (day: string): Text =>
  text(
    `凭证只查到此业务日期为止，更早的见“全部”：${day}`,
    `Vouchers were looked at back to this business day, those before are in “all of them”: ${day}`,
  );
