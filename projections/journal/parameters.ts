import { KINDS } from '../../src/catalogue/registry.js';
import { text } from '../../src/errors.js';
import { AmountOrZero, OneOf } from '../../src/kinds/fields.js';
import { AccountAsked, PageCursor, PageLimit } from '../audit-trail/parameters.js';
import { BookParameters } from '../asking/book-parameters.js';

const optional = { optional: true } as const;

export class JournalParameters extends BookParameters {
  @AccountAsked(text('科目：列出涉及该科目的凭证，整张', 'account: the vouchers that touch it, each whole'))
  account?: string;

  @OneOf(text('种类', 'kind'), KINDS, optional)
  kind?: string;

  @AmountOrZero(text('最小金额', 'least amount'), optional)
  minAmount?: string;

  @AmountOrZero(text('最大金额', 'greatest amount'), optional)
  maxAmount?: string;

  @PageLimit()
  limit?: string;

  @PageCursor()
  cursor?: string;
}
