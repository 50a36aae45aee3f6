import { describe, expect, it } from '@jest/globals';
import { error, event } from '../../../test/given-when-then.js';

const published = (fields: Record<string, unknown> = {}) => ({ kind: 'disclosure', ...fields });

describe('a disclosure', () => {
  it('is recorded with the digest of what was published', () => {
    expect(event([], { kind: 'disclosure' })).toStrictEqual({
      kind: 'disclosure',
      key: 'key-disclosure',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: expect.any(String),
      fund: 'all',
      unit: '460000',
      businessDate: '2025-06-17',
      evidence: {
        kind: 'publication',
        number: '琼医保公〔2025〕6号',
        sha256: '1f'.repeat(32),
      },
      maker: 'wang',
      reviewer: 'li',
      note: '新闻发布会公布',
      subject: 'operation',
      title: '2025年1—5月医疗保障基金运行情况',
      from: '2025-01-01',
      to: '2025-05-31',
      address: 'https://example.org/2025/06/17.html',
      drawnAt: 24000,
      findings: [],
    });
  });

  it('may be of one day and have no address, and comes again', () => {
    const when = published({ from: undefined, address: undefined, drawnAt: undefined });
    expect(event([when], when).findings).toEqual([]);
  });

  it('is refused where it ends before it begins', () => {
    expect(error([], published({ to: '2024-12-31' }))).toMatchObject({
      kind: 'refused',
      code: 'ends-before-it-begins',
      details: [{ pointer: '/to', expected: 'no earlier than 2025-01-01', got: '2024-12-31' }],
    });
  });

  it.each([
    ['an unknown subject', { subject: 'weather' }, '/subject', 'one-of'],
    ['no title', { title: undefined }, '/title', 'required'],
    ['an address that is none', { address: 'example.org' }, '/address', 'address'],
    ['a position below none', { drawnAt: -1 }, '/drawnAt', 'count'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([], published(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });
});
