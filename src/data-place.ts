import { accessSync, constants, existsSync, mkdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ErrorKind, LedgerError, type Text, text } from './errors.js';
import { codeOf, isDiskFull } from './machine-fault.js';

/** SQLite opens no file whose path is longer, in bytes; the longest name of ours in a directory is less than 40. */
const LONGEST_PATH = 511;
const LONGEST_NAME = 40;
const LONGEST_DIRECTORY = LONGEST_PATH - LONGEST_NAME;

/** Makes a data directory where there is none, and looks whether it can be one. @throws an error of the system */
export function makeDirectory(path: string): void {
  demandShort(path);
  makeAll(path);
  // Where a link leads, SQLite goes.
  demandShort(realpathSync(path));
  accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
}

/** Makes a directory and those it lies in. Node's own way goes on for ever where the system makes none, as in /proc. */
export function makeAll(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    const parent = dirname(path);
    if (codeOf(error) === 'ENOENT' && !existsSync(parent)) {
      makeAll(parent);
      mkdirSync(path);
    } else if (codeOf(error) !== 'EEXIST') throw error;
    else if (!statSync(path).isDirectory()) throw Object.assign(new Error('not a directory'), { code: 'ENOTDIR' });
  }
}

function demandShort(path: string): void {
  if (Buffer.byteLength(path) > LONGEST_DIRECTORY) throw Object.assign(new Error('too long'), { code: 'ENAMETOOLONG' });
}

/** A path and the directory that stands there, known by its device and inode while it is open. */
export interface DirectoryPlace {
  readonly path: string;
  readonly identity: string;
}

/** What stands at a path now. @throws an error of the system */
export function placeOf(path: string): DirectoryPlace {
  const { dev, ino } = statSync(path);
  return { path, identity: `${dev}:${ino}` };
}

/** Whether a directory still stands at its path. Where nobody can tell, it does not. */
export function isInPlace({ path, identity }: DirectoryPlace): boolean {
  try {
    return placeOf(path).identity === identity;
  } catch {
    return false;
  }
}

/**
 * A path that leads to an open directory wherever it is moved, and nowhere once it is removed; its own path where the
 * system has none, as all but Linux, or what the link says cannot be opened, as SQLite does.
 */
export function anchorOf(place: DirectoryPlace, handle: number | undefined): string {
  const anchor = `/proc/self/fd/${handle}`;
  return isInPlace({ ...place, path: anchor }) && isInPlace({ ...place, path: readlinkSync(anchor) })
    ? anchor
    : place.path;
}

/**
 * Looks whether there is a ledger in a directory, for one who only reads it.
 * @throws LedgerError unavailable `no-ledger`; `data-directory`, where it cannot be one, or may not be read
 */
export function demandLedger(path: string): void {
  try {
    demandShort(path);
    if (isUnbegun(path)) throw noLedger(path);
    demandShort(realpathSync(path));
    accessSync(join(path, 'log.db'), constants.R_OK);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw refusedDirectory(path, error);
    throw noLedger(path);
  }
}

/** True where a log is an empty file that never held anything: its first start was cut off, and the next begins it. */
function isUnbegun(path: string): boolean {
  const sizeOf = (name: string): number => statSync(join(path, name), { throwIfNoEntry: false })?.size ?? 0;
  return statSync(join(path, 'log.db')).size + sizeOf('log.db-wal') === 0 && !existsSync(join(path, 'log.mark'));
}

const noLedger = (path: string): LedgerError =>
  new LedgerError('unavailable', 'no-ledger', text(`目录 ${path} 中没有账簿`, `there is no ledger in ${path}`));

/** True where this user can write in a directory. */
export function canWrite(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** What is wrong with a path that names no directory, by the code of the system; it passes, or has to be put right. */
const REASONS: Readonly<Record<string, readonly [ErrorKind, Text]>> = {
  ENOTDIR: ['invalid', text('不是目录', 'it is not a directory')],
  ENOENT: ['invalid', text('所在目录或链接指向的目录不存在', 'what it lies in, or links to, is not there')],
  ELOOP: ['invalid', text('链接循环', 'its links lead in a circle')],
  ENAMETOOLONG: [
    'invalid',
    text(`路径过长，至多 ${LONGEST_DIRECTORY} 字节`, `it is too long: at most ${LONGEST_DIRECTORY} bytes`),
  ],
  EACCES: ['unavailable', text('没有权限', 'no right to it')],
  EPERM: ['unavailable', text('没有权限', 'no right to it')],
  EROFS: ['unavailable', text('文件系统只读', 'its file system is read-only')],
};

/** An error that a data directory met, as a sentence with its path, which whoever is told has named. */
export function refusedDirectory(path: string, error: unknown): unknown {
  if (error instanceof LedgerError || isDiskFull(error)) return error;
  const code = codeOf(error);
  const reason = REASONS[code] ?? (code === '' ? undefined : (['unavailable', text(code, code)] as const));
  if (!reason) return error;
  const [kind, { zh, en }] = reason;
  const said = text(
    `数据目录 ${path} 不能使用：${zh}（${code}）`,
    `data directory ${path} cannot be used: ${en} (${code})`,
  );
  return new LedgerError(kind, 'data-directory', said);
}
