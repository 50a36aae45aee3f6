import { text } from '../../errors.js';
import { OneOf } from '../../kinds/fields.js';
import { memo } from '../../kinds/kind.js';
import { AGREEMENT_SIGNING_KIND } from './agreement-signing.js';
import { AGREEMENT_GROUNDS, AgreementCommand, agreementStream, NOT_SIGNED, TERMINATED } from './agreement.js';

export const AGREEMENT_TERMINATION_KIND = 'agreement-termination';

export class TerminateAgreement extends AgreementCommand {
  @OneOf(text('解除事由', 'ground'), AGREEMENT_GROUNDS)
  ground!: string;
}

/** An agreement as it is terminated 解除协议, once. */
export const agreementTermination = memo<TerminateAgreement>({
  kind: AGREEMENT_TERMINATION_KIND,
  route: 'agreement-terminations',
  event: 'AgreementTerminated.v1',
  name: text('协议解除', 'Termination of an agreement'),
  command: TerminateAgreement,
  counterparty: ({ provider }) => provider,
  stream: agreementStream,
  register: () => ({
    answers: { kind: AGREEMENT_SIGNING_KIND, says: NOT_SIGNED },
    unless: [{ kind: AGREEMENT_TERMINATION_KIND, says: TERMINATED }],
  }),
  findings: () => [],
  example: {
    fund: 'all',
    unit: '460100',
    businessDate: '2025-09-30',
    agreementId: 'XY-2025-0012',
    provider: 'H46010000001',
    ground: 'breach',
    evidence: { kind: 'notice', number: '海医保解〔2025〕1号', sha256: '1a'.repeat(32) },
    maker: 'sun',
    reviewer: 'zhou',
    note: '解除定点协议',
  },
});
