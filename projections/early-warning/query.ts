import { text, type Text } from '../../src/errors.js';
import { type Adopted, type Fund } from '../../src/reference/adopted.js';
import { booksOf, type Place } from '../fund-balance/books.js';
import { readLines } from '../fund-balance/lines.js';
import { fundBalance } from '../fund-balance/projection.js';
import { BookParameters } from '../asking/book-parameters.js';
import { type Interval, intervalBody, intervalOf } from '../asking/interval.js';
import { type Answer, type Asking, type Question } from '../asking/question.js';
import { momentOf } from '../recorded-time/query.js';
import { openItems, type OpenItem } from '../registers/open-items.js';
import { registers } from '../registers/projection.js';
import { assistanceBalance, type Bands, type Indicator, longOpen, payableMonths, surplus } from './indicators.js';
import { addCourses, type Course, courseOf, daysOf } from './months.js';
import { type Warned, warningSheet } from './sheets.js';

const ASSISTANCE = 'assistance';

/** What tells early that a fund runs short, or hoards: by fund over all its books, and book by book. */
export const earlyWarningQuestion: Question<BookParameters> = {
  name: 'early-warning',
  route: 'early-warning',
  title: text('基金运行预警', 'Early warning'),
  projection: fundBalance,
  parameters: BookParameters,
  sheets: ['funds', 'books'],
  ask: askWarnings,
};

async function askWarnings(asking: Asking, parameters: BookParameters): Promise<Answer> {
  const { fund, unit } = parameters;
  const interval = intervalOf(parameters, asking.today);
  const adopted = asking.reference.known(interval.to);
  const places = booksOf(adopted, fund, unit);
  const days = daysOf(interval.to);
  const shown = await readLines(asking, {
    books: places.map(({ stream }) => stream),
    days,
    recordedAsOf: await momentOf(asking, parameters.recordedAsOf),
    alsoFrom: [registers],
  });
  const items = openItems(asking.tables, {
    funds: [...new Set(places.map((place) => place.fund.key))],
    units: [...new Set(places.map((place) => place.unit.code))],
    day: interval.to,
    position: shown.position,
  });
  const courses = places.flatMap((place): BookCourse[] => {
    const lines = shown.books.get(place.stream);
    if (!lines) return [];
    const own = items.filter((item) => item.fund === place.fund.key && item.unit === place.unit.code);
    return [{ place, course: courseOf(adopted.chart, days, lines), items: own }];
  });
  const books = courses.map(({ place: { fund: ofFund, unit: at }, ...known }) => ({
    fund: ofFund,
    unit: at.code,
    indicators: indicatorsOf(adopted, ofFund, at.code, known, interval),
  }));
  const funds = unit === undefined ? fundsOf(adopted, courses, interval) : [];
  return {
    position: shown.position,
    body: {
      ...intervalBody(interval, parameters),
      ...(unit === undefined && { funds: funds.map(warnedBody) }),
      books: books.map(warnedBody),
    },
    sheets: [
      ...(unit === undefined ? [warningSheet(adopted, 'funds', funds, interval)] : []),
      warningSheet(adopted, 'books', books, interval),
    ],
  };
}

/** What is known of a book, or of a fund over all its books. */
interface Known {
  readonly course: Course;
  readonly items: readonly OpenItem[];
}
type BookCourse = Known & { readonly place: Place };

function fundsOf(adopted: Adopted, courses: readonly BookCourse[], interval: Interval): Warned[] {
  return adopted.funds.all.flatMap((fund) => {
    const own = courses.filter(({ place }) => place.fund.key === fund.key);
    if (own.length === 0) return [];
    const known = { course: addCourses(own.map(({ course }) => course)), items: own.flatMap(({ items }) => items) };
    return [{ fund, unit: undefined, indicators: indicatorsOf(adopted, fund, undefined, known, interval) }];
  });
}

function indicatorsOf(
  adopted: Adopted,
  { key }: Fund,
  unit: string | undefined,
  { course, items }: Known,
  { to }: Interval,
): readonly Indicator[] {
  const bands: Bands = {
    payableMonths: adopted.policyIn('payable-months-bands', key, unit),
    assistanceBalance: adopted.policyIn('assistance-balance-ceiling', key, unit),
    actions: adopted.policyIn('payable-months-actions', key, unit),
    openItemDays: adopted.policyIn('open-item-days', key, unit),
  };
  return [
    payableMonths(course, bands),
    surplus(course, to.slice(0, 4)),
    ...(key === ASSISTANCE ? [assistanceBalance(course, to, bands)] : []),
    longOpen(items, to, bands),
  ];
}

const warnedBody = ({ fund, unit, indicators }: Warned) => ({
  fund: fund.key,
  ...(unit !== undefined && { unit }),
  indicators: indicators.map(
    ({ key, figure, basis, level, span, action }): Readonly<Record<string, string | Text | null>> => ({
      indicator: key,
      figure,
      basis,
      level: level ?? null,
      action: action ?? null,
      vouchers: span ? vouchersAt(fund.key, unit, span) : null,
    }),
  ),
});

/** Where the vouchers behind a figure are: the question of the audit trail that lists them. */
const vouchersAt = (fund: string, unit: string | undefined, [from, to]: readonly [string, string]): string =>
  `/v1/audit-trail?${new URLSearchParams({ fund, ...(unit !== undefined && { unit }), from, to }).toString()}`;
