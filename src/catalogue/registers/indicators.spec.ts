import { describe, expect, it } from '@jest/globals';
import { error, event } from '../../../test/given-when-then.js';

const published = (fields: Record<string, unknown> = {}) => ({ kind: 'indicators', ...fields });

describe('published indicators', () => {
  it('are recorded as they were published', () => {
    expect(event([], { kind: 'indicators' })).toStrictEqual({
      kind: 'indicators',
      key: 'key-indicators',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: expect.any(String),
      fund: 'employee',
      unit: '460000',
      businessDate: '2025-06-17',
      evidence: {
        kind: 'press-conference',
        number: '2025-06-17',
        sha256: '1e'.repeat(32),
      },
      maker: 'wang',
      reviewer: 'li',
      note: '一至五月收支结余',
      from: '2025-01-01',
      asOf: '2025-05-31',
      statedBy: '新闻发布会',
      amounts: {
        balanceBefore: '37265000000.00',
        income: '5468000000.00',
        expenditure: '4017000000.00',
        balance: '38716000000.00',
      },
      findings: [],
    });
  });

  it('of enforcement are recorded with their sum', () => {
    const amounts = {
      fines: '16387000.00',
      recovered: '55552700.00',
      selfCheckReturned: '75762900.00',
      intoFunds: '131315600.00',
    };
    const when = published({
      fund: 'all',
      from: undefined,
      amounts,
      counts: { inspected: 883, handled: 169, penalised: 15 },
    });
    expect(event([], when).findings).toEqual([]);
  });

  it.each([
    ['balance', { balanceBefore: '10.00', income: '5.00', expenditure: '3.00', balance: '12.01' }, '12.00', '0.01'],
    ['balance', { balanceBefore: '1.00', income: '1.00', expenditure: '3.00', balance: '0.00' }, '-1.00', '1.00'],
    ['intoFunds', { recovered: '1.00', selfCheckReturned: '2.00', intoFunds: '2.50' }, '3.00', '-0.50'],
  ])('of which %s does not follow from the others keep it and have a finding', (name, amounts, sum, difference) => {
    const recorded = event([], published({ amounts }));
    expect(recorded['amounts']).toEqual(amounts);
    expect(recorded.findings).toEqual([
      {
        pointer: `/amounts/${name}`,
        code: 'parts-differ',
        expected: {
          zh: `按所公布各项为 ${sum}，相差 ${difference}`,
          en: `${sum} by the other figures: it differs by ${difference}`,
        },
        got: (amounts as Record<string, string>)[name],
      },
    ]);
  });

  it.each([
    ['a balance alone', { balance: '12.01' }],
    ['a flow that is missing', { balanceBefore: '10.00', income: '5.00', balance: '12.01' }],
  ])('with %s have no finding: there is nothing to compare', (_, amounts) => {
    expect(event([], published({ amounts })).findings).toEqual([]);
  });

  it.each([
    ['nothing published', { amounts: undefined }, '/amounts', 'nothing-published'],
    ['an end before the beginning', { asOf: '2024-12-31' }, '/asOf', 'ends-before-it-begins'],
  ])('are refused with %s', (_, fields, pointer, code) => {
    expect(error([], published(fields))).toMatchObject({ kind: 'refused', code, details: [{ pointer, code }] });
  });

  it.each([
    ['no day', { asOf: undefined }, '/asOf', 'required'],
    ['an amount in words', { amounts: { income: '54.68亿' } }, '/amounts/income', 'amount-format'],
    ['an unknown figure', { counts: { closed: 1 } }, '/counts/closed', 'unknown-field'],
  ])('are malformed with %s', (_, fields, pointer, code) => {
    expect(error([], published(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });
});
