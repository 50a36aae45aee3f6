import { code, CodeList } from '../../src/text/codes.js';
import { text } from '../../src/errors.js';
import { FundCode, UnitCode } from '../../src/kinds/adopted-fields.js';
import { AskedDay, OneOf, Pattern } from '../../src/kinds/fields.js';
import { AccountAsked } from '../audit-trail/parameters.js';
import { FilteredParameters } from '../audit-trail/filters.js';
import { SCOPES } from '../statements/parameters.js';

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

  @Pattern(
    text(
      '报表项目，代替科目：该项目由哪些分录构成，如 income-expenditure/pool-income/4001',
      'a line of a statement in place of an account: the entries it is made of',
    ),
    '^[a-z]+(-[a-z]+)*/[~a-z0-9][a-z0-9./@-]*$',
    'statement-line',
    text(
      '报表与项目，如 balance-sheet/3001/pool、net-assets/income/4001@pool',
      'a statement and its line, e.g. balance-sheet/3001/pool, net-assets/income/4001@pool',
    ),
    optional,
  )
  line?: string;

  @OneOf(
    text(
      '报表项目的范围：本单位，或含下级汇总；给出单位时默认本单位',
      'scope of a line: the unit itself, or with all below it as one; of a unit: itself',
    ),
    SCOPES,
    optional,
  )
  scope?: string;

  @AskedDay(
    text(
      '按何日的科目表和单位划分报表项目，默认截止日',
      'the day whose chart and units say what belongs to a line; the last day unless said otherwise',
    ),
    optional,
  )
  chartOn?: string;

  @OneOf(
    text('明细账，或逐日结出本日合计的日记账', 'an account ledger, or a day book with a total of every day'),
    FORMS,
    optional,
  )
  form?: string;
}
