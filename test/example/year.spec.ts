import { afterAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { openingsOf2025, yearFeed } from '../../examples/hainan-2024/feed.js';
import { blueCorrections } from '../../examples/hainan-2024/following-year.js';
import { lineText } from '../../examples/hainan-2024/line.js';
import { balancesOf } from '../../examples/hainan-2025/openings.js';
import { EMPLOYEE, RESIDENT } from '../../examples/hainan-2025/published.js';
import { PROJECTIONS, QUESTIONS } from '../../projections/registry.js';
import { auditLog } from '../../src/audit/log-audit.js';
import { effectOf, type Entry, ledgerLine } from '../../src/books/entries.js';
import { readEvent } from '../../src/books/event.js';
import { isCarried } from '../../src/books/periods.js';
import { EVENT_KINDS, findKindOfEvent } from '../../src/catalogue/registry.js';
import { namedParts } from '../../src/books/register-lines.js';
import { bookStream } from '../../src/kinds/kind.js';
import { formatFen, parseFen } from '../../src/money.js';
import { FollowedLog } from '../followed-log.js';
import { gbt24589NameTests, gbt24589Tests, hledgerTests } from './exports-of-year.js';
import { type Balances, isExpenditure, isIncome, plainBooks } from './plain-books.js';
import { BETWEEN_LEVELS, plainBalanceSheet, plainStatement, together } from './plain-statements.js';
import { begunYear, NOW } from './posted-year.js';

const lines = yearFeed();
const ledger = await begunYear();
await ledger.post(lines);
const log = new FollowedLog(
  PROJECTIONS.filter(({ name }) => name !== 'recorded-time'),
  ledger.store,
);
afterAll(() => log.close());
await log.follow();
const plain = plainBooks(lines);
const YEAR = { from: '2024-01-01', to: '2024-12-31' };

/** What a question answers about the year. */
const ask = async (name: string, parameters: object = YEAR) =>
  (
    await QUESTIONS.find((one) => one.name === name)!.ask(
      { ...log.asking('2025-01-01'), reference: ledger.reference.current },
      parameters,
    )
  ).body as unknown as Body;

/** Every event of the log, read. */
async function events(): Promise<readonly (Told & Closing)[]> {
  const read = [];
  for await (const batch of ledger.store.readAll({ after: 0, live: false })) read.push(...batch.map(readEvent));
  return read as never;
}

interface Body {
  readonly funds: readonly (Record<'fund' | 'income' | 'expenditure' | 'closing', string> & {
    readonly lines: readonly Record<'line' | 'name' | 'year', string>[];
  })[];
  readonly books: readonly Record<'fund' | 'unit' | 'income' | 'expenditure' | 'closing', string>[];
}

const sorted = (balances: Iterable<readonly [string, bigint]>): [string, string][] =>
  [...balances]
    .filter(([, amount]) => amount !== 0n)
    .map(([line, amount]): [string, string] => [line, formatFen(amount)])
    .toSorted(([one], [other]) => (one < other ? -1 : 1));

describe('the year 2024', () => {
  it('ends on what was published, book by book and account by account where 2025 begins', async () => {
    let total = 0n;
    for (const opening of openingsOf2025()) {
      const { balances, days } = await ledger.books.stateOf(bookStream(opening.fund, opening.unit));
      const begins = Object.entries(balancesOf(opening)).map(([column, amount]) => {
        const line = column.replace('balances.', '');
        return [line, line.startsWith('net.') ? -parseFen(amount) : parseFen(amount)] as const;
      });
      expect(sorted(balances)).toEqual(sorted(begins));
      // What is held under a name is held under that which the payouts of January name.
      const named = [...days.names].filter((line) => namedParts(line) && days.at(line, '2024-12-31') > 0n);
      expect(named).toEqual(opening.advances > 0n ? [`advances.provider#H${opening.unit}00001`] : []);
      if (opening.fund !== 'assistance') total += opening.total;
    }
    expect(total).toBe(EMPLOYEE.opening + RESIDENT.opening);
    const { funds } = await ask('fund-balance');
    expect(funds.map(({ fund, closing }) => [fund, closing])).toEqual([
      ['employee', '37265000000.00'],
      ['resident', '6852000000.00'],
      ['assistance', '31000000.00'],
    ]);
  });

  it('has every kind of event there is, the year after it included, and twelve closes in every book', async () => {
    const told = new Set<string>();
    for await (const batch of ledger.store.readAll({ after: 0, live: false }))
      for (const { type } of batch) told.add(type);
    const kinds = new Set([...told].map((type) => findKindOfEvent(type)!.kind));
    for (const { kind } of blueCorrections(lines)) kinds.add(kind);
    // What the ledger itself says of a restored log is nothing that anybody can send.
    const untold = EVENT_KINDS.filter(({ kind, form }) => form !== 'notice' && !kinds.has(kind)).map(
      ({ kind }) => kind,
    );
    expect(untold).toEqual([]);
    for (const book of plain.values()) expect([...book.closed.keys()]).toHaveLength(12);
    expect(plain.size).toBe(60);
  });

  it('is small, and the same on every machine', () => {
    expect(lines.length).toBeLessThanOrEqual(3_000);
    expect(yearFeed().map(lineText)).toEqual(lines.map(lineText));
  });

  it('breaks no rule', async () => {
    const { breaches, transfers } = await auditLog(ledger.store, [], () => undefined, {
      nowMs: NOW,
      boundMs: Infinity,
    });
    expect([breaches, transfers.inTransit, transfers.unmatched]).toEqual([[], [], []]);
  });
});

describe('the year computed once more', () => {
  it('closes every month of every book on the same balances', async () => {
    const closes = new Map<string, Map<string, [string, string][]>>();
    for (const { fund, unit, businessDate, closing } of await events()) {
      if (!closing) continue;
      const book = closes.get(`${fund}/${unit}`) ?? new Map<string, [string, string][]>();
      closes.set(`${fund}/${unit}`, book);
      book.set(businessDate, sorted(closing.balances.map(heldBy)));
    }
    const computed = [...plain].map(([name, { closed }]) => [
      name,
      new Map([...closed].map(([day, balances]) => [day, sorted(balances)])),
    ]);
    expect(closes).toEqual(new Map(computed as [string, Map<string, [string, string][]>][]));
  });

  it('has the income and expenditure of every book, line for line', async () => {
    const stated = new Map<string, Balances>();
    for (const { kind, fund, unit, entries = [] } of await events())
      for (const entry of entries) {
        const line = ledgerLine(entry);
        if (isCarried(kind, entry) || !(isIncome(line) || isExpenditure(line))) continue;
        const year = stated.get(`${fund}/${unit}`) ?? new Map<string, bigint>();
        stated.set(`${fund}/${unit}`, year);
        year.set(line, (year.get(line) ?? 0n) + (isIncome(line) ? -effectOf(entry) : effectOf(entry)));
      }
    expect(stated.size).toBe(60);
    for (const [name, year] of stated) expect([name, sorted(year)]).toEqual([name, sorted(plain.get(name)!.year)]);
  });

  it('has the income, expenditure and balance of every book', async () => {
    const { books } = await ask('fund-balance');
    const stated = books.map(({ fund, unit, income, expenditure, closing }) => [
      `${fund}/${unit}`,
      income,
      expenditure,
      closing,
    ]);
    const computed = [...plain].map(([name, { year, balances }]) => [
      name,
      sumOf(year, isIncome),
      sumOf(year, isExpenditure),
      formatFen(-[...balances].reduce((sum, [line, amount]) => (line.startsWith('net.') ? sum + amount : sum), 0n)),
    ]);
    expect(new Set(stated)).toEqual(new Set(computed));
    expect(stated).toHaveLength(computed.length);
  });
});

describe('the statements of the year', () => {
  /** 会社保02表 by fund and line; lines at nothing are left out. */
  const statement = async (parameters: object) => {
    const { funds } = await ask('income-expenditure', { ...YEAR, form: 'yearly', ...parameters });
    const stated = funds.map(({ fund, lines: each }): [string, [string, string][]] => [
      fund,
      sorted(each.map(({ line, year }) => [line, parseFen(year)] as const)),
    ]);
    return new Map(stated.filter(([, each]) => each.length > 0));
  };

  it('are what the books come to, of every unit', async () => {
    for (const { code } of ledger.reference.current.ever.units.all) {
      const own = [...plain].filter(([name]) => name.endsWith(`/${code}`));
      const computed = own.map(([name, { year }]): [string, [string, string][]] => {
        const fund = name.split('/')[0]!;
        return [fund, sorted(plainStatement(fund, year))];
      });
      expect([code, await statement({ unit: code, scope: 'unit' })]).toEqual([code, new Map(computed)]);
    }
  });

  it('are those of the province as one, tie to the fund table, and are written down', async () => {
    const stated = await statement({});
    const { funds } = await ask('fund-balance');
    for (const { fund, income, expenditure } of funds) {
      const books = [...plain].filter(([name]) => name.startsWith(`${fund}/`)).map(([, { year }]) => year);
      const lines = new Map(stated.get(fund));
      expect(new Map(sorted(plainStatement(fund, together(books), BETWEEN_LEVELS)))).toEqual(lines);
      expect(lines.get('surplus')).toBe(formatFen(parseFen(income) - parseFen(expenditure)));
    }
    const table = funds.map(({ fund, income, expenditure, closing }) => [fund, { income, expenditure, closing }]);
    const forms = [...stated].map(([fund, lines]) => [fund, Object.fromEntries(lines)]);
    expectGolden('statements.json', { funds: Object.fromEntries(table), forms: Object.fromEntries(forms) });
  });
});

describe('the balance sheets of the year', () => {
  interface Form {
    readonly fund: string;
    readonly balanced: Readonly<Record<'beginning' | 'end', boolean>>;
    readonly assets: readonly Readonly<Record<'line' | 'beginning' | 'end', string>>[];
    readonly liabilitiesAndNetAssets: Form['assets'];
  }
  const forms = async (parameters: object): Promise<readonly Form[]> =>
    (await ask('balance-sheet', { ...YEAR, form: 'yearly', ...parameters })).funds as unknown as readonly Form[];
  /** The lines of a form that have an amount. */
  const stated = ({ assets, liabilitiesAndNetAssets }: Form, column: 'beginning' | 'end') =>
    sorted([...assets, ...liabilitiesAndNetAssets].map((each) => [each.line, parseFen(each[column])] as const));

  it('are what the books come to at the end of every month, of every unit', async () => {
    for (const { code } of ledger.reference.current.ever.units.all)
      for (const day of plain.get('employee/460100')!.closed.keys())
        for (const form of await forms({ unit: code, scope: 'unit', to: day })) {
          const book = plain.get(`${form.fund}/${code}`);
          if (!book) continue;
          const computed = plainBalanceSheet(form.fund, day === '2024-12-31' ? book.balances : book.closed.get(day)!);
          expect([code, form.fund, stated(form, 'end')]).toEqual([code, form.fund, sorted(computed)]);
          expect(form.balanced).toEqual({ beginning: true, end: true });
        }
  });

  it('of the province tie to the changes in net assets, and are written down', async () => {
    const all = await forms({});
    const changes = (await ask('net-assets')).funds as unknown as readonly Changes[];
    for (const form of all) {
      const { ties, lines: changed } = changes.find(({ fund }) => fund === form.fund)!;
      const total = (column: 'beginning' | 'end') => new Map(stated(form, column)).get('net-assets') ?? '0.00';
      expect(ties).toBe(true);
      expect([changed[0]!.total, changed.at(-1)!.total]).toEqual([total('beginning'), total('end')]);
    }
    const written = all.map((form) => [
      form.fund,
      { beginning: Object.fromEntries(stated(form, 'beginning')), end: Object.fromEntries(stated(form, 'end')) },
    ]);
    expectGolden('balance-sheets.json', Object.fromEntries(written) as object);
  });
});

describe('the trial balances and the changes in net assets of the year', () => {
  interface Row extends Record<'opening' | 'period' | 'closing', Record<'debit' | 'credit', string>> {
    readonly number: string;
    readonly level: number;
  }
  const PLACES = [{ scope: 'consolidated' }, { unit: '460100', scope: 'unit' }];
  const net = ({ debit, credit }: Row['closing']) => parseFen(debit) - parseFen(credit);
  /** By number and level: what an account held, what moved on it, and what it holds, debit positive. */
  const balances = async (parameters: object) => {
    const funds = (await ask('trial-balance', { ...YEAR, ...parameters })).funds as unknown as readonly {
      readonly fund: string;
      readonly rows: readonly Row[];
    }[];
    return Object.fromEntries(
      funds.map(({ fund, rows }) => [
        fund,
        Object.fromEntries(
          rows.map(({ number, level, opening, period: { debit, credit }, closing }) => [
            `${number} ${level}`,
            [formatFen(net(opening)), debit, credit, formatFen(net(closing))],
          ]),
        ),
      ]),
    );
  };
  const changes = async (parameters: object) => {
    const funds = (await ask('net-assets', { ...YEAR, ...parameters })).funds as unknown as readonly Changes[];
    return Object.fromEntries(
      funds.map(({ fund, ties, lines: each }) => {
        expect([fund, ties]).toEqual([fund, true]);
        return [fund, Object.fromEntries(each.map(({ line, name: _, ...parts }) => [line, parts]))];
      }),
    );
  };

  it('hold on every account what the books come to, of one unit', async () => {
    const { chart } = ledger.reference.current.ever;
    for (const [fund, rows] of Object.entries(await balances(PLACES[1]!))) {
      const held = new Map<string, bigint>();
      for (const [line, amount] of plain.get(`${fund}/460100`)!.balances) {
        const number = chart.find(/^[^/@]+/.exec(line)![0])!.number.slice(0, 4);
        held.set(number, (held.get(number) ?? 0n) + amount);
      }
      const closing = Object.entries(rows).filter(([name]) => /^[0-9]{4} 1$/.test(name));
      expect([fund, sorted(closing.map(([name, row]) => [name.slice(0, 4), parseFen(row[3]!)]))]).toEqual([
        fund,
        sorted(held),
      ]);
    }
  });

  it('of the province and of one unit are written down', async () => {
    const [province, unit] = PLACES as [object, object];
    const trial = { province: await balances(province), 460100: await balances(unit) };
    expectGolden('trial-balances.json', trial);
    const net = { province: await changes(province), 460100: await changes(unit) };
    expectGolden('net-assets.json', net);
  });
});

describe('every question about the year', () => {
  /** Numbers of accounts look like amounts, and are words; so are values of policies, as they were adopted. */
  const FIGURE = /^-?(?![1-5][0-9]{3}\.[0-9]{2}$)[0-9]+\.[0-9]{2}$/;

  it.each(QUESTIONS.map(({ name }) => name).filter((name) => name !== 'reference'))(
    '%s has its figures in columns of figures',
    async (name) => {
      const question = QUESTIONS.find((one) => one.name === name)!;
      const asking = { ...log.asking('2025-01-01'), reference: ledger.reference.current };
      const needed = name === 'closing-checklist' ? { period: '2024-12' } : {};
      const { sheets } = await question.ask(asking, { ...YEAR, ...needed });
      for (const { name: sheet, columns, rows } of sheets)
        for (const [index, column] of columns.entries()) {
          const words = rows.map((row) => row[index]).filter((cell) => typeof cell === 'string');
          const figures = column.kind === 'text' ? words.filter((cell) => FIGURE.test(cell)) : [];
          expect([sheet, column.name.en, figures]).toEqual([sheet, column.name.en, []]);
        }
    },
  );
});

describe('the journal of hledger', () => hledgerTests(ledger, plain));
describe('the interface of GB/T 24589', () => {
  gbt24589Tests(ledger, plain);
  gbt24589NameTests(ledger);
});

interface Told extends Record<'kind' | 'fund' | 'unit' | 'businessDate', string> {
  readonly entries?: readonly Entry[];
}

interface Changes {
  readonly fund: string;
  readonly ties: boolean;
  readonly lines: readonly Readonly<Record<'line' | 'name' | 'total', string>>[];
}

interface Closing {
  readonly closing?: { readonly balances: readonly Record<'account' | 'detail' | 'debit' | 'credit', string>[] };
}

const heldBy = ({ account, detail, debit, credit }: Partial<Record<string, string>>): [string, bigint] => [
  detail === undefined ? account! : `${account}/${detail}`,
  debit === undefined ? -parseFen(credit!) : parseFen(debit),
];

const sumOf = (year: Balances, counts: (line: string) => boolean): string =>
  formatFen([...year].reduce((sum, [line, amount]) => (counts(line) ? sum + amount : sum), 0n));

/** A file that is written once, with UPDATE_GOLDEN=1, and never edited: the figures of the year are what they are. */
function expectGolden(name: string, got: object): void {
  const path = new URL(`golden-2024/${name}`, import.meta.url);
  const written = `${JSON.stringify(got, undefined, 2)}\n`;
  if (process.env['UPDATE_GOLDEN'] === '1' && !existsSync(path)) writeFileSync(path, written);
  expect(written).toBe(readFileSync(path, 'utf8'));
}
