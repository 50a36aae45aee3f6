import { text } from '../../src/errors.js';
import { OneOf, Pattern } from '../../src/kinds/fields.js';
import { code, CodeList } from '../../src/text/codes.js';
import { BookParameters } from '../asking/book-parameters.js';

const optional = { optional: true } as const;

const SCOPES = new CodeList([
  code('unit', '本单位', 'the unit itself', '本级'),
  code('below', '含下级', 'with those below', '含下级单位'),
]);

export class ChecklistParameters extends BookParameters {
  @Pattern(
    text('会计期间（2025-05）或年度（2025）；默认截止日所在月', 'period (2025-05) or year (2025); default: that of to'),
    '^(19|2[01])[0-9]{2}(-(0[1-9]|1[0-2]))?$',
    'period',
    text('期间 YYYY-MM 或年度 YYYY', 'a period YYYY-MM or a year YYYY'),
    optional,
  )
  period?: string;

  @OneOf(
    text('范围：本单位，或含下级；默认本单位', 'scope: the unit itself unless those below it too'),
    SCOPES,
    optional,
  )
  scope?: string;
}
