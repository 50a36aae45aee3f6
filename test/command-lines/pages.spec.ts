import { describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { blocksOfHelp, blocksOfPage, blocksOfText } from './pages.js';
import { isAsShown } from './shown.js';

const page = (...lines: readonly string[]): string => `# A\n\n${lines.join('\n')}\n`;

describe('the command lines of a page', () => {
  it('are the lines of its blocks for a shell, with the block after one as what it prints', () => {
    const text = page('```sh', 'npm run a', '', '# a word', 'npm run b', '```', '', '```text', 'out', '```');
    expect(blocksOfPage('A.md', text)).toEqual([
      { place: 'A.md:3', lines: ['npm run a', 'npm run b'], printed: 'out\n' },
    ]);
  });

  it('are of several lines where a quote, a here-document or a backslash says so', () => {
    const lines = ["cat > f <<'JSON'", '{ "a": 1 }', 'JSON', "curl x -d '{", "}'", 'curl \\', '  y'];
    expect(blocksOfPage('A.md', page('```sh', ...lines, '```'))[0]!.lines).toEqual([
      'cat > f <<\'JSON\'\n{ "a": 1 }\nJSON',
      "curl x -d '{\n}'",
      'curl \\\n  y',
    ]);
  });

  it('are those of a block of no language that begins with a program', () => {
    const text = page('```', 'npx tongzhang verify', '```', '', '```', 'a drawing', '```');
    expect(blocksOfPage('A.md', text)).toEqual([
      { place: 'A.md:3', lines: ['npx tongzhang verify'], printed: 'a drawing\n' },
    ]);
  });

  it('stand in its text and its tables too, but a name, a path or an address is none', () => {
    const text = page(
      'Run `npm',
      'test -- a`, or `A=1 npx x \\| y`.',
      '',
      '| a | `docker compose up` |',
      '`npm` `node_modules/x` `GET /v1`',
    );
    expect(blocksOfPage('A.md', text).map(({ place, lines }) => `${place} ${lines.join()}`)).toEqual([
      'A.md:3 npm test -- a',
      'A.md:4 A=1 npx x | y',
      'A.md:6 docker compose up',
    ]);
  });
});

describe('the command lines of a help', () => {
  it('follow a dollar, in every command below', () => {
    const program = new Command('p').addHelpText('after', '\n  $ npx p a');
    program.command('a').addHelpText('after', '\n  $ npx p a --b \\\n    c\n  $ npx p d');
    const all = blocksOfHelp(program).map(({ place, lines }) => [place, ...lines]);
    expect(all).toEqual([
      ['p --help', 'npx p a'],
      ['p a --help', 'npx p a --b \\\n    c'],
      ['p a --help', 'npx p d'],
    ]);
  });

  it('may begin with their program', () => {
    expect(blocksOfText('x', "Try:\n  curl -d '\n{ }'\nmore", /^ +(?=curl )/)).toEqual([
      { place: 'x', lines: ["curl -d '\n{ }'"], printed: undefined },
    ]);
  });
});

describe('what is printed', () => {
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
  ])('%j is as shown in %j: %s', (printed, shown, is) => {
    expect(isAsShown(printed, shown)).toBe(is);
  });
});
