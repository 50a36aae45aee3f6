import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { opened } from '../../test/given-when-then.js';
import { closeTrails, example, haikou, type Trail } from '../../test/trail.js';

describe('the chain of corrections', () => {
  let trail: Trail;
  beforeEach(async () => {
    trail = await example();
    await trail.post(
      { kind: 'opening-correction', raised: { 'fiscal-account': '2.00', 'net.pool': '2.00' }, lowered: undefined },
      {
        kind: 'opening-correction',
        corrects: haikou(0),
        raised: { treasury: '1.00', 'net.pool': '1.00' },
        lowered: undefined,
      },
      { kind: 'prior-year-correction', corrects: haikou(3) },
    );
  });
  afterEach(closeTrails);

  it('is shown both ways, with the remark that is prescribed', async () => {
    const { vouchers } = await trail.ask({ fund: 'employee', unit: '460100', from: '2025-01-01', to: '2026-12-31' });
    const shown = vouchers.map(({ id, corrects, correctedBy, reverses, reversedBy, remark }) => ({
      id,
      ...(corrects !== null && { corrects }),
      ...((correctedBy as string[]).length > 0 && { correctedBy }),
      ...(reverses !== null && { reverses }),
      ...(reversedBy !== null && { reversedBy }),
      ...(remark !== undefined && { remark }),
    }));
    expect(shown).toEqual([
      { id: haikou(0), correctedBy: [haikou(6), haikou(7)] },
      { id: haikou(6), corrects: haikou(0), remark: '订正1月1日转-0001号凭证' },
      { id: haikou(7), corrects: haikou(0), remark: '订正1月1日转-0001号凭证' },
      { id: haikou(2) },
      { id: haikou(1), reversedBy: haikou(4) },
      { id: haikou(3), correctedBy: [haikou(8)] },
      { id: 'case-HK-2025-0007-0' },
      { id: haikou(4), reverses: haikou(1), remark: '注销5月12日收-0001号凭证' },
      { id: haikou(5) },
      { id: haikou(8), corrects: haikou(3), remark: '订正2025年5月12日付-0001号凭证' },
    ]);
  });

  it('is what had been recorded by then', async () => {
    const { vouchers } = await trail.ask({ from: '2025-01-01', to: '2025-01-01', recordedAsOf: '9' });
    expect(vouchers.map(({ id, correctedBy }) => [id, correctedBy])).toEqual([
      [haikou(0), [haikou(6)]],
      [haikou(6), []],
    ]);
  });

  it('is found by what is corrected', async () => {
    const { vouchers } = await trail.ask({ q: haikou(3) });
    expect(vouchers.map(({ id }) => id)).toEqual([haikou(8)]);
  });

  it('stands in the table in both languages', async () => {
    const rows = await trail.rows({ fund: 'employee', unit: '460100', from: '2025-01-01', to: '2026-12-31' });
    const cells = new Set(rows.map((row) => JSON.stringify(row.at(-2))));
    expect([...cells]).toEqual(
      expect.arrayContaining([
        JSON.stringify({
          zh: `注销5月12日收-0001号凭证（${haikou(1)}）`,
          en: `cancels voucher 2025-05-收-0001 of 2025-05-12 (${haikou(1)})`,
        }),
        JSON.stringify({ zh: `由 ${haikou(8)} 更正`, en: `corrected by ${haikou(8)}` }),
        JSON.stringify({
          zh: `由 ${haikou(6)} 更正；由 ${haikou(7)} 更正`,
          en: `corrected by ${haikou(6)}; corrected by ${haikou(7)}`,
        }),
      ]),
    );
  });

  it('is of one book: another has vouchers of the same revision', async () => {
    await trail.post({ ...opened(), unit: '460200', businessDate: '2025-01-01' });
    const { vouchers } = await trail.ask({ unit: '460200', from: '2025-01-01', to: '2025-01-01' });
    expect(vouchers.map(({ correctedBy }) => correctedBy)).toEqual([[]]);
  });
});

describe('a refund and what it gives back of', () => {
  afterEach(closeTrails);

  it('name each other, and neither is called a correction', async () => {
    const trail = await example();
    await trail.post(
      { kind: 'contribution', evidence: { kind: 'tax-receipt', number: 'HK-9', sha256: 'ab'.repeat(32) } },
      { kind: 'contribution-refund', original: haikou(6) },
    );
    const { vouchers } = await trail.ask({ fund: 'employee', unit: '460100', from: '2025-01-01', to: '2026-12-31' });
    const linked = vouchers.map(({ id, original, refundedBy, correctedBy, remark }) => [
      id,
      original,
      refundedBy,
      correctedBy,
      remark,
    ]);
    expect(linked).toContainEqual([haikou(6), undefined, [haikou(7)], [], undefined]);
    expect(linked).toContainEqual([haikou(7), haikou(6), undefined, [], undefined]);
  });
});
