import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { DEFAULT_SEED, generate } from '../examples/hainan-2025/generate.js';
import { BEGUN, runProgram, temporaryDirectory } from './service.js';

/** More than two chunks of a log, so that a rebuild is the work of several threads. */
const EVENTS = 45_000;

let directory: string;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => rmSync(directory, { recursive: true }));

it('a log read in chunks by several threads gives the rows that following it live has given', async () => {
  const feed = join(directory, 'feed.csv');
  const ledger = join(directory, 'ledger');
  generate({ seed: DEFAULT_SEED, events: EVENTS, format: 'csv', path: feed });
  expect(await runProgram(['import', feed, '--data', ledger])).toMatchObject({ code: 0 });

  const { code, stdout } = await runProgram(['replay', '--data', ledger, '--json']);
  expect({ code, ...(JSON.parse(stdout) as object) }).toMatchObject({ code: 0, equal: true, events: BEGUN + EVENTS });

  // Without read tables a question rebuilds them first.
  const before = await runProgram(['report', 'fund-balance', '--data', ledger, '--as-of', '2025-05-31', '--json']);
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(ledger, `read.db${suffix}`), { force: true });
  const after = await runProgram(['report', 'fund-balance', '--data', ledger, '--as-of', '2025-05-31', '--json']);
  expect(after).toMatchObject({ code: 0, stdout: before.stdout });
});
