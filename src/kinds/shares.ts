import { by, SIFAS } from '../books/sources.js';
import { type Share } from '../books/entries.js';
import { refusal, text } from '../errors.js';
import { type Adopted, demandFund } from '../reference/adopted.js';
import { type Fen, formatFen, parseFen } from '../money.js';
import { type AmountCommand, type LedgerCommand } from './commands.js';

/** The share an entry carries: pool unless said otherwise in a fund with personal accounts, none in the others. */
export function shareOf(adopted: Adopted, command: LedgerCommand, share: Share | undefined): Share | undefined {
  if (demandFund(adopted, command.fund).personalAccounts) return share ?? 'pool';
  if (share !== 'personal') return undefined;
  throw refusal(
    '/share',
    'no-personal-accounts',
    by(SIFAS, text('该基金没有个人账户', 'this fund has no personal accounts')),
    text('pool，或不填', 'pool, or nothing'),
    'personal',
  );
}

/**
 * Splits a command's amount into pool and personal accounts and gives the parts above zero, the pool's first.
 * A part that is not given is the rest; a fund without personal accounts has one part without a share.
 */
export function splitByShare(
  adopted: Adopted,
  command: AmountCommand,
  given: { readonly poolShare?: string | undefined; readonly personalShare?: string | undefined },
): { readonly share?: Share; readonly amount: Fen }[] {
  const amount = parseFen(command.amount);
  const personal = parseFen(given.personalShare ?? '0');
  if (personal > 0n && !demandFund(adopted, command.fund).personalAccounts)
    throw refusal(
      '/personalShare',
      'no-personal-accounts',
      by(SIFAS, text('该基金没有个人账户', 'this fund has no personal accounts')),
      text('0.00，或不填', '0.00, or nothing'),
      formatFen(personal),
    );
  if (personal > amount)
    throw refusal(
      '/personalShare',
      'shares-do-not-add-up',
      by(SIFAS, text('个人账户部分大于总额', 'the personal share is larger than the whole')),
      text(`不超过 ${formatFen(amount)}`, `at most ${formatFen(amount)}`),
      formatFen(personal),
    );
  const pool = given.poolShare === undefined ? amount - personal : parseFen(given.poolShare);
  demandSum('/poolShare', amount, [pool, personal]);
  if (!demandFund(adopted, command.fund).personalAccounts) return [{ amount }];
  const parts = [
    { share: 'pool', amount: pool },
    { share: 'personal', amount: personal },
  ] as const;
  return parts.filter((part) => part.amount > 0n);
}

/** Refuses parts that do not add up to the whole, naming both. */
function demandSum(pointer: string, whole: Fen, parts: readonly Fen[]): void {
  const sum = parts.reduce((total, part) => total + part, 0n);
  if (sum === whole) return;
  throw refusal(
    pointer,
    'shares-do-not-add-up',
    by(SIFAS, text('各部分之和不等于总额', 'the parts do not add up to the whole')),
    text(`合计 ${formatFen(whole)}`, `a sum of ${formatFen(whole)}`),
    formatFen(sum),
  );
}
