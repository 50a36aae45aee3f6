import { debit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { AmountCommand } from '../../kinds/commands.js';
import { Amount, Count, Reference } from '../../kinds/fields.js';
import { demandPerHead } from '../../kinds/per-head.js';
import { shareOf } from '../../kinds/shares.js';
import { voucher } from '../../kinds/kind.js';
import { paid, PayingAccount } from '../between-accounts/bank-accounts.js';

export class PaySeriousIllnessPremium extends AmountCommand {
  @Reference(text('保险公司编号', 'insurer'))
  insurer!: string;

  @Count(text('参保人数', 'headcount'), { min: 1 })
  headcount!: number;

  @Amount(text('人均标准', 'per head'))
  perHead!: string;

  @PayingAccount()
  account?: string;
}

/** The premium of serious-illness insurance 大病保险 paid to the insurer: so much a head, expenditure of the pool. */
export const seriousIllnessPremium = voucher<PaySeriousIllnessPremium>({
  kind: 'serious-illness-premium',
  route: 'serious-illness-premiums',
  event: 'SeriousIllnessPremiumPaid.v1',
  name: text('大病保险保费', 'Serious-illness premium'),
  command: PaySeriousIllnessPremium,
  counterparty: ({ insurer }) => insurer,
  post: (command, adopted) => {
    demandPerHead(command);
    const amount = parseFen(command.amount);
    return [debit('serious-illness', amount, { share: shareOf(adopted, command, 'pool') }), paid(command, amount)];
  },
  example: {
    fund: 'resident',
    unit: '460100',
    businessDate: '2025-06-06',
    amount: '90000.00',
    insurer: 'INS-0001',
    headcount: 1000,
    perHead: '90.00',
    account: 'expenditure-account',
    evidence: { kind: 'contract', number: 'DB-2025-460100', sha256: '1e'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '二〇二五年大病保险保费',
  },
});
