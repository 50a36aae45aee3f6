import { EVENT_KINDS } from '../catalogue/registry.js';
import { type Text, text } from '../errors.js';
import { type RunningRelay } from '../kafka/start-relay.js';
import { schemaPath } from '../kinds/event-schema.js';
import { conditionTold } from './condition-words.js';
import { type Condition } from './readiness.js';

/** What others are delivered, how far that has come, and what they generate code from. */
export interface Downstream {
  /** The end of the log; null where it does not answer. */
  readonly position: number | null;
  /** Whether a Kafka is named that events are delivered to. */
  readonly configured: boolean;
  readonly says: Text;
  /** Null where none is configured. */
  readonly relay: {
    readonly state: string;
    readonly standing: 'well' | 'notice' | 'down';
    readonly means: Text;
    readonly todo: Text | null;
    readonly found: string | null;
    /** The position of the last event that was delivered, and how far that is behind the log. */
    readonly delivered: number;
    readonly lag: number | null;
    /** Events delivered since the service started. */
    readonly sinceStart: number;
  } | null;
  /** The topic of the events, and the one that remembers how far delivery has come. */
  readonly topics: readonly { readonly name: string; readonly what: Text }[];
  readonly asyncapi: string;
  readonly schemas: readonly { readonly event: string; readonly name: Text; readonly schema: string }[];
}

const NOT_CONFIGURED = text(
  '没有配置 Kafka：事件不投递到任何下游，记账与查询不受影响。设置 KAFKA_BROKERS 后重新启动即开始投递，从第一个事件起',
  'No Kafka is configured: events are delivered to nobody, and recording and answering do not need it. Set ' +
    'KAFKA_BROKERS and start again, and delivery begins with the first event',
);
const EVENTS = text('每个事件一条消息，同一账簿内有序', 'a message for each event, in order within a book');
const CHECKPOINTS = text('投递到了哪里', 'how far delivery has come');

/** @param conditions how each part of the service stands, as readiness has it */
export function downstreamOf(relay: RunningRelay | null, conditions: readonly Condition[]): Downstream {
  const head = conditions.find(({ name }) => name === 'store')?.facts['position'];
  const condition = conditions.find(({ name }) => name === 'relay');
  return {
    position: typeof head === 'number' ? head : null,
    ...(relay && condition
      ? delivering(relay, condition)
      : { configured: false, says: NOT_CONFIGURED, relay: null, topics: [] }),
    asyncapi: '/asyncapi.json',
    schemas: EVENT_KINDS.map(({ event, name }) => ({ event, name, schema: schemaPath(event) })),
  };
}

function delivering({ topic, status }: RunningRelay, condition: Condition) {
  const { state, standing, means, todo, found } = conditionTold(condition, {});
  const { lag } = condition.facts;
  const told = { state, standing, means, todo, found, delivered: status.position, sinceStart: status.delivered };
  return {
    configured: true,
    says: text(`投递到主题 ${topic}`, `delivered to the topic ${topic}`),
    relay: { ...told, lag: typeof lag === 'number' ? lag : null },
    topics: [
      { name: topic, what: EVENTS },
      { name: `${topic}.relay`, what: CHECKPOINTS },
    ],
  };
}
