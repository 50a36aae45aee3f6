import { LedgerError, type Text, text } from './errors.js';
import { isStoreUnreachable } from './event-store/event-store.js';

/** Codes of the operating system and of SQLite for a disk, or a quota, that holds no more. */
const DISK_FULL = /^(ENOSPC|EDQUOT|SQLITE_FULL)$/;

/** What else the machine refuses, or what its files cannot give: none of it is a matter of the input. */
const SYSTEM = /^(EIO|EROFS|EACCES|EPERM|EMFILE|ENFILE|ENOTDIR|EISDIR|ENAMETOOLONG)$/;
const SQLITE = /^SQLITE_(IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|PERM|BUSY)(_[A-Z_]+)?$/;

/** The code that an error of the operating system or of SQLite carries; empty where it carries none. */
export function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** True where the disk, or a quota on it, is full: it passes once there is room. */
export const isDiskFull = (error: unknown): boolean => DISK_FULL.test(codeOf(error));

/** True where the machine, not what was asked of it, is at fault: a full disk, EIO, no right, a damaged file. */
export const isMachineFault = (error: unknown): boolean =>
  [DISK_FULL, SYSTEM, SQLITE].some((codes) => codes.test(codeOf(error)));

/**
 * An error as the ledger says it: that the event store does not answer, that the disk is full, that a file cannot be
 * read or written, is a sentence, not an accident. It names the system's code and never a path of the machine.
 */
export function asLedgerError(error: unknown): unknown {
  if (error instanceof LedgerError) return error;
  if (isStoreUnreachable(error)) {
    const { message } = error;
    const said = text(`事件存储不可用：${message}`, `the event store is unavailable: ${message}`);
    return new LedgerError('unavailable', 'store-unavailable', said);
  }
  if (isDiskFull(error)) return new LedgerError('unavailable', 'disk-full', diskFullText(codeOf(error)));
  if (isMachineFault(error)) return new LedgerError('unavailable', 'machine-fault', machineText(codeOf(error)));
  return error;
}

const diskFullText = (code: string): Text =>
  text(
    `磁盘已满（${code}），未写入任何内容；腾出空间后自行恢复`,
    `the disk is full (${code}), nothing was written; it goes on by itself once there is room`,
  );

const machineText = (code: string): Text =>
  text(
    `本机的文件不能读写（${code}），请查看日志与磁盘`,
    `a file of the machine cannot be read or written (${code}); look at the log and the disk`,
  );
