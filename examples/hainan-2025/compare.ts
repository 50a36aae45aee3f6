import { type Sheet } from '../../projections/asking/question.js';
import { text, type Text } from '../../src/errors.js';
import { type Fen, parseFen } from '../../src/money.js';
import {
  ASSISTANCE,
  BASIC_TOTAL,
  EMPLOYEE,
  FINES,
  type PublishedLine,
  RECOVERED,
  RESIDENT,
  RETURNED_TO_FUNDS,
  SELF_CHECK_RETURNS,
} from './published.js';

/** One published figure beside what the ledger answers. */
export interface Compared {
  readonly figure: Text;
  readonly published: Fen;
  readonly ledger: Fen;
}

type Amounts = Readonly<Record<string, unknown>>;
type Body = Readonly<Record<string, unknown>>;

/** The published figures beside the answers to `fund-balance` and `enforcement`. */
export function comparePublished(balances: Body, enforcement: Body): Compared[] {
  const funds = balances['funds'] as readonly Amounts[];
  const fundOf = (key: string): Amounts => funds.find(({ fund }) => fund === key) ?? {};
  return [
    ...compareLine(text('职工医保', 'employee'), EMPLOYEE, fundOf('employee')),
    ...compareLine(text('居民医保', 'resident'), RESIDENT, fundOf('resident')),
    ...compareLine(text('基本医保合计', 'basic total'), BASIC_TOTAL, balances['basicInsurance'] as Amounts),
    {
      figure: text('医疗救助 支出', 'assistance, expenditure'),
      published: ASSISTANCE.expenditure,
      ledger: fenOf(fundOf('assistance'), 'expenditure'),
    },
    ...compareEnforcement(enforcement),
  ];
}

export const areEqual = (compared: readonly Compared[]): boolean =>
  compared.every(({ published, ledger }) => published === ledger);

/** The comparison as it is printed, to the fen. */
export function comparisonSheet(compared: readonly Compared[]): Sheet {
  const differences = compared.filter(({ published, ledger }) => published !== ledger).length;
  return {
    name: 'comparison',
    title: text('与公布数对照', 'Compared with the published figures'),
    columns: [
      { name: text('项目', 'figure'), kind: 'text' },
      { name: text('公布数', 'published'), kind: 'fen' },
      { name: text('账面数', 'ledger'), kind: 'fen' },
      { name: text('差额', 'difference'), kind: 'fen' },
    ],
    rows: compared.map(({ figure, published, ledger }) => [figure, published, ledger, ledger - published]),
    notes: [
      differences === 0
        ? text(
            `已与公布数一致：${compared.length} 项，差额均为 0.00 元。`,
            `Equals the published figures: ${compared.length} of them, to the fen.`,
          )
        : text(
            `与公布数不一致：${compared.length} 项中有 ${differences} 项。公布数之外另有凭证记入本期时会如此。`,
            `Differs from the published figures: ${differences} of ${compared.length}. Other postings do that.`,
          ),
    ],
  };
}

function compareLine(name: Text, published: PublishedLine, amounts: Amounts): Compared[] {
  const columns = [
    ['opening', text('期初结余', 'opening')],
    ['income', text('收入', 'income')],
    ['expenditure', text('支出', 'expenditure')],
    ['closing', text('累计结余', 'balance')],
  ] as const;
  return columns.map(([column, { zh, en }]) => ({
    figure: text(`${name.zh} ${zh}`, `${name.en}, ${en}`),
    published: published[column],
    ledger: fenOf(amounts, column),
  }));
}

function compareEnforcement({ penalties, recoveries }: Body): Compared[] {
  const { channels, cashIntoFunds } = recoveries as { channels: readonly Amounts[]; cashIntoFunds: Amounts };
  const returned = fenOf(channels.find(({ channel }) => channel === 'self-check') ?? {}, 'sum');
  const all = fenOf(cashIntoFunds, 'sum');
  return [
    {
      figure: text('罚款（缴国库）', 'fines (to the treasury)'),
      published: FINES,
      ledger: fenOf(penalties as Amounts, 'sum'),
    },
    { figure: text('追回', 'recovered'), published: RECOVERED, ledger: all - returned },
    { figure: text('自查自纠退回', 'self-check returns'), published: SELF_CHECK_RETURNS, ledger: returned },
    { figure: text('退回基金合计', 'returned to the funds'), published: RETURNED_TO_FUNDS, ledger: all },
  ];
}

/** An amount of an answer; what the answer does not hold counts as nothing, so that it shows as a difference. */
const fenOf = (amounts: Amounts, column: string): Fen => parseFen((amounts[column] as string | undefined) ?? '0.00');
