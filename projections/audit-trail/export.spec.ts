import { afterEach, describe, expect, it } from '@jest/globals';
import { BROUGHT_FORWARD, closeTrails, example, paid, type Row, Trail } from '../../test/trail.js';
import { type AuditTrailParameters } from './filters.js';
import { auditTrailQuestion } from './query.js';

afterEach(closeTrails);

describe('the export of the audit trail', () => {
  const book = { fund: 'employee', unit: '460100' };

  it('is all of it, of a page as long as a page is asked for, and of a cursor all that follows', async () => {
    const trail = new Trail();
    for (let index = 0; index < 60; index += 1) await trail.post(paid(`2025-03-${10 + (index % 7)}`, '1.00'));
    const whole = await trail.rows();
    expect(whole).toHaveLength(120);
    expect(await trail.rows({}, 'ask')).toEqual(whole.slice(0, 100));
    expect(await trail.rows({ limit: '7' })).toEqual(whole.slice(0, 14));
    const { next } = await trail.ask({ limit: '7' });
    await trail.post(paid('2025-03-01', '2.00'), paid('2025-03-31', '2.00'));
    expect(await trail.rows({ cursor: next! })).toEqual(whole.slice(14));
    expect(await trail.rows({ cursor: next!, limit: '2' })).toEqual(whole.slice(14, 18));
  });

  it('is of the position at which it began, whatever is recorded while it is read', async () => {
    const trail = await example();
    await trail.log.follow();
    const { position, sheets } = await auditTrailQuestion.export!(trail.log.asking(), {});
    const before = await trail.rows();
    await trail.post(paid('2025-01-01', '2.00'), paid('2025-06-01', '2.00'));
    await trail.log.follow();
    const rows: Row[] = [];
    for await (const batch of sheets[0]!.rows as AsyncIterable<Row[]>) rows.push(...batch);
    expect(position).toBe(8);
    expect(rows).toEqual(before);
  });

  it('lets other work have its turn', async () => {
    const trail = new Trail();
    for (let index = 0; index < 450; index += 1) await trail.post(paid('2025-03-01', '1.00'));
    await trail.log.follow();
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    const { sheets } = await auditTrailQuestion.export!(trail.log.asking(), {});
    const seen: number[] = [];
    for await (const batch of sheets[0]!.rows as AsyncIterable<Row[]>) seen.push(batch.length);
    clearInterval(timer);
    expect(seen).toEqual(Array.from({ length: 9 }, () => 100));
    expect(turns).toBeGreaterThanOrEqual(2);
  });

  it('begins an account ledger with what is brought forward, on both time axes', async () => {
    const trail = await example();
    const forward = async (more: AuditTrailParameters) => {
      const [first] = await trail.rows({ ...book, account: 'treasury', ...more });
      expect([first![0], first![1], first![2], first![3], first![4]]).toEqual([
        null,
        null,
        BROUGHT_FORWARD,
        null,
        null,
      ]);
      return first![5];
    };
    expect(await forward({})).toBe(0n);
    expect(await forward({ from: '2025-05-12' })).toBe(100_001_000n);
    expect(await forward({ from: '2025-05-13' })).toBe(100_124_450n);
    expect(await forward({ from: '2025-05-13', recordedAsOf: '2' })).toBe(100_123_450n);
    expect(await forward({ from: '2025-05-13', recordedAsOf: '0' })).toBe(0n);
    // Where nothing happened the account has a balance all the same.
    const quiet = { from: '2025-02-01', to: '2025-02-28' };
    expect(await forward(quiet)).toBe(100_000_000n);
    expect(await trail.rows({ ...book, account: 'treasury', ...quiet })).toHaveLength(1);
    expect(await trail.ask({ ...book, account: 'treasury', ...quiet })).toMatchObject({ balanceBefore: '1000000.00' });
  });

  it('has neither balances nor what is brought forward where there are several books, and says so', async () => {
    const trail = await example();
    await trail.log.follow();
    const { sheets } = await auditTrailQuestion.ask(trail.log.asking(), { account: 'treasury', fund: 'employee' });
    expect(sheets[0]!.columns.map(({ name }) => name.en)).not.toContain('balance');
    expect(sheets[0]!.notes?.map(({ en }) => en)).toEqual([expect.stringContaining('no running balance')]);
    const rows = await trail.rows({ account: 'treasury', fund: 'employee' });
    expect(rows.map(([, , kind]) => kind)).not.toContainEqual(BROUGHT_FORWARD);
  });
});
