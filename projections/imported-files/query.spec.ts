import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FollowedLog } from '../../test/followed-log.js';
import { Books } from '../../src/books/handle.js';
import { requestOf } from '../../test/given-when-then.js';
import { auditTrailQuestion } from '../audit-trail/query.js';
import { PROJECTIONS } from '../registry.js';
import { importedFiles } from './projection.js';
import { fileOf, filesIn } from './query.js';

const BOOK = { fund: 'employee', unit: '460100', businessDate: '2025-05-12' };

describe('imported files', () => {
  let log: FollowedLog;
  beforeEach(() => {
    log = new FollowedLog([importedFiles]);
  });
  afterEach(() => log.close());

  it.each([1, 2, 6])('are known by their lines in every stream, followed in batches of %d', async (batch) => {
    await log.append({ ...BOOK, key: 'by itself' });
    await log.append({ ...BOOK, source: 'aa', line: 1 });
    await log.append({ ...BOOK, source: 'bb', line: 1 });
    await log.append({ ...BOOK, unit: '460200', source: 'aa', line: 2 });
    await log.append({ ...BOOK, source: 'aa', line: 3 });
    await log.append({ ...BOOK, key: 'again' });
    await log.follow(batch);
    const { tables } = log.asking();
    expect(fileOf(tables, 'aa')).toMatchObject({ lines: 3, streams: 2, first: 2, last: 5 });
    expect(fileOf(tables, 'bb')).toMatchObject({ lines: 1, streams: 1, first: 3, last: 3 });
    expect(fileOf(tables, 'cc')).toBeUndefined();
    expect(filesIn(tables, 9).map(({ source }) => source)).toEqual(['aa', 'bb']);
    expect(filesIn(tables, 1)).toHaveLength(1);
  });
});

describe('the audit trail of a file', () => {
  const [FILE, OTHER] = ['a'.repeat(32), 'b'.repeat(32)];
  let log: FollowedLog;
  beforeEach(async () => {
    log = new FollowedLog(PROJECTIONS.filter(({ name }) => name !== 'recorded-time'));
    const books = new Books(log.store, () => Date.UTC(2025, 11, 31));
    const post = (businessDate: string, key: string | { source: string; line: number }) =>
      books.post(requestOf({ kind: 'contribution', businessDate }, key));
    await post('2025-05-14', 'before');
    await post('2025-05-15', { source: FILE, line: 1 });
    await post('2025-05-12', { source: OTHER, line: 1 });
    await post('2025-05-13', { source: FILE, line: 2 });
    await post('2025-05-11', 'behind');
    await log.follow();
  });
  afterEach(() => log.close());

  const listed = async (source: string, more: object = {}): Promise<unknown> => {
    const { body } = await auditTrailQuestion.ask(log.asking(), { source, ...more });
    return (body['vouchers'] as { businessDate: string }[]).map(({ businessDate }) => businessDate);
  };

  it('lists the vouchers of its lines and no others, by the whole of its digest, too', async () => {
    expect(await listed(FILE)).toEqual(['2025-05-13', '2025-05-15']);
    expect(await listed(OTHER)).toEqual(['2025-05-12']);
    expect(await listed(OTHER + 'c'.repeat(32))).toEqual(['2025-05-12']);
    expect(await listed(FILE, { from: '2025-05-14' })).toEqual(['2025-05-15']);
  });

  it('lists nothing of a file of which nothing stands, and says of which file it is', async () => {
    const { body, sheets } = await auditTrailQuestion.ask(log.asking(), { source: 'c'.repeat(32) });
    expect(body['vouchers']).toEqual([]);
    expect(sheets[0]!.head?.map(({ en }) => en).join()).toContain('Imported file: cccc');
  });

  it('is turned over in pages', async () => {
    const { body } = await auditTrailQuestion.ask(log.asking(), { source: FILE, limit: '1' });
    expect(await listed(FILE, { limit: '1', cursor: body.next })).toEqual(['2025-05-15']);
  });
});
