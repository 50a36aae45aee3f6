import { text } from '../errors.js';
import { eventSchema } from '../kinds/event-schema.js';
import { type EventKind } from '../kinds/kind.js';

type Part = Readonly<Record<string, unknown>>;

const header = (description: string, more: Part = {}): Part => ({ type: 'string', description, ...more });

/** The CloudEvents attributes of every message, as Kafka headers (binary content mode). */
function headersOf(kind: EventKind): Part {
  return {
    type: 'object',
    required: ['ce_specversion', 'ce_id', 'ce_source', 'ce_type', 'ce_time', 'ce_position', 'ce_revision', 'ce_sha256'],
    properties: {
      ce_specversion: header('CloudEvents', { const: '1.0' }),
      ce_id: header('事件标识，与 ce_source 一起永远唯一 id of the event, unique for ever together with ce_source'),
      ce_source: header('账簿系统 the ledger', { format: 'uri-reference' }),
      ce_type: header('事件类型与版本 type and version', { const: `tongzhang.ledger.${kind.event}` }),
      ce_time: header('入账时间 time of recording', { format: 'date-time' }),
      ce_subject: header('账簿或备查的流，即消息键 stream of the book or memo; also the key of the message'),
      ce_dataschema: header('数据结构 schema of the value', { format: 'uri-reference' }),
      ce_position: header('日志位置，严格递增 position in the log, strictly ascending', { pattern: '^[0-9]+$' }),
      ce_revision: header('流内版本 revision in its stream', { pattern: '^[0-9]+$' }),
      ce_sha256: header('值的 SHA-256 SHA-256 of the value', { pattern: '^[0-9a-f]{64}$' }),
      'content-type': header('application/json', { const: 'application/json' }),
    },
  };
}

/** The AsyncAPI 3.0 description of the topic, from the definitions of the commands. */
export function describeTopic(kinds: readonly EventKind[], topic: string): Part {
  const name = ({ event }: EventKind): string => event.replaceAll('.', '_');
  const messages = Object.fromEntries(kinds.map((kind) => [name(kind), messageOf(kind)]));
  const refs = (place: string) => kinds.map((kind) => ({ $ref: `${place}/${name(kind)}` }));
  return {
    asyncapi: '3.0.0',
    info: {
      title: '统账事件 Tongzhang ledger events',
      version: '1.0.0',
      description: DESCRIPTION,
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels: {
      events: {
        address: topic,
        description:
          '每个账簿内有序，每条恰好一次（read_committed） in order per book, each event once to read_committed',
        messages: Object.fromEntries(
          kinds.map((kind) => [name(kind), { $ref: `#/components/messages/${name(kind)}` }]),
        ),
        bindings: { kafka: { topic, bindingVersion: '0.5.0' } },
      },
    },
    operations: {
      publishEvents: {
        action: 'send',
        channel: { $ref: '#/channels/events' },
        messages: refs('#/channels/events/messages'),
      },
    },
    components: { messages },
  };
}

const SAYS = text(
  '日志中的每条事件，按 CloudEvents 1.0 二进制模式投递；值就是存储的字节。金额是以元为单位、两位小数的字符串。',
  'Every event of the log as CloudEvents 1.0 in binary mode; the value is the stored bytes. Amounts are in yuan.',
);
const DESCRIPTION = `${SAYS.zh} ${SAYS.en}`;

function messageOf(kind: EventKind): Part {
  return {
    name: kind.event,
    title: `${kind.name.zh} ${kind.name.en}`,
    contentType: 'application/json',
    headers: headersOf(kind),
    payload: { schemaFormat: 'application/schema+json;version=draft-07', schema: inlined(eventSchema(kind)) },
    bindings: { kafka: { key: { type: 'string' }, bindingVersion: '0.5.0' } },
  };
}

/**
 * A schema with its definitions put in the places that refer to them: a reference inside a message would be resolved
 * against the whole document.
 */
function inlined(schema: Part): Part {
  const { $defs, $schema, $id, ...rest } = schema;
  const definitions = $defs as Readonly<Record<string, unknown>>;
  const expand = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(expand);
    if (typeof part !== 'object' || part === null) return part;
    const { $ref, ...others } = part as Record<string, unknown>;
    const own = Object.fromEntries(Object.entries(others).map(([key, value]) => [key, expand(value)]));
    if (typeof $ref !== 'string') return own;
    return { ...(expand(definitions[$ref.slice('#/$defs/'.length)]) as object), ...own };
  };
  return { ...(expand(rest) as Part), description: `${String($schema)} ${String($id)}` };
}
