import { debit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { AmountCommand } from '../../kinds/commands.js';
import { voucher } from '../../kinds/kind.js';
import { DetailOf, LineOf } from '../../kinds/adopted-fields.js';
import { incomeByShare, PersonalShare, PoolShare } from './unknown-share.js';

const INCOME: Readonly<Record<string, string>> = {
  'pending.premiums': 'income.premiums',
  'pending.interest': 'income.interest',
};

export class AllocatePendingIncome extends AmountCommand {
  @LineOf(text('待转科目', 'pending income'), Object.keys(INCOME))
  pending!: string;

  @DetailOf(text('缴费人类别', 'payer kind'), 'income.premiums', { optional: true })
  payerKind?: string;

  @PoolShare()
  poolShare?: string;

  @PersonalShare()
  personalShare?: string;
}

/**
 * Income whose shares were not known when it came is allocated 待转收入分配 (SIFAS, 4601 and 4602): from now on it is
 * income of the pool and of the personal accounts. It may wait over the end of a month, never over that of a year.
 */
export const pendingAllocation = voucher<AllocatePendingIncome>({
  kind: 'pending-allocation',
  route: 'pending-allocations',
  event: 'PendingIncomeAllocated.v1',
  name: text('待转收入分配', 'Pending income allocation'),
  command: AllocatePendingIncome,
  post: (command, adopted) => {
    const { pending, payerKind } = command;
    const account = INCOME[pending]!;
    const detail = account === 'income.premiums' ? payerKind : undefined;
    return [debit(pending, parseFen(command.amount)), ...incomeByShare(adopted, command, { account, detail, pending })];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-06-23',
    amount: '10000.00',
    pending: 'pending.premiums',
    payerKind: 'employer',
    poolShare: '7300.00',
    personalShare: '2700.00',
    evidence: { kind: 'allocation', number: 'DZ-2025-05', sha256: '26'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '五月待转保费分配',
  },
});
