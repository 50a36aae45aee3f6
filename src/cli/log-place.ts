import { existsSync } from 'node:fs';
import { environment, readConfig } from '../config.js';
import { type DataPaths, dataPaths } from '../data-directory.js';
import { LedgerError, text } from '../errors.js';
import { visible } from '../text/foreign-text.js';
import { type StorePlace } from '../event-store/event-store.js';
import { type LedgerOptions, logPlace } from '../ledger.js';
import { type Globals } from './globals.js';
import { toStandardError } from './terminal.js';

const say = (message: string): void => toStandardError(`${visible(message)}\n`);

/** How the environment says the ledger of a command is to be opened. @throws LedgerError invalid */
export function ledgerOptions({ dataDir }: Pick<Globals, 'dataDir'>, log = say): LedgerOptions {
  const { eventStoreUrl, clockBoundDays } = readConfig({ ...environment, DATA_DIR: dataDir });
  return { eventStoreUrl, clockBoundDays, log };
}

/**
 * Where the log is that a command reads, and the files of its data directory.
 * @throws LedgerError unavailable, where the log is to be a file and there is none
 */
export function demandLog({ dataDir }: Pick<Globals, 'dataDir'>): { place: StorePlace; paths: DataPaths } {
  const paths = dataPaths(dataDir);
  const place = logPlace(paths, ledgerOptions({ dataDir }));
  if (place.store === 'kurrentdb' || existsSync(paths.log)) return { place, paths };
  const message = text(`目录 ${dataDir} 中没有账簿`, `there is no ledger in ${dataDir}`);
  throw new LedgerError('unavailable', 'no-ledger', message);
}
