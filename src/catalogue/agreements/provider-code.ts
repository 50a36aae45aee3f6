import { type ErrorDetail, text } from '../../errors.js';
import { StreamNumber } from '../../kinds/commands.js';
import { type FieldOptions } from '../../kinds/fields.js';

/** The code of a hospital or a pharmacy, which names the provider's streams. */
export const ProviderCode = (options: FieldOptions = {}): PropertyDecorator =>
  StreamNumber(text('机构编号', 'provider'), 'provider-number', options);

/** H for a hospital or P for a pharmacy, the six digits of its region and five of its own (国家医保信息业务编码). */
const WELL_FORMED = /^[HP][0-9]{6}[0-9]{5}$/;

/** A code that is written in another way is recorded all the same: older systems have their own. */
export function providerFindings(provider: string): ErrorDetail[] {
  if (WELL_FORMED.test(provider)) return [];
  const expected = text(
    'H（医疗机构）或 P（药店）、6 位行政区划代码和 5 位顺序号',
    'H (hospital) or P (pharmacy), six digits of its region and five of its own',
  );
  return [{ pointer: '/provider', code: 'provider-code', expected, got: provider }];
}
