import { PERIOD_CLOSE_KIND } from '../../books/periods.js';
import { text } from '../../errors.js';
import { Reference } from '../../kinds/fields.js';
import { LedgerCommand } from '../../kinds/commands.js';
import { closing } from '../../kinds/kind.js';

export class ClosePeriod extends LedgerCommand {
  @Reference(text('批准文号', 'approval'), { optional: true })
  approval?: string;
}

/**
 * A month is closed 月结 on its last day (SIFAS: every month's end is a period's end): income and expenditure are carried
 * to 一般基金结余 by share, and only income whose share is not yet known (4601, 4602) may stand over it.
 */
export const periodClose = closing<ClosePeriod>({
  kind: PERIOD_CLOSE_KIND,
  route: 'period-closes',
  event: 'PeriodClosed.v1',
  name: text('月结', 'Period close'),
  command: ClosePeriod,
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-05-31',
    evidence: { kind: 'closing', number: 'JZ-2025-05', sha256: '5c'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '五月结账',
  },
});
