import {
  type Appended,
  type ExpectedRevision,
  type NewEvent,
  type ReadAllOptions,
  type StoredEvent,
} from '../../../src/event-store/event-store.js';
import { MemoryEventStore } from '../../../src/event-store/memory.js';
import { type Schedule } from './schedule.js';
import { SimulatedLog } from './store.js';

/** How often a log breaks its contract, of the times it could. */
const OFTEN = 0.2;

type Append = [stream: string, expected: ExpectedRevision, events: readonly NewEvent[]];

/** Logs that break the contract of a store, one promise each: whoever judges a run has to find every one of them. */
export const BREACHES: Readonly<Record<string, (schedule: Schedule) => MemoryEventStore>> = {
  'loses what it acknowledged': (schedule) =>
    new (class extends SimulatedLog {
      override async append(...[stream, expected, events]: Append): Promise<Appended> {
        const { length } = await this.readStream(stream, { limit: 100_000 });
        const isNext = expected === (length === 0 ? 'no-stream' : length - 1);
        if (!isNext || !schedule.chance(OFTEN)) return super.append(stream, expected, events);
        const head = await this.head();
        const positions = events.map((_, index) => head + index + 1);
        return { revision: length + events.length - 1, position: positions.at(-1)!, positions: async () => positions };
      }
    })(),
  'appends twice': (schedule) =>
    new (class extends SimulatedLog {
      override async append(...[stream, expected, events]: Append): Promise<Appended> {
        const appended = await super.append(stream, expected, events);
        const again = events.map((event) => ({ ...event, keyIndexed: false }));
        if (schedule.chance(OFTEN)) await super.append(stream, appended.revision, again);
        return appended;
      }
    })(),
  'changes the order within an append': () =>
    new (class extends SimulatedLog {
      override append(...[stream, expected, events]: Append): Promise<Appended> {
        return super.append(stream, expected, events.toReversed());
      }
    })(),
  'appends half and fails': (schedule) =>
    new (class extends SimulatedLog {
      override async append(...[stream, expected, events]: Append): Promise<Appended> {
        if (events.length < 2 || !schedule.chance(OFTEN)) return super.append(stream, expected, events);
        await super.append(stream, expected, events.slice(0, 1));
        throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
      }
    })(),
  'appends what it says it had no room for': (schedule) =>
    new (class extends SimulatedLog {
      override async append(...given: Append): Promise<Appended> {
        const appended = await super.append(...given);
        if (!schedule.chance(OFTEN)) return appended;
        throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
      }
    })(),
  'appends behind another revision than expected': () =>
    new (class extends SimulatedLog {
      override async append(...[stream, , events]: Append): Promise<Appended> {
        const { length } = await this.readStream(stream, { limit: 100_000 });
        return super.append(stream, length === 0 ? 'no-stream' : length - 1, events);
      }
    })(),
  'does not find a key that it has': () =>
    new (class extends SimulatedLog {
      override async findByKey(): Promise<undefined> {
        return undefined;
      }
      override append(...[stream, expected, events]: Append): Promise<Appended> {
        const without = events.map((event) => ({ ...event, keyIndexed: false }));
        return super.append(stream, expected, without);
      }
    })(),
  'leaves out an event when it is read': (schedule) =>
    new (class extends SimulatedLog {
      override async *readAll(options: ReadAllOptions, signal?: AbortSignal): AsyncIterable<StoredEvent[]> {
        for await (const page of super.readAll(options, signal)) {
          const isWhole = page.length < 2 || !schedule.chance(OFTEN);
          yield isWhole ? page : page.filter((_, index) => index !== page.length - 2);
        }
      }
    })(),
};
