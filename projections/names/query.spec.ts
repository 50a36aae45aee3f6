import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FollowedLog } from '../../test/followed-log.js';
import { names } from './projection.js';
import { MOST_NAMES, namesInUse } from './query.js';

const payer = { kind: 'employer', reference: 'E-0002' };
const BOOK = { fund: 'employee', unit: '460100', businessDate: '2025-05-12' };

describe('names in use', () => {
  let log: FollowedLog;
  beforeEach(() => {
    log = new FollowedLog([names]);
  });
  afterEach(() => log.close());
  const values = (field: Parameters<typeof namesInUse>[1], q = ''): string[] =>
    namesInUse(log.asking().tables, field, q).map(({ value }) => value);

  it.each([1, 2, 9])('are of each field once, in order, followed in batches of %d', async (batch) => {
    await log.append({ ...BOOK, kind: 'contribution', maker: 'wang', reviewer: 'li', payer });
    await log.append({ ...BOOK, kind: 'contribution', maker: 'chen', reviewer: 'li', payer });
    await log.append({ ...BOOK, kind: 'penalty', maker: 'wang', caseId: 'HK-2025-0001', stream: 'case-HK-2025-0001' });
    await log.append({ fund: undefined!, unit: '', businessDate: '2025-05-12', maker: 'root', stream: 'reference' });
    await log.follow(batch);
    expect(values('maker')).toEqual(['chen', 'wang']);
    expect(values('reviewer')).toEqual(['li']);
    expect(values('caseId')).toEqual(['HK-2025-0001']);
    expect(namesInUse(log.asking().tables, 'kind', '')).toEqual([
      { value: 'contribution', name: { zh: '缴费', en: expect.any(String) } },
      { value: 'penalty', name: { zh: expect.any(String), en: expect.any(String) } },
    ]);
  });

  it('are found by a part, in any case and width, kinds by what they are called', async () => {
    for (const maker of ['Wang', 'wang-2', 'li_%']) await log.append({ ...BOOK, kind: 'contribution', maker, payer });
    await log.follow();
    expect(values('maker', 'ＷＡＮＧ')).toEqual(['Wang', 'wang-2']);
    expect(values('maker', '%')).toEqual(['li_%']);
    expect(values('kind', '缴费')).toEqual(['contribution']);
    expect(values('kind', '待遇')).toEqual([]);
  });

  it('are one more than are told where there are more', async () => {
    for (let index = 0; index < MOST_NAMES + 5; index += 1)
      await log.append({ ...BOOK, kind: 'contribution', maker: `m${index}`, payer });
    await log.follow();
    expect(values('maker')).toHaveLength(MOST_NAMES + 1);
  });
});
