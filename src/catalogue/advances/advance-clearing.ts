import { debit, SHARES } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { Count, OneOf } from '../../kinds/fields.js';
import { voucher } from '../../kinds/kind.js';
import { Region } from '../off-site/region.js';
import { benefitLine } from '../paying/benefits.js';
import { AdvanceCommand, endAdvance } from './advance-command.js';
import { DetailOf } from '../../kinds/adopted-fields.js';

export class ClearAdvance extends AdvanceCommand {
  @DetailOf(text('待遇种类', 'benefit kind'), 'benefits')
  benefitKind!: string;

  @Count(text('结算人次', 'claims'), { optional: true })
  claims?: number;

  @Region(text('就医地', 'care region'), { optional: true })
  careRegion?: string;

  @OneOf(text('列支', 'share'), SHARES, { optional: true })
  share?: string;
}

/**
 * An advance cleared 清算: the care it was paid for is expenditure now, and no money moves. Care of our insured elsewhere
 * is cleared so; a payout that is larger than its advance sets the advance off and pays the rest.
 */
export const advanceClearing = voucher<ClearAdvance>({
  kind: 'advance-clearing',
  route: 'advance-clearings',
  event: 'AdvanceCleared.v1',
  name: text('预付清算', 'Advance clearing'),
  command: ClearAdvance,
  counterparty: ({ counterparty }) => counterparty,
  post: (command, adopted) => {
    const line = benefitLine(adopted, command, command.benefitKind, command.share);
    return [debit('benefits', parseFen(command.amount), line), endAdvance(command)];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-06-25',
    amount: '180000.00',
    advance: 'advances.off-site',
    counterparty: '440100',
    benefitKind: 'inpatient',
    claims: 64,
    careRegion: '440100',
    share: 'pool',
    evidence: { kind: 'clearing', number: 'QS-2025-05-440100', sha256: '11'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '五月跨省异地就医清算',
  },
});
