import { CHANNELS } from '../../books/code-lists.js';
import { credit, debit, SHARES } from '../../books/entries.js';
import { by, R735 } from '../../books/sources.js';
import { refusal, text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { benefitLine, usualBenefit } from '../paying/benefits.js';
import { OneOf, Reference } from '../../kinds/fields.js';
import { CaseCommand, Year } from '../../kinds/commands.js';
import { voucher } from '../../kinds/kind.js';
import { DetailOf } from '../../kinds/adopted-fields.js';

export class RecordRecovery extends CaseCommand {
  @OneOf(text('追回渠道', 'channel'), CHANNELS)
  channel!: string;

  @Year(text('损失年度', 'year of the loss'))
  lossYear!: string;

  @DetailOf(text('待遇种类', 'benefit kind'), 'benefits', { optional: true })
  benefitKind?: string;

  @OneOf(text('列支', 'share'), SHARES, { optional: true })
  share?: string;

  @Reference(text('退款人编号', 'returned by'), { optional: true })
  from?: string;
}

/**
 * A recovery 追回、退回. The money goes back to the fiscal account of the fund that lost it (regulation 735, art. 45):
 * this year's loss takes back this year's benefits in red, an earlier year's is other income.
 */
export const recovery = voucher<RecordRecovery>({
  kind: 'recovery',
  route: 'recoveries',
  event: 'RecoveryRecorded.v1',
  name: text('追回', 'Recovery'),
  command: RecordRecovery,
  counterparty: ({ from }) => from,
  post: (command, adopted) => {
    demandPastLoss(command);
    const amount = parseFen(command.amount);
    const line = benefitLine(adopted, command, command.benefitKind ?? usualBenefit(adopted, command), command.share);
    const received = debit('fiscal-account', amount);
    if (command.lossYear === yearOf(command)) return [received, debit('benefits', -amount, line)];
    return [received, credit('income.other', amount, { detail: 'prior-year-recoveries', share: line.share })];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-05-28',
    caseId: 'HK-2025-0007',
    amount: '100000.00',
    channel: 'inspection',
    lossYear: '2025',
    benefitKind: 'inpatient',
    share: 'pool',
    from: 'H46010000001',
    evidence: { kind: 'bank-receipt', number: 'CZ-2025-000881', sha256: '04'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '检查追回',
  },
});

const yearOf = ({ businessDate }: RecordRecovery): string => businessDate.slice(0, 4);

function demandPastLoss(command: RecordRecovery): void {
  if (command.lossYear <= yearOf(command)) return;
  throw refusal(
    '/lossYear',
    'loss-in-future',
    by(R735, text('损失年度晚于业务日期', 'the year of the loss lies after the business date')),
    text(`不晚于 ${yearOf(command)}`, `no later than ${yearOf(command)}`),
    command.lossYear,
  );
}
