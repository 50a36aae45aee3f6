import { Button } from 'antd';
import { useEffect, useReducer, useState } from 'react';
import { useAddress } from '../../address/address.ts';
import { useShow } from '../../address/shown.tsx';
import { SheetTable } from '../../table/sheet-table.tsx';
import { countText } from '../../text/counts.ts';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';
import { LiveLine } from './line.ts';
import { afterwards, type Line, NOT_BEGUN } from './live.ts';
import { type EventPage } from './page.ts';

const TITLE = text('日志末尾，最新的在前', 'The end of the log, the newest first');
const LOG_ENDS = text('已看到日志位置', 'seen up to position');
const COME = text('打开本页后到来', 'came since this page was opened:');
const PAUSE = text('暂停', 'Pause');
const RESUME = text('继续', 'Go on');
const LINES: Readonly<Record<Line, { readonly says: ReturnType<typeof text>; readonly tone: string }>> = {
  opening: { says: text('正在连接', 'connecting'), tone: 'warn' },
  open: { says: text('● 实时', '● live'), tone: 'good' },
  paused: { says: text('❚❚ 已暂停，继续时从断处接上', '❚❚ paused: it goes on where it was'), tone: 'warn' },
  lost: {
    says: text('✗ 连接中断，正在重连；接上后不漏不重', '✗ connection lost, trying again: nothing will be missing'),
    tone: 'bad',
  },
};

/** The end of the log as it grows, from the end of a page on: what comes stands first. */
export function Following({ page, filters }: { readonly page: EventPage; readonly filters: string }) {
  const say = useSay();
  const { language } = useAddress();
  const [live, happen] = useReducer(afterwards, NOT_BEGUN);
  const [line, setLine] = useState<LiveLine>();
  const [table] = page.tables;
  const { upTo } = page.looked;
  useEffect(() => {
    happen({ what: 'begin', position: upTo, rows: table!.rows });
    const addressOf = (after: number): string =>
      `/v1/events/live?${[filters, `format=tables&lang=${language}&after=${after}`].filter(Boolean).join('&')}`;
    const made = new LiveLine(upTo, { addressOf, told: happen });
    setLine(made);
    return () => made.end();
  }, [table, upTo, filters, language]);
  useShow({ ...page, position: Math.max(page.position, live.position) });
  const { says, tone } = LINES[live.line];
  const isPaused = live.line === 'paused';
  return (
    <section className="report log" aria-label={say(TITLE)}>
      <header>
        <div className="title">
          <h2>{say(TITLE)}</h2>
          <span className="actions">
            <Button size="small" onClick={() => (isPaused ? line?.resume() : line?.pause())}>
              {say(isPaused ? RESUME : PAUSE)}
            </Button>
          </span>
        </div>
        <p className="note">
          <span role="status" className={`tone ${tone}`}>
            {say(says)}
          </span>{' '}
          · {say(LOG_ENDS)} {countText(Math.max(live.position, 0))} · {say(COME)} {countText(live.count)}
        </p>
      </header>
      <SheetTable table={table!} rows={live.rows} hasKeys />
    </section>
  );
}
