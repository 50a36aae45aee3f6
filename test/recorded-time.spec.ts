import { describe, expect, it } from '@jest/globals';
import { isFinal, momentOf, positionAsOf } from '../projections/recorded-time/query.js';
import { effectiveTime, FINAL_AFTER_MS } from '../src/time/effective-time.js';
import { RecordingClock } from '../src/time/recording-clock.js';
import { TimeAudit } from '../src/audit/time-audit.js';
import { readEvent } from '../src/books/event.js';
import { type StoredEvent } from '../src/event-store/event-store.js';
import { MemoryEventStore } from '../src/event-store/memory.js';
import { FollowedLog } from './followed-log.js';
import { randomFrom } from './random.js';
import { SEED } from './seed.js';

const RUNS = 16;
const EVENTS = 40;
const START = Date.parse('2025-06-01T01:00:00.000Z');
const DAY = '2025-06-02';
/** How far the clocks of the nodes lie apart. */
const APART_MS = 2_000;
const LATEST_MS = 4 * FINAL_AFTER_MS;

/** A log as a server keeps it, several nodes that append to it, and two that follow it, each in its own batches. */
class Server {
  nowMs = START;
  readonly store = new MemoryEventStore(() => this.nowMs);
  private readonly logs = [new FollowedLog([], this.store), new FollowedLog([], this.store)];
  /** The nodes that are asked: those whose read tables show all there is. */
  private shown: readonly FollowedLog[] = [];
  /** What was stamped and has not come to the server yet. */
  private readonly underWay: { unit: string; recordedMs: number; dueMs: number }[] = [];
  private readonly revisions = new Map<string, number>();

  constructor(private readonly random: () => number) {}

  below(most: number): number {
    return Math.floor(this.random() * most);
  }

  /** One step of the log: a node stamps an event, which comes at once, a little later, or much later. */
  async step(clocks: readonly RecordingClock[]): Promise<void> {
    this.nowMs += this.below(this.random() < 0.3 ? LATEST_MS / 2 : 700);
    await this.arrive();
    // Where nothing is recorded for a while, nothing but the server's clock says that an instant is over.
    if (this.random() < 0.4) return;
    const node = clocks[this.below(clocks.length)]!;
    // What a node has seen of the log is what has arrived, or a beginning of it.
    const seen = await this.events();
    for (const { data } of seen.slice(0, seen.length - this.below(4))) node.see(recordedMsOf(data));
    const unit = `4601${String(this.revisions.size + this.underWay.length).padStart(2, '0')}`;
    const lateMs = this.random() < 0.6 ? this.below(50) : this.below(LATEST_MS);
    await node.record(async (recordedMs) => {
      this.underWay.push({ unit, recordedMs, dueMs: this.nowMs + lateMs });
    });
  }

  /** What is due has been written. */
  async arrive(): Promise<void> {
    const due = this.underWay
      .filter(({ dueMs }) => dueMs <= this.nowMs)
      .toSorted((one, other) => one.dueMs - other.dueMs);
    for (const one of due) {
      this.underWay.splice(this.underWay.indexOf(one), 1);
      await this.append(one.unit, one.recordedMs);
    }
  }

  private async append(unit: string, recordedMs: number): Promise<void> {
    const stream = `book-resident-${unit}`;
    const revision = this.revisions.get(stream) ?? -1;
    const event = { kind: 'given', fund: 'resident', unit, businessDate: '2025-05-12' };
    const data = JSON.stringify({ recordedAt: new Date(recordedMs).toISOString(), ...event });
    const one = { type: 'Given.v1', data, key: `${stream}-${revision + 1}`, keyIndexed: true };
    await this.store.append(stream, revision < 0 ? 'no-stream' : revision, [one]);
    this.revisions.set(stream, revision + 1);
  }

  async events(): Promise<StoredEvent[]> {
    const all: StoredEvent[] = [];
    for await (const batch of this.store.readAll({ after: 0, live: false })) all.push(...batch);
    return all;
  }

  /** One node follows the log at each step, the other now and then; the third, at the end, from the beginning. */
  async follow(isEnd = false): Promise<void> {
    if (isEnd) this.logs.push(new FollowedLog([], this.store));
    const [first, ...others] = this.logs as [FollowedLog, ...FollowedLog[]];
    this.shown = [first, ...(isEnd || this.below(5) === 0 ? others : [])];
    for (const log of this.shown) await log.follow(1 + this.below(7));
  }

  /** The position of an instant, the same on every node, and whether it is said that it can no longer change. */
  async shownAt(instantMs: number): Promise<{ position: number; final: boolean | null }> {
    const head = await this.store.head();
    const written = new Date(instantMs).toISOString();
    const found: { position: number; final: boolean | null }[] = [];
    for (const log of this.shown) {
      // What a node's own clock says is no reason to call anything final.
      const asking = { ...log.asking(DAY), clock: () => this.nowMs + this.below(APART_MS) };
      const position = positionAsOf(asking.tables, await momentOf(asking, written), head);
      found.push({ position, final: await isFinal(asking, written, position) });
    }
    expect(found).toEqual(found.map(() => found[0]));
    return found[0]!;
  }

  close(): void {
    for (const log of this.logs) log.close();
  }
}

const recordedMsOf = (data: string): number => Date.parse((JSON.parse(data) as { recordedAt: string }).recordedAt);

/** The rule in its own words: the last position up to which nothing counts as recorded later. */
function positionByRule(events: readonly StoredEvent[], instantMs: number): number {
  let position = 0;
  for (const event of events) {
    if (effectiveTime(recordedMsOf(event.data), event.storedAtMs) > instantMs) break;
    position = event.position;
  }
  return position;
}

describe('recorded time on a log with several writers', () => {
  it(`holds at every beginning of ${RUNS} random logs (seed ${SEED})`, async () => {
    let [late, back] = [0, 0];
    for (let run = 0; run < RUNS; run += 1) {
      const server = new Server(randomFrom(SEED + run));
      const offsets = [0, -APART_MS + server.below(APART_MS), server.below(APART_MS)];
      const clocks = offsets.map((offset) => new RecordingClock(() => server.nowMs + offset, undefined));
      const finals = new Map<number, number>();
      const asked: number[] = [];
      for (let n = 0; n < EVENTS; n += 1) {
        await server.step(clocks);
        await server.follow();
        const events = await server.events();
        asked.push(server.nowMs - server.below(3 * FINAL_AFTER_MS));
        const instants = [...asked.slice(-3), server.nowMs + LATEST_MS].toSorted((one, other) => one - other);
        let before = 0;
        for (const instant of instants) {
          const { position, final } = await server.shownAt(instant);
          expect(position).toBe(positionByRule(events, instant));
          // Monotone, and an instant after every event's shows them all.
          expect(position).toBeGreaterThanOrEqual(before);
          before = position;
          if (final) finals.set(instant, finals.get(instant) ?? position);
          // A minute is enough for all of them, and what is yet to come is never final.
          if (instant < server.nowMs - FINAL_AFTER_MS) expect(final).toBe(true);
          if (instant > server.nowMs + LATEST_MS - 1) expect(final).toBe(false);
        }
        expect(before).toBe(await server.store.head());
      }
      server.nowMs += LATEST_MS + FINAL_AFTER_MS;
      await server.arrive();
      await server.follow(true);
      for (const [instant, position] of finals)
        expect(await server.shownAt(instant)).toEqual({ position, final: true });
      const audit = new TimeAudit({ nowMs: server.nowMs, boundMs: Infinity }, Infinity);
      for (const event of await server.events()) audit.take(event, readEvent(event));
      expect(audit.breaches).toEqual([]);
      const noted = audit.notes().map(({ invariant }) => invariant);
      if (noted.includes('stored-late')) late += 1;
      if (noted.includes('recorded-time-order')) back += 1;
      server.close();
    }
    // The runs are such that the claims are tried.
    expect(Math.min(late, back)).toBeGreaterThan(RUNS / 4);
  });
});
