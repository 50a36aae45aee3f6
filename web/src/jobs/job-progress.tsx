import { type components } from '../api/schema.ts';
import { countText } from '../text/counts.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';

const COUNTS = {
  positions: text('个位置', 'positions'),
  events: text('个事件', 'events'),
  tables: text('张表', 'tables'),
  bytes: text('字节', 'bytes'),
};
const A_SECOND = text('每秒', 'a second:');
const LEFT = text('本步还需（秒）', 'left in this phase (s):');

/** How far a job is: which phase, a bar, how fast, and how long it still takes. */
export function JobProgress({ progress }: { readonly progress: components['schemas']['JobProgress'] }) {
  const say = useSay();
  const { title, phase, phases, counts, done, total, perSecond, remainingSeconds } = progress;
  const name = `${say(title)} ${phase}/${phases}`;
  return (
    <div className="progress">
      <span>{name}</span>
      <progress aria-label={name} {...(total !== null && { value: done, max: Math.max(total, 1) })} />
      <span className="muted">
        {countText(done)}
        {total !== null && ` / ${countText(total)}`} {say(COUNTS[counts])}
        {perSecond !== null && ` · ${say(A_SECOND)} ${countText(perSecond)}`}
        {remainingSeconds !== null && ` · ${say(LEFT)} ${countText(remainingSeconds)}`}
      </span>
    </div>
  );
}
