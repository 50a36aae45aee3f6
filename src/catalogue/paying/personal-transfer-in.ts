import { credit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { voucher } from '../../kinds/kind.js';
import { received, ReceivingAccount } from '../between-accounts/bank-accounts.js';
import { PERSONAL, PersonalTransferCommand } from './personal-transfer.js';

export class TransferPersonalAccountIn extends PersonalTransferCommand {
  @ReceivingAccount(['fiscal-account', 'income-account'])
  account?: string;
}

/** The personal account of a person who moves here 转移收入: income of the personal accounts. */
export const personalTransferIn = voucher<TransferPersonalAccountIn>({
  kind: 'personal-transfer-in',
  route: 'personal-transfers-in',
  event: 'PersonalAccountTransferredIn.v1',
  name: text('个人账户转入', 'Personal account transferred in'),
  command: TransferPersonalAccountIn,
  counterparty: ({ person }) => person,
  post: (command) => {
    const amount = parseFen(command.amount);
    return [received(command, amount), credit('income.transfer-in', amount, PERSONAL)];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-06-03',
    amount: '5820.36',
    person: 'G-00017',
    otherRegion: '440100',
    account: 'fiscal-account',
    evidence: { kind: 'bank-receipt', number: 'ZY-2025-06-0017', sha256: '20'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '跨统筹区转入',
  },
});
