import { type Adopted } from '../../src/reference/adopted.js';
import { type Text, text } from '../../src/errors.js';
import { parseFen } from '../../src/money.js';
import { findKind } from '../../src/catalogue/registry.js';
import { numberOf } from '../audit-trail/body.js';
import { voucherAt } from '../asking/addresses.js';
import { type Cell, type Column, type Mark, type Sheet } from '../asking/question.js';
import { type Group, type Member } from './groups.js';
import { type Sums } from './sums.js';

const textColumn = (zh: string, en: string): Column => ({ name: text(zh, en), kind: 'text' });
const countColumn = (zh: string, en: string): Column => ({ name: text(zh, en), kind: 'count' });
const fenColumn = (zh: string, en: string): Column => ({ name: text(zh, en), kind: 'fen' });

const kindName = (kind: string): Text | string => findKind(kind)?.name ?? kind;

/** Every voucher of every group; its rows stand together under the number of their group. */
export const GROUP_SHEET: Omit<Sheet, 'rows'> = {
  name: 'duplicates',
  title: text('疑似重复', 'Likely duplicates'),
  columns: [
    countColumn('组', 'group'),
    textColumn('业务日期', 'business date'),
    textColumn('基金', 'fund'),
    textColumn('核算单位', 'unit'),
    textColumn('种类', 'kind'),
    textColumn('对方', 'counterparty'),
    fenColumn('金额', 'amount'),
    textColumn('原始凭证', 'evidence'),
    textColumn('凭证号', 'number'),
    textColumn('编号', 'id'),
    textColumn('入账时间', 'recorded at'),
    textColumn('来源', 'came by'),
    textColumn('疑点', 'finding'),
    textColumn('冲销', 'reversal'),
  ],
};

/** The rows of a group, which is numbered from 1. */
export const groupRows = (adopted: Adopted, group: Group, number: number): Cell[][] =>
  group.members.map((member) => [number, ...cellsOf(adopted, group, member)]);

/** The groups listed, and how many there are. */
export function groupSheet(adopted: Adopted, listed: readonly Group[], { open, settled }: Sums): Sheet {
  return {
    ...GROUP_SHEET,
    rows: listed.flatMap((group, index) => groupRows(adopted, group, index + 1)),
    marks: listed.flatMap(({ members }) =>
      members.map(({ id, reversedBy }): Mark => {
        const none = undefined;
        const own = voucherAt(id);
        const back = reversedBy === undefined ? none : voucherAt(reversedBy);
        return { links: [none, none, none, none, none, none, own, none, own, own, none, none, none, back] };
      }),
    ),
    notes: [
      text(`疑似重复 ${open} 组`, `groups of likely duplicates: ${open}`),
      ...(settled > 0 ? [text(`另有 ${settled} 组已冲销`, `${settled} more were settled by a reversal`)] : []),
    ],
    notListed: open - listed.length,
  };
}

function cellsOf(
  { fundsOrAll, units }: Adopted,
  { event, counterparty }: Group,
  { id, event: own, reversedBy, hasFinding }: Member,
): Cell[] {
  const { businessDate, fund, unit, kind, amount, evidence } = event;
  const { key, source, line } = own;
  return [
    businessDate,
    fundsOrAll.nameOf(fund),
    units.nameOf(unit),
    kindName(kind),
    counterparty,
    parseFen(amount!),
    `${evidence.kind} ${evidence.number}`,
    numberOf({ event: own }),
    id,
    own.recordedAt,
    source === undefined
      ? text(`键 ${key}`, `key ${key}`)
      : text(`文件 ${source} 第 ${line} 行`, `file ${source} line ${line}`),
    hasFinding ? text('入账时已提示', 'found when recorded') : '',
    reversedBy === undefined ? '' : text(`被 ${reversedBy} 冲销`, `taken back by ${reversedBy}`),
  ];
}

/** What may be too much, by fund and kind: of each group all that stand but the first. */
export const SUM_SHEET: Omit<Sheet, 'rows'> = {
  name: 'sums',
  title: text('可能多记', 'What may be too much'),
  columns: [
    textColumn('基金', 'fund'),
    textColumn('种类', 'kind'),
    countColumn('组数', 'groups'),
    countColumn('可能多记张数', 'vouchers too many'),
    fenColumn('可能多记金额', 'amount too much'),
  ],
};

export const sumRows = ({ fundsOrAll }: Adopted, sums: Sums): Cell[][] =>
  sums
    .lines()
    .map(({ fund, kind, groups, vouchers, tooMuch }) => [
      fundsOrAll.nameOf(fund),
      kindName(kind),
      groups,
      vouchers,
      tooMuch,
    ]);
