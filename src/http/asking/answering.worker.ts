import { parentPort, workerData } from 'node:worker_threads';
import { lastShown } from '../../../projections/asking/last-shown.js';
import { ReadTables } from '../../../projections/following/read-tables.js';
import { openStoreForReading } from '../../event-store/open-store.js';
import { type StorePlace } from '../../event-store/event-store.js';
import { standBack } from '../../time/stand-back.js';
import { answerOver } from './answering.js';

/** The thread that answers long questions. It is ended from outside. */
const { place, read } = workerData as { place: StorePlace; read: string };

standBack('awaited');
const tables = new ReadTables(read);
const store = await openStoreForReading(place, undefined, { known: () => lastShown(read) });
answerOver(parentPort!, { store, tables });
