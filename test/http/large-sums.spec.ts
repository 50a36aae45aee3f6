import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commandOf, type Incoming } from '../given-when-then.js';
import { BEGUN, get, runProgram, type RunningService, startService } from '../service.js';

/** Amounts as large as they may be written, so many that their sums leave 64 bits. */
const LARGEST = '999999999999999.99';
const COUNT = 100;
const SUM = '99999999999999999.00';
const DAY = '2025-05-20';
const PROVINCE = '460000';
const COUNTIES = BEFORE_ADOPTION.ever.units.all.slice(1, 6).map(({ code }) => code);

const evidence = (number: number) => ({ kind: 'decision', number: `N-${number}`, sha256: 'ab'.repeat(32) });
const common = { fund: 'resident', businessDate: DAY, amount: LARGEST };

/** For each of a hundred: a penalty, a recovery, and a remittance of what was recovered, over five counties. */
const COMMANDS = Array.from({ length: COUNT }, (_, index): Incoming[] => {
  const unit = COUNTIES[index % COUNTIES.length]!;
  const inUnit = { ...common, unit, evidence: evidence(index) };
  return [
    { kind: 'penalty', ...inUnit },
    { kind: 'recovery', ...inUnit, lossYear: '2024', share: undefined, benefitKind: undefined },
    { kind: 'remittance-up', ...inUnit, toUnit: PROVINCE, transferId: 'T-1' },
  ];
}).flat();

const INTERVAL = `from=2025-01-01&to=${DAY}`;

describe('sums beyond 64 bits', () => {
  let service: RunningService;
  const report = (...words: string[]) =>
    runProgram(['--data', service.dataDir, 'report', ...words, '--from', '2025-01-01', '--to', DAY]);

  beforeAll(async () => {
    service = await startService();
    const feed = join(service.dataDir, 'feed.ndjson');
    const control = join(service.dataDir, 'control.json');
    writeFileSync(feed, COMMANDS.map((each) => JSON.stringify({ kind: each.kind, ...commandOf(each) })).join('\n'));
    const totals = ['penalty', 'recovery', 'remittance-up'].map((kind) => ({ kind, fund: 'resident', sum: SUM }));
    writeFileSync(control, JSON.stringify(totals.map((each) => ({ ...each, count: COUNT }))));
    const words = ['--json', 'import', feed, '--control', control, '--url', service.address];
    const { stdout, code } = await runProgram(words);
    expect({ code, stdout }).toMatchObject({ code: 0 });
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'posted', posted: 3 * COUNT, mismatches: [] });
  }, 240_000);
  afterAll(async () => {
    expect(await service.stop()).toBe(0);
    service.clean();
  });

  it('are right to the fen in the enforcement report', async () => {
    const { status, body } = await get(service, `/v1/enforcement?${INTERVAL}&after=${BEGUN + 3 * COUNT}`);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        penalties: { count: COUNT, sum: SUM, articles: [{ article: '38', count: COUNT, sum: SUM }] },
        recoveries: { cashIntoFunds: { count: COUNT, sum: SUM, received: { sum: SUM }, takenBack: { sum: '0.00' } } },
      },
    });
  });

  it('are right to the fen as CSV and as a table', async () => {
    const sums = (text: string): number => text.replaceAll(/(?<=\d),(?=\d{3})/g, '').split(SUM).length - 1;
    const yuan = ['enforcement', '--unit-of-money', 'yuan'];
    expect(sums((await report(...yuan)).stdout)).toBe(12);
    for (const sheet of ['recoveries', 'penalties', 'cases'])
      expect(sums((await report(...yuan, '--format', 'csv', '--sheet', sheet)).stdout)).toBe(4);
    const { status, body } = await get(service, `/v1/enforcement?${INTERVAL}&format=csv&sheet=penalties`);
    expect({ status, text: body['text'] }).toMatchObject({
      status: 200,
      text: expect.stringContaining(`,100,${SUM},0,0.00,${SUM}\r\n`) as unknown,
    });
  });

  it('are right to the fen in the consolidation, with each transfer and what is in transit', async () => {
    const { status, body } = await get(service, `/v1/consolidation?fund=resident&${INTERVAL}`);
    const each = { sent: '19999999999999999.80', received: '0.00', difference: '19999999999999999.80' };
    const transfers = COUNTIES.map((sender) => ({ ...each, sender, receiver: PROVINCE, direction: 'up' }));
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        funds: [
          {
            income: SUM,
            closing: SUM,
            inTransit: { closing: SUM },
            naive: { income: SUM, expenditure: SUM, closing: '0.00' },
            transfersInTransit: transfers,
            flows: transfers,
          },
        ],
      },
    });
  });

  it('leave the service ready and the ledger verified', async () => {
    expect((await get(service, '/readyz')).status).toBe(200);
    const { code, stdout } = await runProgram(['--json', '--data', service.dataDir, 'verify']);
    expect({ code, stdout }).toMatchObject({ code: 0 });
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, breachCount: 0 });
  });
});
