import { type ServerNow } from './event-store.js';

/** What is seen of an event: where it stands, and when the server wrote it. */
interface SeenEvent {
  readonly created: Date;
  readonly position?: { readonly commit: bigint };
}

/**
 * What is known of a server's clock, learnt from the times that it puts on events. A clock of this machine that only
 * goes forward measures what has passed since, so that it does not matter whether its calendar clock is right, or set.
 */
export class ServerTime {
  /** How far the server's clock lies ahead of the measuring one: at least, and at most. */
  private least: number | undefined;
  private most: number | undefined;
  /** An own append that was not seen in the log yet, with the time at which it was sent first. */
  private sent: { readonly position: number; readonly atMs: number } | undefined;

  constructor(private readonly elapsedMs: () => number = () => performance.now()) {}

  /** The time of an append that begins now, for `appended`. */
  begin(): number {
    return this.elapsedMs();
  }

  /** An append stands at a position: the server wrote it no earlier than it was sent. */
  appended(position: number, atMs: number): void {
    // The first that was not seen yet: under load there is always a later one.
    this.sent ??= { position, atMs };
  }

  /** Sees every event of a read, once it is there. */
  async seeAll<T extends { readonly event?: SeenEvent | undefined }>(reading: Promise<T[]>): Promise<T[]> {
    const read = await reading;
    for (const { event } of read) if (event?.position) this.see(event.created.getTime(), event.position.commit);
    return read;
  }

  /** An event was read that the server has put a time on, be it anybody's: its clock is no earlier than that. */
  see(createdMs: number, position: bigint): void {
    if (!(createdMs > 0)) return;
    const least = createdMs - this.elapsedMs();
    // What contradicts what was learnt before shows that the server's clock was set: then only the newest counts.
    if (this.most !== undefined && least > this.most) this.most = undefined;
    this.least = Math.max(this.least ?? least, least);
    if (!this.sent || position < this.sent.position) return;
    this.most = createdMs - this.sent.atMs;
    this.sent = undefined;
    if (this.least > this.most) this.least = least;
  }

  /** The server has been set back: what was appended may not be there any more. */
  forget(): void {
    this.sent = undefined;
  }

  /** Undefined as long as nothing was read. */
  now(): ServerNow | undefined {
    if (this.least === undefined) return undefined;
    const elapsedMs = this.elapsedMs();
    return {
      earliestMs: Math.floor(elapsedMs + this.least),
      latestMs: this.most === undefined ? Infinity : Math.ceil(elapsedMs + this.most),
    };
  }
}
