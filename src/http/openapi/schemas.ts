import { KEY_SCOPE } from '../../books/key-scope.js';
import { type Text, text } from '../../errors.js';
import { LOG_SCHEMAS } from './log.js';
import { type Part } from './parts.js';
import { TABLES } from './tables.js';

export { type Part } from './parts.js';

/** Names and sentences in the document: both languages, as in `缴费 Contribution`. */
export const bilingual = ({ zh, en }: Text): string => `${zh} ${en}`;

const string = (zh: string, en: string, more: Part = {}): Part => ({
  type: 'string',
  description: bilingual(text(zh, en)),
  ...more,
});
const count = (zh: string, en: string): Part => ({ type: 'integer', minimum: 0, description: bilingual(text(zh, en)) });
const list = (schema: string): Part => ({ type: 'array', items: { $ref: `#/components/schemas/${schema}` } });
const object = (properties: Part, optional: readonly string[] = []): Part => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});

const SIGNED_AMOUNT = { pattern: '^-?[0-9]+\\.[0-9]{2}$' };
const BOOK = { type: ['string', 'null'], description: '账簿，备查为 null / the book, null for a memo' };
const NUMBER = { type: ['string', 'null'], description: '凭证号，备查为 null / the voucher number, null for a memo' };

/** What the service answers. */
export const ANSWER_SCHEMAS: Part = {
  Tables: TABLES,
  ...LOG_SCHEMAS,
  Entry: object(
    {
      account: string('科目', 'account'),
      detail: string('明细', 'detail'),
      share: string('份额', 'share', { enum: ['pool', 'personal'] }),
      debit: string('借方，元', 'debit in yuan', SIGNED_AMOUNT),
      credit: string('贷方，元', 'credit in yuan', SIGNED_AMOUNT),
    },
    ['detail', 'share', 'debit', 'credit'],
  ),
  Text: object({ zh: string('中文', 'Chinese'), en: string('英文', 'English') }),
  Finding: object({
    pointer: string('位置', 'place in the command'),
    code: string('代码', 'code'),
    expected: { $ref: '#/components/schemas/Text' },
    got: string('实际值', 'what came'),
  }),
  Receipt: object(
    {
      id: string('凭证标识', 'id of the voucher'),
      book: BOOK,
      revision: count('账簿版本', 'revision of the book'),
      position: count('日志位置', 'position in the log'),
      voucherNumber: NUMBER,
      recordedAt: string('入账时间', 'time of recording, UTC', { format: 'date-time' }),
      entries: list('Entry'),
      findings: list('Finding'),
    },
    ['findings'],
  ),
  LineBalance: object({
    line: string('账户', 'ledger line: account/detail@share'),
    before: string('之前余额，借方为正', 'balance before, debit positive', SIGNED_AMOUNT),
    after: string('之后余额', 'balance after', SIGNED_AMOUNT),
  }),
  Preview: object(
    {
      dryRun: { const: true },
      book: BOOK,
      revision: count('账簿将到的版本', 'revision the book would come to'),
      voucherNumber: NUMBER,
      entries: list('Entry'),
      balances: list('LineBalance'),
      findings: list('Finding'),
    },
    ['findings'],
  ),
  Problem: object({
    type: string('问题类型', 'type of the problem', { format: 'uri-reference' }),
    title: string('标题', 'title'),
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: string('说明', 'what happened'),
    instance: string('请求', 'the request, as the log names it', { format: 'uri-reference' }),
    code: string('代码', 'code that programs may rely on'),
    errors: list('ProblemDetail'),
  }),
  ProblemDetail: object({
    pointer: string('JSON 指针，或头、参数、变量名', 'JSON pointer, or the name of a header, parameter or variable'),
    code: string('代码', 'code'),
    expected: string('应为', 'what was expected'),
    got: string('实为', 'what came'),
  }),
};

const PROBLEM_EXAMPLE = {
  type: 'urn:tongzhang:problem:below-zero',
  title: '账务规则不允许',
  status: 422,
  detail: '任何一日日终余额不得为负：国库存款 2025-05-09 日终余额 100.00，将为 -100.00（收支两条线，财会〔2017〕28号）',
  instance: '/v1/money-movements#req-1',
  code: 'below-zero',
  errors: [{ pointer: '/amount', code: 'below-zero', expected: '不超过 100.00（treasury）', got: '200.00' }],
};

const problem = (zh: string, en: string, headers: Part = {}): Part => ({
  description: bilingual(text(zh, en)),
  headers: { 'Content-Language': { $ref: '#/components/headers/Content-Language' }, ...headers },
  content: {
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, example: PROBLEM_EXAMPLE },
  },
});

const RETRY_AFTER: Part = { 'Retry-After': { description: '秒 seconds', schema: { type: 'integer' } } };

/** What may be answered in the place of what was asked for, by status: its name in the description, and its words. */
const PROBLEMS: Readonly<Record<number, readonly [name: string, response: Part]>> = {
  400: ['Invalid', problem('请求不符合格式', 'the request is not well formed')],
  403: ['CrossSite', problem('其他网站的页面不得写入', 'a page of another site may not write')],
  404: ['NotFound', problem('没有找到', 'not found')],
  408: ['TimedOut', problem('请求或上传未及时到齐', 'the request, or an upload, did not arrive in time')],
  412: ['Conflict', problem('账簿已有新的凭证（If-Match）', 'the book has moved on (If-Match)')],
  413: ['TooLarge', problem('内容超过上限', 'the body is over its limit')],
  414: ['TargetTooLong', problem('路径过长', 'the target is too long')],
  415: ['UnsupportedType', problem('内容类型不受支持', 'unsupported content type')],
  417: ['ExpectationFailed', problem('不支持的 Expect', 'an expectation that is not met')],
  421: ['Misdirected', problem('Host 不是本服务（ALLOWED_HOSTS）', 'another host is asked for (ALLOWED_HOSTS)')],
  422: [
    'Refused',
    problem(
      `账务规则不允许，或幂等键已用于其他内容；${KEY_SCOPE.zh}`,
      `a rule forbids it, or the key was used for another command; ${KEY_SCOPE.en}`,
    ),
  ],
  429: [
    'TooMany',
    problem(
      '等候的查询或导入已达上限，稍后再来',
      'as many questions, or imports, as may wait are waiting; come again later',
      RETRY_AFTER,
    ),
  ],
  431: ['HeadTooLarge', problem('请求头过大', 'the head is too large')],
  503: ['Unavailable', problem('暂不可用，稍后再试', 'unavailable for now, try again later', RETRY_AFTER)],
  507: ['DiskFull', problem('磁盘空间不足，稍后再试', 'the disk is full, try again later', RETRY_AFTER)],
};

const IS_FINAL = text(
  '所问入账时点的回答不会再变；未问时点时 JSON 中为 null，CSV 中没有',
  'what is shown of the moment asked about can no longer change; where none was, null in JSON, and absent from CSV',
);

const FIRST_AND_LAST = {
  position: count('日志位置', 'position of the log that is shown'),
  recordedAsOfIsFinal: { type: ['boolean', 'null'], description: bilingual(IS_FINAL) },
};

/** What every answer in JSON has. */
export const ANSWER: Part = {
  type: 'object',
  properties: FIRST_AND_LAST,
  required: ['position', 'recordedAsOfIsFinal'],
};

const orNull = (zh: string, en: string, more: Part = {}): Part => ({
  ...string(zh, en, more),
  type: ['string', 'null'],
});

/** What an answer has before what is its own: the position, both time axes, and where it does not list all. */
export const INTERVAL = {
  properties: {
    ...FIRST_AND_LAST,
    from: orNull('起日', 'first business day, inclusive', { format: 'date' }),
    to: orNull('止日', 'last business day, inclusive', { format: 'date' }),
    asOf: orNull('同止日', 'the same as to', { format: 'date' }),
    recordedAsOf: orNull('所问的入账时点', 'the moment of recording that was asked about'),
    next: orNull('下一页', 'the cursor of the next page'),
    notListed: { type: 'object', additionalProperties: count('未列出的项数', 'how many more are not listed') },
  },
  required: ['position', 'recordedAsOfIsFinal', 'from', 'to', 'asOf', 'recordedAsOf'],
} as const;

/** Problem documents, by the name other parts refer to them with. */
export const PROBLEM_RESPONSES: Part = Object.fromEntries(Object.values(PROBLEMS));

/** What may become of any request by its head alone, or where the service stops; of a write; and of a question. */
const OF_ANY = [400, 414, 417, 421, 431, 503];
const OF_KIND = { operate: [], ask: [429], write: [403, 408, 413, 415, 507] } as const;

/** The problems that a request may be answered with: those of its kind, and others of its own. */
export function problemsOf(kind: keyof typeof OF_KIND, ...own: readonly number[]): Part {
  const statuses = [...OF_ANY, ...OF_KIND[kind], ...own];
  return Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${PROBLEMS[status]![0]}` }]),
  );
}

/** Headers of answers. */
export const HEADERS: Part = {
  'Content-Language': { description: '文字语言 language of the text', schema: { enum: ['zh', 'en'] } },
  'X-Ledger-Position': { description: '日志位置 position of the log that is shown', schema: { type: 'integer' } },
  'X-Ledger-Recorded-As-Of-Final': {
    description: bilingual(IS_FINAL),
    schema: { enum: ['true', 'false'] },
  },
  ETag: { description: '实体标签 entity tag: of a command, the revision of its book', schema: { type: 'string' } },
  'Content-Disposition': {
    description: '文件名：报表、表、条件与日期 name of a file: the report, the sheet, its limits and days',
    schema: { type: 'string' },
  },
  'X-Ledger-Sheets': {
    description: 'CSV、XLSX：本次回答有哪些表 CSV, XLSX: the sheets of the answer, e.g. funds, books, accounts',
    schema: { type: 'string' },
  },
  Link: {
    description:
      '未列出全部时：下一页，或列出全部的 CSV where not all is listed: the next page, rel="next", or the CSV that lists ' +
      'all, rel="alternate"',
    schema: { type: 'string' },
  },
  Location: { description: '凭证的地址 address of the voucher', schema: { type: 'string', format: 'uri-reference' } },
  'Idempotency-Replayed': {
    description: bilingual(
      text(
        `此键先前已记账，这是当时的回答；${KEY_SCOPE.zh}`,
        `the key was recorded before, this is its first answer again; ${KEY_SCOPE.en}`,
      ),
    ),
    schema: { const: 'true' },
  },
};

const header = (name: string, zh: string, en: string, required: boolean, schema: Part): Part => ({
  name,
  in: 'header',
  description: bilingual(text(zh, en)),
  required,
  schema,
});

/** Parameters that many operations share. */
export const PARAMETERS: Part = {
  IdempotencyKey: {
    ...header(
      'Idempotency-Key',
      `每次记账一个的幂等键；试算不需要。同一键与同一内容再来，仍得当时的回答。${KEY_SCOPE.zh}`,
      `a key for each command; a dry run needs none. The same key and body get the first answer again; ${KEY_SCOPE.en}`,
      true,
      {
        type: 'string',
        pattern: '^[\\x21-\\x7e]{1,255}$',
      },
    ),
    example: 'HK-2025-000123',
  },
  IfMatch: header('If-Match', '所见账簿版本，如 "12"', 'the revision of the book you have seen, e.g. "12"', false, {
    type: 'string',
    pattern: '^"(0|[1-9][0-9]*)"$',
  }),
  IfNoneMatch: header('If-None-Match', '已有的实体标签', 'an entity tag you hold', false, { type: 'string' }),
  AcceptLanguage: header('Accept-Language', '错误说明的语言', 'language of errors: zh (default) or en', false, {
    type: 'string',
  }),
  Lang: {
    name: 'lang',
    in: 'query',
    description: bilingual(
      text('语言，代替 Accept-Language 头', 'the language, in place of the header Accept-Language: for links to files'),
    ),
    schema: { type: 'string', enum: ['zh', 'en'] },
  },
  DryRun: {
    name: 'dryRun',
    in: 'query',
    description: bilingual(text('只试算，不写入', 'only show what would follow; nothing is written')),
    schema: { type: 'string', enum: ['true', 'false'] },
  },
  After: {
    name: 'after',
    in: 'query',
    description: bilingual(
      text('回答须显示到的日志位置，最多等 2 秒', 'position the answer must show; waits up to 2 s for it'),
    ),
    schema: { type: 'string', pattern: '^(0|[1-9][0-9]{0,14})$' },
  },
  Format: {
    name: 'format',
    in: 'query',
    description: bilingual(
      text(
        '格式，默认 json，也可由 Accept 指定。csv、xlsx：一文件一表，全部数据（给出 limit 时为一页），边读边发；' +
          'tables：与 json 同一回答，排成表',
        'format, json unless this or Accept says otherwise; csv, xlsx: one table, whole unless limit asks for a ' +
          'page, sent as it is read; tables: the answer that json has, laid out as tables',
      ),
    ),
    schema: { type: 'string', enum: ['json', 'csv', 'xlsx', 'tables'] },
  },
  PrintedBy: {
    name: 'printedBy',
    in: 'query',
    description: bilingual(text('XLSX 中注明的打印人', 'who has it printed, as an XLSX file says')),
    schema: { type: 'string' },
  },
  HiddenColumns: {
    name: 'hiddenColumns',
    in: 'query',
    description: bilingual(
      text(
        'CSV、XLSX、tables 中不列的栏：表名.栏号（从 1 起），逗号分隔',
        'columns left out of CSV, XLSX and tables: sheet.number, from 1, separated by commas, e.g. funds.2,funds.3',
      ),
    ),
    schema: { type: 'string' },
  },
  UnitOfMoney: {
    name: 'unitOfMoney',
    in: 'query',
    description: bilingual(
      text(
        'CSV、XLSX、tables 的金额单位：CSV 默认元（到分），写在列名中；其他默认如屏幕所见',
        'what amounts are in: in CSV yuan to the fen unless said otherwise, as the names of columns say; in XLSX and ' +
          'tables as on screen',
      ),
    ),
    schema: { type: 'string', enum: ['yuan', 'wan', 'yi'] },
  },
};
