import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contributionRow, csvOf } from '../import/fixture.js';
import { randomFrom } from '../random.js';
import { CLI, NODE, runProgram, temporaryDirectory } from '../service.js';

const LONG_MS = 240_000;
const LINES = 3_000;

/** Commands that are told to stop in the middle of their work. */
describe('a signal', () => {
  const directory = temporaryDirectory();
  const seed = Date.now() % 1_000_000;
  const random = randomFrom(seed);
  const feed = join(directory, 'feed.csv');
  const data = join(directory, 'ledger');
  beforeAll(() => {
    process.stdout.write(`seed ${seed}\n`);
    const rows = Array.from({ length: LINES }, (_, index) => contributionRow({ headcount: String(index) }));
    writeFileSync(feed, csvOf(rows));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  /** Runs a command and sends a signal, once it has said something or a while has passed. Gives how it ended. */
  async function interrupt(words: readonly string[], signal: NodeJS.Signals, once: RegExp | number) {
    const child = spawn(NODE, [CLI, '--lang', 'en', '--data', data, ...words], {
      env: { ...process.env, EVENT_STORE_URL: '' },
    });
    let said = '';
    const heard = new Promise<void>((resolve) => {
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (text: Buffer) => {
          said += text.toString();
          if (once instanceof RegExp && once.test(said)) resolve();
        });
    });
    const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
      child.once('close', (code, by) => resolve(by ?? code));
    });
    await Promise.race([typeof once === 'number' ? sleep(once) : heard, ended]);
    child.kill(signal);
    // Neither a stack nor half a sentence.
    expect(said).not.toMatch(/^\s+at |Error:|node:internal/m);
    return ended;
  }
  const run = (...words: readonly string[]) => runProgram(['--lang', 'en', '--data', data, ...words]);

  it.each([
    ['checks', 'SIGINT', /checking 100%|posting/],
    ['posts', 'SIGTERM', /posting [1-9]/],
  ] as const)(
    'ends an import that %s (%s), and the same file finishes it',
    async (_, signal, once) => {
      rmSync(data, { recursive: true, force: true });
      expect([signal, 0]).toContain(await interrupt(['import', feed], signal, once));
      const { code, stdout } = await run('--json', 'import', feed);
      expect([code, JSON.parse(stdout)]).toMatchObject([0, { outcome: 'posted', rejected: 0 }]);
      const { posted, replayed } = JSON.parse(stdout) as { posted: number; replayed: number };
      expect(posted + replayed).toBe(LINES);
    },
    LONG_MS,
  );

  it.each<[string, NodeJS.Signals, readonly string[]]>([
    ['verify', 'SIGINT', ['verify']],
    ['replay', 'SIGTERM', ['replay']],
    ['report', 'SIGINT', ['report', 'audit-trail', '--out', join(directory, 'sheets')]],
    ['copy', 'SIGTERM', ['copy', '--from', `sqlite:${data}`, '--to', `sqlite:${join(directory, 'copy')}`]],
  ])(
    'ends %s (%s) without a word, and it runs to its end the next time',
    async (_, signal, words) => {
      expect([signal, 0]).toContain(await interrupt(words, signal, 300 + 900 * random()));
      expect(await run(...words)).toMatchObject({ code: 0, stderr: expect.not.stringContaining('Error') });
      expect(readdirSync(data).filter((name) => name.startsWith('replay-'))).toEqual([]);
      const sheets = existsSync(join(directory, 'sheets')) ? readdirSync(join(directory, 'sheets')) : [];
      expect(sheets.filter((name) => name.endsWith('.part'))).toEqual([]);
    },
    LONG_MS,
  );

  it(
    'ends a backup, which is none then, and another is made beside it',
    async () => {
      const [cut, whole] = [join(directory, 'cut'), join(directory, 'whole')];
      const by = await interrupt(['backup', cut], 'SIGTERM', 300);
      expect(['SIGTERM', 0]).toContain(by);
      if (by !== 0) expect(existsSync(join(cut, 'backup.json'))).toBe(false);
      expect(await run('backup', whole)).toMatchObject({ code: 0 });
      expect(readdirSync(whole).sort()).toEqual(expect.arrayContaining(['backup.json', 'log.db']));
    },
    LONG_MS,
  );
});
