import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Entry } from '../../src/books/entries.js';
import { BEFORE_ADOPTION, BUILT_IN } from '../../src/reference/built-in.js';
import { Reference } from '../../src/reference/reference.js';
import { type AccountRow } from '../../src/reference/rows.js';
import { renderSheets } from '../../src/report/render.js';
import { FollowedLog } from '../../test/followed-log.js';
import { smallLedger } from '../../test/small-ledger.js';
import { fundBalance } from '../fund-balance/projection.js';
import { netAssets } from '../net-assets/projection.js';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import { type Sheet } from '../asking/question.js';
import { balanceSheetQuestion } from './query.js';

const UNIT = '460100';
const printed = (sheet: Sheet): string[] => renderSheets([sheet], { language: 'zh' }).trimEnd().split('\n');

type Line = Readonly<Record<string, string>>;
interface Fund {
  readonly fund: string;
  readonly assets: readonly Line[];
  readonly liabilitiesAndNetAssets: readonly Line[];
  readonly balanced: { readonly beginning: boolean; readonly end: boolean };
}

async function ask(log: FollowedLog, parameters: Record<string, string>, reference = BEFORE_ADOPTION) {
  await log.follow();
  const { body, sheets } = await balanceSheetQuestion.ask({ ...log.asking(), reference }, parameters);
  const funds = body['funds'] as readonly Fund[];
  const on = (line: string): (string | undefined)[] => {
    const all = [...funds[0]!.assets, ...funds[0]!.liabilitiesAndNetAssets];
    const found = all.find((each) => each['line'] === line);
    return [found?.['beginning'], found?.['end']];
  };
  return { body, sheets, funds, on };
}

describe('the form of a small ledger', () => {
  let small: FollowedLog;
  beforeAll(async () => {
    small = (await smallLedger()).log;
  });
  afterAll(() => small.close());

  it('of the employee fund is printed as the Ministry has it', async () => {
    const { sheets } = await ask(small, { to: '2025-05-31', unit: UNIT, fund: 'employee' });
    expect(printed(sheets[0]!)).toEqual([
      '资产负债表                                                                          单位：元',
      '险种和制度：职工基本医疗保险  会社保01表',
      '编制单位：460100 海口市  2025年5月31日',
      '--------------------------------------------------------------------------------------------',
      '资产                       年初余额   期末余额  负债和净资产             年初余额   期末余额',
      '--------------------------------------------------------------------------------------------',
      '一、资产：                                      二、负债：',
      '  库存现金                     0.00       0.00    暂收款                   300.00     300.00',
      '  收入户存款                   0.00       0.00      其中：异地就医资金     300.00     300.00',
      '  财政专户存款             9,600.00  10,800.00    借入款项                   0.00       0.00',
      '  支出户存款               1,000.00   1,000.00  负债合计                   300.00     300.00',
      '  国库存款                     0.00       0.00  三、净资产：',
      '  暂付款                     500.00     500.00    一般基金结余          10,800.00  12,000.00',
      '    其中：异地就医预付金     500.00     500.00      （一）统筹基金       7,500.00   7,937.00',
      '  债券投资                     0.00       0.00      （二）个人账户基金   3,300.00   3,813.00',
      '                                                    （三）待转基金           0.00     250.00',
      '                                                净资产合计              10,800.00  12,000.00',
      '资产总计                  11,100.00  12,300.00  负债与净资产总计        11,100.00  12,300.00',
      '--------------------------------------------------------------------------------------------',
      '年初：资产总计 = 负债与净资产总计 ✓',
      '期末：资产总计 = 负债与净资产总计 ✓',
    ]);
  });

  it('of a province as one has what is on its way between its units on a line of its own', async () => {
    const { sheets, body } = await ask(small, { to: '2025-05-31', fund: 'resident' });
    expect(body).toMatchObject({ form: 'monthly', consolidated: true });
    expect(printed(sheets[0]!).slice(1)).toEqual([
      '险种和制度：城乡居民基本医疗保险  会社保01表',
      '编制单位：460000 海南省（汇总 20 个单位）  2025年5月31日',
      '----------------------------------------------------------------------------------------',
      '资产                      年初余额  期末余额  负债和净资产            年初余额  期末余额',
      '----------------------------------------------------------------------------------------',
      '一、资产：                                    二、负债：',
      '  库存现金                    0.00      0.00    暂收款                    0.00      0.00',
      '  收入户存款                  0.00      0.00      其中：异地就医资金      0.00      0.00',
      '  财政专户存款            7,600.00  8,505.00    借入款项                100.00    100.00',
      '  支出户存款                  0.00      0.00  负债合计                  100.00    100.00',
      '  国库存款                    0.00      0.00  三、净资产：',
      '  暂付款                      0.00      0.00    一般基金结余          7,500.00  8,410.00',
      '    其中：异地就医预付金      0.00      0.00  净资产合计              7,500.00  8,410.00',
      '  债券投资                    0.00      0.00',
      '  在途资金                    0.00      5.00',
      '资产总计                  7,600.00  8,510.00  负债与净资产总计        7,600.00  8,510.00',
      '----------------------------------------------------------------------------------------',
      '年初：资产总计 = 负债与净资产总计 ✓',
      '期末：资产总计 = 负债与净资产总计 ✓',
    ]);
  });

  it('has a line for the risk fund where there is one, and stands beside the same day of last year', async () => {
    const { sheets } = await ask(small, { to: '2025-05-31', unit: UNIT, fund: 'assistance' });
    expect(
      printed(sheets[1]!)
        .slice(4)
        .filter((line) => !/0\.00 +0\.00 +0\.00$/.test(line)),
    ).toEqual([
      '项目                      期末余额  上年同期余额  期末余额增减  期末余额增减%',
      '-----------------------------------------------------------------------------',
      '一、资产：',
      '  财政专户存款              700.00        800.00       -100.00         -12.50',
      '资产总计                    700.00        800.00       -100.00         -12.50',
      '二、负债：',
      '三、净资产：',
      '  一般基金结余              640.00        800.00       -160.00         -20.00',
      '  风险基金结余               60.00          0.00         60.00',
      '净资产合计                  700.00        800.00       -100.00         -12.50',
      '负债与净资产总计            700.00        800.00       -100.00         -12.50',
      '-----------------------------------------------------------------------------',
    ]);
  });

  it('begins with what the books opened with in the year they opened, then with what a year left', async () => {
    const of = async (to: string) => (await ask(small, { to, unit: UNIT, fund: 'employee' })).on('net-assets');
    expect(await of('2024-03-31')).toEqual(['10200.00', '10200.00']);
    expect(await of('2024-12-31')).toEqual(['10200.00', '10800.00']);
    expect(await of('2025-01-31')).toEqual(['10800.00', '12800.00']);
    expect(await of('2023-12-31')).toEqual(['0.00', '0.00']);
  });
});

const bank = (amount: string): Entry => ({ account: 'fiscal-account', debit: amount });
const opening = (businessDate: string, amount: string, unit = UNIT) => ({
  kind: 'opening-balance',
  fund: 'resident',
  unit,
  businessDate,
  entries: [bank(amount), { account: 'net.pool', credit: amount }] as Entry[],
});

describe('over a ledger of one’s own', () => {
  let log: FollowedLog;
  const fresh = (): FollowedLog => (log = new FollowedLog([fundBalance, provincialConsolidation, netAssets]));
  afterEach(() => log.close());
  const residents = { fund: 'resident', unit: UNIT };
  const beginningAndEnd = async (parameters: Record<string, string>) =>
    (await ask(log, { ...residents, ...parameters })).on('net-assets');

  it('an empty form has every line, and none that does not apply', async () => {
    const { sheets, funds } = await ask(fresh(), { to: '2025-05-31' });
    const items = (name: string, column: number): string[] =>
      sheets
        .find((each) => each.name === `form-${name}`)!
        .rows.flatMap((row) => (row[column] as { zh: string } | null)?.zh ?? []);
    const assets = [
      '一、资产：',
      '  库存现金',
      '  收入户存款',
      '  财政专户存款',
      '  支出户存款',
      '  国库存款',
      '  暂付款',
      '    其中：异地就医预付金',
      '  债券投资',
      '资产总计',
    ];
    const owed = [
      '二、负债：',
      '  暂收款',
      '    其中：异地就医资金',
      '  借入款项',
      '负债合计',
      '三、净资产：',
      '  一般基金结余',
    ];
    const shares = ['    （一）统筹基金', '    （二）个人账户基金', '    （三）待转基金'];
    const totals = ['净资产合计', '负债与净资产总计'];
    for (const name of ['employee', 'resident', 'assistance']) expect(items(name, 0)).toEqual(assets);
    expect(items('employee', 3)).toEqual([...owed, ...shares, ...totals]);
    expect(items('resident', 3)).toEqual([...owed, ...totals]);
    expect(items('assistance', 3)).toEqual([...owed, ...totals]);
    expect(funds.map(({ balanced }) => balanced)).toEqual(funds.map(() => ({ beginning: true, end: true })));
    for (const asked of [{ to: '2025-12-31' }, { to: '2025-05-31', form: 'yearly' }] as Record<string, string>[]) {
      const yearly = await ask(log, { ...asked, fund: 'employee' });
      expect(yearly.funds[0]!.liabilitiesAndNetAssets.map((each) => each['line'])).not.toContain('3001/pending');
    }
  });

  it('counts an opening in the midst of a year as at its beginning, until it is taken back', async () => {
    fresh();
    const first = await log.append(opening('2025-02-10', '50.00'));
    expect(await beginningAndEnd({ to: '2025-02-09' })).toEqual(['0.00', '0.00']);
    expect(await beginningAndEnd({ to: '2025-02-10' })).toEqual(['50.00', '50.00']);
    await log.append({
      ...opening('2025-02-10', '-50.00'),
      kind: 'reversal',
      reverses: first,
    });
    await log.append(opening('2025-02-11', '70.00'));
    await log.append({ ...opening('2025-02-11', '5.00'), kind: 'opening-correction' });
    expect(await beginningAndEnd({ to: '2025-05-31' })).toEqual(['75.00', '75.00']);
    expect(await beginningAndEnd({ to: '2025-05-31', recordedAsOf: '1' })).toEqual(['50.00', '50.00']);
    expect(await beginningAndEnd({ to: '2026-05-31' })).toEqual(['75.00', '75.00']);
  });

  it('begins on the day that was asked for, and says so', async () => {
    fresh();
    await log.append(opening('2025-01-01', '50.00'));
    const interest: Entry[] = [bank('1.00'), { account: 'income.interest', credit: '1.00' }];
    await log.append({ ...residents, businessDate: '2025-03-05', entries: interest });
    await log.append({ ...residents, businessDate: '2025-05-05', entries: interest });
    const { sheets, on } = await ask(log, { ...residents, from: '2025-04-01', to: '2025-05-31' });
    expect(on('assets')).toEqual(['51.00', '52.00']);
    expect(sheets[0]!.columns.map(({ name }) => name.zh).join(' ')).toBe(
      '资产 期初余额 期末余额 负债和净资产 期初余额 期末余额',
    );
    expect(sheets[0]!.checks!.map(({ says, holds }) => [says.zh, holds])).toEqual([
      ['期初：资产总计 = 负债与净资产总计', true],
      ['期末：资产总计 = 负债与净资产总计', true],
    ]);
  });

  it('shows what rounding leaves over on the side that it is of', async () => {
    fresh();
    const entries: Entry[] = [
      { account: 'cash', debit: '45.00' },
      { account: 'fiscal-account', debit: '45.00' },
      { account: 'suspense.other', credit: '45.00' },
      { account: 'net.pool', credit: '45.00' },
    ];
    await log.append({ ...opening('2025-01-01', '1.00'), entries });
    const { sheets } = await ask(log, { ...residents, to: '2025-05-31' });
    const rows = renderSheets([sheets[0]!], { language: 'zh', unit: 'wan' }).split('\n');
    expect(rows.filter((line) => line.includes('舍入差 '))).toEqual([
      expect.stringMatching(/^舍入差 +0\.01 +0\.01$/),
      expect.stringMatching(/^ {40,}舍入差 +0\.01 +0\.01$/),
    ]);
  });

  it('has what was on its way when the books opened, where both units are in the scope', async () => {
    fresh();
    const memo = {
      kind: 'transfer-opening',
      stream: 'transfer-openings-resident-460100',
      transferId: 'T',
      amount: '9.00',
    };
    const sent = { ...memo, ...residents, businessDate: '2025-01-01', direction: 'up', toUnit: '460000' };
    await log.append(sent);
    const province = { fund: 'resident', to: '2025-05-31' };
    const { on, funds } = await ask(log, province);
    expect([on('in-transit'), on('assets'), on('3001')]).toEqual([
      ['9.00', '9.00'],
      ['9.00', '9.00'],
      ['9.00', '9.00'],
    ]);
    expect(funds[0]!.balanced).toEqual({ beginning: true, end: true });
    expect((await ask(log, { ...province, unit: UNIT, scope: 'consolidated' })).on('assets')).toEqual(['0.00', '0.00']);
    expect((await ask(log, { ...province, unit: UNIT })).on('in-transit')).toEqual([undefined, undefined]);
    const received: Entry[] = [bank('9.00'), { account: 'income.from-below', credit: '9.00' }];
    const at = { fund: 'resident', unit: '460000', businessDate: '2025-05-02', transferId: 'T', fromUnit: UNIT };
    await log.append({ ...at, kind: 'remittance-received', entries: received });
    expect((await ask(log, province)).on('in-transit')).toEqual(['9.00', '0.00']);
    expect((await ask(log, province)).on('1003')).toEqual(['0.00', '9.00']);
  });

  it('tells off-site care and the risk fund of any set by names and numbers', async () => {
    fresh();
    const row = (key: string, number: string, zh: string, more: Partial<AccountRow> = {}): AccountRow => ({
      ...BUILT_IN.rows.accounts[0]!,
      key,
      number,
      name: { zh, en: zh },
      also: [],
      ...more,
    });
    const accounts = [
      ...BUILT_IN.rows.accounts.filter(({ key }) => !/^(advances|suspense)\.off-site|^net\.risk/.test(key)),
      row('advances.elsewhere', '1101.61', '异地就医预付金'),
      row('advances.next-door', '1101.6101', '邻省'),
      row('suspense.guests', '2001.71', '客户', { also: ['异地就医资金'] }),
      row('net.reserve', '3101', '储备', { funds: ['resident'] }),
    ];
    const reference = new Reference([{ revision: 0, position: 0, rows: { ...BUILT_IN.rows, accounts } }]);
    await log.append({
      ...opening('2025-01-01', '1.00'),
      entries: [
        { account: 'advances.elsewhere', debit: '1.00' },
        { account: 'advances.next-door', debit: '2.00' },
        { account: 'advances.other', debit: '4.00' },
        { account: 'suspense.guests', credit: '3.00' },
        { account: 'suspense.other', credit: '4.00' },
      ],
    });
    const { on } = await ask(log, { ...residents, to: '2025-05-31' }, reference);
    expect([on('1101')[1], on('1101/off-site')[1], on('2001')[1], on('2001/off-site')[1]]).toEqual([
      '7.00',
      '3.00',
      '7.00',
      '3.00',
    ]);
    expect(on('3101')).toEqual(['0.00', '0.00']);
    const employee = await ask(log, { fund: 'employee', to: '2025-05-31' }, reference);
    expect(employee.on('3101')).toEqual([undefined, undefined]);
  });
});
