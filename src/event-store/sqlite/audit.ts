import { hash } from 'node:crypto';
import { isDamaged, openSqlite, readThrough, type SqliteFile } from '../../sqlite-file.js';
import { type AuditFinding, type CarriesKey, eventId } from '../event-store.js';
import { auditKeys, type KeyAudit } from './audit-keys.js';
import { type Block, type DamagedBlock, type LogRow, type Part } from './block.js';
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
  private readonly hasBlocks: boolean;
  /** The last block whose parts were compared, and how many parts there were so far. */
  private lastBlock = 0;
  private parts = 0;
  /** What blocks that cannot be unpacked are listed to hold, by stream. */
  private readonly lost = new Map<string, Part[]>();
  private lostBetween: DamagedBlock | undefined;

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
      const last: number = yield* this.piece(position);
      if (last === position) break;
      position = last;
      progress?.(position);
    }
    yield* this.keys.beyond((id) => this.lastOf(this.names.streamName(id) ?? ''));
    if (!this.hasBlocks) return;
    const stored = this.file.prepare('SELECT count(*) FROM part').pluck().get() as number;
    if (stored !== this.parts)
      yield { code: 'part-differs', detail: `blocks hold ${this.parts} parts of streams, listed are ${stored}` };
  }

  /** Audits what lies next behind a position. Returns how far that was. */
  private *piece(position: number): Generator<AuditFinding, number> {
    const damaged: DamagedBlock[] = [];
    const { events, last, blocks } = this.reader.next(position, PAGE, (error) => damaged.push(error));
    const known = this.lastBlock;
    for (const error of damaged) if (error.position > known) yield* this.passOver(error);
    for (const block of blocks) if (block.position > known) yield* this.partsOf(block);
    let before = position;
    for (const row of events) {
      yield* this.event(row, before);
      before = row.position;
    }
    yield* this.keys.of(
      events,
      (stream) => this.names.streamId(stream),
      (stream, revision) => this.isLost(stream, revision),
    );
    return last;
  }

  private *event(row: LogRow, before: number): Iterable<AuditFinding> {
    const { position, stream, revision, bytes } = row;
    // Between the ends of a window some of whose events are lost, nothing can be said of gaps.
    const { first, last } = this.lostBetween ?? { first: Infinity, last: 0 };
    const isKnown = before + 1 < first || position > last + 1;
    if (position !== before + 1 && isKnown)
      yield { position, code: 'position-gap', detail: `${before} is followed by ${position}` };
    const wanted = this.lastOf(stream) + 1;
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

  private isLost(stream: string, revision: number): boolean {
    return this.lost.get(stream)?.some(({ first, last }) => revision >= first && revision <= last) === true;
  }

  /** The last revision of a stream so far, with what is lost behind it. */
  private lastOf(stream: string): number {
    let last = this.revisions.get(stream) ?? -1;
    for (const part of this.lost.get(stream) ?? []) if (part.first === last + 1) ({ last } = part);
    return last;
  }

  /** Whether each stream is read from a block where it is said to lie. */
  private *partsOf(block: Block): Iterable<AuditFinding> {
    this.lastBlock = Math.max(this.lastBlock, block.position);
    const listedOf = this.file.prepare('SELECT last, block FROM part WHERE stream = ? AND revision = ?').raw();
    for (const { stream, first, last } of block.parts) {
      this.parts += 1;
      const listed = listedOf.get(this.names.streamId(stream), first);
      if (String(listed) !== `${last},${block.position}`)
        yield {
          position: block.position,
          code: 'part-differs',
          detail: `${eventId(stream, first)} to ${last} is listed as ${String(listed ?? 'nothing')}`,
        };
    }
  }

  /** Goes by what is listed of a block that cannot be unpacked, and names the events that are lost with it. */
  private *passOver(error: DamagedBlock): Iterable<AuditFinding> {
    const { first, position, message } = error;
    this.lastBlock = Math.max(this.lastBlock, position);
    this.lostBetween = error;
    const listed = this.file
      .prepare(
        `SELECT s.name, p.revision, p.last FROM part AS p JOIN stream AS s ON s.id = p.stream
         WHERE p.block = ? ORDER BY p.stream, p.revision`,
      )
      .raw()
      .all(position) as [string, number, number][];
    this.parts += listed.length;
    for (const [stream, from, last] of listed)
      this.lost.set(stream, [...(this.lost.get(stream) ?? []), { stream, first: from, last }]);
    const ids = listed.map(([stream, from, last]) => `${eventId(stream, from)} to ${last}`);
    yield { position: first, code: 'block-damaged', detail: `${message}; ${ids.join(', ')}` };
  }
}
