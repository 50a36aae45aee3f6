import { text } from '../../errors.js';
import { Count, Line, Pattern } from '../../kinds/fields.js';
import { notice } from '../../kinds/kind.js';

const SHA256 = '^[0-9a-f]{64}$';
const digestText = text('64 位小写十六进制的 SHA-256', 'a SHA-256 as 64 lower-case hexadecimal digits');
const INSTANT = '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$';
const POSITIONS = { max: Number.MAX_SAFE_INTEGER };

/** What was restored, what was lost by it, and on whose word. */
export class LedgerRestoredFacts {
  @Pattern(text('备份清单摘要', 'SHA-256 of the backup’s manifest'), SHA256, 'sha256', digestText)
  backupSha256!: string;

  @Count(text('备份所到位置', 'position the backup reached'), POSITIONS)
  backupPosition!: number;

  @Pattern(
    text('备份时间', 'time of the backup'),
    INSTANT,
    'instant',
    text('UTC 时刻，含毫秒', 'an instant in UTC with milliseconds'),
  )
  backupMadeAt!: string;

  @Count(text('丢失的起始位置', 'first position lost'), { ...POSITIONS, min: 1 })
  lostFrom!: number;

  @Count(text('丢失的终止位置', 'last position lost'), { ...POSITIONS, min: 1 })
  lostTo!: number;

  @Count(text('丢失的事件数', 'events lost'), { ...POSITIONS, min: 1 })
  lostEvents!: number;

  @Pattern(text('丢失的最后一条的摘要', 'SHA-256 of the last event lost'), SHA256, 'sha256', digestText, {
    optional: true,
  })
  lastLostSha256?: string;

  @Line(text('经办', 'who restored it'), 64)
  by!: string;

  @Line(text('理由', 'reason'), 200)
  reason!: string;
}

/**
 * An older backup took the place of a newer log: the events from one position to another are gone, and their positions,
 * revisions and numbers are given anew. It moves no money and belongs to no book. Only `restore` writes it: it has no
 * route and is no kind of command, so that neither HTTP nor a file can bring one.
 */
export const ledgerRestored = notice<LedgerRestoredFacts>({
  kind: 'ledger-restored',
  event: 'LedgerRestored.v1',
  name: text('由备份恢复', 'Restored from a backup'),
  command: LedgerRestoredFacts,
  stream: 'ledger-restorations',
  example: {
    backupSha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    backupPosition: 24000,
    backupMadeAt: '2025-06-30T01:00:00.000Z',
    lostFrom: 24001,
    lostTo: 25234,
    lostEvents: 1234,
    lastLostSha256: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
    by: 'zhao',
    reason: '数据盘损坏，恢复当日凌晨的备份',
  },
});
