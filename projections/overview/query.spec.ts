import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { smallLedger } from '../../test/small-ledger.js';
import { type BookParameters } from '../asking/book-parameters.js';
import { earlyWarningQuestion } from '../early-warning/query.js';
import { fundBalanceQuestion } from '../fund-balance/query.js';
import { comparedWith, monthsOf, periodShown } from './period.js';
import { overviewQuestion } from './query.js';

interface Movement {
  readonly opening: string;
  readonly income: string;
  readonly expenditure: string;
  readonly surplus: string;
  readonly balance: string;
  readonly inTransit: string;
}
interface Change {
  readonly before: string;
  readonly change: string;
  readonly rate: string | null;
}
interface Body {
  readonly from: string;
  readonly to: string;
  readonly period: { isDefault: boolean; today: string; lastVoucherDay: string | null; says: { en: string } | null };
  readonly comparedWith: { kind: string; from: string; to: string };
  readonly funds: readonly (Movement & {
    fund: string;
    changes: { income: Change; expenditure: Change; balance: Change } | null;
    payableMonths: { figure: string | null; basis: { en: string }; level: string | null; vouchers: string | null };
    warnings: { count: number; worst: string | null; address: string };
    months: readonly (Movement & { month: string })[];
    trialBalance: string;
  })[];
  readonly basicInsurance: (Movement & { changes: { income: Change } | null }) | null;
  readonly units: readonly (Omit<Movement, 'inTransit'> & {
    fund: string;
    unit: string;
    rankByBalance: number;
    rankBySurplus: number;
    trialBalance: string;
  })[];
}

const TODAY = '2026-11-27';

describe('the overview', () => {
  let ledger: Awaited<ReturnType<typeof smallLedger>>;
  beforeAll(async () => {
    ledger = await smallLedger();
  });
  afterAll(() => ledger.log.close());

  const ask = async (parameters: BookParameters = {}, today = TODAY) => {
    const { body, sheets } = await overviewQuestion.ask(ledger.log.asking(today), parameters);
    return { ...(body as unknown as Body), sheets };
  };
  const cardOf = ({ funds }: Body, wanted: string) => funds.find(({ fund }) => fund === wanted)!;

  it('ends with the last complete month, where the ledger ended long ago, and says so', async () => {
    const { from, to, period } = await ask();
    expect([from, to]).toEqual(['2025-01-01', '2025-05-31']);
    expect(period).toMatchObject({ isDefault: true, today: TODAY, lastVoucherDay: '2025-05-30' });
    expect(period.says!.en).toBe(
      '2025-01-01 to 2025-05-31, the last complete month there is: the last voucher is of 2025-05-30, today is ' +
        TODAY,
    );
  });

  it('has the figures of the fund balances of the same days', async () => {
    const { funds, basicInsurance } = await ask();
    const asked = { from: '2025-01-01', to: '2025-05-31' };
    const { body } = await fundBalanceQuestion.ask(ledger.log.asking(TODAY), asked);
    const expected = (body['funds'] as { fund: string; closing: string; inTransit: { closing: string } }[]).map(
      (each) => {
        const { fund, closing: balance, inTransit, ...more } = each;
        const { opening, income, expenditure } = more as unknown as Movement;
        return { fund, opening, income, expenditure, balance, inTransit: inTransit.closing };
      },
    );
    expect(
      funds.map(({ fund, opening, income, expenditure, balance, inTransit }) => {
        return { fund, opening, income, expenditure, balance, inTransit };
      }),
    ).toEqual(expected);
    expect(basicInsurance).toMatchObject({ balance: (body['basicInsurance'] as { closing: string }).closing });
    expect(cardOf(await ask(), 'resident').inTransit).toBe('5.00');
  });

  it('compares with the same days a year earlier, exactly', async () => {
    const overview = await ask();
    expect(overview.comparedWith).toMatchObject({ kind: 'year-before', from: '2024-01-01', to: '2024-05-31' });
    expect(cardOf(overview, 'resident').changes).toEqual({
      income: { before: '500.00', change: '810.00', rate: '162.00' },
      expenditure: { before: '300.00', change: '100.00', rate: '33.33' },
      balance: { before: '7500.00', change: '910.00', rate: '12.13' },
    });
  });

  it('compares a month with the month before, and with nothing where no voucher is so old', async () => {
    const may = await ask({ from: '2025-05-01', to: '2025-05-31' });
    expect(may.comparedWith).toMatchObject({ kind: 'month-before', from: '2025-04-01', to: '2025-04-30' });
    expect(cardOf(may, 'employee').changes!.expenditure).toEqual({
      before: '1050.00',
      change: '-1050.00',
      rate: '-100.00',
    });
    const first = await ask({ from: '2024-01-01', to: '2024-01-31' });
    expect(first.funds.map(({ changes }) => changes)).toEqual([null, null, null]);
  });

  it('shows each month of the period, the last of which ends with the balance', async () => {
    const { months, balance } = cardOf(await ask(), 'resident');
    expect(months.map(({ month }) => month)).toEqual(['2025-01', '2025-02', '2025-03', '2025-04', '2025-05']);
    expect(months.at(-1)).toMatchObject({ income: '1310.00', expenditure: '400.00', balance });
  });

  it('says what early warning says, and where that is', async () => {
    const overview = await ask({ recordedAsOf: 'position:28' });
    const to = '2025-05-31';
    const { body } = await earlyWarningQuestion.ask(ledger.log.asking(TODAY), { to, recordedAsOf: 'position:28' });
    type Warned = { fund: string; indicators: { indicator: string; level: string | null }[] };
    const { funds: ofFunds, books } = body as unknown as { funds: Warned[]; books: Warned[] };
    for (const { fund, payableMonths, warnings } of overview.funds) {
      const {
        indicator: _,
        action: __,
        ...months
      } = ofFunds.find((each) => each.fund === fund)!.indicators[0] as Record<string, unknown>;
      expect(months).toMatchObject(payableMonths);
      const levels = [...ofFunds, ...books]
        .filter((each) => each.fund === fund)
        .flatMap(({ indicators }) => indicators.map(({ level }) => level));
      expect(warnings.count).toBe(levels.filter((level) => ['red', 'orange', 'excess'].includes(level ?? '')).length);
      expect(warnings.address).toBe(`/v1/early-warning?fund=${fund}&to=${to}&recordedAsOf=position:28`);
    }
    const known = cardOf(overview, 'resident').payableMonths;
    expect(known).toMatchObject({ level: 'excess' });
    expect(known.vouchers).toBe('/v1/audit-trail?fund=resident&from=2024-06-01&to=2025-05-31&recordedAsOf=position:28');
    expect(cardOf(overview, 'employee').payableMonths).toMatchObject({ figure: null, level: null });
  });

  it('ranks the books of a fund by what they have and by what they gained', async () => {
    const { units } = await ask({ fund: 'resident' });
    expect(
      units.map(({ unit, balance, surplus, rankByBalance, rankBySurplus }) => {
        return [unit, balance, surplus, rankByBalance, rankBySurplus];
      }),
    ).toEqual([
      ['460100', '5900.00', '800.00', 1, 1],
      ['460200', '2035.00', '35.00', 2, 3],
      ['460000', '470.00', '70.00', 3, 2],
    ]);
    expect(units[0]!.trialBalance).toBe('/v1/trial-balance?fund=resident&unit=460100&from=2025-01-01&to=2025-05-31');
  });

  it('is of one unit as its book is, with what it paid to others', async () => {
    const overview = await ask({ unit: '460100' });
    const { expenditure, balance, inTransit } = cardOf(overview, 'resident');
    expect({ expenditure, balance, inTransit }).toEqual({
      expenditure: '470.00',
      balance: '5900.00',
      inTransit: '0.00',
    });
    expect(overview.units.every(({ unit }) => unit === '460100')).toBe(true);
    expect(overview.basicInsurance).toBeNull();
  });

  it('ties, and leads on from every amount', async () => {
    const { sheets } = await ask();
    expect(sheets[0]!.checks).toHaveLength(9);
    expect(sheets[0]!.checks!.filter(({ holds }) => !holds)).toEqual([]);
    for (const { rows, marks } of sheets.filter(({ name }) => ['trend', 'units', 'warnings'].includes(name)))
      expect(marks).toHaveLength(rows.length);
    expect(sheets[1]!.rows).toHaveLength(12);
  });
});

describe('the days an overview shows', () => {
  const last = '2025-12-31';
  it.each([
    ['today, where something has a day in its month', {}, '2025-12-15', '2025-12-10', '2025-01-01', '2025-12-15'],
    ['today, where something has one in the month before', {}, '2025-12-03', '2025-11-02', '2025-01-01', '2025-12-03'],
    ['the last month, where that is of the year before', {}, '2026-01-03', last, '2025-01-01', '2025-12-31'],
    ['… though its last days have nothing', {}, '2026-01-03', '2025-12-25', '2025-01-01', '2025-12-31'],
    ['the one before, where the last has a part only', {}, '2025-09-01', '2025-06-16', '2025-01-01', '2025-05-31'],
    ['… up to its last week', {}, '2025-09-01', '2025-06-23', '2025-01-01', '2025-05-31'],
    ['the last day, where no month is complete', {}, '2025-09-01', '2024-11-10', '2024-01-01', '2024-11-10'],
    ['what is asked for', { to: '2026-01-02' }, '2026-01-03', last, '2026-01-01', '2026-01-02'],
    ['… by its other name', { asOf: '2024-03-31' }, '2026-01-03', last, '2024-01-01', '2024-03-31'],
    ['from what is asked for', { from: '2024-07-01' }, '2026-01-03', last, '2024-07-01', '2025-12-31'],
    ['… to today, where that is behind', { from: '2026-01-02' }, '2026-01-03', last, '2026-01-02', '2026-01-03'],
    ['today, where nothing is recorded', {}, '2026-01-03', undefined, '2026-01-01', '2026-01-03'],
  ])('are %s', (_, parameters, today, lastDay, from, to) => {
    const known = lastDay === undefined ? undefined : { first: '2024-11-01', last: lastDay };
    expect(periodShown(parameters, today, known).interval).toMatchObject({ from, to });
  });

  it('are explained where nobody asked for their last', () => {
    const known = { first: last, last };
    expect(periodShown({ to: last }, '2026-01-03', known).says).toBeNull();
    expect(periodShown({}, last, known).says!.en).toBe('2025-01-01 to today, 2025-12-31');
  });

  it.each([
    ['2025-03-01', '2025-03-31', 'month-before', '2025-02-01', '2025-02-28'],
    ['2025-03-01', '2025-03-30', 'month-before', '2025-02-01', '2025-02-28'],
    ['2025-01-01', '2025-01-20', 'month-before', '2024-12-01', '2024-12-20'],
    ['2025-02-01', '2025-02-28', 'month-before', '2025-01-01', '2025-01-31'],
    ['2024-01-01', '2024-02-29', 'year-before', '2023-01-01', '2023-02-28'],
    ['2025-03-05', '2025-03-31', 'year-before', '2024-03-05', '2024-03-31'],
  ])('from %s to %s are compared with a %s', (from, to, kind, firstDay, lastDay) => {
    expect(comparedWith({ from, to, before: '' })).toMatchObject({ kind, interval: { from: firstDay, to: lastDay } });
  });

  it('are cut into months at their ends, the last of them at most', () => {
    expect(monthsOf({ from: '2025-01-20', to: '2025-03-05', before: '2025-01-19' })).toEqual([
      { month: '2025-01', after: '2025-01-19', to: '2025-01-31' },
      { month: '2025-02', after: '2025-01-31', to: '2025-02-28' },
      { month: '2025-03', after: '2025-02-28', to: '2025-03-05' },
    ]);
    const many = monthsOf({ from: '2000-01-01', to: '2025-03-05', before: '1999-12-31' });
    expect([many.length, many[0]!.month]).toEqual([36, '2022-04']);
  });
});
