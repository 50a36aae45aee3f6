/**
 * Why a server says no, or why what was configured cannot lead to one:
 * - credentials: it does not know the user or the password; rights: it does, and the user may not.
 * - ca-file: the file of authorities cannot be read; address: the address cannot be understood.
 * - certificate: whoever signed the server's certificate is not trusted; certificate-name: it is another host's.
 * - certificate-expired: it is not valid now, which passes when the server shows a new one.
 * - tls-expected: the port speaks TLS and the address says `tls=false`; plain-expected: the other way round.
 * - prefix: the server holds a ledger whose streams do not begin as was said, and none that does.
 */
export type RefusalReason =
  | 'credentials'
  | 'rights'
  | 'ca-file'
  | 'address'
  | 'certificate'
  | 'certificate-name'
  | 'certificate-expired'
  | 'tls-expected'
  | 'plain-expected'
  | 'prefix';

/** The server said no: it is not asked again by itself, since the answer would be the same. Recognised by its code. */
export class StoreRefused extends Error {
  readonly code = 'store-refused';
  constructor(
    readonly reason: RefusalReason,
    /** What the server answered, or what was found. */
    readonly answer: string,
  ) {
    super(`${reason}: ${answer}`);
  }

  /** True where nothing passes by itself: what was configured has to be changed. */
  get isConfigured(): boolean {
    return this.reason !== 'certificate-expired';
  }
}

export const isStoreRefused = (error: unknown): error is StoreRefused =>
  error instanceof Error && 'code' in error && error.code === 'store-refused';

/** What was done to a stream of ours, or stands in it. */
export type FindingCode =
  'foreign-event' | 'stream-tombstoned' | 'stream-deleted' | 'stream-truncated' | 'retention-set';

/** Something on the server that an operator must know of: it touches one stream and no other. */
export interface StoreFinding {
  readonly code: FindingCode;
  readonly stream: string;
  /** Where it was written; absent where it was met by reading the stream. */
  readonly position?: number | undefined;
  /** What it is and what can be done, one sentence in English. */
  readonly detail: string;
}

/** Events of a stream can no longer be read, or one that is not ours stands among them. Recognised by its code. */
export class HistoryUnreadable extends Error {
  readonly code = 'history-unreadable';
  constructor(readonly finding: StoreFinding) {
    super(finding.detail);
  }
}

export const isHistoryUnreadable = (error: unknown): error is HistoryUnreadable =>
  error instanceof Error && 'code' in error && error.code === 'history-unreadable';
