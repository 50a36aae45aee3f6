import { parentPort, workerData } from 'node:worker_threads';
import { type StorePlace } from '../../src/event-store/event-store.js';
import { openStoreForReading } from '../../src/event-store/open-store.js';
import { type ChunkAnswer, type ChunkRequest } from './chunks.js';
import { fingerprintOf } from './fit.js';
import { applyAll } from './follow.js';
import { projectionsOver } from '../followed.js';
import { RowBuffer } from './row-buffer.js';
import { standBack } from '../../src/time/stand-back.js';

/** A thread that turns chunks of the log into rows, for the one that writes them. */
standBack();
const { place, names } = workerData as { place: StorePlace; names: readonly string[] };
const PAGE = 1_000;
const store = await openStoreForReading(place);
const projections = names.map((name) => projectionsOver(place.store).find((each) => each.name === name)!);

parentPort!.on('message', (request: ChunkRequest) => {
  void rowsOf(request).then((answer) => parentPort!.postMessage(answer));
});

async function rowsOf({ after, upTo }: ChunkRequest): Promise<ChunkAnswer> {
  const buffers = projections.map(() => new RowBuffer());
  let events = 0;
  let last = { position: after, fingerprint: '' };
  for await (const page of store.readAll({ after, live: false, batch: Math.min(PAGE, upTo - after) })) {
    const own = page.filter(({ position }) => position <= upTo);
    events += own.length;
    const { position } = last;
    const end = own.at(-1);
    if (end) last = { position: end.position, fingerprint: fingerprintOf(end) };
    try {
      applyAll(projections, own, buffers, position);
    } catch {
      // Which event it is, and why, is found out by the one that asked: it goes through this chunk event by event.
      return { last, events, rows: undefined };
    }
    if (page.at(-1)!.position >= upTo) break;
  }
  return { last, events, rows: projections.map(({ tables }, index) => buffers[index]!.rowsOf(tables)) };
}
