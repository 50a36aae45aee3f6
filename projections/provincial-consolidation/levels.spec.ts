import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Entry } from '../../src/books/entries.js';
import { text } from '../../src/errors.js';
import { BUILT_IN } from '../../src/reference/built-in.js';
import { Reference } from '../../src/reference/reference.js';
import { ALWAYS, type UnitRow } from '../../src/reference/rows.js';
import { FollowedLog } from '../../test/followed-log.js';
import { fundBalance } from '../fund-balance/projection.js';
import { provincialConsolidation } from './projection.js';
import { consolidationQuestion } from './query.js';

/** A made-up province of three levels: two cities, five counties. */
const UNITS: Readonly<Record<string, string | undefined>> = {
  '990000': undefined,
  '990100': '990000',
  '990200': '990000',
  '990101': '990100',
  '990102': '990100',
  '990201': '990200',
  '990202': '990200',
  '990203': '990200',
};
const rows = Object.entries(UNITS).map(([code, parent]): UnitRow => ({
  code,
  from: ALWAYS,
  name: text(`单位${code}`, `Unit ${code}`),
  ...(parent !== undefined && { parent }),
  closed: false,
}));
const reference = new Reference([{ revision: 0, position: 0, rows: { ...BUILT_IN.rows, units: rows } }]);

const bank = (amount: string): Entry => ({ account: 'fiscal-account', debit: amount });
const paid = (amount: string): Entry => ({ account: 'fiscal-account', credit: amount });

/** The units and their closing balances, as they are printed. */
const SHEET: readonly (readonly [string, bigint | null])[] = [
  ['990000 Unit 990000', 115_00n],
  ['990100 Unit 990100', 105_00n],
  ['990101 Unit 990101', 90_00n],
  ['990102 Unit 990102', 90_00n],
  ['Subtotal 990100 Unit 990100 and below', 285_00n],
  ['990200 Unit 990200', 100_00n],
  ['990201 Unit 990201', 90_00n],
  ['990202 Unit 990202', 90_00n],
  ['990203 Unit 990203', 90_00n],
  ['Subtotal 990200 Unit 990200 and below', 380_00n],
  ['Sum of books', 770_00n],
  ['Eliminated', null],
  ['In transit', 30_00n],
  ['Consolidated', 800_00n],
];

describe('a consolidation of three levels', () => {
  let log: FollowedLog;
  beforeEach(() => {
    log = new FollowedLog([fundBalance, provincialConsolidation]);
  });
  afterEach(() => log.close());

  const post = (unit: string, entries: readonly Entry[], more: Readonly<Record<string, string>> = {}) =>
    log.append({ fund: 'resident', unit, businessDate: '2025-03-10', entries: [...entries], ...more });
  /** What a unit sends up arrives above, unless it is said to be on its way. */
  async function remit(unit: string, amount: string, arrives = true): Promise<void> {
    const above = UNITS[unit]!;
    const transferId = `T-${unit}`;
    const sent = [{ account: 'expenditure.to-above', debit: amount }, paid(amount)];
    await post(unit, sent, { toUnit: above, transferId });
    if (!arrives) return;
    const received = [bank(amount), { account: 'income.from-below', credit: amount }];
    await post(above, received, { fromUnit: unit, transferId });
  }

  it('gives each city with its counties as one, and adds up to the province', async () => {
    for (const unit of Object.keys(UNITS))
      await post(unit, [bank('100.00'), { account: 'income.premiums', detail: 'resident', credit: '100.00' }]);
    for (const unit of ['990101', '990102', '990201', '990202', '990203'])
      await remit(unit, '10.00', unit !== '990203');
    await remit('990100', '15.00');
    await remit('990200', '20.00', false);
    await log.follow();
    const { body, sheets } = await consolidationQuestion.ask(
      { ...log.asking(), reference },
      { fund: 'resident', from: '2025-01-01', to: '2025-12-31' },
    );
    const [fund] = (body as unknown as { funds: readonly Record<string, unknown>[] }).funds;
    expect(fund).toMatchObject({
      opening: '0.00',
      income: '800.00',
      expenditure: '0.00',
      closing: '800.00',
      inTransit: { opening: '0.00', closing: '30.00' },
      subtotals: [
        {
          unit: '990100',
          units: ['990100', '990101', '990102'],
          opening: '0.00',
          ownIncome: '300.00',
          fromAbove: '0.00',
          fromBelow: '0.00',
          ownExpenditure: '0.00',
          toBelow: '0.00',
          toAbove: '15.00',
          closing: '285.00',
          inTransit: { opening: '0.00', closing: '0.00' },
        },
        {
          unit: '990200',
          units: ['990200', '990201', '990202', '990203'],
          ownIncome: '400.00',
          toAbove: '20.00',
          closing: '380.00',
          inTransit: { opening: '0.00', closing: '10.00' },
        },
      ],
    });
    const sheet = sheets.find(({ name }) => name === 'worksheet-resident')!;
    expect(sheet.rows.map(([unit, ...cells]) => [(unit as { en: string }).en, cells.at(-1)])).toEqual(SHEET);
  });
});
