import { credit, debit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { AmountCommand } from '../../kinds/commands.js';
import { Amount, Count } from '../../kinds/fields.js';
import { demandPerHead } from '../../kinds/per-head.js';
import { voucher } from '../../kinds/kind.js';

export class CreditPersonalAccounts extends AmountCommand {
  @Count(text('人数', 'headcount'), { min: 1 })
  headcount!: number;

  @Amount(text('人均标准', 'per head'), { optional: true })
  perHead?: string;
}

/**
 * Money of the pool credited to personal accounts 个人账户划入, e.g. of the retired: from one net asset to the other. The
 * fund as a whole has as much as before, and no money moves. Without a rate for all, the evidence lists the people's.
 */
export const personalAccountCredit = voucher<CreditPersonalAccounts>({
  kind: 'personal-account-credit',
  route: 'personal-account-credits',
  event: 'PersonalAccountCredited.v1',
  name: text('个人账户划入', 'Personal account credit'),
  command: CreditPersonalAccounts,
  post: (command) => {
    demandPerHead(command);
    const amount = parseFen(command.amount);
    return [debit('net.pool', amount), credit('net.personal', amount)];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-06-02',
    amount: '83000.00',
    headcount: 1000,
    perHead: '83.00',
    evidence: { kind: 'roster', number: 'HR-2025-06', sha256: '23'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '六月退休人员个人账户划入',
  },
});
