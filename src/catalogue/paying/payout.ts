import { credit, debit, type Entry, SHARES } from '../../books/entries.js';
import { by, SIFAS } from '../../books/sources.js';
import { code, CodeList } from '../../text/codes.js';
import { refusal, text } from '../../errors.js';
import { formatFen, parseFen } from '../../money.js';
import { isAdvance } from '../advances/advance-command.js';
import {
  demandSubsidyRate,
  EnrolmentTransfer,
  PremiumStandard,
  Category,
  unpairedFindings,
} from '../collecting/subsidised-enrolment.js';
import { Region } from '../off-site/region.js';
import { benefitLine } from './benefits.js';
import { Count, Nested, OneOf, Reference } from '../../kinds/fields.js';
import { AmountCommand } from '../../kinds/commands.js';
import { voucher } from '../../kinds/kind.js';
import { Amounts, DetailOf, LineOf } from '../../kinds/adopted-fields.js';

const PAYEE_KINDS = new CodeList([
  code('provider', '定点医药机构', 'Provider'),
  code('person', '个人', 'Person'),
  code('insurer', '保险公司', 'Insurer'),
  code('company', '医药企业', 'Company'),
]);

/** Who is paid. */
export class Payee {
  @OneOf(text('收款人类别', 'payee kind'), PAYEE_KINDS)
  kind!: string;

  @Reference(text('收款人编号', 'payee reference'))
  reference!: string;
}

export class RecordPayout extends AmountCommand {
  @DetailOf(text('待遇种类', 'benefit kind'), 'benefits')
  benefitKind!: string;

  @Nested(text('收款人', 'payee'), Payee)
  payee!: Payee;

  @Count(text('结算人次', 'claims'), { optional: true })
  claims?: number;

  @Region(text('就医地', 'care region'), { optional: true })
  careRegion?: string;

  @OneOf(text('列支', 'share'), SHARES, { optional: true })
  share?: string;

  @Amounts(text('冲抵预付', 'offsets'), isAdvance, { optional: true })
  offsets?: Readonly<Record<string, string>>;

  @Reference(text('预付对象', 'advanced to'), { optional: true })
  advancedTo?: string;

  @LineOf(text('付款账户', 'paying account'), ['expenditure-account', 'fiscal-account'], { optional: true })
  account?: string;

  @EnrolmentTransfer()
  transferId?: string;

  @Category()
  category?: string;

  @PremiumStandard()
  standard?: string;

  @Count(text('人数', 'headcount'), { optional: true })
  headcount?: number;
}

/** A payout of benefits 待遇支付. Advances already made are set off; the rest leaves the expenditure account. */
export const payout = voucher<RecordPayout>({
  kind: 'payout',
  route: 'payouts',
  event: 'PayoutRecorded.v1',
  name: text('待遇支付', 'Payout'),
  command: RecordPayout,
  counterparty: ({ payee }) => payee.reference,
  post: (command, adopted) => {
    if (isEnrolment(command)) demandSubsidyRate(command, adopted);
    const line = benefitLine(adopted, command, command.benefitKind, command.share);
    return [debit('benefits', parseFen(command.amount), line), ...creditSide(command)];
  },
  findings: (command) => (isEnrolment(command) ? unpairedFindings(command) : []),
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-05-20',
    amount: '250000.00',
    benefitKind: 'inpatient',
    payee: { kind: 'provider', reference: 'H46010000001' },
    claims: 87,
    careRegion: '460100',
    share: 'pool',
    offsets: { 'advances.provider': '50000.00' },
    account: 'expenditure-account',
    evidence: { kind: 'settlement', number: 'JS-2025-05-0042', sha256: '03'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '四月住院结算',
  },
});

const isEnrolment = ({ benefitKind }: RecordPayout): boolean => benefitKind === 'enrolment';

function creditSide({ amount, offsets = {}, account = 'expenditure-account' }: RecordPayout): Entry[] {
  const cleared = Object.entries(offsets).map(([advance, part]) => credit(advance, parseFen(part)));
  const setOff = Object.values(offsets).reduce((sum, part) => sum + parseFen(part), 0n);
  const paid = parseFen(amount) - setOff;
  if (paid < 0n)
    throw refusal(
      '/offsets',
      'offsets-exceed-amount',
      by(SIFAS, text('冲抵预付大于支付金额', 'the offsets are larger than the payout')),
      text(`合计不超过 ${amount}`, `a sum of at most ${amount}`),
      formatFen(setOff),
    );
  return paid > 0n ? [...cleared, credit(account, paid)] : cleared;
}
