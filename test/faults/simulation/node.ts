import { likenessesShown, trailPosition } from '../../../projections/audit-trail/likenesses.js';
import { readBookState } from '../../../projections/book-state/query.js';
import { follow } from '../../../projections/following/follow.js';
import { PROJECTIONS } from '../../../projections/registry.js';
import { Books } from '../../../src/books/handle.js';
import { type Posted, type PostRequest } from '../../../src/books/post-request.js';
import { type EventStore } from '../../../src/event-store/event-store.js';
import { lastRecordedAt } from '../../../src/ledger.js';
import { DAY_MS, RecordingClock } from '../../../src/time/recording-clock.js';
import { identityOf } from '../../../src/catalogue/identity.js';
import { likenessOf } from '../../../src/kinds/likeness.js';
import { FROM_LOG } from '../../given-when-then.js';
import { type Schedule } from './schedule.js';
import { type TwoTables } from './tables.js';
import { Connection, type Weather } from './store.js';

/** What all nodes of a run have in common. */
export interface World {
  readonly log: EventStore;
  readonly schedule: Schedule;
  readonly weather: { now: Weather };
}

/** A client waits no longer, or its node is gone: what has become of its request, it cannot know. */
export class CutOff extends Error {}

const BOUND_MS = 30 * DAY_MS;
/** How wrong a clock may become for a while: seconds and hours mostly, now and then weeks and years. */
const SKEWS_MS = [-3_000, 700, 3_600_000, -3_600_000, 20 * DAY_MS, -12 * DAY_MS, 4 * 365 * DAY_MS, -4 * 365 * DAY_MS];

/**
 * A node of the ledger: its books, and its read tables where it has any, which a follower of its own keeps. It is
 * killed and started again; what it has in its files stays.
 */
export class Node {
  private connection!: Connection;
  private books!: Books;
  private skewMs = 0;
  deaths = 0;
  followerDeaths = 0;
  conflicts = 0;

  private constructor(
    private readonly world: World,
    readonly name: string,
    /** The read tables, where it has any. */
    private readonly tables: TwoTables | undefined,
  ) {}

  static async start(world: World, name: string, tables: TwoTables | undefined): Promise<Node> {
    const node = new Node(world, name, tables);
    await node.open();
    return node;
  }

  /** Posts, as far as a client can see. @throws CutOff where it gets no answer */
  async post(request: PostRequest, patienceMs: number): Promise<Posted> {
    const cut = (why: string) => (): never => {
      throw new CutOff(`${this.name} ${why}`);
    };
    const late = this.world.schedule.pause(`${this.name} patience`, patienceMs).then(cut('is late'));
    return Promise.race([this.books.post(request), late, this.connection.died.then(cut('is gone'))]);
  }

  /** Books whose answers are looked at without a client, as an import does. It sees nothing of what the dead do. */
  use<T>(act: (books: Books) => Promise<T>): Promise<T> {
    const gone = this.connection.died.then((): never => {
      throw new CutOff(`${this.name} is gone`);
    });
    return Promise.race([act(this.books), gone]);
  }

  /** Ends its process and starts another. */
  async restart(): Promise<void> {
    this.deaths += 1;
    this.world.schedule.note(`${this.name} is killed`);
    this.connection.kill();
    await this.world.schedule.pause(`${this.name} starts`, 10, 500);
    await this.open();
  }

  /** Sets its clock wrong, and right again after a while. */
  async wrongClock(): Promise<void> {
    const { schedule } = this.world;
    this.skewMs = schedule.pick(SKEWS_MS);
    schedule.note(`${this.name} clock ${this.skewMs}`);
    await schedule.pause(`${this.name} clock is right`, 50, 5_000);
    this.skewMs = 0;
  }

  /** Follows the log until the signal; whenever the follower dies, by a fault or by chance, another goes on. */
  async keepFollowing(signal: AbortSignal): Promise<void> {
    const { log, schedule, weather } = this.world;
    while (this.tables && !signal.aborted) {
      const follower = new Connection(log, schedule, weather, `${this.name} follower`);
      if (weather.now.readerEnds > 0) follower.kill(schedule.between(1, 60));
      const options = { live: true, batch: schedule.pick([1, 7, 1_000]) };
      const followed = follow(follower, this.tables.writer, PROJECTIONS, options, signal).then(
        () => 'ended',
        (error: Error) => `threw ${error.message}`,
      );
      const how = await Promise.race([followed, follower.died.then(() => 'died')]);
      if (!signal.aborted) this.followerDeaths += 1;
      schedule.note(`${this.name} follower ${how}`);
      await schedule.pause(`${this.name} follower starts`, 1, 200);
    }
  }

  /** The read tables and the books, to be judged. */
  get own(): { readonly books: Books; readonly tables: TwoTables | undefined } {
    return { books: this.books, tables: this.tables };
  }

  private async open(): Promise<void> {
    const { log, schedule, weather } = this.world;
    this.conflicts += this.books?.conflicts ?? 0;
    this.connection = new Connection(log, schedule, weather, this.name);
    const clock = (): number => schedule.nowMs + this.skewMs;
    const recording = new RecordingClock(clock, await lastRecordedAt(log), BOUND_MS);
    const reading = this.tables?.reading;
    if (!reading) this.books = new Books(this.connection, recording, undefined, FROM_LOG);
    else
      this.books = new Books(this.connection, recording, (stream) => readBookState(reading, stream), {
        identityOf,
        likenessOf,
        position: () => trailPosition(reading),
        shown: (command) => ({ upTo: trailPosition(reading), likenesses: likenessesShown(reading, command) }),
      });
  }
}
