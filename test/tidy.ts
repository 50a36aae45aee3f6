import ts from 'typescript';

/** Something in a file that a rule of style forbids, as `file:line rule: what`. */
export type Finding = string;

const MOST_COLUMNS = 120;
const MOST_FILE_LINES = 400;
const MOST_FUNCTION_LINES = 60;

/** Where a decision or a row follows from its arguments alone: no clock, no chance, no binary fractions. */
const PURE = /^(src\/(books|catalogue|kinds|reference)|projections)\//;
/** The console shows figures as they came, and works none out. */
const OF_THE_CONSOLE = /^web\/src\//;
const FIGURE_CALLS = new Set(['parseFloat', 'Number.parseFloat', 'Number']);
const OF_TESTS = /(^(test|bench|scripts)\/|\.spec\.ts$)/;
/** The environment is read once, by the programs' beginning, and checked there. */
const MAY_READ_ENVIRONMENT = /^src\/config\.ts$/;
/** Whatever is printed is made safe for a terminal at one place. */
const MAY_PRINT = /^src\/cli\/terminal\.ts$/;
const PRINTS = /^(process\.(stdout|stderr)\.(write|end)|console\.[a-z]+)$/;
const OF_THE_PROGRAM = /^(src|projections)\//;
const EMPTY_NAME = /(?:Manager|Helper|Util|Base)s?$/;
const EMPTY_FILE_NAME = /(?:^|[-./])(?:manager|helper|util|base)s?\.[a-z.]+$/;
/** Written so that the pattern does not find itself. */
const UNFINISHED = /\b(?:TO[D]O|FIX[M]E)\b/;
const SILENCED = /@ts-(?:ignor[e]|expect-erro[r]|nochec[k])|(?:eslint|oxlint|prettier)-(?:disabl[e]|ignor[e])/;

interface Rule {
  readonly name: string;
  readonly applies: (path: string) => boolean;
  /** What is wrong with a node of the syntax tree, or undefined. */
  readonly check: (node: ts.Node) => string | undefined;
}

const everywhere = (): boolean => true;

/** The text of a plain name or of `object.property`; empty for anything else. */
function nameOf(node: ts.Node): string {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return `${nameOf(node.expression)}.${node.name.text}`;
  return '';
}

const called = (node: ts.Node): string => (ts.isCallExpression(node) ? nameOf(node.expression) : '');

/** The aggregates of SQLite that fail or round beyond 64 bits; `exact_sum` of `src/sqlite-file.ts` does not. */
const SQL_SUM = /\b(?:sum|total|avg)\(/i;
/** Every balance is added up here, within one book, whose turnover is bounded so that 64 bits hold it. */
const MAY_SUM_IN_SQL = 'projections/fund-balance/lines.ts';
const isText = (node: ts.Node): node is ts.LiteralLikeNode =>
  ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);

const UNEVEN_CALLS = new Set(['Date.now', 'Math.random', 'parseFloat', 'Number.parseFloat', 'Number']);
const PARTIAL_TESTS = /^(?:(?:it|test|describe)\.(?:only|skip|todo|failing)|[fx](?:it|test|describe))(?:\.each)?$/;

const RULES: readonly Rule[] = [
  {
    name: 'pure',
    applies: (path) => PURE.test(path) && !OF_TESTS.test(path),
    check: (node) => {
      if (UNEVEN_CALLS.has(called(node))) return `${called(node)}(…)`;
      const isNow = ts.isNewExpression(node) && nameOf(node.expression) === 'Date' && !node.arguments?.length;
      return isNow ? 'new Date()' : undefined;
    },
  },
  {
    name: 'figures',
    applies: (path) => OF_THE_CONSOLE.test(path),
    check: (node) => (FIGURE_CALLS.has(called(node)) ? `${called(node)}(…)` : undefined),
  },
  {
    name: 'no any',
    applies: everywhere,
    check: (node) => (node.kind === ts.SyntaxKind.AnyKeyword ? 'any' : undefined),
  },
  {
    name: 'whole run',
    applies: (path) => OF_TESTS.test(path),
    check: (node) => (ts.isCallExpression(node) && PARTIAL_TESTS.test(called(node)) ? called(node) : undefined),
  },
  {
    name: 'environment',
    applies: (path) => !OF_TESTS.test(path) && !MAY_READ_ENVIRONMENT.test(path),
    check: (node) => (nameOf(node) === 'process.env' ? 'process.env' : undefined),
  },
  {
    name: 'terminal',
    applies: (path) => OF_THE_PROGRAM.test(path) && !OF_TESTS.test(path) && !MAY_PRINT.test(path),
    check: (node) => (PRINTS.test(nameOf(node)) ? nameOf(node) : undefined),
  },
  {
    name: 'money',
    applies: (path) => path !== 'src/money.ts',
    check: (node) => (ts.isImportDeclaration(node) && importedFrom(node) === 'decimal.js' ? 'decimal.js' : undefined),
  },
  {
    name: 'exact sums',
    applies: (path) => !OF_TESTS.test(path) && path !== MAY_SUM_IN_SQL,
    check: (node) => (isText(node) && SQL_SUM.test(node.text) ? SQL_SUM.exec(node.text)![0] : undefined),
  },
  {
    name: 'no barrel',
    applies: everywhere,
    check: (node) => (ts.isExportDeclaration(node) && !node.exportClause ? 'export *' : undefined),
  },
  { name: 'name', applies: everywhere, check: emptyName },
  { name: 'function length', applies: everywhere, check: tooLong },
];

const importedFrom = (node: ts.ImportDeclaration): string =>
  ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : '';

function emptyName(node: ts.Node): string | undefined {
  const isNamed =
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isVariableDeclaration(node);
  const name = isNamed && node.name ? nameOf(node.name) : '';
  return EMPTY_NAME.test(name) ? name : undefined;
}

/** A group of tests is a list, not a function: only what stands in it is measured. */
const isGroup = ({ parent }: ts.Node): boolean =>
  ts.isCallExpression(parent) && /\bdescribe\b/.test(parent.expression.getText());

function tooLong(node: ts.Node): string | undefined {
  if (!ts.isFunctionLike(node) || !('body' in node) || !node.body || isGroup(node)) return undefined;
  const file = node.getSourceFile();
  const lines = lineOf(file, node.end) - lineOf(file, node.getStart(file)) + 1;
  return lines > MOST_FUNCTION_LINES ? `${lines} lines, at most ${MOST_FUNCTION_LINES}` : undefined;
}

const lineOf = (file: ts.SourceFile, place: number): number => file.getLineAndCharacterOfPosition(place).line + 1;

function findingsInLines(path: string, lines: readonly string[]): Finding[] {
  const findings = lines.flatMap((line, index) => {
    const at = `${path}:${index + 1}`;
    return [
      ...(line.length > MOST_COLUMNS ? [`${at} line length: ${line.length} columns, at most ${MOST_COLUMNS}`] : []),
      ...(UNFINISHED.test(line) ? [`${at} unfinished: ${UNFINISHED.exec(line)![0]}`] : []),
      ...(SILENCED.test(line) ? [`${at} silenced: ${SILENCED.exec(line)![0]}`] : []),
    ];
  });
  if (lines.length > MOST_FILE_LINES)
    findings.push(`${path} file length: ${lines.length} lines, at most ${MOST_FILE_LINES}`);
  return findings;
}

/** Everything that is wrong with the style of one file. Pure: `path` is relative to the root, with slashes. */
export function findingsIn(path: string, text: string): Finding[] {
  const findings = findingsInLines(path, text.trimEnd().split('\n'));
  if (EMPTY_FILE_NAME.test(path)) findings.push(`${path} name: a file is named for what it holds`);
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const rules = RULES.filter((rule) => rule.applies(path));
  const visit = (node: ts.Node): void => {
    for (const { name, check } of rules) {
      const wrong = check(node);
      if (wrong !== undefined) findings.push(`${path}:${lineOf(file, node.getStart(file))} ${name}: ${wrong}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return findings;
}
