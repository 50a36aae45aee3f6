import { text } from '../../errors.js';
import { memo } from '../../kinds/kind.js';
import { BUDGET_APPROVAL_KIND } from './budget-approval.js';
import { BudgetCommand, BudgetLines, budgetStream, demandLinesOfFund } from './budget.js';

export class AdjustBudget extends BudgetCommand {
  @BudgetLines(text('调整后预算数', 'new amounts by line'))
  lines!: Readonly<Record<string, string>>;
}

/**
 * An adjustment of an approved budget 预算调整: the lines that change, each with its new amount 调整后预算数. The other lines
 * stay as they were.
 */
export const budgetAdjustment = memo<AdjustBudget>({
  kind: 'budget-adjustment',
  route: 'budget-adjustments',
  event: 'BudgetAdjusted.v1',
  name: text('预算调整', 'Budget adjustment'),
  command: AdjustBudget,
  stream: budgetStream,
  register: () => ({
    answers: { kind: BUDGET_APPROVAL_KIND, says: text('该年度预算未批复', 'the budget of the year was not approved') },
  }),
  findings: (command, adopted) => {
    demandLinesOfFund(command, command.lines, adopted);
    return [];
  },
  example: {
    fund: 'resident',
    unit: '460100',
    businessDate: '2025-09-18',
    year: '2025',
    lines: { benefits: '645000000.00' },
    evidence: { kind: 'budget-reply', number: '琼财社〔2025〕88号', sha256: '0f'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '住院费用超预期',
  },
});
