import { text } from '../../errors.js';
import { demandBelow, OtherUnit, receiveEntries, TransferCommand } from './between-levels.js';
import { voucher } from '../../kinds/kind.js';
import { LineOf } from '../../kinds/adopted-fields.js';

export class ReceiveRemittance extends TransferCommand {
  @OtherUnit(text('上解自', 'from unit'))
  fromUnit!: string;

  @LineOf(text('收款账户', 'receiving account'), ['fiscal-account', 'income-account'], { optional: true })
  account?: string;
}

/** A remittance from the level below 下级上解收入, as the receiver records it. */
export const remittanceReceived = voucher<ReceiveRemittance>({
  kind: 'remittance-received',
  route: 'remittances-received',
  event: 'RemittanceReceived.v1',
  name: text('下级上解收入', 'Remittance received'),
  command: ReceiveRemittance,
  counterparty: ({ fromUnit }) => fromUnit,
  post: (command, adopted) => {
    demandBelow(adopted, command, command.fromUnit, '/fromUnit');
    return receiveEntries(adopted, command, 'income.from-below', command.account);
  },
  example: {
    fund: 'employee',
    unit: '460000',
    businessDate: '2025-05-23',
    amount: '60000.00',
    transferId: 'SJ-2025-05-460100',
    fromUnit: '460100',
    account: 'fiscal-account',
    evidence: { kind: 'bank-receipt', number: 'SJ-2025-05-460100', sha256: '08'.repeat(32) },
    maker: 'zhao',
    reviewer: 'qian',
    note: '收海口市五月上解调剂金',
  },
});
