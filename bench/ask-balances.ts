import { fundBalanceQuestion } from '../projections/fund-balance/query.js';
import { ReadTables } from '../projections/following/read-tables.js';
import { dataPaths } from '../src/data-directory.js';
import { openStoreForReading } from '../src/event-store/open-store.js';
import { BEFORE_ADOPTION } from '../src/reference/built-in.js';
import { dayInShanghai } from '../src/time/clock.js';
import { type AskedBalances, randomQuestions } from './balance-questions.js';
import { percentile } from './figure.js';

/**
 * Balances on both axes, asked one after the other in a process of its own: what benchmarks before it have left in
 * memory would be gone through by the collector again and again. Argument: the data directory.
 */
const { log, mark, read } = dataPaths(process.argv[2]!);
const tables = new ReadTables(read);
const store = await openStoreForReading({ store: 'sqlite', log, mark });
const questions = randomQuestions(await store.head());
const today = dayInShanghai(Date.now());
const waitFor = (): Promise<void> => Promise.resolve();
const times: number[] = [];
for (const [index, parameters] of questions.entries()) {
  const started = performance.now();
  const asking = { tables, store, reference: BEFORE_ADOPTION, today, clock: Date.now, waitFor };
  await fundBalanceQuestion.ask(asking, parameters);
  // The first tenth is not timed: it is compiled while it runs.
  if (index >= questions.length / 10) times.push(performance.now() - started);
}
tables.close();
await store.close();
const [p50, p99] = [percentile(times, 50), percentile(times, 99)];
process.stdout.write(JSON.stringify({ p50, p99, asked: times.length } satisfies AskedBalances));
