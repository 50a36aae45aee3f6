import { type Share } from '../../books/entries.js';
import { by, SIFAS } from '../../books/sources.js';
import { listed } from '../../text/codes.js';
import { refusal, text } from '../../errors.js';
import { type LedgerCommand } from '../../kinds/commands.js';
import { shareOf } from '../../kinds/shares.js';
import { type Adopted } from '../../reference/adopted.js';

const BENEFITS = 'benefits';

/** What a fund's benefit is taken to be where a command does not say: the first of the details that the fund has. */
export const usualBenefit = (adopted: Adopted, { fund }: LedgerCommand): string =>
  adopted.chart.detailsOf(BENEFITS, fund)[0]?.code ?? '';

/**
 * The ledger line of a benefit: its kind, and in a fund with personal accounts the share that pays it.
 * What is paid out of personal accounts is charged to them and to nothing else.
 */
export function benefitLine(
  adopted: Adopted,
  command: LedgerCommand,
  benefitKind: string,
  share: string | undefined,
): { detail: string; share: Share | undefined } {
  const known = adopted.chart.detailsOf(BENEFITS, command.fund);
  const detail = known.find(({ code }) => code === benefitKind);
  if (!detail) {
    const { zh, en } = listed(
      adopted.chart.find(BENEFITS)!.details!,
      known.map(({ code }) => code),
    );
    throw refusal(
      '/benefitKind',
      'benefit-not-of-fund',
      by(SIFAS, text('该基金不支付此类待遇', 'this fund does not pay this kind of benefit')),
      text(`${zh} 之一`, `one of ${en}`),
      benefitKind,
    );
  }
  if (detail.share !== 'personal')
    return { detail: benefitKind, share: shareOf(adopted, command, share as Share | undefined) };
  if (share === 'pool')
    throw refusal(
      '/share',
      'personal-account-from-pool',
      by(SIFAS, text('个人账户待遇由个人账户支付', 'personal-account benefits are charged to the personal accounts')),
      text('personal，或不填', 'personal, or nothing'),
      share,
    );
  return { detail: benefitKind, share: 'personal' };
}
