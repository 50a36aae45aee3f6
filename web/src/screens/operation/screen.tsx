import { Alert } from 'antd';
import { useShow } from '../../address/shown.tsx';
import { type Answer, useAnswer } from '../../api/ask.ts';
import { Waiting } from '../../shell/waiting.tsx';
import { Facts, PlainTable } from '../../table/plain-table.tsx';
import { countText } from '../../text/counts.ts';
import { onTheClock } from '../../text/instants.ts';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';
import { Jobs } from './jobs.tsx';
import { LastDone } from './last-done.tsx';
import { timeless } from '../../address/timeless.ts';

type Operation = Answer<'/v1/operation'>;

const EVERY_MS = 5_000;
const READY = text('服务可用', 'The service is ready');
const NOT_READY = text('服务现在不可用', 'The service is not ready now');
const CONDITIONS = text('各部分', 'Its parts');
const PART = text('部分', 'Part');
const MEANS = text('现状', 'How it stands');
const WHAT_TO_DO = text('怎么办', 'What to do');
const NOTHING = text('无须处理', 'nothing');
const STANDINGS = {
  well: text('✓ 良好', '✓ well'),
  notice: text('! 须留意', '! worth a look'),
  down: text('✗ 不可用', '✗ down'),
};
const STANDING = text('状态', 'Standing');
const PROGRESS = text('查询视图与投递的进度', 'How far read tables and delivery have come');
const READER = text('读者', 'Reader');
const POSITION = text('位置', 'Position');
const LAG = text('落后', 'Behind by');
const RELAY = text('下游投递（Kafka）', 'Delivery to Kafka');
const SIZES = text('占用', 'Sizes');
const WHAT = text('内容', 'What');
const BYTES = text('字节', 'Bytes');
const FREE = text('磁盘空闲', 'Free on the disk');
const OF_DISK = text('磁盘总量', 'Size of the disk');
const HEAD = text('日志位置', 'Position of the log');
const STORE = text('日志所在', 'Where the log is');
const STORES = {
  sqlite: text('数据目录中的文件（SQLite）', 'a file in the data directory (SQLite)'),
  kurrentdb: text('事件存储服务器（KurrentDB）', 'an event store server (KurrentDB)'),
};
const VERSION = text('版本', 'Version');
const STARTED = text('启动于', 'Started');
const UPTIME = text('已运行（秒）', 'Running for (s)');
const CLOCK = text('时钟', 'Clock');
const LAST_RECORDED = text('最后入账', 'Last recorded');

/** How the service and its ledger stand, in words; and long work: to begin it, to see how far it is, to end it. */
export function Component() {
  const asking = useAnswer('/v1/operation', {}, { everyMs: EVERY_MS });
  useShow(timeless(asking.data?.position));
  return (
    <>
      <Waiting asking={asking}>{() => <Standing operation={asking.data!} />}</Waiting>
      <Jobs />
      {asking.data && <Sizes operation={asking.data} />}
    </>
  );
}

function Standing({ operation }: { readonly operation: Operation }) {
  const say = useSay();
  const { ready, conditions, position, store, version, startedAt, uptimeSeconds, clock } = operation;
  return (
    <>
      <Alert type={ready ? 'success' : 'error'} showIcon title={say(ready ? READY : NOT_READY)} className="standing" />
      <Facts
        facts={[
          [HEAD, countText(position)],
          [LAST_RECORDED, clock.lastRecordedAt === null ? '—' : onTheClock(clock.lastRecordedAt)],
          [CLOCK, `${onTheClock(clock.now)} · ${say(clock.says)}`],
          [STORE, say(STORES[store])],
          [VERSION, version],
          [STARTED, onTheClock(startedAt)],
          [UPTIME, countText(uptimeSeconds)],
        ]}
      />
      <LastDone operation={operation} />
      <PlainTable
        title={CONDITIONS}
        columns={[{ name: PART }, { name: STANDING }, { name: MEANS }, { name: WHAT_TO_DO }]}
        rows={conditions
          .filter((each) => !isReaderAndWell(each, operation))
          .map(({ name, title, what, standing, means, todo, found }) => ({
            key: name,
            cells: [
              <>
                <strong>{say(title)}</strong>
                <br />
                <span className="muted">{say(what)}</span>
              </>,
              <span className={`standing-${standing}`}>{say(STANDINGS[standing])}</span>,
              <>
                {say(means)}
                {found !== null && (
                  <>
                    <br />
                    <code>{found}</code>
                  </>
                )}
              </>,
              todo === null ? <span className="muted">{say(NOTHING)}</span> : say(todo),
            ],
          }))}
      />
    </>
  );
}

/** Readers that are well stand in the table of how far they have come. */
const isReaderAndWell = ({ name, standing }: Operation['conditions'][number], readers: Operation): boolean =>
  standing === 'well' && readers.projections.some((reader) => reader.name === name);

function Sizes({ operation: { projections, relay, sizes, disk } }: { readonly operation: Operation }) {
  const say = useSay();
  const readers = [
    ...projections.map(({ name, title, position, lag }) => ({ key: name, title, position, lag })),
    ...(relay ? [{ key: 'relay', title: RELAY, position: relay.position, lag: relay.lag }] : []),
  ];
  const all = [
    ...sizes,
    { name: 'free', title: FREE, bytes: disk.freeBytes },
    { name: 'disk', title: OF_DISK, bytes: disk.bytes },
  ];
  return (
    <>
      <PlainTable
        title={PROGRESS}
        columns={[{ name: READER }, { name: POSITION, isFigure: true }, { name: LAG, isFigure: true }]}
        rows={readers.map(({ key, title, position, lag }) => ({
          key,
          cells: [say(title), countText(position), countText(lag)],
        }))}
      />
      <PlainTable
        title={SIZES}
        columns={[{ name: WHAT }, { name: BYTES, isFigure: true }]}
        rows={all.map(({ name, title, bytes }) => ({ key: name, cells: [say(title), countText(bytes)] }))}
      />
    </>
  );
}
