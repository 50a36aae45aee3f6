import { type SqliteFile } from '../../sqlite-file.js';
import { type AuditFinding, type CarriesKey } from '../event-store.js';
import { type LogRow } from './block.js';

/** What is found of the keys of a log while its events are walked over. */
export interface KeyAudit {
  /**
   * Findings of the keys that lead to these events, or between them.
   * @param idOf the number of a stream
   * @param isLost whether an event is in a block that cannot be unpacked
   */
  readonly of: (
    events: readonly LogRow[],
    idOf: (stream: string) => number | undefined,
    isLost: (stream: string, revision: number) => boolean,
  ) => Iterable<AuditFinding>;
  /** Findings of the keys that lead beyond the last event of their stream, once all have been walked over. */
  readonly beyond: (lastOf: (stream: number) => number | undefined) => Iterable<AuditFinding>;
  readonly end: () => void;
}

interface Range {
  first: number;
  last: number;
  readonly events: Map<number, LogRow>;
}

type Key = [stream: number, revision: number, key: string];

/**
 * Sorts the keys of a log by the events that they lead to, in a table of this connection's own, so that each event,
 * which may have to be unpacked with a whole block, is read once.
 */
export function auditKeys(file: SqliteFile, carriesKey: CarriesKey): KeyAudit {
  file.pragma('temp_store = FILE');
  file.exec(
    `CREATE TEMP TABLE key_of (stream INTEGER, revision INTEGER, key TEXT, PRIMARY KEY (stream, revision, key))
       WITHOUT ROWID;
     INSERT INTO key_of SELECT stream, revision, key FROM idempotency ORDER BY stream, revision, key`,
  );
  const between = file
    .prepare('SELECT stream, revision, key FROM key_of WHERE stream = ? AND revision BETWEEN ? AND ?')
    .raw();
  const beyond = file.prepare('SELECT stream, revision, key FROM key_of WHERE stream = ? AND revision > ?').raw();
  const finding = (code: string, [stream, revision, key]: Key): AuditFinding => ({
    code,
    detail: `key ${key} of stream ${stream}, revision ${revision}`,
  });
  return {
    *of(events, idOf, isLost) {
      for (const [stream, { first, last, events: own }] of rangesOf(events)) {
        for (const key of between.all(idOf(stream) ?? -1, first, last) as Key[]) {
          const event = own.get(key[1]);
          if (!event && !isLost(stream, key[1])) yield finding('key-without-event', key);
          else if (event && !carriesKey(event.bytes.toString(), key[2])) yield finding('key-of-another', key);
        }
      }
    },
    *beyond(lastOf) {
      for (const stream of file.prepare('SELECT DISTINCT stream FROM key_of').pluck().all() as number[])
        for (const key of beyond.all(stream, lastOf(stream) ?? -1) as Key[]) yield finding('key-without-event', key);
    },
    end: () => file.exec('DROP TABLE temp.key_of'),
  };
}

function rangesOf(events: readonly LogRow[]): Map<string, Range> {
  const ranges = new Map<string, Range>();
  for (const event of events) {
    const { stream, revision } = event;
    let range = ranges.get(stream);
    if (!range) ranges.set(stream, (range = { first: revision, last: revision, events: new Map() }));
    range.first = Math.min(range.first, revision);
    range.last = Math.max(range.last, revision);
    range.events.set(revision, event);
  }
  return ranges;
}
