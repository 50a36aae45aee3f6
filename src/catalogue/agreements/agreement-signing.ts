import { by, AGREEMENTS } from '../../books/sources.js';
import { refusal, text } from '../../errors.js';
import { Day } from '../../kinds/fields.js';
import { memo } from '../../kinds/kind.js';
import { AgreementCommand, agreementStream } from './agreement.js';
import { providerFindings } from './provider-code.js';

export const AGREEMENT_SIGNING_KIND = 'agreement-signing';

export class SignAgreement extends AgreementCommand {
  @Day(text('协议生效日', 'valid from'))
  validFrom!: string;

  @Day(text('协议到期日', 'valid to'))
  validTo!: string;
}

/** An agreement with a hospital or a pharmacy as it is signed 签订定点协议: who may be paid at all, and until when. */
export const agreementSigning = memo<SignAgreement>({
  kind: AGREEMENT_SIGNING_KIND,
  route: 'agreement-signings',
  event: 'AgreementSigned.v1',
  name: text('协议签订', 'Signing of an agreement'),
  command: SignAgreement,
  counterparty: ({ provider }) => provider,
  stream: agreementStream,
  register: () => ({
    unless: [{ kind: AGREEMENT_SIGNING_KIND, says: text('该协议已签订', 'the agreement has been signed already') }],
  }),
  findings: ({ provider, validFrom, validTo }) => {
    demandInterval(validFrom, validTo);
    return providerFindings(provider);
  },
  example: {
    fund: 'all',
    unit: '460100',
    businessDate: '2024-12-25',
    agreementId: 'XY-2025-0012',
    provider: 'H46010000001',
    validFrom: '2025-01-01',
    validTo: '2025-12-31',
    evidence: { kind: 'agreement', number: 'XY-2025-0012', sha256: '18'.repeat(32) },
    maker: 'sun',
    reviewer: 'zhou',
    note: '二〇二五年度定点协议',
  },
});

function demandInterval(validFrom: string, validTo: string): void {
  if (validTo >= validFrom) return;
  throw refusal(
    '/validTo',
    'ends-before-it-begins',
    by(AGREEMENTS, text('协议到期日早于生效日', 'the agreement ends before it begins')),
    text(`不早于 ${validFrom}`, `no earlier than ${validFrom}`),
    validTo,
  );
}
