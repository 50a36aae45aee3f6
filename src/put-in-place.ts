import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Where a log is got ready beside the one that stands: until it is complete it counts for nothing. */
const STAGED = 'restore.part';
/** It is complete: from here on whoever opens the directory puts it in place. */
const READY = 'restore.ready';
/** What stood has been put aside, and nothing is to be put aside any more. */
const PLACING = 'restore.placing';
/** Names the folder that what stands goes to. */
const ASIDE = 'aside';
/** The files of a log, the one that counts last. */
const LOG_FILES = ['log.mark', 'log.db'] as const;

/** The folder in a data directory where a log is got ready, empty. */
export function stagingIn(directory: string): string {
  const staging = join(directory, STAGED);
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging);
  return staging;
}

/**
 * Lets the log that was got ready take the place of the one that stands. Killed before, the directory is as it was;
 * killed after, the next to open it finishes. @param aside the folder in the directory for what stands
 */
export function putInPlace(directory: string, own: readonly string[], aside: string): void {
  const staging = join(directory, STAGED);
  for (const name of LOG_FILES) putOnDisk(join(staging, name));
  writeFileSync(join(staging, ASIDE), aside, { flush: true });
  putNamesOnDisk(staging);
  renameSync(staging, join(directory, READY));
  putNamesOnDisk(directory);
  finishPlacing(directory, own);
}

/**
 * Goes on where a restore was broken off: what was not complete goes, what was is put in place. For whoever holds the
 * directory's lock. @param own the names of the ledger's files, as far as they may be there
 */
export function finishPlacing(directory: string, own: readonly string[]): void {
  rmSync(join(directory, STAGED), { recursive: true, force: true });
  const [ready, placing] = [join(directory, READY), join(directory, PLACING)];
  if (existsSync(ready)) {
    const standing = own.filter((name) => existsSync(join(directory, name)));
    const aside = join(directory, readFileSync(join(ready, ASIDE), 'utf8'));
    if (standing.length > 0) mkdirSync(aside, { recursive: true });
    for (const name of standing) renameSync(join(directory, name), join(aside, name));
    if (existsSync(aside)) putNamesOnDisk(aside);
    renameSync(ready, placing);
    putNamesOnDisk(directory);
  }
  if (!existsSync(placing)) return;
  for (const name of LOG_FILES)
    if (existsSync(join(placing, name))) renameSync(join(placing, name), join(directory, name));
  putNamesOnDisk(directory);
  rmSync(placing, { recursive: true });
}

/** Whether a log is complete and only not in its place yet: whoever takes the directory finds a ledger there. */
export const isBeingPlaced = (directory: string): boolean =>
  [READY, PLACING].some((name) => existsSync(join(directory, name)));

/** Forces what is in a file to disk. */
export const putOnDisk = (path: string): void => synchronise(path, 'r+');

/** Forces the names in a directory to disk, where the system knows of such a thing. */
export const putNamesOnDisk = (directory: string): void => {
  if (process.platform !== 'win32') synchronise(directory, 'r');
};

function synchronise(path: string, flags: 'r' | 'r+'): void {
  const fd = openSync(path, flags);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
