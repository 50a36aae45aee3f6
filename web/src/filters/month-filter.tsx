import { Button, Input } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useAddress } from '../address/address.ts';
import { lastDayOf, monthAfter, readMonth } from '../address/days.ts';
import { useShown } from '../address/shown.tsx';
import { useShortcuts } from '../shell/keyboard.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';

const MONTH = text('月份', 'Month');
const BEFORE = text('上一期', 'Previous period');
const BEHIND = text('下一期', 'Next period');
const TODAY = text('今日', 'Today');
const EXPECTED = text('月份或日期，如 2025-05、2025年5月、2025-05-12', 'a month or a day, e.g. 2025-05, 2025-05-12');

const NO_DAYS = { from: undefined, to: undefined, asOf: undefined };
/** Up to the end of a month, whatever day the statement began with. */
const upTo = (month: string) => ({ ...NO_DAYS, to: lastDayOf(month) });

/** The month up to whose end a statement is, and the keys that go to the month, or the year, before and behind. */
export function MonthFilter({ isYearly }: { readonly isYearly: boolean }) {
  const say = useSay();
  const { get, change } = useAddress();
  const shown = useShown();
  const day = get('to') ?? get('asOf') ?? shown?.to ?? undefined;
  const month = day?.slice(0, 7);
  const given = useMemo(() => {
    const shift = (by: 1 | -1) => () => {
      if (month === undefined) return;
      change(upTo(isYearly ? `${monthAfter(month, by * 12).slice(0, 4)}-12` : monthAfter(month, by)));
    };
    return [
      { keys: '[', says: BEFORE, act: shift(-1) },
      { keys: ']', says: BEHIND, act: shift(1) },
      { keys: 't', says: TODAY, act: () => change(NO_DAYS) },
    ];
  }, [month, isYearly, change]);
  useShortcuts(given);
  return (
    <>
      <Button aria-label={say(BEFORE)} title={`${say(BEFORE)} [`} onClick={given[0]!.act} disabled={!month}>
        ‹
      </Button>
      <MonthField key={day} shown={dayOrMonth(day)} />
      <Button aria-label={say(BEHIND)} title={`${say(BEHIND)} ]`} onClick={given[1]!.act} disabled={!month}>
        ›
      </Button>
    </>
  );
}

/** A day as the month it ends, where it does. */
const dayOrMonth = (day: string | undefined): string =>
  day !== undefined && day === lastDayOf(day.slice(0, 7)) ? day.slice(0, 7) : (day ?? '');

/** A month, or a day in it up to which the statement is; what is neither is said so and asked nobody. */
function MonthField({ shown }: { readonly shown: string }) {
  const say = useSay();
  const { change } = useAddress();
  const [typed, setTyped] = useState(shown);
  useEffect(() => setTyped(shown), [shown]);
  const to = readMonth(typed);
  const isWrong = typed.trim() !== '' && to === undefined;
  const take = (): void => {
    if (isWrong || typed === shown) return;
    change({ ...NO_DAYS, to });
  };
  return (
    <label className="filter">
      <span>{say(MONTH)}</span>
      <Input
        value={typed}
        status={isWrong ? 'error' : ''}
        aria-invalid={isWrong}
        title={isWrong ? say(EXPECTED) : undefined}
        placeholder="YYYY-MM"
        onChange={({ target }) => setTyped(target.value)}
        onBlur={take}
        onPressEnter={take}
      />
      {isWrong && (
        <span role="alert" className="wrong">
          {say(EXPECTED)}
        </span>
      )}
    </label>
  );
}
