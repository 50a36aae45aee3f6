import { isClosing } from '../books/periods.js';
import { ADDED, ENTRY_FIELDS, FINDING_FIELDS, type Meaning } from './meanings.js';
import { commandSchemas } from './schemas.js';
import { type EventKind } from './kind.js';

type Schema = Readonly<Record<string, unknown>>;

const SIGNED_AMOUNT = '^-?[0-9]+\\.[0-9]{2}$';

/** A part of a schema with what it means, in both languages. */
const described = (meaning: Meaning | undefined, schema: Schema): Schema => ({
  ...schema,
  description: `${meaning!.name.zh} ${meaning!.name.en}`,
});
const added = (name: keyof typeof ADDED, schema: Schema): Schema => described(ADDED[name], schema);

/** The entries and findings of an event, as every schema that needs them defines them. */
const SHARED: Readonly<Record<string, Schema>> = {
  Entry: {
    type: 'object',
    description: '分录：借方或贷方其一，红字为负 an entry: a debit or a credit, negative when in red',
    properties: {
      account: described(ENTRY_FIELDS['account'], { type: 'string' }),
      detail: described(ENTRY_FIELDS['detail'], { type: 'string' }),
      share: described(ENTRY_FIELDS['share'], { enum: ['pool', 'personal'] }),
      debit: described(ENTRY_FIELDS['debit'], { type: 'string', pattern: SIGNED_AMOUNT }),
      credit: described(ENTRY_FIELDS['credit'], { type: 'string', pattern: SIGNED_AMOUNT }),
    },
    required: ['account'],
    oneOf: [{ required: ['debit'] }, { required: ['credit'] }],
  },
  Text: {
    type: 'object',
    properties: { zh: { type: 'string' }, en: { type: 'string' } },
    required: ['zh', 'en'],
  },
  Finding: {
    type: 'object',
    description: '已记录而可疑之处 what looked wrong and was recorded all the same',
    properties: {
      pointer: described(FINDING_FIELDS['pointer'], { type: 'string' }),
      code: described(FINDING_FIELDS['code'], { type: 'string' }),
      expected: described(FINDING_FIELDS['expected'], { $ref: '#/$defs/Text' }),
      got: described(FINDING_FIELDS['got'], { type: 'string' }),
    },
    required: ['pointer', 'code', 'expected', 'got'],
  },
};

/** What every event carries beside the fields of its command. */
const COMMON: Readonly<Record<string, Schema>> = {
  key: added('key', { type: 'string' }),
  source: added('source', { type: 'string', pattern: '^[0-9a-f]{32}$' }),
  line: added('line', { type: 'integer', minimum: 1 }),
  recordedAt: added('recordedAt', { type: 'string', format: 'date-time' }),
  policy: added('policy', { type: 'string', format: 'date' }),
  reference: added('reference', { type: 'integer', minimum: 0 }),
};

const ENTRIES = added('entries', { type: 'array', items: { $ref: '#/$defs/Entry' } });
const VOUCHER: Readonly<Record<string, Schema>> = {
  period: added('period', { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}$' }),
  voucherType: added('voucherType', { enum: ['receipt', 'payment', 'transfer'] }),
  voucherNumber: added('voucherNumber', { type: 'integer', minimum: 1 }),
  entries: { ...ENTRIES, minItems: 2 },
};

/** A month in which nothing came or went is closed without entries. */
const CARRIED = { entries: ENTRIES };

const CLOSING: Readonly<Record<string, Schema>> = {
  closing: added('closing', {
    type: 'object',
    properties: {
      balances: { type: 'array', items: { $ref: '#/$defs/Entry' } },
      sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    },
    required: ['balances', 'sha256'],
  }),
};

/** What the register says of a memo. */
const REGISTER: Readonly<Record<string, Schema>> = {
  answers: added('answers', { type: 'string' }),
  adds: added('adds', { type: 'string', pattern: SIGNED_AMOUNT }),
};

/** What a reversal says of the registers in which what it takes back stands: it names nobody itself. */
const REVERSAL: Readonly<Record<string, Schema>> = {
  registers: added('registers', { type: 'object', additionalProperties: { type: 'string' } }),
};

const FINDINGS = { findings: added('findings', { type: 'array', items: { $ref: '#/$defs/Finding' } }) };

/** An event type as its name and version: `ContributionRecorded.v1` is `ContributionRecorded` and `v1`. */
export function splitType(type: string): [name: string, version: string] {
  const dot = type.lastIndexOf('.');
  return [type.slice(0, dot), type.slice(dot + 1)];
}

/** Where the schema of an event type is published: `/schemas/<name>/<version>.json`. */
export const schemaPath = (type: string): string => `/schemas/${splitType(type).join('/')}.json`;

/**
 * JSON Schema 2020-12 of the stored bytes of an event, from the definition of its command. Readers must let fields pass
 * that they do not know: later versions of the same schema may add optional ones.
 */
export function eventSchema(kind: EventKind): Schema {
  const commands = commandSchemas();
  const command = commands[kind.command.name] as { properties: Readonly<Record<string, Schema>>; required: string[] };
  const { more, always, ...rules } = additionsTo(kind);
  const properties = { kind: added('kind', { const: kind.kind }), ...more, ...command.properties };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: schemaPath(kind.event),
    title: `${kind.name.zh} ${kind.name.en}`,
    type: 'object',
    properties,
    required: ['kind', ...always, ...command.required],
    ...rules,
    $defs: definitionsOf(properties, { ...commands, ...SHARED }),
  };
}

interface Additions {
  readonly more: Readonly<Record<string, Schema>>;
  /** Those that are always there. */
  readonly always: readonly string[];
  readonly oneOf?: readonly Schema[];
}

/**
 * What the ledger adds to the fields of an event's own class. A notice has a key and a time, and nothing else; an
 * adoption also what it was checked against.
 */
function additionsTo(kind: EventKind): Additions {
  const { form } = kind;
  const { key, recordedAt, reference } = COMMON as Record<'key' | 'recordedAt' | 'reference', Schema>;
  if (form === 'notice') return { more: { key, recordedAt }, always: ['key', 'recordedAt'] };
  if (form === 'adoption') return { more: { key, recordedAt, reference }, always: ['key', 'recordedAt'] };
  const ofMemo = 'register' in kind ? REGISTER : {};
  const ofForm = { ...(form === 'closing' && CLOSING), ...(isClosing(kind.kind) && CARRIED) };
  const ofWhat = form === 'memo' ? ofMemo : { ...VOUCHER, ...(form === 'reversal' && REVERSAL), ...ofForm };
  const always = Object.keys(form === 'memo' ? FINDINGS : { ...VOUCHER, ...ofForm });
  return {
    more: { ...COMMON, ...ofWhat, ...FINDINGS },
    always: ['recordedAt', 'policy', ...always],
    oneOf: [{ required: ['key'] }, { required: ['source', 'line'] }],
  };
}

/** The definitions that some properties refer to, and those that these refer to. */
function definitionsOf(part: unknown, known: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = [...JSON.stringify(part).matchAll(/"#\/\$defs\/([A-Za-z]+)"/g)].map(([, name]) => name!);
  return Object.fromEntries(
    [...new Set(names)].sort().flatMap((name) => {
      const { additionalProperties, ...open } = known[name] as Record<string, unknown>;
      return [[name, open], ...Object.entries(definitionsOf(open, known))];
    }),
  );
}
