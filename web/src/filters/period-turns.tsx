import { Button } from 'antd';
import { type ReactNode, useMemo } from 'react';
import { type Address, type Changes, useAddress } from '../address/address.ts';
import { useShortcuts } from '../shell/keyboard.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';

const BEFORE = text('上一期', 'Previous period');
const BEHIND = text('下一期', 'Next period');
const TODAY = text('今日', 'Today');
const NO_DAYS = { from: undefined, to: undefined, asOf: undefined, period: undefined };

interface Props {
  /** What the period before (-1) or behind (1) that of an address is; undefined where none is known. */
  readonly shift: (now: Address, by: 1 | -1) => Changes | undefined;
  /** The fields of the period, between the buttons. */
  readonly children: ReactNode;
}

/** The buttons and keys that go to the period before and behind, and to today. */
export function PeriodTurns({ shift, children }: Props) {
  const say = useSay();
  const { change } = useAddress();
  const given = useMemo(() => {
    const turn = (by: 1 | -1) => () =>
      change((now) => {
        const days = shift(now, by);
        return days ? { ...NO_DAYS, ...days } : {};
      });
    return [
      { keys: '[', says: BEFORE, act: turn(-1) },
      { keys: ']', says: BEHIND, act: turn(1) },
      { keys: 't', says: TODAY, act: () => change(NO_DAYS) },
    ] as const;
  }, [shift, change]);
  useShortcuts(given);
  const [before, behind] = given;
  return (
    <>
      <Button aria-label={say(BEFORE)} title={`${say(BEFORE)} [`} onClick={before.act}>
        ‹
      </Button>
      {children}
      <Button aria-label={say(BEHIND)} title={`${say(BEHIND)} ]`} onClick={behind.act}>
        ›
      </Button>
    </>
  );
}
