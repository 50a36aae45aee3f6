import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Books } from '../../src/books/handle.js';
import { dataPaths } from '../../src/data-directory.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { requestOf } from '../given-when-then.js';
import { runProgram, temporaryDirectory } from '../service.js';

describe('the range of a replay', () => {
  const dataDir = temporaryDirectory();
  // Nothing listens there: what is wrong is said before any broker is asked.
  const environment = { DATA_DIR: dataDir, KAFKA_BROKERS: '127.0.0.1:9', LANG: 'en_US.UTF-8' };

  beforeAll(async () => {
    const { log, mark } = dataPaths(dataDir);
    const store = new SqliteEventStore(log, { readonly: false, markPath: mark });
    const books = new Books(store, Date.now);
    for (const kind of ['opening-balance', 'contribution']) await books.post(requestOf({ kind }, kind));
    await store.close();
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it.each([
    [['--from', '1', '--to', '20260531'], '--to expected at most 2, got 20260531'],
    [['--from', '2', '--to', '1'], '--from expected at most 1, got 2'],
    [['--from', '2026-05-31'], '--from expected a position of the log, e.g. 120, got 2026-05-31'],
  ])('%j is refused: %s', async (words, said) => {
    const { code, stderr } = await runProgram(['relay', 'replay', ...words, '--topic', 'again'], environment);
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });
});
