import { hash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { MemoryEventStore } from '../event-store/memory.js';
import { piecesOf, type StoredEvent } from '../event-store/event-store.js';
import { type Delivered, type Delivery, FencedOff } from './delivery.js';
import { newRelayStatus, relay, type RelayStatus } from './follow-log.js';

const EVENT = { type: 'ContributionRecorded.v1', key: '', keyIndexed: false } as const;

/** The other side: keeps what is delivered, and does what the next of `faults` says instead. */
class FakeDelivery implements Delivery {
  readonly there: number[] = [];
  readonly calls: string[] = [];

  constructor(
    private readonly faults: ('lost' | 'unanswered' | 'fenced' | 'well')[] = [],
    private readonly before?: Delivered,
  ) {}

  async open(): Promise<Delivered> {
    this.calls.push('open');
    return this.before ?? { position: this.there.at(-1) ?? 0 };
  }

  async deliver(events: readonly StoredEvent[]): Promise<void> {
    this.calls.push('deliver');
    const fault = this.faults.shift() ?? 'well';
    if (fault === 'fenced') throw new FencedOff();
    if (fault !== 'lost') this.there.push(...events.map(({ position }) => position));
    if (fault !== 'well') throw new Error(`${fault} on purpose`);
  }

  async close(): Promise<void> {
    this.calls.push('close');
  }
}

async function logOf(events: number): Promise<MemoryEventStore> {
  const store = new MemoryEventStore();
  await append(store, events);
  return store;
}

async function append(store: MemoryEventStore, events: number): Promise<void> {
  let head = await store.head();
  const data = Array.from({ length: events }, (_, index) => ({ ...EVENT, data: `{"number":${head + index}}` }));
  for (const piece of piecesOf(data)) {
    await store.append('book-employee-460100', head === 0 ? 'no-stream' : head - 1, piece);
    head += piece.length;
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(5);
}

interface Run {
  readonly status: RelayStatus;
  readonly said: readonly string[];
  readonly stop: () => Promise<void>;
  readonly ended: Promise<void>;
}

function run(store: MemoryEventStore, delivery: Delivery): Run {
  const stopping = new AbortController();
  const status = newRelayStatus();
  const said: string[] = [];
  const ended = relay(store, delivery, status, stopping.signal, (level, message) => said.push(`${level} ${message}`));
  const stop = (): Promise<void> => {
    stopping.abort();
    return ended;
  };
  return { status, said, stop, ended };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('the relay over a place of delivery', () => {
  it('delivers every event in order, those to come as well, and stops', async () => {
    const [store, delivery] = [await logOf(4_500), new FakeDelivery()];
    const running = run(store, delivery);
    await until(() => running.status.position === 4_500);
    await append(store, 10);
    await until(() => running.status.position === 4_510);
    await running.stop();
    expect(delivery.there).toEqual(upTo(4_510));
    expect(running.status).toEqual({ state: 'stopped', position: 4_510, delivered: 4_510, failure: undefined });
    expect(running.said).toEqual(['info relay: delivering after position 0']);
    expect(delivery.calls.at(-1)).toBe('close');
  });

  it.each(['lost', 'unanswered'] as const)('asks where it is after a delivery was %s, and goes on', async (fault) => {
    const [store, delivery] = [await logOf(9_000), new FakeDelivery(['well', fault, fault, 'well'])];
    const running = run(store, delivery);
    await until(() => running.status.position === 9_000);
    await running.stop();
    expect(delivery.there).toEqual(upTo(9_000));
    expect(delivery.calls.filter((call) => call === 'open')).toHaveLength(3);
    expect(running.said.map((line) => line.split(':')[0])).toEqual([
      'info relay',
      'warn relay',
      'info relay',
      'warn relay',
      'info relay',
    ]);
  });

  it('says why it is trying again, once however long it takes', async () => {
    const delivery = new FakeDelivery();
    let attempts = 0;
    delivery.open = async () => {
      attempts += 1;
      if (attempts < 4) throw new Error('no broker');
      return { position: 0 };
    };
    const running = run(await logOf(1), delivery);
    await until(() => running.status.state === 'retrying');
    expect(running.status.failure).toBe('no broker');
    await until(() => running.status.position === 1);
    expect(running.status).toMatchObject({ state: 'running', failure: undefined });
    await running.stop();
    expect(running.said).toEqual([
      'warn relay: no broker; trying again until it works',
      'info relay: delivering after position 0',
    ]);
  });

  it('stops where another has taken over, and says so', async () => {
    const [store, delivery] = [await logOf(5_000), new FakeDelivery(['well', 'fenced'])];
    const running = run(store, delivery);
    await running.ended;
    expect(running.status).toMatchObject({ state: 'fenced', position: 4_000, failure: 'another relay has taken over' });
    expect(running.said.at(-1)).toBe(
      'warn relay: another relay has taken over; this one has stopped after position 4000',
    );
    expect(delivery.calls).toEqual(['open', 'deliver', 'deliver', 'close']);
  });
});

describe('a relay whose topic holds what the log does not', () => {
  const sha256 = (data: string): string => hash('sha256', data, 'hex');

  it.each<[string, Delivered]>([
    ['more than the log has, after an older backup was restored', { position: 21 }],
    ['another event where it had come to', { position: 10, sha256: sha256('{"number":10}') }],
  ])('stops and says so: %s', async (_, before) => {
    const [store, delivery, status] = [await logOf(20), new FakeDelivery([], before), newRelayStatus()];
    const said: string[] = [];
    await relay(store, delivery, status, new AbortController().signal, (_level, message) => said.push(message));
    expect(delivery.calls).toEqual(['open', 'close']);
    expect(status).toMatchObject({ state: 'failed', failure: expect.stringContaining('another history') as unknown });
    expect(said).toEqual([expect.stringContaining('deliver to a new topic (KAFKA_TOPIC)')]);
    await store.close();
  });

  it.each<[string, Delivered]>([
    ['as an earlier version has left it', { position: 10 }],
    ['with the digest of its last event', { position: 10, sha256: sha256('{"number":9}') }],
    ['empty', { position: 0 }],
  ])('goes on from a topic of its own, %s', async (_, before) => {
    const [store, delivery, stop] = [await logOf(20), new FakeDelivery([], before), new AbortController()];
    const ended = relay(store, delivery, newRelayStatus(), stop.signal, () => undefined);
    await until(() => delivery.there.at(-1) === 20);
    stop.abort();
    await ended;
    expect(delivery.there[0]).toBe(before.position + 1);
    await store.close();
  });
});
