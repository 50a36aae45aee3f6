/**
 * What the double has written: streams as the server keeps them, with what other programs and the server itself write,
 * and with what an operator may do to a stream.
 */

export interface Recorded {
  readonly position: number;
  readonly stream: string;
  readonly revision: number | bigint;
  readonly type: string;
  readonly id: string;
  readonly metadata: [string, string][];
  readonly customMetadata: Uint8Array;
  readonly data: Uint8Array;
  readonly createdMs: number;
  /** True for what no client has appended. */
  readonly isGuest: boolean;
}

/** An event about to be written. */
export type Proposed = Pick<Recorded, 'id' | 'type' | 'metadata' | 'customMetadata' | 'data'>;

/** What is written about a stream beside it, in the server's own words. */
export interface StreamMetadata {
  readonly $maxCount?: number;
  /** Seconds. */
  readonly $maxAge?: number;
  /** The first revision that is still shown. */
  readonly $tb?: number;
}

/** The revision of a tombstone, and what a deletion that can be undone truncates before. */
const LAST_REVISION = 9_223_372_036_854_775_807n;
const NO_BYTES = new Uint8Array();
/** The server's statistics have some kilobytes, one for each of its queues. */
const STATISTICS = JSON.stringify(
  Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`es-queue-${index}-avgItemsPerSecond`, index * 3])),
);

export class DoubleLog {
  readonly events: Recorded[] = [];
  private readonly streams = new Map<string, Recorded[]>();
  private readonly tombstones = new Set<string>();
  private writes = 0;

  /** @param withGuests whether the server and other programs write between what is appended */
  constructor(
    private readonly withGuests: boolean,
    private readonly clock: { readonly aheadMs: number } = { aheadMs: 0 },
  ) {
    if (!withGuests) return;
    this.recordJson('$settings', '$settings', '{"$userStreamAcl":{"$r":"$all","$w":"$all"}}');
    this.recordForeign(2);
  }

  isTombstoned(stream: string): boolean {
    return this.tombstones.has(stream);
  }

  /** The last revision a stream has come to, whatever of it is still shown; -1 where there has been none. */
  lastRevision(stream: string): number {
    return this.revisionsOf(stream).length - 1;
  }

  /** The events of a stream from a revision on that were ever written, be they shown or not. */
  written(stream: string, from: number): Recorded[] {
    return this.revisionsOf(stream).slice(from);
  }

  /** True where there is no stream, or one that was deleted and is not written to again. */
  isAbsent(stream: string): boolean {
    return this.revisionsOf(stream).length === 0 || (this.metadataOf(stream).$tb ?? 0) > Number.MAX_SAFE_INTEGER;
  }

  /** The events of a stream that a read shows. */
  shown(stream: string): Recorded[] {
    const own = this.revisionsOf(stream);
    const metadata = this.metadataOf(stream);
    if (Object.keys(metadata).length === 0) return own;
    const { $maxCount = Infinity, $maxAge = Infinity, $tb = 0 } = metadata;
    const first = Math.max($tb, own.length - $maxCount);
    const oldestMs = Date.now() - $maxAge * 1_000;
    return own.filter(({ revision, createdMs }) => revision >= first && createdMs >= oldestMs);
  }

  /** Writes what a client has appended, all at once, and what others write meanwhile. */
  append(stream: string, proposed: readonly Proposed[]): void {
    const deletedAt = this.isAbsent(stream) ? this.revisionsOf(stream).length : 0;
    for (const one of proposed) this.record(stream, one, stream.startsWith('$'));
    // A deleted stream that is written to again begins where it ended.
    if (deletedAt > 0) this.setMetadata(stream, { $tb: deletedAt });
    if (!this.withGuests) return;
    this.writes += 1;
    if (this.writes % 7 === 0) this.recordJson('$stats-127.0.0.1:2113', '$statsCollected', STATISTICS);
    if (this.writes % 5 === 0) this.recordForeign(2);
  }

  /** Writes events of other programs to the end of the log, JSON and binary in turn. */
  recordForeign(count: number): void {
    for (let n = 0; n < count; n += 1) {
      if (n % 2 === 0) this.recordJson('orders-1', 'OrderPlaced', '{"order":1}');
      else this.recordBinary('book-1', 'BookLent', Buffer.from([0x0a, 0xff, 0x00, 0xc3]));
    }
  }

  recordJson(stream: string, type: string, data: string): Recorded {
    return this.recordGuest(stream, type, 'application/json', Buffer.from(data));
  }

  recordBinary(stream: string, type: string, data: Uint8Array): Recorded {
    return this.recordGuest(stream, type, 'application/octet-stream', data);
  }

  /** Sets retention, or takes it back with nothing. */
  setMetadata(stream: string, metadata: StreamMetadata): Recorded {
    return this.recordJson(`$$${stream}`, '$metadata', JSON.stringify(metadata));
  }

  /** Deletes a stream so that it can be undone until the server next scavenges. */
  softDelete(stream: string): Recorded {
    return this.recordJson(`$$${stream}`, '$metadata', `{"$tb":${LAST_REVISION}}`);
  }

  /** Deletes a stream for good. */
  tombstone(stream: string): Recorded {
    this.tombstones.add(stream);
    const metadata: [string, string][] = [
      ['type', '$streamDeleted'],
      ['content-type', 'application/octet-stream'],
    ];
    const event = { ...proposed('$streamDeleted', metadata, NO_BYTES), stream, revision: LAST_REVISION };
    return this.add(event, true);
  }

  /** Throws away what no read shows any more. */
  scavenge(): void {
    const kept = this.events.filter((event) => {
      if (event.stream.startsWith('$') || event.type === '$streamDeleted') return true;
      return !this.isTombstoned(event.stream) && this.shown(event.stream).includes(event);
    });
    this.events.splice(0, Infinity, ...kept);
    this.recordJson('$scavenges', '$scavengeCompleted', '{"result":"Success"}');
  }

  /** Takes away what was written last, as a server does that was restored from an older copy. */
  setBack(position: number): void {
    const lost = this.events.splice(this.indexFrom(position + 1));
    for (const { stream, type } of lost) {
      if (type === '$streamDeleted') this.tombstones.delete(stream);
      else this.streams.get(stream)!.pop();
    }
  }

  /** The index of the event that stands at a position; -1 where none does. */
  indexAt(position: number): number {
    const index = this.indexFrom(position);
    return this.events[index]?.position === position ? index : -1;
  }

  /** The index of the first event at or behind a position. */
  indexFrom(position: number): number {
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.events[middle]!.position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private metadataOf(stream: string): StreamMetadata {
    const last = this.revisionsOf(`$$${stream}`).at(-1);
    return last ? (JSON.parse(Buffer.from(last.data).toString()) as StreamMetadata) : {};
  }

  private revisionsOf(stream: string): Recorded[] {
    return this.streams.get(stream) ?? [];
  }

  private recordGuest(stream: string, type: string, contentType: string, data: Uint8Array): Recorded {
    const metadata: [string, string][] = [
      ['type', type],
      ['content-type', contentType],
    ];
    return this.record(stream, proposed(type, metadata, data), true);
  }

  private record(stream: string, event: Proposed, isGuest: boolean): Recorded {
    const own = this.revisionsOf(stream);
    const recorded = this.add({ ...event, stream, revision: own.length }, isGuest);
    own.push(recorded);
    this.streams.set(stream, own);
    return recorded;
  }

  private add(event: Proposed & Pick<Recorded, 'stream' | 'revision'>, isGuest: boolean): Recorded {
    const position = (this.events.at(-1)?.position ?? 0) + 120 + event.data.length;
    const recorded = { ...event, position, createdMs: Date.now() + this.clock.aheadMs, isGuest };
    this.events.push(recorded);
    return recorded;
  }
}

const proposed = (type: string, metadata: [string, string][], data: Uint8Array): Proposed => ({
  id: '00000000-0000-8000-8000-000000000000',
  type,
  metadata,
  customMetadata: NO_BYTES,
  data,
});
