import { text } from '../errors.js';
import { FundCode, UnitCode } from '../kinds/adopted-fields.js';
import { Evidence } from '../kinds/commands.js';
import { Line, Nested, OneOf, Pattern, Reference } from '../kinds/fields.js';
import { code, CodeList } from '../text/codes.js';

const optional = { optional: true } as const;
const YES_NO = new CodeList([code('yes', '是', 'yes'), code('no', '否', 'no')]);
const SCOPES = new CodeList([
  code('unit', '本单位', 'the unit itself', '本级'),
  code('below', '含下级', 'with those below', '含下级单位'),
]);

/** Which books a period is closed of, or opened again in, on what evidence, and who answers for it. */
export class BooksOfPeriod {
  @Pattern(
    text('会计期间', 'period'),
    '^(19|2[01])[0-9]{2}-(0[1-9]|1[0-2])$',
    'period',
    text('期间 YYYY-MM', 'a period YYYY-MM'),
    { spelling: 'period' },
  )
  period!: string;

  @FundCode(optional)
  fund?: string;

  @UnitCode(text('核算单位', 'unit'), optional)
  unit?: string;

  @OneOf(text('范围：本单位，或含下级', 'scope: the unit itself, or with those below it'), SCOPES, optional)
  scope?: string;

  @OneOf(text('有一账簿不能办则全部不办', 'nothing is done where one book cannot'), YES_NO, optional)
  allOrNothing?: string;

  @Nested(text('原始凭证', 'evidence'), Evidence)
  evidence!: Evidence;

  @Reference(text('经办', 'maker'))
  maker!: string;

  @Reference(text('复核', 'reviewer'))
  reviewer!: string;

  @Line(text('摘要', 'note'), 200, optional)
  note?: string;
}

/** Closes a period of many books, or with their December the year. */
export class CloseBooks extends BooksOfPeriod {
  @OneOf(text('连同年结（期间为 12 月）', 'the year with it; the period is a December'), YES_NO, optional)
  year?: string;

  @Reference(text('批准文号', 'approval'), optional)
  approval?: string;
}

/** Opens the period that many books have closed last again. */
export class ReopenBooks extends BooksOfPeriod {
  @Line(text('反结账事由', 'reason'))
  reason!: string;
}
