import { hash } from 'node:crypto';
import { type Breach } from '../audit/breach.js';
import { copiedFrom } from '../books/copied-event.js';
import { keyOf } from '../books/event.js';
import { type ErrorDetail, LedgerError, text } from '../errors.js';
import { type EventStore, type StoredEvent, type StorePlace } from '../event-store/event-store.js';
import { openStoreForAudit, openStoreForReading } from '../event-store/open-store.js';
import { type LogRow } from '../event-store/sqlite/block.js';
import { readMark } from '../event-store/sqlite/high-water-mark.js';
import { type FileRow, LogFileWriter, readRows } from '../event-store/sqlite/log-file.js';
import { damageIn } from './files.js';

/** Hears how far a copy has come. */
export interface CopyProgress {
  readonly begin: (phase: 'copy', head: number) => void;
  readonly update: (position: number) => void;
}

/**
 * Copies a log, as far as it has come now, into a file of its own, where its events lie in blocks.
 * @throws LedgerError refused `log-damaged`, naming what of it cannot be read
 */
export async function copyRows(place: StorePlace, part: string, { begin, update }: CopyProgress): Promise<void> {
  const writer = new LogFileWriter(part);
  try {
    // Read before the log: what was acknowledged by then must be in it.
    const reached = place.store === 'sqlite' ? readMark(place.mark).position : 0;
    const head = await headOf(place);
    if (head < reached) throw sourceDamaged([shortened(head, reached)]);
    begin('copy', head);
    for await (const { rows, reached: position } of sourceRows(place, head)) {
      writer.write(rows, indexedKeyOf);
      update(position);
    }
  } catch (error) {
    const damage = damageIn(error);
    throw damage ? sourceDamaged([damage]) : error;
  } finally {
    writer.close();
  }
}

async function headOf(place: StorePlace): Promise<number> {
  const store = await openStoreForAudit(place);
  return store.head().finally(() => store.close());
}

interface SourceRows {
  readonly rows: readonly FileRow[];
  /** The position of the last of them where they come from. */
  readonly reached: number;
}

/** The rows of a log up to its end as it is now. What comes from a server has positions of its own, from 1. */
async function* sourceRows(place: StorePlace, head: number): AsyncIterable<SourceRows> {
  if (place.store === 'sqlite') {
    for (const rows of readRows(place.log, 0, head)) yield { rows, reached: rows.at(-1)!.position };
    return;
  }
  const store = await openStoreForReading(place);
  let position = 0;
  try {
    for await (const batch of store.readAll({ after: 0, live: false })) {
      const rows = batch.filter((event) => event.position <= head).map((event) => toRow(event, ++position, store));
      const reached = batch.at(-1)!.position;
      yield { rows, reached };
      if (reached >= head) return;
    }
  } finally {
    await store.close();
  }
}

function toRow(event: StoredEvent, position: number, { severalWritersUpTo }: EventStore): FileRow {
  const { stream, revision, type, data } = event;
  const bytes = Buffer.from(data);
  const copied = copiedFrom(event, severalWritersUpTo);
  return { position, stream, revision, type, bytes, hash: hash('sha256', bytes, 'buffer'), copied };
}

/** The key by which an event is found; what cannot be read has none, and is found to be damaged afterwards. */
function indexedKeyOf({ bytes }: LogRow): string | undefined {
  try {
    const { key, keyIndexed } = keyOf({ data: bytes.toString() });
    return keyIndexed ? key : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const shortened = (head: number, reached: number): Breach => ({
  invariant: 'mark',
  expected: `a log up to position ${reached}`,
  got: `its end at position ${head}`,
});

const MOST_NAMED = 10;

/** What of a log is damaged, so that no copy of it is made. */
export function sourceDamaged(damage: readonly Breach[]): LedgerError {
  const details = damage.slice(0, MOST_NAMED).map(({ position, id, invariant, expected, got }): ErrorDetail => ({
    pointer: [position === undefined ? '' : `@${position}`, id ?? ''].filter((word) => word !== '').join(' ') || 'log',
    code: invariant,
    expected: text(expected, expected),
    got,
  }));
  const count = damage.length;
  const message = text(
    `日志有 ${count} 处损坏，没有做成副本；请运行 npx tongzhang verify 查看全部，并用较早的备份恢复`,
    `the log is damaged in ${count} places, no copy was made; see them all by npx tongzhang verify, and restore an ` +
      'older backup',
  );
  return new LedgerError('refused', 'log-damaged', message, details);
}
