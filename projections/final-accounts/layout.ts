import { parseLedgerLine } from '../../src/books/entries.js';
import { type Text, text } from '../../src/errors.js';
import { type Fund } from '../../src/reference/adopted.js';
import { type Chart } from '../../src/reference/chart.js';
import { blocksOf, formDetailOf } from '../income-expenditure/layout.js';
import { isCalled, placeOf } from '../statements/places.js';

export type Side = 'income' | 'expenditure';

/** A part of an account that the form shows 其中. */
export interface Part {
  readonly key: string;
  readonly name: Text;
  /** Whether a ledger line belongs to it. */
  readonly has: (chart: Chart, line: string) => boolean;
  /** Whether budgets, which name no share, can say it. */
  readonly isBudgeted: boolean;
}

/** One statutory account as a line of the form, with what it shows of it. */
export interface FormAccount {
  readonly number: string;
  readonly name: Text;
  readonly parts: readonly Part[];
}

/** The form of a fund: on each side its own lines, without those between levels. */
export type Form = Readonly<Record<Side, readonly FormAccount[]>>;

const called = (key: string, zh: string, en: string, ...words: readonly string[]): Part => ({
  key,
  name: text(zh, en),
  has: (chart, line) => words.some((word) => isCalled(chart, line, word)),
  isBudgeted: true,
});
const ofShare = (share: 'pool' | 'personal', zh: string, en: string): Part => ({
  key: share,
  name: text(zh, en),
  has: (_, line) => parseLedgerLine(line).share === share,
  isBudgeted: false,
});

/** What the fund's 收支表 calls a detail of benefits. */
const benefit = (fund: Fund, key: string, zh: string, en: string): Part => {
  const { details } = blocksOf(fund).find(({ kind }) => kind === 'expenditure')!;
  return {
    key,
    name: text(zh, en),
    has: (chart, line) => formDetailOf(details, chart, placeOf(chart, line).detail).key === key,
    isBudgeted: true,
  };
};

const account = (number: string, zh: string, en: string, parts: readonly Part[] = []): FormAccount => ({
  number,
  name: text(zh, en),
  parts,
});

const SHARES: readonly Part[] = [
  ofShare('pool', '统筹基金', 'pool'),
  ofShare('personal', '个人账户基金', 'personal accounts'),
];
const PREMIUMS = ['基本医疗保险费收入', 'Basic insurance premiums'] as const;
const BENEFITS = ['基本医疗保险待遇支出', 'Basic insurance benefits'] as const;
const SUBSIDIES = ['财政补贴收入', 'Government subsidies'] as const;
const INTEREST = account('4201', '利息收入', 'Interest');
const OTHER_INCOME = account('4501', '其他收入', 'Other income');
const SERIOUS_ILLNESS = account('5101', '大病保险支出', 'Serious-illness insurance');
const OTHER_EXPENDITURE = account('5401', '其他支出', 'Other expenditure');

const COLLECTIVE = called('collective', '集体扶持收入', 'collective support', '集体扶持');
const SUBSIDISED = called(
  'subsidised',
  '城乡医疗救助资助收入',
  'paid by medical assistance',
  '城乡医疗救助资助',
  '资助参保',
);
const ON_BEHALF = called('on-behalf', '财政为困难人员代缴收入', 'paid by the government', '财政代缴', '代缴');
/** A share of a gap is no subsidy by the standard. */
const STANDARD: Part = {
  ...called('standard', '按规定标准补助收入', 'subsidies by the standard'),
  has: (chart, line) => !isCalled(chart, line, '缺口分担'),
};

/**
 * 预算/决算收支表 by fund. That of the resident fund is the Ministry's; those of the employee fund and of medical assistance
 * are drawn up by its analogy: what they have no account for is left out, transfers in and out of personal accounts
 * stand before what is other, and premiums and benefits of the employee fund are told by share.
 */
export function formOf(fund: Fund): Form {
  if (fund.personalAccounts)
    return {
      income: [
        account('4001', ...PREMIUMS, SHARES),
        account('4101', ...SUBSIDIES),
        INTEREST,
        account('4301', '转移收入', 'Transfers in'),
        OTHER_INCOME,
      ],
      expenditure: [
        account('5001', ...BENEFITS, SHARES),
        SERIOUS_ILLNESS,
        account('5201', '转移支出', 'Transfers out'),
        OTHER_EXPENDITURE,
      ],
    };
  const subsidies = account('4101', ...SUBSIDIES, [STANDARD]);
  if (fund.key === 'assistance')
    return {
      income: [subsidies, INTEREST, OTHER_INCOME],
      expenditure: [
        account('5001', '医疗救助支出', 'Medical assistance', [
          benefit(fund, 'enrolment', '资助参保支出', 'subsidised enrolment'),
          benefit(fund, 'direct', '直接救助支出', 'direct assistance'),
        ]),
        OTHER_EXPENDITURE,
      ],
    };
  return {
    income: [account('4001', ...PREMIUMS, [COLLECTIVE, SUBSIDISED, ON_BEHALF]), subsidies, INTEREST, OTHER_INCOME],
    expenditure: [
      account('5001', ...BENEFITS, [
        benefit(fund, 'inpatient', '住院费用支出', 'inpatient care'),
        benefit(fund, 'outpatient', '门诊费用支出', 'outpatient care'),
      ]),
      SERIOUS_ILLNESS,
      OTHER_EXPENDITURE,
    ],
  };
}

/** Income that waits for its share is that of the account that it becomes. */
const BECOMES: Readonly<Record<string, string>> = { '4601': '4001', '4602': '4201' };

/** The number of the form's line that a ledger line stands on. */
export function numberOf(chart: Chart, line: string): string {
  const { number } = placeOf(chart, line);
  return BECOMES[number] ?? number;
}
