import { debit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { Reference } from '../../kinds/fields.js';
import { shareOf } from '../../kinds/shares.js';
import { voucher } from '../../kinds/kind.js';
import { AdvanceCommand, endAdvance } from './advance-command.js';

export class WriteOffAdvance extends AdvanceCommand {
  @Reference(text('批准文号', 'approval'))
  approval!: string;
}

/** An advance that cannot be got back, written off 核销 by approval: other expenditure of the pool (SIFAS, 1101). */
export const advanceWriteOff = voucher<WriteOffAdvance>({
  kind: 'advance-write-off',
  route: 'advance-write-offs',
  event: 'AdvanceWrittenOff.v1',
  name: text('预付核销', 'Advance write-off'),
  command: WriteOffAdvance,
  counterparty: ({ counterparty }) => counterparty,
  post: (command, adopted) => {
    const share = shareOf(adopted, command, 'pool');
    const line = { detail: 'written-off-advances', share };
    return [debit('expenditure.other', parseFen(command.amount), line), endAdvance(command)];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-06-28',
    amount: '4200.00',
    advance: 'advances.other',
    counterparty: 'P46010000031',
    approval: 'QF-2025-040',
    evidence: { kind: 'approval', number: 'HX-2025-0002', sha256: '13'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '机构注销无法收回，经批准核销',
  },
});
