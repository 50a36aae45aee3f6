import { code, CodeList } from '../text/codes.js';

/*
 * Closed lists that more than one part knows, and that are printed in reports.
 */

/** The channels through which cash comes back into the fund that lost it, in the order of reports. */
export const CHANNELS = new CodeList([
  code('self-check', '自查自纠退回', 'Returned after self-check'),
  code('inspection', '检查追回', 'Recovered by inspection'),
  code('model', '大数据模型追回', 'Recovered by data model'),
  code('audit', '审计追回', 'Recovered by audit'),
  code('police', '公安移送追回', 'Recovered with the police'),
]);

/** The channels through which a loss is avoided before money leaves the fund: nothing of them is cash. */
export const AVOIDING_CHANNELS = new CodeList([
  code('reminder', '事前提醒避免', 'Avoided by reminder before the claim', '事前提醒'),
  code('refusal', '智能审核拒付', 'Avoided by refusal in smart audit'),
]);

/** The articles of regulation 735 under which fines are imposed. */
export const ARTICLES = new CodeList([
  code('38', '第38条', 'Article 38', '第三十八条'),
  code('39', '第39条', 'Article 39', '第三十九条'),
  code('40', '第40条', 'Article 40', '第四十条'),
  code('41', '第41条', 'Article 41', '第四十一条'),
]);

/** What comes of a case. */
export const OUTCOMES = new CodeList([
  code('substantiated', '违法事实成立', 'Substantiated'),
  code('unsubstantiated', '违法事实不成立', 'Not substantiated'),
  code('transferred', '移送司法机关', 'Transferred to the judiciary', '移送'),
]);
