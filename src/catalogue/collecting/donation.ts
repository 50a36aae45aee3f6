import { credit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { AmountCommand } from '../../kinds/commands.js';
import { Reference } from '../../kinds/fields.js';
import { shareOf } from '../../kinds/shares.js';
import { voucher } from '../../kinds/kind.js';
import { received, ReceivingAccount } from '../between-accounts/bank-accounts.js';

export class ReceiveDonation extends AmountCommand {
  @Reference(text('捐赠人编号', 'donor'))
  donor!: string;

  @ReceivingAccount(['fiscal-account', 'income-account'])
  account?: string;
}

/** A donation 捐赠: other income of the fund, and of its pool (SIFAS, 4501). */
export const donation = voucher<ReceiveDonation>({
  kind: 'donation',
  route: 'donations',
  event: 'DonationReceived.v1',
  name: text('捐赠', 'Donation'),
  command: ReceiveDonation,
  counterparty: ({ donor }) => donor,
  post: (command, adopted) => {
    const amount = parseFen(command.amount);
    const line = { detail: 'donations', share: shareOf(adopted, command, 'pool') };
    return [received(command, amount), credit('income.other', amount, line)];
  },
  example: {
    fund: 'assistance',
    unit: '460100',
    businessDate: '2025-06-14',
    amount: '100000.00',
    donor: 'CS-0009',
    account: 'fiscal-account',
    evidence: { kind: 'agreement', number: 'JZ-2025-0009', sha256: '29'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '慈善组织定向捐赠医疗救助',
  },
});
