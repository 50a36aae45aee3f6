import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { logPlaces } from '../../../projections/log-places/projection.js';
import {
  type NewEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
} from '../../event-store/event-store.js';
import { MemoryEventStore } from '../../event-store/memory.js';
import { differencesFrom } from '../../../test/as-described.js';
import { FollowedLog } from '../../../test/followed-log.js';
import { type Answered, endLogServices, serveLog } from '../../../test/log-service.js';
import { SEED } from '../../../test/seed.js';

const logs: FollowedLog[] = [];
afterEach(async () => {
  await endLogServices();
  for (const log of logs.splice(0)) log.close();
});

/** A log whose positions lie apart, as a server's: it is read only from where an event stands, or just before. */
class ApartStore extends MemoryEventStore {
  constructor(private readonly apart: number) {
    super();
  }
  private readonly moved = (event: StoredEvent): StoredEvent => ({ ...event, position: event.position * this.apart });
  override async *readAll(options: ReadAllOptions): AsyncIterable<StoredEvent[]> {
    const { after, ...more } = options;
    const isPlace = after % this.apart === 0 || (after + 1) % this.apart === 0;
    if (!isPlace) throw new Error(`no event stands at ${after}`);
    const from = { ...more, after: Math.floor(after / this.apart) };
    for await (const events of super.readAll(from)) yield events.map(this.moved);
  }
  override async readStream(stream: string, options: ReadStreamOptions): Promise<StoredEvent[]> {
    return (await super.readStream(stream, options)).map(this.moved);
  }
  override async head(): Promise<number> {
    return (await super.head()) * this.apart;
  }
  override async last(): Promise<StoredEvent | undefined> {
    const last = await super.last();
    return last && this.moved(last);
  }
}

const STREAMS = ['book-employee-460100', 'book-employee-460200', 'case-HK-1', 'case-HK-10', 'reference'];
const TYPES = ['ContributionRecorded.v1', 'ContributionRecorded.v2', 'PayoutRecorded.v1', 'OfTomorrow.v3'];
const NOTES = ['五月职工医保费', 'Ａ "quoted" text', 'plain', ''];
/** Five events are of one instant, and the days follow each other. */
const timeOf = (index: number): string => new Date(Date.UTC(2025, 0, 1 + Math.floor(index / 5), 4)).toISOString();

interface Given {
  readonly stream: number;
  readonly type: number;
  readonly note: number;
}

async function logOf(given: readonly Given[], apart = 1): Promise<FollowedLog> {
  const log = new FollowedLog([logPlaces], new ApartStore(apart));
  logs.push(log);
  const next = new Map<string, number>();
  for (const [index, { stream: at, type, note }] of given.entries()) {
    const stream = STREAMS[at]!;
    const revision = next.get(stream) ?? 0;
    const data = JSON.stringify({ kind: 'any', recordedAt: timeOf(index), note: NOTES[note] });
    const event: NewEvent = { type: TYPES[type]!, data, key: `${index}`, keyIndexed: false };
    await log.store.append(stream, revision === 0 ? 'no-stream' : revision - 1, [event]);
    next.set(stream, revision + 1);
  }
  await log.follow();
  return log;
}

type Ask = Awaited<ReturnType<typeof serveLog>>;
const positionsOf = ({ body }: Answered): number[] =>
  (body['events'] as { position: number }[]).map(({ position }) => position);
const linkOf = ({ body }: Answered, name: string): string | undefined =>
  (body['links'] as Record<string, string | undefined>)[name];

/** Every page from an address on, one way. */
async function turnOver(ask: Ask, path: string, way: 'next' | 'previous'): Promise<number[][]> {
  const pages: number[][] = [];
  for (let at: string | undefined = path; at !== undefined && pages.length < 500;) {
    const answered: Answered = await ask(at);
    expect(answered.status).toBe(200);
    expect(differencesFrom('EventsPage', answered.body)).toEqual([]);
    pages.push(positionsOf(answered));
    at = linkOf(answered, way);
    const rel = way === 'next' ? 'next' : 'prev';
    expect(answered.headers.get('link')!.includes(`rel="${rel}"`)).toBe(at !== undefined);
  }
  return pages;
}

const FILTERS: readonly (readonly [query: string, keeps: (event: Given, index: number) => boolean])[] = [
  ['', () => true],
  ['stream=book-employee-460100', ({ stream }) => stream === 0],
  ['stream=book', ({ stream }) => stream < 2],
  ['stream=case-HK-1', ({ stream }) => stream === 2],
  ['stream=case-HK', ({ stream }) => stream === 2 || stream === 3],
  ['type=contribution', ({ type }) => type < 2],
  ['type=ContributionRecorded', ({ type }) => type < 2],
  ['type=%E7%BC%B4%E8%B4%B9', ({ type }) => type < 2],
  ['type=OfTomorrow.v3', ({ type }) => type === 3],
  [`q=${encodeURIComponent('职工')}`, ({ note }) => note === 0],
  [`q=${encodeURIComponent('"QUOTED"')}`, ({ note }) => note === 1],
  ['q=no-such-text', () => false],
  ['recordedFrom=2025-01-03', (_, index) => index >= 10],
  ['recordedTo=2025-01-03', (_, index) => index < 15],
  ['recordedFrom=2025-01-02T12:00:00%2B08:00&recordedTo=2025%2F1%2F4', (_, index) => index >= 5 && index < 20],
  ['recordedFrom=2026-01-01', () => false],
  ['recordedTo=2024-12-31', () => false],
  ['stream=book&type=payout&q=plain', ({ stream, type, note }) => stream < 2 && type === 2 && note === 2],
  ['stream=book-employee-460200&recordedTo=2025-01-02', ({ stream }, index) => stream === 1 && index < 10],
];

describe('the log as it is listed', () => {
  it('is the same forwards and backwards, by every filter, on a log of any kind', async () => {
    const event = fc.record({ stream: fc.nat(4), type: fc.nat(3), note: fc.nat(3) });
    const logged = fc.array(event, { minLength: 1, maxLength: 60 });
    const filter = fc.constantFrom(...FILTERS);
    await fc.assert(
      fc.asyncProperty(
        logged,
        fc.constantFrom(1, 70, 5_000),
        fc.array(filter, { minLength: 3, maxLength: 3 }),
        fc.constantFrom(1, 2, 7, 100),
        async (given, apart, filters, limit) => {
          const ask = await serveLog(await logOf(given, apart));
          for (const [query, keeps] of filters) {
            // What no stream is called is the beginning of the names of others.
            const isExact = given.some(({ stream }) => `stream=${STREAMS[stream]}` === query.split('&')[0]);
            const wanted = given.flatMap((each, index) =>
              (query.startsWith('stream=case-HK-1') && !isExact ? each.stream === 3 : keeps(each, index))
                ? [(index + 1) * apart]
                : [],
            );
            const path = `/v1/events?${query}&limit=${limit}`;
            const onwards = await turnOver(ask, path, 'next');
            expect(onwards.flat()).toEqual(wanted);
            const last = linkOf(await ask(path), 'last')!;
            const back = await turnOver(ask, last, 'previous');
            expect(back.toReversed().flat()).toEqual(wanted);
            for (const page of [...onwards, ...back]) expect(page.length).toBeLessThanOrEqual(limit);
            // From the end to the beginning and on again one meets the same.
            expect((await turnOver(ask, linkOf(await ask(last), 'first')!, 'next')).flat()).toEqual(wanted);
          }
        },
      ),
      { seed: SEED, numRuns: 25 },
    );
  });

  it('goes on from a page in either direction without leaving anything out', async () => {
    const given = Array.from({ length: 30 }, (_, index) => ({ stream: index % 2, type: 0, note: index % 3 }));
    const ask = await serveLog(await logOf(given, 70));
    for (const query of ['', '&stream=book-employee-460100', '&q=plain']) {
      const middle = await ask(`/v1/events?after=${70 * 10}&limit=4${query}`);
      const before = await ask(linkOf(middle, 'previous')!);
      const behind = await ask(linkOf(middle, 'next')!);
      expect(positionsOf(await ask(linkOf(before, 'next')!)).at(0)).toBe(positionsOf(middle)[0]);
      expect(positionsOf(await ask(linkOf(behind, 'previous')!)).at(-1)).toBe(positionsOf(middle).at(-1));
    }
  });

  it('says where it has come where it finds nothing in all that it looks at', async () => {
    const log = new FollowedLog([logPlaces], new ApartStore(3));
    logs.push(log);
    const data = JSON.stringify({ kind: 'any', recordedAt: timeOf(0) });
    const some = Array.from({ length: 1_000 }, () => ({ type: TYPES[0]!, data, key: '', keyIndexed: false }));
    for (let turn = 0; turn < 45; turn += 1)
      await log.store.append(STREAMS[0]!, turn === 0 ? 'no-stream' : turn * 1_000 - 1, some);
    await log.follow();
    const ask = await serveLog(log);
    let turns = 0;
    let counting = setImmediate(function count() {
      turns += 1;
      counting = setImmediate(count);
    });
    for (const way of ['next', 'previous'] as const)
      for (const filter of ['q=nothing', 'stream=book-employee-460100&q=nothing', 'type=payout']) {
        const start = way === 'next' ? `/v1/events?${filter}` : `/v1/events?${filter}&before=${45_000 * 3 + 1}`;
        const first = await ask(start);
        expect(positionsOf(first)).toEqual([]);
        const { after, upTo } = first.body['looked'] as { after: number; upTo: number };
        expect((upTo - after) / 3).toBeGreaterThan(19_000);
        expect((upTo - after) / 3).toBeLessThan(25_000);
        expect(await turnOver(ask, linkOf(first, way)!, way)).toHaveLength(2);
      }
    clearImmediate(counting);
    // Whoever records has a turn after every thousand events at the latest.
    expect(turns).toBeGreaterThan(6 * 40);
  });

  it('is a table for a screen, each row with the way to its event', async () => {
    const ask = await serveLog(
      await logOf([
        { stream: 0, type: 0, note: 0 },
        { stream: 4, type: 3, note: 2 },
      ]),
    );
    const { body, headers } = await ask('/v1/events?format=tables&before=3', { 'accept-language': 'en' });
    expect(headers.get('content-type')).toContain('application/vnd.tongzhang.tables+json');
    expect(differencesFrom('EventTables', body)).toEqual([]);
    const [table] = body['tables'] as {
      columns: { name: string }[];
      rows: { cells: { text: string; to?: string }[] }[];
    }[];
    expect(table!.columns.map(({ name }) => name).slice(0, 3)).toEqual(['position', 'recorded (UTC)', 'kind']);
    expect(table!.rows.map(({ cells }) => [cells[0]!.to, cells[2]!.text])).toEqual([
      ['/v1/vouchers/book-employee-460100-0', 'Contribution'],
      ['/v1/vouchers/reference-0', 'OfTomorrow.v3'],
    ]);
    expect(body['links']).toMatchObject({
      first: '/v1/events?format=tables',
      last: '/v1/events?format=tables&before=3',
    });
  });

  it('is lines for a program, filtered too, and those go on', async () => {
    const given = Array.from({ length: 1_200 }, (_, index) => ({ stream: index % 3, type: 0, note: 0 }));
    const log = await logOf(given);
    const ask = await serveLog(log);
    const address = (await ask('/v1/events?stream=case&limit=2')).body['links'] as { next: string };
    expect(address.next).toContain('stream=case');
    const lines = await ask.text('/v1/events?stream=case-HK-1', { accept: 'application/x-ndjson' });
    expect(lines.split('\n').slice(0, -1)).toHaveLength(400);
    expect(await ask.text('/v1/events?q=nothing', { accept: 'application/x-ndjson' })).toBe('');
  });

  it.each([
    'after=1&before=2',
    'type=no-such-kind',
    'recordedFrom=yesterday',
    'limit=1001&q=a',
    'limit=1001&before=7',
    'format=csv',
    'before=x',
  ])('refuses %s', async (query) => {
    const ask = await serveLog(await logOf([{ stream: 0, type: 0, note: 0 }]));
    const { status, body } = await ask(`/v1/events?${query}`);
    expect([status, body['status']]).toEqual([400, 400]);
  });
});
