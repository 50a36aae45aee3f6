import { hash } from 'node:crypto';
import { isDamaged, openSqlite, readThrough, type SqliteFile } from '../../sqlite-file.js';
import { type AuditFinding, type CarriesKey } from '../event-store.js';
import { COPIED, hasCopied } from './copied.js';
import { SCHEMA, schemaDifferences } from './schema.js';

const PAGE = 5_000;
type Row = [position: number, stream: number, revision: number, data: string, hash: string];

/**
 * Looks for damage in a log file: SQLite's own check does not see a changed payload, so every event is hashed again,
 * and positions, revisions, names and keys must fit together, in the schema of a log and no other. Yields what is
 * wrong; a file that is too damaged to be read to its end is itself a finding.
 * @throws an error of the machine, where the file cannot be had
 */
export function* auditFile(
  file: SqliteFile,
  progress?: (position: number) => void,
  carriesKey: CarriesKey = () => true,
): Iterable<AuditFinding> {
  let isReadable = false;
  for (const finding of findings(file, progress, carriesKey)) {
    // Nothing is called damaged of which the disk has not given every byte.
    if (!isReadable) readThrough(file.name);
    isReadable = true;
    yield finding;
  }
}

function* findings(
  file: SqliteFile,
  progress: ((position: number) => void) | undefined,
  carriesKey: CarriesKey,
): Iterable<AuditFinding> {
  try {
    for (const row of file.pragma('integrity_check') as { integrity_check: string }[])
      if (row.integrity_check !== 'ok') yield { code: 'file-damaged', detail: row.integrity_check };
    yield* auditSchema(file);
    yield* danglingReferences(file);
    yield* strayKeys(file, carriesKey);
    yield* auditEvents(file, progress);
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
    model.exec(SCHEMA);
    if (hasCopied(file)) model.exec(COPIED);
    for (const detail of schemaDifferences(file, model)) yield { code: 'schema-differs', detail };
  } finally {
    model.close();
  }
}

function* danglingReferences(file: SqliteFile): Iterable<AuditFinding> {
  const nameless = file.prepare(
    `SELECT position FROM event WHERE stream NOT IN (SELECT id FROM stream) OR type NOT IN (SELECT id FROM type)`,
  );
  for (const position of nameless.pluck().all() as number[])
    yield { position, code: 'name-missing', detail: 'its stream or its type has no name' };
  const eventless = file.prepare(
    `SELECT key, stream, revision FROM idempotency AS key WHERE NOT EXISTS
       (SELECT 1 FROM event WHERE (stream, revision) = (key.stream, key.revision))`,
  );
  for (const row of eventless.all() as { key: string; stream: number; revision: number }[])
    yield { code: 'key-without-event', detail: `key ${row.key} of stream ${row.stream}, revision ${row.revision}` };
}

/** Keys that lead to an event which was not recorded under them. */
function* strayKeys(file: SqliteFile, carriesKey: CarriesKey): Iterable<AuditFinding> {
  const keyed = file
    .prepare(
      `SELECT key.stream, key.key, key.revision, event.data
       FROM idempotency AS key JOIN event USING (stream, revision)
       WHERE (key.stream, key.key) > (?, ?) ORDER BY key.stream, key.key LIMIT ${PAGE}`,
    )
    .raw();
  type Keyed = [stream: number, key: string, revision: number, data: string];
  let rows = keyed.all(-1, '') as Keyed[];
  while (rows.length > 0) {
    for (const [stream, key, revision, data] of rows)
      if (!carriesKey(data, key))
        yield { code: 'key-of-another', detail: `key ${key} of stream ${stream}, revision ${revision}` };
    const [stream, key] = rows.at(-1)!;
    rows = keyed.all(stream, key) as Keyed[];
  }
}

function* auditEvents(file: SqliteFile, progress?: (position: number) => void): Iterable<AuditFinding> {
  const page = file
    .prepare(
      `SELECT position, stream, revision, data, lower(hex(hash)) FROM event WHERE position > ?
       ORDER BY position LIMIT ${PAGE}`,
    )
    .raw();
  const revisions = new Map<number, number>();
  let position = 0;
  for (let rows = page.all(0) as Row[]; rows.length > 0; rows = page.all(position) as Row[]) {
    for (const row of rows) {
      yield* auditEvent(row, position, revisions);
      position = row[0];
    }
    progress?.(position);
  }
}

function* auditEvent(row: Row, before: number, revisions: Map<number, number>): Iterable<AuditFinding> {
  const [position, stream, revision, data, stored] = row;
  if (position !== before + 1) yield { position, code: 'position-gap', detail: `${before} is followed by ${position}` };
  const wanted = (revisions.get(stream) ?? -1) + 1;
  if (revision !== wanted)
    yield { position, code: 'revision-gap', detail: `stream ${stream}: expected ${wanted}, found ${revision}` };
  revisions.set(stream, revision);
  const actual = hash('sha256', data, 'hex');
  if (actual !== stored) yield { position, code: 'hash-mismatch', detail: `stored ${stored}, computed ${actual}` };
}
