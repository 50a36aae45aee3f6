import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { contributionRow, csvOf } from './import/fixture.js';
import { sayNotRun } from './not-run.js';
import { CLI, NODE, runProgram, temporaryDirectory } from './service.js';

jest.setTimeout(120_000);

const directory = temporaryDirectory();
const feed = join(directory, 'feed.csv');
const COMMANDS: readonly (readonly string[])[] = [
  ['--help'],
  ['report', 'fund-balance', '--as-of', '2025-12-31'],
  ['report', 'audit-trail', '--format', 'csv'],
  ['--json', 'report', 'audit-trail'],
  ['verify'],
  ['import', feed, '--dry-run'],
];

/** Runs a command in a shell, its output going where `into` says, and says how it ended. */
function run(words: readonly string[], into: string) {
  const line = `"$@" ${into}; echo "\${PIPESTATUS[0]}" >&2`;
  const { stdout, stderr } = spawnSync('bash', ['-c', line, 'bash', NODE, CLI, ...words], {
    encoding: 'utf8',
    env: { ...process.env, DATA_DIR: join(directory, 'ledger'), LANG: 'en_US.UTF-8', EVENT_STORE_URL: '' },
  });
  const said = stderr.trimEnd().split('\n');
  return { stdout, code: said.pop(), said: said.join('\n') };
}

/** Output that is not read to its end, or slowly, and a disk that is full. */
describe('what a command prints', () => {
  beforeAll(async () => {
    const rows = Array.from({ length: 300 }, (_, line) => contributionRow({ 'evidence.number': `P-${line}` }));
    writeFileSync(feed, csvOf(rows));
    const { code } = await runProgram(['--data', join(directory, 'ledger'), 'import', feed]);
    expect(code).toBe(0);
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each(COMMANDS.map((words) => [words] as const))('may be closed: %j', (words) => {
    const { code, stdout, said } = run(words, '| true');
    expect({ code, stdout }).toEqual({ code: '0', stdout: '' });
    expect(said).not.toMatch(/EPIPE|Error|\bat /);
  });

  it.each(COMMANDS.map((words) => [words] as const))('may meet a full disk: %j', (words) => {
    if (!existsSync('/dev/full')) return sayNotRun('commands that print to a full disk: there is no /dev/full');
    const { code, said } = run(words, '> /dev/full');
    expect(code).toBe('3');
    expect(said).toContain('could not be written to its end (ENOSPC)');
    expect(said).not.toMatch(/\n +at /);
  });

  it('may have nobody to tell: the exit code says it', () => {
    if (existsSync('/dev/full')) expect(run(['--help'], '> /dev/full 2>&1').code).toBe('3');
  });

  it('reaches a slow reader to the last byte', () => {
    const words = ['report', 'audit-trail', '--format', 'csv'];
    const whole = run(words, '| cat');
    // More than a pipe holds, before anybody reads, and then in bits.
    expect(Buffer.byteLength(whole.stdout)).toBeGreaterThan(66_000);
    const slowly = run(words, '| (sleep 1; dd bs=997 status=none)');
    expect(slowly.code).toBe('0');
    expect(slowly.stdout === whole.stdout).toBe(true);
  });
});
