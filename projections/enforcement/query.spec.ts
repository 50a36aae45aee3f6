import { afterEach, describe, expect, it } from '@jest/globals';
import { Books } from '../../src/books/handle.js';
import { FollowedLog } from '../../test/followed-log.js';
import { piecesOf } from '../../src/event-store/event-store.js';
import { formatFen } from '../../src/money.js';
import { type Incoming, opened, requestOf } from '../../test/given-when-then.js';
import { randomFrom } from '../../test/random.js';
import { SEED } from '../../test/seed.js';
import { enforcement } from './projection.js';
import { type FundParameters } from '../asking/book-parameters.js';
import { enforcementQuestion } from './query.js';

const logs: FollowedLog[] = [];
afterEach(() => {
  for (const log of logs.splice(0)) log.close();
});

interface Figure {
  readonly count: number;
  readonly sum: string;
}
interface Recovered extends Figure {
  readonly channel: string;
  readonly received: Figure;
  readonly takenBack: Figure;
  readonly funds: readonly (Figure & { fund: string })[];
}
interface Body {
  readonly from: string;
  readonly to: string;
  readonly penalties: Figure & {
    imposed: Figure;
    withdrawn: Figure;
    cases: number;
    articles: unknown;
    findingsCount: number;
    findings: unknown[];
  };
  readonly recoveries: { channels: readonly Recovered[]; cashIntoFunds: Figure & { channels: string[] } };
  readonly avoided: readonly {
    channel: string;
    recorded: boolean;
    count: number | null;
    sum: string | null;
    funds: unknown;
  }[];
}

async function logOf(...commands: Incoming[]): Promise<FollowedLog> {
  const log = new FollowedLog([enforcement]);
  logs.push(log);
  const books = new Books(log.store, () => Date.UTC(2026, 11, 31));
  for (const [index, command] of commands.entries()) await books.post(requestOf(command, `key-${index}`));
  return log;
}

async function ask(log: FollowedLog, parameters: FundParameters = {}): Promise<{ position: number; body: Body }> {
  await log.follow();
  const answer = await enforcementQuestion.ask(log.asking(), parameters);
  return { position: answer.position, body: answer.body as unknown as Body };
}

const recovered = (channel: string, amount: string, more: Partial<Incoming> = {}): Incoming => ({
  kind: 'recovery',
  channel,
  amount,
  businessDate: '2025-05-28',
  ...more,
});
const fined = (amount: string, more: Partial<Incoming> = {}): Incoming => ({
  kind: 'penalty',
  amount,
  businessDate: '2025-06-12',
  base: '100000.00',
  ...more,
});
const avoided = (channel: string, amount: string, more: Partial<Incoming> = {}): Incoming => ({
  kind: 'claim-audit',
  channel,
  amount,
  businessDate: '2025-05-31',
  ...more,
  share: undefined,
});
const avoidedOf = (count: number, sum: string) => ({
  recorded: true,
  count,
  sum,
  avoided: { count, sum },
  withdrawn: { count: 0, sum: '0.00' },
});
const inResident = { fund: 'resident', share: undefined };

const given: readonly Incoming[] = [
  opened(),
  recovered('self-check', '75762.90'),
  recovered('inspection', '55552.70'),
  recovered('inspection', '1000.00', { lossYear: '2024' }),
  recovered('inspection', '300.00', inResident),
  recovered('police', '7.00', { businessDate: '2025-06-30' }),
  fined('150000.00'),
  fined('250000.00', { caseId: 'HK-2025-0008', fund: 'resident' }),
  { kind: 'reversal', businessDate: '2025-06-01', reverses: 'book-employee-460100-2' },
  { kind: 'contribution', businessDate: '2025-06-01' },
  { kind: 'reversal', businessDate: '2025-06-01', reverses: 'book-employee-460100-6' },
];

describe('enforcement', () => {
  it('gives each channel for itself, and one labelled sum of cash', async () => {
    const { body, position } = await ask(await logOf(...given.slice(0, 8)), { to: '2025-06-30' });
    expect(position).toBe(8);
    expect([body.from, body.to]).toEqual(['2025-01-01', '2025-06-30']);
    expect(body.recoveries.channels.map(({ channel, count, sum }) => [channel, count, sum])).toEqual([
      ['self-check', 1, '75762.90'],
      ['inspection', 3, '56852.70'],
      ['model', 0, '0.00'],
      ['audit', 0, '0.00'],
      ['police', 1, '7.00'],
    ]);
    expect(body.recoveries.channels[1]!.funds.map(({ fund, sum }) => [fund, sum])).toEqual([
      ['employee', '56552.70'],
      ['resident', '300.00'],
    ]);
    expect(body.recoveries.cashIntoFunds).toMatchObject({
      from: '2025-01-01',
      to: '2025-06-30',
      channels: ['self-check', 'inspection', 'model', 'audit', 'police'],
      count: 5,
      sum: '132622.60',
    });
  });

  it('keeps penalties apart, with what lies outside their article', async () => {
    const { body } = await ask(await logOf(...given.slice(0, 8)), { to: '2025-06-30' });
    expect(body.penalties).toMatchObject({
      into: 'treasury',
      count: 2,
      sum: '400000.00',
      cases: 2,
      articles: [{ article: '38', count: 2, sum: '400000.00' }],
      findingsCount: 1,
      findings: [
        {
          id: 'case-HK-2025-0008-0',
          caseId: 'HK-2025-0008',
          amount: '250000.00',
          findings: [{ pointer: '/amount', code: 'fine-out-of-range', got: '250000.00' }],
        },
      ],
    });
    expect(body.recoveries.cashIntoFunds.sum).toBe('132622.60');
  });

  it('says of losses avoided that they are not recorded, not that they are nothing', async () => {
    const { body } = await ask(await logOf(...given));
    expect(body.avoided.map(({ channel, recorded, sum }) => [channel, recorded, sum])).toEqual([
      ['reminder', false, null],
      ['refusal', false, null],
    ]);
  });

  it('gives what was avoided beside the cash, in no sum with it', async () => {
    const log = await logOf(...given, avoided('refusal', '36500.00'), avoided('refusal', '0.50', inResident));
    const { body } = await ask(log, { to: '2025-06-30' });
    expect(
      body.avoided.map(({ channel, recorded, count, sum, funds }) => [channel, recorded, count, sum, funds]),
    ).toEqual([
      ['reminder', false, null, null, []],
      [
        'refusal',
        true,
        2,
        '36500.50',
        [
          { fund: 'employee', ...avoidedOf(1, '36500.00') },
          { fund: 'resident', ...avoidedOf(1, '0.50') },
        ],
      ],
    ]);
    expect(body.recoveries.cashIntoFunds.sum).toBe('77069.90');
    expect(body.penalties.sum).toBe('400000.00');
    const sums = async (parameters: FundParameters) => (await ask(log, parameters)).body.avoided[1]!.sum;
    expect(await sums({ to: '2025-05-30' })).toBe(null);
    expect(await sums({ to: '2025-12-31', fund: 'resident' })).toBe('0.50');
    expect(await sums({ to: '2025-12-31', recordedAsOf: '12' })).toBe('36500.00');
  });

  it('subtracts a reversal from its channel, on its own day', async () => {
    const log = await logOf(...given);
    const inspection = async (parameters: FundParameters): Promise<unknown[]> => {
      const { channels } = (await ask(log, parameters)).body.recoveries;
      const { count, sum, received, takenBack } = channels.find(({ channel }) => channel === 'inspection')!;
      return [count, sum, received.sum, takenBack.sum];
    };
    expect(await inspection({ to: '2025-12-31' })).toEqual([2, '1300.00', '56852.70', '55552.70']);
    expect(await inspection({ to: '2025-05-31' })).toEqual([3, '56852.70', '56852.70', '0.00']);
    expect(await inspection({ from: '2025-06-01', to: '2025-06-30' })).toEqual([-1, '-55552.70', '0.00', '55552.70']);
    expect(await inspection({ to: '2025-12-31', recordedAsOf: '8' })).toEqual([3, '56852.70', '56852.70', '0.00']);
    expect(await inspection({ to: '2025-12-31', fund: 'resident' })).toEqual([1, '300.00', '300.00', '0.00']);
    // The reversal of what is no recovery takes nothing back here.
    expect((await ask(log, { to: '2025-12-31' })).body.recoveries.cashIntoFunds.sum).toBe('77069.90');
  });

  it('gives what was imposed and avoided, what of it was withdrawn, and what stands, on both axes', async () => {
    const withdrawn = (withdraws: string, fund: string): Incoming => ({
      kind: 'memo-withdrawal',
      withdraws,
      fund,
      businessDate: '2025-07-15',
    });
    const log = await logOf(
      fined('150000.00'),
      fined('250000.00', { caseId: 'HK-2025-0008' }),
      avoided('refusal', '36500.00'),
      avoided('refusal', '1.00'),
      withdrawn('case-HK-2025-0008-0', 'employee'),
      withdrawn('provider-H46010000001-0', 'employee'),
      withdrawn('provider-H46010000001-1', 'employee'),
      { kind: 'case-opening', caseId: 'HK-2025-0009' },
      withdrawn('case-HK-2025-0009-0', 'all'),
    );
    const of = (count: number, sum: string) => ({ count, sum });
    const penalties = async (parameters: FundParameters) => {
      const { count, sum, imposed, withdrawn: back, cases } = (await ask(log, parameters)).body.penalties;
      return [of(count, sum), imposed, back, cases];
    };
    const imposed = of(2, '400000.00');
    const back = of(1, '250000.00');
    expect(await penalties({ to: '2025-12-31' })).toEqual([of(1, '150000.00'), imposed, back, 1]);
    expect(await penalties({ to: '2025-07-14' })).toEqual([imposed, imposed, of(0, '0.00'), 2]);
    expect(await penalties({ from: '2025-07-01', to: '2025-12-31' })).toEqual([
      of(-1, '-250000.00'),
      of(0, '0.00'),
      back,
      0,
    ]);
    expect(await penalties({ to: '2025-12-31', recordedAsOf: '4' })).toEqual([imposed, imposed, of(0, '0.00'), 2]);
    expect((await ask(log, { to: '2025-12-31' })).body.avoided[1]).toMatchObject({
      recorded: true,
      ...of(0, '0.00'),
      avoided: of(2, '36501.00'),
      withdrawn: of(2, '36501.00'),
    });
    const { findings, articles } = (await ask(log, { to: '2025-12-31' })).body.penalties;
    expect(findings).toMatchObject([{ id: 'case-HK-2025-0008-0', withdrawnOn: '2025-07-15' }]);
    expect(articles).toEqual([{ article: '38', ...of(1, '150000.00'), imposed, withdrawn: back }]);
  });

  it('limits penalties and recoveries to the interval and the fund', async () => {
    const log = await logOf(...given);
    const sums = async (parameters: FundParameters): Promise<string[]> => {
      const { body } = await ask(log, parameters);
      return [body.penalties.sum, body.recoveries.cashIntoFunds.sum];
    };
    expect(await sums({ to: '2025-06-11' })).toEqual(['0.00', '77062.90']);
    expect(await sums({ from: '2025-06-12', to: '2025-06-12' })).toEqual(['400000.00', '0.00']);
    expect(await sums({ to: '2025-12-31', fund: 'resident' })).toEqual(['250000.00', '300.00']);
    expect(await sums({ to: '2025-12-31', fund: 'assistance' })).toEqual(['0.00', '0.00']);
  });

  it('prints what it answers, the subtotal with its channels and interval', async () => {
    const log = await logOf(...given);
    await log.follow();
    const { sheets } = await enforcementQuestion.ask(log.asking(), { to: '2025-06-30' });
    expect(sheets.map(({ title }) => title.en)).toEqual([
      'Losses recovered, returned and avoided 2025-01-01 to 2025-06-30',
      'Penalties (to the treasury) 2025-01-01 to 2025-06-30',
      'Cases 2025-01-01 to 2025-06-30',
      'Findings on penalties 2025-01-01 to 2025-06-30',
    ]);
    const subtotal = sheets[0]!.rows[5]!;
    expect(subtotal[0]).toMatchObject({ en: 'Cash into the funds (the 5 channels above, 2025-01-01 to 2025-06-30)' });
    expect(subtotal.slice(2)).toEqual([5, 13_262_260n, 1, 5_555_270n, 7_706_990n]);
    expect(sheets[0]!.rows[6]!.slice(2)).toEqual([null, null, null, null, null]);
  });

  it(`adds up 100,000 amounts as large as they may be, to the fen (SEED=${SEED})`, async () => {
    const log = await logOf();
    const random = randomFrom(SEED);
    const channels = ['self-check', 'inspection', 'police'];
    const sums = new Map<string, bigint>();
    const events = Array.from({ length: 100_000 }, (_, index) => {
      const fen = 10n ** 17n - 1n - BigInt(Math.floor(random() * 1e9));
      const [kind, group] = index % 2 === 0 ? ['penalty', '40'] : ['recovery', channels[index % 3]!];
      sums.set(group, (sums.get(group) ?? 0n) + fen);
      const common = { recordedAt: '2025-06-30T04:05:06.789Z', fund: 'employee', unit: '460100' };
      const facts = { businessDate: '2025-06-01', amount: formatFen(fen), article: group, channel: group, party: 'H' };
      return {
        type: 'Given.v1',
        data: JSON.stringify({ kind, ...common, ...facts }),
        key: `${index}`,
        keyIndexed: true,
      };
    });
    let revision = -1;
    for (const piece of piecesOf(events))
      ({ revision } = await log.store.append('case-C-1', revision < 0 ? 'no-stream' : revision, piece));
    const { body } = await ask(log);
    expect(body.penalties).toMatchObject({ count: 50_000, sum: formatFen(sums.get('40')!) });
    const found = body.recoveries.channels.filter(({ count }) => count > 0).map(({ channel, sum }) => [channel, sum]);
    expect(found).toEqual(channels.map((channel) => [channel, formatFen(sums.get(channel)!)]));
    const all = channels.reduce((sum, channel) => sum + sums.get(channel)!, 0n);
    expect(body.recoveries.cashIntoFunds).toMatchObject({ count: 50_000, sum: formatFen(all) });
  }, 240_000);

  it('is the same in any cut of the log', async () => {
    const [one, other] = [await logOf(...given), await logOf(...given)];
    await one.follow(1);
    await other.follow(4);
    expect(one.contents()).toEqual(other.contents());
  });
});
