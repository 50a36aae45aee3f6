import { debit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { AmountCommand } from '../../kinds/commands.js';
import { Count, Reference } from '../../kinds/fields.js';
import { voucher } from '../../kinds/kind.js';
import { paid, PayingAccount } from '../between-accounts/bank-accounts.js';
import { HELD_FOR_INBOUND } from './inbound-care-funding.js';
import { Region } from './region.js';

export class PayInboundCare extends AmountCommand {
  @Region(text('参保地', 'insured region'))
  insuredRegion!: string;

  @Reference(text('医药机构编号', 'provider'))
  provider!: string;

  @Count(text('结算人次', 'claims'), { optional: true })
  claims?: number;

  @PayingAccount()
  account?: string;
}

/** A hospital here paid for the insured of another region, out of what that region sent: never our expenditure. */
export const inboundCarePayment = voucher<PayInboundCare>({
  kind: 'inbound-care-payment',
  route: 'inbound-care-payments',
  event: 'InboundCarePaid.v1',
  name: text('异地来就医支付', 'Inbound care payment'),
  command: PayInboundCare,
  counterparty: ({ provider }) => provider,
  post: (command) => {
    const amount = parseFen(command.amount);
    return [debit(HELD_FOR_INBOUND, amount), paid(command, amount)];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-06-18',
    amount: '385000.00',
    insuredRegion: '230100',
    provider: 'H46010000001',
    claims: 152,
    account: 'fiscal-account',
    evidence: { kind: 'clearing', number: 'YD-2025-05-H46010000001', sha256: '15'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '五月异地来琼就医结算',
  },
});
