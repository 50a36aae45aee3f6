import { isClosing } from '../books/periods.js';
import { commandSchemas } from './schemas.js';
import { type EventKind } from './kind.js';

type Schema = Readonly<Record<string, unknown>>;

const SIGNED_AMOUNT = '^-?[0-9]+\\.[0-9]{2}$';

/** The entries and findings of an event, as every schema that needs them defines them. */
const SHARED: Readonly<Record<string, Schema>> = {
  Entry: {
    type: 'object',
    description: '分录：借方或贷方其一，红字为负 an entry: a debit or a credit, negative when in red',
    properties: {
      account: { type: 'string' },
      detail: { type: 'string' },
      share: { enum: ['pool', 'personal'] },
      debit: { type: 'string', pattern: SIGNED_AMOUNT },
      credit: { type: 'string', pattern: SIGNED_AMOUNT },
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
      pointer: { type: 'string' },
      code: { type: 'string' },
      expected: { $ref: '#/$defs/Text' },
      got: { type: 'string' },
    },
    required: ['pointer', 'code', 'expected', 'got'],
  },
};

/** What every event carries beside the fields of its command. */
const COMMON: Readonly<Record<string, Schema>> = {
  key: { type: 'string', description: '幂等键 idempotency key of a single command' },
  source: { type: 'string', pattern: '^[0-9a-f]{32}$', description: '来源文件的摘要 digest of the file it came from' },
  line: { type: 'integer', minimum: 1, description: '来源文件的行号 line of that file' },
  recordedAt: { type: 'string', format: 'date-time', description: '入账时间（UTC） time of recording, UTC' },
  policy: { type: 'string', format: 'date', description: '所依政策版本 version of the policy applied' },
  reference: {
    type: 'integer',
    minimum: 0,
    description: '所依基础资料的版本 revision of the reference stream it was decided under',
  },
};

const VOUCHER: Readonly<Record<string, Schema>> = {
  period: { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}$', description: '会计期间 period' },
  voucherType: { enum: ['receipt', 'payment', 'transfer'], description: '收、付、转 series of the voucher number' },
  voucherNumber: { type: 'integer', minimum: 1, description: '本期本类凭证号 number in its period and series' },
  entries: { type: 'array', items: { $ref: '#/$defs/Entry' }, minItems: 2 },
};

/** A month in which nothing came or went is closed without entries. */
const CARRIED = { entries: { type: 'array', items: { $ref: '#/$defs/Entry' } } };

const CLOSING: Readonly<Record<string, Schema>> = {
  closing: {
    type: 'object',
    description: '结账后各明细余额及其摘要 what every ledger line holds behind it, and the SHA-256 of the JSON of that',
    properties: {
      balances: { type: 'array', items: { $ref: '#/$defs/Entry' } },
      sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    },
    required: ['balances', 'sha256'],
  },
};

/** What the register says of a memo. */
const REGISTER: Readonly<Record<string, Schema>> = {
  answers: { type: 'string', description: '所承接的备查 id of the memo of the same register that it answers' },
  adds: { type: 'string', pattern: SIGNED_AMOUNT, description: '登记簿增减 what it adds to what the register holds' },
};

/** What a reversal says of the registers in which what it takes back stands: it names nobody itself. */
const REVERSAL: Readonly<Record<string, Schema>> = {
  registers: {
    type: 'object',
    additionalProperties: { type: 'string' },
    description: '所冲销分录的往来对象 for whom, or for which year, the entries that it takes back are, by account',
  },
};

const FINDINGS = { findings: { type: 'array', items: { $ref: '#/$defs/Finding' } } };

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
  const { added, always, ...rules } = additionsTo(kind);
  const properties = { kind: { const: kind.kind }, ...added, ...command.properties };
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
  readonly added: Readonly<Record<string, Schema>>;
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
  if (form === 'notice') return { added: { key, recordedAt }, always: ['key', 'recordedAt'] };
  if (form === 'adoption') return { added: { key, recordedAt, reference }, always: ['key', 'recordedAt'] };
  const ofMemo = 'register' in kind ? REGISTER : {};
  const ofForm = { ...(form === 'closing' && CLOSING), ...(isClosing(kind.kind) && CARRIED) };
  const more = form === 'memo' ? ofMemo : { ...VOUCHER, ...(form === 'reversal' && REVERSAL), ...ofForm };
  const always = Object.keys(form === 'memo' ? FINDINGS : { ...VOUCHER, ...ofForm });
  return {
    added: { ...COMMON, ...more, ...FINDINGS },
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
