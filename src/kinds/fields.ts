import 'reflect-metadata';
import { isDay, readDay } from '../time/clock.js';
import { listed, type Vocabulary } from '../text/codes.js';
import { type Adopted } from '../reference/adopted.js';
import { type Text, text } from '../errors.js';
import { isSeen } from '../text/foreign-text.js';
import { momentText, readMoment } from '../time/moment.js';
import { AMOUNT_PATTERN, normaliseAmount, POSITIVE_AMOUNT_PATTERN } from '../money.js';
import { IsArray, IsObject, ValidateIf, ValidateNested, type ValidationOptions } from '../validation.js';
import { among, type Check, matching, passing, type Schema, whole } from './checks.js';

/**
 * The fields of commands. One decorator per kind of value; each is made of checks that class-validator and JSON Schema
 * both know, so that the same definition gives the check with explanations, the compiled check, the published schemas,
 * the columns of a file, and the field's name in both languages.
 */

export type FieldKind = 'amount' | 'text' | 'code' | 'count' | 'nested' | 'rows' | 'amounts' | 'day' | 'moment';

/** What is known about one field of a command class, in the order of declaration. */
export interface Field {
  readonly property: string;
  readonly name: Text;
  readonly kind: FieldKind;
  readonly optional: boolean;
  /** The class of a nested value, or of each of a list of them. */
  readonly nested?: new () => object;
  /** The codes of a closed list or the keys of a map of amounts, and the words for them: by what is adopted. */
  readonly codes?: CodesOn;
  /** Where the list is not closed by the program: the error of a code that is not adopted on the business day. */
  readonly adopted?: { readonly code: string; readonly expected: (codes: Vocabulary) => Text };
  /** Where people have several ways to write its values. */
  readonly spelling?: FieldSpelling;
  /** The JSON Schema of what it holds; of a nested value that of its class stands in its place. */
  readonly schema: Schema;
}

/** A list of codes as it is adopted; a list of the program's own is always the same. */
export type CodesOn = (adopted: Adopted) => Vocabulary;

/** A day; a year or a month; a SHA-256. */
export type FieldSpelling = 'day' | 'period' | 'digest';

export interface FieldOptions {
  readonly optional?: boolean;
}

const FIELDS = new Map<object, Field[]>();
const ALL_FIELDS = new Map<object, readonly Field[]>();

/** The classes that have fields of their own, in the order of their declaration. */
export const classesWithFields = (): (new () => object)[] =>
  [...FIELDS.keys()].map((prototype) => prototype.constructor as new () => object);

/** The fields of a command class, those of its base classes first. Asked only once the class is complete. */
export function fieldsOf(type: new () => object): readonly Field[] {
  const known = ALL_FIELDS.get(type);
  if (known) return known;
  const fields = [...inheritedBy(type), ...(FIELDS.get(type.prototype as object) ?? [])];
  ALL_FIELDS.set(type, fields);
  return fields;
}

/** The fields that a class has from its base classes. */
export function inheritedBy(type: new () => object): readonly Field[] {
  const base = Object.getPrototypeOf(type.prototype) as { constructor: new () => object };
  return base === Object.prototype ? [] : fieldsOf(base.constructor);
}

/**
 * Turns a checked value into its canonical form: amounts with two places, text in Unicode NFC, days and moments that
 * were asked for as the ledger writes them, fields in order.
 */
export function canonicalise<C extends object>(type: new () => C, input: C, adopted: Adopted): C {
  if (isCanonical(type, input, adopted)) return input;
  const output: Record<string, unknown> = {};
  for (const field of fieldsOf(type)) {
    const value = (input as Record<string, unknown>)[field.property];
    if (value !== undefined) output[field.property] = canonicalContent(field, value, adopted);
  }
  return output as C;
}

/** True where nothing has to be changed: nearly every line of every file, and to look costs half of writing it anew. */
function isCanonical(type: new () => object, input: object, adopted: Adopted): boolean {
  const fields = fieldsOf(type);
  // First, and by itself: whoever writes a command by hand mostly has another order, and then all is written anew.
  if (!isInOrder(fields, input)) return false;
  let at = 0;
  // By what is there, not by all that might be: a command leaves most of its fields out.
  for (const property in input) {
    while (fields[at]!.property !== property) at += 1;
    const value = (input as Record<string, unknown>)[property];
    if (canonicalContent(fields[at]!, value, adopted) !== value) return false;
  }
  return true;
}

/** True where the fields of a value stand in their order, and each of them holds something. */
function isInOrder(fields: readonly Field[], input: object): boolean {
  let at = 0;
  for (const property in input) {
    while (at < fields.length && fields[at]!.property !== property) at += 1;
    if (at === fields.length || (input as Record<string, unknown>)[property] === undefined) return false;
  }
  return true;
}

/** What a field holds, in its canonical form; the very same where it has that already, but for lists and maps. */
function canonicalContent({ kind, nested, codes }: Field, value: unknown, adopted: Adopted): unknown {
  switch (kind) {
    case 'code':
    case 'count':
      return value;
    case 'amount':
      return normaliseAmount(value as string);
    case 'text':
      return (value as string).normalize('NFC');
    case 'day':
      return readDay(value as string);
    case 'moment':
      return momentText(readMoment(value as string)!);
    case 'nested':
      return canonicalise(nested!, value as object, adopted);
    case 'rows':
      return (value as object[]).map((row) => canonicalise(nested!, row, adopted));
    case 'amounts':
      return canonicalAmounts(codes!(adopted), value as Record<string, string>);
  }
}

/** The same text by field, with the code for every word that stands for one; what is no such word stays as it is. */
export function withCodes(
  type: new () => object,
  input: Readonly<Record<string, string>>,
  adopted: Adopted,
): Readonly<Record<string, string>> {
  const output = { ...input };
  for (const { property, codes } of fieldsOf(type)) {
    const value = input[property];
    if (value !== undefined && codes) output[property] = codes(adopted).codeOf(value) ?? value;
  }
  return output;
}

/** Amounts in the order in which their keys were adopted; those that are not adopted stand behind, as they came. */
function canonicalAmounts({ codes }: Vocabulary, amounts: Record<string, string>): Record<string, string> {
  const known = codes.filter((key) => Object.hasOwn(amounts, key));
  const others = Object.keys(amounts).filter((key) => !codes.includes(key));
  return Object.fromEntries([...known, ...others].map((key) => [key, normaliseAmount(amounts[key]!)]));
}

interface Shape {
  readonly kind: FieldKind;
  readonly nested?: new () => object;
  readonly codes?: CodesOn | undefined;
  readonly adopted?: Field['adopted'];
  readonly spelling?: FieldSpelling | undefined;
  readonly schema?: Schema;
}

/** Declares a field: what is known of it, and the checks of what it holds. */
export function field(name: Text, options: FieldOptions, shape: Shape, ...checks: Check[]): PropertyDecorator {
  return (target, property) => {
    const { kind, nested, codes, adopted, spelling } = shape;
    const entry: Field = {
      property: String(property),
      name,
      kind,
      optional: options.optional ?? false,
      ...(nested && { nested }),
      ...(codes && { codes }),
      ...(adopted && { adopted }),
      ...(spelling && { spelling }),
      schema: Object.assign(
        {},
        ...checks.map(({ schema }) => schema),
        { title: titleOf(name) },
        shape.schema,
      ) as Schema,
    };
    FIELDS.set(target, [...(FIELDS.get(target) ?? []), entry]);
    const optional = options.optional ? [ValidateIf((_, value) => value !== undefined)] : [];
    for (const decorate of [...checks.map((check) => check.decorate), ...optional]) decorate(target, entry.property);
  };
}

const titleOf = ({ zh, en }: Text): string => `${zh} ${en}`;

/** Hangs the facts of an error on a class-validator check. */
export const says = (code: string, expected: Text): ValidationOptions => ({ context: { code, expected } });

/** What is said of a text that is no positive amount. */
export const AMOUNT_FACTS = {
  code: 'amount-format',
  expected: text(
    '大于零的金额字符串，如 "1234.50"，至多 15 位整数和两位小数',
    'a positive amount as a string such as "1234.50", at most 15 digits and two places',
  ),
};
const AMOUNT = says(AMOUNT_FACTS.code, AMOUNT_FACTS.expected);
const POSITIVE_AMOUNT = new RegExp(POSITIVE_AMOUNT_PATTERN);

export const isPositiveAmount = (value: unknown): boolean => typeof value === 'string' && POSITIVE_AMOUNT.test(value);

/** A positive amount of yuan, e.g. `"1234.50"`. */
export const Amount = (name: Text, options: FieldOptions = {}): PropertyDecorator =>
  field(name, options, { kind: 'amount' }, matching(POSITIVE_AMOUNT, AMOUNT));

/** An amount of yuan that may be zero, e.g. one of two shares. */
export const AmountOrZero = (name: Text, options: FieldOptions = {}): PropertyDecorator =>
  field(
    name,
    options,
    { kind: 'amount' },
    matching(
      new RegExp(AMOUNT_PATTERN),
      says(
        'amount-format',
        text(
          '金额字符串，如 "0.00"，至多 15 位整数和两位小数',
          'an amount as a string such as "0.00", at most 15 digits and two places',
        ),
      ),
    ),
  );

/** A calendar day, `YYYY-MM-DD`. */
export const Day = (name: Text, options: FieldOptions = {}): PropertyDecorator =>
  field(
    name,
    options,
    { kind: 'code', spelling: 'day', schema: { type: 'string', format: 'date' } },
    passing(
      'day',
      (value) => isText(value) && isDay(value),
      says('date', text('存在的日期，格式 YYYY-MM-DD', 'a day that exists, as YYYY-MM-DD')),
      { type: 'string' },
    ),
  );

const isText = (value: unknown): value is string => typeof value === 'string';
const isSeenText = (value: unknown): boolean => isText(value) && isSeen(value);

/** A calendar day that someone asks for, in any of the ways that people write one; canonical as `YYYY-MM-DD`. */
export const AskedDay = (name: Text, options: FieldOptions = {}): PropertyDecorator =>
  field(
    name,
    options,
    { kind: 'day', schema: { type: 'string', examples: ['2026-05-31', '2026/5/31', '20260531', '2026年5月31日'] } },
    passing(
      'asked-day',
      (value) => isText(value) && readDay(value) !== undefined,
      says(
        'date',
        text('存在的日期，如 2026-05-31、2026/5/31、2026年5月31日', 'a day that exists, e.g. 2026-05-31 or 2026/5/31'),
      ),
      { type: 'string' },
    ),
  );

/** A moment of recording that someone asks for: a day, an instant or a position of the log. */
export const AskedMoment = (name: Text, options: FieldOptions = {}): PropertyDecorator =>
  field(
    name,
    options,
    {
      kind: 'moment',
      schema: { type: 'string', examples: ['2026-05-31', '2026-05-31T12:00:00+08:00', '120', 'position:20260531'] },
    },
    passing(
      'asked-moment',
      (value) => isText(value) && readMoment(value) !== undefined,
      says(
        'recorded-as-of',
        text(
          '存在的日期（2026-05-31）、时刻（2026-05-31T12:00+08:00）或日志位置（120；数字像日期时写 position:20260531）',
          'a day that exists (2026-05-31), an instant (2026-05-31T12:00+08:00) or a position of the log (120; ' +
            'position:20260531 where the digits look like a day)',
        ),
      ),
      { type: 'string' },
    ),
  );

/**
 * One of a closed list. What is stored is the code; files, questions and the command line take its words too, see
 * `withCodes`. `code` names the error, e.g. `unknown-fund`.
 */
export function OneOf(
  name: Text,
  vocabulary: Vocabulary,
  options: FieldOptions & { code?: string } = {},
): PropertyDecorator {
  const { zh, en } = listed(vocabulary, vocabulary.codes);
  return field(
    name,
    options,
    { kind: 'code', codes: () => vocabulary },
    among(vocabulary.codes, says(options.code ?? 'one-of', text(`${zh} 之一`, `one of ${en}`))),
  );
}

/** A code or reference of ASCII letters, digits and a few marks, e.g. `E-0001`. Never a person's name or number. */
export const Reference = (name: Text, options: FieldOptions = {}): PropertyDecorator =>
  Pattern(
    name,
    '^[A-Za-z0-9][A-Za-z0-9._/:-]{0,63}$',
    'reference',
    text('1 至 64 个字母、数字或 . _ / : - 组成的编号', 'a reference of 1 to 64 letters, digits or . _ / : -'),
    options,
  );

/** Text that matches a pattern, with its own error code. */
export const Pattern = (
  name: Text,
  pattern: string,
  code: string,
  expected: Text,
  { codes, spelling, ...options }: FieldOptions & Pick<Field, 'codes' | 'spelling'> = {},
): PropertyDecorator =>
  field(name, options, { kind: 'code', codes, spelling }, matching(new RegExp(pattern), says(code, expected)));

/** What class-validator calls the check that a text is what it looks like. */
export const SEEN_CHECK = 'seen';

/**
 * A line of free text in which everything is seen. The published pattern is wider: it is what every event has kept,
 * also those from before invisible characters were refused.
 */
export function Line(name: Text, maxLength = 200, options: FieldOptions = {}): PropertyDecorator {
  const facts = says(
    'text',
    text(
      `1 至 ${maxLength} 个可见字符，不含控制字符和不可见字符`,
      `1 to ${maxLength} characters to be seen, without control or invisible characters`,
    ),
  );
  const pattern = new RegExp(`^[^\\p{Cc}\\p{Cs}\\u2028\\u2029]{1,${maxLength}}$`, 'u');
  return field(name, options, { kind: 'text' }, matching(pattern, facts), passing(SEEN_CHECK, isSeenText, facts));
}

/** A whole number, e.g. of people or claims. Never an amount of money. */
export function Count(name: Text, options: FieldOptions & { min?: number; max?: number } = {}): PropertyDecorator {
  const { min = 0, max = 1_000_000_000 } = options;
  const facts = says('count', text(`${min} 至 ${max} 的整数`, `a whole number from ${min} to ${max}`));
  return field(name, options, { kind: 'count' }, ...whole(min, max, facts));
}

/** A nested object of another class. */
export const Nested = (name: Text, nested: new () => object, options: FieldOptions = {}): PropertyDecorator =>
  field(
    name,
    options,
    { kind: 'nested', nested },
    { decorate: IsObject(says('object', text('对象', 'an object'))), schema: {} },
    { decorate: ValidateNested(), schema: {} },
  );

/** A list of objects of another class, in their order. */
export const RowsOf = (name: Text, nested: new () => object): PropertyDecorator =>
  field(
    name,
    {},
    { kind: 'rows', nested },
    { decorate: IsArray(says('array', text('列表', 'a list'))), schema: {} },
    { decorate: ValidateNested({ each: true }), schema: {} },
  );

/** The values of another class in a field: one of them, or a list, with where each stands. */
export function nestedIn({ kind, property }: Field, content: unknown): (readonly [path: string, value: object])[] {
  if (kind === 'nested') return [[property, content as object]];
  if (kind !== 'rows' || !Array.isArray(content)) return [];
  return content.map((value: unknown, index) => [`${property}/${index}`, value as object]);
}
