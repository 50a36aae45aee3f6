import { text } from '../text/text.ts';

export const JOB_KINDS = {
  verify: text('核验', 'Verification'),
  replay: text('重放', 'Replay'),
  export: text('导出', 'Export'),
};
export const JOB_STATUSES = {
  queued: text('等候', 'waiting'),
  running: text('进行中', 'running'),
  done: text('✓ 完成', '✓ done'),
  failed: text('✗ 失败', '✗ failed'),
  cancelled: text('已取消', 'cancelled'),
  'cut-off': text('✗ 因服务停止而中断', '✗ cut off: the service ended'),
};
