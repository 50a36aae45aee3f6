import { hash } from 'node:crypto';
import { isDamaged, openSqlite, readThrough, type SqliteFile } from '../../sqlite-file.js';
import { type AuditFinding, type CarriesKey, eventId } from '../event-store.js';
import { auditKeys, type KeyAudit } from './audit-keys.js';
import { isDamagedBlock, type LogRow, type Part } from './block.js';
import { COPIED, hasCopied } from './copied.js';
import { AS_STORED, LogReader } from './log-reader.js';
import { type SqliteNames } from './names.js';
import { hasBlocks, schemaDifferences, schemaOf } from './schema.js';

const PAGE = 5_000;

/**
 * Looks for damage in a log file: SQLite's own check does not see a changed payload, so every event is hashed again,
 * also inside its block, and positions, revisions, names and keys must fit together, in the schema of a log and no
 * other. Yields what is wrong; a file that is too damaged to be read to its end is itself a finding.
 * @throws an error of the machine, where the file cannot be had
 */
export function* auditFile(
  file: SqliteFile,
  names: SqliteNames,
  progress?: (position: number) => void,
  carriesKey: CarriesKey = () => true,
): Iterable<AuditFinding> {
  let isReadable = false;
  for (const finding of findings(file, names, progress, carriesKey)) {
    // Nothing is called damaged of which the disk has not given every byte.
    if (!isReadable) readThrough(file.name);
    isReadable = true;
    yield finding;
  }
}

function* findings(
  file: SqliteFile,
  names: SqliteNames,
  progress: ((position: number) => void) | undefined,
  carriesKey: CarriesKey,
): Iterable<AuditFinding> {
  try {
    for (const row of file.pragma('integrity_check') as { integrity_check: string }[])
      if (row.integrity_check !== 'ok') yield { code: 'file-damaged', detail: row.integrity_check };
    yield* auditSchema(file);
    yield* namelessEvents(file);
    const keys = auditKeys(file, carriesKey);
    try {
      yield* new EventAudit(file, names, keys).run(progress);
    } finally {
      keys.end();
    }
  } catch (error) {
    // That a file cannot be had, or read by this user, says nothing about what stands in it.
    if (!isDamaged(error)) throw error;
    yield { code: 'file-unreadable', detail: (error as Error).message };
  }
}

/** Whatever else stands in the schema acts upon the log, as a trigger does, or belongs elsewhere. */
function* auditSchema(file: SqliteFile): Iterable<AuditFinding> {
  const model = openSqlite(':memory:', 'disposable');
  try {
    model.exec(schemaOf(file));
    if (hasCopied(file)) model.exec(COPIED);
    for (const detail of schemaDifferences(file, model)) yield { code: 'schema-differs', detail };
  } finally {
    model.close();
  }
}

function* namelessEvents(file: SqliteFile): Iterable<AuditFinding> {
  const nameless = file.prepare(
    `SELECT position FROM event WHERE stream NOT IN (SELECT id FROM stream) OR type NOT IN (SELECT id FROM type)`,
  );
  for (const position of nameless.pluck().all() as number[])
    yield { position, code: 'name-missing', detail: 'its stream or its type has no name' };
}

/** One walk over the events of a log, row by row and block by block. */
class EventAudit {
  private readonly reader: LogReader<LogRow>;
  private readonly revisions = new Map<string, number>();
  /** Parts of streams that were found, or that are of blocks which cannot be read. */
  private parts = 0;
  private readonly hasBlocks: boolean;

  constructor(
    private readonly file: SqliteFile,
    private readonly names: SqliteNames,
    private readonly keys: KeyAudit,
  ) {
    this.reader = new LogReader(file, names, AS_STORED);
    this.hasBlocks = hasBlocks(file);
  }

  *run(progress?: (position: number) => void): Iterable<AuditFinding> {
    for (let position = 0; ;) {
      const last: number = yield* this.page(position);
      if (last === position) break;
      position = last;
      progress?.(position);
    }
    yield* this.keys.beyond((id) => this.revisions.get(this.names.streamName(id) ?? ''));
    if (!this.hasBlocks) return;
    const stored = this.file.prepare('SELECT count(*) FROM part').pluck().get() as number;
    if (stored !== this.parts)
      yield { code: 'part-differs', detail: `blocks hold ${this.parts} parts of streams, listed are ${stored}` };
  }

  /** Audits the block, or the rows, that lie behind a position. Returns how far that was. */
  private *page(position: number): Generator<AuditFinding, number> {
    let read: ReturnType<typeof this.reader.next>;
    try {
      read = this.reader.next(position, PAGE);
    } catch (error) {
      if (!isDamagedBlock(error)) throw error;
      const { first, last } = error;
      yield { position: first, code: 'block-damaged', detail: `${error.message}; ${this.passOver(first)}` };
      return last;
    }
    const { events, last, parts } = read;
    let before = position;
    for (const row of events) {
      yield* this.event(row, before);
      before = row.position;
    }
    if (parts) for (const part of parts) yield* this.part(part, events[0]!.position);
    yield* this.keys.of(events, (stream) => this.names.streamId(stream));
    return last;
  }

  private *event(row: LogRow, before: number): Iterable<AuditFinding> {
    const { position, stream, revision, bytes } = row;
    if (position !== before + 1)
      yield { position, code: 'position-gap', detail: `${before} is followed by ${position}` };
    const wanted = (this.revisions.get(stream) ?? -1) + 1;
    if (revision !== wanted)
      yield {
        position,
        code: 'revision-gap',
        detail: `stream ${this.names.streamId(stream)}: expected ${wanted}, found ${revision}`,
      };
    this.revisions.set(stream, revision);
    const [stored, actual] = [row.hash.toString('hex'), hash('sha256', bytes, 'hex')];
    if (actual !== stored) yield { position, code: 'hash-mismatch', detail: `stored ${stored}, computed ${actual}` };
  }

  /** Whether a stream is read from a block where it is said to lie. */
  private *part({ stream, first, last }: Part, block: number): Iterable<AuditFinding> {
    this.parts += 1;
    const listed = this.file
      .prepare('SELECT last, block FROM part WHERE stream = ? AND revision = ?')
      .raw()
      .get(this.names.streamId(stream), first);
    if (String(listed) !== `${last},${block}`)
      yield {
        position: block,
        code: 'part-differs',
        detail: `${eventId(stream, first)} to ${last} is listed as ${String(listed ?? 'nothing')}`,
      };
  }

  /** Goes by what is listed of a block that cannot be read. Returns the events that are lost with it. */
  private passOver(block: number): string {
    const listed = this.file
      .prepare('SELECT s.name, p.revision, p.last FROM part AS p JOIN stream AS s ON s.id = p.stream WHERE p.block = ?')
      .raw()
      .all(block) as [string, number, number][];
    this.parts += listed.length;
    for (const [stream, , last] of listed) this.revisions.set(stream, last);
    return listed.map(([stream, first, last]) => `${eventId(stream, first)} to ${last}`).join(', ');
  }
}
