import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectionsOver } from '../projections/registry.js';
import { COMMAND_KINDS } from '../src/catalogue/registry.js';
import { findingsIn } from './tidy.js';

/** Style is a test: the rules are in `tidy.ts`, and here they are put to every file of ours, and to themselves. */
const ROOT = new URL('..', import.meta.url).pathname;
const FOLDERS = ['src', 'projections', 'examples', 'bench', 'scripts', 'test', 'web'];
/** Written by a program, and read by one. */
const GENERATED = 'web/src/api/schema.ts';

function filesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => statSync(join(ROOT, path)).isFile());
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const SOURCES = FOLDERS.flatMap(filesUnder).filter((path) => /\.(tsx?|mjs|cjs)$/.test(path) && path !== GENERATED);
const body = (lines: number): string => `() => {\n${'  act();\n'.repeat(lines - 2)}}`;

describe('style', () => {
  it('finds the sources', () => {
    expect(SOURCES).toContain('src/books/book.ts');
    expect(SOURCES).toContain('scripts/ready.mjs');
  });

  it.each(SOURCES)('%s', (path) => {
    expect(findingsIn(path, read(path))).toEqual([]);
  });
});

describe('the rules of style', () => {
  const [marker, ignore, disable] = ['TO DO', '@ts- ignore', 'oxlint- disable'].map((word) => word.replace(' ', ''));
  it.each([
    ['src/books/a.ts', 'const at = new Date();', ['src/books/a.ts:1 pure: new Date()']],
    ['src/books/a.ts', 'const at = new Date(1);', []],
    ['projections/a/query.ts', '\nconst at = Date.now();', ['projections/a/query.ts:2 pure: Date.now(…)']],
    ['src/kinds/a.ts', 'const rate = parseFloat(text);', ['src/kinds/a.ts:1 pure: parseFloat(…)']],
    ['src/catalogue/collecting/a.ts', 'const fen = Number(text);', ['src/catalogue/collecting/a.ts:1 pure: Number(…)']],
    ['src/reference/a.ts', 'const fen = Math.random();', ['src/reference/a.ts:1 pure: Math.random(…)']],
    ['src/books/a.spec.ts', 'const at = Date.now();', []],
    ['src/http/a.ts', 'const at = Date.now();', []],
    ['web/src/a.tsx', 'const fen = Number(text);', ['web/src/a.tsx:1 figures: Number(…)']],
    ['src/a.ts', 'const a = b as any;', ['src/a.ts:1 no any: any']],
    ['src/a.ts', "// any\nconst a = 'any';", []],
    ['test/a.spec.ts', 'it.only(name, act);', ['test/a.spec.ts:1 whole run: it.only']],
    ['test/a.spec.ts', 'describe.skip(name, act);', ['test/a.spec.ts:1 whole run: describe.skip']],
    ['test/a.spec.ts', 'xit(name, act);', ['test/a.spec.ts:1 whole run: xit']],
    ['test/a.spec.ts', 'rows.skip(3); it.each(rows)(name, act);', []],
    ['src/a.ts', 'const { env } = process; read(process.env);', ['src/a.ts:1 environment: process.env']],
    ['src/config.ts', 'read(process.env);', []],
    ['src/cli/a.ts', 'process.stdout.write(text);', ['src/cli/a.ts:1 terminal: process.stdout.write']],
    ['src/a.ts', 'console.error(text);', ['src/a.ts:1 terminal: console.error']],
    ['src/cli/terminal.ts', 'process.stderr.write(text);', []],
    ['bench/a.ts', 'process.stdout.write(text);', []],
    ['src/a.ts', "import { Decimal } from 'decimal.js';", ['src/a.ts:1 money: decimal.js']],
    ['src/a.ts', "ask('SELECT sum(amount) FROM a');", ['src/a.ts:1 exact sums: sum(']],
    ['src/a.ts', 'const sql = `SELECT ${all}, total(amount) FROM ${a}`;', ['src/a.ts:1 exact sums: total(']],
    ['src/a.ts', "ask('SELECT exact_sum(amount), count(*) FROM a'); sum(amounts);", []],
    ['projections/fund-balance/lines.ts', "ask('SELECT sum(debit) FROM a');", []],
    ['src/a.ts', "export * from './b.js';", ['src/a.ts:1 no barrel: export *']],
    ['src/a.ts', 'class BookManager {}', ['src/a.ts:1 name: BookManager']],
    ['src/a.ts', 'const dateUtils = 1, database = 2;', ['src/a.ts:1 name: dateUtils']],
    ['src/date-util.ts', '', ['src/date-util.ts name: a file is named for what it holds']],
    ['src/a.ts', `// ${marker} later`, [`src/a.ts:1 unfinished: ${marker}`]],
    ['src/a.ts', `// ${ignore}`, [`src/a.ts:1 silenced: ${ignore}`]],
    ['src/a.ts', `// ${disable} x`, [`src/a.ts:1 silenced: ${disable}`]],
    ['src/a.ts', `// ${'x'.repeat(117)}`, []],
    ['src/a.ts', `// ${'x'.repeat(118)}`, ['src/a.ts:1 line length: 121 columns, at most 120']],
    ['src/a.ts', `const act = ${body(60)};`, []],
    ['src/a.ts', `const act = ${body(61)};`, ['src/a.ts:1 function length: 61 lines, at most 60']],
    ['test/a.spec.ts', `describe('a', ${body(61)});`, []],
    ['src/a.ts', 'act();\n'.repeat(400), []],
    ['src/a.ts', 'act();\n'.repeat(401), ['src/a.ts file length: 401 lines, at most 400']],
  ])('in %s: %j', (path, text, findings) => {
    expect(findingsIn(path, text)).toEqual(findings);
  });
});

describe('every kind of voucher', () => {
  const specs = filesUnder('src/catalogue')
    .filter((path) => path.endsWith('.spec.ts'))
    .map(read);

  it.each(COMMAND_KINDS.map(({ kind, event }) => [kind, event] as const))('%s has a golden event', (_, event) => {
    expect(existsSync(join(ROOT, 'test/golden', `${event}.json`))).toBe(true);
  });

  it.each(COMMAND_KINDS.map(({ kind }) => [kind] as const))('%s has a spec', (kind) => {
    expect(specs.filter((text) => text.includes(`'${kind}'`))).not.toEqual([]);
  });
});

/** What several questions share; no question itself. */
const SHARED = new Set(['asking', 'following', 'statements']);

describe('every question and projection', () => {
  const folders = readdirSync(join(ROOT, 'projections'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

  it.each(folders)('projections/%s has a projection or a query, and a spec', (folder) => {
    const names = readdirSync(join(ROOT, 'projections', folder));
    expect(names.some((name) => name === 'projection.ts' || name === 'query.ts')).toBe(!SHARED.has(folder));
    expect(names.some((name) => name.endsWith('.spec.ts'))).toBe(true);
  });
});

describe('every sum kept in a read table', () => {
  const tables = projectionsOver('kurrentdb').flatMap(({ tables: all }) => all.filter(({ form }) => form === 'sums'));

  it.each(tables)('$name is of one stream, whose turnover is bounded', ({ key }) => {
    expect(Object.keys(key)[0]).toBe('stream');
  });
});

describe('the lock file', () => {
  it('names the optional packages of every platform, or `npm ci` refuses it', () => {
    const { stdout, status } = spawnSync(process.execPath, ['scripts/complete-lock.mjs', '--check'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
  });

  it('names no address to download from', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });
});
