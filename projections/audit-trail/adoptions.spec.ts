import { afterEach, describe, expect, it } from '@jest/globals';
import { adopt } from '../../src/adopting/adopt.js';
import { readReference } from '../../src/adopting/adopted-in.js';
import { BUILT_IN_SET, adoptSet } from '../../src/adopting/begin-ledger.js';
import { LedgerReference } from '../../src/adopting/ledger-reference.js';
import { Books } from '../../src/books/handle.js';
import { policyAdoption } from '../../src/catalogue/reference/policy-adoption.js';
import { unitAdoption } from '../../src/catalogue/reference/unit-adoption.js';
import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { FollowedLog } from '../../test/followed-log.js';
import { fundBalance } from '../fund-balance/projection.js';
import { type AuditTrailParameters } from './filters.js';
import { auditTrail } from './projection.js';
import { auditTrailQuestion } from './query.js';

let log: FollowedLog;
afterEach(() => log.close());

/** A ledger that begins with the built-in set, and then changes a unit twice and a policy. */
async function changed() {
  log = new FollowedLog([fundBalance, auditTrail]);
  const { store } = log;
  const reference = new LedgerReference(store, BEFORE_ADOPTION, () => []);
  const books = new Books(store, () => Date.parse('2025-06-30T04:05:06.789Z'));
  const ledger = { store, books, reference, closedUpTo: () => Promise.resolve(undefined) };
  await adoptSet(ledger, BUILT_IN_SET);
  await adopt(ledger, unitAdoption, unitAdoption.example, 'k-1');
  await adopt(ledger, policyAdoption, policyAdoption.example, 'k-2');
  const row = { ...(unitAdoption.example['row'] as object), from: '2025-08-01', closed: 'yes' };
  await adopt(ledger, unitAdoption, { ...unitAdoption.example, note: '撤并', maker: 'E-0009', row }, 'k-3');
  await log.follow();
}

const ask = async (parameters: AuditTrailParameters = {}) => {
  const asking = { ...log.asking('2025-12-31'), reference: await readReference(log.store) };
  const { body, sheets } = await auditTrailQuestion.ask(asking, parameters);
  return { vouchers: body['vouchers'] as readonly Readonly<Record<string, unknown>>[], rows: sheets[0]!.rows, asking };
};
const ids = async (parameters: AuditTrailParameters) => (await ask(parameters)).vouchers.map(({ id }) => id);

describe('changes of reference data in the audit trail', () => {
  it('stand there with who answers for them, what they say and what held before', async () => {
    await changed();
    const { vouchers, rows } = await ask();
    expect(vouchers.map(({ id, kind, fund, maker, reviewer }) => [id, kind, fund, maker, reviewer])).toEqual([
      ['reference-1', 'unit-adoption', null, 'E-0001', 'E-0002'],
      ['reference-2', 'policy-adoption', null, 'E-0001', 'E-0002'],
      ['reference-3', 'unit-adoption', null, 'E-0009', 'E-0002'],
      ['reference-0', 'reference-set', null, null, null],
    ]);
    expect(vouchers[2]).toMatchObject({
      businessDate: '2025-05-20',
      voucherNumber: null,
      entries: [],
      evidence: { kind: 'decision', number: 'JC-2025-2' },
      note: '撤并',
      changes: [
        {
          table: 'units',
          key: '460108',
          from: '2025-08-01',
          says: { zh: '美兰区：停用', en: 'Meilan District: closed' },
          was: { zh: '美兰区：上级 460100', en: 'Meilan District: below 460100' },
        },
      ],
    });
    expect(rows.map(([day, number, , says]) => [day, number, says])).toEqual([
      [
        '2025-05-20',
        null,
        {
          zh: '自 2025-07-01 核算单位 460108：美兰区：上级 460100',
          en: expect.stringMatching(/^from 2025-07-01 unit/),
        },
      ],
      [
        '2025-05-20',
        null,
        { zh: expect.stringContaining('参数 late-fee-rate 460100：0.0004'), en: expect.any(String) },
      ],
      [
        '2025-05-20',
        null,
        {
          zh: '自 2025-08-01 核算单位 460108：美兰区：停用（原 美兰区：上级 460100）',
          en: 'from 2025-08-01 unit 460108: Meilan District: closed (was Meilan District: below 460100)',
        },
      ],
      [
        '2025-06-30',
        null,
        { zh: expect.stringContaining('整套'), en: expect.stringMatching(/^set hainan: .* in all$/) },
      ],
    ]);
  });

  it('are found by kind, person, key and name, and on both time axes; of a unit or a fund they are none', async () => {
    await changed();
    expect(await ids({ kind: 'unit-adoption' })).toEqual(['reference-1', 'reference-3']);
    expect(await ids({ kind: 'unit-adoption', fund: 'all' })).toEqual(['reference-1', 'reference-3']);
    expect(await ids({ q: 'E-0009' })).toEqual(['reference-3']);
    expect(await ids({ q: '美兰区' })).toEqual(['reference-1', 'reference-3']);
    expect(await ids({ q: 'late-fee-rate' })).toEqual(['reference-2']);
    expect(await ids({ q: '撤并' })).toEqual(['reference-3']);
    expect(await ids({ kind: 'unit-adoption', recordedAsOf: '2' })).toEqual(['reference-1']);
    expect(await ids({ to: '2025-05-19' })).toEqual([]);
    expect(await ids({ unit: '460100' })).toEqual([]);
    expect(await ids({ fund: 'employee' })).toEqual([]);
  });

  it('are not found by what nobody wrote: a set is of nobody in particular', async () => {
    await changed();
    expect(await ids({ q: 'undefined' })).toEqual([]);
    expect(await ids({ maker: 'undefined' })).toEqual([]);
  });

  it('are exported with the rest', async () => {
    await changed();
    const { asking, rows } = await ask();
    const { sheets } = await auditTrailQuestion.export!(asking, {});
    const exported = [];
    for await (const some of sheets[0]!.rows as AsyncIterable<unknown[]>) exported.push(...some);
    expect(exported).toEqual(rows);
  });
});
