import { copyLog } from '../src/event-store/copy.js';
import { openStore, openStoreForReading } from '../src/event-store/open-store.js';
import { KurrentDbDouble } from '../test/kurrentdb/double.js';

/** The wire-level double of KurrentDB with a copy of a log. Arguments: log, mark. Sends its address, then serves. */
const [log, mark] = process.argv.slice(2) as [string, string];
const double = new KurrentDbDouble();
await double.start();
const source = await openStoreForReading({ store: 'sqlite', log, mark });
const target = await openStore({ store: 'kurrentdb', url: double.url });
const keyOf = ({ stream, revision }: { stream: string; revision: number }) => ({
  key: `${stream}-${revision}`,
  keyIndexed: false,
});
await copyLog(source, target, keyOf, () => undefined);
await target.close();
await source.close();
process.send!(double.url);
