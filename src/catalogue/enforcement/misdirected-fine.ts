import { credit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { CaseCommand } from '../../kinds/commands.js';
import { Reference } from '../../kinds/fields.js';
import { voucher } from '../../kinds/kind.js';
import { received, ReceivingAccount } from '../between-accounts/bank-accounts.js';

/** Where a fine waits that reached the fund by mistake: it is the treasury's from the first day. */
export const HELD_FOR_TREASURY = 'suspense.to-treasury';

export class ReceiveMisdirectedFine extends CaseCommand {
  @Reference(text('当事人编号', 'party'))
  party!: string;

  @ReceivingAccount(['fiscal-account', 'income-account', 'expenditure-account'])
  account?: string;
}

/** A fine that reached an account of the fund by mistake 误入罚款: held for the treasury, never income (R735, art. 45). */
export const misdirectedFine = voucher<ReceiveMisdirectedFine>({
  kind: 'misdirected-fine',
  route: 'misdirected-fines',
  event: 'MisdirectedFineReceived.v1',
  name: text('误入罚款', 'Misdirected fine'),
  command: ReceiveMisdirectedFine,
  counterparty: ({ party }) => party,
  post: (command) => {
    const amount = parseFen(command.amount);
    return [received(command, amount), credit(HELD_FOR_TREASURY, amount)];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-06-17',
    caseId: 'HK-2025-0007',
    amount: '50000.00',
    party: 'H46010000001',
    account: 'fiscal-account',
    evidence: { kind: 'bank-receipt', number: 'CZ-2025-000915', sha256: '1c'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '罚款误缴财政专户',
  },
});
