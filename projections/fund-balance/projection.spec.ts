import { afterEach, describe, expect, it } from '@jest/globals';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import { type LedgerEvent } from '../../src/books/event.js';
import { FollowedLog } from '../../test/followed-log.js';
import { event, type Incoming } from '../../test/given-when-then.js';
import { RowBuffer } from '../following/row-buffer.js';
import { BLOCK, BLOCK_STARTS, fundBalance, MOVEMENTS } from './projection.js';

const logs: FollowedLog[] = [];
afterEach(() => {
  for (const log of logs.splice(0)) log.close();
});

/** The finest rows that follow from an event, as `line debit credit`, in fen. */
function movements(ledgerEvent: LedgerEvent, stream = 'book-employee-460100', revision = 0): string[] {
  const buffer = new RowBuffer();
  const place = { position: 7, previous: 6, stream, revision };
  const stored = { ...place, type: 'Given.v1', data: '', recordedAtMs: 0, event: ledgerEvent };
  fundBalance.apply(stored, buffer);
  const rows: string[] = [];
  buffer.writeTo((table, [book, size, block, day, line, debit, credit, entries]) => {
    if (table !== MOVEMENTS || size !== BLOCK) return;
    expect([book, block, day, entries]).toEqual([stream, 0, ledgerEvent.businessDate, 1n]);
    rows.push([line, debit, credit].join(' '));
  });
  return rows;
}

const OPENING: Incoming = {
  kind: 'opening-balance',
  businessDate: '2025-01-01',
  balances: { 'fiscal-account': '1000000.00', 'expenditure-account': '1000000.00', 'net.pool': '2000000.00' },
};

describe('fund balance, projection', () => {
  it.each([
    [
      'opening-balance',
      [],
      OPENING,
      ['expenditure-account 100000000 0', 'fiscal-account 100000000 0', 'net.pool 0 200000000'],
    ],
    [
      'contribution',
      [],
      { kind: 'contribution' },
      ['treasury 123450 0', 'income.premiums/employer@pool 0 90000', 'income.premiums/employer@personal 0 33450'],
    ],
    [
      'subsidy',
      [],
      { kind: 'subsidy', fund: 'resident', amount: '70.00', headcount: undefined, perHead: undefined },
      ['fiscal-account 7000 0', 'income.subsidy/central 0 7000'],
    ],
    [
      'payout',
      [OPENING],
      { kind: 'payout', amount: '12.34', offsets: undefined, benefitKind: 'inpatient', share: 'pool' },
      ['benefits/inpatient@pool 1234 0', 'expenditure-account 0 1234'],
    ],
    [
      'recovery of this year, in red',
      [OPENING],
      { kind: 'recovery', amount: '5.00', lossYear: '2025' },
      ['fiscal-account 500 0', 'benefits/inpatient@pool -500 0'],
    ],
    [
      'recovery of an earlier year',
      [OPENING],
      { kind: 'recovery', amount: '5.00', lossYear: '2024' },
      ['fiscal-account 500 0', 'income.other/prior-year-recoveries@pool 0 500'],
    ],
    [
      'money-movement',
      [OPENING],
      { kind: 'money-movement', amount: '9.00' },
      ['expenditure-account 900 0', 'fiscal-account 0 900'],
    ],
    [
      'remittance-up',
      [OPENING],
      { kind: 'remittance-up', amount: '60.00' },
      ['expenditure.to-above@pool 6000 0', 'fiscal-account 0 6000'],
    ],
    [
      'reversal of a contribution, in red',
      [{ kind: 'contribution' }],
      { kind: 'reversal' },
      ['treasury -123450 0', 'income.premiums/employer@pool 0 -90000', 'income.premiums/employer@personal 0 -33450'],
    ],
  ] satisfies [string, Incoming[], Incoming, string[]][])('takes in %s', (_, given, when, rows) => {
    expect(movements(event(given, when)).sort()).toEqual([...rows].sort());
  });

  it('stays quiet about a penalty', () => {
    expect(movements(event([], { kind: 'penalty' }), 'case-HK-2025-0007')).toEqual([]);
  });

  it('notes where in the log each block of a book begins', () => {
    const buffer = new RowBuffer();
    const contribution = event([], { kind: 'contribution' });
    for (const revision of [0, 1, BLOCK - 1, BLOCK, BLOCK + 1]) {
      const place = { position: revision * 3 + 5, previous: 0, stream: 'book-employee-460100', revision };
      fundBalance.apply({ ...place, type: 'Given.v1', data: '', recordedAtMs: 0, event: contribution }, buffer);
    }
    const rows: unknown[] = [];
    buffer.writeTo((table, row) => table === BLOCK_STARTS && rows.push(row));
    expect(rows).toEqual([
      ['book-employee-460100', 5, 0],
      ['book-employee-460100', BLOCK * 3 + 5, 1],
    ]);
  });

  it('gives the same tables in any batching, and a second time changes nothing', async () => {
    const contents = await Promise.all(
      [5_000, 3, 1].map(async (batch) => {
        const log = new FollowedLog([fundBalance, provincialConsolidation]);
        logs.push(log);
        for (let day = 1; day <= 20; day += 1) {
          const businessDate = `2025-0${1 + (day % 3)}-${String(day).padStart(2, '0')}`;
          const entries = [
            { account: 'treasury', debit: `${day}.00` },
            { account: 'income.premiums', detail: 'resident', credit: `${day}.00` },
          ];
          await log.append({ fund: 'resident', unit: day % 2 ? '460100' : '460200', businessDate, entries });
        }
        await log.follow(batch);
        const once = log.contents();
        await log.follow(batch);
        expect(log.contents()).toEqual(once);
        return once;
      }),
    );
    expect(contents[1]).toEqual(contents[0]);
    expect(contents[2]).toEqual(contents[0]);
    expect(contents[0]!['movement_v4']!.length).toBeGreaterThan(80);
  });
});
