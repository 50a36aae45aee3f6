import { code, CodeList } from '../text/codes.js';

/*
 * Closed lists that more than one part knows: most are sub-accounts of the chart and values of commands at once, and
 * all of them are printed in reports.
 */

/** Who pays a contribution; premiums are booked by it. */
export const PAYER_KINDS = new CodeList([
  code('employer', '单位', 'Employer'),
  code('employee', '职工', 'Employee'),
  code('flexible', '灵活就业人员', 'Flexible worker'),
  code('resident', '居民', 'Resident'),
  code('on-behalf', '代缴', 'Paid on behalf'),
  code('subsidised', '资助参保', 'Subsidised'),
]);

/** The kinds of benefit 待遇 of any fund. */
export const BENEFIT_KINDS = new CodeList([
  code('inpatient', '住院', 'Inpatient'),
  code('outpatient', '门诊', 'Outpatient'),
  code('chronic', '门诊慢特病', 'Chronic disease'),
  code('maternity-medical', '生育医疗', 'Maternity care'),
  code('maternity-allowance', '生育津贴', 'Maternity allowance'),
  code('personal-account', '个人账户待遇', 'Personal-account benefit', '个人账户'),
  code('enrolment', '资助参保', 'Subsidised enrolment'),
  code('direct', '直接救助', 'Direct assistance'),
]);

const TIER_CODES = [
  code('central', '中央', 'Central'),
  code('province', '省级', 'Province'),
  code('county', '市县', 'County'),
];

/** Who grants a subsidy. */
export const TIERS = new CodeList(TIER_CODES);

/** A subsidy is booked by its tier, a tier's share of a gap by itself. */
export const SUBSIDY_DETAILS = new CodeList([...TIER_CODES, code('gap', '缺口分担', 'Gap share')]);

export const OTHER_INCOME = new CodeList([
  code('late-fees', '滞纳金', 'Late fees'),
  code('contract-penalties', '违约金', 'Contract penalties'),
  code('prior-year-recoveries', '追回以前年度支出', 'Recoveries of earlier years'),
  code('donations', '捐赠', 'Donations'),
]);

export const DEPOSIT_TERMS = new CodeList([code('term', '定期存款', 'Term deposit')]);

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
