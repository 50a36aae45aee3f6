import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { AmountCommand } from '../../kinds/commands.js';
import { voucher } from '../../kinds/kind.js';
import { DetailOf, LineOf } from '../../kinds/adopted-fields.js';
import { received } from '../between-accounts/bank-accounts.js';
import { incomeByShare, PersonalShare, SharesKnown } from './unknown-share.js';

/** Where money bears interest. */
const DEPOSITS = ['income-account', 'expenditure-account', 'fiscal-account', 'fiscal-account/term', 'treasury'];

export class RecordInterest extends AmountCommand {
  @LineOf(text('计息账户', 'account'), DEPOSITS)
  account!: string;

  @PersonalShare()
  personalShare?: string;

  @DetailOf(text('利息种类', 'interest kind'), 'income.interest', { optional: true })
  interestKind?: string;

  @SharesKnown()
  shares?: string;
}

/** Interest 利息 that an account has borne. What belongs to personal accounts is credited to them first. */
export const interest = voucher<RecordInterest>({
  kind: 'interest',
  route: 'interest',
  event: 'InterestRecorded.v1',
  name: text('利息', 'Interest'),
  command: RecordInterest,
  post: (command, adopted) => {
    const { interestKind: detail } = command;
    return [
      received(command, parseFen(command.amount)),
      ...incomeByShare(adopted, command, { account: 'income.interest', detail, pending: 'pending.interest' }),
    ];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-03-21',
    amount: '12345.67',
    account: 'fiscal-account/term',
    personalShare: '2345.67',
    evidence: { kind: 'bank-receipt', number: 'LX-2025-Q1', sha256: '05'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '一季度定期存款利息',
  },
});
