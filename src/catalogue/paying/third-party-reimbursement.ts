import { by, INSURANCE_LAW } from '../../books/sources.js';
import { credit, debit, SHARES } from '../../books/entries.js';
import { refusal, text } from '../../errors.js';
import { DetailOf } from '../../kinds/adopted-fields.js';
import { AmountCommand, Year } from '../../kinds/commands.js';
import { OneOf, Reference } from '../../kinds/fields.js';
import { voucher } from '../../kinds/kind.js';
import { parseFen } from '../../money.js';
import { benefitLine } from './benefits.js';

export class ReimburseByThirdParty extends AmountCommand {
  @Reference(text('责任人编号', 'third party'))
  thirdParty!: string;

  @Year(text('先行支付年度', 'paid in year'))
  paidYear!: string;

  @DetailOf(text('待遇种类', 'benefit kind'), 'benefits')
  benefitKind!: string;

  @OneOf(text('列支', 'share'), SHARES, { optional: true })
  share?: string;
}

/**
 * What a third party who has to bear the cost of care pays back of what the fund has paid first 先行支付追偿 (Social
 * Insurance Law, art. 30). It lowers this year's benefits in red; of an earlier year it is other income, because that
 * year has been reported (SIFAS, 5001 and 4501).
 */
export const thirdPartyReimbursement = voucher<ReimburseByThirdParty>({
  kind: 'third-party-reimbursement',
  route: 'third-party-reimbursements',
  event: 'ThirdPartyReimbursed.v1',
  name: text('先行支付追偿', 'Third-party reimbursement'),
  command: ReimburseByThirdParty,
  counterparty: ({ thirdParty }) => thirdParty,
  post: (command, adopted) => {
    demandPaid(command);
    const amount = parseFen(command.amount);
    const line = benefitLine(adopted, command, command.benefitKind, command.share);
    const received = debit('fiscal-account', amount);
    if (command.paidYear === yearOf(command)) return [received, debit('benefits', -amount, line)];
    return [received, credit('income.other', amount, { detail: 'prior-year-recoveries', share: line.share })];
  },
  example: {
    fund: 'resident',
    unit: '460100',
    businessDate: '2025-05-29',
    amount: '18600.00',
    thirdParty: 'T-2025-0031',
    paidYear: '2025',
    benefitKind: 'inpatient',
    evidence: { kind: 'bank-receipt', number: 'XX-2025-000031', sha256: '4e'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '交通事故医疗费先行支付追偿',
  },
});

const yearOf = ({ businessDate }: ReimburseByThirdParty): string => businessDate.slice(0, 4);

function demandPaid(command: ReimburseByThirdParty): void {
  const year = yearOf(command);
  if (command.paidYear <= year) return;
  throw refusal(
    '/paidYear',
    'year-in-future',
    by(INSURANCE_LAW, text('先行支付年度晚于业务日期', 'the year of payment lies after the business date')),
    text(`不晚于 ${year}`, `no later than ${year}`),
    command.paidYear,
  );
}
