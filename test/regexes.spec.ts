import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isSafe } from 'redos-detector';
import ts from 'typescript';

/** No expression takes longer than in proportion to what it is matched with: every one of the program is looked at. */
const ROOT = join(import.meta.dirname, '..');
const LONG_MS = 300_000;
/** Its own bound on steps ends the analysis, not the time that a machine takes for them. */
const LIMITS = { maxScore: 60 };

/** Those that the analysis cannot tell to be harmless, and why they are. */
const HARMLESS: Readonly<Record<string, string>> = {
  "/'([^']*)'/g": 'a quote that is not closed ends the search for all; the words are those of a command line',
  '/Allowed choices are (.*)\\.$/': 'words of our own',
  '/([0-9]{16}) ([0-9a-f]{8})\\n/g': 'a file of our own, of two lines',
  '/<version>([0-9.]+)<\\/version>/': 'a file of our own',
  '/^listeners=PLAINTEXT:\\/\\/([0-9.:]+)(?:,[A-Z_]+:\\/\\/([0-9.:]+))?,CONTROLLER:\\/\\/([0-9.:]+)$/m': 'of our own',
  '/^[^:]+:\\/\\/(?:[^@/]*@)?([^:/?,]+)(?::(\\d+))?[^?]*(?:\\?(.*))?$/':
    'the address of the event store, from the configuration',
  '/^[0-9.]+$|:/': 'anchored, or one character',
  '/^[^|\\p{Cc}]+\\|[^|\\p{Cc}]+$/u': 'anchored; neither part takes the bar between them',
  '/"#\\/\\$defs\\/([A-Za-z]+)"/g': 'a schema of our own',
  '/[ \\t]*(?:(W\\/)?("[\\x21\\x23-\\x7e\\x80-\\xff]*")[ \\t]*)?(,|$)/y':
    'sticky: no search; what one part takes no other can',
  '/^(?:[¥￥]|RMB|CNY|人民币)\\s*|\\s*(?:元整?|圆整?|RMB|CNY)$/gi': 'a cell of at most 2,000 characters',
  "/[,' ]|\\..*\\./": 'a second point ends it; a cell of at most 2,000 characters',
  '/^0*([0-9]{1,15}?)(?:\\.0+)?\\s*(?:人次|[人笔户件例名个])?$/': 'at most 15 ways to part it',
  '/[ T](?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]+)?)?$/': 'a cell of at most 2,000 characters',
  '/^(?:((?:19|2[01])[0-9]{2})[-/.年]?(0?[1-9]|1[0-2])月?)?-?(收|付|转)字?-?第?0*([1-9][0-9]{0,8})号?$/':
    'anchored; one of three signs stands between its parts, and no zero begins what is behind the zeros',
  '/,"reasons":"(?:[^"\\\\]|\\\\.)*"\\}(?=\\s*$)/': 'each beginning ends at the next quote',
  '/\\{\\s*$/': 'each beginning ends at the next brace',
  '/[._/:-]+$/': 'a field of at most 200 characters',
};

const sources = ['src', 'projections'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts')),
);

function expressionsIn(path: string): string[] {
  const found: string[] = [];
  const file = ts.createSourceFile(path, readFileSync(join(ROOT, path), 'utf8'), ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isLinear(literal: string): boolean {
  const end = literal.lastIndexOf('/');
  return isSafe(new RegExp(literal.slice(1, end), literal.slice(end + 1)), LIMITS).safe;
}

describe('regular expressions', () => {
  const all = [...new Set(sources.flatMap(expressionsIn))];

  it(
    'are linear, or it is said why they do no harm',
    () => {
      expect(all.length).toBeGreaterThan(100);
      expect(all.filter((literal) => !(literal in HARMLESS) && !isLinear(literal))).toEqual([]);
    },
    LONG_MS,
  );

  it('are excused only where they stand', () => {
    expect(Object.keys(HARMLESS).filter((literal) => !all.includes(literal))).toEqual([]);
  });

  it.each(['/^\\s*(zh|en)\\s*\\s*$/', '/\\s+$/', '/^(a+)+$/', '/,*\\r?$/'])('of which %s is none', (literal) => {
    expect(isLinear(literal)).toBe(false);
  });
});
