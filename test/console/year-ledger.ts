import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADOPTIONS } from '../../examples/hainan-2024/adoptions.js';
import { yearFeed } from '../../examples/hainan-2024/feed.js';
import { writeLines } from '../../examples/hainan-2024/generate.js';
import { type RunningService, runProgram, startService, temporaryDirectory } from '../service.js';

/** Where the last month of the year is seen, which all its statements have something in. */
export const DAYS = { from: '2024-12-01', to: '2024-12-31' } as const;

/** A service over a whole small ledger: the example of 2024, one of every kind in sixty books, closed at its end. */
export async function serveYear(): Promise<RunningService> {
  const directory = temporaryDirectory();
  const ledger = join(directory, 'ledger');
  const adoptions = join(directory, 'adoptions.ndjson');
  const year = join(directory, '2024.ndjson');
  writeFileSync(
    adoptions,
    ADOPTIONS.map(({ kind, key, body }) => `${JSON.stringify({ kind, key, ...body })}\n`).join(''),
  );
  writeLines(year, yearFeed());
  for (const file of [adoptions, year]) {
    const { code, stdout, stderr } = await runProgram(['--lang', 'en', '--data', ledger, 'import', file]);
    if (code !== 0) throw new Error(`${file} is refused:\n${stdout}${stderr}`);
  }
  const service = await startService(ledger);
  await untilFollowed(service);
  return service;
}

/** Waits until the read tables show all that is recorded. */
async function untilFollowed(service: RunningService): Promise<void> {
  const events = await fetch(`${service.address}/v1/events`, { headers: { accept: 'application/x-ndjson' } });
  const last = (await events.text()).trimEnd().split('\n').length;
  await fetch(`${service.address}/v1/balances?after=${last}`);
}
