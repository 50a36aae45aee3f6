import { type ErrorDetail, text } from '../../errors.js';
import { UnitCode } from '../../kinds/adopted-fields.js';
import { Day } from '../../kinds/fields.js';
import { memo } from '../../kinds/kind.js';
import { LEAD_CLOSING_KIND } from './lead-closing.js';
import { LEAD_RECEIPT_KIND } from './lead-receipt.js';
import { LeadCommand, leadStream } from './lead.js';

export class DispatchLead extends LeadCommand {
  @UnitCode(text('承办单位', 'handled by'))
  handledBy!: string;

  @Day(text('办理期限', 'due'), { optional: true })
  due?: string;
}

/** A lead as it is passed on to the unit that handles it 线索交办; again, where another one takes over. */
export const leadDispatch = memo<DispatchLead>({
  kind: 'lead-dispatch',
  route: 'lead-dispatches',
  event: 'LeadDispatched.v1',
  name: text('线索交办', 'Dispatch of a lead'),
  command: DispatchLead,
  stream: leadStream,
  register: () => ({
    answers: { kind: LEAD_RECEIPT_KIND, says: text('该线索未受理', 'the lead was not received') },
    unless: [{ kind: LEAD_CLOSING_KIND, says: text('该线索已办结', 'the lead has been closed already') }],
  }),
  findings: ({ due, businessDate }) => (due !== undefined && due < businessDate ? [dueBefore(businessDate, due)] : []),
  example: {
    fund: 'all',
    unit: '460000',
    businessDate: '2025-03-14',
    leadId: 'XS-2025-0031',
    handledBy: '460100',
    due: '2025-06-14',
    evidence: { kind: 'dispatch-letter', number: '琼医保交〔2025〕31号', sha256: '14'.repeat(32) },
    maker: 'sun',
    reviewer: 'zhou',
    note: '交海口市核查',
  },
});

const dueBefore = (businessDate: string, due: string): ErrorDetail => ({
  pointer: '/due',
  code: 'due-before-dispatch',
  expected: text(`不早于 ${businessDate}`, `no earlier than ${businessDate}`),
  got: due,
});
