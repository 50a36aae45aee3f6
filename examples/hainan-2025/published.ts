import { type Fen, parseFen } from '../../src/money.js';

/**
 * What was published: Hainan's medical-insurance press conference of 17 June 2025. Amounts are in fen, written here in
 * the units they were published in. Everything else in this folder is made up so that it adds up to these.
 */

/** 亿元 with two digits, e.g. `54.68`, as fen. */
const yi = (published: string): Fen => parseFen(published) * 100_000_000n;
/** 万元 with up to two digits, e.g. `1638.70`, as fen. */
const wan = (published: string): Fen => parseFen(published) * 10_000n;

/** One line of the published table: January to May 2025, and the cumulative balance on 31 May. */
export interface PublishedLine {
  readonly fund: string;
  readonly opening: Fen;
  readonly income: Fen;
  readonly expenditure: Fen;
  readonly closing: Fen;
}

/** The day of the fund figures, and the day the enforcement figures run to. */
export const AS_OF = '2025-05-31';
export const ENFORCEMENT_TO = '2025-06-17';
export const FISCAL_YEAR_START = '2025-01-01';

const line = (fund: string, income: string, expenditure: string, closing: string): PublishedLine => ({
  fund,
  opening: yi(closing) - yi(income) + yi(expenditure),
  income: yi(income),
  expenditure: yi(expenditure),
  closing: yi(closing),
});

/** The basic-insurance funds, and their total as it was published: it is compared, never added up from the two. */
export const EMPLOYEE = line('employee', '54.68', '40.17', '387.16');
export const RESIDENT = line('resident', '27.95', '24.34', '72.13');
export const BASIC_TOTAL = line('basic', '82.63', '64.51', '459.29');

/** Medical assistance: only the expenditure was published. The opening and the income are made up. */
export const ASSISTANCE = {
  fund: 'assistance',
  opening: yi('0.31'),
  income: yi('1.21'),
  expenditure: yi('1.02'),
  closing: yi('0.50'),
} as const satisfies PublishedLine;

export const FUND_LINES: readonly PublishedLine[] = [EMPLOYEE, RESIDENT, ASSISTANCE];

/** Enforcement to date: fines go to the treasury and move no balance; the other two came back into the funds. */
export const FINES = wan('1638.70');
export const RECOVERED = wan('5555.27');
export const SELF_CHECK_RETURNS = wan('7576.29');
export const RETURNED_TO_FUNDS = wan('13131.56');
export const HANDLED_CASES = 169;
export const PENALISED_CASES = 15;

/** Residents insured on 13 June 2025. */
export const RESIDENT_PARTICIPANTS = 6_735_100n;
