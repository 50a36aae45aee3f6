import { findAccount } from '../../books/chart-of-accounts.js';
import { parseLedgerLine } from '../../books/entries.js';
import { type Field, fieldsOf } from '../../vouchers/fields.js';
import { type CommandKind } from '../../vouchers/voucher.js';

/** Where a column's value goes in a command: `['payer', 'kind']`. Two steps at most today, but nothing counts on it. */
export interface Target {
  readonly path: readonly string[];
  readonly kind: Field['kind'];
}

/** The names of the two columns that are no field of any command. */
const KIND_NAMES = new Set(['kind', '业务种类', '业务种类 kind']);
const KEY_NAMES = new Set(['key', '行标识', '行标识 key']);

/** A name as it is compared: without surrounding space, Latin letters in lower case, Unicode NFC. */
const folded = (name: string): string => name.trim().normalize('NFC').toLowerCase();

export const isKindName = (name: string): boolean => KIND_NAMES.has(folded(name));
export const isKeyName = (name: string): boolean => KEY_NAMES.has(folded(name));

const TARGETS = new Map<CommandKind, ReadonlyMap<string, Target>>();

/**
 * Where the column of a name goes in a command of a kind; undefined where the kind has no such field. A field is called
 * by its property, its Chinese or English name, or both as in the published schemas (`金额 amount`); a nested field by
 * the names of both joined by a dot, or by its own Chinese or English name where no other field has it.
 */
export function targetOf(kind: CommandKind, name: string): Target | undefined {
  let targets = TARGETS.get(kind);
  if (!targets) TARGETS.set(kind, (targets = targetsOf(kind.command)));
  return targets.get(folded(name));
}

function targetsOf(type: new () => object): ReadonlyMap<string, Target> {
  const targets = new Map<string, Target>();
  const short = new Map<string, Target[]>();
  const addAll = (names: readonly string[], target: Target): void => {
    for (const name of names) if (!targets.has(folded(name))) targets.set(folded(name), target);
  };
  for (const { names, own, target } of namedTargets(type, [], [''])) {
    addAll(names, target);
    for (const name of own) short.set(folded(name), [...(short.get(folded(name)) ?? []), target]);
  }
  for (const [name, [target, ...others]] of short) if (others.length === 0) addAll([name], target!);
  return targets;
}

interface NamedTarget {
  readonly names: readonly string[];
  /** What a nested field is called on its own. */
  readonly own: readonly string[];
  readonly target: Target;
}

function namedTargets(type: new () => object, path: readonly string[], prefixes: readonly string[]): NamedTarget[] {
  return fieldsOf(type).flatMap((field): NamedTarget[] => {
    const { property, name, kind } = field;
    const own = [property, name.zh, name.en, `${name.zh} ${name.en}`];
    const names = prefixes.flatMap((prefix) => own.map((word) => prefix + word));
    const dotted = names.map((word) => `${word}.`);
    const inner = [...path, property];
    if (kind === 'nested') return namedTargets(field.nested!, inner, dotted);
    if (kind === 'amounts') return field.keys!.map((key) => amountTarget(key, inner, dotted));
    return [{ names, own: path.length === 0 ? [] : own.slice(1), target: { path: inner, kind } }];
  });
}

/** One amount of a map: called by its ledger line, or by the Chinese name of its account. */
function amountTarget(key: string, path: readonly string[], prefixes: readonly string[]): NamedTarget {
  const { account, detail } = parseLedgerLine(key);
  const chinese = detail === undefined ? findAccount(account)?.name.zh : undefined;
  const words = chinese === undefined ? [key] : [key, chinese];
  const names = prefixes.flatMap((prefix) => words.map((word) => prefix + word));
  return { names, own: [], target: { path: [...path, key], kind: 'amount' } };
}
