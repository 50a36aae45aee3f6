import { positionOf, type WireEvent } from './events.js';
import { type StoreFinding } from '../store-refusal.js';

/** With which the names of a ledger's streams begin on a server, where nothing else is said. */
export const USUAL_PREFIX = 'tongzhang-';

/** An event as far as it is looked at to know whose it is. */
export type SortedEvent = Pick<WireEvent, 'streamId' | 'type' | 'data' | 'metadata'>;

/**
 * Which streams of a server are the ledger's: those whose names begin with its prefix. Nobody above sees the prefix.
 * Without one, those that begin as the ledger's own do, as in version 0.1.
 */
export class OurStreams {
  constructor(
    readonly prefix: string,
    private readonly names: readonly string[],
  ) {}

  onServer = (stream: string): string => this.prefix + stream;

  /** The name of a stream of ours as the ledger knows it; others' stay what they are. */
  bare = (onServer: string): string =>
    onServer.startsWith(this.prefix) ? onServer.slice(this.prefix.length) : onServer;

  /** The beginnings of the names of our streams, or of those among them that begin alike. */
  beginnings(alike?: string): string[] {
    if (alike !== undefined && alike !== '') return [this.onServer(alike)];
    return this.prefix === '' ? [...this.names] : [this.prefix];
  }

  isOurs(onServer: string): boolean {
    return this.beginnings().some((beginning) => onServer.startsWith(beginning));
  }

  /**
   * Whose an event is. What another program has written below our prefix is foreign: we append bytes with their hash
   * beside them, to streams of our own names. The server's own words, such as a tombstone, are others'.
   */
  sort(event: SortedEvent): 'ours' | 'foreign' | 'others' {
    if (!this.isOurs(event.streamId) || event.type.startsWith('$')) return 'others';
    const isNamedAsOurs = this.names.some((name) => this.bare(event.streamId).startsWith(name));
    return isNamedAsOurs && hasOurMark(event) ? 'ours' : 'foreign';
  }

  /** Whether an event is of a ledger whose streams have no prefix, as of version 0.1. */
  isUnprefixed(event: SortedEvent): boolean {
    return this.prefix !== '' && this.names.some((name) => event.streamId.startsWith(name)) && hasOurMark(event);
  }
}

/** Every event of a ledger is bytes, with their SHA-256 beside them. */
function hasOurMark({ data, metadata }: SortedEvent): boolean {
  const { sha256 } = (metadata ?? {}) as { sha256?: unknown };
  return data instanceof Uint8Array && typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256);
}

/** What is said of an event of another program below our prefix. */
export function foreignEvent(event: WireEvent): StoreFinding {
  const { streamId: stream, revision, type } = event;
  const position = positionOf(event);
  const detail =
    `stream ${stream} revision ${revision} position ${position} is an event of another program (${type}): it is left ` +
    `out, and nothing is recorded in this stream any more; see who may write to it, and move the ledger with ` +
    `\`tongzhang copy\``;
  return { code: 'foreign-event', stream, position, detail };
}
