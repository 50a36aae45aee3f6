import { parentPort, workerData } from 'node:worker_threads';
import { type DirectoryPlace, isInPlace } from '../../src/data-place.js';
import { type StorePlace } from '../../src/event-store/event-store.js';
import { openStoreForReading } from '../../src/event-store/open-store.js';
import { type StoreFinding } from '../../src/event-store/store-refusal.js';
import { chunksOf } from './chunks.js';
import { lastShown } from '../asking/last-shown.js';
import { projectionsOver } from '../followed.js';
import { TablesFollower, type TablesStatus } from './tables-follower.js';
import { standBack } from '../../src/time/stand-back.js';

/** What the thread is told: that its file was found damaged, that the log is not what it was, or else to end. */
export type ToFollower =
  | { readonly tell: 'damaged'; readonly file: string; readonly why: string }
  | { readonly tell: 'doubt'; readonly why: string };

/** What it says: how the tables stand, a line for the log, or what it has met. */
export type FromFollower =
  | { readonly status: TablesStatus }
  | { readonly log: string }
  /** An event of others among ours, which only whoever reads the whole log meets. */
  | { readonly met: StoreFinding };

/** What the one thread that follows the log into the read tables is given. */
interface Given {
  readonly place: StorePlace;
  readonly readPath: string;
  /** The data directory: another one at its path has other read tables, which are none of this thread's. */
  readonly directory: DirectoryPlace;
  /** Where the log ended when the thread that answers opened it. */
  readonly end: number;
}

standBack();
const { place, readPath, directory, end } = workerData as Given;
const known = (): number => Math.max(lastShown(readPath), end);
const LIVE_PAUSE_MS = 5;
/**
 * Read tables this near to the end of the log answer: the rest is there in a moment. Positions of an embedded log are
 * events, of a server's the bytes of its log.
 */
const NEAR_END = { sqlite: 1_000, kurrentdb: 1_000_000 } as const;

const port = parentPort!;
const say = (message: FromFollower): void => port.postMessage(message);
const log = (message: string): void => say({ log: message });
const met = (finding: StoreFinding): void => {
  say({ met: finding });
  follower.met(finding);
};
const stop = new AbortController();
const follower = new TablesFollower({
  openStore: () => openStoreForReading(place, log, { known, met }),
  path: readPath,
  isOurs: () => isInPlace(directory),
  projections: projectionsOver(place.store),
  chunks: chunksOf(place, log),
  pauseMs: LIVE_PAUSE_MS,
  near: NEAR_END[place.store],
  report: (status) => say({ status }),
  log,
});
port.on('message', (message: ToFollower | 'stop') => {
  if (message === 'stop') stop.abort();
  else if (message.tell === 'damaged') follower.damaged(message.file, message.why);
  else follower.doubt(message.why);
});
await follower.run(stop.signal);
port.close();
