import { by, SIFAS } from '../../books/sources.js';
import { credit, debit, type Entry } from '../../books/entries.js';
import { refusal, text } from '../../errors.js';
import { formatFen, parseFen } from '../../money.js';
import { type Adopted } from '../../reference/adopted.js';
import { demandAbsent } from '../../kinds/absent.js';
import { AmountOrZero } from '../../kinds/fields.js';
import { shareOf } from '../../kinds/shares.js';
import { voucher } from '../../kinds/kind.js';
import { paid, PayingAccount } from '../between-accounts/bank-accounts.js';
import { LoanCommand } from './loan.js';
import { DetailOf } from '../../kinds/adopted-fields.js';

export class RepayLoan extends LoanCommand {
  @AmountOrZero(text('其中：利息', 'of which interest'), { optional: true })
  interest?: string;

  @DetailOf(text('代还财政', 'repaid by'), 'income.subsidy', { optional: true })
  repaidBy?: string;

  @PayingAccount()
  account?: string;
}

/**
 * A loan repaid 归还借款 (SIFAS, 2101). The amount is what left the bank; its interest is other expenditure of the pool.
 * Where the government repays in the fund's place, no money of the fund moves: the debt becomes a subsidy of that tier.
 */
export const loanRepayment = voucher<RepayLoan>({
  kind: 'loan-repayment',
  route: 'loan-repayments',
  event: 'LoanRepaid.v1',
  name: text('归还借款', 'Loan repayment'),
  command: RepayLoan,
  counterparty: ({ lender }) => lender,
  post: (command, adopted) => (command.repaidBy === undefined ? byFund(command, adopted) : byTier(command, adopted)),
  example: {
    fund: 'resident',
    unit: '469001',
    businessDate: '2025-06-30',
    amount: '1012500.00',
    lender: 'CZ-469001',
    interest: '12500.00',
    account: 'fiscal-account',
    evidence: { kind: 'bank-receipt', number: 'HK-2025-01', sha256: '17'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '归还财政周转资金及利息',
  },
});

function byFund(command: RepayLoan, adopted: Adopted): Entry[] {
  const amount = parseFen(command.amount);
  const interest = parseFen(command.interest ?? '0');
  if (interest > amount)
    throw refusal(
      '/interest',
      'interest-exceeds-amount',
      by(SIFAS, text('利息大于还款总额', 'the interest is larger than what was repaid')),
      text(`不超过 ${command.amount}`, `at most ${command.amount}`),
      formatFen(interest),
    );
  const share = shareOf(adopted, command, 'pool');
  const lines = [
    debit('loans', amount - interest),
    debit('expenditure.other', interest, { detail: 'loan-interest', share }),
  ];
  return [...lines.filter(({ debit: part }) => part !== '0.00'), paid(command, amount)];
}

function byTier(command: RepayLoan, adopted: Adopted): Entry[] {
  demandAbsent(
    command,
    ['interest', 'account'],
    'repaid-by-government',
    text('财政代还的借款不动用基金资金', 'a loan that the government repays moves no money of the fund'),
    text('不填', 'nothing'),
  );
  const amount = parseFen(command.amount);
  const line = { detail: command.repaidBy, share: shareOf(adopted, command, 'pool') };
  return [debit('loans', amount), credit('income.subsidy', amount, line)];
}
