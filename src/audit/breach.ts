import { type Text, text } from '../errors.js';
import { eventId, type StoredEvent } from '../event-store/event-store.js';

/** What must hold of every ledger, and what each is called in a report. */
export const INVARIANTS = {
  store: text('存储完好：哈希、位置与文件', 'the store is whole: hashes, positions, file'),
  mark: text('日志不短于已确认的位置', 'the log is as long as was acknowledged'),
  readable: text('事件可读', 'the event can be read'),
  canonical: text('文本为规范形式', 'the text is canonical'),
  'known-type': text('事件类型已知', 'the type of event is known'),
  shape: text('数据符合其种类的定义', "the data is as its kind's schema says"),
  stream: text('一张凭证属于一个基金、一本账', 'one fund and one book per voucher'),
  revision: text('账内序号连续', 'revisions follow each other'),
  'recorded-time': text('入账时间不倒退', 'recorded time never runs backwards'),
  'recorded-time-order': text('各账之间入账时间亦不倒退', 'recorded time does not go back between books either'),
  'recorded-ahead': text('入账时间不超前于服务器时间', "recorded time is not ahead of the server's"),
  'stored-late': text('服务器即时写入', 'the server writes an event when it is recorded'),
  'recorded-time-step': text('相邻入账时间相隔不超过界限', 'recorded time goes on by steps within the bound'),
  clock: text(
    '机器时钟不落后于最后入账时间，也不远离',
    'the clock is not behind the last recorded time, nor far from it',
  ),
  'business-date': text('业务日期在建账日与入账日之间', 'the business date lies between opening and recording'),
  'two-people': text('经办与复核为两人', 'maker and reviewer are two people'),
  'rules-of-today': text('现行规则也会准予记账', 'the rules of today would record it as well'),
  'voucher-number': text('凭证号按期间和类型连续', 'voucher numbers are gapless by period and type'),
  entries: text('分录使用本基金的科目', 'entries use accounts of the fund'),
  balanced: text('借贷相等', 'debits equal credits'),
  'amount-moved': text('分录与金额相符', 'the entries move the amount'),
  equation: text('资产 = 负债 + 净资产 + 收入 − 支出', 'assets = liabilities + net assets + income - expenditure'),
  closing: text(
    '统筹与个人账户：期末 = 期初 + 收入 − 支出',
    'pool and personal accounts: close = open + income - expenditure',
  ),
  'below-zero': text('账户余额不为负', 'no guarded account is below zero'),
  reference: text('基础资料前后一致，凭证所依版本已采用', 'reference data holds together, and was adopted before'),
  'memo-moves-nothing': text('备查不含分录', 'a memo has no entries'),
  register: text(
    '备查承接、撤销与增减相符',
    'a memo answers one that stands, is withdrawn once, and no register holds less than nothing',
  ),
  restored: text('日志未曾由较早的备份恢复', 'the log was never restored from an older backup'),
  reversal: text('凭证只冲销一次，且分录相反', 'a voucher is reversed once, by its mirror'),
  correction: text('更正指向有效凭证，且只更正一次', 'a correction names a voucher that stands, and is made once'),
  'closed-periods': text(
    '结账结转当期收支且余额相符，已结期间不再记账',
    'a close carries what came and went and keeps what stands, and nothing is dated in a closed period',
  ),
  'key-once': text('同一幂等键只入账一次', 'a key is recorded once, and found by it'),
  eliminations: text('上下级往来相抵后等于在途', 'flows between levels eliminate to what is in transit'),
  transfers: text('往来各视图与日志一致', 'every view of the transfers is that of the log'),
  enforcement: text('监管成效的数字与日志一致', 'the figures of enforcement are those of the log'),
  'read-tables': text(
    '查询视图出自本日志，余额与其一致',
    'the read tables are made from the log and hold its balances',
  ),
} as const satisfies Record<string, Text>;

export type Invariant = keyof typeof INVARIANTS;

/** An invariant that does not hold, at the event where that shows; without one where no event can be named. */
export interface Breach {
  readonly position?: number | undefined;
  /** The id of the event. */
  readonly id?: string | undefined;
  readonly invariant: Invariant;
  readonly expected: string;
  readonly got: string;
}

/** A breach at an event. */
export const breachAt = (stored: StoredEvent, invariant: Invariant, expected: string, got: string): Breach => ({
  position: stored.position,
  id: eventId(stored.stream, stored.revision),
  invariant,
  expected,
  got,
});
