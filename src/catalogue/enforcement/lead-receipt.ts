import { text } from '../../errors.js';
import { OneOf, Reference } from '../../kinds/fields.js';
import { memo } from '../../kinds/kind.js';
import { ORIGINS } from './case.js';
import { LeadCommand, leadStream } from './lead.js';

export const LEAD_RECEIPT_KIND = 'lead-receipt';

export class ReceiveLead extends LeadCommand {
  @OneOf(text('线索来源', 'origin'), ORIGINS)
  origin!: string;

  @Reference(text('被反映对象编号', 'party'), { optional: true })
  party?: string;
}

/** A lead as it is received 线索受理: what somebody reported or a screening found, before there is a case. */
export const leadReceipt = memo<ReceiveLead>({
  kind: LEAD_RECEIPT_KIND,
  route: 'lead-receipts',
  event: 'LeadReceived.v1',
  name: text('线索受理', 'Receipt of a lead'),
  command: ReceiveLead,
  counterparty: ({ party }) => party,
  stream: leadStream,
  register: () => ({
    unless: [{ kind: LEAD_RECEIPT_KIND, says: text('该线索已受理', 'the lead has been received already') }],
  }),
  findings: () => [],
  example: {
    fund: 'all',
    unit: '460000',
    businessDate: '2025-03-11',
    leadId: 'XS-2025-0031',
    origin: 'report',
    party: 'H46010000001',
    evidence: { kind: 'lead-sheet', number: 'XS-2025-0031', sha256: '13'.repeat(32) },
    maker: 'sun',
    reviewer: 'zhou',
    note: '反映重复收费',
  },
});
