import { Button } from 'antd';
import { Link } from 'react-router';
import { useAddress } from '../address/address.ts';
import { useShown } from '../address/shown.tsx';
import { DayField, MOMENT } from '../filters/day-field.tsx';
import { screenOf } from '../screens/screens.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';

const BUSINESS = text('业务日', 'Business days');
const RECORDED = text('入账', 'Recorded');
const NOW = text('现在', 'now');
const BACK = text('回到现在', 'Back to now');
const SINCE = text('自此以后有何变化', 'What changed since');
const AT_POSITION = text('日志位置', 'position');
const ALL_DAYS = text('全部', 'all');
const NO_DAYS = text('—', '—');
const TO = text('至', 'to');
const AS_RECORDED_BY = text('截至入账时间', 'as recorded by');
const PROVISIONAL = text(
  '此时点尚未截止，之后写入的仍可能计入',
  'provisional: what is written from now on may still count',
);
/** Always says what time is shown, on both axes; another moment than now is amber, with the way back. */
export function TimeBanner() {
  const say = useSay();
  const { path, get, change, link } = useAddress();
  const shown = useShown();
  const recorded = get('recordedAsOf');
  const days = [shown?.from ?? get('from'), shown?.to ?? get('to') ?? get('asOf')].filter(Boolean);
  const none = screenOf(path).screen?.isOfDays === false ? ALL_DAYS : NO_DAYS;
  return (
    <section
      className={recorded === undefined ? 'time now' : 'time then'}
      aria-label={say(AS_RECORDED_BY)}
      aria-live="polite"
    >
      <span className="axis">
        {say(BUSINESS)} <strong>{days.length === 0 ? say(none) : [...new Set(days)].join(` ${say(TO)} `)}</strong>
      </span>
      <span className="axis">
        {say(RECORDED)} <strong>{recorded ?? say(NOW)}</strong>
        {shown && (
          <span className="muted">
            （{say(AT_POSITION)} {shown.position}）
          </span>
        )}
      </span>
      {shown?.recordedAsOfIsFinal === false && <span className="provisional">{say(PROVISIONAL)}</span>}
      <DayField name="recordedAsOf" label={AS_RECORDED_BY} shown={say(NOW)} alsoTakes={MOMENT} />
      {recorded !== undefined && path !== DIFFERENCE && (
        <Link to={link(sinceThen(get, shown?.to ?? undefined, recorded))}>{say(SINCE)}</Link>
      )}
      {recorded !== undefined && (
        <Button size="small" onClick={() => change({ recordedAsOf: undefined })}>
          {say(BACK)}
        </Button>
      )}
    </section>
  );
}

const DIFFERENCE = '/difference';

/** What became known since a moment, about the business day that is shown: now, against what was known then. */
function sinceThen(get: (name: string) => string | undefined, to: string | undefined, recorded: string): string {
  const asked = [
    ...['fund', 'unit', 'scope'].map((name) => [name, get(name)] as const),
    ['to', to] as const,
    ['againstRecordedAsOf', recorded] as const,
  ].filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
  return `${DIFFERENCE}?${new URLSearchParams(asked.map(([name, value]) => [name, value])).toString()}`;
}
