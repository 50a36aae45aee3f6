import { text } from '../../errors.js';
import { demandBelow, OtherUnit, sendEntries, TransferCommand } from './between-levels.js';
import { demandGapYear, GapYear } from './gap-year.js';
import { voucher } from '../../kinds/kind.js';
import { LineOf } from '../../kinds/adopted-fields.js';

export class FundDown extends TransferCommand {
  @OtherUnit(text('补助至', 'to unit'))
  toUnit!: string;

  @LineOf(text('付款账户', 'paying account'), ['fiscal-account', 'expenditure-account'], { optional: true })
  account?: string;

  @GapYear()
  gapYear?: string;
}

/** Funding for the level below 补助下级, as the sender records it. */
export const fundingDown = voucher<FundDown>({
  kind: 'funding-down',
  route: 'fundings-down',
  event: 'FundedDown.v1',
  name: text('补助下级', 'Funding down'),
  command: FundDown,
  counterparty: ({ toUnit }) => toUnit,
  post: (command, adopted) => {
    demandGapYear(command);
    demandBelow(adopted, command, command.toUnit, '/toUnit');
    return sendEntries(adopted, command, 'expenditure.to-below', command.account);
  },
  example: {
    fund: 'employee',
    unit: '460000',
    businessDate: '2025-05-26',
    amount: '100000.00',
    transferId: 'BZ-2025-05-469001',
    toUnit: '469001',
    account: 'fiscal-account',
    evidence: { kind: 'appropriation', number: 'BZ-2025-05', sha256: '09'.repeat(32) },
    maker: 'zhao',
    reviewer: 'qian',
    note: '五月补助五指山市',
  },
});
