import { text } from '../../errors.js';
import { memo } from '../../kinds/kind.js';
import { Line } from '../../kinds/fields.js';
import { PAYMENT_SUSPENSION_KIND } from './payment-suspension.js';
import { SuspensionCommand, suspensionStream } from './suspension.js';

const PAYMENT_RELEASE_KIND = 'payment-release';

export class ReleasePayment extends SuspensionCommand {
  @Line(text('恢复事由', 'reason'))
  reason!: string;
}

/** Payment to a provider as it is released again 恢复拨付, once for each suspension. */
export const paymentRelease = memo<ReleasePayment>({
  kind: PAYMENT_RELEASE_KIND,
  route: 'payment-releases',
  event: 'PaymentReleased.v1',
  name: text('恢复拨付', 'Release of payment'),
  command: ReleasePayment,
  counterparty: ({ provider }) => provider,
  stream: suspensionStream,
  register: () => ({
    answers: { kind: PAYMENT_SUSPENSION_KIND, says: text('没有这一暂停拨付', 'there is no such suspension') },
    unless: [{ kind: PAYMENT_RELEASE_KIND, says: text('该暂停已恢复拨付', 'the payment has been released already') }],
  }),
  findings: () => [],
  example: {
    fund: 'all',
    unit: '460100',
    businessDate: '2025-06-20',
    suspensionId: 'ZT-2025-004',
    provider: 'H46010000001',
    reason: '案件已结，违规款已退回',
    evidence: { kind: 'notice', number: '海医保复〔2025〕2号', sha256: '17'.repeat(32) },
    maker: 'sun',
    reviewer: 'zhou',
    note: '恢复拨付',
  },
});
