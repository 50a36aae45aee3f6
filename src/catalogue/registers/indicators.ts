import { by, PRACTICE } from '../../books/sources.js';
import { type ErrorDetail, refusal, text } from '../../errors.js';
import { MemoCommand } from '../../kinds/commands.js';
import { AmountOrZero, Count, Day, Line, Nested } from '../../kinds/fields.js';
import { memo } from '../../kinds/kind.js';
import { type Fen, formatFen, parseFen } from '../../money.js';

const optional = { optional: true } as const;

/** What was published of money, in yuan. */
export class PublishedAmounts {
  @AmountOrZero(text('期初累计结余', 'balance before'), optional)
  balanceBefore?: string;

  @AmountOrZero(text('收入', 'income'), optional)
  income?: string;

  @AmountOrZero(text('支出', 'expenditure'), optional)
  expenditure?: string;

  @AmountOrZero(text('累计结余', 'balance'), optional)
  balance?: string;

  @AmountOrZero(text('罚款', 'fines'), optional)
  fines?: string;

  @AmountOrZero(text('检查追回', 'recovered'), optional)
  recovered?: string;

  @AmountOrZero(text('自查自纠退回', 'returned after self-check'), optional)
  selfCheckReturned?: string;

  @AmountOrZero(text('退回基金合计', 'into the funds'), optional)
  intoFunds?: string;
}

/** What was published of numbers. */
export class PublishedCounts {
  @Count(text('检查机构数', 'inspected'), optional)
  inspected?: number;

  @Count(text('处理机构数', 'handled'), optional)
  handled?: number;

  @Count(text('处罚机构数', 'penalised'), optional)
  penalised?: number;

  @Count(text('人次', 'visits'), optional)
  visits?: number;
}

export class RecordIndicators extends MemoCommand {
  @Day(text('统计起始日', 'from'), optional)
  from?: string;

  @Day(text('统计截止日', 'as of'))
  asOf!: string;

  @Line(text('数据来源', 'stated by'), 100)
  statedBy!: string;

  @Nested(text('公布金额', 'amounts'), PublishedAmounts, optional)
  amounts?: PublishedAmounts;

  @Nested(text('公布数量', 'counts'), PublishedCounts, optional)
  counts?: PublishedCounts;
}

/**
 * Figures that somebody published 公布的指标, with their day and their source: what the ledger is compared with. They are
 * kept as they were published; where they do not agree among themselves, the difference is a finding.
 */
export const indicators = memo<RecordIndicators>({
  kind: 'indicators',
  route: 'indicators',
  event: 'IndicatorsRecorded.v1',
  name: text('公布指标', 'Published indicators'),
  command: RecordIndicators,
  stream: ({ fund, unit }) => `indicators-${fund}-${unit}`,
  findings: ({ from, asOf, amounts = {}, counts = {} }) => {
    if (from !== undefined && from > asOf) throw endsBefore(from, asOf);
    if (Object.keys(amounts).length + Object.keys(counts).length === 0) throw nothingPublished();
    return differences(amounts);
  },
  example: {
    fund: 'employee',
    unit: '460000',
    businessDate: '2025-06-17',
    from: '2025-01-01',
    asOf: '2025-05-31',
    statedBy: '新闻发布会',
    amounts: {
      balanceBefore: '37265000000.00',
      income: '5468000000.00',
      expenditure: '4017000000.00',
      balance: '38716000000.00',
    },
    evidence: { kind: 'press-conference', number: '2025-06-17', sha256: '1e'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '一至五月收支结余',
  },
});

/** Where parts and a total, or a balance and what led to it, were both published and differ. */
function differences(amounts: PublishedAmounts): ErrorDetail[] {
  const { balanceBefore, income, expenditure, balance, recovered, selfCheckReturned, intoFunds } = amounts;
  return [
    ...differenceOf('balance', balance, [balanceBefore, income], [expenditure]),
    ...differenceOf('intoFunds', intoFunds, [recovered, selfCheckReturned], []),
  ];
}

type Published = string | undefined;

function differenceOf(
  name: string,
  published: Published,
  plus: readonly Published[],
  minus: readonly Published[],
): ErrorDetail[] {
  if (published === undefined || [...plus, ...minus].includes(undefined)) return [];
  const add = (parts: readonly Published[]): Fen => parts.reduce((sum, part) => sum + parseFen(part!), 0n);
  const sum = add(plus) - add(minus);
  const difference = parseFen(published) - sum;
  if (difference === 0n) return [];
  const [by, by2] = [formatFen(sum), formatFen(difference)];
  const expected = text(`按所公布各项为 ${by}，相差 ${by2}`, `${by} by the other figures: it differs by ${by2}`);
  return [{ pointer: `/amounts/${name}`, code: 'parts-differ', expected, got: published }];
}

const endsBefore = (from: string, asOf: string) =>
  refusal(
    '/asOf',
    'ends-before-it-begins',
    by(PRACTICE, text('统计截止日早于起始日', 'the figures end before they begin')),
    text(`不早于 ${from}`, `no earlier than ${from}`),
    asOf,
  );

const nothingPublished = () =>
  refusal(
    '/amounts',
    'nothing-published',
    by(PRACTICE, text('没有公布的数字', 'there is no published figure')),
    text('至少一项金额或数量', 'one amount or count at least'),
    'nothing',
  );
