import { by, PRACTICE } from '../../books/sources.js';
import { code, CodeList } from '../../text/codes.js';
import { refusal, text } from '../../errors.js';
import { MemoCommand } from '../../kinds/commands.js';
import { Count, Day, Line, OneOf, Pattern } from '../../kinds/fields.js';
import { memo } from '../../kinds/kind.js';

const optional = { optional: true } as const;

/** What is published. */
const SUBJECTS = new CodeList([
  code('operation', '基金运行情况', 'Operation of the funds'),
  code('budget', '预算', 'Budget'),
  code('final-accounts', '决算', 'Final accounts'),
  code('enforcement', '基金监管', 'Supervision of the funds'),
  code('enrolment', '参保情况', 'Enrolment'),
]);

export class PublishDisclosure extends MemoCommand {
  @OneOf(text('公开事项', 'subject'), SUBJECTS)
  subject!: string;

  @Line(text('标题', 'title'), 100)
  title!: string;

  @Day(text('所属期起', 'from'), optional)
  from?: string;

  @Day(text('所属期止', 'to'))
  to!: string;

  @Pattern(
    text('公开网址', 'address'),
    '^https?://[!-~]{1,300}$',
    'address',
    text('http:// 或 https:// 开头的网址', 'an address that begins with http:// or https://'),
    optional,
  )
  address?: string;

  @Count(text('所依日志位置', 'position drawn at'), { ...optional, max: Number.MAX_SAFE_INTEGER })
  drawnAt?: number;
}

/**
 * A disclosure as it was published 信息公开. Its evidence is the published document itself, by number and SHA-256; where
 * its figures were drawn from this ledger, the position of the log says from which state of it.
 */
export const disclosure = memo<PublishDisclosure>({
  kind: 'disclosure',
  route: 'disclosures',
  event: 'DisclosurePublished.v1',
  name: text('信息公开', 'Disclosure'),
  command: PublishDisclosure,
  stream: ({ unit }) => `disclosure-${unit}`,
  findings: ({ from, to }) => {
    if (from !== undefined && from > to) throw endsBefore(from, to);
    return [];
  },
  example: {
    fund: 'all',
    unit: '460000',
    businessDate: '2025-06-17',
    subject: 'operation',
    title: '2025年1—5月医疗保障基金运行情况',
    from: '2025-01-01',
    to: '2025-05-31',
    address: 'https://example.org/2025/06/17.html',
    drawnAt: 24000,
    evidence: { kind: 'publication', number: '琼医保公〔2025〕6号', sha256: '1f'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '新闻发布会公布',
  },
});

const endsBefore = (from: string, to: string) =>
  refusal(
    '/to',
    'ends-before-it-begins',
    by(PRACTICE, text('所属期止早于所属期起', 'what is published ends before it begins')),
    text(`不早于 ${from}`, `no earlier than ${from}`),
    to,
  );
