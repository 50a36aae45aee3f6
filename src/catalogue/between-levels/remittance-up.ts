import { text } from '../../errors.js';
import { demandAbove, OtherUnit, sendEntries, TransferCommand } from './between-levels.js';
import { voucher } from '../../kinds/kind.js';
import { LineOf } from '../../kinds/adopted-fields.js';

export class RemitUp extends TransferCommand {
  @OtherUnit(text('上解至', 'to unit'))
  toUnit!: string;

  @LineOf(text('付款账户', 'paying account'), ['fiscal-account', 'expenditure-account', 'income-account'], {
    optional: true,
  })
  account?: string;
}

/** A remittance to the level above 上解, as the sender records it. */
export const remittanceUp = voucher<RemitUp>({
  kind: 'remittance-up',
  route: 'remittances-up',
  event: 'RemittedUp.v1',
  name: text('上解', 'Remittance up'),
  command: RemitUp,
  counterparty: ({ toUnit }) => toUnit,
  post: (command, adopted) => {
    demandAbove(adopted, command, command.toUnit, '/toUnit');
    return sendEntries(adopted, command, 'expenditure.to-above', command.account);
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-05-22',
    amount: '60000.00',
    transferId: 'SJ-2025-05-460100',
    toUnit: '460000',
    account: 'fiscal-account',
    evidence: { kind: 'remittance', number: 'SJ-2025-05', sha256: '07'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '五月上解调剂金',
  },
});
