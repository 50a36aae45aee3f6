import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { effectOf, type Entry, parseLedgerLine } from '../../src/books/entries.js';
import { formatFen, parseFen } from '../../src/money.js';
import { isPending, kindOf } from '../../src/reference/account-kinds.js';
import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { FollowedLog, type GivenEvent } from '../../test/followed-log.js';
import { SEED } from '../../test/seed.js';
import { balanceSheetQuestion } from '../balance-sheet/query.js';
import { budgetExecution } from '../budget-execution/projection.js';
import { finalAccountsQuestion } from '../final-accounts/query.js';
import { fundBalance } from '../fund-balance/projection.js';
import { fundBalanceQuestion } from '../fund-balance/query.js';
import { incomeExpenditureQuestion } from '../income-expenditure/query.js';
import { netAssets } from '../net-assets/projection.js';
import { netAssetsQuestion } from '../net-assets/query.js';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import { type Question } from '../asking/question.js';

const TO = '2025-05-31';
const UNITS = ['460000', '460100', '460200'];
const DAYS = ['2024-03-15', '2024-12-31', '2025-01-01', '2025-04-30', '2025-05-31', '2025-06-01'];
const CHART = BEFORE_ADOPTION.ever.chart;

/** Every ledger line of the employee fund but the bank account that the others are posted against. */
const LINES = CHART.all
  .filter(({ key }) => key !== 'fiscal-account' && CHART.isUsable(key, undefined, 'employee'))
  .flatMap(({ key, share }) =>
    (share === undefined ? [undefined] : (['pool', 'personal'] as const)).map((each) => ({
      account: key,
      ...(each !== undefined && { share: each }),
    })),
  );

const AMOUNT = fc.bigInt(1n, 1_000_000_000n);
const MOVED = fc.record({
  unit: fc.constantFrom(...UNITS),
  day: fc.constantFrom(...DAYS),
  line: fc.constantFrom(...LINES),
  fen: AMOUNT,
  isDebit: fc.boolean(),
});
const OPENED = fc.record({
  unit: fc.constantFrom(...UNITS),
  day: fc.constantFrom(...DAYS),
  cash: AMOUNT,
  owed: AMOUNT,
  personal: AMOUNT,
  isTakenBack: fc.boolean(),
});
const ON_ITS_WAY = fc.record({ unit: fc.constantFrom('460100', '460200'), fen: AMOUNT });
const LEDGER = fc.record({
  opened: fc.array(OPENED, { maxLength: 4 }),
  onItsWay: fc.array(ON_ITS_WAY, { maxLength: 2 }),
  moved: fc.array(MOVED, { minLength: 1, maxLength: 40 }),
});
type Ledger = typeof LEDGER extends fc.Arbitrary<infer T> ? T : never;

const post = (isDebit: boolean, where: Omit<Entry, 'debit' | 'credit'>, fen: bigint): Entry =>
  isDebit ? { ...where, debit: formatFen(fen) } : { ...where, credit: formatFen(fen) };

type Voucher = GivenEvent & { readonly entries: Entry[]; readonly isTakenBack?: boolean };

/** The vouchers of a ledger as they are recorded; what is taken back is followed by its reversal. */
function vouchersOf({ opened, moved }: Ledger): Voucher[] {
  const at = { fund: 'employee' };
  return [
    ...opened.map(({ unit, day, cash, owed, personal, isTakenBack }) => ({
      ...at,
      unit,
      businessDate: day,
      kind: 'opening-balance',
      isTakenBack,
      entries: [
        post(true, { account: 'fiscal-account' }, cash + owed),
        post(false, { account: 'suspense.other' }, owed),
        post(false, { account: 'net.pool' }, cash - personal),
        post(false, { account: 'net.personal' }, personal),
      ],
    })),
    ...moved.map(({ unit, day, line, fen, isDebit }) => ({
      ...at,
      unit,
      businessDate: day,
      kind: 'given',
      entries: [post(isDebit, line, fen), post(!isDebit, { account: 'fiscal-account' }, fen)],
    })),
  ];
}

const inRed = ({ debit, credit, ...where }: Entry): Entry => {
  const amount = -parseFen(debit ?? credit!);
  return post(debit !== undefined, where, amount);
};

/** What a month's close carries: income and expenditure to the fund balance, line by line. */
function closeOf(entries: readonly Entry[]): Entry[] {
  return entries.flatMap((entry) => {
    const { account, share = 'pool', detail } = entry;
    const kind = kindOf(account);
    if ((kind !== 'income' && kind !== 'expenditure') || isPending(account)) return [];
    const effect = effectOf(entry);
    const where = { account, share, ...(detail !== undefined && { detail }) };
    const empties = kind === 'income';
    return [
      post(empties, where, empties ? -effect : effect),
      post(!empties, { account: `net.${share}` }, empties ? -effect : effect),
    ];
  });
}

type Line = Readonly<Record<string, string>>;
interface Fund {
  readonly assets: readonly Line[];
  readonly liabilitiesAndNetAssets: readonly Line[];
  readonly lines: readonly Line[];
  readonly balanced: unknown;
  readonly ties: boolean;
  readonly income: readonly Line[];
  readonly expenditure: readonly Line[];
}

let log: FollowedLog;
afterEach(() => log.close());

async function ask(question: Question, parameters: Record<string, string>) {
  await log.follow();
  const asked: object = { fund: 'employee', to: TO, ...parameters };
  return question.ask(log.asking(), asked);
}
const fundOf = async (question: Question, parameters: Record<string, string>): Promise<Fund> =>
  ((await ask(question, parameters)).body['funds'] as readonly Fund[])[0]!;

async function record(ledger: Ledger): Promise<void> {
  log = new FollowedLog([fundBalance, provincialConsolidation, netAssets, budgetExecution]);
  for (const { isTakenBack, ...event } of vouchersOf(ledger)) {
    const id = await log.append(event);
    if (isTakenBack === true)
      await log.append({ ...event, kind: 'reversal', reverses: id, entries: event.entries.map(inRed) });
  }
  for (const [index, { unit, fen }] of ledger.onItsWay.entries())
    await log.append({
      kind: 'transfer-opening',
      stream: `transfer-openings-employee-${unit}`,
      fund: 'employee',
      unit,
      businessDate: '2025-01-01',
      direction: 'up',
      toUnit: '460000',
      transferId: `T-${index}`,
      amount: formatFen(fen),
    });
}

/** What the vouchers that stand come to on some accounts up to a day, debit positive, added up by itself. */
function sumUp(ledger: Ledger, to: string, units: readonly string[], isWanted: (account: string) => boolean): bigint {
  return vouchersOf(ledger)
    .filter(({ isTakenBack, businessDate, unit }) => !isTakenBack && businessDate <= to && units.includes(unit))
    .flatMap(({ entries }) => entries)
    .filter(({ account }) => isWanted(account))
    .reduce((sum, entry) => sum + effectOf(entry), 0n);
}

const isOf =
  (...kinds: string[]) =>
  (account: string): boolean =>
    kinds.includes(kindOf(parseLedgerLine(account).account)!);

const amountsOf = ({ assets, liabilitiesAndNetAssets }: Fund): Map<string, bigint[]> =>
  new Map(
    [...assets, ...liabilitiesAndNetAssets].map(({ line, beginning, end }) => [
      line!,
      [parseFen(beginning!), parseFen(end!)],
    ]),
  );

async function tieSheet(ledger: Ledger, parameters: Record<string, string>, units: readonly string[]) {
  const sheet = await fundOf(balanceSheetQuestion, parameters);
  const amounts = amountsOf(sheet);
  const at = (line: string, column: 0 | 1): bigint => amounts.get(line)?.[column] ?? 0n;
  expect(sheet.balanced).toEqual({ beginning: true, end: true });
  expect(at('assets', 1) - at('in-transit', 1)).toBe(sumUp(ledger, TO, units, isOf('asset')));
  expect(at('liabilities', 1)).toBe(-sumUp(ledger, TO, units, isOf('liability')));
  for (const column of [0, 1] as const) {
    expect(at('3001', column)).toBe(at('3001/pool', column) + at('3001/personal', column) + at('3001/pending', column));
    expect(at('net-assets', column)).toBe(at('3001', column) + at('3101', column));
  }
  // What net assets grew by is the surplus, and what was put right in them directly.
  const { lines } = await fundOf(incomeExpenditureQuestion, parameters);
  const surplus = parseFen(lines.find(({ line }) => line === 'surplus')!['yearToDate']!);
  const openings = new Set(['opening-balance']);
  const direct = vouchersOf(ledger)
    .filter(({ kind, unit, businessDate }) => !openings.has(kind!) && units.includes(unit) && businessDate <= TO)
    .filter(({ businessDate }) => businessDate >= '2025-01-01')
    .flatMap(({ entries }) => entries)
    .filter(({ account }) => isOf('net')(account))
    .reduce((sum, entry) => sum - effectOf(entry), 0n);
  expect(at('net-assets', 1) - at('net-assets', 0)).toBe(surplus + direct);
  const changes = await fundOf(netAssetsQuestion, parameters);
  const totals = ['opening', 'closing'].map((key) =>
    parseFen(changes.lines.find(({ line }) => line === key)!['total']!),
  );
  expect([changes.ties, ...totals]).toEqual([true, at('net-assets', 0), at('net-assets', 1)]);
  const accounts = await fundOf(finalAccountsQuestion, parameters);
  const executed = (side: readonly Line[], key: string): bigint =>
    parseFen(side.find(({ line }) => line === key)!['executed']!);
  expect(executed(accounts.income, 'income-total')).toBe(executed(accounts.expenditure, 'expenditure-total'));
  expect(executed(accounts.expenditure, 'closing')).toBe(at('net-assets', 1));
  expect(executed(accounts.expenditure, 'surplus')).toBe(surplus);
  return { amounts, netAssets: at('net-assets', 1) };
}

describe('over any ledger, the statements', () => {
  it('tie: side to side, to entries, to the fund table, to income and expenditure, units to the province', async () => {
    const property = fc.asyncProperty(LEDGER, async (ledger) => {
      await record(ledger);
      const sums = new Map<string, bigint[]>();
      for (const unit of UNITS) {
        const { amounts, netAssets: net } = await tieSheet(ledger, { unit }, [unit]);
        for (const [line, [beginning, end]] of amounts) {
          const before = sums.get(line) ?? [0n, 0n];
          sums.set(line, [before[0]! + beginning!, before[1]! + end!]);
        }
        const { body } = await ask(fundBalanceQuestion, { unit });
        for (const book of body['books'] as readonly Line[]) expect(formatFen(net)).toBe(book['closing']);
      }
      const province = await tieSheet(ledger, {}, UNITS);
      for (const [line, amounts] of province.amounts)
        if (/^(1|2)/.test(line)) expect([line, amounts]).toEqual([line, sums.get(line)]);
      const [table] = (await ask(fundBalanceQuestion, {})).body['funds'] as readonly Line[];
      if (table) expect(formatFen(province.netAssets)).toBe(table['closing']);
      log.close();
    });
    await fc.assert(property, { seed: SEED, numRuns: 15 });
  });

  it('are the same whether months are closed or not', async () => {
    const property = fc.asyncProperty(LEDGER, async (ledger) => {
      await record(ledger);
      const figures = async () => {
        const questions: Question[] = [balanceSheetQuestion, incomeExpenditureQuestion, netAssetsQuestion];
        const asked: Record<string, string>[] = [{}, { unit: UNITS[1]! }, { to: '2025-12-31', form: 'yearly' }];
        return Promise.all(
          questions.flatMap((question) =>
            asked.map(async (each) => (await ask(question, each)).sheets.map(({ rows }) => rows)),
          ),
        );
      };
      const before = await figures();
      for (const [index, event] of vouchersOf(ledger).entries()) {
        const entries = closeOf(event.entries);
        if (entries.length === 0 || index % 3 === 0) continue;
        const businessDate = event.businessDate.replace(/..$/, event.businessDate.slice(5, 7) === '04' ? '30' : '28');
        await log.append({ ...event, kind: 'period-close', businessDate, entries });
      }
      expect(await figures()).toEqual(before);
      log.close();
    });
    await fc.assert(property, { seed: SEED + 1, numRuns: 10 });
  });
});
