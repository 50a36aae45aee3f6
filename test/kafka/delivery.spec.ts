import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventId, type NewEvent } from '../../src/event-store/event-store.js';
import { MemoryEventStore } from '../../src/event-store/memory.js';
import { newRelayStatus, relay } from '../../src/kafka/follow-log.js';
import { KafkaRelay } from '../../src/kafka/relay.js';
import { faultsOf, type LogEntry, readTopic, type Received } from './read-topic.js';
import { startTestBroker } from './test-broker.js';

const BOOKS = 40;
const PER_BOOK = 1_000;
const EVENTS = BOOKS * PER_BOOK;
const TOPIC = 'events';
const TIMEOUT_MS = 240_000;
const broker = await startTestBroker();

(broker ? describe : describe.skip)(`${EVENTS} events on a real broker`, () => {
  const address = broker?.address ?? '';
  const store = new MemoryEventStore();
  const log: LogEntry[] = [];
  let received: Received[] = [];

  afterAll(() => broker?.stop());

  beforeAll(async () => {
    for (let round = 0; round < PER_BOOK; round += 50)
      for (let book = 0; book < BOOKS; book += 1) await append(`book-resident-${460_100 + book}`, round);
    const options = { brokers: [address], topic: TOPIC, partitions: 6, replication: 1, createTopics: true };
    const delivery = new KafkaRelay({ ...options, source: '/test', debug: () => undefined });
    const [status, stopping, started] = [newRelayStatus(), new AbortController(), performance.now()];
    const ended = relay(store, delivery, status, stopping.signal, () => undefined);
    while (status.position < EVENTS) await sleep(20);
    const seconds = (performance.now() - started) / 1_000;
    process.stdout.write(
      `relay: ${EVENTS} events in ${seconds.toFixed(1)} s, ${Math.round(EVENTS / seconds)} a second\n`,
    );
    stopping.abort();
    await ended;
    received = await readTopic({ broker: address, topic: TOPIC });
  }, TIMEOUT_MS);

  async function append(stream: string, revision: number): Promise<void> {
    const events = Array.from({ length: 50 }, (_, index): NewEvent => ({
      type: 'ContributionRecorded.v1',
      data: JSON.stringify({
        recordedAt: '2025-06-01T00:00:00.000Z',
        stream,
        number: revision + index,
        note: '账'.repeat(60),
      }),
      key: `${revision + index}`,
      keyIndexed: false,
    }));
    await store.append(stream, revision === 0 ? 'no-stream' : revision - 1, events);
    for (const [index, { data }] of events.entries())
      log.push({ id: eventId(stream, revision + index), sha256: hash('sha256', data, 'hex') });
  }

  it('are there once each, in order in their book, with the stored bytes', () => {
    expect(faultsOf(received, log)).toEqual([]);
  });

  it('keep a book in one partition, and use all of them', () => {
    const partitionOf = new Map(received.map(({ key, partition }) => [key, partition]));
    expect(received.every(({ key, partition }) => partitionOf.get(key) === partition)).toBe(true);
    expect(new Set(partitionOf.values()).size).toBe(6);
  });

  it(
    'are all read by a group that starts late',
    async () => {
      const late = await readTopic({ broker: address, topic: TOPIC, groupId: 'late' });
      expect(faultsOf(late, log)).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    'are read from a given position on',
    async () => {
      const position = 28_001;
      const isAfter = ({ headers }: Received): boolean => Number.parseInt(headers['ce_position']!, 10) >= position;
      const expected = received.filter(isAfter);
      const from = new Map<number, string>();
      for (const { partition, offset } of expected) if (!from.has(partition)) from.set(partition, offset);
      const again = await readTopic({ broker: address, topic: TOPIC, from });
      expect(again).toHaveLength(EVENTS - position + 1);
      const ids = (messages: readonly Received[]): string[] =>
        messages.map(({ headers }) => headers['ce_id']!).toSorted();
      expect(ids(again)).toEqual(ids(expected));
    },
    TIMEOUT_MS,
  );

  it(
    'are not delivered again by a relay that starts anew',
    async () => {
      const options = { brokers: [address], topic: TOPIC, partitions: 6, replication: 1, createTopics: false };
      const delivery = new KafkaRelay({ ...options, source: '/test', debug: () => undefined });
      expect(await delivery.open()).toMatchObject({ position: EVENTS });
      await delivery.close();
      expect(await delivery.progress()).toMatchObject({ position: EVENTS });
    },
    TIMEOUT_MS,
  );
});
