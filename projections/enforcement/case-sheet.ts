import { type Text, text } from '../../src/errors.js';
import { type Fen, formatFen } from '../../src/money.js';
import { OUTCOMES } from '../../src/books/code-lists.js';
import { type Adopted } from '../../src/reference/adopted.js';
import { trailAt } from '../asking/addresses.js';
import { type Cell, type Check, type Column, type Mark, type Sheet } from '../asking/question.js';
import { countColumn, fenColumn, textColumn } from '../fund-balance/sheets.js';
import { type Case, CASE_FIGURE_KEYS, CASE_FIGURES, type CaseFigures, type Cases, type CaseState } from './cases.js';
import { type Asked } from './sheets.js';

const STATES: Readonly<Record<CaseState, Text>> = {
  open: text('在办', 'open'),
  closed: text('已结案', 'closed'),
  withdrawn: text('立案已撤销', 'opening withdrawn'),
  'not-opened': text('未立案', 'not opened'),
};
const OF_NO_CASE = text('（未注明案件）', '(of no case)');

const INTO_FUND = text('退回基金', 'into the fund');
const INTO_TREASURY = text('缴入国库', 'to the treasury');
const NEVER_PAID = text('未付出', 'never paid out');
const COLUMNS: readonly Column[] = [
  textColumn('案件', 'case'),
  textColumn('状态', 'state'),
  textColumn('立案、结案', 'opened, closed'),
  textColumn('当事人', 'party'),
  textColumn('核算单位', 'unit'),
  countColumn('凭证与备查', 'recorded'),
  { ...fenColumn('追回', 'recovered'), group: INTO_FUND },
  { ...fenColumn('违约金', 'contract penalties'), group: INTO_FUND },
  { ...fenColumn('罚款', 'fined'), group: INTO_TREASURY },
  { ...fenColumn('避免', 'avoided'), group: NEVER_PAID },
];
/** The column in which the count of what was recorded stands; the figures stand behind it. */
const RECORDED = 5;

/** What an enforcement report adds up beside the cases, in fen: the figures of the cases must come to the same. */
export type Beside = Readonly<Record<'recovered' | 'fined' | 'avoided', Fen>>;

/** The cases by name, each leading to the vouchers and memos that name it. */
export function caseSheet({ listed, count, total }: Cases, beside: Beside, adopted: Adopted, asked: Asked): Sheet {
  const isWhole = count === listed.length;
  const rows = listed.map((each) => [...cells(each, adopted), ...figures(each)]);
  rows.push([text('合计', 'Total'), '', null, '', '', null, ...CASE_FIGURE_KEYS.map((key) => total[key].sum)]);
  return {
    name: 'cases',
    title: text(`案件 ${asked.from} 至 ${asked.to}`, `Cases ${asked.from} to ${asked.to}`),
    columns: COLUMNS,
    rows,
    unit: 'wan',
    marks: [...listed.map((each) => markOf(each, asked)), { role: 'total' }],
    ...(isWhole && { footing: { rows: [{ total: listed.length, parts: listed.map((_, index) => index) }] } }),
    checks: checksOf(total, beside),
    notListed: count - listed.length,
    notes: [
      text(
        '期间内有记录的案件，以及期末仍在办的案件，最近有记录的在前；金额为期间内的净额，合计含未列出的案件。' +
          '各列口径不同，不相加；罚款不是基金收入。',
        'The cases of which something was recorded in these days, and those still open at their end; the latest ' +
          'comes first. Amounts are net and of these days, and the total holds those not listed. Each column is ' +
          'counted in its own way, and they are not added up; a fine is no income of a fund.',
      ),
    ],
  };
}

const cells = (each: Case, adopted: Adopted): Cell[] => [
  each.caseId ?? OF_NO_CASE,
  stateOf(each),
  daysOf(each),
  each.parties.join(' '),
  joined(each.units.map((unit) => adopted.unitName(unit))),
  each.recorded,
];

/** How it stands, and what came of it where it is closed. */
function stateOf({ state, outcome }: Case): Text | null {
  if (state === null || outcome === null) return state && STATES[state];
  const [{ zh, en }, came] = [STATES[state], OUTCOMES.nameOf(outcome)];
  return text(`${zh}：${came.zh}`, `${en}: ${came.en.toLowerCase()}`);
}

function daysOf({ openedOn, closedOn }: Case): Text | null {
  if (openedOn === null) return null;
  return closedOn === null
    ? text(openedOn, openedOn)
    : text(`${openedOn} 至 ${closedOn}`, `${openedOn} to ${closedOn}`);
}

const joined = (names: readonly Text[]): Text =>
  text(names.map(({ zh }) => zh).join('、'), names.map(({ en }) => en).join(', '));

/** Nothing is written where nothing was recorded, nor taken back. */
const figures = (of: CaseFigures): Cell[] =>
  CASE_FIGURE_KEYS.map((key) => (of[key].count === 0 && of[key].sum === 0n ? null : of[key].sum));

/** A case leads to what names it, and each figure to what it is of; what names no case, to all of its kind. */
function markOf({ caseId }: Case, { fund, ...shown }: Asked): Mark {
  const at = caseId === null ? undefined : trailAt({ fund, caseId }, shown);
  const figureLinks = CASE_FIGURE_KEYS.map((key) => trailAt({ fund, caseId, kind: CASE_FIGURES[key] }, shown));
  return { links: [at, ...Array.from({ length: RECORDED - 1 }, () => undefined), at, ...figureLinks] };
}

const checksOf = ({ recovered, fined, avoided }: CaseFigures, beside: Beside): Check[] => [
  {
    says: text('各案件追回合计 = 退回基金现金小计', 'recovered, over the cases = cash into the funds'),
    holds: recovered.sum === beside.recovered,
  },
  {
    says: text('各案件罚款合计 = 行政处罚合计', 'fined, over the cases = the total of penalties'),
    holds: fined.sum === beside.fined,
  },
  {
    says: text('各案件避免合计 = 未付出各渠道之和', 'avoided, over the cases = the channels in which nothing was paid'),
    holds: avoided.sum === beside.avoided,
  },
];

/** The cases as JSON; `vouchers` leads to what names one, null for what names none. */
export const casesBody = ({ listed, count, total }: Cases, { fund, ...shown }: Asked) => ({
  cases: listed.map(({ caseId, state, openedOn, closedOn, outcome, parties, units, recorded, ...of }) => ({
    caseId,
    state,
    openedOn,
    closedOn,
    outcome,
    parties,
    units,
    recorded,
    ...figuresBody(of),
    vouchers: caseId === null ? null : trailAt({ fund, caseId }, shown),
  })),
  casesCount: count,
  casesTotal: figuresBody(total),
});

const figuresBody = (of: CaseFigures) =>
  Object.fromEntries(CASE_FIGURE_KEYS.map((key) => [key, { count: of[key].count, sum: formatFen(of[key].sum) }]));
