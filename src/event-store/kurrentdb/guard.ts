import { type StoredEvent } from '../event-store.js';
import { positionOf, toStored, type WireEvent } from './events.js';
import { Losses, truncated } from './losses.js';
import { foreignEvent, type OurStreams } from './streams.js';
import { HistoryUnreadable, type StoreFinding, StoreRefused } from '../store-refusal.js';

/** Most events of other programs below our prefix that are remembered one by one. */
const MOST_FOREIGN = 100;
const MORE_FOREIGN: StoreFinding = {
  code: 'foreign-event',
  stream: '',
  position: undefined,
  detail:
    `more events of other programs stand below the prefix than the ${MOST_FOREIGN} that are named: ` +
    '`verify` counts all',
};

/**
 * Takes in what is ours of what a server holds, and remembers what an operator must know of: events of others among
 * ours, and what was taken from our streams. Each is told once, loudly.
 */
export class StreamGuard {
  readonly losses: Losses;
  private readonly foreign = new Map<number, StoreFinding>();
  private areMore = false;
  private unprefixed: WireEvent | undefined;

  constructor(
    private readonly streams: OurStreams,
    private readonly log: (message: string) => void,
    private readonly met: (finding: StoreFinding) => void = () => undefined,
  ) {
    this.losses = new Losses(
      (stream) => streams.isOurs(stream),
      (loss, stream) => log(loss ? `!!! ${loss.detail}` : `stream ${stream} is whole again`),
    );
  }

  get findings(): readonly StoreFinding[] {
    return [...this.losses.findings(), ...this.foreign.values(), ...(this.areMore ? [MORE_FOREIGN] : [])];
  }

  /** A stream that was met of a ledger whose streams have no prefix. */
  get unprefixedStream(): string | undefined {
    return this.unprefixed?.streamId;
  }

  /** An event of the log as the ledger takes it in: those of others are left out, and named where they are below us. */
  take(event: WireEvent, alike = ''): StoredEvent | undefined {
    if (!this.isOurs(event)) return undefined;
    const stream = this.streams.bare(event.streamId);
    return stream.startsWith(alike) ? toStored(event, stream) : undefined;
  }

  isOurs(event: WireEvent): boolean {
    if (this.streams.isUnprefixed(event)) this.unprefixed = event;
    const sort = this.streams.sort(event);
    if (sort === 'foreign') this.meetForeign(event);
    return sort === 'ours';
  }

  /**
   * What was read of one of our streams.
   * @throws HistoryUnreadable, where one of the events is not ours
   */
  demandOurs(stream: string, recorded: readonly WireEvent[]): StoredEvent[] {
    return recorded.map((event) => {
      if (this.streams.sort(event) !== 'ours') throw new HistoryUnreadable(this.meetForeign(event));
      return toStored(event, stream);
    });
  }

  /** @throws HistoryUnreadable, where a read from a revision does not begin there though there is something behind */
  demandFrom(onServer: string, from: number, first: WireEvent | undefined): void {
    const known = this.losses.of(onServer);
    if (first ? first.revision > BigInt(from) : from === 0 && known)
      throw new HistoryUnreadable(known ?? truncated(onServer, `before revision ${first!.revision}`));
  }

  /** @throws StoreRefused, where what was looked at holds a ledger whose streams have no prefix */
  demandNoUnprefixed(): void {
    if (!this.unprefixed) return;
    const { streamId } = this.unprefixed;
    throw new StoreRefused('prefix', `${streamId} at position ${positionOf(this.unprefixed)}`);
  }

  forget(): void {
    this.losses.forget();
    this.foreign.clear();
    this.areMore = false;
  }

  /** Takes in what another reader of the same log has met and told. Returns whether it is new here. */
  meet(finding: StoreFinding): boolean {
    const { position } = finding;
    if (position === undefined || this.foreign.has(position)) return false;
    this.areMore = this.foreign.size >= MOST_FOREIGN;
    if (!this.areMore) this.foreign.set(position, finding);
    return !this.areMore;
  }

  private meetForeign(event: WireEvent): StoreFinding {
    const finding = foreignEvent(event);
    if (this.meet(finding)) {
      this.log(`!!! ${finding.detail}`);
      this.met(finding);
    }
    return finding;
  }
}
