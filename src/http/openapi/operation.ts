import { aCount, anInstant, aNumber, anObject, aString, aSwitch, listOf, oneOf } from './fields.js';
import { orNull, type Part, schemaNamed as ref } from './parts.js';
import { json, operation } from './paths.js';
import { problemsOf } from './schemas.js';

const POSITION = aCount('日志位置', 'position of the log');
const HEAD = orNull(aCount('日志末尾；没有应答时为 null', 'the end of the log; null where it does not answer'));
const LAG = orNull(aCount('落后于日志末尾', 'how far it is behind the end of the log'));
const STANDING = oneOf('良好、须留意、不可用', 'how it stands', 'well', 'notice', 'down');
const FOUND = orNull(aString('所见', 'what was found'));
const TO_DO = orNull(ref('Text'));
const LIKENESS = {
  oneOf: [
    oneOf(
      '与现在的日志：相同、已分叉、另一本账',
      'the log of now beside that of then: it may have grown; it is an older state; it is another ledger',
      'same',
      'parted',
      'other',
    ),
    { type: 'null' },
  ],
};

/** What every record of something done has. */
const done = (fields: Part): Part =>
  orNull(
    anObject({
      at: anInstant('何时', 'when'),
      version: aString('程序版本', 'version of the program'),
      likeness: LIKENESS,
      events: aCount('事件数', 'events'),
      position: POSITION,
      directory: aString('备份目录', 'directory of the backup'),
      ...fields,
    }),
  );

/** The schemas of how a service stands, by their names. */
export const OPERATION_SCHEMAS: Part = {
  Condition: anObject({
    name: aString('部件', 'name of the part'),
    title: ref('Text'),
    standing: STANDING,
    state: aString('状态', 'its state'),
    what: ref('Text'),
    means: ref('Text'),
    todo: TO_DO,
    found: FOUND,
    facts: { type: 'object', additionalProperties: { type: ['string', 'number', 'null'] } },
  }),
  Operation: anObject({
    position: HEAD,
    version: aString('版本', 'version'),
    startedAt: anInstant('启动时间', 'when it started'),
    uptimeSeconds: aCount('已运行秒数', 'seconds since then'),
    store: oneOf('日志所在', 'where the log is', 'sqlite', 'kurrentdb'),
    ready: aSwitch('可用', 'ready'),
    conditions: listOf(ref('Condition')),
    projections: listOf(
      anObject({
        name: aString('查询视图', 'projection'),
        title: ref('Text'),
        position: POSITION,
        lag: LAG,
        failure: orNull(aString('使它停下的原因', 'what has stopped it')),
      }),
    ),
    relay: orNull(anObject({ state: aString('状态', 'state'), position: POSITION, lag: LAG })),
    clock: anObject({
      state: aString('状态', 'state'),
      now: anInstant('本机时间', 'the time of this machine'),
      lastRecordedAt: orNull(anInstant('最后入账时间', 'the last recorded time')),
      says: ref('Text'),
    }),
    sizes: listOf(anObject({ name: aString('名', 'name'), title: ref('Text'), bytes: aCount('字节', 'bytes') })),
    disk: anObject({ freeBytes: aCount('空闲字节', 'free bytes'), bytes: aCount('总字节', 'bytes of the disk') }),
    lastVerification: orNull(
      anObject({
        at: anInstant('何时', 'when'),
        version: aString('程序版本', 'version of the program'),
        likeness: LIKENESS,
        by: oneOf('由任务或命令', 'who did it', 'job', 'command'),
        events: aCount('事件数', 'events'),
        position: POSITION,
        breachCount: aCount('不符处数', 'breaches'),
        noteCount: aCount('提示数', 'notes'),
        seconds: aNumber('用时，秒', 'seconds it took'),
      }),
    ),
    lastBackup: done({ bytes: aCount('字节', 'bytes'), sha256: aString('SHA-256', 'SHA-256') }),
    lastRestore: done({
      madeAt: anInstant('备份制作时间', 'when the backup was made'),
      lost: aCount('丢失的事件数', 'events that were not in it'),
    }),
    unreadable: listOf(anObject({ record: aString('记录', 'record'), why: aString('原因', 'why') })),
  }),
  Downstream: anObject({
    position: HEAD,
    configured: aSwitch('是否配置了 Kafka', 'whether a Kafka is configured'),
    says: ref('Text'),
    relay: orNull(
      anObject({
        state: aString('状态', 'state'),
        standing: STANDING,
        means: ref('Text'),
        todo: TO_DO,
        found: FOUND,
        delivered: aCount('最后投递的位置', 'position of the last event delivered'),
        lag: LAG,
        sinceStart: aCount('启动以来投递的事件数', 'events delivered since the start'),
      }),
    ),
    topics: listOf(anObject({ name: aString('主题', 'topic'), what: ref('Text') })),
    asyncapi: aString('主题的说明', 'the description of the topic', { format: 'uri-reference' }),
    schemas: listOf(
      anObject({
        event: aString('事件类型与版本', 'type and version of an event'),
        name: ref('Text'),
        schema: aString('数据结构', 'its schema', { format: 'uri-reference' }),
      }),
    ),
  }),
};

/** How a service stands, and what it delivers. */
export const STANDING_PATHS: Part = {
  '/v1/operation': {
    get: operation('read-operation', 'operate', '运行状况 How the service and its ledger stand', {
      responses: {
        200: json('状况，也在不可用时作答 how it stands; answered also where it is not ready', ref('Operation')),
        ...problemsOf('operate'),
      },
    }),
  },
  '/v1/downstream': {
    get: operation('read-downstream', 'operate', '下游投递 What is delivered downstream', {
      responses: { 200: json('投递 delivery', ref('Downstream')), ...problemsOf('operate') },
    }),
  },
};
