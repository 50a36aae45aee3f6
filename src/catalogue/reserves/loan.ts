import { credit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { AmountCommand } from '../../kinds/commands.js';
import { Reference } from '../../kinds/fields.js';
import { voucher } from '../../kinds/kind.js';
import { received, ReceivingAccount } from '../between-accounts/bank-accounts.js';

/** A command about money that was borrowed. */
export class LoanCommand extends AmountCommand {
  @Reference(text('出借人编号', 'lender'))
  lender!: string;
}

export class DrawLoan extends LoanCommand {
  @ReceivingAccount(['fiscal-account', 'expenditure-account'])
  account?: string;
}

/** Money borrowed 借入款项: a liability, never income. */
export const loan = voucher<DrawLoan>({
  kind: 'loan',
  route: 'loans',
  event: 'LoanDrawn.v1',
  name: text('借入款项', 'Loan'),
  command: DrawLoan,
  counterparty: ({ lender }) => lender,
  post: (command) => {
    const amount = parseFen(command.amount);
    return [received(command, amount), credit('loans', amount)];
  },
  example: {
    fund: 'resident',
    unit: '469001',
    businessDate: '2025-06-05',
    amount: '2000000.00',
    lender: 'CZ-469001',
    account: 'fiscal-account',
    evidence: { kind: 'agreement', number: 'JK-2025-01', sha256: '16'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '向财政借入周转资金',
  },
});
