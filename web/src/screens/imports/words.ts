import { text } from '../../text/text.ts';

export const IMPORT_STATUSES = {
  queued: text('等候', 'waiting'),
  running: text('进行中', 'running'),
  paused: text('! 暂停，自行继续', '! paused, goes on by itself'),
  done: text('完成', 'done'),
  failed: text('✗ 失败', '✗ failed'),
  cancelled: text('已取消', 'cancelled'),
  'set-aside': text('✗ 搁置', '✗ set aside'),
};
export const OUTCOMES = {
  posted: text('✓ 已入账', '✓ posted'),
  checked: text('✓ 只检查，未入账', '✓ checked only, nothing posted'),
  refused: text('✗ 有错，全部未入账', '✗ refused, nothing posted'),
  'control-mismatch': text('✗ 对照数不符，未入账', '✗ control totals differ, nothing posted'),
  incomplete: text('✗ 部分行未入账', '✗ some lines are not posted'),
};
export const FILE = text('文件', 'File');
export const STATUS = text('状态', 'Status');
export const RECEIVED = text('收到', 'Arrived');
export const BYTES = text('字节', 'Bytes');
export const LINES = text('行数', 'Lines');
export const POSTED = text('新入账', 'Posted');
export const REPLAYED = text('此前已入账', 'Posted before');
export const REJECTED = text('被拒绝', 'Rejected');
export const VOUCHERS = text('成为哪些凭证', 'The vouchers it became');
export const SEE = text('查看凭证', 'See the vouchers');
export const NAMELESS = text('（未说明文件名）', '(its name was not said)');
