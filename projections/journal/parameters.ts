import { text } from '../../src/errors.js';
import { FundCode, UnitCode } from '../../src/kinds/adopted-fields.js';
import { FilteredParameters } from '../audit-trail/filters.js';
import { AccountAsked } from '../audit-trail/parameters.js';

const optional = { optional: true } as const;

export class JournalParameters extends FilteredParameters {
  @FundCode(optional)
  fund?: string;

  @UnitCode(text('核算单位', 'unit'), optional)
  unit?: string;

  @AccountAsked(text('科目：列出涉及该科目的凭证，整张', 'account: the vouchers that touch it, each whole'))
  account?: string;
}
