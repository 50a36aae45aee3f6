import { by, AGREEMENTS } from '../../books/sources.js';
import { refusal, text } from '../../errors.js';
import { AmountOrZero } from '../../kinds/fields.js';
import { memo } from '../../kinds/kind.js';
import { formatFen, parseFen } from '../../money.js';
import { DepositCommand, depositStream } from './quality-deposit.js';

export class ReleaseQualityDeposit extends DepositCommand {
  @AmountOrZero(text('其中考核扣减', 'of which forfeited'), { optional: true })
  forfeited?: string;
}

/**
 * What of a deposit is settled 返还质量保证金, never more than is held: the amount leaves the register, and what the
 * assessment takes off of it is not paid. The payment itself is a payout of its own.
 */
export const qualityDepositRelease = memo<ReleaseQualityDeposit>({
  kind: 'quality-deposit-release',
  route: 'quality-deposit-releases',
  event: 'QualityDepositReleased.v1',
  name: text('质量保证金返还', 'Quality deposit released'),
  command: ReleaseQualityDeposit,
  counterparty: ({ provider }) => provider,
  stream: depositStream,
  register: ({ amount }) => ({ adds: `-${amount}` }),
  findings: (command) => {
    demandPart(command);
    return [];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-11-20',
    amount: '50000.00',
    provider: 'H46010000001',
    year: '2025',
    forfeited: '4000.00',
    evidence: { kind: 'assessment', number: '海医保考〔2025〕12号', sha256: '1c'.repeat(32) },
    maker: 'sun',
    reviewer: 'zhou',
    note: '年度考核九十二分',
  },
});

function demandPart({ amount, forfeited = '0.00' }: ReleaseQualityDeposit): void {
  if (parseFen(forfeited) <= parseFen(amount)) return;
  throw refusal(
    '/forfeited',
    'part-above-whole',
    by(AGREEMENTS, text('考核扣减大于返还总额', 'more is forfeited than released')),
    text(`不超过 ${formatFen(parseFen(amount))}`, `at most ${formatFen(parseFen(amount))}`),
    forfeited,
  );
}
