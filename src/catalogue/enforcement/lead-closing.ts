import { by, REGULATION } from '../../books/sources.js';
import { code, CodeList } from '../../text/codes.js';
import { refusal, text } from '../../errors.js';
import { CaseNumber } from '../../kinds/commands.js';
import { OneOf } from '../../kinds/fields.js';
import { memo } from '../../kinds/kind.js';
import { LEAD_RECEIPT_KIND } from './lead-receipt.js';
import { LeadCommand, leadStream } from './lead.js';

export const LEAD_CLOSING_KIND = 'lead-closing';

const OUTCOMES = new CodeList([
  code('case-opened', '立案查处', 'A case was opened'),
  code('handled', '督促整改', 'Set right without a case'),
  code('unfounded', '查无实据', 'Unfounded'),
]);

export class CloseLead extends LeadCommand {
  @OneOf(text('办理结果', 'outcome'), OUTCOMES)
  outcome!: string;

  @CaseNumber({ optional: true })
  caseId?: string;
}

/** A lead as it is closed 线索办结, once; where it led to a case, that is named. */
export const leadClosing = memo<CloseLead>({
  kind: LEAD_CLOSING_KIND,
  route: 'lead-closings',
  event: 'LeadClosed.v1',
  name: text('线索办结', 'Closing of a lead'),
  command: CloseLead,
  stream: leadStream,
  register: () => ({
    answers: { kind: LEAD_RECEIPT_KIND, says: text('该线索未受理', 'the lead was not received') },
    unless: [{ kind: LEAD_CLOSING_KIND, says: text('该线索已办结', 'the lead has been closed already') }],
  }),
  findings: (command) => {
    demandCase(command);
    return [];
  },
  example: {
    fund: 'all',
    unit: '460100',
    businessDate: '2025-04-08',
    leadId: 'XS-2025-0031',
    outcome: 'case-opened',
    caseId: 'HK-2025-0007',
    evidence: { kind: 'lead-sheet', number: 'XS-2025-0031-J', sha256: '15'.repeat(32) },
    maker: 'sun',
    reviewer: 'zhou',
    note: '线索属实，立案',
  },
});

/** A case is named where one was opened, and only there. */
function demandCase({ outcome, caseId }: CloseLead): void {
  if ((outcome === 'case-opened') === (caseId !== undefined)) return;
  throw refusal(
    '/caseId',
    'case-of-lead',
    by(
      REGULATION,
      text('立案查处的线索写明案件号，其他结果不写', 'a lead that led to a case names it, and no other lead does'),
    ),
    outcome === 'case-opened' ? text('案件号', 'the number of the case') : text('不填', 'nothing'),
    caseId ?? 'nothing',
  );
}
