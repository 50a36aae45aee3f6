import { useAddress } from '../../address/address.ts';
import { shiftDays } from '../../address/days.ts';
import { AccountFilter } from '../../filters/account-filter.tsx';
import { DayField, MOMENT } from '../../filters/day-field.tsx';
import { Filters } from '../../filters/filters.tsx';
import { SavedMenu } from '../../filters/saved-menu.tsx';
import { Report } from '../../table/report.tsx';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';

const ANY_ACCOUNT = text('全部科目', 'all accounts');
const THIS = text('本时点', 'This point');
const OTHER = text('对比时点', 'The other point');
const DAY = text('业务日期截至', 'Business days to');
const RECORDED = text('入账截至', 'Recorded by');
const NOW = text('现在', 'now');
const AS_THIS = text('与本时点相同', 'as of this point');
const USUAL = text('默认', 'usual');
const HOW = text(
  '一个时点 = 业务日期截至某日，且截至某一入账时刻（日、时刻或日志位置）。只填对比时点的入账时刻，即比较同一业务日“当时所知”与“现在所知”。',
  'A point is a business day and a moment of recording (a day, an instant or a position of the log). With the moment ' +
    'of the other point alone, one compares what was known then with what is known now, about the same day.',
);
const TAKES = ['fund', 'unit', 'scope'];

/** Two points on both time axes: what differs by account, and through which vouchers. */
export function Component() {
  const say = useSay();
  const { get } = useAddress();
  const from = get('from');
  // The day before the first is the day of the other point.
  const before = from === undefined ? undefined : shiftDays({ from, to: from }, -1).to;
  return (
    <>
      <Filters takes={TAKES}>
        <AccountFilter none={ANY_ACCOUNT} />
        <SavedMenu />
      </Filters>
      <form className="points" onSubmit={(event) => event.preventDefault()}>
        <fieldset>
          <legend>{say(THIS)}</legend>
          <DayField name="to" label={DAY} shown={say(USUAL)} />
          <DayField name="recordedAsOf" label={RECORDED} shown={say(NOW)} alsoTakes={MOMENT} />
        </fieldset>
        <span className="versus" aria-hidden="true">
          ⇄
        </span>
        <fieldset>
          <legend>{say(OTHER)}</legend>
          <DayField name="againstAsOf" label={DAY} shown={before ?? say(USUAL)} clears={FROM} />
          <DayField name="againstRecordedAsOf" label={RECORDED} shown={say(AS_THIS)} alsoTakes={MOMENT} />
        </fieldset>
        <p className="muted">{say(HOW)}</p>
      </form>
      <Report path="/v1/difference" />
    </>
  );
}

/** The first day says the same as the day of the other point. */
const FROM = ['from'];
