import { code, CodeList } from '../../text/codes.js';
import { text } from '../../errors.js';
import { MemoCommand } from '../../kinds/commands.js';
import { OneOf, Pattern } from '../../kinds/fields.js';
import { memo } from '../../kinds/kind.js';

const REASONS = new CodeList([
  code('by-mistake', '登记有误', 'Recorded by mistake'),
  code('annulled-on-review', '行政复议撤销', 'Annulled on administrative review', '复议撤销'),
  code('annulled-by-court', '法院判决撤销', 'Annulled by a court', '判决撤销'),
  code('revoked', '原机关撤销', 'Revoked by the authority itself'),
]);

export class WithdrawMemo extends MemoCommand {
  @Pattern(
    text('所撤销的备查', 'withdraws'),
    '^(?!book-)[a-z]+(-[A-Za-z0-9._]+)+-(0|[1-9][0-9]{0,14})$',
    'memo-id',
    text('备查编号，如 case-HK-2025-0007-0', 'the id of a memo such as case-HK-2025-0007-0'),
  )
  withdraws!: string;

  @OneOf(text('撤销事由', 'reason'), REASONS)
  reason!: string;
}

/**
 * The counter-fact of every memo 撤销备查: a penalty annulled on review, an agreement recorded by mistake. What it
 * withdraws stays in the log and in the reports, beside it; a memo is withdrawn once, and a withdrawal is not.
 */
export const memoWithdrawal = memo<WithdrawMemo>({
  kind: 'memo-withdrawal',
  route: 'memo-withdrawals',
  event: 'MemoWithdrawn.v1',
  name: text('备查撤销', 'Withdrawal of a memo'),
  command: WithdrawMemo,
  refersTo: ({ withdraws }) => ({ as: 'withdraws', id: withdraws }),
  // A withdrawal stands where the memo does, whatever that is: what names none is refused there.
  stream: ({ withdraws }) => withdraws.slice(0, withdraws.lastIndexOf('-')),
  findings: () => [],
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-08-29',
    withdraws: 'case-HK-2025-0007-0',
    reason: 'annulled-on-review',
    evidence: { kind: 'decision', number: '琼府复决〔2025〕31号', sha256: '20'.repeat(32) },
    maker: 'sun',
    reviewer: 'zhou',
    note: '复议决定撤销原处罚',
  },
});
