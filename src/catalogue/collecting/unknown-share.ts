import { type Entry, credit } from '../../books/entries.js';
import { text } from '../../errors.js';
import { parseFen } from '../../money.js';
import { code, CodeList } from '../../text/codes.js';
import { type Adopted } from '../../reference/adopted.js';
import { demandAbsent } from '../../kinds/absent.js';
import { type AmountCommand } from '../../kinds/commands.js';
import { AmountOrZero, OneOf } from '../../kinds/fields.js';
import { splitByShare } from '../../kinds/shares.js';

const KNOWN = new CodeList([
  code('known', '份额已定', 'Shares known'),
  code('unknown', '份额待定', 'Shares not yet known'),
]);

/** Whether it is known already what of the money is the pool's and what the personal accounts'. */
export const SharesKnown = (): PropertyDecorator => OneOf(text('份额', 'shares'), KNOWN, { optional: true });

/** The part of the pool and that of the personal accounts: together the whole, and a part not given is the rest. */
export const PoolShare = (): PropertyDecorator => AmountOrZero(text('统筹部分', 'pool share'), { optional: true });
export const PersonalShare = (): PropertyDecorator =>
  AmountOrZero(text('个人账户部分', 'personal share'), { optional: true });

type SharedCommand = AmountCommand & {
  readonly shares?: string;
  readonly poolShare?: string;
  readonly personalShare?: string;
};

/**
 * The credit side of income of the employee fund: by share, or, as long as the shares are not known, on the account of
 * income that waits for them 待转 (SIFAS, 4601 and 4602).
 */
export function incomeByShare(
  adopted: Adopted,
  command: SharedCommand,
  income: { readonly account: string; readonly detail?: string | undefined; readonly pending: string },
): Entry[] {
  const { account, detail, pending } = income;
  if (command.shares !== 'unknown')
    return splitByShare(adopted, command, command).map(({ share, amount }) =>
      credit(account, amount, { detail, share }),
    );
  demandAbsent(
    command,
    ['poolShare', 'personalShare'],
    'shares-unknown',
    text('份额待定的收入不分统筹与个人账户', 'income whose shares are not yet known is not split'),
    text('不填，待份额确定后分配', 'nothing; the shares are allocated once they are known'),
  );
  return [credit(pending, parseFen(command.amount))];
}
