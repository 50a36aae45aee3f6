import { type Text, text } from '../errors.js';
import { type POLICY_KEYS, SUBSIDY, subsidisedName } from './adopted.js';

/** What policies are called where people read them. */
const NAMES: Readonly<Record<keyof typeof POLICY_KEYS, Text>> = {
  'resident-premium-recognition': text('居民预缴保费的确认', 'When residents’ premiums become income'),
  'late-fee-rate': text('滞纳金日率', 'Late fee a day'),
  'provider-advance-months': text('可预付的最低可支付月数', 'Months the pool must last for an advance'),
  'provider-advance-size': text('预付金规模（月数）', 'Size of an advance, in months'),
  'budget-execution-band': text('预算执行偏差提示', 'Band of budget execution'),
  'payable-months-bands': text('可支付月数预警档', 'Bands of payable months'),
  'payable-months-actions': text('各预警档的措施', 'What is done in each band'),
  'open-item-days': text('往来款项清理天数', 'Days for which items may be open'),
  'assistance-balance-ceiling': text('医疗救助结余上限', 'Ceiling of the balance of assistance'),
  'pending-income-pool-share': text('待转收入的统筹份额', 'Pool’s part of pending income'),
  'gap-share-policy-province': text('政策性缺口的省级分担', 'Province’s part of a gap that came of policy'),
  'gap-share-management-province': text('管理性缺口的省级分担', 'Province’s part of a gap that came of management'),
};

/** What values are called that are words of a policy's own. */
const VALUES: Readonly<Record<string, Text>> = {
  'on-receipt': text('收到时确认', 'on receipt'),
  'in-january-of-cover-year': text('参保年度一月确认', 'in January of the year covered'),
};

/** What a policy is called; by its key where it has no name. */
export function policyName(key: string): Text {
  if (key.startsWith(SUBSIDY)) {
    const { zh, en } = subsidisedName(key.slice(SUBSIDY.length));
    return text(`资助参保比例：${zh}`, `Part of the premium paid for ${en}`);
  }
  return Object.hasOwn(NAMES, key) ? NAMES[key as keyof typeof NAMES] : text(key, key);
}

/** The value of a policy as people read it. */
export const policyValue = (value: string): Text => VALUES[value] ?? text(value, value);
