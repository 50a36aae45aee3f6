import { type AuditFinding } from '../event-store.js';
import { hashMismatch, positionOf, toNumber, type WireEvent } from './events.js';
import { Losses } from './losses.js';
import { foreignEvent, type OurStreams } from './streams.js';

/**
 * Checks the streams of a server that are ours, given its whole log page by page: hashes, gaps, what others have
 * written among them, and what was taken from them.
 */
export async function* auditStreams(
  pages: AsyncIterable<readonly WireEvent[]>,
  ours: OurStreams,
  progress?: (position: number) => void,
): AsyncIterable<AuditFinding> {
  const revisions = new Map<string, number>();
  const losses = new Losses((stream) => ours.isOurs(stream));
  for await (const page of pages) {
    for (const event of page) {
      losses.take(event);
      const sort = ours.sort(event);
      if (sort === 'others') continue;
      yield* checkRevision(event, revisions);
      if (sort === 'foreign') yield findingOf(foreignEvent(event));
      else yield* checkHash(event);
    }
    const last = page.at(-1);
    if (last) progress?.(positionOf(last));
  }
  for (const loss of losses.findings()) yield findingOf(loss);
}

const findingOf = ({ position, code, detail }: { position?: number | undefined; code: string; detail: string }) => ({
  ...(position !== undefined && { position }),
  code,
  detail,
});

function* checkRevision(event: WireEvent, revisions: Map<string, number>): Iterable<AuditFinding> {
  const wanted = (revisions.get(event.streamId) ?? -1) + 1;
  const found = toNumber(event.revision);
  revisions.set(event.streamId, found);
  if (found === wanted) return;
  const detail = `${event.streamId}: expected ${wanted}, found ${found}`;
  yield { position: positionOf(event), code: 'revision-gap', detail };
}

function* checkHash(event: WireEvent): Iterable<AuditFinding> {
  const mismatch = hashMismatch(event);
  if (mismatch !== undefined) yield { position: positionOf(event), code: 'hash-mismatch', detail: mismatch };
}
