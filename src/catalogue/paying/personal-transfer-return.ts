import { credit, debit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { code, CodeList } from '../../text/codes.js';
import { OneOf } from '../../kinds/fields.js';
import { voucher } from '../../kinds/kind.js';
import { paid, received } from '../between-accounts/bank-accounts.js';
import { PERSONAL, PersonalTransferCommand } from './personal-transfer.js';
import { LineOf } from '../../kinds/adopted-fields.js';

const DIRECTIONS = new CodeList([
  code('in', '转入退回', 'A transfer in, sent back'),
  code('out', '转出退回', 'A transfer out, come back'),
]);

export class ReturnPersonalTransfer extends PersonalTransferCommand {
  @OneOf(text('退回种类', 'returned transfer'), DIRECTIONS)
  returned!: string;

  @LineOf(text('收付账户', 'bank account'), ['fiscal-account', 'expenditure-account'], { optional: true })
  account?: string;
}

/**
 * A transfer of a personal account that came back or is sent back 转移退回 (SIFAS): one out that returns is a credit of
 * 5201, one in that is returned a debit of 4301, whatever year it was of.
 */
export const personalTransferReturn = voucher<ReturnPersonalTransfer>({
  kind: 'personal-transfer-return',
  route: 'personal-transfer-returns',
  event: 'PersonalAccountTransferReturned.v1',
  name: text('个人账户转移退回', 'Personal account transfer returned'),
  command: ReturnPersonalTransfer,
  counterparty: ({ person }) => person,
  post: (command) => {
    const amount = parseFen(command.amount);
    return command.returned === 'out'
      ? [received(command, amount), credit('expenditure.transfer-out', amount, PERSONAL)]
      : [debit('income.transfer-in', amount, PERSONAL), paid(command, amount)];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-06-13',
    amount: '3310.08',
    person: 'G-00021',
    otherRegion: '230100',
    returned: 'out',
    account: 'expenditure-account',
    evidence: { kind: 'bank-receipt', number: 'ZY-2025-06-0021T', sha256: '22'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '对方账号有误，转出退回',
  },
});
