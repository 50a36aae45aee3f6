import { code, CodeList } from '../../src/text/codes.js';
import { text } from '../../src/errors.js';
import { FundCode, UnitCode } from '../../src/kinds/adopted-fields.js';
import { OneOf } from '../../src/kinds/fields.js';
import { AccountAsked } from '../audit-trail/parameters.js';
import { FilteredParameters } from '../audit-trail/filters.js';

const optional = { optional: true } as const;

const FORMS = new CodeList([
  code('ledger', '明细账', 'account ledger', '明细分类账'),
  code('day-book', '日记账', 'day book', '库存现金日记账', '银行存款日记账'),
]);

export class AccountLedgerParameters extends FilteredParameters {
  @FundCode(optional)
  fund?: string;

  @UnitCode(text('核算单位，默认最上一级', 'unit; the highest unless said otherwise'), optional)
  unit?: string;

  @AccountAsked(text('科目，默认财政专户存款', 'account; the fiscal account unless said otherwise'))
  account?: string;

  @OneOf(
    text('明细账，或逐日结出本日合计的日记账', 'an account ledger, or a day book with a total of every day'),
    FORMS,
    optional,
  )
  form?: string;
}
