import { credit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { AmountCommand } from '../../kinds/commands.js';
import { Line, Reference } from '../../kinds/fields.js';
import { shareOf } from '../../kinds/shares.js';
import { voucher } from '../../kinds/kind.js';
import { received, ReceivingAccount } from '../between-accounts/bank-accounts.js';

export class ReceiveContractPenalty extends AmountCommand {
  @Reference(text('医药机构编号', 'provider'))
  provider!: string;

  @Reference(text('服务协议', 'agreement'))
  agreement!: string;

  @Line(text('协议条款', 'clause'), 100)
  clause!: string;

  @ReceivingAccount(['fiscal-account', 'income-account'])
  account?: string;
}

/** A contractual penalty 违约金 under a service agreement. It is no fine: other income of the fund, and of its pool. */
export const contractPenalty = voucher<ReceiveContractPenalty>({
  kind: 'contract-penalty',
  route: 'contract-penalties',
  event: 'ContractPenaltyReceived.v1',
  name: text('违约金', 'Contract penalty'),
  command: ReceiveContractPenalty,
  counterparty: ({ provider }) => provider,
  post: (command, adopted) => {
    const amount = parseFen(command.amount);
    const line = { detail: 'contract-penalties', share: shareOf(adopted, command, 'pool') };
    return [received(command, amount), credit('income.other', amount, line)];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-06-16',
    caseId: 'HK-2025-0007',
    amount: '30000.00',
    provider: 'H46010000001',
    agreement: 'XY-2025-H46010000001',
    clause: '第四十二条第三款',
    account: 'fiscal-account',
    evidence: { kind: 'bank-receipt', number: 'CZ-2025-000902', sha256: '1b'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '违反服务协议违约金',
  },
});
