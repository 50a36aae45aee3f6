import { CodeList } from '../text/codes.js';
import { type Text, text } from '../errors.js';
import { BENEFIT_KINDS, DEPOSIT_TERMS, OTHER_INCOME, PAYER_KINDS, SUBSIDY_DETAILS } from './code-lists.js';

export type AccountKind = 'asset' | 'liability' | 'net' | 'income' | 'expenditure';

/** One account of the chart. Events name the key for ever; the number is an attribute that may be renumbered. */
export interface Account {
  readonly key: string;
  readonly number: string;
  /** True where the number is ours until the statutory chart assigns one. */
  readonly provisional?: boolean;
  readonly name: Text;
  readonly kind: AccountKind;
  /** Sub-accounts an entry may or must name. Empty: the account has none. */
  readonly details?: CodeList;
  /** Funds that use the account; absent: all of them. */
  readonly funds?: readonly string[];
  /** A flow between levels of administration: income and expenditure of a book, nothing of the province. */
  readonly eliminated?: true;
  /** Money at a bank or in the treasury: decides between 收, 付 and 转 vouchers. */
  readonly money?: true;
  /** No entry may use it, and why. */
  readonly disabled?: Text;
}

const asset = (key: string, number: string, zh: string, en: string, more: Partial<Account> = {}): Account => ({
  key,
  number,
  name: text(zh, en),
  kind: 'asset',
  ...more,
});
const account = (kind: AccountKind) => (key: string, number: string, zh: string, en: string, more?: Partial<Account>) =>
  asset(key, number, zh, en, { ...more, kind });
const liability = account('liability');
const net = account('net');
const income = account('income');
const expenditure = account('expenditure');
const provisional = { provisional: true } as const;
const eliminated = { ...provisional, eliminated: true } as const;

/**
 * The chart of accounts, version 2025-01: the social insurance fund accounting system (社会保险基金会计制度, 财会〔2017〕28号)
 * as used by a medical-insurance bureau. Every book has its own copy of every account.
 */
export const CHART_OF_ACCOUNTS: readonly Account[] = [
  asset('cash', '1001', '库存现金', 'Cash', { money: true }),
  asset('income-account', '1002', '收入户存款', 'Income account deposit', { money: true }),
  asset('expenditure-account', '1003', '支出户存款', 'Expenditure account deposit', { money: true }),
  asset('fiscal-account', '1004', '财政专户存款', 'Fiscal account deposit', { money: true, details: DEPOSIT_TERMS }),
  asset('treasury', '1005', '国库存款', 'Treasury deposit', { money: true }),
  asset('advances.provider', '1101.01', '暂付款·预付金', 'Advances to providers'),
  asset('advances.off-site', '1101.02', '暂付款·异地就医', 'Advances for off-site care'),
  asset('advances.vbp', '1101.03', '暂付款·集采预付', 'Advances for volume-based procurement'),
  asset('advances.direct-settlement', '1101.04', '暂付款·直接结算', 'Advances in direct settlement'),
  asset('advances.emergency', '1101.05', '暂付款·应急', 'Emergency advances'),
  asset('advances.other', '1101.09', '暂付款·其他', 'Other advances'),
  asset('bonds', '1201', '债券投资', 'Bonds'),
  liability('suspense.advance-premiums', '2001.01', '暂收款·预收保费', 'Premiums received in advance'),
  liability('suspense.to-refund', '2001.02', '暂收款·待退', 'Held for refund'),
  liability('suspense.to-treasury', '2001.03', '暂收款·待缴国库', 'Held for the treasury'),
  liability('suspense.off-site-inbound', '2001.04', '暂收款·异地就医代收', 'Held for inbound off-site care'),
  liability('suspense.other', '2001.09', '暂收款·其他', 'Other suspense'),
  liability('loans', '2101', '借入款项', 'Loans', provisional),
  net('net.pool', '3001', '统筹基金', 'Pool', provisional),
  net('net.personal', '3002', '个人账户基金', 'Personal accounts', { ...provisional, funds: ['employee'] }),
  net('net.risk', '3101', '风险基金', 'Risk fund', provisional),
  income('income.premiums', '4001', '保险费收入', 'Premiums', { details: PAYER_KINDS }),
  income('income.subsidy', '4101', '财政补贴收入', 'Government subsidies', {
    ...provisional,
    details: SUBSIDY_DETAILS,
  }),
  income('income.collective', '4102', '集体扶持收入', 'Collective support', provisional),
  income('income.interest', '4201', '利息收入', 'Interest', provisional),
  income('income.transfer-in', '4301', '转移收入', 'Transfers in', { ...provisional, funds: ['employee'] }),
  income('income.from-above', '4401', '上级补助收入', 'Funding from above', eliminated),
  income('income.from-below', '4402', '下级上解收入', 'Remittances from below', eliminated),
  income('income.other', '4901', '其他收入', 'Other income', { details: OTHER_INCOME }),
  income('income.fines', '4901.09', '其他收入·罚款', 'Fines', {
    disabled: text('罚没收入缴入国库，不属于基金收入', 'fines go to the treasury and are never income of a fund'),
  }),
  expenditure('benefits', '5001', '待遇支出', 'Benefits', { details: BENEFIT_KINDS }),
  expenditure('serious-illness', '5101', '大病保险支出', 'Serious-illness insurance', {
    ...provisional,
    funds: ['resident'],
  }),
  expenditure('expenditure.transfer-out', '5201', '转移支出', 'Transfers out', { ...provisional, funds: ['employee'] }),
  expenditure('expenditure.to-below', '5301', '补助下级支出', 'Funding to below', eliminated),
  expenditure('expenditure.to-above', '5302', '上解上级支出', 'Remittances to above', eliminated),
  expenditure('expenditure.other', '5901', '其他支出', 'Other expenditure'),
];

const BY_KEY = new Map(CHART_OF_ACCOUNTS.map((account) => [account.key, account]));

/** The account of a key; undefined where the chart has none. */
export const findAccount = (key: string): Account | undefined => BY_KEY.get(key);

/** The accounts as they are called: by key, name and number. */
export const ACCOUNTS = new CodeList(
  CHART_OF_ACCOUNTS.map(({ key, number, name }) => ({ code: key, name, also: [number, `${number} ${name.zh}`] })),
);
