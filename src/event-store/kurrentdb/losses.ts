import { positionOf, type WireEvent } from './events.js';
import { type FindingCode, HistoryUnreadable, type StoreFinding } from '../store-refusal.js';

/** The types of the events that say what was done to a stream: its metadata were set, or it was deleted for good. */
export const LOSS_TYPES = ['$metadata', '$streamDeleted'] as const;

/** What a stream's metadata say of what is kept of it, in the server's own words. */
interface Retention {
  readonly $tb?: unknown;
  readonly $maxCount?: unknown;
  readonly $maxAge?: unknown;
}

/** One more than this, and what is truncated before it, is the whole stream: it was deleted. */
const WHOLE_STREAM = Number.MAX_SAFE_INTEGER;
const untilScavenged = (stream: string, key: string): string =>
  `until the server is next scavenged it can be undone by writing metadata without ${key} to $$${stream}`;

/** A loss, with what of the stream it leaves to be read. */
interface Loss extends StoreFinding {
  /** Most events that are kept. */
  readonly most: number;
  /** True where events are lost already. */
  readonly isBegun: boolean;
}

/**
 * What operators have done to streams that are ours, by deleting, truncating or setting how much is kept, as the
 * server's log says it, event by event. What was taken back is forgotten.
 */
export class Losses {
  private readonly byStream = new Map<string, Loss>();

  constructor(
    private readonly isOurs: (stream: string) => boolean,
    private readonly changed: (finding: StoreFinding | undefined, stream: string) => void = () => undefined,
  ) {}

  /** Takes in an event of the log; anything but what is written about a stream of ours changes nothing. */
  take(event: WireEvent): void {
    const { streamId, type } = event;
    if (type === '$streamDeleted') return this.set(streamId, tombstoned(streamId, positionOf(event)));
    if (type !== '$metadata' || !streamId.startsWith('$$')) return;
    const stream = streamId.slice(2);
    this.set(stream, lossOf(stream, retentionOf(event.data), positionOf(event)));
  }

  findings(): StoreFinding[] {
    return [...this.byStream.values()];
  }

  /** What is known to be lost of a stream. */
  of(stream: string): StoreFinding | undefined {
    return this.byStream.get(stream);
  }

  /** @throws HistoryUnreadable, where events of the stream are lost, or would be by an append up to a revision */
  demandWhole(stream: string, upTo: number): void {
    const loss = this.byStream.get(stream);
    if (loss && (loss.isBegun || upTo + 1 > loss.most)) throw new HistoryUnreadable(loss);
  }

  forget(): void {
    this.byStream.clear();
  }

  private set(stream: string, loss: Loss | undefined): void {
    if (!this.isOurs(stream)) return;
    const before = this.byStream.get(stream);
    // Nothing undoes a tombstone, and its stream's metadata mean nothing.
    if (before?.code === 'stream-tombstoned' || before?.detail === loss?.detail) return;
    if (loss) this.byStream.set(stream, loss);
    else this.byStream.delete(stream);
    this.changed(loss, stream);
  }
}

/** What is said of a stream that was deleted for good. @param position where that was written, where it is known */
export function tombstoned(stream: string, position?: number): Loss {
  const detail =
    `stream ${stream} was deleted for good${at(position)}: its events cannot be read any more, and this cannot be ` +
    `undone but by restoring the server`;
  return lossAs('stream-tombstoned', stream, position, detail);
}

/** What a stream's metadata make of it; undefined where all of it is kept. */
export function lossOf(stream: string, { $tb, $maxCount, $maxAge }: Retention, position?: number): Loss | undefined {
  if (typeof $tb === 'number' && $tb > WHOLE_STREAM)
    return lossAs(
      'stream-deleted',
      stream,
      position,
      `stream ${stream} was deleted${at(position)}: ${untilScavenged(stream, '$tb')}`,
    );
  if (typeof $tb === 'number' && $tb > 0) return truncated(stream, `before revision ${$tb}`, position);
  const kept = [
    ...(typeof $maxCount === 'number' ? [`only its last ${$maxCount} events are kept`] : []),
    ...(typeof $maxAge === 'number' ? [`its events are kept for ${$maxAge} s only`] : []),
  ];
  if (kept.length === 0) return undefined;
  const undo = untilScavenged(stream, typeof $maxCount === 'number' ? '$maxCount' : '$maxAge');
  const detail = `stream ${stream}: ${kept.join(', ')}, set${at(position)}; history is thrown away; ${undo}`;
  const most = typeof $maxCount === 'number' ? $maxCount : Infinity;
  return { code: 'retention-set', stream, position, detail, most, isBegun: false };
}

/** What is said of a stream whose first events are not shown any more. */
export function truncated(stream: string, which: string, position?: number): Loss {
  const undo = untilScavenged(stream, '$tb, $maxCount and $maxAge');
  const detail = `stream ${stream} was truncated${at(position)}: its events ${which} cannot be read any more; ${undo}`;
  return lossAs('stream-truncated', stream, position, detail);
}

/** Metadata as the driver hands them over; what is no object says nothing. */
export const retentionOf = (data: unknown): Retention => (typeof data === 'object' && data !== null ? data : {});

const lossAs = (code: FindingCode, stream: string, position: number | undefined, detail: string): Loss => ({
  code,
  stream,
  position,
  detail,
  most: 0,
  isBegun: true,
});

const at = (position: number | undefined): string => (position === undefined ? '' : ` at position ${position}`);
