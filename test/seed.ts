/**
 * The seed of the random tests: another one each run, printed at once so that it is known whatever happens, and
 * taken from SEED to have a run again, e.g. `SEED=41872422 npm test`.
 */
export const SEED = Number.parseInt(process.env.SEED ?? String(Date.now() % 2_147_483_647), 10);

process.stderr.write(`random tests run with SEED=${SEED}\n`);
