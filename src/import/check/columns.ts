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
const TARGETS = new WeakMap<Adopted, Map<new () => object, ReadonlyMap<string, Target>>>();

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
  const target = targets.get(plain);
  if (target) return target;
  const inYuan = targets.get(plain.replace(IN_YUAN, ''));
  return inYuan?.spelling === 'amount' ? inYuan : undefined;
}

/** The unit behind the name of an amount: `金额（元）`. */
const IN_YUAN = /\((?:元|人民币元|yuan|cny|rmb)\)$/;

/** What tables number their rows with: no field, and no line of the file. */
const ROW_NUMBERS: ReadonlySet<string> = new Set(['序号', '行号', 'no', 'no.', '#', 'row']);

/** True for the name of a column that numbers the rows of a table; it is passed over. */
export const isRowNumber = (name: string): boolean => ROW_NUMBERS.has(folded(name));

function targetsOf(type: new () => object, adopted: Adopted): ReadonlyMap<string, Target> {
  const targets = new Map<string, Target>();
  const short = new Map<string, Target[]>();
  const addAll = (names: readonly string[], target: Target): void => {
    for (const name of names) {
      const word = folded(name);
      if (!targets.has(word)) targets.set(word, target);
    }
  };
  for (const { names, own, target } of namedTargets(type, [], [''], adopted)) {
    addAll(names, target);
    for (const name of own) short.set(folded(name), [...(short.get(folded(name)) ?? []), target]);
  }
  for (const [name, [target, ...others]] of short) if (others.length === 0) addAll([name], target!);
  return targets;
}

/** What a field is called: by its property, its names, and both as in the published schemas (`金额 amount`). */
export const namesOf = ({ property, name }: Field): string[] => [property, name.zh, name.en, `${name.zh} ${name.en}`];

interface NamedTarget {
  readonly names: readonly string[];
  /** What a nested field is called on its own. */
  readonly own: readonly string[];
  readonly target: Target;
}

function namedTargets(
  type: new () => object,
  path: readonly string[],
  prefixes: readonly string[],
  adopted: Adopted,
): NamedTarget[] {
  return fieldsOf(type).flatMap((field): NamedTarget[] => {
    const { property, kind, codes } = field;
    const own = namesOf(field);
    const names = prefixes.flatMap((prefix) => own.map((word) => prefix + word));
    const dotted = names.map((word) => `${word}.`);
    const inner = [...path, property];
    if (kind === 'nested') return namedTargets(field.nested!, inner, dotted, adopted);
    if (kind === 'amounts') return codes!(adopted).codes.map((key) => amountTarget(key, inner, dotted, adopted));
    const target = { path: inner, spelling: spellingOf(field), ...(codes && { codeOf: codes(adopted).codeOf }) };
    return [{ names, own: path.length === 0 ? [] : own.slice(1), target }];
  });
}

const spellingOf = ({ spelling, kind }: Field): Spelling =>
  spelling ?? (kind === 'amount' || kind === 'count' || kind === 'text' ? kind : 'code');

/** One amount of a map: called by its ledger line, in codes or in words. */
function amountTarget(
  key: string,
  path: readonly string[],
  prefixes: readonly string[],
  { chart }: Adopted,
): NamedTarget {
  const names = prefixes.flatMap((prefix) => wordsOfLine(key, chart).map((word) => prefix + word));
  return { names, own: [], target: { path: [...path, key], spelling: 'amount' } };
}
