import { afterEach, describe, expect, it } from '@jest/globals';
import { Books } from '../../src/books/handle.js';
import { FollowedLog } from '../../test/followed-log.js';
import { FROM_LOG, type Incoming, opened, requestOf } from '../../test/given-when-then.js';
import { auditTrail } from '../audit-trail/projection.js';
import { type LikelyDuplicatesParameters, likelyDuplicatesQuestion } from './query.js';

const logs: FollowedLog[] = [];
afterEach(() => {
  for (const log of logs.splice(0)) log.close();
});

interface Voucher {
  readonly id: string;
  readonly reversedBy: string | null;
  readonly hasFinding: boolean;
  readonly [field: string]: unknown;
}
interface Found {
  readonly position: number;
  readonly count: number;
  readonly settled: number;
  readonly sums: readonly unknown[];
  readonly groups: readonly { readonly vouchers: readonly Voucher[]; readonly [field: string]: unknown }[];
}

/** A ledger that is asked for what is likely recorded twice, posted by a release that knew nothing of it or by this. */
class Ledger {
  readonly log = new FollowedLog([auditTrail]);
  private readonly books: Books;
  private keys = 0;

  constructor(findsDuplicates: boolean) {
    logs.push(this.log);
    const clock = (): number => Date.UTC(2026, 11, 31) + this.keys * 1_000;
    this.books = new Books(this.log.store, clock, undefined, findsDuplicates ? FROM_LOG : undefined);
  }

  async post(...commands: Incoming[]): Promise<void> {
    for (const command of commands) await this.books.post(requestOf(command, `key-${(this.keys += 1)}`));
  }

  async ask(parameters: LikelyDuplicatesParameters = {}): Promise<Found> {
    await this.log.follow();
    const { position, body } = await likelyDuplicatesQuestion.ask(this.log.asking(), parameters);
    return { position, ...body } as unknown as Found;
  }

  async ids(parameters: LikelyDuplicatesParameters = {}): Promise<string[][]> {
    return (await this.ask(parameters)).groups.map(({ vouchers }) => vouchers.map(({ id }) => id));
  }
}

const paid = (more: Partial<Incoming> = {}): Incoming => ({
  kind: 'contribution',
  poolShare: undefined,
  personalShare: undefined,
  ...more,
});
const haikou = (revision: number): string => `book-employee-460100-${revision}`;
const takeBack = (revision: number): Incoming => ({ kind: 'reversal', reverses: haikou(revision) });

describe.each([
  ['with findings', true],
  ['by a release that said nothing', false],
])('likely duplicates recorded %s', (_, findsDuplicates) => {
  it('are listed with everything about each, and what may be too much', async () => {
    const ledger = new Ledger(findsDuplicates);
    await ledger.post(paid(), paid({ amount: '7.00' }), paid({ note: 'again', maker: 'zhao' }));
    const { position, count, settled, sums, groups } = await ledger.ask();
    expect({ position, count, settled }).toEqual({ position: 3, count: 1, settled: 0 });
    expect(sums).toEqual([{ fund: 'employee', kind: 'contribution', groups: 1, vouchers: 1, tooMuch: '1234.50' }]);
    expect(groups).toEqual([
      {
        fund: 'employee',
        unit: '460100',
        kind: 'contribution',
        businessDate: '2025-05-12',
        amount: '1234.50',
        counterparty: 'E-0001',
        evidence: { kind: 'tax-receipt', number: 'HK-2025-000123', sha256: 'ab'.repeat(32) },
        standing: 2,
        tooMuch: '1234.50',
        vouchers: [
          {
            id: haikou(0),
            position: 1,
            voucherNumber: '2025-05-收-0001',
            recordedAt: '2026-12-31T00:00:01.000Z',
            key: 'key-1',
            maker: 'wang',
            reviewer: 'li',
            note: '五月职工医保费',
            reversedBy: null,
            hasFinding: false,
            links: { voucher: `/v1/vouchers/${haikou(0)}` },
          },
          {
            id: haikou(2),
            position: 3,
            voucherNumber: '2025-05-收-0003',
            recordedAt: '2026-12-31T00:00:03.000Z',
            key: 'key-3',
            maker: 'zhao',
            reviewer: 'li',
            note: 'again',
            reversedBy: null,
            hasFinding: findsDuplicates,
            links: { voucher: `/v1/vouchers/${haikou(2)}` },
          },
        ],
      },
    ]);
  });

  it('are none where nothing is the same, not even an opening recorded again and two reversals', async () => {
    const ledger = new Ledger(findsDuplicates);
    await ledger.post(
      opened(),
      paid(),
      paid({ unit: '460200' }),
      paid({ fund: 'resident', payer: { kind: 'resident', reference: 'E-0001' } }),
      paid({ businessDate: '2025-05-11' }),
      paid({ evidence: { kind: 'tax-receipt', number: 'HK-2025-000123', sha256: 'cd'.repeat(32) } }),
    );
    await ledger.post(...[1, 2, 3].map((revision) => ({ ...takeBack(revision), businessDate: '2025-05-31' })));
    await ledger.post({ ...takeBack(0), businessDate: '2025-01-01' });
    await ledger.post(opened());
    expect(await ledger.ask()).toMatchObject({ count: 0, settled: 0, sums: [], groups: [] });
  });

  it('that were taken back are shown as such and do not count; a settled group is only counted', async () => {
    const ledger = new Ledger(findsDuplicates);
    await ledger.post(paid(), paid(), paid(), takeBack(1), paid({ amount: '5.00' }), paid({ amount: '5.00' }));
    await ledger.post(takeBack(4));
    const { groups, count, settled, sums } = await ledger.ask();
    expect({ count, settled }).toEqual({ count: 1, settled: 1 });
    expect(sums).toMatchObject([{ groups: 1, vouchers: 1, tooMuch: '1234.50' }]);
    expect(groups[0]!.vouchers.map(({ id, reversedBy }) => [id, reversedBy])).toEqual([
      [haikou(0), null],
      [haikou(1), haikou(3)],
      [haikou(2), null],
    ]);
    const before = await ledger.ask({ recordedAsOf: '3' });
    expect(before).toMatchObject({ position: 3, groups: [{ standing: 3, tooMuch: '2469.00' }] });
    expect(before.groups[0]!.vouchers.map(({ reversedBy }) => reversedBy)).toEqual([null, null, null]);
  });

  it('stand in order of day and book, by fund, unit and interval, and as recorded by a position', async () => {
    const ledger = new Ledger(findsDuplicates);
    const sanya = paid({ unit: '460200', businessDate: '2025-05-13' });
    const early = paid({ businessDate: '2025-05-01' });
    await ledger.post(sanya, early, paid(), sanya, early, paid());
    const [second, first, third] = [
      ['book-employee-460200-0', 'book-employee-460200-1'],
      [haikou(0), haikou(2)],
      [haikou(1), haikou(3)],
    ];
    expect(await ledger.ids()).toEqual([first, third, second]);
    expect(await ledger.ids({ unit: '460100' })).toEqual([first, third]);
    expect(await ledger.ids({ fund: 'resident' })).toEqual([]);
    expect(await ledger.ids({ from: '2025-05-02', to: '2025-05-12' })).toEqual([third]);
    expect(await ledger.ids({ from: '2025-05-13' })).toEqual([second]);
    expect(await ledger.ids({ asOf: '2025-05-01' })).toEqual([first]);
    expect(await ledger.ids({ recordedAsOf: '5' })).toEqual([first, second]);
    expect(await ledger.ask({ limit: '1' })).toMatchObject({ count: 3, groups: [{ businessDate: '2025-05-01' }] });
  });

  it('are exported all, and only as many as a limit says', async () => {
    const ledger = new Ledger(findsDuplicates);
    const days = Array.from({ length: 505 }, (_, index) => paid({ amount: `${index + 1}.00` }));
    await ledger.post(...days, ...days);
    await ledger.log.follow();
    const rowsOf = async (way: 'ask' | 'export', parameters: LikelyDuplicatesParameters) => {
      const { sheets } = await likelyDuplicatesQuestion[way]!(ledger.log.asking(), parameters);
      return Promise.all(
        sheets.map(async ({ rows }) => {
          if (!(Symbol.asyncIterator in rows)) return [...rows];
          const all = [];
          for await (const batch of rows) all.push(...batch);
          return all;
        }),
      );
    };
    const whole = await rowsOf('export', {});
    expect(whole.map((rows) => rows.length)).toEqual([1_010, 1]);
    expect(whole).toEqual(await rowsOf('ask', { limit: '1000' }));
    expect((await rowsOf('export', { limit: '3' }))[0]).toEqual(whole[0]!.slice(0, 6));
    expect((await rowsOf('ask', {}))[0]).toHaveLength(1_000);
  });

  it('among memos are those of one fund and unit, whatever their case', async () => {
    const ledger = new Ledger(findsDuplicates);
    await ledger.post({ kind: 'penalty' }, { kind: 'penalty', caseId: 'X-1' }, { kind: 'penalty', unit: '460200' });
    expect(await ledger.ids()).toEqual([['case-HK-2025-0007-0', 'case-X-1-0']]);
    expect(await ledger.ask()).toMatchObject({
      sums: [{ kind: 'penalty', tooMuch: '250000.00' }],
      groups: [{ counterparty: 'H46010000001', vouchers: [{ voucherNumber: null }, { voucherNumber: null }] }],
    });
  });
});

it('a day of many is walked in turns, and finds the two that are the same', async () => {
  const ledger = new Ledger(false);
  const numbered = (number: number) =>
    paid({ evidence: { kind: 'slip', number: `${number}`, sha256: 'ab'.repeat(32) } });
  await ledger.post(...Array.from({ length: 2_500 }, (_, index) => numbered(index)), numbered(17));
  expect(await ledger.ids()).toEqual([[haikou(17), haikou(2_500)]]);
});

it('the sheets name every voucher in both languages, and add up by fund and kind', async () => {
  const ledger = new Ledger(true);
  await ledger.post(paid(), paid(), takeBack(1), paid());
  await ledger.log.follow();
  const { sheets } = await likelyDuplicatesQuestion.ask(ledger.log.asking(), {});
  expect(sheets.map(({ name }) => name)).toEqual(['duplicates', 'sums']);
  expect(sheets[0]!.rows).toHaveLength(3);
  expect(sheets[0]!.rows[1]).toEqual([
    1,
    '2025-05-12',
    expect.objectContaining({ zh: '职工基本医疗保险基金' }),
    { zh: '海口市', en: 'Haikou' },
    { zh: '缴费', en: 'Contribution' },
    'E-0001',
    123_450n,
    'tax-receipt HK-2025-000123',
    '2025-05-收-0002',
    haikou(1),
    '2026-12-31T00:00:02.000Z',
    { zh: '键 key-2', en: 'key key-2' },
    { zh: '入账时已提示', en: 'found when recorded' },
    { zh: `被 ${haikou(2)} 冲销`, en: `taken back by ${haikou(2)}` },
  ]);
  expect(sheets[0]!.notes).toEqual([{ zh: '疑似重复 1 组', en: 'groups of likely duplicates: 1' }]);
  expect(sheets[1]!.rows).toEqual([[expect.anything(), { zh: '缴费', en: 'Contribution' }, 1, 1, 123_450n]]);
});
