import { BENEFIT_KINDS } from '../../books/code-lists.js';
import { type Share } from '../../books/entries.js';
import { listed } from '../../text/codes.js';
import { refusal, text } from '../../errors.js';
import { type LedgerCommand } from '../../kinds/commands.js';
import { shareOf } from '../../kinds/shares.js';

/** The kinds of benefit 待遇 each fund pays. Allowances and personal accounts are the employee fund's alone. */
const BENEFITS_OF_FUND: Readonly<Record<string, readonly string[]>> = {
  employee: ['inpatient', 'outpatient', 'chronic', 'maternity-medical', 'maternity-allowance', 'personal-account'],
  resident: ['inpatient', 'outpatient', 'chronic', 'maternity-medical'],
  assistance: ['enrolment', 'direct'],
};

/** What a fund's benefit is taken to be where a command does not say. */
export const usualBenefit = ({ fund }: LedgerCommand): string => (fund === 'assistance' ? 'direct' : 'inpatient');

/**
 * The ledger line of a benefit: its kind, and in the employee fund the share that pays it.
 * What is paid out of personal accounts is charged to them and to nothing else.
 */
export function benefitLine(
  command: LedgerCommand,
  benefitKind: string,
  share: string | undefined,
): { detail: string; share: Share | undefined } {
  const known = BENEFITS_OF_FUND[command.fund] ?? [];
  if (!known.includes(benefitKind)) {
    const { zh, en } = listed(BENEFIT_KINDS, known);
    throw refusal(
      '/benefitKind',
      'benefit-not-of-fund',
      text('该基金不支付此类待遇', 'this fund does not pay this kind of benefit'),
      text(`${zh} 之一`, `one of ${en}`),
      benefitKind,
    );
  }
  if (benefitKind !== 'personal-account') return { detail: benefitKind, share: shareOf(command, share as Share) };
  if (share === 'pool')
    throw refusal(
      '/share',
      'personal-account-from-pool',
      text('个人账户待遇由个人账户支付', 'personal-account benefits are charged to the personal accounts'),
      text('personal，或不填', 'personal, or nothing'),
      share,
    );
  return { detail: benefitKind, share: 'personal' };
}
