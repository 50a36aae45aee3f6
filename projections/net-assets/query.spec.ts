import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Entry } from '../../src/books/entries.js';
import { formatFen, parseFen } from '../../src/money.js';
import { renderSheets } from '../../src/report/render.js';
import { FollowedLog } from '../../test/followed-log.js';
import { smallLedger } from '../../test/small-ledger.js';
import { balanceSheetQuestion } from '../balance-sheet/query.js';
import { fundBalance } from '../fund-balance/projection.js';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import { type Sheet } from '../asking/question.js';
import { netAssets } from './projection.js';
import { netAssetsQuestion } from './query.js';

const UNIT = '460100';
const printed = (sheet: Sheet): string[] => renderSheets([sheet], { language: 'zh' }).trimEnd().split('\n');

type Line = Readonly<Record<string, string>>;
interface Fund {
  readonly fund: string;
  readonly lines: readonly Line[];
  readonly ties: boolean;
}

async function ask(log: FollowedLog, parameters: Record<string, string>) {
  await log.follow();
  const { body, sheets } = await netAssetsQuestion.ask(log.asking(), parameters);
  const funds = body['funds'] as readonly Fund[];
  const on = (line: string) => {
    const { line: _, name: __, ...amounts } = funds[0]!.lines.find((each) => each['line'] === line) ?? {};
    return amounts;
  };
  return { body, sheets, funds, on };
}

describe('the statement of a small ledger', () => {
  let small: FollowedLog;
  beforeAll(async () => {
    small = (await smallLedger()).log;
  });
  afterAll(() => small.close());

  it('of the employee fund says how each share became what it is', async () => {
    const { sheets } = await ask(small, { to: '2025-05-31', unit: UNIT, fund: 'employee' });
    expect(printed(sheets[0]!)).toEqual([
      '净资产变动表                                                单位：元',
      '险种和制度：职工基本医疗保险',
      '编制单位：460100 海口市  2025年1月1日至2025年5月31日',
      '--------------------------------------------------------------------',
      '项目（减少以“-”号填列）  统筹基金  个人账户基金  待转基金       合计',
      '--------------------------------------------------------------------',
      '一、期初净资产           7,500.00      3,300.00      0.00  10,800.00',
      '二、本期收入             1,400.00        600.00    250.00   2,250.00',
      '  社会保险费收入         1,400.00        600.00      0.00   2,000.00',
      '  财政补贴收入               0.00          0.00      0.00       0.00',
      '  利息收入                   0.00          0.00      0.00       0.00',
      '  转移收入                   0.00          0.00      0.00       0.00',
      '  上级补助收入               0.00          0.00      0.00       0.00',
      '  下级上解收入               0.00          0.00      0.00       0.00',
      '  其他收入                   0.00          0.00      0.00       0.00',
      '  待转社会保险费收入         0.00          0.00    250.00     250.00',
      '三、本期支出              -900.00       -150.00      0.00  -1,050.00',
      '  社会保险待遇支出        -900.00       -150.00      0.00  -1,050.00',
      '  大病保险支出               0.00          0.00      0.00       0.00',
      '  转移支出                   0.00          0.00      0.00       0.00',
      '  上解上级支出               0.00          0.00      0.00       0.00',
      '  补助下级支出               0.00          0.00      0.00       0.00',
      '  其他支出                   0.00          0.00      0.00       0.00',
      '四、净资产内部划转         -83.00         83.00      0.00       0.00',
      '  个人账户划入             -83.00         83.00      0.00       0.00',
      '五、以前年度更正            20.00        -20.00      0.00       0.00',
      '期末净资产               7,937.00      3,813.00    250.00  12,000.00',
      '--------------------------------------------------------------------',
      '以前年度多记、少记的收支在其他收入、其他支出中；“以前年度更正”为直接调整净资产的部分。',
      '期初净资产与各项变动之和 = 资产负债表净资产 ✓',
    ]);
  });

  it('of medical assistance has the risk fund set aside, of the general fund balance', async () => {
    const { sheets } = await ask(small, { to: '2025-05-31', unit: UNIT, fund: 'assistance' });
    expect(printed(sheets[0]!).filter((line) => /[1-9]/.test(line) || line.startsWith('项目'))).toEqual([
      '编制单位：460100 海口市  2025年1月1日至2025年5月31日',
      '项目（减少以“-”号填列）  一般基金结余  风险基金结余     合计',
      '一、期初净资产                 800.00          0.00   800.00',
      '三、本期支出                  -100.00          0.00  -100.00',
      '  社会保险待遇支出            -100.00          0.00  -100.00',
      '四、净资产内部划转             -60.00         60.00     0.00',
      '  计提风险基金                 -60.00         60.00     0.00',
      '期末净资产                     640.00         60.00   700.00',
    ]);
  });

  it('ties to the balance sheet, of a unit and of all as one, in the year the books opened and after', async () => {
    for (const to of ['2024-05-31', '2024-12-31', '2025-05-31'])
      for (const asked of [{ unit: UNIT }, {}] as Record<string, string>[]) {
        const { funds } = await ask(small, { to, ...asked });
        const { body } = await balanceSheetQuestion.ask(small.asking(), { to, ...asked });
        const sheets = body['funds'] as readonly { liabilitiesAndNetAssets: readonly Line[] }[];
        for (const [index, { lines, ties }] of funds.entries()) {
          const net = sheets[index]!.liabilitiesAndNetAssets.find(({ line }) => line === 'net-assets')!;
          const totals = ['opening', 'closing'].map((key) => lines.find(({ line }) => line === key)!['total']);
          expect([ties, ...totals]).toEqual([true, net['beginning'], net['end']]);
        }
      }
  });
});

describe('over a ledger of one’s own', () => {
  let log: FollowedLog;
  const fresh = (): FollowedLog => (log = new FollowedLog([fundBalance, provincialConsolidation, netAssets]));
  afterEach(() => log.close());
  const at = { fund: 'employee', unit: UNIT };
  const post = (businessDate: string, kind: string, entries: readonly Entry[], more: object = {}) =>
    log.append({ ...at, businessDate, kind, entries, ...more });
  const dr = (account: string, debit: string): Entry => ({ account, debit });
  const cr = (account: string, credit: string): Entry => ({ account, credit });
  const inRed = (entries: readonly Entry[]): Entry[] =>
    entries.map(({ debit, credit, ...where }) =>
      debit === undefined
        ? { ...where, credit: formatFen(-parseFen(credit!)) }
        : { ...where, debit: formatFen(-parseFen(debit)) },
    );

  it('an empty statement has its lines', async () => {
    const { funds, sheets } = await ask(fresh(), { to: '2025-05-31', fund: 'resident' });
    expect(funds[0]!.lines.map((each) => each['line'])).toEqual([
      'opening',
      ...['', '/4001', '/4101', '/4201', '/4401', '/4402', '/4501'].map((number) => `income${number}`),
      ...['', '/5001', '/5101', '/5301', '/5302', '/5401'].map((number) => `expenditure${number}`),
      'transfers',
      'corrections',
      'closing',
    ]);
    expect(sheets[0]!.rows.every((row) => row.slice(1).every((cell) => cell === 0n))).toBe(true);
  });

  it('takes what moved net assets directly by its kind, once, and back on the day it was taken back', async () => {
    fresh();
    await post('2025-01-01', 'opening-balance', [dr('fiscal-account', '100.00'), cr('net.pool', '100.00')]);
    const set = [dr('net.pool', '30.00'), cr('net.risk', '30.00')];
    const id = await post('2025-02-10', 'risk-fund-allocation', set);
    await post('2025-02-11', 'risk-fund-use', [dr('net.risk', '5.00'), cr('net.pool', '5.00')]);
    const twice = [dr('net.pool', '3.00'), dr('net.pool', '4.00'), cr('net.personal', '7.00')];
    await post('2025-02-12', 'prior-year-correction', twice);
    await post('2025-02-13', 'given', [dr('fiscal-account', '2.00'), cr('net.personal', '2.00')]);
    const february = { ...at, from: '2025-02-01', to: '2025-02-28' };
    const { on, funds } = await ask(log, february);
    expect([
      on('transfers/risk-set'),
      on('transfers/risk-used'),
      on('transfers'),
      on('corrections'),
      on('others'),
    ]).toEqual([
      { pool: '-30.00', personal: '0.00', pending: '0.00', risk: '30.00', total: '0.00' },
      { pool: '5.00', personal: '0.00', pending: '0.00', risk: '-5.00', total: '0.00' },
      { pool: '-25.00', personal: '0.00', pending: '0.00', risk: '25.00', total: '0.00' },
      { pool: '-7.00', personal: '7.00', pending: '0.00', risk: '0.00', total: '0.00' },
      { pool: '0.00', personal: '2.00', pending: '0.00', risk: '0.00', total: '2.00' },
    ]);
    expect([on('opening')['total'], on('closing')['total'], funds[0]!.ties]).toEqual(['100.00', '102.00', true]);
    await post('2025-03-10', 'reversal', inRed(set), { reverses: id });
    expect((await ask(log, february)).on('transfers/risk-set')['risk']).toBe('30.00');
    expect((await ask(log, { ...at, from: '2025-03-01', to: '2025-03-31' })).on('transfers/risk-set')['risk']).toBe(
      '-30.00',
    );
    const whole = await ask(log, { ...at, to: '2025-03-31' });
    expect([whole.on('transfers/risk-set'), whole.funds[0]!.ties]).toEqual([{}, true]);
    expect((await ask(log, { ...at, to: '2025-03-31', recordedAsOf: '5' })).on('transfers/risk-set')['risk']).toBe(
      '30.00',
    );
  });

  it('leaves out what a close carries, and has its columns in December only where they hold something', async () => {
    fresh();
    await post('2025-05-02', 'given', [
      dr('fiscal-account', '10.00'),
      { account: 'income.interest', share: 'pool', credit: '10.00' },
    ]);
    const before = await ask(log, { ...at, to: '2025-05-31' });
    await post('2025-05-31', 'period-close', [
      { account: 'income.interest', share: 'pool', debit: '10.00' },
      cr('net.pool', '10.00'),
    ]);
    const { on, funds } = await ask(log, { ...at, to: '2025-05-31' });
    expect(funds).toEqual(before.funds);
    expect(on('income/4201')).toEqual({ pool: '10.00', personal: '0.00', pending: '0.00', total: '10.00' });
    expect((await ask(log, { ...at, to: '2025-12-31' })).on('closing')).toEqual({
      pool: '10.00',
      personal: '0.00',
      total: '10.00',
    });
  });

  it('followed in other batches comes to the same rows', async () => {
    const contents = async (batch: number) => {
      const { log: small } = await smallLedger();
      const own = new FollowedLog([netAssets], small.store);
      await own.follow(batch);
      const { checkpoint: _, ...tables } = own.contents();
      own.close();
      small.close();
      return tables;
    };
    fresh();
    expect(await contents(3)).toEqual(await contents(5_000));
  });
});
