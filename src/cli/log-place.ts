import { environment, readConfig } from '../config.js';
import { type DataPaths, dataPaths } from '../data-directory.js';
import { demandLedger } from '../data-place.js';
import { visible } from '../text/foreign-text.js';
import { lastShown } from '../../projections/asking/last-shown.js';
import { type EventStore, type StorePlace } from '../event-store/event-store.js';
import { openStoreForReading } from '../event-store/open-store.js';
import { type LedgerOptions, logPlace } from '../ledger.js';
import { type Globals } from './globals.js';
import { toStandardError } from './terminal.js';

const say = (message: string): void => toStandardError(`${visible(message)}\n`);

/** How the environment says the ledger of a command is to be opened. @throws LedgerError invalid */
export function ledgerOptions({ dataDir }: Pick<Globals, 'dataDir'>, log = say): LedgerOptions {
  const { eventStoreUrl, eventStorePrefix, clockBoundDays } = readConfig({ ...environment, DATA_DIR: dataDir });
  return { eventStoreUrl, eventStorePrefix, clockBoundDays, log };
}

/**
 * Where the log is that a command reads, and the files of its data directory.
 * @throws LedgerError unavailable, where the log is to be a file and there is none
 */
export function demandLog({ dataDir }: Pick<Globals, 'dataDir'>): { place: StorePlace; paths: DataPaths } {
  const paths = dataPaths(dataDir);
  const place = logPlace(paths, ledgerOptions({ dataDir }));
  if (place.store === 'sqlite') demandLedger(dataDir);
  return { place, paths };
}

/** Opens the log that a command reads. The end of one on a server is looked for from where the read tables had come. */
export function openLog({ dataDir }: Pick<Globals, 'dataDir'>): Promise<EventStore> {
  const { place, paths } = demandLog({ dataDir });
  return openStoreForReading(place, undefined, { known: () => lastShown(paths.read) });
}
