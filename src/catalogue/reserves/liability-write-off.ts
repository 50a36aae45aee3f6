import { credit, debit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { AmountCommand } from '../../kinds/commands.js';
import { Reference } from '../../kinds/fields.js';
import { shareOf } from '../../kinds/shares.js';
import { voucher } from '../../kinds/kind.js';
import { LineOf } from '../../kinds/adopted-fields.js';

/** What may turn out to be owed to nobody. What is held for the treasury is the treasury's, whoever paid it. */
const UNPAYABLE = [
  'suspense.advance-premiums',
  'suspense.to-refund',
  'suspense.off-site-inbound',
  'suspense.off-site-clearing',
  'suspense.other',
  'loans',
];

export class WriteOffLiability extends AmountCommand {
  @LineOf(text('负债科目', 'liability'), UNPAYABLE)
  liability!: string;

  @Reference(text('往来单位编号', 'counterparty'))
  counterparty!: string;

  @Reference(text('批准文号', 'approval'))
  approval!: string;
}

/** Money held or borrowed that can be paid to nobody 无法支付: other income of the pool by approval (SIFAS, 2001, 2101). */
export const liabilityWriteOff = voucher<WriteOffLiability>({
  kind: 'liability-write-off',
  route: 'liability-write-offs',
  event: 'LiabilityWrittenOff.v1',
  name: text('无法支付款项转收入', 'Liability write-off'),
  command: WriteOffLiability,
  counterparty: ({ counterparty }) => counterparty,
  post: (command, adopted) => {
    const amount = parseFen(command.amount);
    const line = { detail: 'written-off-liabilities', share: shareOf(adopted, command, 'pool') };
    return [debit(command.liability, amount), credit('income.other', amount, line)];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-06-29',
    amount: '380.00',
    liability: 'suspense.to-refund',
    counterparty: 'E-0077',
    approval: 'QF-2025-041',
    evidence: { kind: 'approval', number: 'HX-2025-0003', sha256: '18'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '单位注销无法退付，经批准转其他收入',
  },
});
