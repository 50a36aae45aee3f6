import { wordsOfLine } from '../../books/ledger-lines.js';
import { type Adopted } from '../../reference/adopted.js';
import { folded, type Vocabulary } from '../../text/codes.js';
import { type Field, fieldsOf } from '../../kinds/fields.js';
import { type Spelling } from './cell-values.js';

/** Where a column's value goes in a command: `['payer', 'kind']`. Two steps at most today, but nothing counts on it. */
export interface Target {
  readonly path: readonly string[];
  readonly spelling: Spelling;
  /** The code for a word, in a field of a list. */
  readonly codeOf?: Vocabulary['codeOf'];
}

/** The column of a file of rejects that says what was wrong with each line. */
export const REASONS = 'reasons';

/**
 * The names of the columns that are no field of any command. What a file of ours says about a rejected line is for
 * people, and passed over.
 */
export type OtherColumn = 'kind' | 'key' | 'reasons';
const OTHER_COLUMNS: ReadonlyMap<string, OtherColumn> = new Map(
  (
    [
      ['kind', ['kind', '业务种类', '业务种类 kind', '种类']],
      ['key', ['key', '行标识', '行标识 key']],
      ['reasons', [REASONS]],
    ] as const
  ).flatMap(([column, names]) => names.map((name) => [folded(name), column])),
);

/** Which of the other columns a name is; undefined for the name of a field. */
export const otherColumn = (name: string): OtherColumn | undefined => OTHER_COLUMNS.get(unmarked(name));

/** A name as it is compared, without the mark that forms give the columns which must be filled in: `*金额`. */
const unmarked = (name: string): string => folded(name).replaceAll(/^\*|\*$/g, '');

/** By what is adopted and by class: a map of amounts has a column for each account. */
const TARGETS = new WeakMap<Adopted, Map<new () => object, Targets>>();

/** Where the columns of a class go, by their names, folded. */
interface Targets {
  readonly fields: ReadonlyMap<string, Target>;
  readonly amounts: readonly AmountTargets[];
}

/** The columns of a map of amounts: there are thousands of names for them, and most files use none. */
interface AmountTargets {
  /** What their names begin with: the names of the map and a dot. */
  readonly prefixes: readonly string[];
  /** By what stands behind that: a ledger line in codes or in words. */
  readonly byLine: () => ReadonlyMap<string, Target>;
}

/**
 * Where a column goes in a command of a class; undefined where the class has no such field. A field is called
 * by its property, its Chinese or English name, or both as in the published schemas (`金额 amount`); a nested field by
 * the names of both joined by a dot, or by its own Chinese or English name where no other field has it. The unit may
 * stand behind the name of an amount: `金额（元）`.
 */
export const targetOf = (type: new () => object, name: string, adopted: Adopted): Target | undefined =>
  targetNamed(type, unmarked(name), adopted);

/** True for the name of a field of one of some classes. A name is made plain once: there are many classes. */
export function isFieldOfAny(types: readonly (new () => object)[], name: string, adopted: Adopted): boolean {
  const plain = unmarked(name);
  return types.some((type) => targetNamed(type, plain, adopted) !== undefined);
}

function targetNamed(type: new () => object, plain: string, adopted: Adopted): Target | undefined {
  let known = TARGETS.get(adopted);
  if (!known) TARGETS.set(adopted, (known = new Map()));
  let targets = known.get(type);
  if (!targets) known.set(type, (targets = targetsOf(type, adopted)));
  const target = targetIn(targets, plain);
  if (target || !plain.endsWith(')')) return target;
  const inYuan = targetIn(targets, plain.replace(IN_YUAN, ''));
  return inYuan?.spelling === 'amount' ? inYuan : undefined;
}

function targetIn({ fields, amounts }: Targets, plain: string): Target | undefined {
  const target = fields.get(plain);
  if (target) return target;
  for (const { prefixes, byLine } of amounts) {
    const prefix = prefixes.find((each) => plain.startsWith(each));
    if (prefix !== undefined) return byLine().get(plain.slice(prefix.length));
  }
  return undefined;
}

/** The unit behind the name of an amount: `金额（元）`. */
const IN_YUAN = /\((?:元|人民币元|yuan|cny|rmb)\)$/;

/** What tables number their rows with: no field, and no line of the file. */
const ROW_NUMBERS: ReadonlySet<string> = new Set(['序号', '行号', 'no', 'no.', '#', 'row']);

/** True for the name of a column that numbers the rows of a table; it is passed over. */
export const isRowNumber = (name: string): boolean => ROW_NUMBERS.has(folded(name));

function targetsOf(type: new () => object, adopted: Adopted): Targets {
  const fields = new Map<string, Target>();
  const amounts: AmountTargets[] = [];
  const short = new Map<string, Target[]>();
  const add = (name: string, target: Target): void => {
    if (!fields.has(name)) fields.set(name, target);
  };
  for (const { names, own, field, path } of namedFields(type, [], [''])) {
    if (field.kind === 'amounts') {
      amounts.push({ prefixes: dotted(names), byLine: once(() => amountsByLine(field, path, adopted)) });
      continue;
    }
    const codes = field.codes?.(adopted);
    const target = { path, spelling: spellingOf(field), ...(codes && { codeOf: codes.codeOf }) };
    for (const name of names) add(name, target);
    for (const name of own) short.set(name, [...(short.get(name) ?? []), target]);
  }
  for (const [name, [target, ...others]] of short) if (others.length === 0) add(name, target!);
  return { fields, amounts };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** What a field is called: by its property, its names, and both as in the published schemas (`金额 amount`). */
export const namesOf = ({ property, name }: Field): string[] => [property, name.zh, name.en, `${name.zh} ${name.en}`];

/** A field of a class or of one nested in it, and its names, folded. */
interface NamedField {
  readonly field: Field;
  readonly path: readonly string[];
  readonly names: readonly string[];
  /** What a nested field is called on its own. */
  readonly own: readonly string[];
}

function namedFields(
  type: new () => object,
  path: readonly string[],
  prefixes: readonly string[],
): readonly NamedField[] {
  return fieldsOf(type).flatMap((field): readonly NamedField[] => {
    const own = namesOf(field).map(folded);
    const names = prefixes.flatMap((prefix) => own.map((word) => prefix + word));
    const inner = [...path, field.property];
    if (field.kind === 'nested') return namedFields(field.nested!, inner, dotted(names));
    return [{ field, path: inner, names, own: path.length === 0 ? [] : own.slice(1) }];
  });
}

const dotted = (names: readonly string[]): string[] => names.map((name) => `${name}.`);

const spellingOf = ({ spelling, kind }: Field): Spelling =>
  spelling ?? (kind === 'amount' || kind === 'count' || kind === 'text' ? kind : 'code');

/** The amounts of a map, each by what its ledger line is called, in codes or in words, folded. */
function amountsByLine({ codes }: Field, path: readonly string[], adopted: Adopted): ReadonlyMap<string, Target> {
  const byLine = new Map<string, Target>();
  for (const line of codes!(adopted).codes) {
    const target: Target = { path: [...path, line], spelling: 'amount' };
    for (const word of wordsOfLine(line, adopted.chart).map(folded)) if (!byLine.has(word)) byLine.set(word, target);
  }
  return byLine;
}
