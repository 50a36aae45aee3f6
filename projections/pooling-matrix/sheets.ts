import { text } from '../../src/errors.js';
import { divideFen, type Fen } from '../../src/money.js';
import { type Adopted } from '../../src/reference/adopted.js';
import { fenColumn, rateColumn, textColumn, titleOf } from '../fund-balance/sheets.js';
import { accountAt, ofDays } from '../asking/addresses.js';
import { type Shown } from '../asking/interval.js';
import { PAIRS } from '../provincial-consolidation/projection.js';
import { flowAt } from '../provincial-consolidation/sheets.js';
import { type Cell, type Mark, type Sheet } from '../asking/question.js';
import { type Matrix, sentBetween, type UnitNet } from './matrix.js';

const sumOf = (amounts: readonly Fen[]): Fen => amounts.reduce((sum, amount) => sum + amount, 0n);
const TOTAL = text('合计', 'Total');

/** The units that sent money in the rows, those it was sent to in the columns; a cell without a flow is empty. */
export function matrixSheet(adopted: Adopted, matrix: Matrix, interval: Shown): Sheet {
  const { fund, senders, receivers } = matrix;
  const total = (row: readonly Fen[]): Cell[] => [...row.map((amount) => (amount === 0n ? null : amount)), sumOf(row)];
  const rows = senders.map((from) => receivers.map((to) => sentBetween(matrix, from, to)));
  const sums = receivers.map((_, column) => sumOf(rows.map((row) => row[column]!)));
  return {
    name: `matrix-${fund.key}`,
    title: titleOf(text(`${fund.name.zh}统筹调剂矩阵`, `${fund.name.en}: who funded whom`), interval),
    columns: [
      textColumn('付出单位 \\ 收到单位', 'from \\ to'),
      ...receivers.map((code) => {
        const { zh, en } = adopted.unitName(code);
        return fenColumn(zh, en);
      }),
      fenColumn('合计', 'total'),
    ],
    rows: [
      ...senders.map((code, index): Cell[] => [adopted.unitName(code), ...total(rows[index]!)]),
      [TOTAL, ...total(sums)],
    ],
    marks: [
      ...senders.map((from): Mark => ({
        links: [undefined, ...receivers.map((to) => sentAt(matrix, from, to, interval))],
      })),
      { role: 'total' },
    ],
    unit: 'wan',
    footing: {
      rows: [{ total: senders.length, parts: senders.map((_, index) => index) }],
      column: { total: receivers.length + 1, plus: receivers.map((_, index) => index + 1), minus: [] },
    },
    notes: [
      text(
        '按付出记：补助下级与上解上级；尚未到达的见往来登记簿。',
        'What was sent, down and up; what has not arrived is in the register of what is in transit.',
      ),
    ],
  };
}

/** Where what one unit sent another is: its account of that in the sender's book; nowhere where it sent nothing. */
function sentAt({ flows }: Matrix, from: string, to: string, shown: Shown): string | undefined {
  const flow = flows.find(({ sender, receiver, sent }) => sender === from && receiver === to && sent !== 0n);
  return flow && flowAt(flow, shown)[0];
}

/** What each unit gave and took, and how much of what it spent others paid for. */
export function unitSheet(adopted: Adopted, matrices: readonly Matrix[], interval: Shown): Sheet {
  const parts = new Map<number, number[]>();
  const rows: Cell[][] = [];
  const marks: Mark[] = [];
  for (const { fund, units } of matrices) {
    for (const { unit } of units) marks.push(unitMark(fund.key, unit, interval));
    marks.push({ role: 'total' });
    const own = units.map(({ unit, ...net }) => rows.push([fund.name, adopted.unitName(unit), ...netCells(net)]) - 1);
    const total = rows.push([fund.name, TOTAL, ...netCells(addUp(units))]) - 1;
    parts.set(total, own);
  }
  return {
    name: 'units',
    title: titleOf(text('各单位统筹调剂净额', 'What each unit gave and took'), interval),
    columns: [
      textColumn('基金', 'fund'),
      textColumn('核算单位', 'unit'),
      fenColumn('上解上级', 'remitted up'),
      fenColumn('补助下级', 'funded down'),
      fenColumn('下级上解收入', 'received from below'),
      fenColumn('上级补助收入', 'received from above'),
      fenColumn('净额', 'net'),
      fenColumn('本级支出', 'own expenditure'),
      rateColumn('净额占本级支出 %', 'net as % of own expenditure'),
    ],
    rows,
    marks,
    unit: 'wan',
    footing: {
      rows: [...parts].map(([total, own]) => ({ total, parts: own })),
      column: { total: 6, plus: [4, 5], minus: [2, 3] },
    },
    notes: [
      text(
        '净额为收到减付出：正数表示他方为其支付，负数表示其为他方支付；合计不为零即为在途。',
        'Net is what was received less what was sent: above nothing others paid; a total beside nothing is in transit.',
      ),
    ],
  };
}

function unitMark(fund: string, unit: string, shown: Shown): Mark {
  const account = (key: string): string => accountAt(fund, unit, key, shown);
  const given = [account(PAIRS.up.sent), account(PAIRS.down.sent)];
  const taken = [account(PAIRS.up.received), account(PAIRS.down.received)];
  const spent = ofDays('income-expenditure', { fund, unit }, shown);
  return { links: [undefined, undefined, ...given, ...taken, undefined, spent] };
}

type Net = Omit<UnitNet, 'unit'>;

const addUp = (units: readonly Net[]): Net => ({
  remittedUp: sumOf(units.map(({ remittedUp }) => remittedUp)),
  fundedDown: sumOf(units.map(({ fundedDown }) => fundedDown)),
  receivedFromBelow: sumOf(units.map(({ receivedFromBelow }) => receivedFromBelow)),
  receivedFromAbove: sumOf(units.map(({ receivedFromAbove }) => receivedFromAbove)),
  net: sumOf(units.map(({ net }) => net)),
  ownExpenditure: sumOf(units.map(({ ownExpenditure }) => ownExpenditure)),
});

const netCells = ({ net, ownExpenditure, ...amounts }: Net): Cell[] => [
  amounts.remittedUp,
  amounts.fundedDown,
  amounts.receivedFromBelow,
  amounts.receivedFromAbove,
  net,
  ownExpenditure,
  divideFen(net * 100n, ownExpenditure) ?? null,
];
