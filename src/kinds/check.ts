import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { isDay } from '../time/clock.js';
import { type ErrorDetail, LedgerError, show, type Text, text } from '../errors.js';
import { isBlank, isSeen } from '../text/foreign-text.js';
import { type Adopted } from '../reference/adopted.js';
import { type Reference } from '../reference/reference.js';
import { type ValidationError, Validator } from '../validation.js';
import { AMOUNT_FACTS, canonicalise, type Field, fieldsOf, isPositiveAmount, nestedIn } from './fields.js';
import { commandSchemas } from './schemas.js';

/**
 * Checking a command's shape. One definition, the command class, two speeds: its JSON Schema compiled, for every
 * command; and class-validator, only where that refuses, to say why. A property test holds the two together.
 */

let ajv: Ajv2020 | undefined;
const compiled = new Map<new () => object, ValidateFunction>();

function compiledCheck(type: new () => object): ValidateFunction {
  let check = compiled.get(type);
  if (!check) {
    if (!ajv) {
      // The schemas are our own: to check them against the schema of schemas would be to compile that first.
      ajv = new Ajv2020({ strict: false, validateSchema: false });
      ajv.addFormat('date', { type: 'string', validate: isDay });
      ajv.addSchema({ $id: 'commands', $defs: commandSchemas() });
    }
    check = ajv.getSchema(`commands#/$defs/${type.name}`);
    if (!check) throw new Error(`no schema for ${type.name}`);
    compiled.set(type, check);
  }
  return check;
}

/** True where the value has the shape of the command; the fast of the two checks. */
export const hasShape = (type: new () => object, value: unknown): boolean => compiledCheck(type)(value);

/** True where every text in a value of the command's shape is what it looks like: the fast of the checks of that. */
export function isTextSeen(type: new () => object, value: object): boolean {
  for (const field of TEXTS.of(type)) {
    const content = (value as Readonly<Record<string, unknown>>)[field.property];
    if (content === undefined) continue;
    if (field.nested ? !everyNested(field, content, isTextSeen) : !isSeen(content as string)) return false;
  }
  return true;
}

/**
 * True where every code in a value of the command's shape is adopted: the fast of the checks of that. Codes that the
 * program knows by itself are part of the shape.
 */
export function isAdopted(type: new () => object, value: object, adopted: Adopted): boolean {
  const isNestedAdopted = (nested: new () => object, each: object): boolean => isAdopted(nested, each, adopted);
  for (const field of ADOPTED.of(type)) {
    const content = (value as Readonly<Record<string, unknown>>)[field.property];
    if (content === undefined) continue;
    if (field.nested ? !everyNested(field, content, isNestedAdopted) : !isAdoptedContent(field, content, adopted))
      return false;
  }
  return true;
}

/** The fields of a sort in a class, and those that hold some deeper: every line of a file is asked for them. */
class FieldsOfSort {
  private readonly known = new Map<new () => object, readonly Field[]>();

  constructor(private readonly isOfSort: (field: Field) => boolean) {}

  of(type: new () => object): readonly Field[] {
    let fields = this.known.get(type);
    if (!fields) {
      const has = (field: Field): boolean => (field.nested ? this.of(field.nested).length > 0 : this.isOfSort(field));
      this.known.set(type, (fields = fieldsOf(type).filter(has)));
    }
    return fields;
  }
}

const TEXTS = new FieldsOfSort(({ kind }) => kind === 'text');
const ADOPTED = new FieldsOfSort(({ adopted }) => adopted !== undefined);

/** Whether each of what is nested in a field passes: it is one object, or a list of them. */
const everyNested = (
  { nested }: Field,
  content: unknown,
  passes: (nested: new () => object, each: object) => boolean,
): boolean =>
  Array.isArray(content)
    ? content.every((each) => passes(nested!, each as object))
    : passes(nested!, content as object);

function isAdoptedContent({ kind, codes }: Field, content: unknown, adopted: Adopted): boolean {
  const known = codes!(adopted);
  return kind === 'amounts'
    ? Object.keys(content as object).every((key) => known.has(key))
    : known.has(content as string);
}

/** What has a command class. */
interface OfClass<C extends object> {
  readonly command: new () => C;
}

/**
 * Checks the shape of a command and returns it in canonical form. Whether its codes are adopted is for `prepare`, so
 * that a key which was answered before is answered again.
 * @throws LedgerError invalid, with one detail for every field that is wrong
 */
export function checkCommand<C extends object>(kind: OfClass<C>, input: unknown, reference: Reference): C {
  if (hasShape(kind.command, input)) return canonicalise(kind.command, input as C, reference.ever);
  throw notWellFormed(kind, input, adoptedFor(input, reference));
}

/** What is adopted on the business day of a command, as far as it names one. */
function adoptedFor(input: unknown, reference: Reference): Adopted {
  const day = (input as { businessDate?: unknown } | null)?.businessDate;
  return typeof day === 'string' && isDay(day) ? reference.on(day) : reference.ever;
}

/** The error of a command that is not as its class says, with one detail for every field that is wrong. */
export function notWellFormed(kind: OfClass<object>, input: unknown, adopted: Adopted): LedgerError {
  const message = text('请求内容不符合要求', 'the command is not well formed');
  return new LedgerError('invalid', 'invalid-command', message, explain(kind.command, input, adopted));
}

/** Says what is wrong with a value that has not the shape of the command, or names what is not adopted. */
export function explain(type: new () => object, input: unknown, adopted: Adopted): ErrorDetail[] {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return [{ pointer: '', code: 'object', expected: text('JSON 对象', 'a JSON object'), got: show(input) }];
  }
  const unknown = unknownFields(type, input, '');
  const errors = new Validator().validateSync(toInstance(type, input), { forbidUnknownValues: false });
  const inOrder = fieldsOf(type).flatMap((field) => {
    const own = errors.filter((error) => error.property === field.property);
    if (own.length === 0) return notAdopted(field, (input as Record<string, unknown>)[field.property], '', adopted);
    return own.flatMap((error) => amountDetails(field, error.value) ?? toDetails(error, ''));
  });
  return [...unknown, ...inOrder.map((detail) => withAdopted(type, detail, adopted))];
}

/** Of a code that has not even its form, what is said is what is adopted. */
function withAdopted(type: new () => object, detail: ErrorDetail, adopted: Adopted): ErrorDetail {
  const field = fieldAt(type, detail.pointer.slice(1).split('/'));
  if (!field?.adopted) return detail;
  return { ...detail, expected: field.adopted.expected(field.codes!(adopted)) };
}

function fieldAt(type: new () => object, [step, ...further]: readonly string[]): Field | undefined {
  const field = fieldsOf(type).find(({ property }) => property === step);
  if (further.length === 0) return field;
  return field?.nested && fieldAt(field.nested, further);
}

/** The codes in a field of the right shape that are not adopted. */
function notAdopted(field: Field, content: unknown, path: string, adopted: Adopted): ErrorDetail[] {
  if (content === undefined) return [];
  const pointer = `${path}/${escapePointer(field.property)}`;
  if (field.nested)
    return nestedIn(field, content).flatMap(([place, each]) =>
      fieldsOf(field.nested!).flatMap((inner) =>
        notAdopted(inner, (each as Record<string, unknown>)[inner.property], `${path}/${place}`, adopted),
      ),
    );
  if (!field.adopted || isAdoptedContent(field, content, adopted)) return [];
  const { code, expected } = field.adopted;
  return [{ pointer, code, expected: expected(field.codes!(adopted)), got: show(content) }];
}

/** The wrong amounts of a map of amounts, each by its own key; undefined where something else is wrong with it. */
function amountDetails({ property, kind }: Field, value: unknown): ErrorDetail[] | undefined {
  if (kind !== 'amounts' || typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const amounts = Object.entries(value) as [string, unknown][];
  const wrong = amounts.filter(([, amount]) => !isPositiveAmount(amount));
  if (wrong.length === 0) return undefined;
  const { code, expected } = AMOUNT_FACTS;
  return wrong.map(([key, amount]) => ({
    pointer: `/${property}/${escapePointer(key)}`,
    code,
    expected,
    got: show(amount),
  }));
}

/**
 * The fields of a value in an instance of their class, for class-validator. By our own knowledge of the fields: what is
 * usual there takes a field named `constructor` for a class and calls it.
 */
function toInstance(type: new () => object, input: object): object {
  const instance = new type() as Record<string, unknown>;
  for (const { property, nested } of fieldsOf(type)) {
    const value = (input as Record<string, unknown>)[property];
    instance[property] = nested ? toInstances(nested, value) : value;
  }
  return instance;
}

function toInstances(type: new () => object, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => toInstances(type, each));
  return typeof value === 'object' && value !== null ? toInstance(type, value) : value;
}

function unknownFields(type: new () => object, input: object, path: string): ErrorDetail[] {
  const fields = new Map(fieldsOf(type).map((field) => [field.property, field]));
  return Object.entries(input).flatMap(([property, value]: [string, unknown]): ErrorDetail[] => {
    const pointer = `${path}/${escapePointer(property)}`;
    const field = fields.get(property);
    if (!field) {
      const known = [...fields.keys()].join(', ');
      const expected = text(`字段 ${known} 之一`, `one of the fields ${known}`);
      return [{ pointer, code: 'unknown-field', expected, got: show(value) }];
    }
    if (!field.nested || typeof value !== 'object' || value === null) return [];
    return nestedIn(field, value).flatMap(([place, each]) =>
      typeof each === 'object' && each !== null ? unknownFields(field.nested!, each, `${path}/${place}`) : [],
    );
  });
}

function toDetails(error: ValidationError, path: string): ErrorDetail[] {
  const pointer = `${path}/${escapePointer(error.property)}`;
  if (error.children && error.children.length > 0) return error.children.flatMap((child) => toDetails(child, pointer));
  const context = Object.values(error.contexts ?? {})[0] as { code: string; expected: Text } | undefined;
  const expected = context?.expected ?? text('有效的值', 'a valid value');
  return [{ pointer, code: codeOf(error.value, context?.code), expected, got: show(error.value) }];
}

/** A text that is there and shows nothing is told apart from one that is not as it must be. */
function codeOf(value: unknown, code = 'invalid'): string {
  if (value === undefined) return 'required';
  return code === 'text' && typeof value === 'string' && isBlank(value) ? 'blank' : code;
}

const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
