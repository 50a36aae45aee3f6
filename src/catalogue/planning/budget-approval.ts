import { text } from '../../errors.js';
import { memo } from '../../kinds/kind.js';
import { BudgetCommand, BudgetLines, budgetStream, demandLinesOfFund } from './budget.js';

export const BUDGET_APPROVAL_KIND = 'budget-approval';

export class ApproveBudget extends BudgetCommand {
  @BudgetLines(text('批复预算数', 'approved amounts by line'))
  lines!: Readonly<Record<string, string>>;
}

/** A fund's budget of a year as it was approved 批复: what execution is measured against. It moves nothing. */
export const budgetApproval = memo<ApproveBudget>({
  kind: BUDGET_APPROVAL_KIND,
  route: 'budget-approvals',
  event: 'BudgetApproved.v1',
  name: text('预算批复', 'Budget approval'),
  command: ApproveBudget,
  stream: budgetStream,
  register: () => ({
    unless: [
      {
        kind: BUDGET_APPROVAL_KIND,
        says: text('该年度预算已批复，变动用预算调整', 'the budget of the year is approved already: it is adjusted'),
      },
    ],
  }),
  findings: (command, adopted) => {
    demandLinesOfFund(command, command.lines, adopted);
    return [];
  },
  example: {
    fund: 'resident',
    unit: '460100',
    businessDate: '2025-02-20',
    year: '2025',
    lines: {
      'income.premiums': '260000000.00',
      'income.subsidy': '435500000.00',
      'income.interest': '3500000.00',
      benefits: '620000000.00',
      'serious-illness': '58000000.00',
    },
    evidence: { kind: 'budget-reply', number: '琼财社〔2025〕12号', sha256: '0e'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '二〇二五年预算批复',
  },
});
