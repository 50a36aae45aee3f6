import { afterEach, describe, expect, it } from '@jest/globals';
import { Books } from '../../src/books/handle.js';
import { FollowedLog } from '../../test/followed-log.js';
import { type Incoming, opened, requestOf } from '../../test/given-when-then.js';
import { fundBalance } from '../fund-balance/projection.js';
import { type BookParameters } from '../asking/book-parameters.js';
import { registers } from '../registers/projection.js';
import { earlyWarningQuestion } from './query.js';

const logs: FollowedLog[] = [];
afterEach(() => {
  for (const log of logs.splice(0)) log.close();
});

async function logOf(...commands: Incoming[]): Promise<FollowedLog> {
  const log = new FollowedLog([fundBalance, registers]);
  logs.push(log);
  const books = new Books(log.store, () => Date.UTC(2026, 11, 31));
  for (const [index, command] of commands.entries()) await books.post(requestOf(command, `key-${index}`));
  await log.follow();
  return log;
}

interface Warned {
  readonly fund: string;
  readonly unit?: string;
  readonly indicators: readonly {
    indicator: string;
    figure: string | null;
    level: string | null;
    basis: { en: string };
    vouchers: string | null;
  }[];
}

async function ask(log: FollowedLog, parameters: BookParameters) {
  const { body, sheets } = await earlyWarningQuestion.ask(log.asking(), parameters);
  return { ...(body as unknown as { funds?: readonly Warned[]; books: readonly Warned[] }), sheets };
}

const paid = (amount: string, businessDate: string, more: Partial<Incoming> = {}): Incoming => ({
  kind: 'payout',
  fund: 'resident',
  amount,
  businessDate,
  share: undefined,
  offsets: undefined,
  benefitKind: 'inpatient',
  ...more,
});
/** The months of the pool of a book that holds 11 million and pays 100,000 a month. */
const given = [opened('resident'), ...[1, 2, 3, 4, 5].map((month) => paid('100000.00', `2025-0${month}-15`))];
const firstOf = ({ indicators }: Warned) => [indicators[0]!.figure, indicators[0]!.level];

describe('early warning', () => {
  it('goes by the pool and its complete months, of each book and of the fund', async () => {
    const { books, funds, sheets } = await ask(await logOf(...given), { to: '2025-05-31' });
    // 10,500,000.00 of what was opened with is left.
    expect(books.map((book) => [book.fund, book.unit, ...firstOf(book)])).toEqual([
      ['resident', '460100', '105.00', 'excess'],
    ]);
    expect(funds!.map((fund) => [fund.fund, ...firstOf(fund)])).toEqual([['resident', '105.00', 'excess']]);
    expect(sheets.map(({ name, rows }) => [name, rows.length])).toEqual([
      ['funds', 3],
      ['books', 3],
    ]);
  });

  it('says in words and as bounds what each figure is judged by', async () => {
    const { sheets, books } = await ask(await logOf(...given), { to: '2025-05-31' });
    const [funds] = sheets;
    expect(funds!.notes!.slice(0, 3).map(({ en }) => en)).toEqual([
      'Payable months of the pool: <3 red, 3–6 orange, 6–9 normal, 9–15 information, >15 excess (months)',
      'Surplus of the year (yuan): <0 orange, ≥0 normal (yuan)',
      'Advanced or held for too long (yuan): ≤0 normal, >0 orange (yuan)',
    ]);
    expect(funds!.marks![1]!.scale).toEqual({
      unit: { zh: '元', en: 'yuan' },
      says: { zh: '<0 橙色预警，≥0 正常（元）', en: '<0 orange, ≥0 normal (yuan)' },
      bands: [
        { level: 'orange', name: { zh: '橙色预警', en: 'orange' }, from: null, to: '0' },
        { level: 'normal', name: { zh: '正常', en: 'normal' }, from: '0', to: null },
      ],
    });
    expect(books[0]!.indicators[1]).toMatchObject({
      unit: { en: 'yuan' },
      bands: [
        { level: 'orange', to: '0' },
        { level: 'normal', from: '0' },
      ],
    });
  });

  it('leads to the vouchers behind each figure', async () => {
    const { books, funds } = await ask(await logOf(...given), { to: '2025-05-31' });
    const span = 'from=2025-01-01&to=2025-05-31';
    expect(books[0]!.indicators.map(({ vouchers }) => vouchers)).toEqual([
      `/v1/audit-trail?fund=resident&unit=460100&${span}`,
      `/v1/audit-trail?fund=resident&unit=460100&${span}`,
      null,
    ]);
    expect(funds![0]!.indicators[0]!.vouchers).toBe(`/v1/audit-trail?fund=resident&${span}`);
  });

  it('leaves a month out that is not over, in the average and not in the balance', async () => {
    const { books } = await ask(await logOf(...given), { to: '2025-05-30' });
    expect(books[0]!.indicators[0]!.basis.en).toBe('10500000.00 ÷ (400000.00 ÷ 4), 2025-01 to 2025-04, 4 months only');
  });

  it('takes twelve months at most', async () => {
    const log = await logOf(...given, paid('600000.00', '2026-01-10'));
    const { books } = await ask(log, { to: '2026-02-28' });
    expect(books[0]!.indicators[0]!.basis.en).toContain('÷ (900000.00 ÷ 12), 2025-03 to 2026-02');
  });

  it('counts what the personal accounts pay in no average of the pool', async () => {
    const personal = { fund: 'employee', benefitKind: 'personal-outpatient', share: 'personal' };
    const log = await logOf(
      opened('employee'),
      paid('100.00', '2025-01-15', { fund: 'employee', share: 'pool' }),
      paid('900.00', '2025-01-16', personal),
    );
    expect((await ask(log, { to: '2025-01-31' })).books[0]!.indicators[0]!.basis.en).toContain('÷ (100.00 ÷ 1)');
  });

  it('leaves flows between levels out, of income and of expenditure', async () => {
    const remitted = { kind: 'remittance-up', fund: 'resident', amount: '70.00', businessDate: '2025-01-20' };
    const log = await logOf(opened('resident'), paid('10.00', '2025-01-15'), remitted);
    const [book] = (await ask(log, { to: '2025-01-31', unit: '460100' })).books;
    expect(book!.indicators.map(({ figure }) => figure)[1]).toBe('-10.00');
  });

  it('is the same as it was recorded by a position, whatever came later', async () => {
    const log = await logOf(...given);
    const { books } = await ask(log, { to: '2025-05-31', recordedAsOf: 'position:4' });
    expect(books[0]!.indicators[0]!.basis.en).toBe('10700000.00 ÷ (300000.00 ÷ 5), 2025-01 to 2025-05, 5 months only');
    expect((await ask(log, { to: '2025-05-31', recordedAsOf: 'position:0' })).books).toEqual([]);
  });
});
