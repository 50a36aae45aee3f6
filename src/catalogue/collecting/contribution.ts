import { credit, debit, type Entry } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { type Adopted } from '../../reference/adopted.js';
import { AmountOrZero, Count, Nested, Pattern, Reference } from '../../kinds/fields.js';
import { AmountCommand } from '../../kinds/commands.js';
import { splitByShare } from '../../kinds/shares.js';
import { voucher } from '../../kinds/kind.js';
import { DetailOf, LineOf } from '../../kinds/adopted-fields.js';

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

  @AmountOrZero(text('统筹部分', 'pool share'), { optional: true })
  poolShare?: string;

  @AmountOrZero(text('个人账户部分', 'personal share'), { optional: true })
  personalShare?: string;

  @LineOf(text('收款账户', 'receiving account'), ['treasury', 'income-account', 'fiscal-account'], {
    optional: true,
  })
  account?: string;
}

/**
 * A contribution 缴费. The tax authority collects into the treasury unless the command names another account.
 * Resident premiums for a later year are income when received or held as premiums received in advance, by policy.
 */
export const contribution = voucher<RecordContribution>({
  kind: 'contribution',
  route: 'contributions',
  event: 'ContributionRecorded.v1',
  name: text('缴费', 'Contribution'),
  command: RecordContribution,
  counterparty: ({ payer }) => payer.reference,
  post: (command, adopted) => [
    debit(command.account ?? 'treasury', parseFen(command.amount)),
    ...creditSide(command, adopted),
  ],
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

function creditSide(command: RecordContribution, adopted: Adopted): Entry[] {
  const parts = splitByShare(adopted, command, command);
  if (isHeldInAdvance(command, adopted)) return [credit('suspense.advance-premiums', parseFen(command.amount))];
  const detail = command.payer.kind;
  return parts.map(({ share, amount }) => credit('income.premiums', amount, { detail, share }));
}

/** Premiums of residents for a later year wait for it, where the policy says so. */
function isHeldInAdvance({ fund, unit, coverPeriod, businessDate }: RecordContribution, adopted: Adopted): boolean {
  return (
    fund === 'resident' &&
    coverPeriod.slice(0, 4) > businessDate.slice(0, 4) &&
    adopted.policy('resident-premium-recognition', fund, unit) === 'in-january-of-cover-year'
  );
}
