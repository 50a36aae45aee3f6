import { text, type Text } from '../../src/errors.js';
import { type Adopted, type Fund } from '../../src/reference/adopted.js';
import { booksOf, type Place } from '../fund-balance/books.js';
import { readLines } from '../fund-balance/lines.js';
import { fundBalance } from '../fund-balance/projection.js';
import { BookParameters } from '../book-parameters.js';
import { type Interval, intervalBody, intervalOf } from '../interval.js';
import { type Answer, type Asking, type Question } from '../question.js';
import { momentOf } from '../recorded-time/query.js';
import { assistanceBalance, type Bands, type Indicator, payableMonths, surplus } from './indicators.js';
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
  });
  const courses = places.flatMap((place): { place: Place; course: Course }[] => {
    const lines = shown.books.get(place.stream);
    return lines ? [{ place, course: courseOf(adopted.chart, days, lines) }] : [];
  });
  const books = courses.map(({ place, course }) => {
    const code = place.unit.code;
    return { fund: place.fund, unit: code, indicators: indicatorsOf(adopted, place.fund, code, course, interval) };
  });
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

function fundsOf(
  adopted: Adopted,
  courses: readonly { readonly place: Place; readonly course: Course }[],
  interval: Interval,
): Warned[] {
  return adopted.funds.all.flatMap((fund) => {
    const own = courses.filter(({ place }) => place.fund.key === fund.key).map(({ course }) => course);
    if (own.length === 0) return [];
    return [{ fund, unit: undefined, indicators: indicatorsOf(adopted, fund, undefined, addCourses(own), interval) }];
  });
}

function indicatorsOf(
  adopted: Adopted,
  { key }: Fund,
  unit: string | undefined,
  course: Course,
  { to }: Interval,
): readonly Indicator[] {
  const bands: Bands = {
    payableMonths: adopted.policyIn('payable-months-bands', key, unit),
    assistanceBalance: adopted.policyIn('assistance-balance-ceiling', key, unit),
  };
  return [
    payableMonths(course, bands),
    surplus(course, to.slice(0, 4)),
    ...(key === ASSISTANCE ? [assistanceBalance(course, to, bands)] : []),
  ];
}

const warnedBody = ({ fund, unit, indicators }: Warned) => ({
  fund: fund.key,
  ...(unit !== undefined && { unit }),
  indicators: indicators.map(({ key, figure, basis, level }): Readonly<Record<string, string | Text | null>> => ({
    indicator: key,
    figure,
    basis,
    level: level ?? null,
  })),
});
