import { appendFileSync } from 'node:fs';

/** Says, loudly and again in the last lines of the test run, what was not tested for want of what it needs. */
export function sayNotRun(what: string): void {
  const file = process.env['TEST_NOT_RUN_FILE'];
  if (file) appendFileSync(file, `${what}\n`);
  process.stderr.write(`\n!!! ${what}\n\n`);
}
