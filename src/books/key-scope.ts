import { refusal, type LedgerError, type Text, text } from '../errors.js';

/**
 * How far a key reaches, said wherever it is promised that a key brings its first answer again. A book is one stream
 * and one domain of conflict on every store, so a key can be held to its first command within it, and only there.
 */
export const KEY_SCOPE = text(
  '幂等键在一本账（一项基金在一个单位）或一份备查（一个案件、一家机构、一份预算等）内有效：在别处，同一键是另一笔业务',
  'a key holds within one book (one fund in one unit) or one register of memos (of a case, a provider, a budget and ' +
    'so on): elsewhere the same key is another command',
);

/** The refusal of a key that brings another command than the first time. */
export const keyUsedBefore = (pointer: string, expected: Text, got: string): LedgerError =>
  refusal(
    pointer,
    'key-used-before',
    text(
      `该幂等键已用于另一内容；${KEY_SCOPE.zh}`,
      `this idempotency key was used for another command; ${KEY_SCOPE.en}`,
    ),
    expected,
    got,
  );
