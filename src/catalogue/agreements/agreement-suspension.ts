import { by, AGREEMENTS } from '../../books/sources.js';
import { refusal, text } from '../../errors.js';
import { Day, OneOf } from '../../kinds/fields.js';
import { memo } from '../../kinds/kind.js';
import { AGREEMENT_SIGNING_KIND } from './agreement-signing.js';
import { AGREEMENT_TERMINATION_KIND } from './agreement-termination.js';
import { AGREEMENT_GROUNDS, AgreementCommand, agreementStream, NOT_SIGNED, TERMINATED } from './agreement.js';

export class SuspendAgreement extends AgreementCommand {
  @OneOf(text('中止事由', 'ground'), AGREEMENT_GROUNDS)
  ground!: string;

  @Day(text('中止至', 'suspended until'))
  until!: string;
}

/** An agreement as it is suspended 中止协议, from the business date to a day named; it may be suspended again. */
export const agreementSuspension = memo<SuspendAgreement>({
  kind: 'agreement-suspension',
  route: 'agreement-suspensions',
  event: 'AgreementSuspended.v1',
  name: text('协议中止', 'Suspension of an agreement'),
  command: SuspendAgreement,
  counterparty: ({ provider }) => provider,
  stream: agreementStream,
  register: () => ({
    answers: { kind: AGREEMENT_SIGNING_KIND, says: NOT_SIGNED },
    unless: [{ kind: AGREEMENT_TERMINATION_KIND, says: TERMINATED }],
  }),
  findings: ({ businessDate, until }) => {
    demandLater(businessDate, until);
    return [];
  },
  example: {
    fund: 'all',
    unit: '460100',
    businessDate: '2025-06-20',
    agreementId: 'XY-2025-0012',
    provider: 'H46010000001',
    ground: 'violation',
    until: '2025-12-19',
    evidence: { kind: 'notice', number: '海医保中〔2025〕1号', sha256: '19'.repeat(32) },
    maker: 'sun',
    reviewer: 'zhou',
    note: '中止协议六个月',
  },
});

function demandLater(businessDate: string, until: string): void {
  if (until >= businessDate) return;
  throw refusal(
    '/until',
    'ends-before-it-begins',
    by(AGREEMENTS, text('中止期早于业务日期', 'the suspension ends before it begins')),
    text(`不早于 ${businessDate}`, `no earlier than ${businessDate}`),
    until,
  );
}
