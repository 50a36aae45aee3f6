import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Entry, parseLedgerLine } from '../../src/books/entries.js';
import { BEFORE_ADOPTION, BUILT_IN } from '../../src/reference/built-in.js';
import { Reference } from '../../src/reference/reference.js';
import { printSheet } from '../../src/report/lay-out.js';
import { FollowedLog } from '../../test/followed-log.js';
import { checkParameters } from '../asking/parameters.js';
import { auditTrail } from '../audit-trail/projection.js';
import { fundBalance } from '../fund-balance/projection.js';
import { trialBalanceQuestion } from './query.js';

let log: FollowedLog;
beforeEach(() => {
  log = new FollowedLog([fundBalance, auditTrail]);
});
afterEach(() => log.close());

/** Posts a voucher of `line amount` on either side. */
const post = (businessDate: string, debit: readonly string[], credit: readonly string[], more: object = {}) => {
  const entry =
    (side: 'debit' | 'credit') =>
    (written: string): Entry => {
      const [line, amount] = written.split(' ') as [string, string];
      return { ...parseLedgerLine(line), [side]: amount };
    };
  const entries = [...debit.map(entry('debit')), ...credit.map(entry('credit'))];
  const evidence = { kind: 'receipt', number: 'R-1', sha256: '00'.repeat(32) };
  const who = { maker: 'wang', reviewer: 'li', evidence, kind: 'money-movement' };
  return log.append({ fund: 'employee', unit: '460100', businessDate, entries, ...who, ...more });
};
const opening = (businessDate: string, unit = '460100') =>
  post(businessDate, ['fiscal-account 90.00', 'fiscal-account/term 10.00'], ['net.pool 60.00', 'net.personal 40.00'], {
    kind: 'opening-balance',
    unit,
  });

const FUND = { fund: 'employee', unit: '460100' };

/** The rows as they are printed: cells parted by bars, with what an empty one says left out. */
async function printed(parameters: Record<string, string>, reference = BEFORE_ADOPTION): Promise<string[]> {
  await log.follow();
  const { sheets } = await trialBalanceQuestion.ask({ ...log.asking(), reference }, parameters);
  const { batches } = printSheet(sheets[0]!, { language: 'zh' });
  const rows: string[] = [];
  for await (const batch of batches) rows.push(...batch.map((row) => row.join('|').trimEnd()));
  return rows;
}

async function twoMonths(): Promise<void> {
  await opening('2025-01-01');
  await post('2025-01-05', ['treasury 7.00'], ['income.premiums/employer@pool 5.00', 'income.premiums@personal 2.00']);
  await post('2025-02-01', ['advances.off-site 1.00'], ['fiscal-account 1.00']);
  await post(
    '2025-02-02',
    ['treasury -7.00'],
    ['income.premiums/employer@pool -5.00', 'income.premiums@personal -2.00'],
  );
}

describe('the trial balance 科目余额表', () => {
  it('has what accounts had, moved and have by level, totals that are even, and a line that says so', async () => {
    await twoMonths();
    expect(await printed({ ...FUND, period: '2025-02', level: '3' })).toEqual([
      '1003|财政专户存款|100.00|||1.00||1.00|99.00|',
      '1003|  未分明细|90.00|||1.00||1.00|89.00|',
      '1003.01|  定期存款|10.00||||||10.00|',
      '1005|国库存款|7.00||-7.00|||||',
      '1101|暂付款|||1.00||1.00||1.00|',
      '1101.02|  暂付款·异地就医预付金|||1.00||1.00||1.00|',
      '3001|一般基金结余||100.00||||||100.00',
      '3001.01|  统筹基金||60.00||||||60.00',
      '3001.02|  个人账户基金||40.00||||||40.00',
      '4001|社会保险费收入||7.00||-7.00||||',
      '4001|  未分明细||2.00||-2.00||||',
      '4001|    个人账户||2.00||-2.00||||',
      '4001.01|  单位||5.00||-5.00||||',
      '4001.01|    统筹||5.00||-5.00||||',
      '|合计|107.00|107.00|-6.00|-6.00|1.00|1.00|100.00|100.00',
      '|试算平衡（借方－贷方）|0.00||0.00||0.00||0.00|',
    ]);
    const level1 = await printed({ ...FUND, period: '2025-02', level: '1' });
    expect(level1.map((row) => row.split('|')[0])).toEqual(['1003', '1005', '1101', '3001', '4001', '', '']);
  });

  it('has what a book opened with as a balance, whatever its day, also where it was recorded twice', async () => {
    await opening('2025-01-05', '460200');
    const wrong = await opening('2025-03-01');
    const red = ['fiscal-account -90.00', 'fiscal-account/term -10.00'];
    await post('2025-03-01', red, ['net.pool -60.00', 'net.personal -40.00'], { kind: 'reversal', reverses: wrong });
    await opening('2025-03-01');
    for (const period of ['2025', '2025-Q1', '2025-03'])
      expect(await printed({ ...FUND, period, level: '1' })).toEqual([
        '1003|财政专户存款|100.00||||||100.00|',
        '3001|一般基金结余||100.00||||||100.00',
        '|合计|100.00|100.00|0.00|0.00|0.00|0.00|100.00|100.00',
        '|试算平衡（借方－贷方）|0.00||0.00||0.00||0.00|',
      ]);
    expect(await printed({ ...FUND, period: '2025-02', level: '1' })).toEqual(NOTHING);
    expect((await printed({ ...FUND, unit: '460000', scope: 'consolidated', period: '2025-03', level: '1' }))[0]).toBe(
      '1003|财政专户存款|200.00||||||200.00|',
    );
  });

  it('has what closes carry, on both sides of an account that they empty', async () => {
    await twoMonths();
    await post('2025-02-03', ['treasury 4.00'], ['income.interest@pool 4.00']);
    await post('2025-02-28', ['income.interest@pool 4.00'], ['net.pool 4.00'], { kind: 'period-close' });
    const rows = await printed({ ...FUND, period: '2025-02', level: '1' });
    expect(rows.filter((row) => /^(3001|4201)/.test(row))).toEqual([
      '3001|一般基金结余||100.00||4.00||4.00||104.00',
      '4201|利息收入|||4.00|4.00|4.00|4.00||',
    ]);
  });

  it('lists the accounts of the fund without any amount where it is asked for them', async () => {
    const rows = await printed({ fund: 'resident', unit: '460100', period: '2025', zeros: 'show' });
    expect(rows.slice(0, 2)).toEqual(['1001|库存现金||||||||', '1002|收入户存款||||||||']);
    expect(rows).toContain('4001.07|  集体扶持||||||||');
    expect(rows.some((row) => row.startsWith('4301'))).toBe(false);
    expect(await printed({ fund: 'resident', unit: '460100', period: '2025' })).toEqual(NOTHING);
  });

  it('goes by the numbers of whatever chart is adopted', async () => {
    const first = BUILT_IN.rows.accounts.find(({ key }) => key === 'benefits/inpatient');
    const below = {
      ...first!,
      key: 'benefits/county-inpatient',
      number: '5001.01.03',
      also: [],
      name: { zh: '县级', en: 'County' },
    };
    const reference = new Reference([
      { revision: 0, position: 0, rows: { ...BUILT_IN.rows, accounts: [...BUILT_IN.rows.accounts, below] } },
    ]);
    await post(
      '2025-01-05',
      ['benefits/county-inpatient@pool 3.00', 'benefits/inpatient@pool 1.00'],
      ['treasury 4.00'],
    );
    const rows = await printed({ ...FUND, period: '2025-01' }, reference);
    expect(rows.slice(1, -2)).toEqual([
      '5001|社会保险待遇支出|||4.00||4.00||4.00|',
      '5001.01|  住院|||4.00||4.00||4.00|',
      '5001.01|    未分明细|||1.00||1.00||1.00|',
      '5001.01.03|    县级|||3.00||3.00||3.00|',
    ]);
  });

  it('has beside a period another one, what is more or less, and what part of it that is', async () => {
    await post('2024-02-05', ['treasury 4.00'], ['income.premiums/employer@pool 4.00']);
    await post('2024-02-06', ['benefits/inpatient@pool 3.00'], ['treasury 3.00']);
    await post('2025-02-05', ['treasury 5.00'], ['income.premiums/employer@pool 5.00']);
    await post('2025-02-06', ['advances.off-site 2.00'], ['treasury 2.00']);
    const asked = { ...FUND, period: '2025-02', compareWith: '2024-02', level: '1' };
    const rows = await printed(asked);
    expect(
      rows.map((row) =>
        row
          .split('|')
          .filter((_, index) => index === 0 || index > 9)
          .join('|'),
      ),
    ).toEqual([
      '1005|4.00|3.00|1.00||1.00|25.00|3.00|300.00',
      '1101|||||2.00|对比期无|2.00|对比期无',
      '4001||4.00||4.00|1.00|25.00|5.00|125.00',
      '5001|3.00||3.00||-3.00|-100.00||0.00',
      '|7.00|7.00|4.00|4.00||0.00|5.00|125.00',
      '|0.00||0.00|||||',
    ]);
    const byDays = await printed({ ...asked, compareWith: '2024-02-01..2024-02-29' });
    expect(byDays).toEqual(rows);
  });

  it('leaves out what neither period shows, though something moved before in its year', async () => {
    await post('2024-01-05', ['cash 4.00'], ['treasury 4.00']);
    await post('2024-01-06', ['treasury 4.00'], ['cash 4.00']);
    const rows = await printed({ ...FUND, period: '2025-02', compareWith: '2024-02' });
    expect(rows.map((row) => row.split('|')[1])).toEqual(['合计', '试算平衡（借方－贷方）']);
  });

  it('says in JSON why there is no percentage, and compares as recorded by the same moment', async () => {
    await post('2025-02-05', ['treasury 5.00'], ['income.premiums/employer@pool 5.00']);
    await post('2024-02-05', ['treasury 4.00'], ['income.premiums/employer@pool 4.00']);
    await log.follow();
    const asked = { ...FUND, period: '2025-02', compareWith: '2024' };
    const { body } = await trialBalanceQuestion.ask(log.asking(), { ...asked, recordedAsOf: '1' });
    const none = { amount: '5.00', percent: null, word: { zh: '对比期无', en: 'nothing before' } };
    expect(body).toMatchObject({
      comparedWith: { from: '2024-01-01', to: '2024-12-31' },
      funds: [{ rows: [{ compared: { movementChange: none, closingChange: none } }, {}, {}] }],
    });
    const now = await trialBalanceQuestion.ask(log.asking(), asked);
    expect(now.body['funds']).toMatchObject([
      {
        rows: [{ compared: { closing: { debit: '4.00' }, closingChange: { percent: '125.00', word: null } } }, {}, {}],
        totals: { compared: { closing: { credit: '4.00' } } },
      },
    ]);
  });

  it.each([
    [{ period: '2025-03' }, 'previous', '2025-02-01', '2025-02-28'],
    [{ period: '2025' }, 'previous', '2024-01-01', '2024-12-31'],
    [{ period: '2025-Q1' }, 'previous', '2024-10-01', '2024-12-31'],
    [{ from: '2025-03-05', to: '2025-03-06' }, 'previous', '2025-03-03', '2025-03-04'],
    [{ period: '2024-02' }, 'year-before', '2023-02-01', '2023-02-28'],
    [{ period: '2025-02' }, 'year-before', '2024-02-01', '2024-02-29'],
    [{ from: '2025-03-05', to: '2025-03-06' }, 'year-before', '2024-03-05', '2024-03-06'],
  ])('compares %j with %s, from %s to %s', async (parameters, compareWith, from, to) => {
    await log.follow();
    const checked = checkParameters(trialBalanceQuestion, { ...parameters, compareWith }, BEFORE_ADOPTION);
    const { body } = await trialBalanceQuestion.ask(log.asking(), checked);
    expect(body).toMatchObject({ comparedWith: { from, to } });
  });

  it.each(['2024-02-30..2024-03-01', '2024-03-02..2024-03-01'])('refuses to compare with %s', async (compareWith) => {
    await expect(printed({ compareWith })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'compare-with',
      details: [{ pointer: 'compareWith', got: compareWith }],
    });
  });

  it.each([
    [{}, '2025-12-01', '2025-12-31'],
    [{ to: '2025-05-20' }, '2025-05-01', '2025-05-20'],
    [{ period: '2025-Q4' }, '2025-10-01', '2025-12-31'],
    [{ period: '2024-02' }, '2024-02-01', '2024-02-29'],
    [{ period: '2025' }, '2025-01-01', '2025-12-31'],
  ])('of %j is from %s to %s', async (parameters, from, to) => {
    await log.follow();
    const { body } = await trialBalanceQuestion.ask(log.asking('2025-12-31'), parameters);
    expect(body).toMatchObject({ from, to });
  });

  it('refuses a period beside other days', async () => {
    await expect(printed({ period: '2025-05', to: '2025-05-31' })).rejects.toMatchObject({ code: 'period-and-days' });
  });
});

const NOTHING = ['|合计|0.00|0.00|0.00|0.00|0.00|0.00|0.00|0.00', '|试算平衡（借方－贷方）|0.00||0.00||0.00||0.00|'];
