import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { voucher } from '../../kinds/kind.js';
import { received, ReceivingAccount } from '../between-accounts/bank-accounts.js';
import { AdvanceCommand, endAdvance } from './advance-command.js';

export class ReturnAdvance extends AdvanceCommand {
  @ReceivingAccount(['fiscal-account', 'expenditure-account'])
  account?: string;
}

/** An advance returned 收回预付: the money comes back where advances are paid from. It is no income. */
export const advanceReturn = voucher<ReturnAdvance>({
  kind: 'advance-return',
  route: 'advance-returns',
  event: 'AdvanceReturned.v1',
  name: text('预付收回', 'Advance return'),
  command: ReturnAdvance,
  counterparty: ({ counterparty }) => counterparty,
  post: (command) => [received(command, parseFen(command.amount)), endAdvance(command)],
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-06-27',
    amount: '300000.00',
    advance: 'advances.provider',
    counterparty: 'H46010000001',
    account: 'expenditure-account',
    evidence: { kind: 'bank-receipt', number: 'YF-2025-06-009', sha256: '12'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '收回上年预付金',
  },
});
