import { Button } from 'antd';
import { type ReactNode, useMemo } from 'react';
import { type Address, type Changes, useAddress } from '../address/address.ts';
import { type Days } from '../address/days.ts';
import { type KnownDays, useKnownDays } from '../api/known-days.ts';
import { useShortcuts } from '../shell/keyboard.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';

const BEFORE = text('上一期', 'Previous period');
const BEHIND = text('下一期', 'Next period');
const TODAY = text('本年至今，或至最后一张凭证', 'This year to today, or to the last voucher');
const EMPTY = text('此期间没有凭证。', 'There is no voucher in this period.');
const NEAREST = text('最近有凭证的期间：', 'Nearest with vouchers:');
const NO_DAYS = { from: undefined, to: undefined, asOf: undefined, period: undefined };

interface Props {
  /** The days that are seen. */
  readonly days: Days | undefined;
  /** What the period before (-1) or behind (1) that of an address is; undefined where none is known. */
  readonly shift: (now: Address, by: 1 | -1) => Changes | undefined;
  /** The period of this kind that has a day in it, and what it is called. */
  readonly around: (day: string) => { readonly changes: Changes; readonly name: string };
  /** The fields of the period, between the buttons. */
  readonly children: ReactNode;
}

/** The buttons and keys that go to the period before and behind, and to today; a period without vouchers says so. */
export function PeriodTurns({ days, shift, around, children }: Props) {
  const say = useSay();
  const { change } = useAddress();
  const known = useKnownDays(days).data;
  const { from, to } = known?.current ?? {};
  const given = useMemo(() => {
    const turn = (by: 1 | -1) => () =>
      change((now) => {
        const changes = shift(now, by);
        return changes ? { ...NO_DAYS, ...changes } : {};
      });
    return [
      { keys: '[', says: BEFORE, act: turn(-1) },
      { keys: ']', says: BEHIND, act: turn(1) },
      { keys: 't', says: TODAY, act: () => change({ ...NO_DAYS, from, to }) },
    ] as const;
  }, [shift, change, from, to]);
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
      {days && known?.within === null && <Empty known={known} around={around} />}
    </>
  );
}

/** Says that a period has no voucher, and offers the nearest ones that have. */
function Empty({ known, around }: Pick<Props, 'around'> & { readonly known: KnownDays }) {
  const say = useSay();
  const { change } = useAddress();
  const ways = [
    [known.before, '‹ ', ''],
    [known.behind, '', ' ›'],
  ].filter((way): way is [string, string, string] => way[0] !== null);
  return (
    <p className="empty-period" role="status">
      <strong>{say(EMPTY)}</strong>
      {ways.length > 0 && say(NEAREST)}
      {ways.map(([day, left, right]) => {
        const { changes, name } = around(day);
        return (
          <Button key={day} size="small" onClick={() => change({ ...NO_DAYS, ...changes })}>
            {`${left}${name}${right}`}
          </Button>
        );
      })}
    </p>
  );
}
