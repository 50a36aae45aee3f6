import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commandText, type LedgerEvent } from '../src/books/event.js';
import { findKind } from '../src/catalogue/registry.js';
import { get, post, runProgram, type RunningService, startService, temporaryDirectory } from './service.js';

/**
 * Yesterday's ledgers open: a data directory of every layout ever released is a fixture that is never edited, and
 * today's code keeps its every byte, gives its figures, answers its keys, appends to it, verifies and rebuilds it.
 */
const FIXTURE = join(import.meta.dirname, 'fixtures/ledger-0.1');
const read = (name: string): string => readFileSync(join(FIXTURE, name), 'utf8');
const rowsOf = (name: string): string[][] =>
  read(name)
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));

interface LoggedEvent {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly sha256: string;
  readonly data: LedgerEvent;
}

describe('a ledger of version 0.1', () => {
  const dataDir = temporaryDirectory();
  let service: RunningService;
  let events: LoggedEvent[];

  beforeAll(async () => {
    cpSync(join(FIXTURE, 'data'), dataDir, { recursive: true });
    // It was recorded long ago, and longer every day.
    service = await startService(dataDir, { CLOCK_BOUND_DAYS: '9999' });
    await get(service, '/v1/balances?after=913');
    const lines = await fetch(`${service.address}/v1/events`, { headers: { accept: 'application/x-ndjson' } });
    const written = (await lines.text()).trim().split('\n');
    events = written.map((line) => JSON.parse(line) as LoggedEvent);
  });
  afterAll(async () => {
    await service.stop();
    service.clean();
  });

  it('keeps every event where and as it was', () => {
    const found = events.map(({ position, stream, revision, type, sha256 }) => [
      position,
      stream,
      revision,
      type,
      sha256,
    ]);
    expect(found.map((row) => row.map(String))).toEqual(rowsOf('events.csv'));
  });

  it('gives the figures it gave, at points of both time axes', async () => {
    const expected = new Map<string, string[]>();
    for (const [asOf, recordedAsOf, ...figures] of rowsOf('figures.csv')) {
      const path = `/v1/balances?from=2025-01-01&asOf=${asOf}${recordedAsOf && `&recordedAsOf=${recordedAsOf}`}`;
      expected.set(path, [...(expected.get(path) ?? []), figures.join()]);
    }
    expect(expected.size).toBe(24);
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
    const keyed = events.filter(({ data }) => data.key !== undefined);
    expect(keyed).toHaveLength(13);
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
    const imported = await runProgram(['--json', 'import', join(FIXTURE, 'feed.csv'), '--url', service.address]);
    expect(JSON.parse(imported.stdout)).toMatchObject({ outcome: 'posted', posted: 0, replayed: 900, position: 913 });
    const { example, route } = findKind('subsidy')!;
    const evidence = { kind: 'memo', number: 'N-1', sha256: '9'.repeat(64) };
    const posted = await post(service, `/v1/${route}`, { ...example, evidence }, 'today-1');
    expect(posted).toMatchObject({ status: 201, body: { position: 914, revision: 33 } });
    await get(service, '/v1/balances?after=914');
    const verified = await runProgram(['--json', '--data', dataDir, 'verify']);
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, events: 914, breachCount: 0 });
    const replayed = await runProgram(['--json', '--data', dataDir, 'replay']);
    expect(JSON.parse(replayed.stdout)).toMatchObject({ equal: true });
  });
});
