import { accessSync, constants, existsSync, lstatSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';

/**
 * What stands at a path: another file there is another text. Undefined where there is nothing. The number of a file
 * that was removed is given to the next, so that its birth counts as well.
 */
export function fileAt(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}:${found.birthtimeMs}`;
}

/** Codes of SQLite for a file whose contents are not to be read, or that is not to be written to. */
const DAMAGED = /^SQLITE_(CORRUPT|NOTADB|FORMAT|ERROR|SCHEMA|READONLY)(_[A-Z_]+)?$/;
/** Of what the disk could not do, what is a matter of this file. The rest, of a disk that is full for one, may pass. */
const UNREADABLE = /^SQLITE_IOERR(_READ|_SHORT_READ|_CORRUPTFS|_DATA)?$/;

/** True where a file of read tables that met a fault is to be made anew, and false where the fault may pass. */
export function isReplaceable(code: string, path: string): boolean {
  if (DAMAGED.test(code) || UNREADABLE.test(code)) return true;
  return code.startsWith('SQLITE_CANTOPEN') && existsSync(path) && !isUsable(path);
}

function isUsable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Removes the read tables at a path with what SQLite keeps beside them: they are made of the log, and can be made
 * again. Where a link leads to them it stays. What is no file is none of ours: it is set aside under another name.
 */
export function clearTables(path: string): void {
  const place = existsSync(path) ? realpathSync(path) : path;
  for (const suffix of ['', '-wal', '-shm']) {
    const found = lstatSync(place + suffix, { throwIfNoEntry: false });
    if (found?.isDirectory()) renameSync(place + suffix, freeName(`${place}${suffix}.aside`));
    else rmSync(place + suffix, { force: true });
  }
}

function freeName(name: string): string {
  let free = name;
  for (let number = 2; existsSync(free); number += 1) free = `${name}-${number}`;
  return free;
}
