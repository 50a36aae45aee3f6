import { type ErrorDetail, LedgerError, text } from '../../src/errors.js';
import { explain } from '../../src/kinds/check.js';
import { canonicalise, withCodes } from '../../src/kinds/fields.js';
import { type Reference } from '../../src/reference/reference.js';

/**
 * Checks the parameters a question came with by its own class; a detail's pointer names the parameter. Words that the
 * ledger prints for a code, `职工基本医疗保险基金`, count as the code.
 * @throws LedgerError invalid, with one detail for every parameter that is not as it must be
 */
export function checkParameters(
  question: { readonly parameters: new () => object },
  parameters: Readonly<Record<string, string>>,
  { ever }: Reference,
): object {
  const coded = withCodes(question.parameters, parameters, ever);
  const details = explain(question.parameters, coded, ever).map(asParameter);
  if (details.length === 0) return canonicalise(question.parameters, coded, ever);
  throw new LedgerError(
    'invalid',
    'invalid-parameters',
    text('查询参数不符合要求', 'the parameters are not as they must be'),
    details,
  );
}

function asParameter({ pointer, code, ...facts }: ErrorDetail): ErrorDetail {
  return { pointer: pointer.slice(1), code: code === 'unknown-field' ? 'unknown-parameter' : code, ...facts };
}
