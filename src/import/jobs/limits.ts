import { LedgerError, text } from '../../errors.js';

const MIB = 1024 ** 2;
export const GIB = 1024 ** 3;

/** What the imports of a service may take. A limit on everything: none of it grows without one. */
export interface ImportLimits {
  /** Most imports that wait or run, and most uploads on their way, together; one more is refused. */
  readonly mostWaiting: number;
  /** Most bytes of all uploads that are kept. */
  readonly mostBytes: number;
  /** How long the result of an import is kept, its lists with it, in days. */
  readonly keepDays: number;
  /** Longest that nothing comes of an upload. As long as something comes, it goes on. */
  readonly idleMs: number;
}

export const USUAL_LIMITS: ImportLimits = {
  mostWaiting: 50,
  mostBytes: 64 * GIB,
  keepDays: 90,
  idleMs: 60_000,
};

/** Most uploads on their way at the same time. */
export const MOST_UPLOADS = 16;
/** Largest file: some 60 million lines. */
export const MOST_FILE_BYTES = 16 * GIB;
/** Most results that are kept, whatever their age; the oldest go first. */
export const MOST_RESULTS = 1_000;
/** Most bytes of all lists of errors and rejects that are kept; the oldest go first. */
export const MOST_LIST_BYTES = 32 * GIB;

/** An upload older than this that has brought less than `LEAST_RATE` gives its place to the next that needs one. */
export const YOUNG_MS = 60_000;
/** Bytes a second. */
export const LEAST_RATE = 1_024;

/** What uploads and their imports leave of a disk for the log: 256 MiB, of a small disk a sixteenth. */
const RESERVE_BYTES = 256 * MIB;
const RESERVE_SHARE = 16;

export interface Room {
  readonly free: number;
  readonly size: number;
}

/** Refuses what would take of the disk what is kept free for the log. @throws LedgerError unavailable `disk-full` */
export function demandRoom({ free, size }: Room, bytes: number): void {
  const reserve = Math.min(RESERVE_BYTES, size / RESERVE_SHARE);
  if (free - bytes >= reserve) return;
  const [needed, kept, has] = [bytes, reserve, free].map(mebibytes);
  throw new LedgerError(
    'unavailable',
    'disk-full',
    text(
      `磁盘空间不足：需 ${needed} MiB，另为日志保留 ${kept} MiB，现有 ${has} MiB；腾出空间后自行恢复`,
      `the disk is too full: this needs ${needed} MiB beside ${kept} MiB kept for the log, and ${has} MiB are free; ` +
        'it goes on by itself once there is room',
    ),
  );
}

const mebibytes = (bytes: number): string => (bytes / MIB).toFixed(1);

/** The refusal of an import for which there is no place now. */
export const tooManyImports = (most: number): LedgerError =>
  new LedgerError(
    'unavailable',
    'too-many-imports',
    text(
      `等候的导入已达上限（${most} 个或其总字节数），请稍后再发`,
      `as many imports as may wait are waiting (${most}, or as many bytes); send it again later`,
    ),
  );

export function tooLarge(): LedgerError {
  const expected = text('至多 16 GiB', 'at most 16 GiB');
  return new LedgerError('invalid', 'body-too-large', text('文件过大', 'the file is too large'), [
    { pointer: '', code: 'body-too-large', expected, got: 'more' },
  ]);
}
