import { setTimeout as sleep } from 'node:timers/promises';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { show, text } from '../../errors.js';
import { type StoredEvent } from '../../event-store/event-store.js';
import { type Ledger } from '../../ledger.js';
import { tablesOf } from '../../report/tables.js';
import { languageAccepted } from '../problem.js';
import { malformed, type Query, readPosition, readQuery } from '../request.js';
import { begin, pour } from '../send-export.js';
import { type Turns } from '../turns.js';
import { eventText } from './event-text.js';
import { listingOf } from './filter.js';
import { type Follower, type LogEnd } from './log-end.js';
import { eventsAnswer } from './sheet.js';
import { BATCH, forwards, type Walking } from './walk.js';

export const EVENT_STREAM = 'text/event-stream; charset=utf-8';
/** So long it is silent at most: longer, and nobody could tell it from a connection that is lost. */
const BEAT_MS = 15_000;
/** So long it waits before it looks again: what is recorded meanwhile is sent together. */
const PACE_MS = 100;
/** So long whoever loses it should wait before coming again. */
const RETRY_MS = 2_000;

/** What a live answer is made from. */
export interface LiveLog {
  readonly ledger: Ledger;
  readonly turns: Turns;
  readonly end: LogEnd;
}

/**
 * Answers with the log as it grows, as server-sent events: `id` is the position, so that whoever was cut off goes on
 * behind the last that it has seen. `reached` says up to where everything has been looked at, whether wanted or not.
 */
export async function sendLive({ ledger, turns, end }: LiveLog, request: FastifyRequest, reply: FastifyReply) {
  const { after, format, ...filters } = readQuery(request.query as Query, ['after', 'format', 'stream', 'type', 'q']);
  const isTable = formatIsTable(format);
  const seen = request.headers['last-event-id'];
  const from = readPosition('Last-Event-ID', typeof seen === 'string' && seen !== '' ? seen : undefined);
  const asked = from ?? readPosition('after', after);
  const { store, tables, reference } = ledger;
  const head = await store.head();
  const { isWanted, stream } = await listingOf(filters, { store, tables: () => tables.current(), upTo: head });
  const left = new AbortController();
  if (request.method === 'HEAD' || reply.raw.destroyed) left.abort();
  reply.raw.once('close', () => left.abort());
  const follower = await end.follow(left.signal);
  // What stands between must not gather it.
  void reply.headers({ 'content-type': EVENT_STREAM, 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  if (left.signal.aborted) return pour([], reply);
  const language = languageAccepted(request.headers['accept-language']);
  const rowTexts = (events: readonly StoredEvent[]): string[] => {
    const [table] = tablesOf(eventsAnswer(events, 0, reference.current.ever), { language }).tables;
    return table!.rows.map((row) => JSON.stringify(row));
  };
  const walking: Walking = {
    store,
    tables: () => tables.current(),
    take: (work) => turns.take(request.raw.socket, work),
    isWanted: (stored) => (stream === undefined || stored.stream === stream) && isWanted(stored),
    stream: undefined,
    most: BATCH,
  };
  const write = isTable ? rowTexts : (events: readonly StoredEvent[]) => events.map((stored) => eventText(stored));
  await pour(await begin(messages({ walking, follower, write }, asked ?? head)), reply);
}

interface Telling {
  readonly walking: Walking;
  readonly follower: Follower;
  readonly write: (events: readonly StoredEvent[]) => string[];
}

async function* messages({ walking, follower, write }: Telling, after: number): AsyncIterable<string> {
  let reached = after;
  yield `retry: ${RETRY_MS}\n\n`;
  do {
    const head = await walking.store.head();
    if (head > reached)
      for await (const step of forwards(walking, { after: reached, upTo: head })) {
        ({ reached } = step);
        const texts = step.events.length === 0 ? [] : write(step.events);
        yield texts.map((each, index) => message('event', step.events[index]!.position, each)).join('');
      }
    yield message('reached', reached, JSON.stringify({ position: reached }));
    await sleep(PACE_MS);
  } while (await follower.grown(BEAT_MS));
}

/** A line feed would end the data: each line of it is a line of its own. */
const message = (name: string, position: number, data: string): string =>
  `event: ${name}\nid: ${position}\ndata: ${data.replaceAll('\n', '\ndata: ')}\n\n`;

function formatIsTable(format: string | undefined): boolean {
  if (format === undefined || format === 'json') return false;
  if (format === 'tables') return true;
  throw malformed('format', 'format', text('json、tables 之一', 'one of json, tables'), show(format));
}
