import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isAsShown, type Snippet, snippetsOf } from './readme.js';
import { type RunningService, startService } from './service.js';

/**
 * The README tells the truth: its marked snippets are run in their order, against a new ledger, and print what it
 * shows. Its address is that of a service started for the test.
 */
const ROOT = join(import.meta.dirname, '..');
const PAGE = join(ROOT, 'README.md');
const SHOWN_ADDRESS = 'http://127.0.0.1:3000';
const SNIPPETS = existsSync(PAGE) ? snippetsOf('README.md', readFileSync(PAGE, 'utf8')) : [];
const SNIPPET_TIMEOUT_MS = 60_000;

describe('README.md', () => {
  let service: RunningService | undefined;
  beforeAll(async () => {
    if (SNIPPETS.length > 0) service = await startService();
  });
  afterAll(async () => {
    await service?.stop();
    service?.clean();
  });

  function run({ commands }: Snippet): { code: number | null; printed: string; errors: string } {
    const { address } = service!;
    const script = commands
      .replaceAll(SHOWN_ADDRESS, address)
      .replaceAll('npx tongzhang', 'node scripts/tongzhang.mjs');
    const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', script], {
      cwd: ROOT,
      encoding: 'utf8',
      timeout: SNIPPET_TIMEOUT_MS,
      env: { ...process.env, PATH: `${join(ROOT, 'node_modules/.bin')}${delimiter}${process.env['PATH']}` },
    });
    return { code: status, printed: stdout.replaceAll(address, SHOWN_ADDRESS), errors: stderr };
  }

  it('has snippets that are run', () => {
    expect(SNIPPETS.length).toBeGreaterThan(0);
  });

  it(
    'shows what its snippets print',
    () => {
      for (const snippet of SNIPPETS) {
        const { code, printed, errors } = run(snippet);
        expect({ place: snippet.place, code, errors: code === 0 ? '' : errors }).toMatchObject({ code: 0 });
        if (snippet.printed !== undefined && !isAsShown(printed, snippet.printed))
          expect(`${snippet.place}\n${printed}`).toBe(`${snippet.place}\n${snippet.printed}`);
      }
    },
    SNIPPET_TIMEOUT_MS * Math.max(1, SNIPPETS.length),
  );
});

describe('a snippet', () => {
  const page =
    '# A\n\n```sh\n# runs\necho a\n```\n\n```text\na\n```\n\n```sh\necho b\n```\n\n```sh\n# runs\necho c\n```\n';

  it('is a marked block, with the block after it as what it prints', () => {
    expect(snippetsOf('A.md', page)).toEqual([
      { place: 'A.md:3', commands: 'echo a\n', printed: 'a\n' },
      { place: 'A.md:16', commands: 'echo c\n', printed: undefined },
    ]);
  });

  it.each([
    ['a\nb\n', 'a\nb\n', true],
    ['a\nb\n', 'a\n', false],
    ['a\nb\nc\n', 'a\n…\n', true],
    ['a\nb\nc\n', '…\nc\n', true],
    ['at 12:00 in 3 s\n', 'at … in … s\n', true],
    ['at 12:00\n', 'at …:30\n', false],
    ['a.c\n', 'abc\n', false],
    ['abc\n', 'a.c\n', false],
    ['{"a": [1]}\n', '{"a": [1]}\n', true],
  ])('that prints %j is as shown in %j: %s', (printed, shown, is) => {
    expect(isAsShown(printed, shown)).toBe(is);
  });
});
