import { text } from '../../errors.js';
import { demandAbove, OtherUnit, receiveEntries, TransferCommand } from './between-levels.js';
import { demandGapYear, GapYear } from './gap-year.js';
import { voucher } from '../../kinds/kind.js';
import { LineOf } from '../../kinds/adopted-fields.js';

export class ReceiveFunding extends TransferCommand {
  @OtherUnit(text('补助自', 'from unit'))
  fromUnit!: string;

  @LineOf(text('收款账户', 'receiving account'), ['fiscal-account', 'income-account'], { optional: true })
  account?: string;

  @GapYear()
  gapYear?: string;
}

/** Funding from the level above 上级补助收入, as the receiver records it. */
export const fundingReceived = voucher<ReceiveFunding>({
  kind: 'funding-received',
  route: 'fundings-received',
  event: 'FundingReceived.v1',
  name: text('上级补助收入', 'Funding received'),
  command: ReceiveFunding,
  counterparty: ({ fromUnit }) => fromUnit,
  post: (command, adopted) => {
    demandGapYear(command);
    demandAbove(adopted, command, command.fromUnit, '/fromUnit');
    return receiveEntries(adopted, command, 'income.from-above', command.account);
  },
  example: {
    fund: 'employee',
    unit: '469001',
    businessDate: '2025-05-27',
    amount: '100000.00',
    transferId: 'BZ-2025-05-469001',
    fromUnit: '460000',
    account: 'fiscal-account',
    evidence: { kind: 'bank-receipt', number: 'BZ-2025-05-469001', sha256: '0a'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '收省级五月补助',
  },
});
