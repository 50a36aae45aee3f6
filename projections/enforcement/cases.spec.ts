import { afterEach, describe, expect, it } from '@jest/globals';
import { Books } from '../../src/books/handle.js';
import { FollowedLog } from '../../test/followed-log.js';
import { type Incoming, opened, requestOf } from '../../test/given-when-then.js';
import { type FundParameters } from '../asking/book-parameters.js';
import { auditTrailQuestion } from '../audit-trail/query.js';
import { auditTrail } from '../audit-trail/projection.js';
import { enforcement } from './projection.js';
import { enforcementQuestion } from './query.js';

const logs: FollowedLog[] = [];
afterEach(() => {
  for (const log of logs.splice(0)) log.close();
});

async function logOf(...commands: Incoming[]): Promise<FollowedLog> {
  const log = new FollowedLog([enforcement, auditTrail]);
  logs.push(log);
  const books = new Books(log.store, () => Date.UTC(2026, 11, 31));
  for (const [index, command] of commands.entries()) await books.post(requestOf(command, `key-${index}`));
  await log.follow();
  return log;
}

type Sum = { readonly count: number; readonly sum: string };
type Told = Readonly<Record<'recovered' | 'contractPenalties' | 'fined' | 'avoided', Sum>> & {
  readonly caseId: string | null;
  readonly state: string | null;
  readonly openedOn: string | null;
  readonly closedOn: string | null;
  readonly outcome: string | null;
  readonly parties: readonly string[];
  readonly recorded: number;
  readonly vouchers: string | null;
};

async function ask(log: FollowedLog, parameters: FundParameters) {
  const { body, sheets } = await enforcementQuestion.ask(log.asking(), parameters);
  const { cases, casesCount, casesTotal } = body as unknown as {
    readonly cases: readonly Told[];
    readonly casesCount: number;
    readonly casesTotal: Pick<Told, 'recovered' | 'contractPenalties' | 'fined' | 'avoided'>;
  };
  return { cases, casesCount, casesTotal, sheet: sheets.find(({ name }) => name === 'cases')! };
}

const seven = { caseId: 'HK-2025-0007' };
const eight = { caseId: 'HK-2025-0008' };
const memo = (kind: string, businessDate: string, more: Partial<Incoming>): Incoming => ({
  kind,
  businessDate,
  ...more,
});

/** Case 7: opened, fined, recovered twice of which one is reversed, closed. Case 8: opened, and a contract penalty. */
const given: readonly Incoming[] = [
  opened(),
  memo('case-opening', '2025-04-08', seven),
  { kind: 'recovery', businessDate: '2025-05-28', amount: '100000.00', ...seven },
  { kind: 'recovery', businessDate: '2025-05-29', amount: '4000.00', ...seven },
  { kind: 'reversal', businessDate: '2025-06-02', reverses: 'book-employee-460100-2' },
  memo('penalty', '2025-06-12', { amount: '150000.00', base: '100000.00', ...seven }),
  memo('case-closing', '2025-06-20', seven),
  memo('case-opening', '2025-05-02', { ...eight, party: 'P46010000002' }),
  { kind: 'contract-penalty', businessDate: '2025-06-16', amount: '30000.00', ...eight },
  memo('claim-audit', '2025-06-30', { amount: '36500.00', channel: 'refusal' }),
];

const told = ({ caseId, state, recovered, contractPenalties, fined, avoided, recorded }: Told) => [
  caseId,
  state,
  ...[recovered, contractPenalties, fined, avoided].map(({ sum }) => sum),
  recorded,
];

describe('the cases of enforcement', () => {
  it('are told by name, each with what it recovered, was fined and avoided, none added to another', async () => {
    const { cases, casesCount, casesTotal } = await ask(await logOf(...given), { to: '2025-12-31' });
    expect(cases.map(told)).toEqual([
      ['HK-2025-0008', 'open', '0.00', '30000.00', '0.00', '0.00', 2],
      ['HK-2025-0007', 'closed', '100000.00', '0.00', '150000.00', '0.00', 5],
      [null, null, '0.00', '0.00', '0.00', '36500.00', 1],
    ]);
    expect(cases[1]).toMatchObject({
      openedOn: '2025-04-08',
      closedOn: '2025-06-20',
      outcome: 'substantiated',
      parties: ['H46010000001'],
      recovered: { count: 1 },
    });
    expect([casesCount, casesTotal.fined]).toEqual([3, { count: 1, sum: '150000.00' }]);
  });

  it('are of the days, the fund and the moment that are asked about', async () => {
    const log = await logOf(...given);
    const of = async (parameters: FundParameters) => (await ask(log, parameters)).cases.map(told);
    // Both were open then: what is still in hand is told, though nothing was recorded of it in these days.
    expect(await of({ from: '2025-05-10', to: '2025-05-28' })).toEqual([
      ['HK-2025-0008', 'open', '0.00', '0.00', '0.00', '0.00', 0],
      ['HK-2025-0007', 'open', '100000.00', '0.00', '0.00', '0.00', 1],
    ]);
    // Of July nothing was recorded, and the closed case is not told any more.
    expect(await of({ from: '2025-07-01', to: '2025-07-31' })).toEqual([
      ['HK-2025-0008', 'open', '0.00', '0.00', '0.00', '0.00', 0],
    ]);
    // What was reversed counts on the day of the reversal.
    expect((await of({ from: '2025-06-01', to: '2025-06-10' }))[1]).toEqual([
      'HK-2025-0007',
      'open',
      '-4000.00',
      '0.00',
      '0.00',
      '0.00',
      0,
    ]);
    // A case is opened for no fund in particular, and stands beside what is of one.
    expect((await of({ to: '2025-12-31', fund: 'resident' })).map(([caseId, state]) => [caseId, state])).toEqual([
      ['HK-2025-0008', 'open'],
      ['HK-2025-0007', 'closed'],
    ]);
    expect((await of({ to: '2025-12-31', recordedAsOf: '6' })).map(([caseId, state]) => [caseId, state])).toEqual([
      ['HK-2025-0007', 'open'],
    ]);
  });

  it('are withdrawn with their opening, and open again with their closing', async () => {
    const withdrawn = (withdraws: string): Incoming =>
      memo('memo-withdrawal', '2025-07-15', { withdraws, fund: 'all' });
    const log = await logOf(...given, withdrawn('case-HK-2025-0007-2'), withdrawn('case-HK-2025-0008-0'));
    const states = async (to: string) =>
      Object.fromEntries((await ask(log, { to })).cases.map(({ caseId, state }) => [caseId, state]));
    expect(await states('2025-07-14')).toMatchObject({ 'HK-2025-0007': 'closed', 'HK-2025-0008': 'open' });
    expect(await states('2025-12-31')).toMatchObject({ 'HK-2025-0007': 'open', 'HK-2025-0008': 'withdrawn' });
  });

  it('say of a case that nobody opened that it was not opened', async () => {
    const log = await logOf(opened(), { kind: 'recovery', businessDate: '2025-05-28', amount: '1.00', ...seven });
    expect((await ask(log, { to: '2025-12-31' })).cases.map(told)).toEqual([
      ['HK-2025-0007', 'not-opened', '1.00', '0.00', '0.00', '0.00', 1],
    ]);
  });

  it('lead to as many vouchers and memos as they say, and come to what the channels and articles come to', async () => {
    const log = await logOf(...given);
    for (const parameters of [{ to: '2025-12-31' }, { from: '2025-06-01', to: '2025-06-30', fund: 'employee' }]) {
      const { cases, sheet } = await ask(log, parameters);
      expect(sheet.checks!.map(({ holds }) => holds)).toEqual([true, true, true]);
      for (const { vouchers, recorded } of cases) {
        if (vouchers === null) continue;
        const asked = Object.fromEntries(new URL(vouchers, 'http://ledger').searchParams);
        const { body } = await auditTrailQuestion.ask(log.asking(), asked);
        expect((body as unknown as { vouchers: unknown[] }).vouchers).toHaveLength(recorded);
      }
    }
  });

  it('are printed with a total over all of them', async () => {
    const { sheet } = await ask(await logOf(...given), { to: '2025-12-31' });
    expect(sheet.rows.map(([name, ...cells]) => [name, ...cells.slice(-4)])).toEqual([
      ['HK-2025-0008', null, 3_000_000n, null, null],
      ['HK-2025-0007', 10_000_000n, null, 15_000_000n, null],
      [expect.objectContaining({ zh: '（未注明案件）' }), null, null, null, 3_650_000n],
      [expect.objectContaining({ zh: '合计' }), 10_000_000n, 3_000_000n, 15_000_000n, 3_650_000n],
    ]);
    expect(sheet.notListed).toBe(0);
  });
});
