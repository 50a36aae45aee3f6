import { text } from '../../errors.js';
import { MemoCommand, StreamNumber } from '../../kinds/commands.js';
import { ProviderCode } from './provider-code.js';

/** A command about a suspension of payment, by the number of its notice. */
export class SuspensionCommand extends MemoCommand {
  @StreamNumber(text('暂停通知号', 'suspension'), 'suspension-number')
  suspensionId!: string;

  @ProviderCode()
  provider!: string;
}

/** The stream of a suspension: units number their notices alike, and a release for another provider is none of it. */
export const suspensionStream = ({ unit, provider, suspensionId }: SuspensionCommand): string =>
  `suspension-${unit}-${provider}-${suspensionId}`;
