import { AVOIDING_CHANNELS } from '../../books/code-lists.js';
import { text } from '../../errors.js';
import { AmountCommand } from '../../kinds/commands.js';
import { Count, OneOf } from '../../kinds/fields.js';
import { memo } from '../../kinds/kind.js';
import { ProviderCode, providerFindings } from '../agreements/provider-code.js';

export class AuditClaims extends AmountCommand {
  @OneOf(text('审核渠道', 'channel'), AVOIDING_CHANNELS)
  channel!: string;

  @ProviderCode()
  provider!: string;

  @Count(text('涉及结算笔数', 'claims'), { min: 1 })
  claims!: number;
}

/**
 * What a reminder before the claim 事前提醒 or a refusal by the smart audit 智能审核拒付 avoided. The money never left the
 * fund, so it is no recovery and no income: a memo that moves nothing and is reported beside the cash.
 */
export const claimAudit = memo<AuditClaims>({
  kind: 'claim-audit',
  route: 'claim-audits',
  event: 'ClaimAudited.v1',
  name: text('费用审核', 'Claim audit'),
  command: AuditClaims,
  counterparty: ({ provider }) => provider,
  stream: ({ provider }) => `provider-${provider}`,
  findings: ({ provider }) => providerFindings(provider),
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-05-31',
    amount: '36500.00',
    channel: 'refusal',
    provider: 'H46010000001',
    claims: 42,
    evidence: { kind: 'audit-sheet', number: 'ZNSH-2025-05-001', sha256: '0d'.repeat(32) },
    maker: 'sun',
    reviewer: 'zhou',
    note: '五月智能审核拒付',
  },
});
