import {
  type Appended,
  type AuditFinding,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
  StoreUnreachable,
} from '../../../src/event-store/event-store.js';
import { MemoryEventStore } from '../../../src/event-store/memory.js';
import { never, type Schedule } from './schedule.js';

/** The log under all nodes: a store that keeps the contract, to the letter where that leaves a choice. */
export class SimulatedLog extends MemoryEventStore {
  override async findByKey(stream: string, key: string, upTo = Infinity): Promise<StoredEvent | undefined> {
    const found = await super.findByKey(stream, key);
    return found && found.revision <= upTo ? found : undefined;
  }
}

/** How probable each fault is, from 0 to 1, in this run. */
export interface Weather {
  /**
   * Whether the log is a file of the node's own: appends reach it in their order, and none of them after its process
   * has ended or has been told that it failed.
   */
  readonly isEmbedded: boolean;
  /** An append fails before anything is written, in one of the ways of disks and servers. */
  readonly appendFails: number;
  /** Nothing is written, and there is no answer until the deadline. */
  readonly appendHangs: number;
  /** It is written, and its answer is lost. */
  readonly answerLost: number;
  /** It is written long after its caller was told that nobody knows. */
  readonly appendLate: number;
  readonly readFails: number;
  /** A reader that follows the log ends, or throws. */
  readonly readerEnds: number;
}

export const CALM: Omit<Weather, 'isEmbedded'> = {
  appendFails: 0,
  appendHangs: 0,
  answerLost: 0,
  appendLate: 0,
  readFails: 0,
  readerEnds: 0,
};

const DEADLINE_MS = 10_000;
const WAY_MS = 4;
const POLL_MS = 1_500;

/** What a store of each kind says when it fails, and whether anything was written is not known from it. */
const FAILURES = [
  () => new StoreUnreachable('the store does not answer'),
  () => Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_FSYNC' }),
  () => Object.assign(new Error('database disk image is malformed'), { code: 'SQLITE_CORRUPT' }),
  () => Object.assign(new Error('i/o error'), { code: 'EIO' }),
  () => new Error('something that nobody thought of'),
];
const diskFull = (): Error => Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });

/**
 * What one process has of the log: calls on the way, answers on the way back, and what becomes of both by chance. When
 * the process dies, nothing that was under way is answered any more.
 */
export class Connection implements EventStore {
  private tail: Promise<void> = Promise.resolve();
  private isDead = false;
  private callsLeft = Infinity;
  private die: () => void = () => undefined;
  /** Resolves when it has died. */
  readonly died = new Promise<void>((resolve) => (this.die = resolve));
  failure: undefined;

  constructor(
    private readonly log: EventStore,
    private readonly schedule: Schedule,
    private readonly weather: { now: Weather },
    private readonly name: string,
  ) {}

  /** Ends the process it belongs to: now, or at one of its next waits. */
  kill(after = 0): void {
    if (after > 0) {
      this.callsLeft = after;
      return;
    }
    this.isDead = true;
    this.die();
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    const { schedule, weather } = this;
    const way = this.reach(`append ${stream} ${expected} +${events.length}`);
    await way;
    const apply = (): Promise<Appended> => {
      schedule.note(`${this.name} written ${stream} ${expected} ${events.map(({ key }) => key).join(' ')}`);
      return this.log.append(stream, expected, events);
    };
    if (schedule.chance(weather.now.appendFails)) throw schedule.chance(0.3) ? diskFull() : this.anyFailure();
    if (schedule.chance(weather.now.appendHangs)) return this.lost('append hangs');
    if (schedule.chance(weather.now.appendLate)) {
      void schedule.pause(`${this.name} late`, 1, 3 * DEADLINE_MS).then(() => apply().catch(ignore));
      return this.lost('append late');
    }
    const appended = apply();
    if (schedule.chance(weather.now.answerLost)) {
      await appended.catch(ignore);
      return this.lost('answer lost');
    }
    const settled = await appended.then(
      (answer) => () => answer,
      (error: unknown) => () => {
        throw error;
      },
    );
    await this.way('answer');
    return settled();
  }

  async readStream(stream: string, options: ReadStreamOptions): Promise<StoredEvent[]> {
    await this.read(`read ${stream} ${options.from ?? ''}`);
    return this.log.readStream(stream, options);
  }

  async findByKey(stream: string, key: string, upTo: number): Promise<StoredEvent | undefined> {
    await this.read(`find ${stream} ${key}`);
    return this.log.findByKey(stream, key, upTo);
  }

  async head(): Promise<number> {
    await this.read('head');
    return this.log.head();
  }

  async last(): Promise<StoredEvent | undefined> {
    await this.read('last');
    return this.log.last();
  }

  async *readAll(options: ReadAllOptions, signal?: AbortSignal): AsyncIterable<StoredEvent[]> {
    const { live, ...where } = options;
    let { after } = options;
    while (!signal?.aborted) {
      await this.way(`read after ${after}`);
      if (this.schedule.chance(this.weather.now.readerEnds)) {
        if (!live || this.schedule.chance(0.5)) throw this.anyFailure();
        return;
      }
      const pages = this.log.readAll({ ...where, after, live: false })[Symbol.asyncIterator]();
      const { value: page } = (await pages.next()) as { value: StoredEvent[] | undefined };
      if (page) {
        after = page.at(-1)!.position;
        yield page;
      } else if (!live) return;
      else await this.schedule.pause(`${this.name} polls`, 1, POLL_MS);
    }
  }

  async *audit(): AsyncIterable<AuditFinding> {
    // The file is not what is simulated.
  }

  async close(): Promise<void> {
    this.kill();
  }

  private async read(what: string): Promise<void> {
    await this.way(what);
    if (this.schedule.chance(this.weather.now.readFails)) throw this.anyFailure();
  }

  private anyFailure(): Error {
    return this.schedule.pick(FAILURES)();
  }

  /** Nobody knows what has become of it. */
  private async lost(what: string): Promise<never> {
    await this.schedule.pause(`${this.name} ${what}`, 1, DEADLINE_MS);
    await this.demandLife();
    throw this.weather.now.isEmbedded ? this.anyFailure() : new StoreUnreachable('no answer before the deadline');
  }

  /** The way to the log: to a file in the order of the calls, over a network in any order. */
  private reach(what: string): Promise<void> {
    if (!this.weather.now.isEmbedded) return this.way(what, this.schedule.chance(0.5));
    const reached = this.tail.then(() => this.way(what));
    this.tail = reached;
    return reached;
  }

  /** @param isSent whether what is on its way arrives although its sender has died */
  private async way(what: string, isSent = false): Promise<void> {
    await this.schedule.pause(`${this.name} ${what}`, 0, WAY_MS);
    if (!isSent) await this.demandLife();
  }

  private async demandLife(): Promise<void> {
    this.callsLeft -= 1;
    if (this.callsLeft <= 0 && !this.isDead) {
      this.schedule.note(`${this.name} dies`);
      this.kill();
    }
    if (this.isDead) await never();
  }
}

function ignore(): void {
  // Its caller was told that nobody knows.
}
