import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isFinal, momentOf, positionAsOf } from '../projections/recorded-time/query.js';
import { TimeAudit } from '../src/audit/time-audit.js';
import { copiedFrom } from '../src/books/copied-event.js';
import { readEvent } from '../src/books/event.js';
import { copyLog } from '../src/event-store/copy.js';
import { type EventStore, type StoredEvent } from '../src/event-store/event-store.js';
import { KurrentDbEventStore } from '../src/event-store/kurrentdb/kurrentdb-event-store.js';
import { LogFileWriter, readRows } from '../src/event-store/sqlite/log-file.js';
import { MemoryEventStore } from '../src/event-store/memory.js';
import { SqliteEventStore } from '../src/event-store/sqlite/sqlite-event-store.js';
import { FINAL_AFTER_MS } from '../src/time/effective-time.js';
import { FollowedLog } from './followed-log.js';
import { KurrentDbDouble } from './kurrentdb/double.js';

const NOON = Date.parse('2025-06-01T04:00:00.000Z');
const DAY = '2025-06-02';
/** Events as several nodes wrote them on a server: when they were stamped, and when the server wrote them. */
const WRITTEN = [
  [0, 5],
  [900, 910],
  [700, 930],
  [2 * FINAL_AFTER_MS, 2 * FINAL_AFTER_MS + 10],
  [100, 2 * FINAL_AFTER_MS + 20],
  [3 * FINAL_AFTER_MS, 3 * FINAL_AFTER_MS],
] as const;
const INSTANTS = [0, 500, 800, 900, FINAL_AFTER_MS, FINAL_AFTER_MS + 20, 2 * FINAL_AFTER_MS, 3 * FINAL_AFTER_MS];

const append = (store: EventStore, unit: number, recordedMs: number) =>
  store.append(`book-resident-46010${unit}`, 'no-stream', [
    {
      type: 'Given.v1',
      data: JSON.stringify({ recordedAt: new Date(NOON + recordedMs).toISOString(), kind: 'given' }),
      key: `key-${unit}`,
      keyIndexed: true,
    },
  ]);

async function eventsOf(store: EventStore): Promise<StoredEvent[]> {
  const all: StoredEvent[] = [];
  for await (const batch of store.readAll({ after: 0, live: false })) all.push(...batch);
  return all;
}

const copy = (source: EventStore, target: EventStore) =>
  copyLog(
    source,
    target,
    (stored) => ({
      key: `key-${stored.stream}`,
      keyIndexed: true,
      copied: copiedFrom(stored, source.severalWritersUpTo),
    }),
    () => undefined,
  );

/** How many events each instant shows, and whether that is final. */
async function shownAt(store: EventStore): Promise<unknown[]> {
  const log = new FollowedLog([], store);
  await log.follow();
  const [asking, events] = [log.asking(DAY), await eventsOf(store)];
  const shown: unknown[] = [];
  for (const instant of INSTANTS) {
    const written = new Date(NOON + instant).toISOString();
    const position = positionAsOf(asking.tables, await momentOf(asking, written), await store.head());
    const count = events.filter((event) => event.position <= position).length;
    shown.push([instant, count, await isFinal(asking, written, position)]);
  }
  log.close();
  return shown;
}

async function breachesOf(store: EventStore): Promise<number[]> {
  const audit = new TimeAudit({ nowMs: NOON, boundMs: Infinity }, store.severalWritersUpTo ?? 0);
  for (const event of await eventsOf(store)) audit.take(event, readEvent(event));
  return audit.breaches.map(({ position }) => position!);
}

describe('the times of a log that was copied from a server', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tongzhang-copied-'));
  const opened: EventStore[] = [];
  const file = (name: string): SqliteEventStore => {
    const options = { readonly: false, markPath: join(directory, `${name}.mark`) } as const;
    const store = new SqliteEventStore(join(directory, name), options);
    opened.push(store);
    return store;
  };
  let now = NOON;
  const source = new MemoryEventStore(() => now);
  let expected: unknown[];

  beforeAll(async () => {
    for (const [unit, [recordedMs, storedMs]] of WRITTEN.entries()) {
      now = NOON + storedMs;
      await append(source, unit, recordedMs);
    }
    now = NOON + 3 * FINAL_AFTER_MS;
    expected = await shownAt(source);
    expect(expected.map((shown) => (shown as number[])[1])).toEqual([1, 1, 1, 3, 3, 3, 5, 6]);
  });
  afterAll(async () => {
    for (const store of opened) await store.close();
    rmSync(directory, { recursive: true });
  });

  it('are in a file what they were, and in a copy of the file', async () => {
    const [first, second] = [file('first'), file('second')];
    await copy(source, first);
    await copy(first, second);
    for (const store of [first, second]) {
      expect((await shownAt(store)).map((shown) => (shown as unknown[]).slice(0, 2))).toEqual(
        expected.map((shown) => (shown as unknown[]).slice(0, 2)),
      );
      expect(await breachesOf(store)).toEqual([]);
      expect(store.severalWritersUpTo).toBe(WRITTEN.length);
      const findings: unknown[] = [];
      for await (const finding of store.audit()) findings.push(finding);
      expect(findings).toEqual([]);
    }
  });

  it('are in order from there on, where one process writes', async () => {
    const store = file('second');
    await append(store, 8, 3 * FINAL_AFTER_MS + 1);
    await append(store, 9, 3 * FINAL_AFTER_MS);
    expect(await breachesOf(store)).toEqual([8]);
  });

  it('are kept by a backup', async () => {
    const writer = new LogFileWriter(join(directory, 'backup'));
    for (const rows of readRows(join(directory, 'first'), 0, Infinity)) writer.write(rows, () => undefined);
    writer.close();
    const store = file('backup');
    expect(store.severalWritersUpTo).toBe(WRITTEN.length);
    expect((await eventsOf(store)).map(({ storedAtMs }) => storedAtMs)).toEqual(
      (await eventsOf(opened[0]!)).map(({ storedAtMs }) => storedAtMs),
    );
  });

  it('are on another server what they were, whenever that wrote the copy', async () => {
    const double = new KurrentDbDouble();
    await double.start();
    const keys = () => ({ covered: -1, revision: undefined });
    const options = { url: double.url, names: ['book-'], keys, log: () => undefined };
    const server = new KurrentDbEventStore(options);
    await copy(file('first'), server);
    const shown = (await shownAt(server)).map((one) => (one as unknown[]).slice(0, 2));
    expect(shown).toEqual(expected.map((one) => (one as unknown[]).slice(0, 2)));
    double.clock.aheadMs = 60_000;
    await append(server, 9, 4 * FINAL_AFTER_MS);
    const { storedAtMs } = (await server.last())!;
    expect(Math.abs(storedAtMs! - Date.now() - 60_000)).toBeLessThan(30_000);
    await server.close();
    await double.stop();
  });

  it('leave no trace in the file of a log that one process has written', async () => {
    const [one, other] = [file('one'), file('other')];
    await append(one, 1, 0);
    await copy(one, other);
    expect([one.severalWritersUpTo, other.severalWritersUpTo]).toEqual([undefined, undefined]);
  });
});
