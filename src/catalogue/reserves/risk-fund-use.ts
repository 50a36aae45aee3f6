import { credit, debit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { AmountCommand } from '../../kinds/commands.js';
import { Reference } from '../../kinds/fields.js';
import { voucher } from '../../kinds/kind.js';

export class UseRiskFund extends AmountCommand {
  @Reference(text('批准文号', 'approval'))
  approval!: string;
}

/** The risk fund 风险基金 used for the pool, by approval: never more than was set aside. */
export const riskFundUse = voucher<UseRiskFund>({
  kind: 'risk-fund-use',
  route: 'risk-fund-uses',
  event: 'RiskFundUsed.v1',
  name: text('动用风险基金', 'Risk fund use'),
  command: UseRiskFund,
  post: ({ amount }) => [debit('net.risk', parseFen(amount)), credit('net.pool', parseFen(amount))],
  example: {
    fund: 'assistance',
    unit: '460100',
    businessDate: '2025-06-26',
    amount: '120000.00',
    approval: 'QF-2025-031',
    evidence: { kind: 'approval', number: 'FX-2025-02', sha256: '1a'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '按批复动用风险基金',
  },
});
