import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readEvent } from '../../src/books/event.js';
import { LedgerError } from '../../src/errors.js';
import { parseFen } from '../../src/money.js';
import { FollowedLog } from '../../test/followed-log.js';
import { SEED } from '../../test/seed.js';
import { BROUGHT_FORWARD, closeTrails, example, haikou, paid, type Row, Trail } from '../../test/trail.js';
import { fundBalance } from '../fund-balance/projection.js';
import { unpackLines } from '../following/packed-lines.js';
import { type AuditTrailParameters } from './filters.js';
import { auditTrail, readLine, TRAIL } from './projection.js';

afterEach(closeTrails);

describe('the audit trail', () => {
  it('lists every event by business day, then in the order of recording', async () => {
    const trail = await example();
    const { vouchers, position, next } = await trail.ask();
    expect(position).toBe(8);
    expect(next).toBeNull();
    expect(vouchers.map(({ id, businessDate }) => `${businessDate} ${id}`)).toEqual([
      '2025-01-01 book-employee-460100-0',
      '2025-05-10 book-employee-460100-2',
      '2025-05-12 book-employee-460100-1',
      '2025-05-12 book-employee-460100-3',
      '2025-05-12 case-HK-2025-0007-0',
      '2025-05-12 book-resident-460100-0',
      '2025-05-13 book-employee-460100-4',
      '2025-05-14 book-employee-460100-5',
    ]);
  });

  it('says everything about a voucher, with the chain of its reversal both ways', async () => {
    const trail = await example();
    const { vouchers } = await trail.ask({ fund: 'employee', from: '2025-05-12', to: '2025-05-13' });
    const [original, , penalty, reversal] = vouchers;
    expect(original).toEqual({
      id: haikou(1),
      position: 2,
      kind: 'contribution',
      voucherNumber: '2025-05-收-0001',
      fund: 'employee',
      unit: '460100',
      businessDate: '2025-05-12',
      recordedAt: expect.stringMatching(/^2026-12-31T/),
      amount: '1234.50',
      counterparty: 'E-0001',
      entries: [
        { account: 'treasury', debit: '1234.50' },
        { account: 'income.premiums', detail: 'employer', share: 'pool', credit: '1234.50' },
      ],
      maker: 'wang',
      reviewer: 'li',
      evidence: { kind: 'tax-receipt', number: 'HK-2025-000123', sha256: 'ab'.repeat(32) },
      note: 'Ａ五月职工医保费',
      caseId: 'HK-2025-0099',
      reverses: null,
      reversedBy: haikou(4),
      corrects: null,
      correctedBy: [],
      links: { voucher: `/v1/vouchers/${haikou(1)}`, event: '/v1/events?after=1&limit=1' },
    });
    expect(reversal).toMatchObject({ id: haikou(4), amount: '1234.50', reverses: haikou(1), reversedBy: null });
    expect(reversal?.['entries']).toContainEqual({ account: 'treasury', debit: '-1234.50' });
    expect(penalty).toMatchObject({ voucherNumber: null, entries: [], amount: '777.00', counterparty: 'H46010000001' });
    // As recorded by the position before the reversal, there is none.
    const earlier = await trail.ask({ from: '2025-05-12', to: '2025-05-12', recordedAsOf: '4' });
    expect(earlier.vouchers.map(({ id, reversedBy }) => [id, reversedBy])).toEqual([
      [haikou(1), null],
      [haikou(3), null],
    ]);
  });

  it.each<[string, AuditTrailParameters, string[]]>([
    ['fund', { fund: 'resident' }, ['book-resident-460100-0']],
    ['unit', { unit: '460200' }, []],
    ['kind', { kind: 'payout' }, [haikou(3)]],
    ['a memo kind', { kind: 'penalty' }, ['case-HK-2025-0007-0']],
    ['counterparty', { counterparty: 'E-0002' }, [haikou(2)]],
    ['counterparty, of a reversal too', { counterparty: 'E-0001' }, [haikou(1), haikou(4)]],
    ['from', { from: '2025-05-13' }, [haikou(4), haikou(5)]],
    ['to', { to: '2025-05-10' }, [haikou(0), haikou(2)]],
    ['least amount', { minAmount: '1234.50', from: '2025-02-01' }, [haikou(1), haikou(4)]],
    ['least amount by a fen', { minAmount: '1234.51', from: '2025-02-01' }, []],
    ['greatest amount', { maxAmount: '60' }, [haikou(2), haikou(5)]],
    ['greatest amount by a fen', { maxAmount: '59.99' }, [haikou(2)]],
    ['account', { account: 'expenditure-account', from: '2025-02-01' }, [haikou(3)]],
    ['account with all below it', { account: 'expenditure' }, [haikou(5)]],
    ['account with detail', { account: 'income.premiums/resident' }, ['book-resident-460100-0']],
    ['account with share', { account: 'benefits@pool' }, [haikou(3)]],
    ['account with another share', { account: 'benefits@personal' }, []],
    ['words in a note', { q: '五月职工' }, [haikou(2), haikou(1), 'book-resident-460100-0']],
    ['words in another case', { q: 'ａ五' }, [haikou(1)]],
    ['a number of evidence', { q: 'hk-2025-000123', fund: 'resident' }, ['book-resident-460100-0']],
    ['a maker', { q: 'ZHAO' }, ['book-resident-460100-0']],
    ['a case', { q: 'hk-2025-0099' }, [haikou(1)]],
    ['a transfer', { q: 'sj-77' }, [haikou(5)]],
    ['a voucher number', { q: '05-付-0001' }, [haikou(3)]],
    ['what is taken back', { q: haikou(1) }, [haikou(4)]],
    ['nothing that is there', { q: 'nowhere' }, []],
    [
      'everything at once',
      {
        fund: 'employee',
        unit: '460100',
        account: 'treasury',
        kind: 'contribution',
        counterparty: 'E-0001',
        from: '2025-05-11',
        to: '2025-05-12',
        minAmount: '1000',
        maxAmount: '2000',
        q: '医保',
      },
      [haikou(1)],
    ],
  ])('filters by %s', async (_name, parameters, expected) => {
    expect(await (await example()).ids(parameters)).toEqual(expected);
  });

  it.each<[AuditTrailParameters, string]>([
    [{ account: 'savings' }, 'unknown-account'],
    [{ account: 'treasury/term' }, 'unknown-account'],
    [{ from: '2025-05-02', to: '2025-05-01' }, 'interval-ends-before-it-begins'],
    [{ cursor: 'AAAA' }, 'cursor'],
    [{ cursor: Buffer.from('[99,"2025-05-01",1,"x"]').toString('base64url') }, 'cursor'],
  ])('refuses %j', async (parameters, code) => {
    const error = await (await example()).ask(parameters).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LedgerError);
    expect(error).toMatchObject({ kind: 'invalid', code });
  });
});

describe('memos in the audit trail', () => {
  const given = [
    { kind: 'case-opening' },
    { kind: 'penalty' },
    { kind: 'case-closing' },
    { kind: 'memo-withdrawal', withdraws: 'case-HK-2025-0007-1' },
  ];

  it('are linked both ways, to what they answer and to what withdraws them', async () => {
    const trail = new Trail();
    await trail.post(...given);
    const [opening, penalty, closing, withdrawal] = (await trail.ask()).vouchers;
    expect(opening).toMatchObject({ id: 'case-HK-2025-0007-0', fund: 'all', answeredBy: ['case-HK-2025-0007-2'] });
    expect(closing).toMatchObject({ answers: 'case-HK-2025-0007-0', reverses: null, reversedBy: null });
    expect(penalty).toMatchObject({ id: 'case-HK-2025-0007-1', withdrawnBy: 'case-HK-2025-0007-3' });
    expect(withdrawal).toMatchObject({ withdraws: 'case-HK-2025-0007-1', counterparty: null });
    // A closing and a withdrawal are with whom the case and the penalty are.
    expect(await trail.ids({ counterparty: 'H46010000001' })).toHaveLength(4);
    expect(await trail.ids({ counterparty: 'H46010000002' })).toEqual([]);
    expect((await trail.ask({ recordedAsOf: '3' })).vouchers[1]).not.toHaveProperty('withdrawnBy');
    expect((await trail.rows()).map((row) => (row.at(-2) as { en: string }).en)).toEqual([
      'answered by case-HK-2025-0007-2',
      'withdrawn by case-HK-2025-0007-3',
      'answers case-HK-2025-0007-0',
      'withdraws case-HK-2025-0007-1',
    ]);
  });

  it('of no fund in particular are listed without a fund, and as such', async () => {
    const trail = new Trail();
    await trail.post(...given, { kind: 'credit-rating', unit: '460200' });
    expect(await trail.ids({ fund: 'employee' })).toEqual(['case-HK-2025-0007-1', 'case-HK-2025-0007-3']);
    expect(await trail.ids({ fund: 'all' })).toEqual([
      'provider-H46010000001-0',
      'case-HK-2025-0007-0',
      'case-HK-2025-0007-2',
    ]);
    expect(await trail.ids({ unit: '460200' })).toEqual(['provider-H46010000001-0']);
    expect(await trail.ids()).toHaveLength(5);
  });
});

describe('pages of the audit trail', () => {
  it('belong together while events keep arriving', async () => {
    const trail = new Trail();
    for (let index = 0; index < 23; index += 1)
      await trail.post(paid(`2025-03-${String(1 + (index % 5)).padStart(2, '0')}`, '1.00'));
    const whole = await trail.ids();
    const first = await trail.ask({ limit: '4' });
    const seen = first.vouchers.map(({ id }) => id);
    for (let page = first; page.next !== null;) {
      await trail.post(paid('2025-03-01', '2.00'), paid('2025-03-03', '2.00'), paid('2025-03-05', '2.00'));
      page = await trail.ask({ limit: '4', cursor: page.next });
      expect(page.position).toBe(first.position);
      seen.push(...page.vouchers.map(({ id }) => id));
    }
    expect(seen).toEqual(whole);
    expect((await trail.ids({ limit: '500' })).length).toBeGreaterThan(whole.length);
  });

  it('do not go on with other filters', async () => {
    const trail = await example();
    const { next } = await trail.ask({ limit: '1' });
    expect(await trail.ids({ limit: '2', cursor: next! })).toEqual([haikou(2), haikou(1)]);
    await expect(trail.ask({ cursor: next!, fund: 'employee' })).rejects.toMatchObject({ code: 'cursor' });
  });

  it('do not go on with a cursor that was changed, or that is of another ledger', async () => {
    const trail = await example();
    const { next } = await trail.ask({ limit: '1' });
    const other = new Trail();
    for (let index = 0; index < 9; index += 1) await other.post(paid('2025-03-01', `${index + 1}.00`));
    const refused = { kind: 'invalid', code: 'cursor' };
    const [content, signature] = next!.split('.') as [string, string];
    const said = JSON.parse(Buffer.from(content, 'base64url').toString()) as unknown[];
    const forged = Buffer.from(JSON.stringify([said[0], said[1], 0, said[3]])).toString('base64url');
    for (const cursor of [content, `${content}.`, `${forged}.${signature}`, `${content}.${'A'.repeat(22)}`])
      await expect(trail.ask({ cursor })).rejects.toMatchObject(refused);
    await expect(other.ask({ limit: '1', cursor: next! })).rejects.toMatchObject(refused);
    expect(await trail.ids({ limit: '2', cursor: next! })).toHaveLength(2);
  });
});

describe('the running balance of an account', () => {
  const book = { fund: 'employee', unit: '460100' };

  it('is that after each voucher, with what lies between the vouchers listed', async () => {
    const trail = await example();
    const whole = await trail.ask({ ...book, account: 'treasury' });
    expect(whole.vouchers.map(({ id, balance }) => `${id} ${balance}`)).toEqual([
      `${haikou(0)} 1000000.00`,
      `${haikou(2)} 1000010.00`,
      `${haikou(1)} 1001244.50`,
      `${haikou(4)} 1000010.00`,
    ]);
    const reversals = await trail.ask({ ...book, account: 'treasury', kind: 'reversal' });
    expect(reversals).toMatchObject({ balanceBefore: '1001244.50', vouchers: [{ balance: '1000010.00' }] });
    const income = await trail.ask({ ...book, account: 'income', from: '2025-05-12' });
    expect(income.vouchers.map(({ balance }) => balance)).toEqual(['1244.50', '10.00']);
    expect((await trail.ask({ account: 'treasury' })).vouchers.every(({ balance }) => balance === undefined)).toBe(
      true,
    );
  });

  it('equals a sum by hand, whatever the filters, the pages and the recorded time', async () => {
    const posting = fc.record({
      day: fc.integer({ min: 1, max: 6 }),
      fen: fc.integer({ min: 1, max: 999 }),
      account: fc.constantFrom('treasury', 'fiscal-account'),
      kind: fc.constantFrom('contribution', 'interest'),
    });
    const run = fc.asyncProperty(
      fc.array(posting, { minLength: 1, maxLength: 25 }),
      fc.integer({ min: 1, max: 4 }),
      fc.nat(25),
      fc.constantFrom('contribution', 'interest', undefined),
      async (postings, limit, asOf, kind) => {
        const trail = new Trail();
        for (const { day, fen, account, kind: posted } of postings)
          await trail.post(
            paid(`2025-03-0${day}`, `${Math.floor(fen / 100)}.${fen % 100}`.padEnd(4, '0'), { kind: posted, account }),
          );
        const filters = {
          ...book,
          account: 'treasury',
          recordedAsOf: `${Math.min(asOf, postings.length)}`,
          ...(kind && { kind }),
        };
        const found: string[] = [];
        const rows: Row[] = [];
        for (let cursor: string | null | undefined; cursor !== null;) {
          const page = await trail.ask({ ...filters, limit: `${limit}`, ...(cursor && { cursor }) });
          found.push(...page.vouchers.map(({ id, balance }) => `${id} ${parseFen(balance!)}`));
          const asked = { ...filters, limit: `${limit}`, ...(cursor && { cursor }) };
          const [forward, ...own] = await trail.rows(asked, 'ask');
          expect([forward![2], forward![5]]).toEqual([BROUGHT_FORWARD, parseFen(page.balanceBefore!)]);
          rows.push(...(rows.length === 0 ? [forward!] : []), ...own);
          cursor = page.next;
        }
        expect(found).toEqual(await byHand(trail, asOf, kind));
        expect(await trail.rows(filters)).toEqual(rows);
      },
    );
    await fc.assert(run, { seed: SEED, numRuns: 30 });
  }, 240_000);

  async function byHand(trail: Trail, asOf: number, kind: string | undefined): Promise<string[]> {
    const stored = await trail.log.store.readStream('book-employee-460100', { limit: 100 });
    const events = stored
      .filter(({ position }) => position <= asOf)
      .map(({ revision, ...each }) => ({ id: haikou(revision), event: readEvent(each) }))
      .sort((one, other) =>
        one.event.businessDate < other.event.businessDate
          ? -1
          : one.event.businessDate > other.event.businessDate
            ? 1
            : 0,
      );
    let balance = 0n;
    return events.flatMap(({ id, event }) => {
      const own = (event.entries ?? []).filter(({ account }) => account === 'treasury');
      for (const { debit, credit } of own) balance += parseFen(debit ?? '0') - parseFen(credit ?? '0');
      return own.length > 0 && (kind === undefined || event.kind === kind) ? [`${id} ${balance}`] : [];
    });
  }
});

describe('the audit-trail projection', () => {
  it('gives the same lists in any cut of the log', async () => {
    const trail = await example();
    await trail.log.follow(1);
    const other = new FollowedLog([fundBalance, auditTrail]);
    for await (const batch of trail.log.store.readAll({ after: 0, live: false }))
      for (const { stream, revision, type, data } of batch)
        await other.store.append(stream, revision === 0 ? 'no-stream' : revision - 1, [
          { type, data, key: `${stream}-${revision}`, keyIndexed: false },
        ]);
    await other.follow(3);
    const contents = other.contents();
    other.close();
    expect(contents).toEqual(trail.log.contents());
  });

  it('writes one line for each event, and reads it back', async () => {
    const trail = await example();
    await trail.log.follow();
    const lists = trail.log.contents()[`${TRAIL.name}_v${auditTrail.version}`] as [
      string,
      string,
      bigint,
      Uint8Array,
    ][];
    const lines = lists.flatMap(([day, book, , packed]) =>
      unpackLines(packed)
        .split('\n')
        .slice(0, -1)
        .map((line) => readLine(day, book, line)),
    );
    expect(lines.map(({ position }) => position).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(lines.find(({ position }) => position === 6)).toEqual({
      day: '2025-05-12',
      book: 'book-employee-460100',
      position: 6,
      revision: 0,
      likeness: expect.stringMatching(/^[A-Za-z0-9_-]{8}$/),
      stream: 'case-HK-2025-0007',
      kind: 'penalty',
      amount: '777.00',
      number: '',
      counterparty: 'H46010000001',
      texts: ['超标准收费', '琼医保罚〔2025〕7号', 'sun', 'zhou', 'HK-2025-0007', '', ''],
    });
  });
});
