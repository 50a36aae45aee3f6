import { aCount, anInstant, anObject, aString, aSwitch, listOf, oneOf } from './fields.js';
import { type Part, schemaNamed as ref } from './parts.js';
import { json, operation } from './paths.js';
import { problemsOf } from './schemas.js';

const FORMAT = oneOf('格式', 'format', 'csv', 'ndjson');
const ENCODING = oneOf('编码', 'encoding', 'utf-8', 'gb18030', 'utf-16le', 'utf-16be');
const DIGEST = aString('文件的 SHA-256', 'SHA-256 of the file');
const SUM = aString('金额合计，元', 'sum in yuan', { pattern: '^-?[0-9]+\\.[0-9]{2}$' });
const POSITION = aCount('日志位置', 'position of the log');
const OUTCOME = oneOf(
  '结果：已入账、只检查、拒绝、对照数不符、部分行未入账',
  'what became of it',
  'posted',
  'checked',
  'refused',
  'control-mismatch',
  'incomplete',
);
const LIST = aString('清单', 'the list', { format: 'uri-reference' });

const total = (more: Part = {}): Part => anObject({ count: { type: 'integer' }, sum: SUM, ...more });
const KIND_AND_FUND = { kind: aString('种类', 'kind'), fund: aString('基金', 'fund') };

const COUNTS = {
  outcome: OUTCOME,
  digest: DIGEST,
  lines: aCount('文件中的行数', 'records in the file'),
  posted: aCount('新入账', 'newly posted'),
  replayed: aCount('此前已入账', 'stood before'),
  rejected: aCount('被拒绝', 'rejected'),
  position: POSITION,
};

const JOB = {
  id: aString('导入标识', 'id of the import', { format: 'uuid' }),
  bytes: aCount('文件字节数', 'bytes of the file'),
  dryRun: aSwitch('只检查', 'check only'),
  acceptGood: aSwitch('合格的行入账', 'good lines are posted though others are bad'),
  status: oneOf('状态', 'how it stands', 'queued', 'running', 'paused', 'done', 'failed', 'cancelled', 'set-aside'),
  links: anObject(
    { import: aString('此导入', 'the import', { format: 'uri-reference' }) },
    { vouchers: aString('由它而来的凭证', 'the vouchers it became', { format: 'uri-reference' }) },
  ),
};
const MAYBE = {
  name: aString('发送者所称的文件名', 'what its sender calls the file'),
  format: FORMAT,
  encoding: ENCODING,
  receivedAt: aString('收到时间，不详为空', 'when it arrived; empty where that is not known'),
  endedAt: anInstant('结束时间', 'when it ended'),
  acceptDuplicates: aSwitch('疑似重复也入账', 'also what is likely recorded already'),
  cancelling: aSwitch('正在取消', 'it is being cancelled'),
  error: ref('JobError'),
  progress: ref('ImportProgress'),
};

/** The schemas of imports, by their names. */
export const IMPORT_SCHEMAS: Part = {
  ImportProgress: anObject(
    {
      phase: oneOf('步骤', 'phase', 'inspecting', 'checking', 'posting', 'projecting'),
      done: aCount('已完成', 'done'),
      total: aCount('总数', 'how much there is'),
      lines: aCount('已处理行数', 'lines dealt with'),
      errorCount: aCount('错误数', 'errors'),
    },
    {
      posted: aCount('已入账', 'posted'),
      replayed: aCount('此前已入账', 'stood before'),
      rejected: aCount('被拒绝', 'rejected'),
      paused: ref('Text'),
    },
  ),
  LineError: anObject(
    {
      line: aCount('文件的行号', 'line of the file'),
      field: aString('列', 'column as the file calls it'),
      code: aString('代码', 'code'),
      expected: ref('Text'),
      got: aString('实为', 'what stands there'),
    },
    { says: ref('Text') },
  ),
  FileTotal: total({ ...KIND_AND_FUND, added: total(), stood: total() }),
  ControlTotal: anObject({
    ...KIND_AND_FUND,
    expected: total(),
    got: total(),
    added: total(),
    stood: total(),
    difference: total(),
  }),
  ImportNote: anObject({
    code: aString('代码', 'code'),
    text: ref('Text'),
    count: aCount('次数', 'how often'),
    line: aCount('第一处的行号', 'the first line'),
    got: aString('文件中所写', 'what stands in the file'),
    taken: aString('当作', 'what it was taken for'),
  }),
  ImportReport: anObject(
    {
      file: aString('文件', 'the file'),
      ...COUNTS,
      format: FORMAT,
      encoding: ENCODING,
      repeated: aCount('文件内重复', 'stand in the file before'),
      totals: listOf(ref('FileTotal')),
      mismatches: listOf(ref('ControlTotal')),
      notes: listOf(ref('ImportNote')),
      errors: listOf(ref('LineError')),
      errorCount: aCount('错误数', 'errors'),
      elapsedMs: aCount('用时，毫秒', 'ms it took'),
    },
    {
      fundNames: { type: 'object', additionalProperties: ref('Text') },
      control: listOf(ref('ControlTotal')),
      errorsListed: aCount('清单中的错误数', 'how many errors are listed'),
      errorsFile: LIST,
      rejectsFile: LIST,
      listsProblem: ref('Text'),
    },
  ),
  ListedImport: anObject(JOB, { ...MAYBE, report: anObject(COUNTS) }),
  Import: anObject(JOB, { ...MAYBE, control: listOf(total(KIND_AND_FUND)), report: ref('ImportReport') }),
  Imports: anObject(
    { imports: listOf(ref('ListedImport')) },
    { next: aString('下一页', 'the next page', { format: 'uri-reference' }) },
  ),
  ImportedFiles: anObject({
    position: POSITION,
    files: listOf(
      anObject({
        source: aString('文件 SHA-256 的前 32 位', 'the first 32 digits of its SHA-256'),
        lines: aCount('已入账的行数', 'lines that stand'),
        streams: aCount('涉及的账簿与登记簿数', 'books and registers that they stand in'),
        first: POSITION,
        last: POSITION,
        firstRecordedAt: anInstant('最早入账', 'when the first was recorded'),
        lastRecordedAt: anInstant('最晚入账', 'when the last was recorded'),
        links: anObject({ vouchers: aString('凭证', 'the vouchers', { format: 'uri-reference' }) }),
      }),
    ),
    isWhole: aSwitch('已全部列出', 'all are listed'),
  }),
};

/** What of imports the log knows. */
export const IMPORTED_PATHS: Part = {
  '/v1/imported-files': {
    get: operation('list-imported-files', 'import', '已入账的文件 Files of which lines stand in the log', {
      responses: {
        200: json('文件，最近入账的在前 files, those recorded last first', ref('ImportedFiles')),
        ...problemsOf('operate'),
      },
    }),
  },
};
