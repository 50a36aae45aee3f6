import { describe, expect, it } from '@jest/globals';
import { formatFen, parseFen } from '../../src/money.js';
import { findKind } from '../../src/catalogue/registry.js';
import { requestOf } from '../given-when-then.js';
import { contributionRow, csvOf, Desk } from './fixture.js';

const BOOK = 'book-employee-460100';

/** Four payments of 1,000.00 with evidence of their own. */
const rows = [1, 2, 3, 4].map((number) =>
  contributionRow({ amount: '1000.00', 'evidence.number': `HK-${number}`, note: 'a note' }),
);

async function received(desk: Desk): Promise<string> {
  const amounts = (await desk.events()).map(({ amount }) => parseFen(amount!));
  return formatFen(amounts.reduce((sum, amount) => sum + amount, 0n));
}

describe('the same rows saved again', () => {
  it('post once, whatever the line ends, the mark, and the extract: 4,000.00 and not 9,000.00', async () => {
    const desk = new Desk();
    expect(await desk.import('feed.csv', csvOf(rows.slice(0, 3)))).toMatchObject({ posted: 3 });
    const saved = await desk.import('saved.csv', `\uFEFF${csvOf(rows.slice(0, 3), '\r\n')}`);
    expect(saved).toMatchObject({ outcome: 'refused', posted: 0, rejected: 3 });
    const extract = await desk.import('extract.csv', csvOf(rows.slice(1)), { acceptGood: true });
    expect(extract).toMatchObject({ outcome: 'posted', posted: 1, replayed: 0, rejected: 2 });
    expect(extract.totals).toMatchObject([{ kind: 'contribution', fund: 'employee', count: 1, sum: '1000.00' }]);
    expect(await received(desk)).toBe('4000.00');
  });

  it('are refused line by line, each with the voucher that stands', async () => {
    const desk = new Desk();
    await desk.import('feed.csv', csvOf(rows.slice(0, 2)));
    const { errors } = await desk.import('again.csv', csvOf(rows.slice(1, 3), '\r\n'));
    expect(errors).toEqual([
      {
        line: 2,
        field: '',
        code: 'likely-duplicate',
        expected: {
          zh: '2025-05-12 已入账的凭证 2025-05-收-0002 以外的一笔；确为两笔时用 --accept-duplicates',
          en: [
            'something else than voucher 2025-05-收-0002 of 2025-05-12, which stands',
            'where there really were two, --accept-duplicates',
          ].join('; '),
        },
        got: `${BOOK}-1`,
        says: {
          zh: '与 2025-05-12 已入账的凭证 2025-05-收-0002 似为同一笔（记账惯例）',
          en: 'likely the same as voucher 2025-05-收-0002 of 2025-05-12, which stands (practice)',
        },
      },
    ]);
  });

  it('are refused within a file too, with the line that says the same', async () => {
    const desk = new Desk();
    const { errors, outcome } = await desk.import('feed.csv', csvOf([rows[0]!, rows[1]!, rows[0]!]));
    expect(outcome).toBe('refused');
    expect(errors).toMatchObject([{ line: 4, field: '', code: 'likely-duplicate', got: 'line 2' }]);
    expect(errors[0]!.expected.en).toBe(
      'something else than line 2 of this file; where there really were two, --accept-duplicates',
    );
  });

  it('are posted where that is accepted, with a finding that names the first that stands', async () => {
    const desk = new Desk();
    await desk.import('feed.csv', csvOf(rows.slice(0, 2)));
    const both = csvOf([rows[3]!, rows[1]!, rows[3]!]);
    expect(await desk.import('again.csv', both)).toMatchObject({ outcome: 'refused' });
    expect(await desk.import('again.csv', both, { acceptDuplicates: true })).toMatchObject({ posted: 3, rejected: 0 });
    const found = (await desk.events()).map(({ findings }) => findings?.map(({ code, got }) => `${code} ${got}`));
    expect(found).toEqual([
      undefined,
      undefined,
      undefined,
      [`likely-duplicate ${BOOK}-1`],
      [`likely-duplicate ${BOOK}-2`],
    ]);
    const [, , , finding] = await desk.events();
    expect(finding!.findings).toEqual([
      {
        pointer: '',
        code: 'likely-duplicate',
        expected: {
          zh: '2025-05-12 已入账的凭证 2025-05-收-0002 以外的一笔',
          en: 'something else than voucher 2025-05-收-0002 of 2025-05-12, which stands',
        },
        got: `${BOOK}-1`,
      },
    ]);
  });

  it('as the very same file are replayed, also where its duplicates were accepted', async () => {
    const desk = new Desk();
    const file = csvOf([rows[0]!, rows[0]!]);
    await desk.import('feed.csv', file, { acceptDuplicates: true });
    expect(await desk.import('feed.csv', file)).toMatchObject({ outcome: 'posted', posted: 0, replayed: 2 });
    expect(await desk.import('feed.csv', file, { acceptDuplicates: true })).toMatchObject({ posted: 0, replayed: 2 });
  });

  it('with the same keys of their own are replayed, and with other keys refused', async () => {
    const desk = new Desk();
    const keyed = (key: string) => csvOf([{ key, ...rows[0]! }]);
    await desk.import('one.csv', keyed('A'));
    expect(await desk.import('two.csv', `\uFEFF${keyed('A')}`)).toMatchObject({ posted: 0, replayed: 1 });
    expect(await desk.import('three.csv', keyed('B'))).toMatchObject({ outcome: 'refused', posted: 0 });
  });

  it('as NDJSON are refused after CSV', async () => {
    const desk = new Desk();
    await desk.import('feed.csv', csvOf([{ ...rows[0]!, amount: '1000.0' }]));
    const { kind, 'payer.kind': payer, 'payer.reference': reference, headcount, ...rest } = rows[0]!;
    const command = { kind, ...rest, payer: { kind: payer, reference }, headcount: 12 };
    expect(headcount).toBe('12');
    const again = await desk.import('feed.ndjson', JSON.stringify(command));
    expect(again.errors).toMatchObject([{ line: 1, code: 'likely-duplicate', got: `${BOOK}-0` }]);
  });

  it('as a dry run are refused and nothing is posted', async () => {
    const desk = new Desk();
    await desk.import('feed.csv', csvOf(rows));
    expect(await desk.import('dry.csv', csvOf(rows, '\r\n'), { dryRun: true })).toMatchObject({
      outcome: 'refused',
      rejected: 4,
    });
    const accepted = await desk.import('dry.csv', csvOf(rows, '\r\n'), { dryRun: true, acceptDuplicates: true });
    expect(accepted).toMatchObject({ outcome: 'checked', rejected: 0 });
    expect(await desk.events()).toHaveLength(4);
  });
});

describe('what is not the same', () => {
  it.each<[string, Record<string, string>]>([
    ['another fund', { fund: 'resident', 'payer.kind': 'resident' }],
    ['another unit', { unit: '460200' }],
    ['another counterparty', { 'payer.reference': 'E-0002' }],
    ['another day', { businessDate: '2025-05-13' }],
    ['another amount', { amount: '1000.01' }],
    ['evidence of another kind', { 'evidence.kind': 'bank-slip' }],
    ['evidence of another number', { 'evidence.number': 'HK-9' }],
    ['evidence of another digest', { 'evidence.sha256': 'cd'.repeat(32) }],
  ])('is posted: %s', async (_, changes) => {
    const desk = new Desk();
    await desk.import('feed.csv', csvOf([rows[0]!]));
    expect(await desk.import('other.csv', csvOf([{ ...rows[0]!, ...changes }]))).toMatchObject({ posted: 1 });
    expect((await desk.events()).map(({ findings }) => findings)).toEqual([undefined, undefined]);
  });

  it.each<[string, Record<string, string>]>([
    ['another note', { note: 'another' }],
    ['another maker and reviewer', { maker: 'zhao', reviewer: 'qian' }],
    ['another headcount', { headcount: '13' }],
    ['another spelling of the amount', { amount: '01000' }],
  ])('is the same all the same: %s', async (_, changes) => {
    const desk = new Desk();
    await desk.import('feed.csv', csvOf([rows[0]!]));
    expect(await desk.import('other.csv', csvOf([{ ...rows[0]!, ...changes }]))).toMatchObject({ outcome: 'refused' });
  });
});

describe('a voucher that was taken back', () => {
  const takeBack = (id: string) => ({
    ...Object.fromEntries(
      Object.entries(contributionRow()).filter(([name]) => !/^(payer|amount|cover|head)/.test(name)),
    ),
    kind: 'reversal',
    reverses: id,
    reason: '金额录入有误',
  });

  it('does not stand: the same is posted again without a word', async () => {
    const desk = new Desk();
    await desk.import('feed.csv', csvOf([rows[0]!]));
    await desk.import('back.csv', csvOf([takeBack(`${BOOK}-0`)]));
    expect(await desk.import('again.csv', csvOf([rows[0]!], '\r\n'))).toMatchObject({ posted: 1, rejected: 0 });
    expect((await desk.events()).at(-1)!.findings).toBeUndefined();
    const third = await desk.import('third.csv', `\uFEFF${csvOf([rows[0]!])}`);
    expect(third.errors).toMatchObject([{ code: 'likely-duplicate', got: `${BOOK}-2` }]);
  });

  it('does not stand within the file that took it back', async () => {
    const desk = new Desk();
    const file = csvOf([rows[0]!, takeBack(`${BOOK}-0`), rows[0]!]);
    expect(await desk.import('feed.csv', file)).toMatchObject({ posted: 3, rejected: 0 });
    await desk.import('back.csv', csvOf([{ ...takeBack(`${BOOK}-2`), note: 'another' }, rows[0]!]));
    expect(await desk.events()).toHaveLength(5);
  });
});

it('a thousand lines that say the same are posted where that is accepted, with a finding for all but one', async () => {
  const desk = new Desk();
  const file = csvOf(Array.from({ length: 1_000 }, () => rows[0]!));
  expect(await desk.import('feed.csv', file, { acceptDuplicates: true })).toMatchObject({ posted: 1_000 });
  const named = (await desk.events()).map(({ findings }) => findings?.[0]?.got);
  expect(named).toEqual([undefined, ...Array.from({ length: 999 }, () => `${BOOK}-0`)]);
});

describe('memos', () => {
  const { kind, example } = findKind('penalty')!;
  const fine = (changes: object = {}): string => JSON.stringify({ kind, ...example, ...changes });

  it('are the same where the fund and unit are, whatever their case', async () => {
    const desk = new Desk();
    await desk.import('one.ndjson', fine());
    const again = await desk.import('two.ndjson', `${fine({ note: 'x' })}\n${fine({ caseId: 'HK-2025-0008' })}\n`);
    expect(again).toMatchObject({ outcome: 'refused', rejected: 2 });
    expect(again.errors.map(({ got }) => got)).toEqual(['case-HK-2025-0007-0', 'case-HK-2025-0007-0']);
    expect(await desk.import('three.ndjson', fine({ unit: '460200', caseId: 'SY-1' }))).toMatchObject({ posted: 1 });
  });

  it('within a file are refused, or posted with their own findings first', async () => {
    const desk = new Desk();
    const two = `${fine()}\n${fine({ caseId: 'HK-2025-0008' })}\n`;
    expect((await desk.import('two.ndjson', two)).errors).toMatchObject([{ line: 2, got: 'line 1' }]);
    await desk.import('two.ndjson', two, { acceptDuplicates: true });
    const codes = (await desk.events()).map(({ findings }) => findings!.map(({ code }) => code));
    expect(codes.map((each) => each.at(-1))).toEqual(['fine-out-of-range', 'likely-duplicate']);
    expect(codes[1]!.slice(0, -1)).toEqual(codes[0]);
  });
});

describe('while another writer is in the book', () => {
  const post = (desk: Desk, key: string, changes: object = {}) => {
    const { 'payer.kind': payer, 'payer.reference': reference, ...row } = rows[0]!;
    const evidence = { kind: row['evidence.kind'], number: row['evidence.number'], sha256: row['evidence.sha256'] };
    const command = { amount: '1000.00', payer: { kind: payer, reference }, evidence, poolShare: undefined };
    return desk.target.books.post(
      requestOf({ kind: 'contribution', ...command, personalShare: undefined, ...changes }, key),
    );
  };

  it.each([
    [false, 'incomplete', [undefined]],
    [true, 'posted', [undefined, [`${BOOK}-0`]]],
  ])(
    'a line that became a duplicate meanwhile keeps the rule of its import (accepted: %s)',
    async (accept, outcome, found) => {
      const desk = new Desk();
      let posted = false;
      const { runImport } = await import('../../src/import/run-import.js');
      const path = desk.write('feed.csv', csvOf([rows[0]!]));
      const report = await runImport(desk.target, path, { acceptDuplicates: accept }, ({ phase }) => {
        if (phase !== 'checking' || posted) return;
        posted = true;
        void post(desk, 'meanwhile');
      });
      expect(report.outcome).toBe(outcome);
      const events = await desk.events();
      expect(events.map(({ findings }) => findings?.map(({ got }) => got))).toEqual(found);
    },
  );
});
