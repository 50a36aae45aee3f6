import { debit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { voucher } from '../../kinds/kind.js';
import { paid, PayingAccount } from '../between-accounts/bank-accounts.js';
import { SuspenseCommand } from './suspense.js';

export class ReleaseSuspense extends SuspenseCommand {
  @PayingAccount(['fiscal-account', 'expenditure-account', 'income-account', 'treasury'])
  account?: string;
}

/**
 * Money that was held goes back by the channel it came through, or on to whom it is for: no expenditure, and never more
 * than is held. What turns out to be a premium becomes a contribution from where it is held.
 */
export const suspenseRelease = voucher<ReleaseSuspense>({
  kind: 'suspense-release',
  route: 'suspense-releases',
  event: 'SuspenseReleased.v1',
  name: text('暂收款退付', 'Suspense release'),
  command: ReleaseSuspense,
  counterparty: ({ counterparty }) => counterparty,
  post: (command) => {
    const amount = parseFen(command.amount);
    return [debit(command.heldIn, amount), paid(command, amount)];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-06-21',
    amount: '1000.00',
    heldIn: 'suspense.other',
    counterparty: 'UNKNOWN-2025-0031',
    account: 'fiscal-account',
    evidence: { kind: 'refund-notice', number: 'ZS-2025-06-0031T', sha256: '28'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '误汇款原路退回',
  },
});
