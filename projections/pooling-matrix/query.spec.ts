import { afterEach, describe, expect, it } from '@jest/globals';
import { Books } from '../../src/books/handle.js';
import { FollowedLog } from '../../test/followed-log.js';
import { type Incoming, opened, requestOf } from '../../test/given-when-then.js';
import { type BookParameters } from '../asking/book-parameters.js';
import { fundBalance } from '../fund-balance/projection.js';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import { consolidationQuestion } from '../provincial-consolidation/query.js';
import { type Sheet } from '../asking/question.js';
import { poolingMatrixQuestion } from './query.js';

const logs: FollowedLog[] = [];
afterEach(() => {
  for (const log of logs.splice(0)) log.close();
});

const PROVINCE = '460000';
const [A, B] = ['460100', '460200'];
const DAY = '2025-05-20';

interface Unit {
  readonly unit: string;
  readonly net: string;
  readonly remittedUp: string;
  readonly fundedDown: string;
  readonly ownExpenditure: string;
}
interface Body {
  readonly funds: readonly { fund: string; flows: readonly unknown[]; units: readonly Unit[] }[];
}

async function logOf(...commands: Incoming[]): Promise<FollowedLog> {
  const log = new FollowedLog([fundBalance, provincialConsolidation]);
  logs.push(log);
  const books = new Books(log.store, () => Date.UTC(2026, 11, 31));
  for (const [index, command] of commands.entries()) await books.post(requestOf(command, `key-${index}`));
  return log;
}

async function ask(log: FollowedLog, more: BookParameters = {}): Promise<Body & { sheets: readonly Sheet[] }> {
  await log.follow();
  const { body, sheets } = await poolingMatrixQuestion.ask(log.asking(), { to: '2025-12-31', ...more });
  return { ...(body as unknown as Body), sheets };
}

const resident = { fund: 'resident', businessDate: DAY };
const funded = (toUnit: string, amount: string): Incoming => ({
  ...resident,
  kind: 'funding-down',
  unit: PROVINCE,
  toUnit,
  amount,
  transferId: `BZ-${toUnit}`,
});
const received = (unit: string, amount: string): Incoming => ({
  ...resident,
  kind: 'funding-received',
  unit,
  fromUnit: PROVINCE,
  amount,
  transferId: `BZ-${unit}`,
});
const remitted = (unit: string, amount: string): Incoming => ({
  ...resident,
  kind: 'remittance-up',
  unit,
  toUnit: PROVINCE,
  amount,
  transferId: `SJ-${unit}`,
});
const paid = (unit: string, amount: string): Incoming => ({
  ...resident,
  kind: 'payout',
  unit,
  amount,
  share: undefined,
  offsets: undefined,
  benefitKind: 'inpatient',
});

const given: readonly Incoming[] = [
  opened('resident', PROVINCE),
  opened('resident', A),
  opened('resident', B),
  funded(A, '100.00'),
  received(A, '100.00'),
  remitted(B, '60.00'),
  paid(A, '400.00'),
];

describe('the pooling matrix', () => {
  it('has who funded whom, and who gave more than it took', async () => {
    const { funds, sheets } = await ask(await logOf(...given));
    expect(funds).toMatchObject([
      {
        fund: 'resident',
        units: [
          { unit: PROVINCE, fundedDown: '100.00', remittedUp: '0.00', net: '-100.00', ownExpenditure: '0.00' },
          { unit: A, net: '100.00', ownExpenditure: '400.00' },
          { unit: B, remittedUp: '60.00', net: '-60.00' },
        ],
      },
    ]);
    const [matrix, units] = sheets;
    expect([matrix!.name, matrix!.columns.map(({ name }) => name.en)]).toEqual([
      'matrix-resident',
      ['from \\ to', '460000 Hainan Province', '460100 Haikou', 'total'],
    ]);
    expect(matrix!.rows.map((row) => row.slice(1))).toEqual([
      [null, 10_000n, 10_000n],
      [6_000n, null, 6_000n],
      [6_000n, 10_000n, 16_000n],
    ]);
    expect(units!.rows.map((row) => row.at(-1))).toEqual([null, '25.00', null, '-15.00']);
  });

  it('has a transfer that was taken back off again, and is as it was believed at a position', async () => {
    const back: Incoming = { ...resident, kind: 'reversal', businessDate: '2025-06-01' };
    const log = await logOf(...given, {
      ...back,
      unit: PROVINCE,
      reverses: 'book-resident-460000-1',
    });
    const nets = ({ funds }: Body) => funds[0]!.units.map(({ net }) => net);
    expect(nets(await ask(log))).toEqual(['0.00', '100.00', '-60.00']);
    expect(nets(await ask(log, { to: '2025-05-31' }))).toEqual(['-100.00', '100.00', '-60.00']);
    expect(nets(await ask(log, { recordedAsOf: String(given.length) }))).toEqual(['-100.00', '100.00', '-60.00']);
    expect(nets(await ask(log, { recordedAsOf: '4' }))).toEqual(['-100.00', '0.00', '0.00']);
    expect((await ask(log, { from: '2026-01-01', to: '2026-01-31' })).funds[0]!.flows).toEqual([]);
  });

  it('of one unit has its own flows, and ties to the eliminations of the consolidation', async () => {
    const log = await logOf(...given);
    const { funds } = await ask(log, { unit: B });
    expect(funds[0]!.flows).toEqual([
      { direction: 'up', sender: B, receiver: PROVINCE, sent: '60.00', received: '0.00', difference: '60.00' },
    ]);
    const { body } = await consolidationQuestion.ask(log.asking(), { to: '2025-12-31', fund: 'resident' });
    const [fund] = (body as unknown as { funds: [{ eliminations: { sent: string; received: string }[] }] }).funds;
    const { funds: all } = await ask(log);
    const sums = (key: 'remittedUp' | 'fundedDown') => all[0]!.units.map((unit) => unit[key]);
    expect(fund.eliminations.map(({ sent }) => sent)).toEqual(['60.00', '100.00']);
    expect([sums('remittedUp'), sums('fundedDown')]).toEqual([
      ['0.00', '0.00', '60.00'],
      ['100.00', '0.00', '0.00'],
    ]);
  });
});
