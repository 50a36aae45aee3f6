import { text } from '../../errors.js';
import { MemoCommand, StreamNumber } from '../../kinds/commands.js';
import { code, CodeList } from '../../text/codes.js';
import { ProviderCode } from './provider-code.js';

/** A command about an agreement with a provider 定点协议, by its number. */
export class AgreementCommand extends MemoCommand {
  @StreamNumber(text('协议号', 'agreement'), 'agreement-number')
  agreementId!: string;

  @ProviderCode()
  provider!: string;
}

/** The stream of an agreement: units number theirs alike, and what names another provider is none of it. */
export const agreementStream = ({ unit, provider, agreementId }: AgreementCommand): string =>
  `agreement-${unit}-${provider}-${agreementId}`;

/** Why an agreement is suspended or terminated. */
export const AGREEMENT_GROUNDS = new CodeList([
  code('breach', '违反协议', 'Breach of agreement'),
  code('violation', '违反法规', 'Violation of law'),
  code('by-provider', '机构申请', 'At the request of the provider'),
  code('expiry', '期满或注销', 'Expiry or closure'),
]);

export const NOT_SIGNED = text('没有这一协议', 'there is no such agreement');
export const TERMINATED = text('该协议已解除', 'the agreement has been terminated already');
