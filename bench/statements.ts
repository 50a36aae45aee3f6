import { balanceSheetQuestion } from '../projections/balance-sheet/query.js';
import { incomeExpenditureQuestion } from '../projections/income-expenditure/query.js';
import { type IntervalParameters } from '../projections/asking/interval.js';
import { poolingMatrixQuestion } from '../projections/pooling-matrix/query.js';
import { type Asking, type Question } from '../projections/asking/question.js';
import { ReadTables } from '../projections/following/read-tables.js';
import { BEFORE_ADOPTION } from '../src/reference/built-in.js';
import { openStoreForReading } from '../src/event-store/open-store.js';
import { dayInShanghai } from '../src/time/clock.js';
import { dataPaths } from '../src/data-directory.js';
import { atMost, type Figure, percentile } from './figure.js';
import { ledgerOf } from './large-ledger.js';

const ASKED = 500;
const WARM_AFTER = 50;
const STATEMENT_MS = 10;
const MATRIX_MS = 30;

/** The statutory statements of one unit, and who funded whom over all of them, month by month. */
export async function statements(directory: string): Promise<Figure[]> {
  const { read, log, mark } = dataPaths(ledgerOf(directory));
  const tables = new ReadTables(read);
  const store = await openStoreForReading({ store: 'sqlite', log, mark });
  const today = dayInShanghai(Date.now());
  const waitFor = (): Promise<void> => Promise.resolve();
  const asking: Asking = { tables, store, reference: BEFORE_ADOPTION, today, clock: Date.now, waitFor };
  const units = BEFORE_ADOPTION.ever.units.all.map(({ code }) => code);
  const oneUnit = (index: number) => ({ fund: 'employee', unit: units[index % units.length]!, to: monthEnd(index) });
  const figures = [
    await time('收支表 of one unit, p99', STATEMENT_MS, asking, incomeExpenditureQuestion, oneUnit),
    await time('资产负债表 of one unit, p99', STATEMENT_MS, asking, balanceSheetQuestion, oneUnit),
    await time('pooling matrix of a fund, p99', MATRIX_MS, asking, poolingMatrixQuestion, (index) => ({
      fund: 'resident',
      to: monthEnd(index),
    })),
  ];
  tables.close();
  await store.close();
  return figures;
}

const monthEnd = (index: number): string => ['2025-01-31', '2025-02-28', '2025-03-31', '2025-04-30'][index % 4]!;

async function time<P extends IntervalParameters>(
  name: string,
  most: number,
  asking: Asking,
  question: Question<P>,
  parametersOf: (index: number) => P,
): Promise<Figure> {
  const times: number[] = [];
  for (let index = 0; index < ASKED; index += 1) {
    const started = performance.now();
    await question.ask(asking, parametersOf(index));
    if (index >= WARM_AFTER) times.push(performance.now() - started);
  }
  return atMost(name, percentile(times, 99), most, `p50 ${percentile(times, 50).toFixed(2)} ms, ${times.length} asked`);
}
