import { Alert } from 'antd';
import { type Answer, useAnswer } from '../../api/ask.ts';
import { useShow } from '../../address/shown.tsx';
import { Waiting } from '../../shell/waiting.tsx';
import { Facts, PlainTable } from '../../table/plain-table.tsx';
import { countText } from '../../text/counts.ts';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';
import { timeless } from '../../address/timeless.ts';

const EVERY_MS = 5_000;
const DELIVERED = text('最后投递的位置', 'Last position delivered');
const HEAD = text('日志末尾', 'End of the log');
const LAG = text('落后', 'Behind by');
const SINCE = text('启动以来投递', 'Delivered since the start');
const FOUND = text('所见', 'Found');
const TOPICS = text('主题', 'Topics');
const TOPIC = text('名称', 'Name');
const WHAT = text('内容', 'What is in it');
const SCHEMAS = text('公布的数据结构', 'Schemas that are published');
const EVENT = text('事件', 'Event');
const NAME = text('业务', 'What it is');
const SCHEMA = text('数据结构', 'Schema');
const ALL = text('主题的完整说明（AsyncAPI）', 'The whole description of the topic (AsyncAPI)');
const TYPES = { well: 'success', notice: 'warning', down: 'error' } as const;

type Downstream = Answer<'/v1/downstream'>;

/** What others are delivered: topics, how far that has come, and what they generate code from. */
export function Component() {
  const asking = useAnswer('/v1/downstream', {}, { everyMs: EVERY_MS });
  const { data } = asking;
  useShow(timeless(data?.position));
  return (
    <Waiting asking={asking}>
      {() => (
        <>
          <Delivery downstream={data!} />
          <Schemas downstream={data!} />
        </>
      )}
    </Waiting>
  );
}

function Delivery({ downstream: { relay, says, position, topics } }: { readonly downstream: Downstream }) {
  const say = useSay();
  return (
    <>
      <Alert
        type={relay ? TYPES[relay.standing] : 'info'}
        showIcon
        title={relay ? say(relay.means) : say(says)}
        description={relay?.todo ? say(relay.todo) : undefined}
        className="standing"
      />
      {relay && (
        <Facts
          facts={[
            [DELIVERED, countText(relay.delivered)],
            [HEAD, countText(position)],
            [LAG, countText(relay.lag)],
            [SINCE, countText(relay.sinceStart)],
            ...(relay.found === null ? [] : [[FOUND, <code key="found">{relay.found}</code>] as const]),
          ]}
        />
      )}
      {topics.length > 0 && (
        <PlainTable
          title={TOPICS}
          columns={[{ name: TOPIC }, { name: WHAT }]}
          rows={topics.map(({ name, what }) => ({
            key: name,
            cells: [<code key="name">{name}</code>, say(what)],
          }))}
        />
      )}
    </>
  );
}

function Schemas({ downstream: { schemas, asyncapi } }: { readonly downstream: Downstream }) {
  const say = useSay();
  return (
    <PlainTable
      title={SCHEMAS}
      columns={[{ name: NAME }, { name: EVENT }, { name: SCHEMA }]}
      rows={schemas.map(({ event, name, schema }) => ({
        key: event,
        cells: [
          say(name),
          <code key="event">{event}</code>,
          <a key="schema" href={schema}>
            {schema}
          </a>,
        ],
      }))}
    >
      <p className="head">
        <a href={asyncapi}>{say(ALL)}</a>
      </p>
    </PlainTable>
  );
}
