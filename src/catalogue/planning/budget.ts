import { by, SIFAS } from '../../books/sources.js';
import { refusal, type Text, text } from '../../errors.js';
import { LedgerCommand, Year } from '../../kinds/commands.js';
import { Amounts } from '../../kinds/adopted-fields.js';
import { type Adopted } from '../../reference/adopted.js';
import { type Account, isOfFund } from '../../reference/chart.js';

/** The lines of a budget 预算收支表: the accounts of income and expenditure, so that execution is account by account. */
const isBudgeted = ({ kind, closed }: Account): boolean => !closed && (kind === 'income' || kind === 'expenditure');

/** Amounts by line. */
export const BudgetLines = (name: Text): PropertyDecorator => Amounts(name, isBudgeted);

/** A fund's budget in one unit and one year. */
export class BudgetCommand extends LedgerCommand {
  @Year(text('预算年度', 'budget year'))
  year!: string;
}

/** The stream of a budget: one for each fund, unit and year. */
export const budgetStream = ({ fund, unit, year }: BudgetCommand): string => `budget-${fund}-${unit}-${year}`;

/** @throws LedgerError refused, where a line is of an account that the fund has not: nothing could ever execute it */
export function demandLinesOfFund(
  { fund }: BudgetCommand,
  lines: Readonly<Record<string, string>>,
  { chart }: Adopted,
): void {
  for (const line of Object.keys(lines)) {
    const account = chart.find(line.split('/')[0]!);
    if (account && isOfFund(account, fund)) continue;
    throw refusal(
      `/lines/${line}`,
      'account-not-in-fund',
      by(SIFAS, text(`该基金不设科目 ${line}`, `the fund has no account ${line}`)),
      text('该基金的收入或支出科目', 'an account of income or expenditure of the fund'),
      line,
    );
  }
}
