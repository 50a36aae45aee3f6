import { appendFileSync } from 'node:fs';

/** Says, in the last lines of the test run, that something was not tested because the machine has not what it needs. */
export function sayNotRun(what: string): void {
  const file = process.env['TEST_NOT_RUN_FILE'];
  if (file) appendFileSync(file, `${what}\n`);
  else process.stderr.write(`NOT RUN: ${what}\n`);
}
