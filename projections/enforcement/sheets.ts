import { type Text, text } from '../../src/errors.js';
import { ARTICLES } from '../../src/books/code-lists.js';
import { trailAt, voucherAt } from '../asking/addresses.js';
import { type Interval, type Shown } from '../asking/interval.js';
import { countColumn, fenColumn, textColumn } from '../fund-balance/sheets.js';
import { type Cell, type Mark, type Sheet } from '../asking/question.js';
import {
  addUp,
  CASH_CHANNELS,
  type Channel,
  MEMO_CHANNELS,
  net,
  type OfChannel,
  type Penalties,
  type Recorded,
} from './figures.js';

/** The days, and the fund where one is asked about. */
export interface Asked extends Shown {
  readonly fund: string | undefined;
}

/** What was recorded, and what is left of it, lead to what recorded it: the vouchers or memos of a kind. */
const recordedBy = ({ fund, ...shown }: Asked, kind: string): Mark => {
  const recorded = trailAt({ fund, kind }, shown);
  return { links: [undefined, undefined, recorded, recorded] };
};

const titled = ({ zh, en }: Text, { from, to }: Interval): Text =>
  text(`${zh} ${from} 至 ${to}`, `${en} ${from} to ${to}`);

/**
 * Recoveries by channel with their labelled cash subtotal, and beneath it the channels in which nothing ever left the
 * fund: they are in no sum.
 */
export function recoverySheet(recovered: readonly OfChannel[], avoided: readonly OfChannel[], interval: Asked): Sheet {
  const rowOf = ({ key, name }: Channel, goesTo: Text, all: readonly OfChannel[]): Cell[] => [
    name,
    goesTo,
    ...figures(addUp(all.filter(({ channel }) => channel === key))),
  ];
  const rows = CASH_CHANNELS.map((channel) => rowOf(channel, text('退回基金', 'back to the fund'), recovered));
  const subtotal = text(
    `退回基金现金小计（以上 ${CASH_CHANNELS.length} 个渠道，${interval.from} 至 ${interval.to}）`,
    `Cash into the funds (the ${CASH_CHANNELS.length} channels above, ${interval.from} to ${interval.to})`,
  );
  const total = rows.push([subtotal, '', ...figures(addUp(recovered))]) - 1;
  for (const channel of MEMO_CHANNELS) {
    const row = rowOf(channel, text('未付出，备查，不计入小计', 'never paid out, memo: in no subtotal'), avoided);
    // Where nothing was recorded nothing is known: not that nothing was avoided.
    if (avoided.some(({ channel: key }) => key === channel.key)) rows.push(row);
    else rows.push([channel.name, text('未付出，备查：未记录', 'never paid out, memo: not recorded'), ...NOTHING]);
  }
  return {
    name: 'recoveries',
    title: titled(text('追回、退回与避免的损失', 'Losses recovered, returned and avoided'), interval),
    columns: [textColumn('渠道', 'channel'), textColumn('去向', 'goes to'), ...FIGURES],
    rows,
    unit: 'wan',
    marks: [
      ...CASH_CHANNELS.map(() => recordedBy(interval, 'recovery')),
      { ...recordedBy(interval, 'recovery'), role: 'total' },
      ...MEMO_CHANNELS.map(() => recordedBy(interval, 'claim-audit')),
    ],
    footing: { rows: [{ total, parts: CASH_CHANNELS.map((_, index) => index) }] },
    notes: [
      text(
        '不同渠道、不同期间的数字口径不同，小计只含所列渠道和期间；罚款和未付出的金额不在其中。',
        'Figures of other channels or periods are counted in other ways: the subtotal holds those named, no fines, ' +
          'and nothing that was never paid out.',
      ),
    ],
  };
}

/** What was recorded, what of such was taken back, and what stands. */
const FIGURES = [
  countColumn('笔数', 'recorded'),
  fenColumn('记录金额', 'amount recorded'),
  countColumn('冲销或撤销', 'taken back'),
  fenColumn('冲销或撤销金额', 'amount taken back'),
  fenColumn('净额', 'net amount'),
];

const NOTHING = FIGURES.map(() => null);

const figures = (recorded: Recorded): Cell[] => [
  recorded.gross.count,
  recorded.gross.sum,
  recorded.takenBack.count,
  recorded.takenBack.sum,
  net(recorded).sum,
];

/** Penalties by article: the treasury's money, which changes no balance of a fund. */
export function penaltySheet({ articles, cases, ...recorded }: Penalties, interval: Asked): Sheet {
  const rows: Cell[][] = articles.map((each) => [ARTICLES.nameOf(each.article), ...figures(each)]);
  const total = rows.push([
    text(`合计（${interval.from} 至 ${interval.to}）`, `Total (${interval.from} to ${interval.to})`),
    ...figures(recorded),
  ]);
  return {
    name: 'penalties',
    title: titled(text('行政处罚（缴入国库）', 'Penalties (to the treasury)'), interval),
    columns: [textColumn('条款', 'article'), ...FIGURES],
    rows,
    unit: 'wan',
    marks: rows.map((_, index): Mark => {
      const imposed = trailAt({ fund: interval.fund, kind: 'penalty' }, interval);
      return { links: [undefined, imposed, imposed], ...(index === total - 1 && { role: 'total' }) };
    }),
    footing: { rows: [{ total: total - 1, parts: articles.map((_, index) => index) }] },
    notes: [
      text(
        `涉及未撤销处罚的案件 ${cases} 件。罚没收入缴入国库，不计入任何基金收入和结余。`,
        `In ${cases} ${cases === 1 ? 'case' : 'cases'} a penalty stands. Fines go to the treasury and are in no ` +
          'income and no balance of a fund.',
      ),
    ],
  };
}

/** What is found of a penalty. */
const FINDINGS: Readonly<Record<string, Text>> = {
  'base-missing': text('未注明损失或骗取金额', 'the loss or fraud is not said'),
  'fine-out-of-range': text('罚款超出条款幅度', 'fine out of the range'),
  'suspension-out-of-range': text('暂停期超出条款幅度', 'suspension out of the range'),
};

/** Penalties outside what their article allows, one row for each finding. */
export function findingSheet({ questionable, questionableCount }: Penalties, interval: Interval): Sheet {
  return {
    name: 'findings',
    title: titled(text('处罚幅度提示', 'Findings on penalties'), interval),
    columns: [
      textColumn('业务日期', 'business date'),
      textColumn('案件', 'case'),
      textColumn('条款', 'article'),
      textColumn('当事人', 'party'),
      fenColumn('罚款金额', 'amount'),
      textColumn('提示', 'finding'),
      textColumn('应为', 'expected'),
      textColumn('实为', 'got'),
      textColumn('撤销日期', 'withdrawn on'),
    ],
    rows: questionable.flatMap(({ businessDate, caseId, article, party, amount, findings, withdrawnOn }) =>
      findings.map(({ code, expected, got }) => [
        businessDate,
        caseId,
        ARTICLES.nameOf(article),
        party,
        amount,
        FINDINGS[code] ?? code,
        expected,
        got,
        withdrawnOn,
      ]),
    ),
    marks: questionable.flatMap(({ id, findings }) =>
      findings.map((): Mark => ({ links: [undefined, voucherAt(id), undefined, undefined, voucherAt(id)] })),
    ),
    notListed: questionableCount - questionable.length,
  };
}
