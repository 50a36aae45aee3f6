import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

/*
 * Where a rule forbids something it says where it is written, what it found and what would be right. Figures and the
 * way out are arguments of a refusal; that its sentence names a source is looked at here, in the program's own text,
 * for every refusal there is: a rule that is added without one is found.
 */

const ROOT = join(import.meta.dirname, '..');
const FOLDERS = ['src/adopting', 'src/books', 'src/catalogue', 'src/closing', 'src/kinds'];
/** A source is put into a sentence by `by`, or comes with a policy, or with what a book has said of itself. */
const NAMES_SOURCE = /\bby\(|Source\b|\.detail\b/;
/**
 * These rules are the ledger's own limits, and say so: a key is used once, a book adds up to so much, an atomic batch
 * is recorded whole and in one append.
 */
const OF_THE_LEDGER = ['key-used-before', 'beyond-turnover', 'batch-refused', 'batch-too-large'];

interface Refused {
  readonly place: string;
  readonly code: string;
  readonly says: string;
}

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => `${folder}/${name}`),
);

/** Every place in a file where something is refused, with the text of its code and of its sentence. */
function refusalsIn(path: string): Refused[] {
  const file = ts.createSourceFile(path, readFileSync(join(ROOT, path), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Refused[] = [];
  const visit = (node: ts.Node): void => {
    const [code, says] = partsOf(node);
    if (code && says) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.push({ place: `${path}:${line + 1}`, code: code.getText().replaceAll("'", ''), says: says.getText() });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function partsOf(node: ts.Node): readonly (ts.Node | undefined)[] {
  if (ts.isCallExpression(node) && node.expression.getText() === 'refusal') return node.arguments.slice(1, 3);
  if (!ts.isNewExpression(node) || node.expression.getText() !== 'LedgerError') return [];
  const [kind, ...rest] = node.arguments ?? [];
  return kind?.getText() === "'refused'" ? rest : [];
}

const refused = sources.flatMap(refusalsIn);

describe('every refusal by a rule', () => {
  it('is found in the program', () => {
    expect(refused.length).toBeGreaterThan(50);
  });

  it('says where its rule is written', () => {
    const bare = refused.filter(({ code, says }) => !OF_THE_LEDGER.includes(code) && !NAMES_SOURCE.test(says));
    expect(bare.map(({ place, code }) => `${place} ${code}`)).toEqual([]);
  });
});
