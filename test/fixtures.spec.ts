import { cpSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commandText, type LedgerEvent } from '../src/books/event.js';
import { findKind } from '../src/catalogue/registry.js';
import { get, post, runProgram, type RunningService, startService, temporaryDirectory } from './service.js';

/**
 * Yesterday's ledgers open: a data directory of every layout ever released is a fixture that is never edited, and
 * today's code keeps its every byte, gives its figures, answers its keys, appends to it, verifies and rebuilds it, and
 * writes it anew as it writes today.
 */
const FIXTURES = join(import.meta.dirname, 'fixtures');

/** A ledger as it was left: where it ends, how many of its events have keys, and how many moments have figures. */
interface Fixture {
  readonly name: string;
  readonly head: number;
  readonly keyed: number;
  readonly moments: number;
}

const ALL: readonly Fixture[] = [
  { name: 'ledger-0.1', head: 913, keyed: 13, moments: 24 },
  { name: 'ledger-0.1-rows', head: 968, keyed: 67, moments: 15 },
];

interface LoggedEvent {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly sha256: string;
  readonly data: LedgerEvent;
}

describe.each(ALL)('the ledger $name', ({ name, head, keyed: keyedEvents, moments }) => {
  const fixture = join(FIXTURES, name);
  const read = (file: string): string => readFileSync(join(fixture, file), 'utf8');
  const rowsOf = (file: string): string[][] =>
    read(file)
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(','));
  const dataDir = temporaryDirectory();
  let service: RunningService;
  let events: LoggedEvent[];

  beforeAll(async () => {
    cpSync(join(fixture, 'data'), dataDir, { recursive: true });
    // It was recorded long ago, and longer every day.
    service = await startService(dataDir, { CLOCK_BOUND_DAYS: '9999' });
    await get(service, `/v1/balances?after=${head}`);
    events = await eventsNow();
  });
  afterAll(async () => {
    await service.stop();
    service.clean();
  });

  it('keeps every event where and as it was', async () => {
    expect(await fingerprints()).toEqual(rowsOf('events.csv'));
  });

  it('gives the figures it gave, at points of both time axes', async () => {
    const expected = new Map<string, string[]>();
    for (const [asOf, recordedAsOf, ...figures] of rowsOf('figures.csv')) {
      const path = `/v1/balances?from=2025-01-01&asOf=${asOf}${recordedAsOf && `&recordedAsOf=${recordedAsOf}`}`;
      expected.set(path, [...(expected.get(path) ?? []), figures.join()]);
    }
    expect(expected.size).toBe(moments);
    for (const [path, figures] of expected) {
      const { books } = (await get(service, path)).body as { books: Record<string, string>[] };
      const found = books.map(({ fund, unit, opening, income, expenditure, closing, pool, personal = '' }) =>
        [fund, unit, opening, income, expenditure, closing, pool, personal].join(),
      );
      expect({ path, found }).toEqual({ path, found: figures });
    }
  });

  it('answers the other questions as it did', async () => {
    const answers = JSON.parse(read('answers.json')) as Record<string, object>;
    for (const [path, answer] of Object.entries(answers)) expect((await get(service, path)).body).toMatchObject(answer);
  });

  it('answers each key with its first receipt', async () => {
    const keyed = events.filter(({ data, stream }) => data.key !== undefined && stream !== 'reference');
    expect(keyed).toHaveLength(keyedEvents);
    for (const { data, stream, revision, position } of keyed) {
      const route = `/v1/${findKind(data.kind)!.route}`;
      const { status, headers, body } = await post(service, route, commandText(data), data.key);
      expect({ route, status, replayed: headers.get('idempotency-replayed') }).toEqual({
        route,
        status: 201,
        replayed: 'true',
      });
      expect(body).toMatchObject({ id: `${stream}-${revision}`, revision, position, recordedAt: data.recordedAt });
    }
  });

  it('knows the file it was made of, takes new vouchers, verifies and is rebuilt', async () => {
    const imported = await runProgram(['--json', 'import', join(fixture, 'feed.csv'), '--url', service.address]);
    expect(JSON.parse(imported.stdout)).toMatchObject({ outcome: 'posted', posted: 0, replayed: 900, position: head });
    await appendOne('today-1', head + 1);
    await isSound(head + 1);
  });

  it('is written anew in blocks, every event as it was, and goes on', async () => {
    await service.stop();
    const before = statSync(join(dataDir, 'log.db')).size;
    const compacted = await runProgram(['--json', '--data', dataDir, 'compact']);
    expect(JSON.parse(compacted.stdout)).toMatchObject({ events: head + 1, position: head + 1 });
    expect(before / statSync(join(dataDir, 'log.db')).size).toBeGreaterThan(3);
    service = await startService(dataDir, { CLOCK_BOUND_DAYS: '9999' });
    expect(await fingerprints()).toEqual(rowsOf('events.csv'));
    await appendOne('today-2', head + 2);
    await isSound(head + 2);
  });

  async function appendOne(key: string, position: number): Promise<void> {
    const { example, route } = findKind('subsidy')!;
    const evidence = { kind: 'memo', number: key, sha256: '9'.repeat(64) };
    const posted = await post(service, `/v1/${route}`, { ...example, evidence }, key);
    expect(posted).toMatchObject({ status: 201, body: { position } });
  }

  async function isSound(position: number): Promise<void> {
    await get(service, `/v1/balances?after=${position}`);
    const verified = await runProgram(['--json', '--data', dataDir, 'verify']);
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, events: position, breachCount: 0 });
    const replayed = await runProgram(['--json', '--data', dataDir, 'replay']);
    expect(JSON.parse(replayed.stdout)).toMatchObject({ equal: true });
  }

  /** Where each event stands and what its bytes are, as far as the ledger went when it was left. */
  async function fingerprints(): Promise<string[][]> {
    return (await eventsNow())
      .slice(0, head)
      .map(({ position, stream, revision, type, sha256 }) => [position, stream, revision, type, sha256].map(String));
  }

  async function eventsNow(): Promise<LoggedEvent[]> {
    const lines = await fetch(`${service.address}/v1/events`, { headers: { accept: 'application/x-ndjson' } });
    return (await lines.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as LoggedEvent);
  }
});
