import { YEAR_CLOSE_KIND } from '../../books/periods.js';
import { text } from '../../errors.js';
import { Reference } from '../../kinds/fields.js';
import { LedgerCommand } from '../../kinds/commands.js';
import { closing } from '../../kinds/kind.js';

export class CloseYear extends LedgerCommand {
  @Reference(text('批准文号', 'approval'), { optional: true })
  approval?: string;
}

/**
 * A year is closed 年结 behind its December: what is still pending becomes income by the experience of the past (SIFAS,
 * 4601 and 4602), every balance goes on into the next year, and nothing of this one is ever opened again.
 */
export const yearClose = closing<CloseYear>({
  kind: YEAR_CLOSE_KIND,
  route: 'year-closes',
  event: 'YearClosed.v1',
  name: text('年结', 'Year close'),
  command: CloseYear,
  pendingPoolShare: ({ fund, unit }, adopted) => adopted.policyIn('pending-income-pool-share', fund, unit),
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-12-31',
    evidence: { kind: 'closing', number: 'NJ-2025', sha256: '5d'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '2025 年度年结',
  },
});
