import { anyLine } from '../../src/books/ledger-lines.js';
import { type Text, text } from '../../src/errors.js';
import { Pattern } from '../../src/kinds/fields.js';

const optional = { optional: true } as const;

/** An account with all below it, one detail of it, one share, or both. */
export const AccountAsked = (name: Text): PropertyDecorator =>
  Pattern(
    name,
    '^[a-z]+([.-][a-z]+)*(/[a-z]+(-[a-z]+)*)?(@(pool|personal))?$',
    'account',
    text(
      '科目，如 fiscal-account、财政专户存款、benefits/inpatient@pool',
      'an account, e.g. fiscal-account, benefits/inpatient@pool',
    ),
    { ...optional, codes: ({ chart }) => anyLine(chart) },
  );

/** How many vouchers there are on a page of a list. */
export const PageLimit = (): PropertyDecorator =>
  Pattern(
    text(
      '每页张数（默认 50；导出 CSV 时默认不分页）',
      'vouchers on a page (default 50; CSV is exported whole unless told)',
    ),
    '^([1-9][0-9]?|[1-4][0-9]{2}|500)$',
    'limit',
    text('1 至 500 的整数', 'a whole number from 1 to 500'),
    optional,
  );

/** Where the page before ended. */
export const PageCursor = (): PropertyDecorator =>
  Pattern(
    text('上一页的游标', 'cursor of the page before'),
    '^[A-Za-z0-9_.-]{1,600}$',
    'cursor',
    text('上一页给出的游标', 'a cursor as the page before gave it'),
    optional,
  );
