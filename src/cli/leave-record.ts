import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST } from '../backup/manifest.js';
import { canWrite } from '../data-place.js';
import { type Language, text } from '../errors.js';
import { identifyLog, type LogIdentity } from '../event-store/log-identity.js';
import { type Doing, type DoneByName, leaveDone } from '../last-done.js';
import { visible } from '../text/foreign-text.js';
import { VERSION } from '../version.js';
import { openLog } from './log-place.js';
import { toStandardError } from './terminal.js';

/** What a record says beside what all of them say. */
type Own<D extends Doing> = Omit<DoneByName[D], 'at' | 'version' | 'log'>;

/**
 * Leaves in the data directory that something was done, for whoever looks how the ledger stands. It was done, whether
 * that can be written down or not: where it cannot be, that is said. A backup, and what is read-only, stay as they are.
 */
export async function leaveRecord<D extends Doing>(
  { dataDir, language }: { readonly dataDir: string; readonly language: Language },
  doing: D,
  own: Own<D>,
): Promise<void> {
  if (existsSync(join(dataDir, MANIFEST)) || !canWrite(dataDir)) return;
  const at = new Date().toISOString();
  const done = { at, version: VERSION, ...own, log: await identityOf(dataDir) } as unknown as DoneByName[D];
  try {
    await leaveDone(dataDir, doing, done);
  } catch (error) {
    const { message } = error as Error;
    const said = text(`未能写下这次的记录：${message}`, `no record of this could be left: ${message}`);
    toStandardError(`${visible(said[language])}\n`);
  }
}

/** Where the log stands; of one that cannot be read, which has been said, nothing is known. */
async function identityOf(dataDir: string): Promise<LogIdentity> {
  try {
    const store = await openLog({ dataDir });
    return await identifyLog(store).finally(() => store.close());
  } catch {
    // Whoever wanted it read has been told what is wrong with it.
    return { first: '', position: 0, hash: '' };
  }
}
