import { type Text, text } from '../../src/errors.js';
import { yearOf } from '../../src/books/periods.js';
import { ofDays } from '../asking/addresses.js';
import { day, orNull, record, words } from '../asking/answer-schema.js';
import { BookParameters } from '../asking/book-parameters.js';
import { intervalBody, openIntervalOf } from '../asking/interval.js';
import { type Answer, type Asking, type Question, type Sheet } from '../asking/question.js';
import { booksOf } from '../fund-balance/books.js';
import { fundBalance } from '../fund-balance/projection.js';
import { periodShown } from '../overview/period.js';
import { type FoundDays, findDays } from './days.js';

/** Days of a page, and of an answer that has none asked: where the ledger has something to show. */
export const voucherDaysQuestion: Question<BookParameters> = {
  name: 'voucher-days',
  route: 'voucher-days',
  title: text('有凭证的日期', 'Days with vouchers'),
  projection: fundBalance,
  parameters: BookParameters,
  sheets: ['days'],
  answer: record({
    today: day(text('今天', 'today')),
    first: orNull(day(text('第一张凭证的业务日期', 'the first business day with a voucher'))),
    last: orNull(day(text('最后一张凭证的业务日期', 'the last business day with a voucher'))),
    before: orNull(day(text('所问日期之前最近的', 'the nearest before the days asked about'))),
    within: orNull(day(text('所问日期之内最早的', 'the first within the days asked about'))),
    behind: orNull(day(text('所问日期之后最近的', 'the nearest behind the days asked about'))),
    usual: record({ from: day(), to: day(), says: words(text('为何是这些日期', 'why these days')) }),
    current: record({ from: day(), to: day() }),
  }),
  ask: askDays,
};

interface Days {
  readonly from: string;
  readonly to: string;
}

async function askDays(asking: Asking, parameters: BookParameters): Promise<Answer> {
  const { today, reference } = asking;
  const interval = openIntervalOf(parameters);
  const streams = booksOf(reference.ever, parameters.fund, parameters.unit).map(({ stream }) => stream);
  const { position, ...found } = await findDays(asking, streams, interval, parameters.recordedAsOf);
  const { first, last } = found;
  const { interval: shown, says } = periodShown({}, today, first && last ? { first, last } : undefined);
  const usual = { from: shown.from, to: shown.to, says: says! };
  const current = currentOf(found, today);
  return {
    position,
    body: { ...intervalBody(interval, parameters), today, ...found, usual, current },
    sheets: [sheetOf({ ...found, usual, current }, parameters)],
  };
}

/** The year to today; where that has nothing, the year to the last day that has. */
function currentOf({ last }: Pick<FoundDays, 'last'>, today: string): Days {
  const to = last === null || yearOf(last) >= yearOf(today) ? today : last;
  return { from: `${yearOf(to)}-01-01`, to };
}

type Said = Omit<FoundDays, 'position'> & { readonly usual: Days; readonly current: Days };

function sheetOf({ first, last, before, within, behind, usual, current }: Said, asked: BookParameters): Sheet {
  const between = (from: string | null, to: string | null): Days | undefined =>
    from === null || to === null ? undefined : { from, to };
  const lines: readonly (readonly [Text, Days | undefined])[] = [
    [text('全部', 'all there are'), between(first, last)],
    [text('所问日期之前最近', 'nearest before the days asked'), between(before, before)],
    [text('所问日期之内最早', 'first within the days asked'), between(within, within)],
    [text('所问日期之后最近', 'nearest behind the days asked'), between(behind, behind)],
    [text('最后一个完整的月份，或至今天', 'to the last complete month, or to today'), usual],
    [text('本年至今，或至最后一张凭证', 'the year to today, or to the last voucher'), current],
  ];
  return {
    name: 'days',
    title: text('有凭证的日期', 'Days with vouchers'),
    columns: [
      { name: text('项目', 'what'), kind: 'text' },
      { name: text('起日', 'from'), kind: 'text' },
      { name: text('止日', 'to'), kind: 'text' },
    ],
    rows: lines.map(([name, days]) => [name, days?.from ?? null, days?.to ?? null]),
    marks: lines.map(([, days]) => {
      const to =
        days &&
        ofDays('audit-trail', { fund: asked.fund, unit: asked.unit }, { ...days, recordedAsOf: asked.recordedAsOf });
      return { links: [undefined, to, to] };
    }),
  };
}
