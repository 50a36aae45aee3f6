import { credit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { AmountCommand } from '../../kinds/commands.js';
import { voucher } from '../../kinds/kind.js';
import { received, ReceivingAccount } from '../between-accounts/bank-accounts.js';
import { Region } from './region.js';

/** Where money of other regions for the care of their insured is held: neither income nor expenditure. */
export const HELD_FOR_INBOUND = 'suspense.off-site-inbound';

export class FundInboundCare extends AmountCommand {
  @Region(text('参保地', 'insured region'))
  insuredRegion!: string;

  @ReceivingAccount(['fiscal-account', 'income-account'])
  account?: string;
}

/** Money of another region for care of its insured here 异地就医资金: held for the hospitals, never income. */
export const inboundCareFunding = voucher<FundInboundCare>({
  kind: 'inbound-care-funding',
  route: 'inbound-care-fundings',
  event: 'InboundCareFunded.v1',
  name: text('异地来就医资金', 'Inbound care funding'),
  command: FundInboundCare,
  counterparty: ({ insuredRegion }) => insuredRegion,
  post: (command) => {
    const amount = parseFen(command.amount);
    return [received(command, amount), credit(HELD_FOR_INBOUND, amount)];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-06-11',
    amount: '420000.00',
    insuredRegion: '230100',
    account: 'fiscal-account',
    evidence: { kind: 'bank-receipt', number: 'YD-2025-05-230100', sha256: '14'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '收哈尔滨市异地就医资金',
  },
});
