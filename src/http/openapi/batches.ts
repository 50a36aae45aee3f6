import { KEY_SCOPE } from '../../books/key-scope.js';
import { SENT_KINDS } from '../../catalogue/registry.js';
import { contribution } from '../../catalogue/collecting/contribution.js';
import { ACCEPTED_BATCHES, BATCH_ROUTE, MOST_BATCH_BYTES, MOST_ITEMS } from '../batch-body.js';
import { aCount, anObject, aString, aSwitch, listOf, oneOf } from './fields.js';
import { type Part, schemaNamed as ref } from './parts.js';
import { json, operation } from './paths.js';
import { problemsOf } from './schemas.js';

const KEY = aString(
  `该项的幂等键，如 Idempotency-Key 头；试算可不带。${KEY_SCOPE.zh}`,
  `its key, as the header Idempotency-Key has it; a dry run needs none. ${KEY_SCOPE.en}`,
  { pattern: '^[\\x21-\\x7e]{1,255}$' },
);

/** The schemas of batches, by their names. */
export const BATCH_SCHEMAS: Part = {
  BatchedCommand: {
    type: 'object',
    description:
      '一项：种类、键，与该种类单独入账时的字段并列 one command: its kind and key, beside the fields that it has at the ' +
      'address of its kind',
    properties: {
      kind: oneOf('种类', 'its kind', ...SENT_KINDS.map(({ kind }) => kind)),
      key: KEY,
      ifMatch: aString(
        '所见账簿版本，如 If-Match 头',
        'the revision of the book you have seen, as the header If-Match',
      ),
    },
    required: ['kind'],
    additionalProperties: true,
  },
  BatchedAnswer: anObject(
    {
      index: aCount('第几项，自 0 起', 'which item of the body, from 0'),
      status: {
        type: 'integer',
        description: '单独发送时的状态码 the status it would have alone; 424: not recorded because of others (atomic)',
      },
    },
    {
      line: aCount('NDJSON 的行号', 'its line, in NDJSON'),
      key: aString('该项的键', 'its key'),
      replayed: aSwitch('此键先前已记账', 'its key was recorded before'),
      receipt: ref('Receipt'),
      preview: ref('Preview'),
      problem: ref('Problem'),
    },
  ),
  BatchAnswer: anObject(
    {
      recorded: aCount('新入账（试算：将入账）的项数', 'how many are recorded now, or would be by a dry run'),
      replayed: aCount('先前已入账', 'how many were recorded before'),
      refused: aCount('未入账', 'how many are not recorded'),
      items: { ...listOf(ref('BatchedAnswer')), description: '按请求中的次序 in the order of the body' },
    },
    {
      dryRun: { const: true },
      position: aCount('其中最后的日志位置', 'position of the last event that it tells of'),
    },
  ),
};

const EXAMPLE = [{ kind: contribution.kind, key: 'HK-2025-000125', ...contribution.example }];

const ATOMIC: Part = {
  name: 'atomic',
  in: 'query',
  description:
    '要么全部入账，要么全不入账；各项须属同一本账簿（或同一份备查），因为一次写入只到一个流 all are recorded, in one ' +
    'append, or none is; they must be of one book or one register of memos, because one append is one stream',
  schema: { type: 'string', enum: ['true', 'false'] },
};

export const BATCH_PATHS: Part = {
  [`/${BATCH_ROUTE}`]: {
    post: operation('record-batch', 'record', `成批记账 Up to ${MOST_ITEMS} commands in one body`, {
      description:
        `一次至多 ${MOST_ITEMS} 项、${MOST_BATCH_BYTES} 字节，种类与账簿不限。` +
        '各项如同依次单独发送，凭证与拒绝都相同；同一账簿的各项一次写入。' +
        '中断后把同一内容再发一次，先前已记账的各项标为 replayed ' +
        `Up to ${MOST_ITEMS} commands and ${MOST_BATCH_BYTES} bytes, of any kinds and books. Each is answered as if ` +
        'they had been sent one by one; those of one book are appended together. Where the answer is lost, send the ' +
        'same body again: what was recorded is marked replayed.',
      parameters: [
        ATOMIC,
        { $ref: '#/components/parameters/DryRun' },
        { $ref: '#/components/parameters/AcceptLanguage' },
      ],
      requestBody: {
        required: true,
        content: Object.fromEntries(
          ACCEPTED_BATCHES.types.map((type) => [
            type,
            type === 'application/json'
              ? {
                  schema: { type: 'array', minItems: 1, maxItems: MOST_ITEMS, items: ref('BatchedCommand') },
                  example: EXAMPLE,
                }
              : {
                  schema: {
                    type: 'string',
                    description: '每行一项，空行略过 one item a line; blank lines are skipped',
                  },
                },
          ]),
        ),
      },
      responses: {
        207: {
          ...json('逐项的回答，次序如请求 an answer for each item, in their order', ref('BatchAnswer')),
          headers: Object.fromEntries(
            ['X-Ledger-Position', 'Content-Language'].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
          ),
        },
        ...problemsOf('write', 422),
      },
    }),
  },
};
