import { afterAll, describe, expect, it } from '@jest/globals';
import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { areEqual, comparePublished, comparisonSheet } from '../../examples/hainan-2025/compare.js';
import { nextSteps } from '../../src/cli/demo/next-steps.js';
import { checkCommand } from '../../src/kinds/check.js';
import { prepare } from '../../src/kinds/prepare.js';
import { findKind } from '../../src/catalogue/registry.js';
import { runProgram, temporaryDirectory } from '../service.js';

const directory = temporaryDirectory();
afterAll(() => rmSync(directory, { recursive: true }));

const demo = (...words: readonly string[]) =>
  runProgram(['--lang', 'zh', '--data', join(directory, 'demo'), ...words], { LANG: 'zh_CN.UTF-8' });

/** The cells of a printed row, by its first cell. */
const rowOf = (printed: string, name: string): string[] => {
  const row = printed.split('\n').find((line) => line.startsWith(name));
  return row?.trim().split(/\s{2,}/) ?? [];
};

describe('the demo', () => {
  it('prints the published table from replayed events, and posts nothing twice', async () => {
    const first = await demo('demo', '--once');
    expect(first.code).toBe(0);
    expect(rowOf(first.stdout, '职工基本医疗保险基金').slice(1)).toEqual(['372.65', '54.68', '40.17', '387.16']);
    expect(rowOf(first.stdout, '城乡居民基本医疗保险基金').slice(1)).toEqual(['68.52', '27.95', '24.34', '72.13']);
    expect(rowOf(first.stdout, '基本医疗保险合计').slice(1)).toEqual(['441.17', '82.63', '64.51', '459.29']);
    expect(first.stdout).toContain('SJ-employee-2025-05-460200');
    expect(first.stdout).toContain('13,131.56');
    expect(first.stdout).toContain('1,638.70');
    expect(first.stdout).toContain('已与公布数一致：17 项，差额均为 0.00 元。');
    expect(first.stdout).toContain('已记账 24000 张');
    const again = await demo('demo', '--once');
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('一张未重复记账：24000 行此前均已入账，本次记账 0 张');
    expect(tables(again.stdout)).toBe(tables(first.stdout));
  }, 300_000);

  it('is answered by report, and its feed fits its control totals', async () => {
    const report = await demo('--json', 'report', 'fund-balance', '--as-of', '2025-05-31');
    const { basicInsurance } = JSON.parse(report.stdout) as { basicInsurance: Record<string, string> };
    expect(basicInsurance).toMatchObject({
      income: '8263000000.00',
      expenditure: '6451000000.00',
      closing: '45929000000.00',
    });
    const control = join(directory, 'demo/feed.control.json');
    const committed = readFileSync('examples/hainan-2025/control.json', 'utf8');
    expect(readFileSync(control, 'utf8')).toBe(committed);
    const imported = await demo('import', join(directory, 'demo/feed.csv'), '--control', control);
    expect(imported.code).toBe(0);
  }, 240_000);

  it('says so when another version of the example is there', async () => {
    const feed = join(directory, 'other.csv');
    expect((await demo('generate', '--seed', 'other', '--events', '10000', '--out', feed)).code).toBe(0);
    const refused = await demo('import', feed);
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain('book-already-open');
  }, 240_000);

  it.each([['9999'], ['0'], ['-1'], ['1e6'], ['many']])(
    'generates no %s lines',
    async (events) => {
      const { code, stderr } = await demo('generate', `--events=${events}`, '--out', join(directory, 'none.csv'));
      expect(code).toBe(2);
      expect(stderr).toContain('10000 至 1000000000');
    },
    240_000,
  );
});

/** Everything printed from the first table on: what comes before names times. */
const tables = (printed: string): string => printed.slice(printed.indexOf('基金收支结余表'));

describe('the next steps', () => {
  it('post a command that the ledger takes', () => {
    const body = /-d '\n(\{.*\})'/s.exec(nextSteps('http://127.0.0.1:3000').en)![1]!;
    const kind = findKind('contribution')!;
    const prepared = prepare(kind, checkCommand(kind, JSON.parse(body), BEFORE_ADOPTION), BEFORE_ADOPTION);
    expect(prepared.command.businessDate > '2025-06-17').toBe(true);
    expect(nextSteps('http://127.0.0.1:3000').zh).toContain(body);
  });
});

describe('the comparison with the published figures', () => {
  const funds = [
    { fund: 'employee', opening: '37265000000.00', income: '5468000000.00', expenditure: '4017000000.00' },
    { fund: 'resident', opening: '6852000000.00', income: '2795000000.00', expenditure: '2434000000.00' },
    { fund: 'assistance', expenditure: '102000000.00' },
  ];
  const closings: Record<string, string> = { employee: '38716000000.00', resident: '7213000000.00' };
  const balances = {
    funds: funds.map((fund) => ({ ...fund, closing: closings[fund.fund] })),
    basicInsurance: {
      opening: '44117000000.00',
      income: '8263000000.00',
      expenditure: '6451000000.00',
      closing: '45929000000.00',
    },
  };
  const enforcement = {
    penalties: { sum: '16387000.00' },
    recoveries: { channels: [{ channel: 'self-check', sum: '75762900.00' }], cashIntoFunds: { sum: '131315600.00' } },
  };

  it('finds every figure equal', () => {
    const compared = comparePublished(balances, enforcement);
    expect(compared).toHaveLength(17);
    expect(areEqual(compared)).toBe(true);
    expect(comparisonSheet(compared).notes).toEqual([
      {
        zh: '已与公布数一致：17 项，差额均为 0.00 元。',
        en: 'Equals the published figures: 17 of them, to the fen.',
      },
    ]);
  });

  it('shows a difference of one fen, and a figure that is not there', () => {
    const other = { ...balances, basicInsurance: { ...balances.basicInsurance, closing: '45929000000.01' } };
    const compared = comparePublished({ ...other, funds: balances.funds.slice(0, 2) }, enforcement);
    expect(areEqual(compared)).toBe(false);
    const differing = comparisonSheet(compared).rows.filter(([, , , difference]) => difference !== 0n);
    expect(differing.map(([, , , difference]) => difference)).toEqual([1n, -10_200_000_000n]);
    expect(comparisonSheet(compared).notes![0]!.en).toContain('Differs from the published figures: 2 of 17');
  });
});
