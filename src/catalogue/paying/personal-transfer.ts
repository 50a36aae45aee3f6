import { text } from '../../errors.js';
import { AmountCommand } from '../../kinds/commands.js';
import { Reference } from '../../kinds/fields.js';
import { Region } from '../off-site/region.js';

/**
 * A command about the personal account of one person who moves. The person is an opaque reference, never a name or an
 * identity number; the balance of each is kept outside the ledger, the sum of all is `net.personal` with its flows.
 */
export class PersonalTransferCommand extends AmountCommand {
  @Reference(text('个人编号', 'person reference'))
  person!: string;

  @Region(text('对方统筹区', 'other region'), { optional: true })
  otherRegion?: string;
}

/** Both flows are of the personal accounts and of nothing else. */
export const PERSONAL = { share: 'personal' } as const;
