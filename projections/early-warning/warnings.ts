import { type Adopted, type Fund } from '../../src/reference/adopted.js';
import { type Place } from '../fund-balance/books.js';
import { type Lines } from '../fund-balance/lines.js';
import { type OpenItem } from '../registers/open-items.js';
import { assistanceBalance, type Bands, type Indicator, longOpen, payableMonths, surplus } from './indicators.js';
import { addCourses, type Course, courseOf } from './months.js';

const ASSISTANCE = 'assistance';

/** A book, or a fund over all its books where there is no unit, with its indicators. */
export interface Warned {
  readonly fund: Fund;
  readonly unit: string | undefined;
  readonly indicators: readonly Indicator[];
}

/** What is known of books that have a voucher: what stood on each line on the days of `daysOf`, and what is open. */
export interface KnownBooks {
  readonly adopted: Adopted;
  /** The last of `days`. */
  readonly day: string;
  readonly days: readonly string[];
  readonly books: readonly { readonly place: Place; readonly lines: readonly Lines[] }[];
  readonly items: readonly OpenItem[];
}

/** What is known of a book, or of a fund over all its books. */
interface Known {
  readonly course: Course;
  readonly items: readonly OpenItem[];
}

/** What the indicators say of each book, and of each fund over the books given. Pure. */
export function warningsOf({ adopted, day, days, books, items }: KnownBooks): {
  readonly funds: readonly Warned[];
  readonly books: readonly Warned[];
} {
  const known = books.map(({ place, lines }) => ({
    place,
    course: courseOf(adopted.chart, days, lines),
    items: items.filter((item) => item.fund === place.fund.key && item.unit === place.unit.code),
  }));
  const funds = adopted.funds.all.flatMap((fund): Warned[] => {
    const own = known.filter(({ place }) => place.fund.key === fund.key);
    if (own.length === 0) return [];
    const all = { course: addCourses(own.map(({ course }) => course)), items: own.flatMap((each) => each.items) };
    return [{ fund, unit: undefined, indicators: indicatorsOf(adopted, fund, undefined, all, day) }];
  });
  return {
    funds,
    books: known.map(({ place: { fund, unit }, ...own }) => ({
      fund,
      unit: unit.code,
      indicators: indicatorsOf(adopted, fund, unit.code, own, day),
    })),
  };
}

function indicatorsOf(
  adopted: Adopted,
  { key }: Fund,
  unit: string | undefined,
  { course, items }: Known,
  day: string,
): readonly Indicator[] {
  const bands: Bands = {
    payableMonths: adopted.policyIn('payable-months-bands', key, unit),
    assistanceBalance: adopted.policyIn('assistance-balance-ceiling', key, unit),
    actions: adopted.policyIn('payable-months-actions', key, unit),
    openItemDays: adopted.policyIn('open-item-days', key, unit),
  };
  return [
    payableMonths(course, bands),
    surplus(course, day.slice(0, 4)),
    ...(key === ASSISTANCE ? [assistanceBalance(course, day, bands)] : []),
    longOpen(items, day, bands),
  ];
}
