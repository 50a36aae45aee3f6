import { INVARIANTS } from '../../audit/breach.js';
import { FILE_TYPES } from '../../report/write-export.js';
import { aCount, anInstant, aNumber, anObject, aString, aSwitch, listOf, oneOf } from './fields.js';
import { id, json, operation } from './paths.js';
import { orNull, type Part, schemaNamed as ref } from './parts.js';
import { problemsOf } from './schemas.js';

const POSITION = aCount('日志位置', 'position of the log');
const SECONDS = aNumber('用时，秒', 'how long it took, in seconds');
const LANGUAGE = oneOf('语言', 'language', 'zh', 'en');

/** What a job is known by, and how it stands. */
const LISTED = {
  id: aString('任务标识', 'id of the job', { format: 'uuid' }),
  kind: oneOf('种类：核验、重放、导出', 'what it does', 'verify', 'replay', 'export'),
  status: oneOf(
    '状态：等候、进行、完成、失败、已取消、因服务停止而中断',
    'how it stands; cut-off: the service ended under it',
    'queued',
    'running',
    'done',
    'failed',
    'cancelled',
    'cut-off',
  ),
  askedAt: anInstant('发起时间', 'when it was asked for'),
  links: anObject(
    { job: aString('任务', 'the job', { format: 'uri-reference' }) },
    { file: aString('文件', 'its file', { format: 'uri-reference' }) },
  ),
};
const MAYBE = {
  request: aString('导出的地址', 'the address that is exported', { format: 'uri-reference' }),
  language: LANGUAGE,
  startedAt: anInstant('开始时间', 'when it began'),
  endedAt: anInstant('结束时间', 'when it ended'),
  progress: ref('JobProgress'),
  error: ref('JobError'),
  says: ref('Text'),
};

/** The schemas of jobs, by their names. */
export const JOB_SCHEMAS: Part = {
  JobRequest: {
    oneOf: [
      anObject({ kind: oneOf('种类', 'what to do', 'verify', 'replay') }),
      anObject({
        kind: { const: 'export' },
        request: aString('查询的地址，带 format=csv 或 xlsx', 'the address of a question, with format=csv or xlsx'),
      }),
    ],
  },
  JobProgress: anObject({
    title: ref('Text'),
    phase: aCount('第几步', 'which phase this is'),
    phases: aCount('共几步', 'how many phases there are'),
    counts: oneOf('计数对象', 'what is counted', 'positions', 'events', 'tables', 'bytes'),
    done: aCount('已完成', 'done of this phase'),
    total: orNull(aCount('总数，无从得知时为 null', 'how much there is; null where nobody knows')),
    perSecond: orNull(aCount('每秒', 'how much in a second')),
    remainingSeconds: orNull(aCount('本步剩余秒数', 'seconds to the end of this phase')),
  }),
  JobError: anObject({ code: aString('代码', 'code'), detail: ref('Text') }),
  Breach: anObject({
    position: orNull(POSITION),
    id: orNull(aString('事件标识', 'id of the event')),
    invariant: aString('不变量', 'what must hold', { enum: Object.keys(INVARIANTS) }),
    name: ref('Text'),
    expected: aString('应为', 'what was expected'),
    got: aString('实为', 'what stands'),
  }),
  Verified: anObject({
    ok: aSwitch('全部通过', 'everything holds'),
    events: aCount('事件数', 'events checked'),
    position: POSITION,
    seconds: SECONDS,
    breaches: listOf(ref('Breach')),
    breachCount: aCount('不符处数', 'how many breaches there are'),
    notes: listOf(ref('Breach')),
    noteCount: aCount('提示数', 'how many notes there are'),
    transfers: anObject({
      matched: aCount('相符', 'matched'),
      inTransit: aCount('在途', 'in transit'),
      unmatched: aCount('已收未付', 'received and not sent'),
      repeated: aCount('一方有多张凭证', 'with several vouchers on a side'),
    }),
    readTables: listOf(anObject({ projection: aString('查询视图', 'projection'), position: POSITION })),
  }),
  Replayed: anObject({
    equal: aSwitch('逐行相同', 'equal row for row'),
    events: aCount('事件数', 'events replayed'),
    seconds: SECONDS,
    tables: listOf(
      anObject({
        projection: aString('查询视图', 'projection'),
        table: aString('表', 'table'),
        position: POSITION,
        liveRows: aCount('现有行数', 'rows live'),
        rebuiltRows: aCount('重建行数', 'rows rebuilt'),
        differences: aCount('差异行数', 'rows that differ'),
        first: listOf(
          anObject({
            live: orNull(aString('现有', 'live')),
            rebuilt: orNull(aString('重建', 'rebuilt')),
          }),
        ),
      }),
    ),
    notThere: listOf(anObject({ projection: aString('查询视图', 'projection'), why: aString('原因', 'why') })),
  }),
  ExportedFile: anObject({
    name: aString('文件名', 'name of the file'),
    format: oneOf('格式', 'format', 'csv', 'xlsx'),
    bytes: aCount('字节', 'bytes'),
    sha256: aString('SHA-256', 'SHA-256', { pattern: '^[0-9a-f]{64}$' }),
    position: POSITION,
  }),
  ListedJob: anObject(LISTED, MAYBE),
  Job: anObject(LISTED, {
    ...MAYBE,
    result: {
      anyOf: [
        anObject({ verify: ref('Verified') }),
        anObject({ replay: ref('Replayed') }),
        anObject({ file: ref('ExportedFile') }),
      ],
    },
  }),
  Jobs: anObject({ jobs: listOf(ref('ListedJob')) }),
};

const JOB_ID = id('任务标识 id of the job');

/** Long work: asked for, followed, ended. */
export const JOB_PATHS: Part = {
  '/v1/jobs': {
    post: operation('start-job', 'operate', '核验、重放或导出 Verify, replay, or export in the background', {
      description:
        '在后台逐个进行；同样的任务正在等候或进行时，返回那一个。只读，不写入日志 ' +
        'Done one after the other in the background. Where the same waits or runs, that is answered. Nothing is ' +
        'written into the log.',
      parameters: [{ $ref: '#/components/parameters/AcceptLanguage' }],
      requestBody: { required: true, content: { 'application/json': { schema: ref('JobRequest') } } },
      responses: { 202: json('已接受 accepted', ref('Job')), ...problemsOf('write', 429) },
    }),
    get: operation('list-jobs', 'operate', '所有任务，新的在前 All jobs, the newest first', {
      responses: { 200: json('任务，不含结果 jobs, without their results', ref('Jobs')), ...problemsOf('operate') },
    }),
  },
  '/v1/jobs/{id}': {
    get: operation('read-job', 'operate', '任务的进度与结果 Progress and result of a job', {
      parameters: [JOB_ID],
      responses: { 200: json('任务 the job', ref('Job')), ...problemsOf('operate', 404) },
    }),
    delete: operation('cancel-job', 'operate', '取消任务，或删除其结果 Cancel a job, or remove its result', {
      parameters: [JOB_ID],
      responses: {
        200: json('已取消 cancelled', ref('Job')),
        202: json('正在结束 it is coming to its end', ref('Job')),
        204: { description: '已结束，其记录与文件已删除 it had ended; its record and its file are removed' },
        ...problemsOf('write', 404),
      },
    }),
  },
  '/v1/jobs/{id}/file': {
    get: operation('read-job-file', 'operate', '导出的文件 The file that was exported', {
      parameters: [JOB_ID],
      responses: {
        200: {
          description: '文件，摘要在 Repr-Digest the file; its digest is in Repr-Digest',
          content: {
            'text/csv': { schema: { type: 'string' } },
            [FILE_TYPES.xlsx]: { schema: { type: 'string', format: 'binary' } },
          },
        },
        ...problemsOf('operate', 404),
      },
    }),
  },
};
