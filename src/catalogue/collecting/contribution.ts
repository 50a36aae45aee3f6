import { credit, debit, type Entry } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { type Adopted } from '../../reference/adopted.js';
import { code, CodeList } from '../../text/codes.js';
import { Count, Nested, OneOf, Pattern, Reference } from '../../kinds/fields.js';
import { AmountCommand } from '../../kinds/commands.js';
import { voucher } from '../../kinds/kind.js';
import { DetailOf } from '../../kinds/adopted-fields.js';
import { ReceivingAccount } from '../between-accounts/bank-accounts.js';
import {
  demandSubsidyRate,
  EnrolmentTransfer,
  PremiumStandard,
  Category,
  unpairedFindings,
} from './subsidised-enrolment.js';
import { HeldFor } from './suspense.js';
import { incomeByShare, PersonalShare, PoolShare, SharesKnown } from './unknown-share.js';

/** What a premium is paid for: the running period, a later one, one that is owed, or one that was left out. */
const PREMIUM_KINDS = new CodeList([
  code('current', '当期', 'Current'),
  code('prepaid', '预缴', 'Prepaid'),
  code('arrears', '清欠', 'Arrears'),
  code('back-payment', '补缴', 'Back payment'),
]);

/** Who paid. */
export class Payer {
  @DetailOf(text('缴费人类别', 'payer kind'), 'income.premiums')
  kind!: string;

  @Reference(text('缴费人编号', 'payer reference'))
  reference!: string;
}

export class RecordContribution extends AmountCommand {
  @Nested(text('缴费人', 'payer'), Payer)
  payer!: Payer;

  @Pattern(
    text('费款所属期', 'cover period'),
    '^(19|2[01])[0-9]{2}(-(0[1-9]|1[0-2]))?$',
    'cover-period',
    text('年度 YYYY 或月份 YYYY-MM', 'a year YYYY or a month YYYY-MM'),
    { spelling: 'period' },
  )
  coverPeriod!: string;

  @Count(text('人数', 'headcount'))
  headcount!: number;

  @PoolShare()
  poolShare?: string;

  @PersonalShare()
  personalShare?: string;

  @ReceivingAccount(['treasury', 'income-account', 'fiscal-account', 'suspense.to-refund', 'suspense.other'])
  account?: string;

  @HeldFor()
  heldFor?: string;

  @OneOf(text('缴费性质', 'premium kind'), PREMIUM_KINDS, { optional: true })
  premiumKind?: string;

  @SharesKnown()
  shares?: string;

  @EnrolmentTransfer()
  transferId?: string;

  @Category()
  category?: string;

  @PremiumStandard()
  standard?: string;
}

/**
 * A contribution 缴费. The tax authority collects into the treasury unless the command names another account.
 * Resident premiums for a later year are income when received or held as premiums received in advance, by policy. Money
 * that was held because nobody knew whose it was becomes a contribution from the account where it was held.
 */
export const contribution = voucher<RecordContribution>({
  kind: 'contribution',
  route: 'contributions',
  event: 'ContributionRecorded.v1',
  name: text('缴费', 'Contribution'),
  command: RecordContribution,
  counterparty: ({ payer }) => payer.reference,
  post: (command, adopted) => {
    if (isSubsidised(command)) demandSubsidyRate(command, adopted);
    return [debit(command.account ?? 'treasury', parseFen(command.amount)), ...creditSide(command, adopted)];
  },
  findings: (command) => (isSubsidised(command) ? unpairedFindings(command) : []),
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-05-12',
    amount: '1234.50',
    payer: { kind: 'employer', reference: 'E-0001' },
    coverPeriod: '2025-05',
    headcount: 12,
    poolShare: '900.00',
    personalShare: '334.50',
    evidence: { kind: 'tax-receipt', number: 'HK-2025-000123', sha256: 'ab'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '五月职工医保费',
  },
});

const isSubsidised = ({ payer }: RecordContribution): boolean => payer.kind === 'subsidised';

function creditSide(command: RecordContribution, adopted: Adopted): Entry[] {
  const premiums = { account: 'income.premiums', detail: command.payer.kind, pending: 'pending.premiums' };
  const income = incomeByShare(adopted, command, premiums);
  return isHeldInAdvance(command, adopted) ? [credit(ADVANCE_PREMIUMS, parseFen(command.amount))] : income;
}

/** Where premiums for a later year wait for its January. */
export const ADVANCE_PREMIUMS = 'suspense.advance-premiums';

/** Premiums of residents for a later year wait for it, where the policy says so. */
function isHeldInAdvance({ fund, unit, coverPeriod, businessDate }: RecordContribution, adopted: Adopted): boolean {
  return (
    fund === 'resident' &&
    coverPeriod.slice(0, 4) > businessDate.slice(0, 4) &&
    adopted.policy('resident-premium-recognition', fund, unit) === 'in-january-of-cover-year'
  );
}
