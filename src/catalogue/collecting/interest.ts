import { credit, debit, parseLedgerLine } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { AmountOrZero } from '../../kinds/fields.js';
import { AmountCommand } from '../../kinds/commands.js';
import { splitByShare } from '../../kinds/shares.js';
import { voucher } from '../../kinds/kind.js';
import { LineOf } from '../../kinds/adopted-fields.js';

/** Where money bears interest. */
const DEPOSITS = ['income-account', 'expenditure-account', 'fiscal-account', 'fiscal-account/term', 'treasury'];

export class RecordInterest extends AmountCommand {
  @LineOf(text('计息账户', 'account'), DEPOSITS)
  account!: string;

  @AmountOrZero(text('个人账户部分', 'personal share'), { optional: true })
  personalShare?: string;
}

/** Interest 利息 that an account has borne. What belongs to personal accounts is credited to them first. */
export const interest = voucher<RecordInterest>({
  kind: 'interest',
  route: 'interest',
  event: 'InterestRecorded.v1',
  name: text('利息', 'Interest'),
  command: RecordInterest,
  post: (command, adopted) => {
    const { account, detail } = parseLedgerLine(command.account);
    return [
      debit(account, parseFen(command.amount), { detail }),
      ...splitByShare(adopted, command, command).map(({ share, amount }) =>
        credit('income.interest', amount, { share }),
      ),
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
