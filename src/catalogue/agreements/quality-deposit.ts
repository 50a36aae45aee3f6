import { text } from '../../errors.js';
import { AmountCommand, Year } from '../../kinds/commands.js';
import { ProviderCode } from './provider-code.js';

/**
 * A command about the quality deposit 质量保证金 of a provider: a part of each settlement is held back until the year has
 * been assessed. It was not paid, so on a cash basis it is in no account, only in this register.
 */
export class DepositCommand extends AmountCommand {
  @ProviderCode()
  provider!: string;

  @Year(text('考核年度', 'year assessed'))
  year!: string;
}

/** The stream of a deposit: one for each fund, unit, provider and year, which is what is released. */
export const depositStream = ({ fund, unit, provider, year }: DepositCommand): string =>
  `deposit-${fund}-${unit}-${provider}-${year}`;
