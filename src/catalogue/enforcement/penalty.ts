import { ARTICLES } from '../../books/code-lists.js';
import { type ErrorDetail, text } from '../../errors.js';
import { type Fen, formatFen, parseFen } from '../../money.js';
import { Amount, Count, OneOf, Reference } from '../../kinds/fields.js';
import { CaseCommand } from '../../kinds/commands.js';
import { memo } from '../../kinds/kind.js';

/** What an article of the regulation allows: fines as multiples of a base or as amounts in fen, and suspensions. */
interface Article {
  readonly multiples?: readonly [least: bigint, most: bigint];
  readonly amounts?: readonly [least: Fen, most: Fen];
  readonly suspensionMonths?: readonly [least: number, most: number];
}

/** Regulation 735 (医疗保障基金使用监督管理条例, in force since 1 May 2021), articles 38 to 41. */
const ALLOWED: Readonly<Record<string, Article>> = {
  '38': { multiples: [1n, 2n], suspensionMonths: [6, 12] },
  '39': { amounts: [10_000_00n, 50_000_00n] },
  '40': { multiples: [2n, 5n], suspensionMonths: [6, 12] },
  '41': { multiples: [2n, 5n], suspensionMonths: [3, 12] },
};

export class ImposePenalty extends CaseCommand {
  @OneOf(text('处罚条款', 'article'), ARTICLES)
  article!: string;

  @Reference(text('当事人编号', 'party'))
  party!: string;

  @Amount(text('损失或骗取金额', 'loss or fraud'), { optional: true })
  base?: string;

  @Count(text('暂停月数', 'months of suspension'), { optional: true, min: 1, max: 120 })
  suspensionMonths?: number;

  @Reference(text('缴库凭证', 'treasury receipt'), { optional: true })
  treasuryReceipt?: string;
}

/**
 * A fine or confiscation 行政罚款、没收. It goes to the treasury and is never income of a fund, so it has no entries and
 * every balance is the same with and without it. A fine outside the range of its article is recorded with a finding.
 */
export const penalty = memo<ImposePenalty>({
  kind: 'penalty',
  route: 'penalties',
  event: 'PenaltyImposed.v1',
  name: text('行政处罚', 'Penalty'),
  command: ImposePenalty,
  counterparty: ({ party }) => party,
  stream: ({ caseId }) => `case-${caseId}`,
  findings: (command) => {
    const article = ALLOWED[command.article]!;
    return [...fineFindings(command, article), ...suspensionFindings(command, article)];
  },
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-06-12',
    caseId: 'HK-2025-0007',
    amount: '250000.00',
    article: '38',
    party: 'H46010000001',
    base: '100000.00',
    suspensionMonths: 6,
    treasuryReceipt: 'GK-2025-000071',
    evidence: { kind: 'decision', number: '琼医保罚〔2025〕7号', sha256: '0c'.repeat(32) },
    maker: 'sun',
    reviewer: 'zhou',
    note: '超标准收费',
  },
});

function fineFindings({ amount, base }: ImposePenalty, { multiples, amounts }: Article): ErrorDetail[] {
  if (multiples && base === undefined)
    return [
      {
        pointer: '/base',
        code: 'base-missing',
        expected: text('罚款所依据的损失或骗取金额', 'the loss or fraud the fine is a multiple of'),
        got: 'nothing',
      },
    ];
  const range = multiples ? multiples.map((multiple) => parseFen(base!) * multiple) : amounts!;
  const [least, most] = range as [Fen, Fen];
  const fine = parseFen(amount);
  if (fine >= least && fine <= most) return [];
  const [from, to] = [formatFen(least), formatFen(most)];
  const expected = text(`${from} 至 ${to}`, `${from} to ${to}`);
  return [{ pointer: '/amount', code: 'fine-out-of-range', expected, got: amount }];
}

function suspensionFindings({ suspensionMonths: months }: ImposePenalty, article: Article): ErrorDetail[] {
  if (months === undefined) return [];
  const [least, most] = article.suspensionMonths ?? [0, 0];
  if (months >= least && months <= most) return [];
  const expected =
    most === 0
      ? text('该条款不规定暂停', 'no suspension: the article knows none')
      : text(`${least} 至 ${most} 个月`, `${least} to ${most} months`);
  return [{ pointer: '/suspensionMonths', code: 'suspension-out-of-range', expected, got: `${months}` }];
}
