import { amount, listOf, yesOrNo } from '../../../projections/asking/answer-schema.js';
import { text } from '../../errors.js';
import { list, NATURAL, object, OR_NULL, orNull, type Part, said, schemaNamed, STRING } from './parts.js';
import { TABLES } from './tables.js';

const TEXT = schemaNamed('Text');
const HASH = { type: 'string', pattern: '^[0-9a-f]{64}$' };
const AMOUNT = amount();
const LINK = { type: 'string', pattern: '^/(v1|schemas)/' };
const YES_OR_NO = yesOrNo();
const IDS = listOf(STRING);
const NAMED = object({ code: said(STRING, text('代码', 'code')), name: said(TEXT, text('名称', 'what it is called')) });

/** What every event of an answer says of itself. */
const STORED: Part = {
  position: said(NATURAL, text('日志位置', 'position in the log')),
  id: said(STRING, text('事件标识', 'id of the event')),
  stream: said(STRING, text('所在的流', 'its stream')),
  revision: said(NATURAL, text('流内序号', 'its place in its stream')),
  type: said(STRING, text('事件类型及版本', 'type of the event, with its version')),
};

const ABOUT = object({
  kind: said(STRING, text('种类', 'kind of the event')),
  kindName: said(TEXT, text('种类名称', 'what the kind is called')),
  form: said(
    { type: ['string', 'null'], enum: ['voucher', 'reversal', 'closing', 'memo', 'adoption', 'notice', null] },
    text(
      '凭证、冲销、结账、备查、基础资料、日志说明',
      'what sort of event it is; null where this release does not know',
    ),
  ),
  fund: said(orNull(NAMED), text('基金', 'fund')),
  unit: said(orNull(NAMED), text('核算单位', 'unit')),
  voucherNumber: said(OR_NULL, text('凭证号', 'voucher number')),
  summary: said(TEXT, text('摘要', 'summary')),
  amount: said(orNull(AMOUNT), text('金额，元', 'amount in yuan')),
  counterparty: said(OR_NULL, text('往来对象', 'who stands on the other side')),
  businessDate: said(OR_NULL, text('业务日期', 'business date')),
  recordedAt: said({ type: 'string', format: 'date-time' }, text('入账时间（UTC）', 'time of recording, UTC')),
  maker: said(OR_NULL, text('经办', 'maker')),
  reviewer: said(OR_NULL, text('复核', 'reviewer')),
  key: said(OR_NULL, text('幂等键', 'idempotency key of a single command')),
  caseId: said(OR_NULL, text('案件号', 'case')),
  transferId: said(OR_NULL, text('往来号', 'number of the transfer')),
});

const ENTRY = object({
  account: said(STRING, text('科目', 'account')),
  detail: said(OR_NULL, text('明细', 'detail')),
  share: said(OR_NULL, text('份额', 'share')),
  name: said(TEXT, text('科目编号与名称', 'number and name of the account')),
  debit: said(orNull(AMOUNT), text('借方，元', 'debit in yuan')),
  credit: said(orNull(AMOUNT), text('贷方，元', 'credit in yuan')),
  to: said(LINK, text('该月明细账', 'the account ledger of the month')),
});

const LINKED: Part = {
  id: said(STRING, text('事件标识', 'id of the event')),
  isItself: said(YES_OR_NO, text('是否即本事件', 'whether it is the event that was asked for')),
  position: said(NATURAL, text('日志位置', 'position in the log')),
  kindName: said(TEXT, text('种类', 'kind')),
  voucherNumber: said(OR_NULL, text('凭证号', 'voucher number')),
  fund: orNull(NAMED),
  unit: orNull(NAMED),
  businessDate: said(OR_NULL, text('业务日期', 'business date')),
  recordedAt: said({ type: 'string', format: 'date-time' }, text('入账时间（UTC）', 'time of recording, UTC')),
  amount: said(orNull(AMOUNT), text('金额，元', 'amount in yuan')),
  names: said(
    orNull(
      object({
        field: { type: 'string', enum: ['reverses', 'corrects', 'withdraws', 'answers', 'original'] },
        says: said(TEXT, text('对所指事件做了什么', 'what it does to the event that it names')),
        id: STRING,
        to: LINK,
      }),
    ),
    text('所指的前一事件', 'the earlier event that it names'),
  ),
  to: said(LINK, text('该事件的地址', 'its own page')),
};

const SOURCE = object({
  digest: said(STRING, text('来源文件摘要的前 32 位', 'the first 32 digits of the digest of the file')),
  line: said({ type: 'integer', minimum: 1 }, text('行号', 'line of the file')),
  imports: list(
    object({
      id: STRING,
      receivedAt: OR_NULL,
      format: OR_NULL,
      digest: said(OR_NULL, text('文件的 SHA-256', 'SHA-256 of the file')),
      to: LINK,
    }),
    text('本服务所知的该文件的导入', 'the imports of the file that this service knows of'),
  ),
});

const FIELD = object({
  pointer: said(STRING, text('字段位置（JSON 指针）', 'place of the field, as a JSON pointer')),
  name: said(
    orNull(TEXT),
    text('含义；本版本不知者为 null', 'what it means; null where this release does not know it'),
  ),
  value: said(OR_NULL, text('所存的值；有下级字段者为 null', 'the value as stored; null for what has parts')),
  valueName: said(orNull(TEXT), text('代码的名称', 'what people call the value, where it is a code')),
});

const CHANGE = object({
  from: said(OR_NULL, text('自何日起', 'the day from which it holds')),
  table: STRING,
  key: STRING,
  says: TEXT,
  was: said(orNull(TEXT), text('此前', 'what held before')),
});

const PAGE_LINKS = object(
  {
    event: said(LINK, text('日志中的原处', 'where it stands in the log')),
    stream: said(LINK, text('同一流的事件', 'the events of its stream')),
    schema: said(LINK, text('事件的数据结构', 'its schema')),
    previous: said(LINK, text('流内前一个', 'the one before it in its stream')),
    next: said(LINK, text('流内后一个', 'the one behind it in its stream')),
    print: said(LINK, text('记账凭证', 'as it is printed')),
    transfer: said(LINK, text('同一往来号的事件', 'all events of the same transfer number')),
  },
  'schema',
  'previous',
  'next',
  'print',
  'transfer',
);

const LOOKED = said(
  object({
    after: said(NATURAL, text('此位置之后', 'behind this position')),
    upTo: said(NATURAL, text('至此位置', 'up to this one')),
  }),
  text(
    '为本页查看了日志的哪一段；一次查看有上限，没有找到时由此继续',
    'the part of the log that was looked at for the page: a look is bounded, and goes on from there',
  ),
);
const LIST_LINKS = said(
  object(
    {
      first: said(LINK, text('第一页', 'the first page')),
      previous: said(LINK, text('上一页', 'the page before')),
      next: said(LINK, text('下一页', 'the next page')),
      last: said(LINK, text('最后一页', 'the last page')),
    },
    'previous',
    'next',
  ),
  text('同样条件的各页，地址不变', 'the pages around it, of the same filters; the addresses are stable'),
);

/** The answers of the log, by the names under which other parts refer to them. */
export const LOG_SCHEMAS: Part = {
  StoredEventPage: object(
    {
      ...STORED,
      sha256: said(
        orNull(HASH),
        text('随字节存下的 SHA-256', 'the SHA-256 that is kept beside the bytes; null where it was lost'),
      ),
      reversedBy: OR_NULL,
      correctedBy: IDS,
      withdrawnBy: STRING,
      refundedBy: IDS,
      answeredBy: IDS,
      links: PAGE_LINKS,
      shown: said(NATURAL, text('冲销链所示的日志位置', 'the position of the log up to which links are shown')),
      stored: said(
        STRING,
        text(
          '所存的文本；其 UTF-8 字节的 SHA-256 应与 sha256 相同',
          'the stored text: the SHA-256 of its UTF-8 bytes is sha256',
        ),
      ),
      about: ABOUT,
      entries: list(ENTRY, text('分录', 'entries')),
      totals: said(
        orNull(object({ debit: AMOUNT, credit: AMOUNT, balances: YES_OR_NO })),
        text('借贷合计及是否相等', 'totals of both sides, and whether they are equal'),
      ),
      evidence: said(
        orNull(object({ kind: STRING, number: STRING, sha256: HASH })),
        text('原始凭证及其摘要', 'the source document with its digest'),
      ),
      chain: list(
        object(LINKED),
        text('冲销、订正、退费、撤回、承接之链', 'what is linked to it, in the order of recording'),
      ),
      chainIsWhole: said(YES_OR_NO, text('链是否列全', 'whether all of the chain is listed')),
      transfer: list(
        object({ ...LINKED, side: { type: 'string', enum: ['sent', 'received'] } }),
        text('上下级往来的两方凭证', 'the vouchers of both sides of a transfer between levels'),
      ),
      changes: list(CHANGE, text('对基础资料的变更', 'what it changes in the reference data')),
      findings: list(schemaNamed('Finding'), text('入账时的疑点', 'what looked wrong when it was recorded')),
      source: said(orNull(SOURCE), text('来源文件', 'the file that it came from; null for a single command')),
      fields: list(FIELD, text('各字段及其含义', 'every field with what it means')),
      data: said({ type: 'object' }, text('事件本身', 'the event itself')),
    },
    'withdrawnBy',
    'refundedBy',
    'answeredBy',
    'changes',
  ),
  EventsPage: object({
    position: said(NATURAL, text('日志末尾', 'the end of the log')),
    events: list(
      object({
        ...STORED,
        sha256: said(HASH, text('所存字节的 SHA-256', 'SHA-256 of the stored bytes')),
        data: said({ type: 'object' }, text('事件本身', 'the event itself')),
      }),
      text('按位置排列的事件', 'events in order of position'),
    ),
    next: said(NATURAL, text('继续时作为 after', 'what to pass as `after` to go on')),
    looked: LOOKED,
    links: LIST_LINKS,
  }),
  EventTables: {
    ...TABLES,
    properties: { ...(TABLES['properties'] as Part), looked: LOOKED, links: LIST_LINKS },
    required: [...(TABLES['required'] as string[]), 'looked', 'links'],
  },
};
