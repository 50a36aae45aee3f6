import { afterEach, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { closeTrails, example, haikou, paid, Trail } from '../../test/trail.js';
import { type SearchParameters } from './parameters.js';
import { searchQuestion } from './query.js';

afterEach(closeTrails);

interface Group {
  readonly kind: string;
  readonly name: { zh: string; en: string };
  readonly hits: readonly { readonly label: { zh: string; en: string }; readonly to: string }[];
  readonly isMore: boolean;
  readonly more: string | null;
}

async function search(trail: Trail, parameters: SearchParameters): Promise<Record<string, Group>> {
  await trail.log.follow();
  const { body, sheets } = await searchQuestion.ask(trail.log.asking('2026-12-31'), parameters);
  const { groups, since, q } = body as unknown as { groups: Group[]; since: string | null; q: string };
  const described = JSON.stringify(searchQuestion.answer).replaceAll('#/components/schemas/', '#/$defs/');
  const $defs = { Text: { type: 'object', required: ['zh', 'en'] } };
  const check = new Ajv2020({ strict: false }).compile({ ...(JSON.parse(described) as object), $defs });
  expect([check({ q, groups, since }), check.errors]).toEqual([true, null]);
  const { rows, columns, marks = [] } = sheets[0]!;
  for (const row of rows) expect(row).toHaveLength(columns.length);
  expect(rows.map(([name], index) => [name, marks[index]?.role ?? marks[index]?.links?.[0]])).toEqual(
    groups.flatMap(({ name, hits, isMore, more }) => [
      [name, 'heading'],
      ...hits.map(({ label, to }) => [label, to]),
      ...(isMore && more !== null
        ? [[expect.objectContaining({ en: expect.stringContaining('all of them') }), more]]
        : []),
    ]),
  );
  return Object.fromEntries(groups.map((group) => [group.kind, group]));
}

const ways = (group: Group | undefined): string[] => (group?.hits ?? []).map(({ to }) => to);
const page = (revision: number): string => `/v1/vouchers/${haikou(revision)}`;

/** Every book gives its numbers by itself. */
const BOTH = ['/v1/vouchers/book-resident-460100-0', page(1)];

describe('a search', () => {
  it.each([
    ['a voucher number, which every book gives', '2025-05-收-0001', 'numbers', BOTH],
    ['one without its zeros and marks, in full width', '２０２５－０５收2', 'numbers', [page(2)]],
    ['one as it is said', '2025年5月收字第0002号', 'numbers', [page(2)]],
    ['one without a mark', '202505 收 2', 'numbers', [page(2)]],
    ['one of whatever month', '收-0002', 'numbers', [page(2)]],
    ['an amount', '1234.50', 'amounts', [page(4), page(1)]],
    ['one as people write it', '1,234.5', 'amounts', [page(4), page(1)]],
    ['one in full width', '１，２３４．５０元', 'amounts', [page(4), page(1)]],
    ['words of a note, in any case', 'ａ五月', 'vouchers', [page(1)]],
    ['a case', 'HK-2025-0099', 'cases', [page(1)]],
    ['a counterparty', 'E-0002', 'vouchers', [page(2)]],
    ['what nobody wrote', 'no such thing', 'vouchers', []],
  ] as const)('finds %s', async (_, q, kind, found) => {
    const groups = await search(await example(), { q });
    expect(ways(groups[kind])).toEqual(found);
    for (const other of ['numbers', 'amounts', 'cases', 'vouchers'])
      if (other !== kind) expect(groups[other]).toBeUndefined();
  });

  it('finds an event by its id, and a register by its name', async () => {
    const trail = await example();
    const { events } = await search(trail, { q: haikou(1) });
    expect(events).toMatchObject({ hits: [{ label: { zh: haikou(1) }, to: page(1) }] });
    expect((await search(trail, { q: haikou(99) }))['events']).toBeUndefined();
    const { streams } = await search(trail, { q: 'book-employee-460100' });
    expect(ways(streams)).toEqual(['/v1/events?stream=book-employee-460100']);
  });

  it.each([
    ['国库存款', 'accounts', 'treasury'],
    ['1002', 'accounts', 'account='],
    ['海口', 'units', '/v1/trial-balance?unit=460100'],
    ['460100', 'units', '/v1/trial-balance?unit=460100'],
    ['employee', 'funds', '/v1/trial-balance?fund=employee'],
    ['居民', 'funds', '/v1/trial-balance?fund=resident'],
  ])('finds what is adopted: %s', async (q, kind, to) => {
    const found = await search(await example(), { q });
    expect(ways(found[kind]).some((each) => each.includes(to))).toBe(true);
  });

  it('is on both time axes', async () => {
    const trail = await example();
    const all = ways((await search(trail, { q: '1234.50' }))['amounts']);
    expect(ways((await search(trail, { q: '1234.50', recordedAsOf: '2' }))['amounts'])).toEqual([page(1)]);
    expect(ways((await search(trail, { q: '1234.50', to: '2025-05-12' }))['amounts'])).toEqual([page(1)]);
    expect(all).toHaveLength(2);
    expect(await search(trail, { q: haikou(4), recordedAsOf: '2' })).toEqual({});
  });

  it('is bounded, and says where all of it is', async () => {
    const trail = new Trail();
    for (let index = 0; index < 30; index += 1) await trail.post(paid(`2025-03-${10 + (index % 15)}`, '7.00'));
    const { amounts } = await search(trail, { q: '7.00' });
    expect(amounts!.hits).toHaveLength(20);
    expect(amounts).toMatchObject({ isMore: true, more: '/v1/audit-trail?minAmount=7.00&maxAmount=7.00' });
    const { vouchers } = await search(trail, { q: 'E-0' });
    expect(vouchers).toMatchObject({ isMore: true, more: '/v1/audit-trail?q=E-0' });
    const { numbers } = await search(trail, { q: '2025-03收3' });
    expect(numbers).toMatchObject({ isMore: false });
    expect(await search(trail, {})).toEqual({});
  });
});
