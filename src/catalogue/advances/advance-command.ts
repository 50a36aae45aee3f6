import { credit, type Entry } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { AmountCommand } from '../../kinds/commands.js';
import { Reference } from '../../kinds/fields.js';
import { LineOf } from '../../kinds/adopted-fields.js';
import { type Account } from '../../reference/chart.js';

/** The kinds of advance 暂付款: an account of the chart for each. */
export const isAdvance = ({ key }: Account): boolean => key.startsWith('advances.');

/** A command about one advance: of which kind it is, and with whom it stands. */
export class AdvanceCommand extends AmountCommand {
  @LineOf(text('暂付款种类', 'advance'), isAdvance)
  advance!: string;

  @Reference(text('往来单位编号', 'counterparty'))
  counterparty!: string;
}

/** What ends an advance, or a part of it: the account holds so much less. More than it holds is refused. */
export const endAdvance = ({ advance, amount }: AdvanceCommand): Entry => credit(advance, parseFen(amount));
