import { copyLog } from '../src/event-store/copy.js';
import { openStore, openStoreForReading } from '../src/event-store/open-store.js';
import { KurrentDbDouble } from '../test/kurrentdb/double.js';

/**
 * The wire-level double with a copy of a log, and with what other programs have written before, between and behind it.
 * Arguments: log, mark, how many events of others at each of the three; none for an empty one. Sends its address, then
 * serves.
 */
const [log, mark, others] = process.argv.slice(2) as [string?, string?, string?];
const double = new KurrentDbDouble();
await double.start();
if (log !== undefined && mark !== undefined) await fill(log, mark, Number.parseInt(others ?? '0', 10));
process.send!(double.url);

async function fill(logPath: string, markPath: string, count: number): Promise<void> {
  const source = await openStoreForReading({ store: 'sqlite', log: logPath, mark: markPath });
  const half = Math.floor((await source.head()) / 2);
  const target = await openStore({ store: 'kurrentdb', url: double.url });
  const keyOf = ({ stream, revision }: { stream: string; revision: number }) => ({
    key: `${stream}-${revision}`,
    keyIndexed: false,
  });
  let isBetween = false;
  double.recordForeign(count);
  await copyLog(source, target, keyOf, (position) => {
    if (isBetween || position < half) return;
    isBetween = true;
    double.recordForeign(count);
  });
  double.recordForeign(count);
  await target.close();
  await source.close();
}
