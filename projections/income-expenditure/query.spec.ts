import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { effectOf, type Entry } from '../../src/books/entries.js';
import { text } from '../../src/errors.js';
import { formatFen, parseFen } from '../../src/money.js';
import { BEFORE_ADOPTION, BUILT_IN } from '../../src/reference/built-in.js';
import { Reference } from '../../src/reference/reference.js';
import { type AccountRow, ALWAYS } from '../../src/reference/rows.js';
import { renderSheets } from '../../src/report/render.js';
import { FollowedLog } from '../../test/followed-log.js';
import { SEED } from '../../test/seed.js';
import { fundBalance } from '../fund-balance/projection.js';
import { fundBalanceQuestion } from '../fund-balance/query.js';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import { type Sheet } from '../asking/question.js';
import { incomeExpenditureQuestion } from './query.js';

const UNIT = '460100';
const bank = (amount: string): Entry => ({ account: 'fiscal-account', debit: amount });
const paid = (amount: string): Entry => ({ account: 'fiscal-account', credit: amount });

type Line = Readonly<Record<string, string>>;
interface Fund {
  readonly fund: string;
  readonly lines: readonly Line[];
  readonly comparison: readonly Line[];
}

let log: FollowedLog;
beforeEach(() => {
  log = new FollowedLog([fundBalance, provincialConsolidation]);
});
afterEach(() => log.close());

async function ask(parameters: Record<string, string>, reference = BEFORE_ADOPTION) {
  await log.follow();
  const { body, sheets } = await incomeExpenditureQuestion.ask({ ...log.asking(), reference }, parameters);
  return { body, sheets, funds: body['funds'] as readonly Fund[] };
}
const post = (businessDate: string, entries: readonly Entry[], fund = 'employee', unit = UNIT) =>
  log.append({ fund, unit, businessDate, entries });

/** The lines of a form as they are printed, with their amounts. */
const printed = (sheet: Sheet): string[] => renderSheets([sheet], { language: 'zh' }).trimEnd().split('\n');
const itemsOf = (sheet: Sheet): string[] => sheet.rows.map(([name]) => (name as { zh: string }).zh);

/** 会社保02表 line for line. */
const EMPLOYEE = [
  '一、统筹基金收入',
  '  社会保险费收入',
  '  财政补贴收入',
  '  利息收入',
  '  上级补助收入',
  '  下级上解收入',
  '  其他收入',
  '二、个人账户基金收入',
  '  社会保险费收入',
  '  利息收入',
  '  转移收入',
  '  上级补助收入',
  '  下级上解收入',
  '  其他收入',
  '三、统筹基金支出',
  '  社会保险待遇支出',
  '    （一）住院费用',
  '    （二）门诊大病费用',
  '    （三）门诊统筹费用',
  '    （四）生育医疗费用',
  '    （五）生育津贴',
  '  大病保险支出',
  '  上解上级支出',
  '  补助下级支出',
  '  其他支出',
  '四、个人账户基金支出',
  '  社会保险待遇支出',
  '    （一）住院费用',
  '    （二）门诊费用',
  '    （三）药店医药费用',
  '  转移支出',
  '  上解上级支出',
  '  补助下级支出',
  '  其他支出',
  '五、本期基金结余',
  '  统筹基金结余',
  '  个人账户基金结余',
  '  待转基金',
];
const RESIDENT = [
  '一、基金收入',
  '  社会保险费收入',
  '  财政补贴收入',
  '  利息收入',
  '  上级补助收入',
  '  下级上解收入',
  '  其他收入',
  '二、基金支出',
  '  社会保险待遇支出',
  '    （一）住院费用',
  '    （二）门诊费用',
  '    （三）其他费用',
  '  大病保险支出',
  '  上解上级支出',
  '  补助下级支出',
  '  其他支出',
  '三、本期基金结余',
];
const ASSISTANCE = [
  '一、基金收入',
  '  财政补贴收入',
  '  利息收入',
  '  上级补助收入',
  '  下级上解收入',
  '  其他收入',
  '二、基金支出',
  '  社会保险待遇支出',
  '    （一）资助参保',
  '    （二）直接救助',
  '  上解上级支出',
  '  补助下级支出',
  '  其他支出',
  '三、本期基金结余',
];

/** What a resident fund did in two years. */
async function postOfResidents(): Promise<void> {
  await post(
    '2024-05-02',
    [bank('80.00'), { account: 'income.subsidy', detail: 'central', credit: '80.00' }],
    'resident',
  );
  await post(
    '2025-04-30',
    [bank('50.00'), { account: 'income.premiums', detail: 'resident', credit: '50.00' }],
    'resident',
  );
  await post(
    '2025-05-02',
    [bank('100.00'), { account: 'income.subsidy', detail: 'central', credit: '100.00' }],
    'resident',
  );
  await post('2025-05-03', [{ account: 'benefits', detail: 'inpatient', debit: '30.00' }, paid('30.00')], 'resident');
  await post(
    '2025-05-04',
    [{ account: 'benefits', detail: 'maternity-medical', debit: '4.00' }, paid('4.00')],
    'resident',
  );
  await post('2025-06-01', [{ account: 'benefits', detail: 'chronic', debit: '1.00' }, paid('1.00')], 'resident');
}

const COMPARED =
  '项目 本月数 上年同月数 本月数增减 本月数增减% 本年累计数 上年同期累计数 本年累计数增减 本年累计数增减%';

describe('the form', () => {
  it('has every line of its fund, in their order, where nothing was posted too', async () => {
    const { sheets } = await ask({ to: '2025-05-31' });
    const forms = sheets.filter(({ name }) => name.startsWith('form-'));
    expect(forms.map(itemsOf)).toEqual([EMPLOYEE, RESIDENT, ASSISTANCE]);
    expect(forms.every(({ rows }) => rows.every(([, month, year]) => month === 0n && year === 0n))).toBe(true);
  });

  it('has no line for what is pending in December and in a year, unless something is', async () => {
    const withoutPending = EMPLOYEE.slice(0, -1);
    for (const asked of [{}, { form: 'yearly' }] as Record<string, string>[])
      expect(itemsOf((await ask({ ...asked, to: '2025-12-31', fund: 'employee' })).sheets[0]!)).toEqual(withoutPending);
    await post('2025-12-20', [bank('3.00'), { account: 'pending.premiums', credit: '3.00' }]);
    const { sheets } = await ask({ to: '2025-12-31', fund: 'employee', unit: UNIT });
    expect(sheets[0]!.rows.at(-1)).toEqual([text('  待转基金', '  Awaiting their share'), 3_00n, 3_00n]);
    expect(sheets[0]!.rows.at(-4)!.slice(1)).toEqual([3_00n, 3_00n]);
  });

  it('is headed and printed as the Ministry has it', async () => {
    await postOfResidents();
    const { sheets } = await ask({ to: '2025-05-31', fund: 'resident', unit: UNIT });
    expect(printed(sheets[0]!)).toEqual([
      '收支表                        单位：元',
      '险种和制度：城乡居民基本医疗保险  会社保02表',
      '编制单位：460100 海口市  2025年5月',
      '--------------------------------------',
      '项目                本月数  本年累计数',
      '--------------------------------------',
      '一、基金收入        100.00      150.00',
      '  社会保险费收入      0.00       50.00',
      '  财政补贴收入      100.00      100.00',
      '  利息收入            0.00        0.00',
      '  上级补助收入        0.00        0.00',
      '  下级上解收入        0.00        0.00',
      '  其他收入            0.00        0.00',
      '二、基金支出         34.00       34.00',
      '  社会保险待遇支出   34.00       34.00',
      '    （一）住院费用   30.00       30.00',
      '    （二）门诊费用    0.00        0.00',
      '    （三）其他费用    4.00        4.00',
      '  大病保险支出        0.00        0.00',
      '  上解上级支出        0.00        0.00',
      '  补助下级支出        0.00        0.00',
      '  其他支出            0.00        0.00',
      '三、本期基金结余     66.00      116.00',
      '--------------------------------------',
      '本月数：收入 − 支出 = 本期基金结余 ✓',
      '本年累计数：收入 − 支出 = 本期基金结余 ✓',
    ]);
  });

  it('has a comparison with the same days a year earlier beside it, and a yearly one', async () => {
    await postOfResidents();
    const { sheets, funds } = await ask({ to: '2025-05-31', fund: 'resident', unit: UNIT });
    expect(sheets[1]!.columns.map(({ name }) => name.zh).join(' ')).toBe(COMPARED);
    expect(sheets[1]!.rows[0]!.slice(1)).toEqual([100_00n, 80_00n, 20_00n, '25.00', 150_00n, 80_00n, 70_00n, '87.50']);
    expect(funds[0]!.lines[0]).toEqual({
      line: 'pool-income',
      name: '一、基金收入',
      current: '100.00',
      yearToDate: '150.00',
    });
    const yearly = await ask({ to: '2025-12-31', form: 'yearly', fund: 'resident', unit: UNIT });
    expect(yearly.sheets[0]!.columns.map(({ name }) => name.zh)).toEqual(['项目', '本年数', '上年数']);
    expect(yearly.sheets[0]!.head![1]!.zh).toBe('编制单位：460100 海口市  2025年度');
    expect(yearly.sheets[0]!.rows[0]!.slice(1)).toEqual([150_00n, 80_00n]);
    expect(yearly.sheets[0]!.rows.at(-1)!.slice(1)).toEqual([115_00n, 80_00n]);
  });

  it('shows what rounding leaves over, behind the lines that it is of', async () => {
    const income = (account: string, amount: string): Entry => ({ account, credit: amount });
    await post(
      '2025-05-02',
      [bank('90.00'), income('income.subsidy', '45.00'), income('income.interest', '45.00')],
      'resident',
    );
    const { sheets } = await ask({ to: '2025-05-31', fund: 'resident', unit: UNIT });
    const lines = renderSheets([sheets[0]!], { language: 'zh', unit: 'wan' }).split('\n');
    expect(lines.slice(6, 14)).toEqual([
      expect.stringMatching(/^一、基金收入 +0.01 /),
      expect.stringContaining('社会保险费收入'),
      expect.stringMatching(/^ {2}财政补贴收入 +0.00/),
      expect.stringMatching(/^ {2}利息收入 +0.00/),
      expect.stringContaining('上级补助收入'),
      expect.stringContaining('下级上解收入'),
      expect.stringContaining('其他收入'),
      expect.stringMatching(/^舍入差 +0.01 +0.01$/),
    ]);
  });

  it('finds a place for the details of any set: by what they are called, by number, by what they became', async () => {
    const detail = (key: string, number: string, zh: string, more: Partial<AccountRow> = {}): AccountRow => ({
      key: `benefits/${key}`,
      from: ALWAYS,
      number,
      name: text(zh, zh),
      also: [],
      funds: [],
      share: 'either',
      ...more,
    });
    const accounts = [
      ...BUILT_IN.rows.accounts,
      detail('tertiary', '5001.01.03', '三级医院住院'),
      detail('outpatient-drugs', '5001.0302', '门诊用药'),
      detail('day-surgery', '5001.77', '日间手术'),
      detail('old-inpatient', '5001.78', '旧住院', { becomes: 'benefits/inpatient' }),
      { ...detail('', '4501.09', '彩票公益金'), key: 'income.lottery', number: '4501.20' },
    ];
    const reference = new Reference([{ revision: 0, position: 0, rows: { ...BUILT_IN.rows, accounts } }]);
    for (const [code, amount] of [
      ['tertiary', '1.00'],
      ['outpatient-drugs', '2.00'],
      ['day-surgery', '4.00'],
      ['old-inpatient', '8.00'],
    ] as const)
      await post('2025-05-03', [{ account: 'benefits', detail: code, share: 'pool', debit: amount }, paid(amount)]);
    await post('2025-05-03', [bank('16.00'), { account: 'income.lottery', share: 'pool', credit: '16.00' }]);
    const { funds } = await ask({ to: '2025-05-31', fund: 'employee', unit: UNIT }, reference);
    const on = (line: string) => funds[0]!.lines.find((each) => each['line'] === line)?.['current'];
    expect(on('pool-expenditure/5001')).toBe('15.00');
    expect(on('pool-expenditure/5001/inpatient')).toBe('9.00');
    expect(on('pool-expenditure/5001/outpatient')).toBe('2.00');
    expect(on('pool-expenditure/5001/other')).toBe('4.00');
    expect(on('pool-income/4501')).toBe('16.00');
  });
});

const UNITS = ['460000', '460100', '460200'];
const CHART = BEFORE_ADOPTION.ever.chart;
/** Every ledger line of income and expenditure of the employee fund. */
const LINES = CHART.all
  .filter(({ kind, key }) => ['income', 'expenditure'].includes(kind) && CHART.isUsable(key, undefined, 'employee'))
  .flatMap(({ key, detailRows, share }) =>
    [undefined, ...detailRows.map(({ code }) => code)].flatMap((detail) =>
      (share === undefined ? [undefined] : (['pool', 'personal'] as const)).map((each) => ({
        account: key,
        ...(detail !== undefined && { detail }),
        ...(each !== undefined && { share: each }),
      })),
    ),
  );
const EVENT = fc.record({
  unit: fc.constantFrom(...UNITS),
  day: fc.constantFrom(
    '2024-05-15',
    '2024-12-31',
    '2025-01-01',
    '2025-04-30',
    '2025-05-01',
    '2025-05-31',
    '2025-06-01',
  ),
  line: fc.constantFrom(...LINES),
  fen: fc.bigInt(-1_000_000n, 1_000_000_000n),
  isDebit: fc.boolean(),
});

type Posted = typeof EVENT extends fc.Arbitrary<infer T> ? T : never;
const BLOCKS = ['pool-income', 'personal-income', 'pool-expenditure', 'personal-expenditure'];
const BETWEEN_LEVELS = /\/(4401|4402|5301|5302)$/;

/** The lines of the form by their keys, in fen, of a column. */
const amountsOf = (lines: readonly Line[], column: string): Map<string, bigint> =>
  new Map(lines.map((each) => [each['line']!, parseFen(each[column]!)]));

const entriesOf = ({ line, fen, isDebit }: Posted): Entry[] =>
  isDebit
    ? [{ ...line, debit: formatFen(fen) }, paid(formatFen(fen))]
    : [bank(formatFen(fen)), { ...line, credit: formatFen(fen) }];

async function formOf(asked: Record<string, string>): Promise<readonly Line[]> {
  const { funds } = await ask({ fund: 'employee', to: '2025-05-31', ...asked });
  return funds[0]!.lines;
}

/** What is wrong with a form: where a block is not the sum of its lines, or benefits of their details. */
function breaksOf(amounts: ReadonlyMap<string, bigint>): string[] {
  const sumOf = (prefix: string, depth: number): bigint =>
    [...amounts].reduce(
      (sum, [key, amount]) => (key.startsWith(`${prefix}/`) && key.split('/').length === depth ? sum + amount : sum),
      0n,
    );
  return BLOCKS.flatMap((block) => [
    ...(sumOf(block, 2) === amounts.get(block) ? [] : [block]),
    ...(!block.endsWith('expenditure') || sumOf(`${block}/5001`, 3) === amounts.get(`${block}/5001`)
      ? []
      : [`${block}/5001`]),
  ]);
}

describe('over any ledger', () => {
  it('ties: lines to blocks, blocks to entries and to the balances of the fund, units to the province', async () => {
    const property = fc.asyncProperty(fc.array(EVENT, { minLength: 1, maxLength: 40 }), async (events) => {
      log.close();
      log = new FollowedLog([fundBalance, provincialConsolidation]);
      for (const each of events) await post(each.day, entriesOf(each), 'employee', each.unit);
      const sums = new Map<string, bigint>();
      for (const unit of UNITS) {
        const lines = await formOf({ unit });
        const own = events.filter((each) => each.unit === unit);
        tie(amountsOf(lines, 'current'), own, '2025-05-01');
        const year = amountsOf(lines, 'yearToDate');
        tie(year, own, '2025-01-01');
        for (const [key, amount] of year) sums.set(key, (sums.get(key) ?? 0n) + amount);
        await tieToBalances(year, unit);
      }
      for (const [key, amount] of amountsOf(await formOf({}), 'yearToDate'))
        if (/\/[0-9]{4}/.test(key))
          expect([key, amount]).toEqual([key, BETWEEN_LEVELS.test(key) ? 0n : (sums.get(key) ?? 0n)]);
    });
    await fc.assert(property, { seed: SEED, numRuns: 15 });
  });

  function tie(amounts: ReadonlyMap<string, bigint>, own: readonly Posted[], from: string): void {
    const moved = own
      .filter(({ day }) => day >= from && day <= '2025-05-31')
      .map((each) => entriesOf(each).find(({ account }) => account !== 'fiscal-account')!);
    expect(amounts.get('surplus')).toBe(moved.reduce((sum, entry) => sum - effectOf(entry), 0n));
    expect(breaksOf(amounts)).toEqual([]);
  }

  async function tieToBalances(amounts: ReadonlyMap<string, bigint>, unit: string): Promise<void> {
    const { body } = await fundBalanceQuestion.ask(log.asking(), { fund: 'employee', unit, to: '2025-05-31' });
    for (const book of body['books'] as readonly Line[]) {
      const sum = (...keys: string[]): string => formatFen(keys.reduce((all, key) => all + amounts.get(key)!, 0n));
      expect(sum('pool-income', 'personal-income', 'surplus/pending')).toBe(book['income']);
      expect(sum('pool-expenditure', 'personal-expenditure')).toBe(book['expenditure']);
    }
  }

  it('is of what was recorded by a moment', async () => {
    await post('2025-05-02', [bank('1.00'), { account: 'income.interest', share: 'pool', credit: '1.00' }]);
    await post('2025-05-02', [bank('2.00'), { account: 'income.interest', share: 'pool', credit: '2.00' }]);
    const { funds } = await ask({ to: '2025-05-31', recordedAsOf: '1', fund: 'employee' });
    expect(funds[0]!.lines[0]).toMatchObject({ current: '1.00' });
  });

  it('with all below it as one keeps what a city has from above', async () => {
    await post('2025-05-02', [bank('5.00'), { account: 'income.from-above', credit: '5.00' }], 'resident');
    const one = await ask({ to: '2025-05-31', unit: UNIT, scope: 'consolidated', fund: 'resident' });
    expect(one.body).toMatchObject({ units: [UNIT], consolidated: true });
    expect(one.funds[0]!.lines[0]).toMatchObject({ current: '5.00' });
    expect((await ask({ to: '2025-05-31', fund: 'resident' })).funds[0]!.lines[0]).toMatchObject({ current: '0.00' });
  });
});
