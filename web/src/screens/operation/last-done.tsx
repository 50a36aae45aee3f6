import { type ReactNode } from 'react';
import { type Answer } from '../../api/ask.ts';
import { PlainTable } from '../../table/plain-table.tsx';
import { countText } from '../../text/counts.ts';
import { onTheClock } from '../../text/instants.ts';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';

const TITLE = text('最近一次核验、备份与恢复', 'The last verification, backup and restore');
const WHAT = text('事项', 'What');
const WHEN = text('何时', 'When');
const UP_TO = text('到日志位置', 'Up to position');
const RESULT = text('结果', 'Result');
const LOG = text('与现在的日志', 'Compared with the log now');
const VERIFICATION = text('核验', 'Verification');
const BACKUP = text('备份', 'Backup');
const RESTORE = text('恢复', 'Restore');
const NEVER = text('没有记录', 'none on record');
const HOLDS = text('✓ 全部通过', '✓ everything holds');
const BREACHES = text('✗ 不符处数：', '✗ breaches: ');
const NOTES = text('提示：', 'notes: ');
const LOST = text('丢失的事件：', 'events that were lost: ');
const UNREADABLE = text('记录读不出', 'A record cannot be read');
const LIKENESSES = {
  same: text('✓ 是同一日志', '✓ the same log'),
  parted: text('✗ 日志已不是当时的：被恢复过或已分叉', '✗ another state: restored, or parted since'),
  other: text('✗ 是另一本账的日志', '✗ the log of another ledger'),
};
const UNKNOWN = text('无从比较', 'cannot be compared');

type Operation = Answer<'/v1/operation'>;
type Likeness = keyof typeof LIKENESSES | null;

/** What was done last with the ledger, when, and with what result. */
export function LastDone({ operation }: { readonly operation: Operation }) {
  const say = useSay();
  const { lastVerification, lastBackup, lastRestore, unreadable } = operation;
  const row = (
    name: typeof VERIFICATION,
    done: { readonly at: string; readonly position: number; readonly likeness: Likeness } | null,
    result: ReactNode,
  ) => ({
    key: name.en,
    cells: done
      ? [
          say(name),
          onTheClock(done.at),
          countText(done.position),
          result,
          say(done.likeness ? LIKENESSES[done.likeness] : UNKNOWN),
        ]
      : [say(name), <span className="muted">{say(NEVER)}</span>, '', '', ''],
  });
  const { breachCount = 0, noteCount = 0 } = lastVerification ?? {};
  return (
    <PlainTable
      title={TITLE}
      columns={[{ name: WHAT }, { name: WHEN }, { name: UP_TO, isFigure: true }, { name: RESULT }, { name: LOG }]}
      rows={[
        row(
          VERIFICATION,
          lastVerification,
          <>
            <span className={breachCount === 0 ? 'standing-well' : 'standing-down'}>
              {breachCount === 0 ? say(HOLDS) : `${say(BREACHES)}${countText(breachCount)}`}
            </span>
            {noteCount > 0 && ` · ${say(NOTES)}${countText(noteCount)}`}
          </>,
        ),
        row(BACKUP, lastBackup, <code>{lastBackup?.directory}</code>),
        row(
          RESTORE,
          lastRestore,
          <>
            <code>{lastRestore?.directory}</code> · {say(LOST)}
            {countText(lastRestore?.lost ?? 0)}
          </>,
        ),
      ]}
    >
      {unreadable.map(({ record, why }) => (
        <p key={record} className="note">
          {say(UNREADABLE)}：<code>{record}</code> {why}
        </p>
      ))}
    </PlainTable>
  );
}
