import { credit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { voucher } from '../../kinds/kind.js';
import { received, ReceivingAccount } from '../between-accounts/bank-accounts.js';
import { SuspenseCommand } from './suspense.js';

export class HoldReceipt extends SuspenseCommand {
  @ReceivingAccount(['fiscal-account', 'income-account', 'treasury'])
  account?: string;
}

/**
 * Money received that is no income 暂收款 (SIFAS, 2001): paid twice or too much and to be refunded, from units below to
 * clear off-site care, or not yet identified. It is held until it is returned, or until it is known what it was.
 */
export const suspenseReceipt = voucher<HoldReceipt>({
  kind: 'suspense-receipt',
  route: 'suspense-receipts',
  event: 'SuspenseReceived.v1',
  name: text('暂收款', 'Suspense receipt'),
  command: HoldReceipt,
  counterparty: ({ counterparty }) => counterparty,
  post: (command) => {
    const amount = parseFen(command.amount);
    return [received(command, amount), credit(command.heldIn, amount)];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-06-12',
    amount: '2640.00',
    heldIn: 'suspense.other',
    counterparty: 'UNKNOWN-2025-0031',
    account: 'fiscal-account',
    evidence: { kind: 'bank-receipt', number: 'ZS-2025-06-0031', sha256: '27'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '来款单位待查',
  },
});
