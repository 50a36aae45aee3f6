import { debit, type Entry } from '../../books/entries.js';
import { type RefundRule } from '../../books/prepared.js';
import { by, SIFAS } from '../../books/sources.js';
import { refusal, text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { type Adopted } from '../../reference/adopted.js';
import { demandAbsent } from '../../kinds/absent.js';
import { AmountCommand, VoucherId, Year } from '../../kinds/commands.js';
import { Nested } from '../../kinds/fields.js';
import { bookStream, voucher } from '../../kinds/kind.js';
import { splitByShare } from '../../kinds/shares.js';
import { LineOf } from '../../kinds/adopted-fields.js';
import { paid } from '../between-accounts/bank-accounts.js';
import { ADVANCE_PREMIUMS, Payer } from './contribution.js';
import { HeldFor } from './suspense.js';
import { PersonalShare, PoolShare } from './unknown-share.js';

export class RefundContribution extends AmountCommand {
  @Nested(text('缴费人', 'payer'), Payer)
  payer!: Payer;

  @Year(text('缴费年度', 'paid in year'))
  paidYear!: string;

  @VoucherId(text('原缴费凭证', 'original voucher'), { optional: true })
  original?: string;

  @LineOf(text('暂收科目', 'held in'), [ADVANCE_PREMIUMS, 'suspense.to-refund'], { optional: true })
  heldIn?: string;

  @HeldFor()
  heldFor?: string;

  @Year(text('参保年度', 'cover year'), { optional: true })
  coverYear?: string;

  @PoolShare()
  poolShare?: string;

  @PersonalShare()
  personalShare?: string;

  @LineOf(text('退费渠道', 'paying account'), ['income-account', 'expenditure-account', 'fiscal-account', 'treasury'])
  account!: string;
}

/**
 * A contribution refunded 退费, by the channel it came through (SIFAS, 4001 and 5401). One of this year lowers this
 * year's premiums; one of an earlier year is other expenditure, because that year has been reported. What was still
 * held never was income, and is no expenditure.
 */
export const contributionRefund = voucher<RefundContribution>({
  kind: 'contribution-refund',
  route: 'contribution-refunds',
  event: 'ContributionRefunded.v1',
  name: text('退费', 'Contribution refund'),
  command: RefundContribution,
  counterparty: ({ payer }) => payer.reference,
  refersTo: (command) =>
    command.original === undefined ? undefined : { as: 'original', id: command.original, refunds: refundsOf(command) },
  post: (command, adopted) => {
    demandPast(command);
    demandOfBook(command);
    return [...debitSide(command, adopted), paid(command, parseFen(command.amount))];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-06-09',
    amount: '617.25',
    payer: { kind: 'employer', reference: 'E-0001' },
    paidYear: '2025',
    original: 'book-employee-460100-1',
    poolShare: '450.00',
    personalShare: '167.25',
    account: 'treasury',
    evidence: { kind: 'refund-notice', number: 'TF-2025-06-0004', sha256: '25'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '重复缴费退回',
  },
});

/**
 * What the original is: the payer's own contribution of that year, for that cover year; or, of what is held to be
 * refunded, the receipt by which it came.
 */
function refundsOf({ payer, heldFor, paidYear, coverYear, heldIn, amount }: RefundContribution): RefundRule {
  const inYear = { pointer: '/paidYear', is: paidYear, field: 'businessDate', ofYear: true };
  const contribution = [
    { pointer: '/payer/reference', is: payer.reference, field: 'payer.reference' },
    { pointer: '/payer/kind', is: payer.kind, field: 'payer.kind' },
    inYear,
    ...(coverYear === undefined ? [] : [{ pointer: '/coverYear', is: coverYear, field: 'coverPeriod', ofYear: true }]),
  ];
  if (heldIn === undefined || heldIn === ADVANCE_PREMIUMS) return { of: { contribution }, amount };
  const of = heldFor ?? payer.reference;
  const receipt = [
    { pointer: heldFor === undefined ? '/payer/reference' : '/heldFor', is: of, field: 'counterparty' },
    { pointer: '/heldIn', is: heldIn, field: 'heldIn' },
    inYear,
  ];
  return { of: { contribution, 'suspense-receipt': receipt }, amount };
}

const yearOf = ({ businessDate }: RefundContribution): string => businessDate.slice(0, 4);

function debitSide(command: RefundContribution, adopted: Adopted): Entry[] {
  if (command.heldIn !== undefined) {
    demandAbsent(
      command,
      ['poolShare', 'personalShare'],
      'held-has-no-share',
      text('暂收款不分统筹与个人账户', 'what is held belongs neither to the pool nor to the personal accounts'),
      text('不填', 'nothing'),
    );
    return [debit(command.heldIn, parseFen(command.amount))];
  }
  const [account, detail] =
    command.paidYear === yearOf(command)
      ? ['income.premiums', command.payer.kind]
      : ['expenditure.other', 'prior-year-refunds'];
  return splitByShare(adopted, command, command).map(({ share, amount }) => debit(account, amount, { detail, share }));
}

function demandPast(command: RefundContribution): void {
  const year = yearOf(command);
  if (command.paidYear <= year) return;
  throw refusal(
    '/paidYear',
    'year-in-future',
    by(SIFAS, text('缴费年度晚于业务日期', 'the year of payment lies after the business date')),
    text(`不晚于 ${year}`, `no later than ${year}`),
    command.paidYear,
  );
}

/** The voucher of another book is of another fund's money, or another unit's. */
function demandOfBook({ fund, unit, original }: RefundContribution): void {
  const book = bookStream(fund, unit);
  if (original === undefined || original.slice(0, original.lastIndexOf('-')) === book) return;
  throw refusal(
    '/original',
    'voucher-of-another-book',
    by(SIFAS, text('原凭证不属于本账簿', 'the original is a voucher of another book')),
    text(`${book} 的凭证`, `a voucher of ${book}`),
    original,
  );
}
