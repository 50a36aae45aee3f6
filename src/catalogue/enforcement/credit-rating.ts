import { code, CodeList } from '../../text/codes.js';
import { text } from '../../errors.js';
import { MemoCommand, Year } from '../../kinds/commands.js';
import { OneOf } from '../../kinds/fields.js';
import { memo } from '../../kinds/kind.js';
import { ProviderCode, providerFindings } from '../agreements/provider-code.js';

/** The grades of the credit appraisal 信用评价, the best first. */
const GRADES = new CodeList([
  code('A', 'A级', 'Grade A', '优秀'),
  code('B', 'B级', 'Grade B', '良好'),
  code('C', 'C级', 'Grade C', '一般'),
  code('D', 'D级', 'Grade D', '较差'),
]);

export class RateCredit extends MemoCommand {
  @ProviderCode()
  provider!: string;

  @Year(text('评价年度', 'year rated'))
  year!: string;

  @OneOf(text('信用等级', 'grade'), GRADES)
  grade!: string;
}

/** How a provider's credit was rated for a year 信用评价: what agreements and inspections go by. It moves nothing. */
export const creditRating = memo<RateCredit>({
  kind: 'credit-rating',
  route: 'credit-ratings',
  event: 'CreditRated.v1',
  name: text('信用评价', 'Credit rating'),
  command: RateCredit,
  counterparty: ({ provider }) => provider,
  stream: ({ provider }) => `provider-${provider}`,
  findings: ({ provider }) => providerFindings(provider),
  example: {
    fund: 'all',
    unit: '460100',
    businessDate: '2025-03-20',
    provider: 'H46010000001',
    year: '2024',
    grade: 'B',
    evidence: { kind: 'appraisal', number: '海医保信评〔2025〕3号', sha256: '10'.repeat(32) },
    maker: 'sun',
    reviewer: 'zhou',
    note: '二〇二四年度信用评价',
  },
});
