import { LedgerError, type Text, text } from '../../errors.js';
import { asLedgerError } from '../../machine-fault.js';

/** How far an import had come. */
export interface ImportCounts {
  /** Records that had been read. */
  readonly lines: number;
  readonly posted: number;
  readonly replayed: number;
  readonly repeated: number;
  readonly rejected: number;
}

/**
 * An import that could not go on for a fault of the machine or of the event store: unavailable, with how far it had
 * come. What was posted stands, and the same file once more goes on from there.
 */
export class ImportStopped extends LedgerError {
  constructor(
    cause: LedgerError,
    /** What it is, without how far the import had come. */
    readonly reason: Text,
    readonly counts: ImportCounts,
  ) {
    super(cause.kind, cause.code, sentence(reason, counts), cause.details);
    this.cause = cause;
  }
}

function sentence({ zh, en }: Text, { posted, replayed }: ImportCounts): Text {
  const before = replayed === 0 ? text('', '') : text(`，此前已入账 ${replayed} 行`, `, ${replayed} stood before`);
  return text(
    `${zh}：导入中止，本次已记账 ${posted} 行${before.zh}；恢复后再次导入同一文件，从断处继续`,
    `${en}: the import stopped, ${posted} ${posted === 1 ? 'line was' : 'lines were'} posted${before.en}; ` +
      'once that is over, the same file again goes on from there',
  );
}

/** An error as the end of an import: with its counts, where a fault ended it; else as it is. */
export function stopped(error: unknown, counts: ImportCounts): unknown {
  const cause = asLedgerError(error);
  if (!(cause instanceof LedgerError) || cause.kind !== 'unavailable') return cause;
  return new ImportStopped(cause, cause.code === 'disk-full' ? DISK_FULL : cause.text, counts);
}

/** Part of the file may stand: a sentence that says of a full disk that nothing was written would not be true. */
const DISK_FULL = text('磁盘已满', 'the disk is full');
