import { type Text, text } from '../../src/errors.js';
import { ARTICLES } from '../../src/books/code-lists.js';
import { type Interval } from '../interval.js';
import { countColumn, fenColumn, textColumn } from '../fund-balance/sheets.js';
import { type Cell, type Sheet } from '../question.js';
import { addUp, CASH_CHANNELS, MEMO_CHANNELS, type Penalties, type Recovered } from './figures.js';

const titled = ({ zh, en }: Text, { from, to }: Interval): Text =>
  text(`${zh} ${from} 至 ${to}`, `${en} ${from} to ${to}`);

/** Recoveries by channel with their labelled cash subtotal, and the channels in which nothing ever left the fund. */
export function recoverySheet(recovered: readonly Recovered[], interval: Interval): Sheet {
  const rows: Cell[][] = CASH_CHANNELS.map(({ key, name }) => [
    name,
    text('退回基金', 'back to the fund'),
    ...figures(recovered.filter(({ channel }) => channel === key)),
  ]);
  const subtotal = text(
    `退回基金现金小计（以上 ${CASH_CHANNELS.length} 个渠道，${interval.from} 至 ${interval.to}）`,
    `Cash into the funds (the ${CASH_CHANNELS.length} channels above, ${interval.from} to ${interval.to})`,
  );
  const total = rows.push([subtotal, '', ...figures(recovered)]) - 1;
  for (const { name } of MEMO_CHANNELS)
    rows.push([name, text('未付出，备查：未记录', 'never paid out, memo: not recorded'), null, null, null]);
  return {
    name: 'recoveries',
    title: titled(text('追回与退回', 'Recoveries'), interval),
    columns: [
      textColumn('渠道', 'channel'),
      textColumn('去向', 'goes to'),
      countColumn('笔数', 'vouchers'),
      countColumn('其中冲回', 'of which taken back'),
      fenColumn('金额', 'amount'),
    ],
    rows,
    unit: 'wan',
    footing: { rows: [{ total, parts: CASH_CHANNELS.map((_, index) => index) }] },
    notes: [
      text(
        '不同渠道、不同期间的数字口径不同，小计只含所列渠道和期间；罚款不在其中。',
        'Figures of other channels or periods are counted in other ways: the subtotal holds those named and no fines.',
      ),
    ],
  };
}

function figures(recovered: readonly Recovered[]): Cell[] {
  const { received, takenBack, sum } = addUp(recovered);
  return [received.count, takenBack.count, sum];
}

/** Penalties by article: the treasury's money, which changes no balance of a fund. */
export function penaltySheet({ articles, count, sum, cases }: Penalties, interval: Interval): Sheet {
  const rows: Cell[][] = articles.map((each) => [ARTICLES.nameOf(each.article), each.count, each.sum]);
  const total = rows.push([
    text(`合计（${interval.from} 至 ${interval.to}）`, `Total (${interval.from} to ${interval.to})`),
    count,
    sum,
  ]);
  return {
    name: 'penalties',
    title: titled(text('行政处罚（缴入国库）', 'Penalties (to the treasury)'), interval),
    columns: [textColumn('条款', 'article'), countColumn('件数', 'penalties'), fenColumn('罚款金额', 'amount')],
    rows,
    unit: 'wan',
    footing: { rows: [{ total: total - 1, parts: articles.map((_, index) => index) }] },
    notes: [
      text(
        `涉及案件 ${cases} 件。罚没收入缴入国库，不计入任何基金收入和结余。`,
        `In ${cases} cases. Fines go to the treasury and are in no income and no balance of a fund.`,
      ),
    ],
  };
}

/** Penalties outside what their article allows, one row for each finding. */
export function findingSheet({ questionable, questionableCount }: Penalties, interval: Interval): Sheet {
  const more = questionableCount - questionable.length;
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
    ],
    rows: questionable.flatMap(({ businessDate, caseId, article, party, amount, findings }) =>
      findings.map(({ code, expected, got }) => [
        businessDate,
        caseId,
        ARTICLES.nameOf(article),
        party,
        amount,
        code,
        expected,
        got,
      ]),
    ),
    ...(more > 0 && { notes: [text(`另有 ${more} 件未列出`, `${more} more are not listed`)] }),
  };
}
