import { type StoredEvent } from '../src/event-store/event-store.js';

const BOOKS = 20;
const PADDING = 'x'.repeat(200);

/** The events that both loops send: 300 bytes each, of twenty books. */
export function kafkaEvents(count: number): StoredEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    position: index + 1,
    stream: `book-employee-${460_100 + (index % BOOKS)}`,
    revision: Math.floor(index / BOOKS),
    type: 'ContributionRecorded.v1',
    data: JSON.stringify({
      recordedAt: '2025-06-01T00:00:00.000Z',
      number: 1_000_000 + index,
      note: PADDING,
      amount: '1.00',
    }),
  }));
}
