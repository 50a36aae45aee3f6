import { familyOf, kindOf } from '../../src/reference/account-kinds.js';
import { parseLedgerLine, type Share } from '../../src/books/entries.js';
import { type Chart } from '../../src/reference/chart.js';
import { type AccountRow } from '../../src/reference/rows.js';
import { type Text, text } from '../../src/errors.js';

/** The accounts of the statutory chart by number, as the statements name them (SIFAS, 财会〔2017〕28号). */
export const STATUTORY: Readonly<Record<string, Text>> = {
  '1001': text('库存现金', 'Cash'),
  '1002': text('收入户存款', 'Income account deposit'),
  '1003': text('财政专户存款', 'Fiscal account deposit'),
  '1004': text('支出户存款', 'Expenditure account deposit'),
  '1005': text('国库存款', 'Treasury deposit'),
  '1101': text('暂付款', 'Advances'),
  '1201': text('债券投资', 'Bonds'),
  '2001': text('暂收款', 'Suspense'),
  '2101': text('借入款项', 'Loans'),
  '3001': text('一般基金结余', 'General fund balance'),
  '3101': text('风险基金结余', 'Risk fund balance'),
  '4001': text('社会保险费收入', 'Premiums'),
  '4101': text('财政补贴收入', 'Government subsidies'),
  '4201': text('利息收入', 'Interest'),
  '4301': text('转移收入', 'Transfers in'),
  '4401': text('上级补助收入', 'Funding from above'),
  '4402': text('下级上解收入', 'Remittances from below'),
  '4501': text('其他收入', 'Other income'),
  '4601': text('待转社会保险费收入', 'Premiums awaiting their share'),
  '4602': text('待转利息收入', 'Interest awaiting its share'),
  '5001': text('社会保险待遇支出', 'Benefits'),
  '5101': text('大病保险支出', 'Serious-illness insurance'),
  '5201': text('转移支出', 'Transfers out'),
  '5301': text('上解上级支出', 'Remittances to above'),
  '5302': text('补助下级支出', 'Funding to below'),
  '5401': text('其他支出', 'Other expenditure'),
};

/** Where an account of a family goes whose number leads to none of these. */
const OF_FAMILY: Readonly<Record<string, string>> = {
  cash: '1001',
  'income-account': '1002',
  'fiscal-account': '1003',
  'expenditure-account': '1004',
  treasury: '1005',
  advances: '1101',
  bonds: '1201',
  suspense: '2001',
  loans: '2101',
  net: '3001',
  income: '4501',
  pending: '4601',
  benefits: '5001',
  'serious-illness': '5101',
  expenditure: '5401',
};

/** The first digits of the numbers of each sort of account. */
const FIRST: Readonly<Record<string, string>> = { asset: '1', liability: '2', net: '3', income: '4', expenditure: '5' };

/** The place of a ledger line in a statement. */
export interface Place {
  /** The number of the statutory account. */
  readonly number: string;
  readonly share: Share;
  /** The key of the account's detail as the chart has it, what it became where it was given up. */
  readonly detail: string | undefined;
}

/**
 * Where statements show a ledger line: under the statutory account whose number its own begins with, which every set
 * of reference data keeps, whatever it calls its accounts and however many details it has; what was given up stands
 * where it became something else.
 */
export function placeOf(chart: Chart, line: string): Place {
  const { account, detail, share = 'pool' } = parseLedgerLine(line);
  const row = rowOf(chart, line);
  if (row?.becomes !== undefined && row.becomes !== row.key)
    return placeOf(chart, share === 'pool' ? row.becomes : `${row.becomes}@${share}`);
  const number = (chart.find(account)?.number ?? '').slice(0, 4);
  const isOwn = Object.hasOwn(STATUTORY, number) && number[0] === FIRST[kindOf(account) ?? ''];
  return { number: isOwn ? number : OF_FAMILY[familyOf(account)]!, share, detail: row && detail && row.key };
}

/** The row of a ledger line's detail, or of its account where it names none. */
function rowOf(chart: Chart, line: string): AccountRow | undefined {
  const { account, detail } = parseLedgerLine(line);
  return detail === undefined ? chart.find(account) : chart.detail(account, detail);
}

/**
 * Whether a ledger line is of what a form calls by a word: its detail or its account has that name, or that other name,
 * or is numbered beneath one that has, or became one. So a set says it in words of its own.
 */
export function isCalled(chart: Chart, line: string, word: string): boolean {
  const row = rowOf(chart, line);
  if (row?.becomes !== undefined && row.becomes !== row.key) return isCalled(chart, row.becomes, word);
  const isNamed = ({ name, also }: AccountRow): boolean => name.zh === word || also.includes(word);
  const named = chart.all.flatMap((account) => [account, ...account.detailRows]).filter(isNamed);
  const own = [row, chart.find(parseLedgerLine(line).account)].filter((each) => each !== undefined);
  return own.some((each) => named.some((above) => each.key === above.key || isBeneath(each, above)));
}

/** Whether a row is numbered beneath another: `5001.0103`, `5001.01.03` beneath `5001.01`, not `5001.10` `5001.1`. */
export const isBeneath = ({ number }: AccountRow, { number: above }: AccountRow): boolean =>
  number.startsWith(above) && /^(\.|[0-9]{2})/.test(number.slice(above.length));
