import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { get, post, runProgram, type RunningService, startService, temporaryDirectory } from './service.js';

/**
 * Another fund and another province by data alone: from an empty directory, through the programs that users run, and
 * once more from the log by itself.
 */
const EVIDENCE = { kind: 'decision', number: 'JC-2026-1', sha256: '9'.repeat(64) };
const PEOPLE = { maker: 'E-0001', reviewer: 'E-0002' };

/** Posts a command that must be taken. */
async function taken(service: RunningService, route: string, body: object): Promise<void> {
  const answer = await post(
    service,
    `/v1/${route}`,
    { ...PEOPLE, evidence: EVIDENCE, ...body },
    `${route}-${Math.random()}`,
  );
  expect({ route, ...answer, headers: undefined }).toMatchObject({ route, status: 201 });
}

type Rows = readonly Record<string, unknown>[];
type Places = readonly Readonly<Record<'unit' | 'state', string>>[];

describe('long-term care, switched on by data alone', () => {
  const dataDir = temporaryDirectory();
  let service: RunningService;
  const book = { fund: 'long-term-care', unit: '460100' };
  const payment = { ...book, businessDate: '2026-02-10', amount: '30.00', benefitKind: 'institutional-care' };
  const premium = { ...book, businessDate: '2026-01-05', amount: '100.00', coverPeriod: '2026', headcount: 1 };
  const payer = { kind: 'resident', reference: 'R-1' };

  beforeAll(async () => {
    expect(await runProgram(['--data', dataDir, 'init'])).toMatchObject({ code: 0 });
    service = await startService(dataDir);
  });
  afterAll(async () => {
    await service.stop();
    service.clean();
  });

  it('is no fund before', async () => {
    const refused = await post(
      service,
      '/v1/contributions',
      { ...premium, payer, ...PEOPLE, evidence: EVIDENCE },
      'early',
    );
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer: '/fund', code: 'unknown-fund' }] } });
  });

  it('is one from the day on which it is adopted, with benefits of its own', async () => {
    const name = { zh: '长期护理保险基金', en: 'Long-term care insurance fund' };
    const kind = { personalAccounts: 'no', basicInsurance: 'no', on: 'yes' };
    const fund = { key: 'long-term-care', from: '2026-01-01', ...name, ...kind };
    await taken(service, 'fund-adoptions', { businessDate: '2025-12-20', row: fund });
    const care = { zh: '机构护理', en: 'Institutional care', share: 'either', funds: 'long-term-care' };
    const account = { key: 'benefits/institutional-care', from: '2026-01-01', number: '5001.21', ...care };
    await taken(service, 'account-adoptions', { businessDate: '2025-12-20', row: account });
    const tooEarly = { ...premium, businessDate: '2025-12-31', payer, ...PEOPLE, evidence: EVIDENCE };
    expect(await post(service, '/v1/contributions', tooEarly, 'too-early')).toMatchObject({ status: 400 });
    await taken(service, 'contributions', { ...premium, payer, account: 'fiscal-account' });
    const payee = { kind: 'provider', reference: 'H46010000001' };
    await taken(service, 'payouts', { ...payment, payee, account: 'fiscal-account' });
    const other = {
      ...payment,
      payee,
      account: 'fiscal-account',
      benefitKind: 'inpatient',
      ...PEOPLE,
      evidence: EVIDENCE,
    };
    expect(await post(service, '/v1/payouts', other, 'inpatient')).toMatchObject({
      status: 422,
      body: { code: 'benefit-not-of-fund', errors: [{ expected: 'institutional-care（机构护理） 之一' }] },
    });
  });

  it('imports in its own words, is reported, and keeps its place', async () => {
    const file = join(dataDir, 'feed.csv');
    const head = 'kind,fund,unit,businessDate,amount,benefitKind,payee.kind,payee.reference,account,evidence.kind,';
    const line = '待遇支付,长期护理保险基金,海口市,2026-03-01,20.00,机构护理,person,P-1,fiscal-account,settlement,';
    const tail = `S-1,${'8'.repeat(64)},E-0001,E-0002\n`;
    writeFileSync(file, `${head}evidence.number,evidence.sha256,maker,reviewer\n${line}${tail}`);
    const imported = await runProgram(['--json', 'import', file, '--url', service.address]);
    expect(JSON.parse(imported.stdout)).toMatchObject({ outcome: 'posted', posted: 1 });
    const { body } = await get(service, '/v1/balances?from=2026-01-01&asOf=2026-12-31&after=6');
    const { books, funds } = body as unknown as { books: Rows; funds: Rows };
    expect(books).toMatchObject([{ fund: 'long-term-care', income: '100.00', expenditure: '50.00', closing: '50.00' }]);
    expect(funds).toMatchObject([{ fund: 'long-term-care', closing: '50.00' }]);
    const before = await get(service, '/v1/consolidation?from=2026-01-01&to=2026-12-31');
    await service.stop();
    rmSync(join(dataDir, 'read.db'), { force: true });
    service = await startService(dataDir);
    expect((await get(service, '/v1/consolidation?from=2026-01-01&to=2026-12-31&after=6')).body).toEqual(before.body);
    const verified = await runProgram(['--json', '--data', dataDir, 'verify']);
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, breachCount: 0 });
  });
});

/** A made-up province: two cities, five counties. */
const UNITS: readonly (readonly [code: string, zh: string, en: string, parent: string])[] = [
  ['990000', '云岭省', 'Yunling Province', ''],
  ['990100', '东州市', 'Dongzhou', '990000'],
  ['990200', '西州市', 'Xizhou', '990000'],
  ['990101', '上河县', 'Shanghe', '990100'],
  ['990102', '下河县', 'Xiahe', '990100'],
  ['990201', '南山县', 'Nanshan', '990200'],
  ['990202', '北山县', 'Beishan', '990200'],
  ['990203', '中山县', 'Zhongshan', '990200'],
];

describe('a province of three levels', () => {
  const dataDir = temporaryDirectory();
  const set = mkdtempSync(join(tmpdir(), 'tongzhang-yunling-'));
  let service: RunningService;

  beforeAll(async () => {
    cpSync(join(import.meta.dirname, '../src/reference/hainan'), set, { recursive: true });
    const lines = UNITS.map(([code, zh, en, parent]) => [code, '', zh, en, parent, 'no'].join());
    writeFileSync(join(set, 'units.csv'), ['code,from,zh,en,parent,closed', ...lines, ''].join('\n'));
  });
  afterAll(async () => {
    await service.stop();
    service.clean();
    rmSync(set, { recursive: true });
  });

  it('is not adopted with an error in it, which is named by file, line and column', async () => {
    const wrong = mkdtempSync(join(tmpdir(), 'tongzhang-wrong-'));
    cpSync(set, wrong, { recursive: true });
    writeFileSync(
      join(wrong, 'units.csv'),
      'code,from,zh,en,parent,closed\n990000,,云岭省,Yunling,,no\n9901,,东州市,Dongzhou,990000,maybe\n',
    );
    const said = await runProgram([
      '--lang',
      'en',
      '--data',
      dataDir,
      'init',
      '--reference',
      wrong,
      '--maker',
      'a',
      '--reviewer',
      'b',
    ]);
    expect(said.code).toBe(2);
    expect(said.stderr).toContain('units.csv:3:code');
    expect(said.stderr).toContain('units.csv:3:closed');
    rmSync(wrong, { recursive: true });
  });

  it('begins with its own set, imports its feed and is consolidated level by level', async () => {
    const begun = await runProgram([
      '--data',
      dataDir,
      'init',
      '--reference',
      set,
      '--maker',
      'E-0001',
      '--reviewer',
      'E-0002',
    ]);
    expect({ code: begun.code, stderr: begun.stderr }).toEqual({ code: 0, stderr: '' });
    service = await startService(dataDir);
    const file = join(dataDir, 'feed.csv');
    writeFileSync(file, feed());
    const imported = await runProgram(['--json', 'import', file, '--url', service.address]);
    expect(JSON.parse(imported.stdout)).toMatchObject({ outcome: 'posted', posted: 8 + 7 + 5, errorCount: 0 });
    const { body } = await get(service, '/v1/consolidation?fund=resident&from=2026-01-01&to=2026-12-31&after=21');
    const [fund] = (body as unknown as { funds: readonly { subtotals: Rows }[] }).funds;
    expect(fund).toMatchObject({ income: '800.00', closing: '800.00', inTransit: { closing: '35.00' } });
    expect(fund!.subtotals).toMatchObject([
      { unit: '990100', ownIncome: '300.00', toAbove: '15.00', closing: '285.00', inTransit: { closing: '0.00' } },
      { unit: '990200', ownIncome: '400.00', toAbove: '25.00', closing: '375.00', inTransit: { closing: '10.00' } },
    ]);
    const printed = await runProgram(['--data', dataDir, 'report', 'provincial-consolidation', '--to', '2026-12-31']);
    expect(printed.stdout).toContain('小计 990100 东州市及下级');
    expect(await post(service, '/v1/contributions', {}, 'k')).toMatchObject({ status: 400 });
    const hainan = await runProgram(['--json', '--data', dataDir, 'report', 'fund-balance', '--unit', '460100']);
    expect(hainan.code).toBe(2);
  });

  it('closes a month in every unit by one call, and its statements are what they were', async () => {
    const statements = ['income-expenditure', 'balance-sheet', 'consolidation'];
    const asked = statements.flatMap((route) =>
      (route === 'consolidation' ? [''] : ['', '&unit=990100', '&unit=990101']).map(
        (unit) => `/v1/${route}?fund=resident${unit}&to=2026-03-31`,
      ),
    );
    const figures = async (after: string) => {
      const answers = [];
      for (const path of asked) {
        const { status, body } = await get(service, `${path}${after}`);
        answers.push({ path, status, ...body, position: undefined });
      }
      return answers;
    };
    const before = await figures('');
    expect(before.map(({ status }) => status)).toEqual(asked.map(() => 200));
    const checklist = await get(service, '/v1/periods/checklist?period=2026-03');
    const states = (checklist.body as unknown as { books: Places }).books.map(({ unit, state }) => `${unit} ${state}`);
    expect(states).toEqual(UNITS.map(([unit]) => `${unit} ready`));
    const close = { period: '2026-03', unit: '990000', scope: 'below', evidence: EVIDENCE, ...PEOPLE };
    const { status, body, headers } = await post(service, '/v1/period-closes/batch', close, 'march');
    expect([status, body]).toMatchObject([200, { done: true, refused: [], already: [] }]);
    const closed = (body as unknown as { closed: Places }).closed.map(({ unit }) => unit);
    expect(new Set(closed)).toEqual(new Set(UNITS.map(([unit]) => unit)));
    expect(await figures(`&after=${headers.get('x-ledger-position')}`)).toEqual(before);
    const verified = await runProgram(['--json', '--data', dataDir, 'verify']);
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true });
  });
});

/** 100.00 of premiums in each unit; each sends up its part, and the money of one county and one city is on its way. */
function feed(): string {
  const columns = (
    'kind,fund,unit,businessDate,amount,payer.kind,payer.reference,coverPeriod,headcount,account,transferId,toUnit,' +
    'fromUnit,evidence.kind,evidence.number,evidence.sha256,maker,reviewer'
  ).split(',');
  const row = (fields: Readonly<Record<string, string>>): string => columns.map((name) => fields[name] ?? '').join();
  const common = (number: string) => ({
    fund: 'resident',
    'evidence.kind': 'bank-receipt',
    'evidence.number': number,
    'evidence.sha256': '7'.repeat(64),
    maker: 'E-0001',
    reviewer: 'E-0002',
  });
  const premiums = UNITS.map(([unit]) =>
    row({
      ...common(`P-${unit}`),
      kind: 'contribution',
      unit,
      businessDate: '2026-03-01',
      amount: '100.00',
      'payer.kind': 'resident',
      'payer.reference': 'R-1',
      coverPeriod: '2026',
      headcount: '1',
      account: 'fiscal-account',
    }),
  );
  const sent = UNITS.filter(([, , , parent]) => parent !== '').map(([unit, , , parent]) => {
    const amount = unit === '990100' ? '15.00' : unit === '990200' ? '25.00' : '10.00';
    return { unit, parent, amount, transferId: `T-${unit}` };
  });
  const remittances = sent.map(({ unit, parent, amount, transferId }) =>
    row({
      ...common(`S-${unit}`),
      kind: 'remittance-up',
      unit,
      businessDate: '2026-04-01',
      amount,
      transferId,
      toUnit: parent,
    }),
  );
  const receipts = sent
    .filter(({ unit }) => unit !== '990203' && unit !== '990200')
    .map(({ unit, parent, amount, transferId }) =>
      row({
        ...common(`E-${unit}`),
        kind: 'remittance-received',
        unit: parent,
        businessDate: '2026-04-03',
        amount,
        transferId,
        fromUnit: unit,
      }),
    );
  return [columns.join(), ...premiums, ...remittances, ...receipts, ''].join('\n');
}
