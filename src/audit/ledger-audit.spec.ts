import { truncateSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqlite } from '../sqlite-file.js';
import { type Incoming, opened } from '../../test/given-when-then.js';
import { LedgerFiles } from '../../test/ledger-files.js';
import { DAY_MS } from '../time/recording-clock.js';
import { type Breach } from './breach.js';
import { auditLedger, type LedgerAudit } from './ledger-audit.js';

const quiet = { begin: () => undefined, update: () => undefined };

/** Positions 1 to 11, in two books and a case; one remittance is received, one is on its way. */
const GIVEN: readonly Incoming[] = [
  { ...opened(), businessDate: '2025-01-01' },
  { ...opened('employee', '460000'), businessDate: '2025-01-01' },
  { kind: 'contribution', businessDate: '2025-05-12' },
  { kind: 'contribution', businessDate: '2025-05-13' },
  { kind: 'contribution', businessDate: '2025-05-14' },
  { kind: 'remittance-up', businessDate: '2025-05-22' },
  { kind: 'remittance-received', unit: '460000', businessDate: '2025-05-23' },
  { kind: 'remittance-up', businessDate: '2025-05-24', transferId: 'SJ-2', amount: '7.00' },
  { kind: 'reversal', reverses: 'book-employee-460100-1', businessDate: '2025-05-25' },
  { kind: 'penalty' },
  { kind: 'payout', businessDate: '2025-05-26', amount: '100.00', offsets: undefined },
];
const HAIKOU = 'book-employee-460100';

/** A minute after the first event was recorded. */
const NOW = Date.UTC(2025, 11, 31, 0, 1);

describe('the audit of a ledger', () => {
  let files: LedgerFiles;
  beforeEach(async () => {
    files = new LedgerFiles();
    await files.post(GIVEN);
    await files.follow();
  });
  afterEach(() => files.remove());

  const audit = (): Promise<LedgerAudit> =>
    auditLedger({ store: 'sqlite', ...files.paths }, files.paths.read, quiet, { nowMs: NOW, boundMs: 30 * DAY_MS });
  /** What is found, in short: `position id invariant`. */
  const found = async (): Promise<string[]> =>
    (await audit()).breaches.map(({ position, id, invariant }) => `${position ?? '-'} ${id ?? '-'} ${invariant}`);
  const claimsAt = (position: number) => [{ position }, { position }, { position }, { position }];
  const firstOf = async (): Promise<Breach> => (await audit()).breaches[0]!;

  it('finds nothing in a sound one, and lists the flows between levels', async () => {
    const { breaches, breachCount, notes, noteCount, events, position, transfers, claims } = await audit();
    expect([breaches, notes]).toEqual([[], []]);
    expect([breachCount, noteCount, events, position]).toEqual([0, 0, 11, 11]);
    expect(claims).toMatchObject([
      { projection: 'book-state', position: 11 },
      { projection: 'fund-balance', position: 11 },
      { projection: 'provincial-consolidation', position: 11 },
      { projection: 'enforcement', position: 11 },
    ]);
    const pair = { fund: 'employee', direction: 'up', sender: '460100', receiver: '460000' };
    const sent = [{ id: `${HAIKOU}-5`, position: 8, unit: '460100', businessDate: '2025-05-24', amount: '7.00' }];
    const inTransit = [{ ...pair, transferId: 'SJ-2', sent, received: [], takenBack: [] }];
    expect(transfers).toEqual({ matched: 1, inTransit, unmatched: [], repeated: [] });
  });

  it('finds nothing in a ledger without read tables, or whose read tables lag', async () => {
    await files.post([{ kind: 'contribution', businessDate: '2025-06-01' }]);
    expect(await audit()).toMatchObject({ breachCount: 0, position: 12, claims: claimsAt(11) });
  });

  it('finds nothing where an opening was taken back and recorded again', async () => {
    const sanya = { ...opened('employee', '460200'), businessDate: '2025-05-01' };
    await files.post([
      sanya,
      { kind: 'reversal', unit: '460200', reverses: 'book-employee-460200-0', businessDate: '2025-05-01' },
      { ...sanya, businessDate: '2025-04-01' },
      { kind: 'contribution', unit: '460200', businessDate: '2025-04-30' },
    ]);
    await files.follow();
    expect(await audit()).toMatchObject({ breachCount: 0, position: 15, claims: claimsAt(15) });
    files.rewrite(14, (event) => ({ ...event, businessDate: '2025-05-01', period: '2025-05', voucherNumber: 3 }));
    expect(await found()).toContain('15 book-employee-460200-3 business-date');
    files.rewrite(13, ({ reverses, ...event }) => ({ ...event, note: reverses }));
    expect(await found()).toContain('14 book-employee-460200-2 business-date');
  });

  it('finds a changed payload by its hash', async () => {
    files.rewrite(4, (event) => ({ ...event, note: 'changed' }), { hash: false });
    expect(await found()).toEqual(['4 - store']);
  });

  it.each<[string, number, Parameters<LedgerFiles['rewrite']>[1], string]>([
    ['an amount in one entry', 4, (event) => ({ ...event, entries: entriesWith(event.entries, '1.00') }), 'balanced'],
    ['an amount beside its entries', 4, (event) => ({ ...event, amount: '1234.51' }), 'amount-moved'],
    ['a number out of series', 4, (event) => ({ ...event, voucherNumber: 7 }), 'voucher-number'],
    ['another period', 4, (event) => ({ ...event, period: '2025-06' }), 'voucher-number'],
    [
      'a recorded time before the last',
      4,
      (event) => ({ ...event, recordedAt: '2025-12-30T00:00:00.000Z' }),
      'recorded-time',
    ],
    ['a maker who reviews', 4, (event) => ({ ...event, reviewer: event.maker }), 'two-people'],
    ['another unit', 4, (event) => ({ ...event, unit: '460200' }), 'stream'],
    ['a field that is not known', 4, (event) => ({ ...event, extra: 1 }), 'shape'],
    ['a field of another kind of value', 4, (event) => ({ ...event, headcount: '12' }), 'shape'],
    ['an amount that is not canonical', 4, (event) => ({ ...event, amount: '01234.50' }), 'shape'],
    ['a policy of the future', 4, (event) => ({ ...event, policy: '2026-01-01' }), 'shape'],
    [
      'a day after its recording',
      4,
      (event) => ({ ...event, businessDate: '2026-05-13', period: '2026-05', voucherNumber: 1 }),
      'business-date',
    ],
    [
      'a day before the opening',
      4,
      (event) => ({ ...event, businessDate: '2024-05-13', period: '2024-05', voucherNumber: 1 }),
      'business-date',
    ],
    ['white space in the text', 4, (event) => JSON.stringify(event, null, 1), 'canonical'],
    ['fields in another order', 4, ({ kind, ...event }) => ({ ...event, kind }), 'canonical'],
    ['text that is no JSON', 4, () => '{"kind":', 'readable'],
    [
      'an account the fund has not',
      4,
      (event) => ({ ...event, entries: event.entries!.map((entry) => ({ ...entry, account: 'serious-illness' })) }),
      'entries',
    ],
    [
      'an entry without its share',
      4,
      (event) => ({ ...event, entries: event.entries!.map(({ share, ...entry }) => (share ? entry : entry)) }),
      'entries',
    ],
    [
      'entries on a penalty',
      10,
      ({ findings, ...event }) => ({ ...event, entries: [], findings }),
      'memo-moves-nothing',
    ],
    ['a reversal that is no mirror', 9, (event) => ({ ...event, entries: mirrorless(event.entries) }), 'reversal'],
    ['a reversal of what is not there', 9, (event) => ({ ...event, reverses: `${HAIKOU}-44` }), 'reversal'],
    ['another key', 4, (event) => ({ ...event, key: 'key-3' }), 'key-once'],
    ['a kind that is not its type', 4, (event) => ({ ...event, kind: 'subsidy' }), 'known-type'],
  ])('finds %s', async (_name, position, change, invariant) => {
    files.rewrite(position, change);
    const breach = await firstOf();
    expect({ position: breach.position, invariant: breach.invariant }).toEqual({ position, invariant });
    expect(breach.id).toMatch(/^(book-employee-460100|case-HK-2025-0007)-[0-9]+$/);
    expect(breach.expected).not.toBe(breach.got);
  });

  it('notes what was recorded before a rule came, and finds no breach in it', async () => {
    files.rewrite(3, (event) => ({ ...event, note: 'paid\u200b' }));
    files.rewrite(4, (event) => ({ ...event, reviewer: 'WANG' }));
    files.rewrite(10, (event) => ({ ...event, evidence: { ...event.evidence, number: '\u3000' } }));
    const { breaches, breachCount, notes, noteCount } = await audit();
    expect([breaches, breachCount, noteCount]).toEqual([[], 0, 3]);
    const invariant = 'rules-of-today';
    const seen = (length: number): string =>
      `1 to ${length} characters to be seen, without control or invisible characters`;
    expect(notes).toEqual([
      { position: 3, id: `${HAIKOU}-1`, invariant, expected: `/note ${seen(200)}`, got: '"paid\\u200b"' },
      {
        position: 4,
        id: `${HAIKOU}-2`,
        invariant,
        expected: '/reviewer a reviewer other than wang (other capitals or marks are no other person)',
        got: 'WANG',
      },
      {
        position: 10,
        id: 'case-HK-2025-0007-0',
        invariant,
        expected: `/evidence/number ${seen(100)}`,
        got: '"\\u3000"',
      },
    ]);
  });

  it('says what was expected and what is there', async () => {
    files.rewrite(4, (event) => ({ ...event, voucherNumber: 7 }));
    expect(await firstOf()).toEqual({
      position: 4,
      id: `${HAIKOU}-2`,
      invariant: 'voucher-number',
      expected: '2025-05 receipt 2',
      got: '2025-05 receipt 7',
    });
  });

  it('names a difference where it comes in, not at every voucher that carries it on', async () => {
    files.rewrite(4, (event) => ({ ...event, entries: entriesWith(event.entries, '1.00') }));
    const all = await found();
    expect(all.filter((each) => each.startsWith('4 '))).toEqual([
      `4 ${HAIKOU}-2 balanced`,
      `4 ${HAIKOU}-2 amount-moved`,
      `4 ${HAIKOU}-2 equation`,
      `4 ${HAIKOU}-2 closing`,
    ]);
    expect(all.filter((each) => !each.startsWith('4 ') && !each.endsWith('read-tables'))).toEqual([]);
    expect(all.filter((each) => each.endsWith('read-tables')).length).toBeGreaterThan(0);
  });

  it('finds a balance below zero', async () => {
    files.rewrite(11, (event) => ({
      ...event,
      amount: '9000000.00',
      entries: event.entries!.map((entry) => ({ ...entry, [entry.debit ? 'debit' : 'credit']: '9000000.00' })),
    }));
    expect(await firstOf()).toMatchObject({
      position: 11,
      invariant: 'below-zero',
      expected: 'expenditure-account of 0.00 or more',
      got: '-7000000.00',
    });
  });

  it('finds a voucher that was reversed twice', async () => {
    await files.post([{ kind: 'reversal', reverses: `${HAIKOU}-2`, businessDate: '2025-05-27' }]);
    files.rewrite(12, (event) => ({ ...event, reverses: `${HAIKOU}-1` }));
    expect(await firstOf()).toMatchObject({
      position: 12,
      invariant: 'reversal',
      expected: `${HAIKOU}-1 reversed once`,
    });
  });

  it('finds two events that changed places', async () => {
    files.tamper((log) => {
      const swap = log.prepare('UPDATE event SET position = ? WHERE position = ?');
      for (const [to, from] of [
        [99, 4],
        [4, 5],
        [5, 99],
      ])
        swap.run(to, from);
    });
    expect((await found())[0]).toBe('4 - store');
    expect(await found()).toContain(`4 ${HAIKOU}-3 revision`);
    expect(await found()).toContain(`5 ${HAIKOU}-2 recorded-time`);
  });

  it('finds an event that is gone, in the middle and at the end', async () => {
    files.tamper((log) => log.exec('DELETE FROM event WHERE position = 4'));
    expect(await found()).toContain(`5 ${HAIKOU}-3 revision`);
    expect(await found()).toContain(`5 ${HAIKOU}-3 voucher-number`);
    files.tamper((log) => log.exec('DELETE FROM event WHERE position = 11'));
    expect((await audit()).breaches).toContainEqual({
      invariant: 'mark',
      expected: 'a log up to position 11',
      got: 'its end at position 10',
    });
  });

  it('finds a type nobody knows, and a key that leads nowhere', async () => {
    files.tamper((log) => {
      log.exec("UPDATE type SET name = 'RecoveryMade.v9' WHERE name = 'PenaltyImposed.v1'");
      log.exec("DELETE FROM idempotency WHERE key = 'key-5'");
    });
    const own = [`5 ${HAIKOU}-3 key-once`, '10 case-HK-2025-0007-0 known-type'];
    // The report has counted the penalty when its type was known.
    expect(await found()).toEqual([...own, '- - enforcement']);
  });

  it('finds a line of a file that was posted before', async () => {
    const source = 'f'.repeat(64);
    await files.post(
      [1, 2].map(() => ({ kind: 'contribution', businessDate: '2025-06-01' })),
      (index) => ({ source, line: index + 2 }),
    );
    expect(await audit()).toMatchObject({ breachCount: 0, position: 13 });
    files.rewrite(13, (event) => ({ ...event, line: 2 }));
    expect(await firstOf()).toMatchObject({ position: 13, invariant: 'key-once', got: 'line 2' });
  });

  it('finds a read table that does not hold the balance of the log', async () => {
    const tables = openSqlite(files.paths.read, 'disposable');
    const row = `stream = '${HAIKOU}' AND line = 'treasury' AND period = '2025-05'`;
    tables.exec(`UPDATE book_month_v9 SET balance = balance + 1 WHERE ${row}`);
    tables.close();
    expect((await audit()).breaches).toEqual([
      {
        invariant: 'read-tables',
        expected: `${HAIKOU} treasury 1002469.00 at position 11`,
        got: '1002469.01 in book-state',
      },
    ]);
  });

  const UP = 'employee up 460100 → 460000';
  it.each<[string, string, readonly (readonly [of: string, byLog: string, byView: string])[]]>([
    [
      'another number',
      "SET transfer = 'SJ-3' WHERE transfer = 'SJ-2'",
      [
        [`list ${UP} SJ-2`, 'sent 7.00, received 0.00', 'nothing'],
        [`list ${UP} SJ-3`, 'nothing', 'sent 7.00, received 0.00'],
      ],
    ],
    [
      'two transfers as one',
      "SET transfer = 'SJ-2025-05-460100' WHERE transfer = 'SJ-2'",
      [
        [`list ${UP} SJ-2`, 'sent 7.00, received 0.00', 'nothing'],
        [`list ${UP} SJ-2025-05-460100`, 'nothing', 'sent 60007.00, received 60000.00'],
      ],
    ],
    [
      'another sender',
      "SET sender = '460200' WHERE transfer = 'SJ-2'",
      [
        [`list ${UP} SJ-2`, 'sent 7.00, received 0.00', 'nothing'],
        ['list employee up 460200 → 460000 SJ-2', 'nothing', 'sent 7.00, received 0.00'],
        [`flows ${UP}`, 'sent 60007.00, received 60000.00', 'sent 60000.00, received 60000.00'],
        ['flows employee up 460200 → 460000', 'nothing', 'sent 7.00, received 0.00'],
      ],
    ],
    [
      'another amount',
      "SET amount = 1 WHERE transfer = 'SJ-2'",
      [
        [`list ${UP} SJ-2`, 'sent 7.00, received 0.00', 'sent 0.01, received 0.00'],
        [`flows ${UP}`, 'sent 60007.00, received 60000.00', 'sent 60000.01, received 60000.00'],
      ],
    ],
  ])('finds views of the transfers with %s', async (_name, change, differences) => {
    const tables = openSqlite(files.paths.read, 'disposable');
    tables.exec(`UPDATE transfer_v4 ${change}`);
    tables.close();
    const views = { list: 'the list of what is in transit', flows: 'the flows between units' } as const;
    expect((await audit()).breaches).toEqual(
      differences.map(([of, byLog, byView]) => {
        const [view, ...name] = of.split(' ');
        return {
          invariant: 'transfers',
          expected: `${name.join(' ')}: ${byLog} at position 11`,
          got: `${byView} in ${views[view as keyof typeof views]} of provincial-consolidation`,
        };
      }),
    );
  });

  it('finds figures of enforcement that are not those of the log, after reversals too', async () => {
    const recovery = { kind: 'recovery', businessDate: '2025-05-28', lossYear: '2024' };
    await files.post([
      { ...recovery, amount: '5.00' },
      { ...recovery, amount: '3.00' },
      { ...recovery, amount: '2.00', channel: 'police' },
      { kind: 'reversal', reverses: `${HAIKOU}-8`, businessDate: '2025-05-29' },
      { kind: 'reversal', reverses: `${HAIKOU}-10`, businessDate: '2025-05-29' },
      { kind: 'claim-audit', amount: '9.00' },
    ]);
    await files.follow();
    expect((await audit()).breaches).toEqual([]);
    const tables = openSqlite(files.paths.read, 'disposable');
    tables.exec('UPDATE enforcement_recovery_v3 SET amount = amount + 1');
    tables.exec("UPDATE enforcement_penalty_v3 SET article = '40'");
    tables.exec("UPDATE enforcement_avoided_v3 SET channel = 'reminder'");
    tables.close();
    const at = (name: string, byLog: string, byView: string) => ({
      invariant: 'enforcement',
      expected: `${name}: ${byLog} at position 17`,
      got: `${byView} in enforcement`,
    });
    expect((await audit()).breaches).toEqual([
      at('penalties, article 38', '1 of 250000.00', 'none'),
      at('recoveries, inspection, employee', '1 of 3.00', '1 of 3.01'),
      at('losses avoided, refusal, employee', '1 of 9.00', 'none'),
      at('penalties, article 40', 'none', '1 of 250000.00'),
      at('losses avoided, reminder, employee', 'none', '1 of 9.00'),
    ]);
  });

  it('finds accounts that do not hold what the transfers put on them, by book', async () => {
    files.rewrite(8, (event) => ({ ...event, amount: '8.00' }));
    expect((await audit()).breaches).toContainEqual({
      invariant: 'eliminations',
      expected: `${HAIKOU} expenditure.to-above 60008.00 by transfers`,
      got: '60007.00 on the account',
    });
  });

  it('finds read tables that show more than the log has, and files that are none', async () => {
    files.tamper((log) => log.exec('DELETE FROM event WHERE position = 11'));
    // That alone: what such tables hold is compared with nothing.
    expect((await found()).filter((each) => each.endsWith('read-tables'))).toEqual(['- - read-tables']);
    writeFileSync(files.paths.read, 'not a database'.repeat(100));
    expect(await found()).toContain('- - read-tables');
    truncateSync(files.paths.log, 50);
    expect(await found()).toEqual(['- - store']);
  });
});

type Entries = Parameters<Parameters<LedgerFiles['rewrite']>[1]>[0]['entries'];

const entriesWith = (entries: Entries, debit: string): unknown =>
  entries!.map((entry) => (entry.debit === undefined ? entry : { ...entry, debit }));
const mirrorless = (entries: Entries): unknown =>
  entries!.map((entry) => (entry.debit ? { ...entry, debit: '-1.00' } : { ...entry, credit: '-1.00' })).slice(0, 2);
