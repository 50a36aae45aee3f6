import { code, CodeList } from '../../text/codes.js';
import { text } from '../../errors.js';
import { CaseNumber } from '../../kinds/commands.js';
import { Amount, OneOf } from '../../kinds/fields.js';
import { memo } from '../../kinds/kind.js';
import { providerFindings } from './provider-code.js';
import { SuspensionCommand, suspensionStream } from './suspension.js';

export const PAYMENT_SUSPENSION_KIND = 'payment-suspension';

const GROUNDS = new CodeList([
  code('investigation', '涉案核查', 'Under investigation'),
  code('breach', '违反协议', 'Breach of agreement'),
  code('audit', '审计发现', 'Finding of an audit'),
]);

export class SuspendPayment extends SuspensionCommand {
  @OneOf(text('暂停事由', 'ground'), GROUNDS)
  ground!: string;

  @Amount(text('暂停拨付金额', 'amount withheld'), { optional: true })
  withheld?: string;

  @CaseNumber({ optional: true })
  caseId?: string;
}

/**
 * Payment to a provider as it is suspended 暂停拨付. What is withheld stays where it is and is owed all the same: on a
 * cash basis nothing is posted until it is paid.
 */
export const paymentSuspension = memo<SuspendPayment>({
  kind: PAYMENT_SUSPENSION_KIND,
  route: 'payment-suspensions',
  event: 'PaymentSuspended.v1',
  name: text('暂停拨付', 'Suspension of payment'),
  command: SuspendPayment,
  counterparty: ({ provider }) => provider,
  stream: suspensionStream,
  register: () => ({
    unless: [{ kind: PAYMENT_SUSPENSION_KIND, says: text('该暂停通知已登记', 'the suspension is recorded already') }],
  }),
  findings: ({ provider }) => providerFindings(provider),
  example: {
    fund: 'all',
    unit: '460100',
    businessDate: '2025-04-10',
    suspensionId: 'ZT-2025-004',
    provider: 'H46010000001',
    ground: 'investigation',
    withheld: '80000.00',
    caseId: 'HK-2025-0007',
    evidence: { kind: 'notice', number: '海医保停〔2025〕4号', sha256: '16'.repeat(32) },
    maker: 'sun',
    reviewer: 'zhou',
    note: '核查期间暂停拨付',
  },
});
