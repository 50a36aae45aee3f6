import { afterEach, describe, expect, it } from '@jest/globals';
import { Books } from '../../src/books/handle.js';
import { formatFen, parseFen } from '../../src/money.js';
import { FollowedLog } from '../../test/followed-log.js';
import { type Incoming, opened, openedWith, requestOf } from '../../test/given-when-then.js';
import { randomFrom } from '../../test/random.js';
import { SEED } from '../../test/seed.js';
import { fundBalance } from '../fund-balance/projection.js';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import { byAge } from './ages.js';
import { age } from './open-items.js';
import { type RegisterParameters } from './parameters.js';
import { registers } from './projection.js';
import { registersQuestion } from './query.js';

const logs: FollowedLog[] = [];
afterEach(() => {
  for (const log of logs.splice(0)) log.close();
});

interface Item {
  readonly register: string;
  readonly account?: string;
  readonly name: string | null;
  readonly open: string;
  readonly since: string | null;
  readonly days: number | null;
  readonly ages: Readonly<Record<string, string>>;
}
interface Body {
  readonly items: readonly Item[];
  readonly inTransit: readonly { transferId: string; state: string; difference: string; days: number }[];
  readonly ties: readonly { account: string; register: string; ledger: string; difference: string }[];
}

async function logOf(...commands: Incoming[]): Promise<FollowedLog> {
  const log = new FollowedLog([fundBalance, provincialConsolidation, registers]);
  logs.push(log);
  const books = new Books(log.store, () => Date.UTC(2026, 11, 31));
  for (const [index, command] of commands.entries()) await books.post(requestOf(command, `key-${index}`));
  return log;
}

async function ask(log: FollowedLog, parameters: RegisterParameters = { to: '2025-12-31' }): Promise<Body> {
  await log.follow();
  return (await registersQuestion.ask(log.asking(), parameters)).body as unknown as Body;
}

/** What is open, one line each: `advances.vbp 一号 60.00 since 2025-05-01`. */
const itemsOf = ({ items }: Body): string[] =>
  items.map(({ register, account, name, open, since }) => `${account ?? register} ${name} ${open} since ${since}`);

const COMPANY = 'C460100001';
const OTHER = 'C460100002';
const advanced = (businessDate: string, amount: string, counterparty = COMPANY): Incoming => ({
  kind: 'advance-payment',
  advance: 'advances.vbp',
  counterparty,
  gate: undefined,
  account: undefined,
  businessDate,
  amount,
});
const returned = (businessDate: string, amount: string, counterparty = COMPANY): Incoming => ({
  kind: 'advance-return',
  advance: 'advances.vbp',
  counterparty,
  businessDate,
  amount,
});
const reversal = (revision: number, businessDate: string): Incoming => ({
  kind: 'reversal',
  businessDate,
  reverses: `book-employee-460100-${revision}`,
});

describe('the registers', () => {
  it('have what is open for each, since its oldest day, by age', async () => {
    const log = await logOf(
      opened(),
      advanced('2025-01-10', '100.00'),
      advanced('2025-11-20', '50.00'),
      advanced('2025-12-31', '7.00', OTHER),
      returned('2025-12-01', '30.00'),
    );
    const { items, ties } = await ask(log);
    expect(items).toMatchObject([
      {
        register: 'advances',
        fund: 'employee',
        unit: '460100',
        account: 'advances.vbp',
        name: OTHER,
        open: '7.00',
        since: '2025-12-31',
        days: 0,
      },
      {
        name: COMPANY,
        open: '120.00',
        since: '2025-01-10',
        days: 355,
        ages: { upTo30: '0.00', upTo90: '50.00', upTo180: '0.00', upTo365: '70.00', over365: '0.00' },
      },
    ]);
    expect(ties).toMatchObject([{ account: 'advances.vbp', register: '127.00', ledger: '127.00', difference: '0.00' }]);
  });

  it('leave out what is settled, and what was taken back as though it had never been', async () => {
    const log = await logOf(
      opened(),
      advanced('2025-02-01', '40.00', OTHER),
      returned('2025-03-01', '40.00', OTHER),
      advanced('2025-01-10', '100.00'),
      advanced('2025-05-01', '60.00'),
      reversal(4, '2025-06-01'),
    );
    expect(itemsOf(await ask(log))).toEqual([`advances.vbp ${COMPANY} 100.00 since 2025-01-10`]);
    expect(itemsOf(await ask(log, { to: '2025-05-31' }))).toEqual([`advances.vbp ${COMPANY} 160.00 since 2025-01-10`]);
    expect(itemsOf(await ask(log, { to: '2025-02-15', recordedAsOf: '2' }))).toEqual([
      `advances.vbp ${OTHER} 40.00 since 2025-02-01`,
    ]);
  });

  it('take what one has too little of from what the books opened with under no name', async () => {
    const log = await logOf(openedWith({ 'advances.vbp': '500.00' }), returned('2025-06-01', '120.00'));
    const { items, ties } = await ask(log);
    expect(items).toMatchObject([{ name: null, open: '380.00', since: '2025-01-01' }]);
    expect(ties).toMatchObject([{ register: '380.00', ledger: '380.00', difference: '0.00' }]);
  });

  it('have quality deposits, which are in no account, and what of them was withdrawn', async () => {
    const hold: Incoming = { kind: 'quality-deposit-hold' };
    const release: Incoming = { kind: 'quality-deposit-release', amount: '20000.00', businessDate: '2025-11-20' };
    const log = await logOf(opened(), hold, { ...hold, amount: '1.00' }, release, {
      kind: 'memo-withdrawal',
      withdraws: 'deposit-employee-460100-H46010000001-2025-1',
      businessDate: '2025-12-01',
    });
    const body = await ask(log);
    expect(itemsOf(body)).toEqual(['quality-deposits H46010000001 2025 30000.00 since 2025-05-15']);
    expect(body.ties).toEqual([]);
  });

  it('are each of one book: what one unit has advanced ties to its own account', async () => {
    const there = { unit: '460200' };
    const log = await logOf(opened(), opened('employee', '460200'), advanced('2025-01-10', '100.00'), {
      ...advanced('2025-02-10', '7.00'),
      ...there,
    });
    const { ties } = await ask(log);
    expect(ties.map(({ register, difference }) => [register, difference])).toEqual([
      ['100.00', '0.00'],
      ['7.00', '0.00'],
    ]);
    expect(itemsOf(await ask(log, { to: '2025-12-31', ...there }))).toEqual([
      `advances.vbp ${COMPANY} 7.00 since 2025-02-10`,
    ]);
  });

  it('have what is on its way, and show one of them alone', async () => {
    const log = await logOf(
      opened('resident', '460100'),
      {
        kind: 'remittance-up',
        fund: 'resident',
        unit: '460100',
        toUnit: '460000',
        transferId: 'SJ-1',
        businessDate: '2025-12-01',
      },
      { kind: 'loan', fund: 'resident', unit: '460100', businessDate: '2025-12-02' },
    );
    const all = await ask(log);
    expect(all.inTransit).toMatchObject([{ transferId: 'SJ-1', state: 'in-transit', days: 30 }]);
    const { items, inTransit, ties } = await ask(log, { to: '2025-12-31', register: 'loans' });
    expect([items.length, inTransit, ties.length]).toEqual([1, [], 1]);
    expect([items[0]!.open, items[0]!.since]).toEqual(['2000000.00', '2025-12-02']);
    expect(ties).toMatchObject([
      { account: 'loans', register: '2000000.00', ledger: '2000000.00', difference: '0.00' },
    ]);
    const { sheets } = await registersQuestion.ask(log.asking(), { to: '2025-12-31', register: 'in-transit' });
    expect(sheets.map(({ name }) => name)).toEqual(['in-transit', 'ties']);
  });

  it(`tie to the ledger on every day, whatever was advanced, returned and taken back, SEED=${SEED}`, async () => {
    const next = randomFrom(SEED);
    const random = (below: number): number => Math.floor(next() * below);
    const day = (): string =>
      `2025-${String(2 + random(8)).padStart(2, '0')}-${String(1 + random(28)).padStart(2, '0')}`;
    const log = await logOf(openedWith({ 'advances.vbp': '300.00' }));
    const books = new Books(log.store, () => Date.UTC(2026, 11, 31));
    let refused = 0;
    const posted: number[] = [];
    for (let step = 0; step < 120; step += 1) {
      const amount = formatFen(BigInt(1 + random(20_000)));
      const who = [COMPANY, OTHER][random(2)]!;
      const back = posted[random(posted.length)];
      const command =
        step % 6 === 5 && back !== undefined
          ? reversal(back, '2025-12-01')
          : step % 2 === 0
            ? advanced(day(), amount, who)
            : returned(day(), amount, who);
      try {
        const { receipt } = await books.post(requestOf(command, `step-${step}`));
        if (command.kind !== 'reversal') posted.push(receipt!.revision);
      } catch (error) {
        expect(error).toMatchObject({ kind: 'refused' });
        refused += 1;
      }
    }
    expect(refused).toBeLessThan(110);
    for (const to of ['2025-01-31', '2025-04-15', '2025-08-31', '2025-11-30', '2025-12-31'])
      for (const recordedAsOf of [undefined, String(1 + random(60))]) {
        const { ties, items } = await ask(log, { to, ...(recordedAsOf && { recordedAsOf }) });
        expect(ties.map(({ difference }) => difference)).toEqual(ties.map(() => '0.00'));
        for (const { open, ages } of items)
          expect(Object.values(ages).reduce((sum, part) => sum + parseFen(part), 0n)).toBe(parseFen(open));
      }
  });
});

describe('an age', () => {
  it.each([
    ['2025-05-31', 0],
    ['2025-05-01', 0],
    ['2025-04-30', 1],
    ['2025-03-02', 1],
    ['2025-03-01', 2],
    ['2024-12-02', 2],
    ['2024-12-01', 3],
    ['2024-05-31', 3],
    ['2024-05-30', 4],
  ])('since %s is in the bracket %s at the end of 31 May 2025', (day, bracket) => {
    expect(byAge([{ day, amount: 1n }], '2025-05-31').indexOf(1n)).toBe(bracket);
  });
});

describe('what is left of each day', () => {
  it('is what the oldest have not been taken for', () => {
    const days = [
      { day: '2025-01-01', added: '10', taken: null },
      { day: '2025-02-01', added: '20', taken: '5' },
      { day: '2025-03-01', added: '30', taken: null },
    ];
    expect(age(days, 10n)).toEqual({
      parts: [
        { day: '2025-02-01', amount: 15n },
        { day: '2025-03-01', amount: 30n },
      ],
      short: 0n,
    });
    expect(age(days, 56n)).toEqual({ parts: [], short: 1n });
  });
});
