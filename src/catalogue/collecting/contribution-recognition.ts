import { credit, debit } from '../../books/entries.js';
import { by } from '../../books/sources.js';
import { type Adopted } from '../../reference/adopted.js';
import { refusal, text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { AmountCommand, Year } from '../../kinds/commands.js';
import { Count } from '../../kinds/fields.js';
import { splitByShare } from '../../kinds/shares.js';
import { voucher } from '../../kinds/kind.js';
import { DetailOf } from '../../kinds/adopted-fields.js';
import { ADVANCE_PREMIUMS } from './contribution.js';
import { PersonalShare, PoolShare } from './unknown-share.js';

export class RecogniseContribution extends AmountCommand {
  @Year(text('参保年度', 'cover year'))
  coverYear!: string;

  @DetailOf(text('缴费人类别', 'payer kind'), 'income.premiums')
  payerKind!: string;

  @Count(text('人数', 'headcount'), { optional: true })
  headcount?: number;

  @PoolShare()
  poolShare?: string;

  @PersonalShare()
  personalShare?: string;
}

/**
 * Premiums held since the year before become income 预收保费确认: in January of the year they cover, and in no other
 * month (policy `resident-premium-recognition`).
 */
export const contributionRecognition = voucher<RecogniseContribution>({
  kind: 'contribution-recognition',
  route: 'contribution-recognitions',
  event: 'ContributionRecognised.v1',
  name: text('预收保费确认', 'Contribution recognition'),
  command: RecogniseContribution,
  post: (command, adopted) => {
    demandJanuary(command, adopted);
    return [
      debit(ADVANCE_PREMIUMS, parseFen(command.amount)),
      ...splitByShare(adopted, command, command).map(({ share, amount }) =>
        credit('income.premiums', amount, { detail: command.payerKind, share }),
      ),
    ];
  },
  example: {
    fund: 'resident',
    unit: '460100',
    businessDate: '2025-01-15',
    amount: '200000.00',
    coverYear: '2025',
    payerKind: 'resident',
    headcount: 500,
    evidence: { kind: 'roster', number: 'YS-2025-01', sha256: '24'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '确认二〇二五年度居民保费',
  },
});

function demandJanuary({ coverYear, businessDate, fund, unit }: RecogniseContribution, adopted: Adopted): void {
  const january = `${coverYear}-01`;
  if (businessDate.startsWith(january)) return;
  throw refusal(
    '/businessDate',
    'not-january-of-cover-year',
    by(
      adopted.policySource('resident-premium-recognition', fund, unit),
      text('预收保费在参保年度一月确认', 'premiums held in advance become income in January of the year they cover'),
    ),
    text(`${january}-01 至 ${january}-31`, `from ${january}-01 to ${january}-31`),
    businessDate,
  );
}
