import { Button, Switch } from 'antd';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useAddress } from '../../address/address.ts';
import { useShow } from '../../address/shown.tsx';
import { useShortcuts } from '../../shell/keyboard.ts';
import { Waiting } from '../../shell/waiting.tsx';
import { SheetTable } from '../../table/sheet-table.tsx';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';
import { EventFilters } from './event-filters.tsx';
import { Following } from './following.tsx';
import { followedIn, type EventPage, pageAddress, useEvents } from './page.ts';

const TITLE = text('事件', 'Events');
const PAGES = text('翻页', 'Pages');
const TAIL = text('跟随末尾', 'Follow the end');
const LOG_ENDS = text('日志末尾', 'the log ends at');
const LOOKED = text('本页查看了位置', 'looked at positions');
const MORE = text(
  '一次查看有上限，条件以外的事件很多时请继续翻页',
  'a page looks at a part of the log at a time: turn to the next to go on',
);
const TURNS = [
  { name: 'first', keys: 'Home', says: text('首页', 'First') },
  { name: 'previous', keys: '[', says: text('上一页', 'Previous') },
  { name: 'next', keys: ']', says: text('下一页', 'Next') },
  { name: 'last', keys: 'End', says: text('末页', 'Last') },
] as const;

/** Who follows what is recorded from now on asks for no page, and for no time of recording. */
const FOLLOWED = {
  tail: 'on',
  after: undefined,
  before: undefined,
  recordedFrom: undefined,
  recordedTo: undefined,
  recordedAsOf: undefined,
};

/** The log itself, event by event, in its order. */
export function Component() {
  const say = useSay();
  const { get, change, asked } = useAddress();
  const isFollowed = get('tail') === 'on';
  const asking = useEvents(isFollowed);
  useShow(asking.data);
  return (
    <>
      <EventFilters>
        <label className="filter">
          <span>{say(TAIL)}</span>
          <Switch
            checked={isFollowed}
            aria-label={say(TAIL)}
            onChange={(on) => change({ ...(on ? FOLLOWED : { tail: undefined }) })}
          />
        </label>
      </EventFilters>
      <Waiting asking={asking}>
        {() =>
          isFollowed ? <Following page={asking.data!} filters={followedIn(asked)} /> : <Listed page={asking.data!} />
        }
      </Waiting>
    </>
  );
}

function Listed({ page }: { readonly page: EventPage }) {
  const say = useSay();
  const [table] = page.tables;
  const { after, upTo } = page.looked;
  return (
    <section className="report log" aria-label={say(TITLE)}>
      <header>
        <div className="title">
          <h2>{say(TITLE)}</h2>
          <PageTurns links={page.links} />
        </div>
        <p className="note" role="status">
          {say(LOG_ENDS)} {page.position} · {say(LOOKED)} {after + 1}–{upTo}
          {page.links.next !== undefined && table!.rows.length === 0 && ` · ${say(MORE)}`}
        </p>
      </header>
      <SheetTable table={table!} hasKeys />
    </section>
  );
}

/** First, previous, next and last, by mouse and by key. */
function PageTurns({ links }: { readonly links: EventPage['links'] }) {
  const say = useSay();
  const { link, go } = useAddress();
  const given = useMemo(
    () =>
      TURNS.flatMap(({ name, keys, says }) => {
        const to = links[name];
        return to === undefined ? [] : [{ keys, says, act: () => go(pageAddress(to)) }];
      }),
    [links, go],
  );
  useShortcuts(given);
  return (
    <nav className="actions" aria-label={say(PAGES)}>
      {TURNS.map(({ name, keys, says }) => {
        const to = links[name];
        const title = `${say(says)} ${keys}`;
        if (to === undefined)
          return (
            <Button key={name} size="small" disabled title={title}>
              {say(says)}
            </Button>
          );
        return (
          <Link key={name} to={link(pageAddress(to))} title={title} className="page-turn">
            {say(says)}
          </Link>
        );
      })}
    </nav>
  );
}
