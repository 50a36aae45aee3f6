import { debit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { CaseCommand } from '../../kinds/commands.js';
import { Reference } from '../../kinds/fields.js';
import { voucher } from '../../kinds/kind.js';
import { paid, PayingAccount } from '../between-accounts/bank-accounts.js';
import { HELD_FOR_TREASURY } from './misdirected-fine.js';

export class ForwardMisdirectedFine extends CaseCommand {
  @Reference(text('缴库凭证', 'treasury receipt'))
  treasuryReceipt!: string;

  @PayingAccount()
  account?: string;
}

/**
 * A fine that had reached the fund by mistake goes to the treasury 缴库. The income account pays only upward
 * or to the fiscal account, so that a fine that came into it is swept there first.
 */
export const misdirectedFineForwarding = voucher<ForwardMisdirectedFine>({
  kind: 'misdirected-fine-forwarding',
  route: 'misdirected-fine-forwardings',
  event: 'MisdirectedFineForwarded.v1',
  name: text('误入罚款缴库', 'Misdirected fine forwarding'),
  command: ForwardMisdirectedFine,
  counterparty: ({ treasuryReceipt }) => treasuryReceipt,
  post: (command) => {
    const amount = parseFen(command.amount);
    return [debit(HELD_FOR_TREASURY, amount), paid(command, amount)];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-06-19',
    caseId: 'HK-2025-0007',
    amount: '50000.00',
    treasuryReceipt: 'GK-2025-000085',
    account: 'fiscal-account',
    evidence: { kind: 'treasury-receipt', number: 'GK-2025-000085', sha256: '1d'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '误入罚款转缴国库',
  },
});
