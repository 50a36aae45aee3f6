import { folded } from '../../text/codes.js';
import { show, text } from '../../errors.js';
import { type Adopted } from '../../reference/adopted.js';
import { type Field, fieldsOf } from '../../kinds/fields.js';
import { type LineError } from '../../text/unreadable-file.js';
import { dotted } from './check-lines.js';
import { namesOf, targetOf } from './columns.js';

export type JsonObject = Readonly<Record<string, unknown>>;
type CommandClass = new () => object;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const FIELDS = new Map<CommandClass, ReadonlyMap<string, Field>>();

function fieldsByName(type: CommandClass): ReadonlyMap<string, Field> {
  let fields = FIELDS.get(type);
  if (!fields) FIELDS.set(type, (fields = new Map(fieldsOf(type).map((field) => [field.property, field]))));
  return fields;
}

/** True where every name is a property of the command and no value is a word: the common case, and nothing to do. */
export function isPlain(type: CommandClass, value: JsonObject, adopted: Adopted): boolean {
  const fields = fieldsByName(type);
  for (const name in value) {
    const field = fields.get(name);
    if (!field) return false;
    const content = value[name];
    if (field.nested && isObject(content) && !isPlain(field.nested, content, adopted)) return false;
    if (field.codes && !isInCodes(field, content, adopted)) return false;
  }
  return true;
}

function isInCodes({ codes, kind }: Field, content: unknown, adopted: Adopted): boolean {
  const known = codes!(adopted);
  if (kind === 'amounts') return !isObject(content) || Object.keys(content).every((key) => known.has(key));
  return typeof content !== 'string' || known.codeOf(content) === content;
}

/** A command with its properties and codes, and what the line calls its fields, by JSON pointer. */
interface ReadCommand {
  readonly command: JsonObject;
  readonly names: Readonly<Record<string, string>>;
}

/**
 * The same object with a command's own name for every name that a column may have, and the code for every word that
 * stands for one; a name or a word that nothing is known of stays, for the check of the command to judge.
 */
export function commandOfJson(
  line: number,
  type: CommandClass,
  value: JsonObject,
  adopted: Adopted,
): ReadCommand | LineError {
  const command: Record<string, unknown> = {};
  const names: Record<string, string> = {};
  const error = new Placing(line, command, names, adopted).placeAll(type, value, [], '');
  return error ?? { command, names };
}

class Placing {
  constructor(
    private readonly line: number,
    private readonly command: Record<string, unknown>,
    private readonly names: Record<string, string>,
    private readonly adopted: Adopted,
  ) {}

  /** Places the members of an object that stands at a path; `prefix` is what the line calls that path. */
  placeAll(type: CommandClass, value: JsonObject, path: readonly string[], prefix: string): LineError | undefined {
    for (const [name, content] of Object.entries(value)) {
      const inner = pathOf(type, name, this.adopted);
      const error = this.place(fieldAt(type, inner), [...path, ...inner], prefix + name, content);
      if (error) return error;
    }
    return undefined;
  }

  private place(field: Field | undefined, path: readonly string[], name: string, content: unknown) {
    this.names[pointerOf(path)] = name;
    if (field?.nested && isObject(content)) {
      if (!this.put(path, {}, true)) return twice(this.line, name, content);
      return this.placeAll(field.nested, content, path, `${name}.`);
    }
    if (field?.kind === 'amounts' && isObject(content)) return this.placeAmounts(field, content, path, `${name}.`);
    const coded = typeof content === 'string' ? (field?.codes?.(this.adopted).codeOf(content) ?? content) : content;
    return this.put(path, coded, false) ? undefined : twice(this.line, name, content);
  }

  private placeAmounts({ codes }: Field, amounts: JsonObject, path: readonly string[], prefix: string) {
    if (!this.put(path, {}, true)) return twice(this.line, prefix.slice(0, -1), amounts);
    for (const [word, amount] of Object.entries(amounts)) {
      const at = [...path, codes!(this.adopted).codeOf(word) ?? word];
      this.names[pointerOf(at)] = prefix + word;
      if (!this.put(at, amount, false)) return twice(this.line, prefix + word, amount);
    }
    return undefined;
  }

  /** Puts a value at a path; false where something stands there already that it cannot be joined to. */
  private put(path: readonly string[], value: unknown, isJoined: boolean): boolean {
    let into = this.command;
    for (const step of path.slice(0, -1)) {
      const present = Object.hasOwn(into, step) ? into[step] : define(into, step, {});
      if (!isObject(present)) return false;
      into = present;
    }
    const last = path.at(-1)!;
    if (Object.hasOwn(into, last)) return isJoined && isObject(into[last]);
    define(into, last, value);
    return true;
  }
}

/** A member of whatever name, `__proto__` too. */
function define(into: object, name: string, value: unknown): unknown {
  Object.defineProperty(into, name, { value, enumerable: true, configurable: true, writable: true });
  return value;
}

/** Where a member of an object goes: an object or a map of amounts by its own names, everything else as a column. */
function pathOf(type: CommandClass, name: string, adopted: Adopted): readonly string[] {
  if (fieldsByName(type).has(name)) return [name];
  const target = targetOf(type, name, adopted);
  if (target) return target.path;
  const whole = fieldsOf(type).find((field) => namesOf(field).some((each) => folded(each) === folded(name)));
  return [whole?.property ?? name];
}

function fieldAt(type: CommandClass, [step, ...further]: readonly string[]): Field | undefined {
  const field = fieldsByName(type).get(step!);
  return field?.nested && further.length > 0 ? fieldAt(field.nested, further) : further.length > 0 ? undefined : field;
}

const pointerOf = (path: readonly string[]): string =>
  path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** What a line calls the field at a pointer, by its own names as `commandOfJson` gave them, written as JSON. */
export function nameAmong(names: string | undefined, pointer: string): string {
  const known = (names === undefined ? {} : JSON.parse(names)) as Readonly<Record<string, string>>;
  const steps = pointer.split('/');
  for (let length = steps.length; length > 1; length -= 1) {
    const name = known[steps.slice(0, length).join('/')];
    if (name === undefined) continue;
    return [name, ...steps.slice(length).map((step) => dotted(`/${step}`))].join('.');
  }
  return dotted(pointer);
}

/** The refusal of a field that a line names twice. */
export function twice(line: number, field: string, content: unknown): LineError {
  return { line, field, code: 'duplicate-key', expected: text('每个字段一次', 'each field once'), got: show(content) };
}
