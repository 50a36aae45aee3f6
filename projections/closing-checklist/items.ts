import { type Text, text } from '../../src/errors.js';

/** Everything that is looked at, in the order of the checklist. */
export type Item =
  | 'order'
  | 'equation'
  | 'income-account'
  | 'advance-premiums'
  | 'pending-income'
  | 'voucher-numbers'
  | 'registers'
  | 'advances'
  | 'suspense'
  | 'transfers';

const SIFAS = '财会〔2017〕28号';

/** What each is called, and the rule it is looked at for, with where that is written. */
export const ITEMS: Readonly<Record<Item, { readonly name: Text; readonly rule: Text }>> = {
  order: {
    name: text('结账次序', 'Order of closing'),
    rule: text(`逐月结账，年末年结（${SIFAS}）`, `months in their order, the year behind December (${SIFAS})`),
  },
  equation: {
    name: text('会计等式', 'Balance equation'),
    rule: text(
      `资产 = 负债 + 净资产，按统筹与个人账户分列（${SIFAS}）`,
      `assets = liabilities + net assets (${SIFAS})`,
    ),
  },
  'income-account': {
    name: text('收入户余额', 'Income account'),
    rule: text(`收入户月末一般无余额（${SIFAS}，1002）`, `nothing is left on it at a month's end (${SIFAS}, 1002)`),
  },
  'advance-premiums': {
    name: text('预收保费确认', 'Premiums held in advance'),
    rule: text(`参保年度一月确认（${SIFAS}，2001）`, `income in January of the year they cover (${SIFAS}, 2001)`),
  },
  'pending-income': {
    name: text('待转收入', 'Pending income'),
    rule: text(
      `可留过月末，不留过年末（${SIFAS}，4601、4602）`,
      `over a month, not over a year (${SIFAS}, 4601, 4602)`,
    ),
  },
  'voucher-numbers': {
    name: text('凭证号', 'Voucher numbers'),
    rule: text('按月按类连续编号（会计基础工作规范）', 'without a gap by month and series (basic accounting norms)'),
  },
  registers: {
    name: text('备查与总账', 'Registers'),
    rule: text('账账相符（会计基础工作规范）', 'ledgers agree with each other (basic accounting norms)'),
  },
  advances: {
    name: text('暂付款', 'Advances'),
    rule: text(`按对方核对、定期清理（${SIFAS}，1101）`, `kept by counterparty and settled (${SIFAS}, 1101)`),
  },
  suspense: {
    name: text('暂收款', 'Suspense'),
    rule: text(`按对方核对、定期清理（${SIFAS}，2001）`, `kept by counterparty and settled (${SIFAS}, 2001)`),
  },
  transfers: {
    name: text('上下级往来', 'Flows between levels'),
    rule: text(`上解下拨双方核对一致（${SIFAS}）`, `both sides agree (${SIFAS})`),
  },
};
