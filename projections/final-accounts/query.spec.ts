import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Entry } from '../../src/books/entries.js';
import { renderSheets } from '../../src/report/render.js';
import { FollowedLog } from '../../test/followed-log.js';
import { smallLedger } from '../../test/small-ledger.js';
import { balanceSheetQuestion } from '../balance-sheet/query.js';
import { budgetExecution } from '../budget-execution/projection.js';
import { fundBalance } from '../fund-balance/projection.js';
import { netAssets } from '../net-assets/projection.js';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import { type Sheet } from '../asking/question.js';
import { finalAccountsQuestion } from './query.js';

const UNIT = '460100';
const CITY = { to: '2025-05-31', unit: UNIT, fund: 'resident' };
const printed = (sheet: Sheet): string[] =>
  renderSheets([sheet], { language: 'zh', unit: 'yuan' }).trimEnd().split('\n');

type Line = Readonly<Record<string, string | null>>;
interface Fund {
  readonly fund: string;
  readonly income: readonly Line[];
  readonly expenditure: readonly Line[];
}

async function ask(log: FollowedLog, parameters: Record<string, string>) {
  await log.follow();
  const { body, sheets } = await finalAccountsQuestion.ask(log.asking(), parameters);
  const funds = body['funds'] as readonly Fund[];
  const on = (line: string): (string | null)[] => {
    const found = [...funds[0]!.income, ...funds[0]!.expenditure].find((each) => each['line'] === line);
    return found ? [found['lastYear']!, found['budget']!, found['executed']!] : [];
  };
  return { body, sheets, funds, on };
}

describe('budget and final accounts of a small ledger', () => {
  let small: FollowedLog;
  beforeAll(async () => {
    small = (await smallLedger()).log;
  });
  afterAll(() => small.close());

  it('of the resident fund are printed as the Ministry has them, in 万元 unless told', async () => {
    const { sheets } = await ask(small, CITY);
    expect(sheets[0]!.unit).toBe('wan');
    expect(printed(sheets[0]!)).toEqual([
      '基金收支预算表                                                                              单位：元',
      '险种和制度：城乡居民基本医疗保险',
      '编制单位：460100 海口市  2025年度（截至2025年5月31日）',
      '----------------------------------------------------------------------------------------------------',
      '收入项目                    上年执行数  本年预算数  支出项目                  上年执行数  本年预算数',
      '----------------------------------------------------------------------------------------------------',
      '一、基本医疗保险费收入          500.00      640.00  一、基本医疗保险待遇支出      300.00      510.00',
      '  其中：集体扶持收入              0.00       10.00    其中：住院费用支出          300.00      450.00',
      '    城乡医疗救助资助收入          0.00        0.00      门诊费用支出                0.00       60.00',
      '    财政为困难人员代缴收入        0.00        0.00  二、大病保险支出                0.00       20.00',
      '二、财政补贴收入                  0.00      600.00  三、其他支出                    0.00        0.00',
      '  其中：按规定标准补助收入        0.00      500.00  四、本年支出小计              300.00      530.00',
      '三、利息收入                      0.00        0.00  五、补助下级支出                   ×           ×',
      '四、其他收入                      0.00        0.00  六、上解上级支出                0.00       70.00',
      '五、本年收入小计                500.00    1,240.00  七、本年支出合计              300.00      600.00',
      '六、上级补助收入                  0.00        0.00  八、本年收支结余              200.00      640.00',
      '七、下级上解收入                     ×           ×  九、年末滚存结余            5,100.00    5,740.00',
      '八、本年收入合计                500.00    1,240.00',
      '九、上年结余                  4,900.00    5,100.00',
      '总计                          5,400.00    6,340.00  总计                        5,400.00    6,340.00',
      '----------------------------------------------------------------------------------------------------',
      '“×”为不适用的栏。',
      '上年执行数：收入总计 = 支出总计 ✓',
      '本年预算数：收入总计 = 支出总计 ✓',
    ]);
  });

  it('say beside the budget what was executed of it', async () => {
    const { sheets } = await ask(small, CITY);
    const lines = printed(sheets[1]!);
    expect(lines[0]).toMatch(/^基金收支预算执行表 /);
    const columns = '本年预算数 本年执行数 执行率（%）';
    expect(lines[4]!.replaceAll(/ +/g, ' ')).toBe(`收入项目 ${columns} 支出项目 ${columns}`);
    expect(lines.slice(6, -4).map((line) => line.trim().replaceAll(/ +/g, ' '))).toEqual([
      '一、基本医疗保险费收入 640.00 600.00 93.75 一、基本医疗保险待遇支出 510.00 400.00 78.43',
      '其中：集体扶持收入 10.00 0.00 0.00 其中：住院费用支出 450.00 350.00 77.78',
      '城乡医疗救助资助收入 0.00 0.00 门诊费用支出 60.00 50.00 83.33',
      '财政为困难人员代缴收入 0.00 0.00 二、大病保险支出 20.00 0.00 0.00',
      '二、财政补贴收入 600.00 670.00 111.67 三、其他支出 0.00 0.00',
      '其中：按规定标准补助收入 500.00 670.00 134.00 四、本年支出小计 530.00 400.00 75.47',
      '三、利息收入 0.00 0.00 五、补助下级支出 × ×',
      '四、其他收入 0.00 0.00 六、上解上级支出 70.00 70.00 100.00',
      '五、本年收入小计 1,240.00 1,270.00 102.42 七、本年支出合计 600.00 470.00 78.33',
      '六、上级补助收入 0.00 0.00 八、本年收支结余 640.00 800.00 ×',
      '七、下级上解收入 × × 九、年末滚存结余 5,740.00 5,900.00 ×',
      '八、本年收入合计 1,240.00 1,270.00 102.42',
      '九、上年结余 5,100.00 5,100.00 ×',
      '总计 6,340.00 6,370.00 × 总计 6,340.00 6,370.00 ×',
    ]);
    const year = await ask(small, { ...CITY, to: '2025-12-31' });
    expect(printed(year.sheets[1]!)[0]).toMatch(/^基金收支决算表 /);
    expect(year.sheets[1]!.columns.map(({ name }) => name.zh)).toContain('决算数');
  });

  it('of the other funds are by analogy, with what their budgets cannot say left open', async () => {
    const { sheets } = await ask(small, { to: '2025-05-31', unit: UNIT });
    const items = (fund: string, column: number): string[] =>
      sheets
        .find(({ name }) => name === `budget-${fund}`)!
        .rows.flatMap((row) => (row[column] as { zh: string } | null)?.zh.trim() ?? []);
    expect(items('employee', 0).join(' ')).toBe(
      '一、基本医疗保险费收入 其中：统筹基金 个人账户基金 二、财政补贴收入 三、利息收入 四、转移收入 五、其他收入 ' +
        '六、本年收入小计 七、上级补助收入 八、下级上解收入 九、本年收入合计 十、上年结余 总计',
    );
    expect(items('employee', 3).join(' ')).toBe(
      '一、基本医疗保险待遇支出 其中：统筹基金 个人账户基金 二、大病保险支出 三、转移支出 四、其他支出 五、本年支出小计 ' +
        '六、补助下级支出 七、上解上级支出 八、本年支出合计 九、本年收支结余 十、年末滚存结余 总计',
    );
    expect(items('assistance', 0).join(' ')).toBe(
      '一、财政补贴收入 其中：按规定标准补助收入 二、利息收入 三、其他收入 四、本年收入小计 五、上级补助收入 ' +
        '六、下级上解收入 七、本年收入合计 八、上年结余 总计',
    );
    const employee = await ask(small, { to: '2025-05-31', unit: UNIT, fund: 'employee' });
    expect(employee.on('4001')).toEqual(['1000.00', null, '2250.00']);
    expect(employee.on('4001/personal')).toEqual(['300.00', null, '600.00']);
  });

  it('of a province as one leave out what its units plan to pay each other, of it alone do not', async () => {
    const all = await ask(small, { to: '2025-05-31', fund: 'resident' });
    expect(all.on('4001')).toEqual(['500.00', '690.00', '640.00']);
    expect([all.on('4402'), all.on('5301')]).toEqual([
      [null, null, null],
      [null, null, null],
    ]);
    const alone = await ask(small, { to: '2025-05-31', fund: 'resident', unit: '460000' });
    expect(alone.on('4402')).toEqual(['0.00', '75.00', '70.00']);
    expect(alone.on('4001/collective')).toEqual(['0.00', null, '0.00']);
  });

  it('have the budget as it stood on the day, as recorded by a moment', async () => {
    const inpatient = async (more: object) => (await ask(small, { ...CITY, ...more })).on('5001/inpatient')[1];
    expect(await inpatient({ to: '2025-01-31' })).toBeNull();
    expect(await inpatient({ to: '2025-03-31' })).toBe('400.00');
    expect(await inpatient({})).toBe('450.00');
    expect(await inpatient({ recordedAsOf: '3' })).toBeNull();
  });

  it('end with equal totals, and with the net assets of the balance sheet', async () => {
    for (const asked of [{ unit: UNIT }, {}, { unit: '460000' }] as Record<string, string>[]) {
      const { funds } = await ask(small, { to: '2025-05-31', ...asked });
      const { body } = await balanceSheetQuestion.ask(small.asking(), { to: '2025-05-31', ...asked });
      const sheets = body['funds'] as readonly { liabilitiesAndNetAssets: readonly Line[] }[];
      for (const [index, { income, expenditure }] of funds.entries()) {
        const at = (lines: readonly Line[], key: string, column: string) =>
          lines.find(({ line }) => line === key)![column];
        for (const column of ['lastYear', 'budget', 'executed'])
          expect(at(income, 'income-total', column)).toBe(at(expenditure, 'expenditure-total', column));
        const net = sheets[index]!.liabilitiesAndNetAssets.find(({ line }) => line === 'net-assets')!;
        expect([at(income, 'opening', 'executed'), at(expenditure, 'closing', 'lastYear')]).toEqual([
          net['beginning'],
          net['beginning'],
        ]);
        expect(at(expenditure, 'closing', 'executed')).toBe(net['end']);
      }
    }
  });

  it('are of one year: an interval that begins in another is refused', async () => {
    await expect(ask(small, { ...CITY, from: '2024-12-01' })).rejects.toMatchObject({ code: 'budget-of-one-year' });
  });
});

describe('over a ledger of one’s own', () => {
  let log: FollowedLog;
  afterEach(() => log.close());

  it('an account without a line gets one, and a share of a gap is no subsidy by the standard', async () => {
    log = new FollowedLog([fundBalance, provincialConsolidation, netAssets, budgetExecution]);
    const bank = (debit: string): Entry => ({ account: 'fiscal-account', debit });
    const at = { fund: 'assistance', unit: UNIT, businessDate: '2025-05-02' };
    await log.append({ ...at, entries: [bank('3.00'), { account: 'income.premiums', credit: '3.00' }] });
    for (const [detail, amount] of [
      ['gap', '4.00'],
      ['county', '5.00'],
    ] as const)
      await log.append({ ...at, entries: [bank(amount), { account: 'income.subsidy', detail, credit: amount }] });
    const { on, sheets } = await ask(log, { fund: 'assistance', unit: UNIT, to: '2025-05-31' });
    expect([on('4001')[2], on('4101')[2], on('4101/standard')[2], on('income')[2]]).toEqual([
      '3.00',
      '9.00',
      '5.00',
      '12.00',
    ]);
    expect(sheets[0]!.rows.map(([name]) => (name as { zh: string }).zh).slice(0, 5)).toEqual([
      '一、财政补贴收入',
      '  其中：按规定标准补助收入',
      '二、利息收入',
      '三、社会保险费收入',
      '四、其他收入',
    ]);
  });
});
