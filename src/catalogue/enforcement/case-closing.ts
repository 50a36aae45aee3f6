import { OUTCOMES } from '../../books/code-lists.js';
import { text } from '../../errors.js';
import { CaseNumber, MemoCommand } from '../../kinds/commands.js';
import { OneOf } from '../../kinds/fields.js';
import { memo } from '../../kinds/kind.js';
import { CASE_OPENING_KIND } from './case-opening.js';
import { caseStream } from './case.js';

const CASE_CLOSING_KIND = 'case-closing';

export class CloseCase extends MemoCommand {
  @CaseNumber()
  caseId!: string;

  @OneOf(text('处理结果', 'outcome'), OUTCOMES)
  outcome!: string;
}

/** A case as it is closed 结案, once. What still comes in from it, a recovery in instalments, may follow. */
export const caseClosing = memo<CloseCase>({
  kind: CASE_CLOSING_KIND,
  route: 'case-closings',
  event: 'CaseClosed.v1',
  name: text('结案', 'Closing of a case'),
  command: CloseCase,
  stream: caseStream,
  register: () => ({
    answers: { kind: CASE_OPENING_KIND, says: text('该案件未立案', 'the case was not opened') },
    unless: [{ kind: CASE_CLOSING_KIND, says: text('该案件已结案', 'the case has been closed already') }],
  }),
  findings: () => [],
  example: {
    fund: 'all',
    unit: '460100',
    businessDate: '2025-06-20',
    caseId: 'HK-2025-0007',
    outcome: 'substantiated',
    evidence: { kind: 'case-file', number: '海医保结〔2025〕7号', sha256: '12'.repeat(32) },
    maker: 'sun',
    reviewer: 'zhou',
    note: '已处罚并追回',
  },
});
