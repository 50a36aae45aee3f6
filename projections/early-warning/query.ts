import { text } from '../../src/errors.js';
import { addressOf } from '../asking/addresses.js';
import { BookParameters } from '../asking/book-parameters.js';
import { intervalBody, intervalOf } from '../asking/interval.js';
import { type Answer, type Asking, type Question } from '../asking/question.js';
import { booksOf } from '../fund-balance/books.js';
import { readLines } from '../fund-balance/lines.js';
import { fundBalance } from '../fund-balance/projection.js';
import { momentOf } from '../recorded-time/query.js';
import { openItems } from '../registers/open-items.js';
import { registers } from '../registers/projection.js';
import { type Indicator } from './indicators.js';
import { daysOf } from './months.js';
import { UNITS, warningSheet } from './sheets.js';
import { type Warned, warningsOf } from './warnings.js';
import { giveWay } from '../../src/time/give-way.js';

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
  const { fund, unit, recordedAsOf } = parameters;
  const interval = intervalOf(parameters, asking.today);
  const adopted = asking.reference.known(interval.to);
  const places = booksOf(adopted, fund, unit);
  const days = daysOf(interval.to);
  const shown = await readLines(asking, {
    books: places.map(({ stream }) => stream),
    days,
    recordedAsOf: await momentOf(asking, recordedAsOf),
    alsoFrom: [registers],
  });
  await giveWay();
  const items = openItems(asking.tables, {
    funds: [...new Set(places.map((place) => place.fund.key))],
    units: [...new Set(places.map((place) => place.unit.code))],
    day: interval.to,
    position: shown.position,
  });
  const opened = places.flatMap((place) => {
    const lines = shown.books.get(place.stream);
    return lines ? [{ place, lines }] : [];
  });
  await giveWay();
  const { funds, books } = warningsOf({ adopted, day: interval.to, days, books: opened, items });
  const bodyOf = (warned: Warned) => warnedBody(warned, recordedAsOf);
  const vouchersOf = (warned: Warned, indicator: Indicator) =>
    vouchersAt(warned.fund.key, warned.unit, indicator, recordedAsOf);
  return {
    position: shown.position,
    body: {
      ...intervalBody(interval, parameters),
      ...(unit === undefined && { funds: funds.map(bodyOf) }),
      books: books.map(bodyOf),
    },
    sheets: [
      ...(unit === undefined ? [warningSheet(adopted, 'funds', funds, interval, vouchersOf)] : []),
      warningSheet(adopted, 'books', books, interval, vouchersOf),
    ],
  };
}

const warnedBody = ({ fund, unit, indicators }: Warned, recordedAsOf: string | undefined) => ({
  fund: fund.key,
  ...(unit !== undefined && { unit }),
  indicators: indicators.map((indicator) => {
    const { key, figure, basis, level, action, bands } = indicator;
    return {
      indicator: key,
      figure,
      basis,
      level: level ?? null,
      action: action ?? null,
      unit: UNITS[key],
      bands: bands ?? null,
      vouchers: vouchersAt(fund.key, unit, indicator, recordedAsOf),
    };
  }),
});

/** Where the vouchers behind a figure are: the question of the audit trail that lists them. */
export function vouchersAt(
  fund: string,
  unit: string | undefined,
  { span }: Pick<Indicator, 'span'>,
  recordedAsOf: string | undefined,
): string | null {
  if (!span) return null;
  const [from, to] = span;
  return addressOf('audit-trail', { fund, unit, from, to, recordedAsOf });
}
