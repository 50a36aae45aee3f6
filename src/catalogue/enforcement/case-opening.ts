import { text } from '../../errors.js';
import { CaseNumber, MemoCommand } from '../../kinds/commands.js';
import { Amount, OneOf, Reference } from '../../kinds/fields.js';
import { memo } from '../../kinds/kind.js';
import { caseStream, ORIGINS } from './case.js';

export const CASE_OPENING_KIND = 'case-opening';

export class OpenCase extends MemoCommand {
  @CaseNumber()
  caseId!: string;

  @Reference(text('当事人编号', 'party'))
  party!: string;

  @OneOf(text('案件来源', 'origin'), ORIGINS)
  origin!: string;

  @Amount(text('涉案金额（估计）', 'estimated loss'), { optional: true })
  estimatedLoss?: string;
}

/** A case of enforcement as it is opened 立案, once. Penalties and recoveries name it. */
export const caseOpening = memo<OpenCase>({
  kind: CASE_OPENING_KIND,
  route: 'case-openings',
  event: 'CaseOpened.v1',
  name: text('立案', 'Opening of a case'),
  command: OpenCase,
  counterparty: ({ party }) => party,
  stream: caseStream,
  register: () => ({
    unless: [{ kind: CASE_OPENING_KIND, says: text('该案件已立案', 'the case has been opened already') }],
  }),
  findings: () => [],
  example: {
    fund: 'all',
    unit: '460100',
    businessDate: '2025-04-08',
    caseId: 'HK-2025-0007',
    party: 'H46010000001',
    origin: 'data-model',
    estimatedLoss: '120000.00',
    evidence: { kind: 'case-file', number: '海医保立〔2025〕7号', sha256: '11'.repeat(32) },
    maker: 'sun',
    reviewer: 'zhou',
    note: '疑似超标准收费',
  },
});
