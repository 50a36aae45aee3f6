import { PERIOD_REOPENING_KIND } from '../../books/periods.js';
import { text } from '../../errors.js';
import { Line } from '../../kinds/fields.js';
import { LedgerCommand, VoucherId } from '../../kinds/commands.js';
import { reversal } from '../../kinds/kind.js';

export class ReopenPeriod extends LedgerCommand {
  @VoucherId(text('所反月结', 'period close taken back'))
  reverses!: string;

  @Line(text('反结账事由', 'reason'))
  reason!: string;
}

/** The period closed last is opened again 反月结: what its close carried is taken back in red, on the same day. */
export const periodReopening = reversal<ReopenPeriod>({
  kind: PERIOD_REOPENING_KIND,
  route: 'period-reopenings',
  event: 'PeriodReopened.v1',
  name: text('反月结', 'Period reopening'),
  command: ReopenPeriod,
  refersTo: ({ reverses }) => ({ as: 'reverses', id: reverses }),
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-05-31',
    reverses: 'book-employee-460100-1',
    reason: '五月漏记一笔医院结算',
    evidence: { kind: 'approval', number: 'FJZ-2025-0001', sha256: '5e'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
  },
});
