import { schemaNamed as ref } from './parts.js';
import { type Part, problemsOf } from './schemas.js';
import { ACCEPTED_FILES, FORM } from '../uploads.js';

/** The position that an answer shows. */
const POSITION = { 'X-Ledger-Position': { $ref: '#/components/headers/X-Ledger-Position' } };
const text = (description: string, type: string): Part => ({
  description,
  content: { [type]: { schema: { type: 'string' } } },
});
export const json = (description: string, schema: Part = { type: 'object' }): Part => ({
  description,
  content: { 'application/json': { schema } },
});
const parameter = (place: 'path' | 'query' | 'header', name: string, description: string, schema: Part): Part => ({
  name,
  in: place,
  description,
  required: place === 'path',
  schema,
});
export const operation = (operationId: string, tag: string, summary: string, more: Part): Part => ({
  operationId,
  tags: [tag],
  summary,
  ...more,
});
/** The id that is a part of a path. */
export const id = (description: string): Part => parameter('path', 'id', description, { type: 'string' });
const yesOrNo = { type: 'string', enum: ['true', 'false'] };
const option = { type: 'string' };
const FORM_SCHEMA = {
  type: 'object',
  properties: {
    file: { type: 'string', format: 'binary' },
    dryRun: yesOrNo,
    acceptGood: yesOrNo,
    acceptDuplicates: yesOrNo,
    encoding: option,
    control: option,
  },
  required: ['file'],
};
const digits = { type: 'string', pattern: '^[0-9]{1,15}$' };

const NEXT_PAGE: Part = {
  Link: {
    description: '下一页，到末尾则无 the next page, rel="next"; absent where there is none',
    schema: { type: 'string' },
  },
};

const EVENT_PAGES: Part = {
  Link: {
    description: '下一页、上一页、第一页、最后一页 rel="next", "prev", "first" and "last"; of lines only the next page',
    schema: { type: 'string' },
  },
};

const LOG_PATHS: Part = {
  '/v1/vouchers/{id}': {
    get: operation(
      'read-voucher',
      'log',
      '一个事件（凭证、备查或其他）及其来龙去脉 One event of the log, with all it is linked to',
      {
        parameters: [
          id('凭证标识 id of the voucher, e.g. book-employee-460100-12'),
          { $ref: '#/components/parameters/After' },
        ],
        responses: {
          200: {
            ...json(
              '事件原文及其含义、来历与冲销链 the event as stored, what it means, where it came from, what it is linked to',
              { $ref: '#/components/schemas/StoredEventPage' },
            ),
            headers: POSITION,
          },
          ...problemsOf('operate', 404),
        },
      },
    ),
  },
  '/v1/vouchers/{id}/print': {
    get: operation('print-voucher', 'log', '打印记账凭证 One voucher as it is printed', {
      parameters: [
        id('凭证标识 id of the voucher, e.g. book-employee-460100-12'),
        { $ref: '#/components/parameters/After' },
      ],
      responses: {
        200: {
          description: '记账凭证 the voucher: its lines by sheets, the total in figures and in words',
          headers: POSITION,
          content: {
            'application/json': { schema: { type: 'object' } },
            'text/plain': { schema: { type: 'string' } },
          },
        },
        ...problemsOf('operate', 404),
      },
    }),
  },
  '/v1/events': {
    get: operation('read-events', 'log', '按位置读日志 The log itself, in order of position', {
      parameters: [
        parameter('query', 'after', '从此位置之后 position after which to begin', digits),
        parameter(
          'query',
          'before',
          '此位置之前的最后一页，与 after 只给其一 the last page before a position; either this or `after`',
          digits,
        ),
        parameter(
          'query',
          'limit',
          '一页最多条数，至 10000，有筛选或 before 时至 1000；JSON 默认 100，NDJSON 默认直至日志末尾 ' +
            'most events of a page, up to 10,000, or 1,000 with a filter or `before`; default: 100 as JSON, ' +
            'as NDJSON all to the end of the log',
          digits,
        ),
        parameter(
          'query',
          'stream',
          '流名，或几个流名的开头 name of a stream, or what the names of several begin with',
          { type: 'string', examples: ['book-employee-460100', 'case-'] },
        ),
        parameter('query', 'type', '事件类型（可不带版本）或种类 type of the event, or its kind', {
          type: 'string',
          examples: ['ContributionRecorded', 'contribution'],
        }),
        parameter('query', 'recordedFrom', '入账自（日、时刻或位置，含） recorded from, inclusive', option),
        parameter('query', 'recordedTo', '入账至（日、时刻或位置，含） recorded to, inclusive', option),
        parameter('query', 'q', '事件原文中的文字，不分大小写 text in the stored event, in any case', option),
        parameter('query', 'format', 'tables：供屏幕显示的表 tables: as a screen shows it', {
          type: 'string',
          enum: ['json', 'tables'],
        }),
        { $ref: '#/components/parameters/AcceptLanguage' },
      ],
      responses: {
        200: {
          description:
            '事件；连接被重置即不完整 events; where they cannot be finished the connection is reset, never closed as if whole',
          headers: { ...POSITION, ...EVENT_PAGES },
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/EventsPage' } },
            'application/vnd.tongzhang.tables+json': { schema: { $ref: '#/components/schemas/EventTables' } },
            'application/x-ndjson': { schema: { type: 'string' } },
          },
        },
        ...problemsOf('ask'),
      },
    }),
  },
  '/v1/events/live': {
    get: operation('follow-events', 'log', '跟随日志末尾 The log as it grows, as server-sent events', {
      description:
        '每个事件一条消息 event，id 为日志位置，data 同 /v1/events 的事件，或（format=tables）屏幕上的一行；消息 reached 说明已看到的' +
        '位置，至少每 15 秒一条。断开后带 Last-Event-ID 再来，不漏不重。 ' +
        'One message `event` each, whose id is the position and whose data is the event as `/v1/events` has it, or ' +
        '(`format=tables`) the row of the screen. A message `reached`, at least every 15 s, says up to which ' +
        'position all was looked at. Who comes again with Last-Event-ID misses nothing and sees nothing twice.',
      parameters: [
        parameter(
          'query',
          'after',
          '从此位置之后，默认日志末尾 position after which to begin; default: the end',
          digits,
        ),
        parameter(
          'header',
          'Last-Event-ID',
          '最后看到的位置，优先于 after the last position seen, before `after`',
          digits,
        ),
        parameter('query', 'stream', '流名，或其开头 name of a stream, or what it begins with', option),
        parameter('query', 'type', '事件类型（可不带版本）或种类 type of the event, or its kind', option),
        parameter('query', 'q', '事件原文中的文字，不分大小写 text in the stored event, in any case', option),
        parameter('query', 'format', 'tables：屏幕上的一行 tables: the row of a screen', {
          type: 'string',
          enum: ['json', 'tables'],
        }),
        { $ref: '#/components/parameters/AcceptLanguage' },
      ],
      responses: {
        200: {
          description: '直至客户端离开或服务停止 until the client leaves, or the service stops',
          content: { 'text/event-stream': { schema: { type: 'string' } } },
        },
        ...problemsOf('ask'),
      },
    }),
  },
};

/** A file as it is, whatever it is called; or a form with exactly one, whose other fields are the options. */
const FILE_BODIES: Part = Object.fromEntries(
  ACCEPTED_FILES.types.map((type) => [type, { schema: type === FORM ? FORM_SCHEMA : { type: 'string' } }]),
);

const IMPORT_PATHS: Part = {
  '/v1/imports': {
    post: operation('import-file', 'import', '导入一个文件 Import a file', {
      parameters: [
        parameter('query', 'dryRun', '只检查，不入账 check only', yesOrNo),
        parameter('query', 'acceptGood', '合格的行入账 post the good lines though others are bad', yesOrNo),
        parameter(
          'query',
          'acceptDuplicates',
          '疑似重复的行照样入账，并记下疑点 post also what is likely recorded already, with a finding',
          yesOrNo,
        ),
        parameter(
          'query',
          'encoding',
          '编码：utf-8、gb18030（gbk、gb2312）、utf-16le、utf-16be；也可写在内容类型的 charset；默认由全文判断 ' +
            'encoding; may stand as charset in the content type; default: judged by the whole file',
          { type: 'string', examples: ['utf-8', 'gb18030'] },
        ),
        parameter('query', 'control', '对照数，JSON 文本 control totals, as JSON text', { type: 'string' }),
        parameter(
          'query',
          'filename',
          '文件名，内容类型不说明格式时由它定 name of the file, which decides the format ' +
            'where the content type does not; else the first character',
          { type: 'string' },
        ),
      ],
      requestBody: { required: true, content: FILE_BODIES },
      responses: {
        202: json('已接受 accepted', ref('Import')),
        ...problemsOf('write', 429),
      },
    }),
    get: operation('list-imports', 'import', '所有导入，新的在前 All imports, the newest first', {
      parameters: [
        parameter('query', 'after', '上一页最后一个导入的标识 id of the last import of the page before', option),
        parameter('query', 'limit', '最多个数，1 至 100，默认 20 most imports, 1 to 100, default 20', digits),
      ],
      responses: {
        200: {
          ...json('导入及其状态；next 为下一页 imports and how they stand; next is the next page', ref('Imports')),
          headers: NEXT_PAGE,
        },
        ...problemsOf('operate', 404),
      },
    }),
  },
  '/v1/imports/{id}': {
    get: operation('read-import', 'import', '导入的进度与结果 Progress and result of an import', {
      parameters: [id('导入标识 id of the import')],
      responses: {
        200: json(
          '状态（status）：queued、running、paused（原因消除后自行继续）、done、failed、cancelled、set-aside（不再继续）；' +
            '进度、原因或结果 the status; paused goes on by itself, set-aside does not; progress, reason or result',
          ref('Import'),
        ),
        ...problemsOf('operate', 404),
      },
    }),
    delete: operation('cancel-import', 'import', '取消导入，或删除其结果 Cancel an import, or remove its result', {
      parameters: [id('导入标识 id of the import')],
      responses: {
        200: json('已取消；已入账的保留 cancelled; what was posted stays', ref('Import')),
        202: json('在下一批之前停止 it ends before its next batch', ref('Import')),
        204: { description: '已结束，其记录与清单已删除 it had ended; its record and its lists are removed' },
        ...problemsOf('write', 404),
      },
    }),
  },
  '/v1/imports/{id}/{list}': {
    get: operation('read-import-list', 'import', '导入中有问题的行 The lines of an import that were bad', {
      parameters: [
        id('导入标识 id of the import'),
        parameter('path', 'list', '清单 list: errors or rejects', { type: 'string' }),
      ],
      responses: {
        200: {
          description: '清单 the list',
          content: {
            'text/csv': { schema: { type: 'string' } },
            'application/x-ndjson': { schema: { type: 'string' } },
          },
        },
        ...problemsOf('operate', 404),
      },
    }),
  },
};

const OPERATION_PATHS: Part = {
  '/livez': {
    get: operation('live', 'operate', '进程是否应答 Whether the process answers', {
      responses: { 200: json('应答 it does'), ...problemsOf('operate') },
    }),
  },
  '/readyz': {
    get: operation('ready', 'operate', '是否可用 Whether the service is ready', {
      responses: {
        200: json('可用，附时钟等状况 ready, with the state of the clock, the store and the read tables'),
        ...problemsOf('operate'),
      },
    }),
  },
  '/metrics': {
    get: operation('measure', 'operate', '指标 Figures for Prometheus', {
      responses: { 200: text('指标 figures', 'text/plain'), ...problemsOf('operate') },
    }),
  },
  '/openapi.json': {
    get: operation('describe', 'operate', '本说明 This description', {
      responses: { 200: json('OpenAPI 3.1'), ...problemsOf('operate') },
    }),
  },
  '/asyncapi.json': {
    get: operation('describe-topic', 'operate', 'Kafka 主题的说明 The description of the Kafka topic', {
      responses: { 200: json('AsyncAPI 3.0'), ...problemsOf('operate') },
    }),
  },
  '/schemas/{name}/{version}': {
    get: operation('read-schema', 'operate', '事件的数据结构 The schema of an event', {
      parameters: [
        parameter('path', 'name', '事件类型 type of the event, e.g. ContributionRecorded', { type: 'string' }),
        parameter('path', 'version', '版本 its version, e.g. v1.json', { type: 'string' }),
      ],
      responses: { 200: json('JSON Schema 2020-12'), ...problemsOf('operate', 404) },
    }),
  },
};

const batch = (operationId: string, summary: string, schema: string): Part => ({
  post: operation(operationId, 'record', summary, {
    description:
      '每本账簿各自决定：不能办的列出原因，其余照办（allOrNothing 为 yes 则全部不办）。再次调用只办未办的 ' +
      'Each book decides by itself: those that cannot are named with why, and the others are done, unless all or ' +
      'none is asked for. The same call again does what is left.',
    parameters: ['IdempotencyKey', 'AcceptLanguage'].map((name) => ({ $ref: `#/components/parameters/${name}` })),
    requestBody: {
      required: true,
      content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
    },
    responses: {
      200: { ...json('各账簿的结果；done 为是否全部办妥 what became of each book; done: of all'), headers: POSITION },
      ...problemsOf('write', 422),
    },
  }),
});

const CLOSING_PATHS: Part = {
  '/v1/period-closes/batch': batch('close-books', '多本账簿结账 Close a period in many books', 'CloseBooks'),
  '/v1/period-reopenings/batch': batch('reopen-books', '多本账簿反结账 Open it again in many books', 'ReopenBooks'),
};

/** The paths that belong to no kind of command and to no question. */
export const OTHER_PATHS: Part = { ...CLOSING_PATHS, ...LOG_PATHS, ...IMPORT_PATHS, ...OPERATION_PATHS };
