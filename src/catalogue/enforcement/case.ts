import { code, CodeList } from '../../text/codes.js';

/** Where a lead or a case comes from. */
export const ORIGINS = new CodeList([
  code('report', '举报投诉', 'Report by the public'),
  code('assigned', '上级交办', 'Assigned from above'),
  code('data-model', '大数据筛查', 'Screening of data'),
  code('inspection', '检查发现', 'Found by inspection'),
  code('referral', '部门移送', 'Referred by another authority'),
  code('media', '媒体曝光', 'Reported by the media'),
]);

/** The stream of a case: whatever is recorded of it, by whichever unit. */
export const caseStream = ({ caseId }: { readonly caseId: string }): string => `case-${caseId}`;
