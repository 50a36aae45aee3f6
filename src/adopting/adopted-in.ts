import { LedgerError, show, text } from '../errors.js';
import { type EventStore, type StoredEvent } from '../event-store/event-store.js';
import { REFERENCE_STREAM } from '../kinds/kind.js';
import { BEFORE_ADOPTION } from '../reference/built-in.js';
import { rowsOf } from '../reference/read-set.js';
import { type Adoption, type Reference } from '../reference/reference.js';
import { findKindOfEvent } from '../catalogue/registry.js';
import { VERSION } from '../version.js';

/**
 * What an event of the reference stream adopts.
 * @throws LedgerError unavailable, where it is of no kind that this version of the program knows: nobody could say what
 * is adopted
 */
export function adoptionIn({ stream, revision, position, type, data }: StoredEvent): Adoption {
  const kind = findKindOfEvent(type);
  if (kind?.form !== 'adoption') throw unknownAdoption(`${stream}-${revision}`, position, type);
  return { revision, position, rows: rowsOf(kind.cells(JSON.parse(data) as object)), whole: kind.whole ?? false };
}

const PAGE = 500;

/** What a log has adopted, from what is known of it on. */
export async function readReference(store: EventStore, known: Reference = BEFORE_ADOPTION): Promise<Reference> {
  let reference = known;
  for (;;) {
    const from = (reference.revision ?? -1) + 1;
    const events = await store.readStream(REFERENCE_STREAM, { from, limit: PAGE });
    for (const stored of events) reference = reference.with(adoptionIn(stored));
    if (events.length < PAGE) return reference;
  }
}

function unknownAdoption(id: string, position: number, type: string): LedgerError {
  const where = text(`日志位置 ${position} 的 ${id}`, `${id} at position ${position}`);
  const message = text(
    `${where.zh} 不是本版本（${VERSION}）所知的基础资料变更，无法判断所采用的内容；请换用写入它的版本，或运行 verify`,
    `${where.en} is no change of reference data that this version, ${VERSION}, knows, so nobody can say what is ` +
      'adopted: use the version that wrote it, or run `verify`',
  );
  const expected = text(`版本 ${VERSION} 所知的基础资料变更`, `a kind of adoption that version ${VERSION} knows`);
  return new LedgerError('unavailable', 'unknown-adoption', message, [
    { pointer: 'reference', code: 'unknown-adoption', expected, got: show(type) },
  ]);
}
