import { by, PRACTICE } from '../../books/sources.js';
import { type ErrorDetail, refusal, text } from '../../errors.js';
import { MemoCommand } from '../../kinds/commands.js';
import { Count, Day, Line, Nested } from '../../kinds/fields.js';
import { memo } from '../../kinds/kind.js';

const optional = { optional: true } as const;

/** How many are enrolled, by kind; what a source does not tell is left out. */
export class Headcounts {
  @Count(text('在职职工', 'employed'), optional)
  employed?: number;

  @Count(text('退休人员', 'retired'), optional)
  retired?: number;

  @Count(text('灵活就业人员', 'flexible workers'), optional)
  flexible?: number;

  @Count(text('学生儿童', 'students and children'), optional)
  students?: number;

  @Count(text('成年居民', 'adult residents'), optional)
  adults?: number;

  @Count(text('资助参保人员', 'subsidised'), optional)
  subsidised?: number;

  @Count(text('职工医保', 'employee insurance'), optional)
  employeeInsurance?: number;

  @Count(text('居民医保', 'resident insurance'), optional)
  residentInsurance?: number;
}

export class CountEnrolment extends MemoCommand {
  @Day(text('统计截止日', 'as of'))
  asOf!: string;

  @Line(text('数据来源', 'stated by'), 100)
  statedBy!: string;

  @Nested(text('人数', 'headcounts'), Headcounts, optional)
  headcounts?: Headcounts;

  @Count(text('合计人数', 'total'), optional)
  total?: number;
}

/**
 * How many people a source says are enrolled on a day 参保人数. People and money have days of their own, so each count
 * carries its. Where the parts do not add up to the total, both are kept as they were published.
 */
export const enrolmentCount = memo<CountEnrolment>({
  kind: 'enrolment-count',
  route: 'enrolment-counts',
  event: 'EnrolmentCounted.v1',
  name: text('参保人数', 'Enrolment count'),
  command: CountEnrolment,
  stream: ({ fund, unit }) => `enrolment-${fund}-${unit}`,
  findings: ({ headcounts = {}, total }) => {
    const parts = Object.values(headcounts) as number[];
    if (parts.length === 0 && total === undefined) throw nothingCounted();
    return parts.length === 0 || total === undefined ? [] : partsFinding(parts, total);
  },
  example: {
    fund: 'all',
    unit: '460000',
    businessDate: '2025-06-17',
    asOf: '2025-06-13',
    statedBy: '新闻发布会',
    headcounts: { employeeInsurance: 2788600, residentInsurance: 6735100 },
    total: 9523700,
    evidence: { kind: 'press-conference', number: '2025-06-17', sha256: '1d'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '六月十三日参保人数',
  },
});

function partsFinding(parts: readonly number[], total: number): ErrorDetail[] {
  const sum = parts.reduce((all, part) => all + part, 0);
  if (sum === total) return [];
  const difference = total - sum;
  const expected = text(
    `各部分合计 ${sum}，相差 ${difference}`,
    `the sum of the parts, ${sum}: it differs by ${difference}`,
  );
  return [{ pointer: '/total', code: 'parts-differ', expected, got: `${total}` }];
}

const nothingCounted = () =>
  refusal(
    '/total',
    'nothing-counted',
    by(PRACTICE, text('没有人数', 'there is no headcount')),
    text('合计人数，或按类人数', 'a total, or headcounts by kind'),
    'nothing',
  );
