import { Button, Input } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useAddress } from '../address/address.ts';
import { readDay, shiftDays } from '../address/days.ts';
import { useShown } from '../address/shown.tsx';
import { useShortcuts } from '../shell/keyboard.ts';
import { useSay } from '../text/say.ts';
import { type Text, text } from '../text/text.ts';

const FROM = text('起日', 'From');
const TO = text('止日', 'To');
const BEFORE = text('上一期', 'Previous period');
const BEHIND = text('下一期', 'Next period');
const TODAY = text('今日', 'Today');
const EXPECTED = text(
  '日期，如 2025-05-12、2025/5/12、20250512、2025年5月12日',
  'a day, e.g. 2025-05-12, 2025/5/12, 20250512',
);

/** The business days that are asked for, and the keys that go to the period before and behind. */
export function DaysFilter() {
  const say = useSay();
  const { change } = useAddress();
  const days = useDays();
  const given = useMemo(() => {
    const shift = (by: 1 | -1) => () => days && change({ ...shiftDays(days, by), asOf: undefined, period: undefined });
    return [
      { keys: '[', says: BEFORE, act: shift(-1) },
      { keys: ']', says: BEHIND, act: shift(1) },
      { keys: 't', says: TODAY, act: () => change(NO_DAYS) },
    ];
  }, [days, change]);
  useShortcuts(given);
  return (
    <>
      <Button aria-label={say(BEFORE)} title={`${say(BEFORE)} [`} onClick={given[0]!.act} disabled={!days}>
        ‹
      </Button>
      <DayField name="from" label={FROM} shown={days?.from} />
      <DayField name="to" label={TO} shown={days?.to} />
      <Button aria-label={say(BEHIND)} title={`${say(BEHIND)} ]`} onClick={given[1]!.act} disabled={!days}>
        ›
      </Button>
    </>
  );
}

const NO_DAYS = { from: undefined, to: undefined, asOf: undefined, period: undefined };

/** The days that are seen: those of the address, else those that the answer says it shows. */
function useDays() {
  const { get } = useAddress();
  const shown = useShown();
  const [from, to] = [get('from') ?? shown?.from, get('to') ?? get('asOf') ?? shown?.to];
  return useMemo(() => (from && to ? { from, to } : undefined), [from, to]);
}

interface FieldProps {
  readonly name: string;
  readonly label: Text;
  /** What the answer shows where the address says nothing. */
  readonly shown?: string | undefined;
  /** Beside days, this may be asked for: an instant, a position. */
  readonly alsoTakes?: RegExp;
  /** Other parameters that would say something else of the same. */
  readonly clears?: readonly string[];
}

/** A position of the log, or an instant: a moment of recording that is no day. */
export const MOMENT = /^(\d{1,15}|\d{4}-\d{2}-\d{2}T[0-9:.]+(Z|[+-]\d{2}:\d{2})?)$/;

/** A day, typed in any of its spellings; what is none is said so and asked nobody. */
export function DayField({ name, label, shown, alsoTakes, clears = [] }: FieldProps) {
  const say = useSay();
  const { get, change } = useAddress();
  const asked = get(name) ?? (name === 'to' ? get('asOf') : undefined) ?? '';
  const [typed, setTyped] = useState(asked);
  useEffect(() => setTyped(asked), [asked]);
  const day = readDay(typed) ?? (alsoTakes?.test(typed.trim()) ? typed.trim() : undefined);
  const isWrong = typed.trim() !== '' && day === undefined;
  const take = (): void => {
    if (isWrong || (day ?? '') === asked) return;
    const cleared = Object.fromEntries(clears.map((each) => [each, undefined]));
    change({ ...cleared, [name]: day, period: undefined, ...(name === 'to' && { asOf: undefined }) });
  };
  return (
    <label className="filter">
      <span>{say(label)}</span>
      <Input
        value={typed}
        status={isWrong ? 'error' : ''}
        aria-invalid={isWrong}
        title={isWrong ? say(EXPECTED) : undefined}
        placeholder={shown ?? 'YYYY-MM-DD'}
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
