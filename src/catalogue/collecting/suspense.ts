import { text } from '../../errors.js';
import { AmountCommand } from '../../kinds/commands.js';
import { Reference } from '../../kinds/fields.js';
import { LineOf } from '../../kinds/adopted-fields.js';

/**
 * Where money is held that is not the fund's, or of which nobody knows yet whose it is. What has a kind of its own is
 * not among them: premiums in advance, care of other regions' insured, fines that are the treasury's.
 */
const HELD = ['suspense.to-refund', 'suspense.off-site-clearing', 'suspense.other'];

/** For whom it was held, where a command about a payer takes money from where it was held for another. */
export const HeldFor = (): PropertyDecorator => Reference(text('暂收往来单位', 'held for'), { optional: true });

/** A command about money that is held 暂收款: where, and with whom it stands. */
export class SuspenseCommand extends AmountCommand {
  @LineOf(text('暂收科目', 'held in'), HELD)
  heldIn!: string;

  @Reference(text('往来单位编号', 'counterparty'))
  counterparty!: string;
}
