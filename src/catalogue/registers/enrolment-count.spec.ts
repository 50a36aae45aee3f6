import { describe, expect, it } from '@jest/globals';
import { error, event } from '../../../test/given-when-then.js';

const count = (fields: Record<string, unknown> = {}) => ({ kind: 'enrolment-count', ...fields });

describe('an enrolment count', () => {
  it('is recorded as it was published, with its own day', () => {
    expect(event([], { kind: 'enrolment-count' })).toStrictEqual({
      kind: 'enrolment-count',
      key: 'key-enrolment-count',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: expect.any(String),
      fund: 'all',
      unit: '460000',
      businessDate: '2025-06-17',
      evidence: {
        kind: 'press-conference',
        number: '2025-06-17',
        sha256: '1d'.repeat(32),
      },
      maker: 'wang',
      reviewer: 'li',
      note: '六月十三日参保人数',
      asOf: '2025-06-13',
      statedBy: '新闻发布会',
      headcounts: {
        employeeInsurance: 2788600,
        residentInsurance: 6735100,
      },
      total: 9523700,
      findings: [],
    });
  });

  it('of parts that do not add up keeps both and has a finding', () => {
    const { findings, total, headcounts } = event([], count({ total: 9_523_600 }));
    expect([total, headcounts]).toEqual([9_523_600, { employeeInsurance: 2_788_600, residentInsurance: 6_735_100 }]);
    expect(findings).toEqual([
      {
        pointer: '/total',
        code: 'parts-differ',
        expected: {
          zh: '各部分合计 9523700，相差 -100',
          en: 'the sum of the parts, 9523700: it differs by -100',
        },
        got: '9523600',
      },
    ]);
  });

  it.each([
    ['a total alone', { headcounts: undefined }],
    ['parts alone', { total: undefined }],
    ['parts of one fund', { fund: 'employee', headcounts: { employed: 2, retired: 1 }, total: 3 }],
  ])('of %s has no finding', (_, fields) => {
    expect(event([], count(fields)).findings).toEqual([]);
  });

  it.each([
    ['nothing counted', { headcounts: undefined, total: undefined }],
    ['an empty list', { headcounts: {}, total: undefined }],
  ])('is refused with %s', (_, fields) => {
    expect(error([], count(fields))).toMatchObject({ kind: 'refused', code: 'nothing-counted' });
  });

  it.each([
    ['no day', { asOf: undefined }, '/asOf', 'required'],
    ['no source', { statedBy: undefined }, '/statedBy', 'required'],
    ['half a person', { total: 1.5 }, '/total', 'count'],
    ['fewer than none', { headcounts: { adults: -1 } }, '/headcounts/adults', 'count'],
    ['an unknown kind', { headcounts: { others: 1 } }, '/headcounts/others', 'unknown-field'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([], count(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });
});
