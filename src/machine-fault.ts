import { LedgerError, type Text, text } from './errors.js';
import { isStoreUnreachable, StoreFailure, type StoreFailureCode } from './event-store/event-store.js';
import {
  isHistoryUnreadable,
  isStoreRefused,
  type RefusalReason,
  type StoreRefused,
} from './event-store/store-refusal.js';
import { isDamagedBlock } from './event-store/sqlite/block.js';
import { isLogShorterThanMark } from './event-store/sqlite/high-water-mark.js';
import { isNotALog } from './event-store/sqlite/schema.js';

/** Codes of the operating system and of SQLite for a disk, or a quota, that holds no more. */
const DISK_FULL = /^(ENOSPC|EDQUOT|SQLITE_FULL)$/;

/** What else the machine refuses, or what its files cannot give: none of it is a matter of the input. */
const SYSTEM = /^(EIO|EROFS|EACCES|EPERM|EMFILE|ENFILE|ENOENT|ENOTDIR|EISDIR|ENAMETOOLONG|EFBIG|ENOMEM|ESTALE)$/;
const SQLITE = /^SQLITE_(IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|PERM|AUTH|BUSY|LOCKED|NOMEM|PROTOCOL)(_[A-Z_0-9]+)?$/;

/** The code that an error of the operating system or of SQLite carries; empty where it carries none. */
export function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** Why a thread has ended before its time, as whoever waits for it may be told. */
export const whyThreadEnded = (cause: Error): Text =>
  codeOf(cause) === 'ERR_WORKER_OUT_OF_MEMORY'
    ? text('内存不足', 'it ran out of memory')
    : text('服务内部出错，详情在日志中', 'a fault of the service; the log has the details');

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
  if (isStoreRefused(error)) return refusedByStore(error);
  if (isHistoryUnreadable(error)) {
    const said = text(
      `该账簿的历史事件已不可读，未写入任何内容：${error.finding.detail}`,
      `events of this book can no longer be read, nothing was written: ${error.finding.detail}`,
    );
    return new LedgerError('unavailable', error.code, said);
  }
  if (error instanceof StoreFailure) return refusedAppend(error);
  if (isLogShorterThanMark(error)) {
    const said = text(
      `日志止于位置 ${error.found}，而已确认至 ${error.reached}：日志缺了末尾，请从备份恢复`,
      `the log ends at position ${error.found}, but was acknowledged up to ${error.reached}: restore it from a backup`,
    );
    return new LedgerError('unavailable', error.code, said);
  }
  if (isNotALog(error)) {
    const said = text(`log.db 不是账簿的日志：${error.message}`, `log.db is not the log of a ledger: ${error.message}`);
    return new LedgerError('unavailable', error.code, said);
  }
  if (isDamagedBlock(error)) {
    const { first, last } = error;
    const said = text(
      `日志中位置 ${first} 至 ${last} 的事件已损坏，不能读取；请运行 npx tongzhang verify，并从备份恢复`,
      `the events at positions ${first} to ${last} of the log are damaged: run npx tongzhang verify, restore a backup`,
    );
    return new LedgerError('unavailable', error.code, said);
  }
  if (codeOf(error) === 'temporary-copy-failed') {
    const why = codeOf((error as Error).cause);
    const said = text(
      `所在目录只读，读取需要临时副本，而副本不能建立（${why}）；请以 TMPDIR 指定有空间的可写目录`,
      `nothing can be written beside it, and no temporary copy be made (${why}): set TMPDIR to where there is room`,
    );
    return new LedgerError('unavailable', 'temporary-copy-failed', said);
  }
  if (isDiskFull(error)) return new LedgerError('unavailable', 'disk-full', diskFullText(codeOf(error)));
  if (isMachineFault(error)) return new LedgerError('unavailable', 'machine-fault', machineText(codeOf(error)));
  return error;
}

/** What the server answered, what to check, and whether it may pass: by itself only what was not configured. */
function refusedByStore({ reason, answer, isConfigured }: StoreRefused): LedgerError {
  const { zh, en } = REFUSALS[reason];
  const said = text(`事件存储拒绝（${answer}）：${zh}`, `the event store refuses (${answer}): ${en}`);
  return new LedgerError('unavailable', isConfigured ? 'store-misconfigured' : 'store-refused', said);
}

const REFUSALS: Readonly<Record<RefusalReason, Text>> = {
  credentials: text(
    '用户名或密码不对，请检查 EVENT_STORE_URL 中的用户与密码',
    'it does not know this user or password; check both in EVENT_STORE_URL',
  ),
  rights: text(
    '该用户缺少权限，须能读取 $all，并读写账簿的流',
    'this user lacks a right; it must read $all, and read and write the streams of the ledger',
  ),
  'ca-file': text(
    'CA 文件无法读取，请检查 EVENT_STORE_URL 中的 tlsCaFile',
    'the file of authorities cannot be read; check tlsCaFile in EVENT_STORE_URL',
  ),
  address: text('EVENT_STORE_URL 不是可用的地址', 'EVENT_STORE_URL is not an address that can be used'),
  certificate: text(
    '服务器证书的签发者不受信任，请在 EVENT_STORE_URL 中以 tlsCaFile 指明其 CA',
    'whoever signed its certificate is not trusted; name that authority by tlsCaFile in EVENT_STORE_URL',
  ),
  'certificate-name': text(
    '服务器证书不是为此主机名签发的，请检查 EVENT_STORE_URL 中的主机名',
    'its certificate is of another host; check the host in EVENT_STORE_URL',
  ),
  'certificate-expired': text(
    '服务器证书不在有效期内，请更换证书，并核对本机时钟',
    'its certificate is not valid now; renew it there, and check the clock here',
  ),
  'tls-expected': text(
    '该端口使用 TLS，请去掉 EVENT_STORE_URL 中的 tls=false',
    'the port speaks TLS; leave tls=false out of EVENT_STORE_URL',
  ),
  'plain-expected': text(
    '该端口不使用 TLS，请检查端口，或在 EVENT_STORE_URL 中写 tls=false',
    'the port does not speak TLS; check the port, or write tls=false in EVENT_STORE_URL',
  ),
  prefix: text(
    '服务器上有一本流名不带前缀的账簿，而没有以 tongzhang- 开头的；设 EVENT_STORE_PREFIX 为空以打开它，或明确设为所选前缀以另立新账',
    'it holds a ledger whose streams have no prefix, and none that begins with tongzhang-; set EVENT_STORE_PREFIX to ' +
      'nothing to open it, or to a prefix of your choice to begin another',
  ),
};

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

/** An append that the store did not take, or of which it does not know whether it stands. */
function refusedAppend({ code, message, cause }: StoreFailure): LedgerError {
  if (code === 'disk-full') return new LedgerError('unavailable', code, diskFullText(codeOf(cause)));
  return new LedgerError('unavailable', code, REFUSED[code](message));
}

const REFUSED: Readonly<Record<Exclude<StoreFailureCode, 'disk-full'>, (why: string) => Text>> = {
  'log-write-failed': (why) =>
    text(
      `写日志失败（${why}）；服务自行核对日志并重试，之后以同一幂等键再发，即知是否已入账`,
      `writing the log failed (${why}); it is checked and tried again; then the same key tells whether it was recorded`,
    ),
  'log-file-lost': (why) =>
    text(
      `日志的文件不在原处（${why}），停止入账；放回原处后自行恢复，以同一幂等键再发，即知是否已入账`,
      `a file of the log is not in its place (${why}): nothing is recorded until it is back; then send the same key`,
    ),
  'store-refuses-appends': (why) =>
    text(
      `日志与服务所知不符（${why}），停止入账，核验并重新启动后再试`,
      `the log is not as the service knows it (${why}): nothing is recorded until it is verified and started again`,
    ),
};
