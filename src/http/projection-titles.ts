import { type Text, text } from '../errors.js';

/** What projections are called where a person reads how far they have come. */
export const PROJECTION_TITLES: Readonly<Record<string, Text>> = {
  'book-state': text('各账状态', 'State of books'),
  'recorded-time': text('入账时间', 'Recorded times'),
  'fund-balance': text('余额', 'Balances'),
  'provincial-consolidation': text('省级汇总', 'Consolidation'),
  'audit-trail': text('凭证序时簿', 'Audit trail'),
  enforcement: text('监管成效', 'Enforcement'),
  'budget-execution': text('预算执行', 'Budget execution'),
  'net-assets': text('净资产', 'Net assets'),
  periods: text('会计期间', 'Periods'),
  registers: text('登记簿', 'Registers'),
  'gap-sharing': text('缺口分担', 'Gap sharing'),
  disclosure: text('信息披露', 'Disclosure'),
  'log-places': text('事件的查找', 'Places in the log'),
  names: text('在用的名称', 'Names in use'),
  'imported-files': text('导入的文件', 'Imported files'),
  reference: text('基础资料', 'Reference data'),
  'book-keys': text('幂等键', 'Keys'),
};
