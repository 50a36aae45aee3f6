import { parentPort, workerData } from 'node:worker_threads';
import { runSeed, sumOf } from './run.js';
import { type SeedsDone, type SeedsWanted } from './seeds.js';
import { TwoTables } from './tables.js';

/** Runs every so manieth seed of many, and says how far it is. It ends with the first in which something is wrong. */
const { first, step, end } = workerData as SeedsWanted;
const SAY_EVERY = 50;

const tables = new TwoTables();
let figures = sumOf([]);
let done = 0;
const say = (message: SeedsDone): void => parentPort!.postMessage(message);
for (let seed = first; seed < end; seed += step) {
  const ran = await runSeed(seed, { tables });
  figures = sumOf([figures, ran.figures]);
  done += 1;
  if (ran.findings.length > 0) {
    say({ done, figures, wrong: { seed, findings: ran.findings } });
    break;
  }
  if (done % SAY_EVERY === 0) say({ done, figures });
}
say({ done, figures });
tables.close();
