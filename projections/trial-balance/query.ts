import { type Fen } from '../../src/money.js';
import { text } from '../../src/errors.js';
import { ledgerLine } from '../../src/books/entries.js';
import { bookStream } from '../../src/kinds/kind.js';
import { dayBefore } from '../../src/time/clock.js';
import { readOpening } from '../audit-trail/openings.js';
import { auditTrail } from '../audit-trail/projection.js';
import { type Lines, readLines, type Turnover } from '../fund-balance/lines.js';
import { minus, plus, turnoverOf, UNMOVED } from '../fund-balance/turnover.js';
import { fundBalance } from '../fund-balance/projection.js';
import { type Interval, intervalBody } from '../asking/interval.js';
import { type Answer, type Asking, OF_A_FUND, type Question } from '../asking/question.js';
import { momentOf } from '../recorded-time/query.js';
import { scopeOf } from '../statements/scope.js';
import { type Moment } from '../../src/time/moment.js';
import { trialBalanceBody } from './body.js';
import { comparedDaysOf, daysOf, TrialBalanceParameters } from './parameters.js';
import { trialBalanceSheet } from './sheets.js';
import { accountRows, addAmounts, type Amounts, type Level, NOTHING } from './tree.js';

/** 科目余额表: every account with its balances and movements, debit and credit, of a unit or of many added up. */
export const trialBalanceQuestion: Question<TrialBalanceParameters> = {
  name: 'trial-balance',
  route: 'trial-balance',
  title: text('科目余额表', 'Trial balance'),
  projection: fundBalance,
  parameters: TrialBalanceParameters,
  sheets: [`accounts-${OF_A_FUND}`],
  ask: askTrialBalance,
};

async function askTrialBalance(asking: Asking, parameters: TrialBalanceParameters): Promise<Answer> {
  const { fund, unit, scope: wanted, recordedAsOf } = parameters;
  const interval = daysOf(parameters, asking.today);
  const adopted = asking.reference.known(interval.to);
  const scope = scopeOf(adopted, unit, wanted);
  const { ever } = asking.reference;
  const funds = fund === undefined ? adopted.funds.all : [adopted.funds.find(fund) ?? ever.funds.find(fund)!];
  const level = { '1': 1, '2': 2, '3': 3 }[parameters.level ?? '2'] as Level;
  const books = funds.map(({ key }) => scope.units.map((code) => bookStream(key, code)));
  const moment = await momentOf(asking, recordedAsOf);
  const other = comparedDaysOf(parameters.compareWith, interval);
  const { position, lines } = await readBoth(asking, books.flat(), interval, other, moment);
  const drawn = funds.map((each, index) => {
    const sums = new Map<string, Amounts>();
    for (const book of books[index]!)
      for (const [line, amounts] of lines.get(book) ?? [])
        sums.set(line, addAmounts(sums.get(line) ?? NOTHING, amounts));
    const rows = accountRows(adopted.chart, each.key, sums, level, parameters.zeros === 'show');
    return { fund: each, rows };
  });
  return {
    position,
    body: {
      ...intervalBody(interval, parameters),
      units: [...scope.units],
      consolidated: scope.isConsolidated,
      level,
      comparedWith: other ? { from: other.from, to: other.to } : null,
      funds: drawn.map((each) => trialBalanceBody(each, other !== undefined)),
    },
    sheets: drawn.map((each) => trialBalanceSheet(each, { scope, on: interval.to, recordedAsOf }, interval, other)),
  };
}

interface Read {
  readonly position: number;
  /** By book and ledger line. */
  readonly lines: ReadonlyMap<string, ReadonlyMap<string, Amounts>>;
}

/** The amounts of a period, beside them those of another, as recorded by the same position. */
async function readBoth(
  asking: Asking,
  books: readonly string[],
  interval: Interval,
  other: Interval | undefined,
  moment: Moment | undefined,
): Promise<Read> {
  const { position, lines } = await readAmounts(asking, books, interval, moment);
  if (!other) return { position, lines };
  const compared = await readAmounts(asking, books, other, { form: 'position', position });
  const both = (book: string) => {
    const [now, before] = [lines.get(book), compared.lines.get(book)];
    const keys = new Set([...(now?.keys() ?? []), ...(before?.keys() ?? [])]);
    return new Map([...keys].map((line) => [line, { ...(now?.get(line) ?? NOTHING), compared: before?.get(line) }]));
  };
  return { position, lines: new Map(books.map((book) => [book, both(book)])) };
}

/** What each ledger line of some books had, moved and has, with what closes carried. */
async function readAmounts(
  asking: Asking,
  books: readonly string[],
  { from, to, before }: Interval,
  recordedAsOf: Moment | undefined,
): Promise<Read> {
  const newYear = `${to.slice(0, 4)}-01-01`;
  const days = [before, dayBefore(newYear), to];
  const shown = await readLines(asking, { books, days, recordedAsOf, carried: true, alsoFrom: [auditTrail] });
  const lines = new Map<string, ReadonlyMap<string, Amounts>>();
  for (const book of books) {
    const moved = shown.books.get(book);
    if (!moved) continue;
    const carried = shown.carried.get(book) ?? [];
    const [atFrom, atYear, atEnd] = days.map((_, index) => addLines(moved[index]!, carried[index])) as [
      Sums,
      Sums,
      Sums,
    ];
    // What a book opened with is no movement: it stood there before its first day.
    const opening = await readOpening(asking, book, from < newYear ? from : newYear, shown.position);
    if (opening && opening.day <= to) {
      const opened = opening.entries.map((entry) => [ledgerLine(entry), turnoverOf(entry)] as const);
      if (opening.day >= from) addInto(atFrom, opened);
      if (opening.day >= newYear) addInto(atYear, opened);
    }
    lines.set(book, amountsOf(atFrom, atYear, atEnd));
  }
  return { position: shown.position, lines };
}

type Sums = Map<string, Turnover>;

function addLines(moved: Lines, carried: Lines | undefined): Sums {
  const sums = new Map(moved);
  addInto(sums, carried ?? []);
  return sums;
}

function addInto(sums: Sums, more: Iterable<readonly [string, Turnover]>): void {
  for (const [line, turnover] of more) sums.set(line, plus(sums.get(line) ?? UNMOVED, turnover));
}

function amountsOf(atFrom: Sums, atYear: Sums, atEnd: Sums): ReadonlyMap<string, Amounts> {
  const balance = ({ debit, credit }: Turnover): Fen => debit - credit;
  const amounts = (line: string, end: Turnover): Amounts => {
    const start = atFrom.get(line) ?? UNMOVED;
    const year = minus(end, atYear.get(line) ?? UNMOVED);
    return { opening: balance(start), period: minus(end, start), year, closing: balance(end) };
  };
  return new Map([...atEnd].map(([line, end]) => [line, amounts(line, end)]));
}
