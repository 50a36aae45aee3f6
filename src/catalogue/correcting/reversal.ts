import { REVERSAL_KIND } from '../../books/book-state.js';
import { text } from '../../errors.js';
import { Line } from '../../kinds/fields.js';
import { VoucherCommand, VoucherId } from '../../kinds/commands.js';
import { reversal as reversalKind } from '../../kinds/kind.js';

export class ReverseVoucher extends VoucherCommand {
  @VoucherId(text('冲销凭证', 'reverses'))
  reverses!: string;

  @Line(text('冲销事由', 'reason'))
  reason!: string;
}

/** A reversal 红字冲销: the entries of a voucher of the same fiscal year once more, in red. Nothing is ever edited. */
export const reversal = reversalKind<ReverseVoucher>({
  kind: REVERSAL_KIND,
  route: 'reversals',
  event: 'VoucherReversed.v1',
  name: text('红字冲销', 'Reversal'),
  command: ReverseVoucher,
  refersTo: ({ reverses }) => ({ as: 'reverses', id: reverses }),
  example: {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-05-13',
    reverses: 'book-employee-460100-0',
    reason: '金额录入有误',
    evidence: { kind: 'correction', number: 'GZ-2025-0003', sha256: '0b'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: '冲销后重新录入',
  },
});
