import { by, SIFAS } from '../../books/sources.js';
import { credit, debit } from '../../books/entries.js';
import { code, CodeList } from '../../text/codes.js';
import { refusal, text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { Amount, Count, OneOf } from '../../kinds/fields.js';
import { AmountCommand } from '../../kinds/commands.js';
import { demandPerHead } from '../../kinds/per-head.js';
import { shareOf } from '../../kinds/shares.js';
import { demandGapYear, GapYear } from '../between-levels/gap-year.js';
import { voucher } from '../../kinds/kind.js';
import { DetailOf } from '../../kinds/adopted-fields.js';

const SUBSIDY_KINDS = new CodeList([
  code('standard', '定额补助', 'Standard'),
  code('gap-share', '缺口分担', 'Gap share'),
]);

export class RecordSubsidy extends AmountCommand {
  @DetailOf(text('补贴层级', 'tier'), 'income.subsidy', { but: ['gap'] })
  tier!: string;

  @OneOf(text('补贴种类', 'subsidy kind'), SUBSIDY_KINDS)
  subsidyKind!: string;

  @Count(text('人数', 'headcount'), { optional: true })
  headcount?: number;

  @Amount(text('人均标准', 'per head'), { optional: true })
  perHead?: string;

  @GapYear()
  gapYear?: string;
}

/** A government subsidy 财政补贴: so much a head by law, or a tier's share of a gap. It arrives in the fiscal account. */
export const subsidy = voucher<RecordSubsidy>({
  kind: 'subsidy',
  route: 'subsidies',
  event: 'SubsidyRecorded.v1',
  name: text('财政补贴', 'Subsidy'),
  command: RecordSubsidy,
  counterparty: ({ tier }) => tier,
  post: (command, adopted) => {
    demandGapYear(command);
    if (command.subsidyKind === 'standard') demandPerHead(command);
    if (command.gapYear !== undefined && command.subsidyKind !== 'gap-share') throw noShareOfGap(command.gapYear);
    const amount = parseFen(command.amount);
    const detail = command.subsidyKind === 'gap-share' ? 'gap' : command.tier;
    const share = shareOf(adopted, command, 'pool');
    return [debit('fiscal-account', amount), credit('income.subsidy', amount, { detail, share })];
  },
  example: {
    fund: 'resident',
    unit: '460100',
    businessDate: '2025-03-20',
    amount: '670000.00',
    tier: 'central',
    subsidyKind: 'standard',
    headcount: 1000,
    perHead: '670.00',
    evidence: { kind: 'appropriation', number: 'ZY-2025-0031', sha256: '02'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '中央财政补助',
  },
});

const noShareOfGap = (got: string) =>
  refusal(
    '/gapYear',
    'no-share-of-a-gap',
    by(SIFAS, text('只有缺口分担的补贴属于某年缺口', 'only a share of a gap is of the gap of a year')),
    text('不给缺口年度，或补贴种类为缺口分担', 'no year of a gap, or the subsidy kind gap-share'),
    got,
  );
