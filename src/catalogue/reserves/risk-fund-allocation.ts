import { credit, debit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { AmountCommand } from '../../kinds/commands.js';
import { Reference } from '../../kinds/fields.js';
import { voucher } from '../../kinds/kind.js';

export class SetRiskFund extends AmountCommand {
  @Reference(text('批准文号', 'approval'))
  approval!: string;
}

/** Part of the pool set aside as the risk fund 风险基金, by approval: the fund as a whole has as much as before. */
export const riskFundAllocation = voucher<SetRiskFund>({
  kind: 'risk-fund-allocation',
  route: 'risk-fund-allocations',
  event: 'RiskFundSet.v1',
  name: text('计提风险基金', 'Risk fund allocation'),
  command: SetRiskFund,
  post: ({ amount }) => [debit('net.pool', parseFen(amount)), credit('net.risk', parseFen(amount))],
  example: {
    fund: 'assistance',
    unit: '460100',
    businessDate: '2025-06-20',
    amount: '500000.00',
    approval: 'QF-2025-018',
    evidence: { kind: 'approval', number: 'FX-2025-01', sha256: '19'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '按批复计提风险基金',
  },
});
