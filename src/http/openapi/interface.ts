import { OF_A_FUND, type Question, sheetPattern } from '../../../projections/asking/question.js';
import { CloseBooks, ReopenBooks } from '../../closing/commands.js';
import { type Text, text } from '../../errors.js';
import { commandSchemas } from '../../kinds/schemas.js';
import { FILE_TYPES } from '../../report/write-export.js';
import { fieldsOf } from '../../kinds/fields.js';
import { plainType } from '../media-types.js';
import { TABLES_TYPE } from '../send-tables.js';
import { type SentKind } from '../../kinds/kind.js';
import { answerName, answerSchemas } from './answers.js';
import { BATCH_PATHS, BATCH_SCHEMAS } from './batches.js';
import { IMPORT_SCHEMAS, IMPORTED_PATHS } from './imports.js';
import { NAMES_PATHS, NAMES_SCHEMAS } from './names.js';
import { JOB_PATHS, JOB_SCHEMAS } from './jobs.js';
import { OPERATION_SCHEMAS, STANDING_PATHS } from './operation.js';
import { OTHER_PATHS } from './paths.js';
import {
  ANSWER,
  ANSWER_SCHEMAS,
  bilingual,
  HEADERS,
  PARAMETERS,
  type Part,
  PROBLEM_RESPONSES,
  problemsOf,
} from './schemas.js';

const SCHEMAS = '#/components/schemas/';
const ref = (place: string, name: string): Part => ({ $ref: `#/components/${place}/${name}` });
const headers = (...names: readonly string[]): Part =>
  Object.fromEntries(names.map((name) => [name, ref('headers', name)]));

const TAGS: readonly { readonly name: string; readonly says: Text }[] = [
  { name: 'record', says: text('记账：每类凭证一个地址', 'recording: one address for each kind of voucher') },
  { name: 'ask', says: text('查询：每个问题一个地址', 'asking: one address for each question') },
  { name: 'log', says: text('日志：凭证与事件原文', 'the log: vouchers and events as stored') },
  { name: 'import', says: text('导入文件', 'importing files') },
  { name: 'operate', says: text('运行', 'operation') },
];

const SEEN = text(
  '至少一个可见字符，且没有控制字符和不可见字符',
  'at least one character that is seen, and none that is not: no control or format characters',
);

/**
 * The OpenAPI 3.1 description of the service, from the definitions of its commands and questions: nobody writes a field
 * or a parameter twice.
 */
export function describeInterface(kinds: readonly SentKind[], questions: readonly Question[]): Part {
  const known = commandSchemas(SCHEMAS, { description: bilingual(SEEN) });
  return {
    openapi: '3.1.0',
    info: {
      title: '统账 Tongzhang',
      version: '1.0.0',
      description: bilingual(
        text(
          '医疗保障基金账簿。金额是以元为单位、两位小数的字符串。',
          'The ledger of medical-insurance funds. Amounts are strings of yuan with two places.',
        ),
      ),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: '本服务 this service' }],
    // Whoever reaches the service may use it: it listens on this machine alone unless told otherwise.
    security: [],
    tags: TAGS.map(({ name, says }) => ({ name, description: bilingual(says) })),
    paths: {
      ...Object.fromEntries(kinds.map((kind) => [`/v1/${kind.route}`, { post: recording(kind) }])),
      ...Object.fromEntries(questions.map((question) => [`/v1/${question.route}`, { get: asking(question, known) }])),
      ...BATCH_PATHS,
      ...OTHER_PATHS,
      ...IMPORTED_PATHS,
      ...NAMES_PATHS,
      ...JOB_PATHS,
      ...STANDING_PATHS,
    },
    components: {
      schemas: {
        ...ANSWER_SCHEMAS,
        ...answerSchemas(questions),
        ...BATCH_SCHEMAS,
        ...IMPORT_SCHEMAS,
        ...NAMES_SCHEMAS,
        ...JOB_SCHEMAS,
        ...OPERATION_SCHEMAS,
        ...bodySchemas([...kinds.map(({ command }) => command), ...BATCHES], known),
      },
      responses: PROBLEM_RESPONSES,
      parameters: PARAMETERS,
      headers: HEADERS,
    },
  };
}

function recording(kind: SentKind): Part {
  return {
    operationId: `record-${kind.kind}`,
    tags: ['record'],
    summary: bilingual(kind.name),
    description: bilingual(text(`事件 ${kind.event}`, `becomes the event ${kind.event}`)),
    parameters: ['IdempotencyKey', 'IfMatch', 'DryRun', 'AcceptLanguage'].map((name) => ref('parameters', name)),
    requestBody: {
      required: true,
      content: { 'application/json': { schema: ref('schemas', kind.command.name), example: kind.example } },
    },
    responses: {
      200: {
        description: bilingual(text('试算（dryRun=true），没有写入', 'a dry run (dryRun=true); nothing was written')),
        content: { 'application/json': { schema: ref('schemas', 'Preview') } },
      },
      201: {
        description: bilingual(text('已记账并落盘', 'recorded and on disk')),
        headers: headers('Location', 'ETag', 'X-Ledger-Position', 'Idempotency-Replayed'),
        content: { 'application/json': { schema: ref('schemas', 'Receipt') } },
      },
      ...problemsOf('write', 412, 422),
    },
  };
}

/** The parameters that every question takes beside its own. */
const OF_ALL = [
  'After',
  'Format',
  'UnitOfMoney',
  'HiddenColumns',
  'PrintedBy',
  'Lang',
  'IfNoneMatch',
  'AcceptLanguage',
];

function asking(question: Question, known: Record<string, Part>): Part {
  const properties = (known[question.parameters.name]?.['properties'] ?? {}) as Record<string, Part>;
  const own = fieldsOf(question.parameters).map(({ property, name, optional }) => ({
    name: property,
    in: 'query',
    description: bilingual(name),
    required: !optional,
    schema: properties[property],
  }));
  const sheet = {
    name: 'sheet',
    in: 'query',
    description: bilingual(
      text(
        'CSV、XLSX、tables 要哪张表；默认第一张，tables 默认全部',
        'which sheet, in CSV, XLSX and tables: the first unless said otherwise, of tables all',
      ),
    ),
    required: false,
    schema: sheetSchema(question),
  };
  const answer = answerName(question);
  return {
    operationId: `ask-${question.name}`,
    tags: ['ask'],
    summary: bilingual(question.title),
    parameters: [...own, sheet, ...OF_ALL.map((name) => ref('parameters', name))],
    responses: {
      200: {
        description: bilingual(text('回答', 'the answer')),
        headers: headers(
          'ETag',
          'X-Ledger-Position',
          'X-Ledger-Recorded-As-Of-Final',
          'X-Ledger-Sheets',
          'Content-Disposition',
          'Link',
        ),
        content: {
          'application/json': {
            schema: answer === undefined ? ANSWER : ref('schemas', answer),
          },
          'text/csv': { schema: { type: 'string' } },
          [plainType(TABLES_TYPE)!]: { schema: { $ref: `${SCHEMAS}Tables` } },
          [FILE_TYPES.xlsx]: { schema: { type: 'string', format: 'binary' } },
        },
      },
      304: { description: bilingual(text('与所持相同', 'the same as you hold')) },
      ...problemsOf('ask'),
    },
  };
}

/** What is asked of many books at once. */
const BATCHES = [CloseBooks, ReopenBooks];

/** The command classes and what is nested in them, fields in the order of their definition. */
function bodySchemas(types: readonly (new () => object)[], known: Record<string, Part>): Part {
  const schemas: Record<string, Part> = {};
  const add = (type: new () => object): void => {
    if (schemas[type.name]) return;
    const schema = known[type.name]!;
    const properties = schema['properties'] as Record<string, Part>;
    const fields = fieldsOf(type);
    schemas[type.name] = {
      ...schema,
      properties: Object.fromEntries(fields.map(({ property }) => [property, properties[property]])),
    };
    for (const { nested } of fields) if (nested) add(nested);
  };
  for (const type of types) add(type);
  return schemas;
}

/** Sheets of a fund have the fund's key in their name, and funds are adopted: such a list is open. */
const sheetSchema = (question: Question): Part =>
  question.sheets.some((name) => name.includes(OF_A_FUND))
    ? { type: 'string', pattern: sheetPattern(question) }
    : { type: 'string', enum: question.sheets };
