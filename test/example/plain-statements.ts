import { type Balances, isExpenditure, isIncome } from './plain-books.js';

/** Where the accounts stand in 会社保02表, by their statutory numbers. */
const NUMBERS: Readonly<Record<string, string>> = {
  'income.premiums': '4001',
  'income.subsidy': '4101',
  'income.interest': '4201',
  'income.transfer-in': '4301',
  'income.from-above': '4401',
  'income.from-below': '4402',
  'income.other': '4501',
  benefits: '5001',
  'serious-illness': '5101',
  'expenditure.transfer-out': '5201',
  'expenditure.to-above': '5301',
  'expenditure.to-below': '5302',
  'expenditure.other': '5401',
};
/** What goes between levels: the statement of the province as one is without it. */
export const BETWEEN_LEVELS: readonly string[] = ['4401', '4402', '5301', '5302'];

/** What of a fund without personal accounts the form knows no line of its own for is outpatient care. */
const detailOf = (fund: string, detail: string): string =>
  fund === 'resident' && detail === 'chronic' ? 'outpatient' : detail.replace('personal-', '');

/**
 * The lines of 会社保02表 of a year, by the keys of the statement; lines at nothing are left out.
 * @param year income and expenditure by ledger line
 */
export function plainStatement(fund: string, year: Balances, without: readonly string[] = []): Map<string, bigint> {
  const lines = new Map<string, bigint>();
  const add = (key: string, amount: bigint): void => void lines.set(key, (lines.get(key) ?? 0n) + amount);
  for (const [line, amount] of year) {
    const [place, share = 'pool'] = line.split('@') as [string, string?];
    const [account, detail] = place.split('/') as [string, string?];
    const number = NUMBERS[account]!;
    if (without.includes(number)) continue;
    const side = isIncome(line) ? 'income' : isExpenditure(line) ? 'expenditure' : undefined;
    add(`${share}-${side}`, amount);
    add(`${share}-${side}/${number}`, amount);
    if (account === 'benefits') add(`${share}-${side}/5001/${detailOf(fund, detail!)}`, amount);
    add('surplus', side === 'income' ? amount : -amount);
    if (fund === 'employee') add(`surplus/${share}`, side === 'income' ? amount : -amount);
  }
  return new Map([...lines].filter(([, amount]) => amount !== 0n));
}

/** Where the accounts stand in 会社保01表. */
const BALANCE_NUMBERS: Readonly<Record<string, string>> = {
  cash: '1001',
  'income-account': '1002',
  'fiscal-account': '1003',
  'expenditure-account': '1004',
  treasury: '1005',
  bonds: '1201',
  loans: '2101',
};

/**
 * The lines of 会社保01表 of a closed month, when nothing is left of income and expenditure but what is pending; lines at
 * nothing are left out.
 * @param balances by ledger line, debit positive
 */
export function plainBalanceSheet(fund: string, balances: Balances): Map<string, bigint> {
  const lines = new Map<string, bigint>();
  const add = (key: string, amount: bigint): void => void lines.set(key, (lines.get(key) ?? 0n) + amount);
  for (const [line, debit] of balances) {
    const account = line.split(/[/@]/)[0]!;
    const number = BALANCE_NUMBERS[account];
    if (account.startsWith('net.') || account.startsWith('pending.')) {
      const part = account.startsWith('pending.') ? 'pending' : account.replace('net.', '');
      add('net-assets', -debit);
      add('liabilities-and-net-assets', -debit);
      add(part === 'risk' ? '3101' : '3001', -debit);
      if (part !== 'risk' && fund === 'employee') add(`3001/${part}`, -debit);
    } else if (account === 'loans' || account.startsWith('suspense.')) {
      add('liabilities', -debit);
      add('liabilities-and-net-assets', -debit);
      add(number ?? '2001', -debit);
      if (account === 'suspense.off-site-inbound') add('2001/off-site', -debit);
    } else {
      add('assets', debit);
      add(number ?? '1101', debit);
      if (account === 'advances.off-site') add('1101/off-site', debit);
    }
  }
  return new Map([...lines].filter(([, amount]) => amount !== 0n));
}

/** The years of several books as one. */
export function together(years: Iterable<Balances>): Balances {
  const sums: Balances = new Map();
  for (const year of years) for (const [line, amount] of year) sums.set(line, (sums.get(line) ?? 0n) + amount);
  return sums;
}
