import { debit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { voucher } from '../../kinds/kind.js';
import { paid, PayingAccount } from '../between-accounts/bank-accounts.js';
import { PERSONAL, PersonalTransferCommand } from './personal-transfer.js';

export class TransferPersonalAccountOut extends PersonalTransferCommand {
  @PayingAccount()
  account?: string;
}

/** The personal account of a person who moves away 转移支出: charged to the personal accounts, never to the pool. */
export const personalTransferOut = voucher<TransferPersonalAccountOut>({
  kind: 'personal-transfer-out',
  route: 'personal-transfers-out',
  event: 'PersonalAccountTransferredOut.v1',
  name: text('个人账户转出', 'Personal account transferred out'),
  command: TransferPersonalAccountOut,
  counterparty: ({ person }) => person,
  post: (command) => {
    const amount = parseFen(command.amount);
    return [debit('expenditure.transfer-out', amount, PERSONAL), paid(command, amount)];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-06-04',
    amount: '3310.08',
    person: 'G-00021',
    otherRegion: '230100',
    account: 'expenditure-account',
    evidence: { kind: 'transfer-notice', number: 'ZY-2025-06-0021', sha256: '21'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '跨统筹区转出',
  },
});
