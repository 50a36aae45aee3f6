import { type FastifyReply, type FastifyRequest } from 'fastify';
import { show, text } from '../../errors.js';
import { type StoredEvent } from '../../event-store/event-store.js';
import { MOST_WAIT_MS } from '../../kept-tables.js';
import { type Ledger } from '../../ledger.js';
import { JSON_TYPE } from '../command.controller.js';
import { withParameters } from '../links.js';
import { entityTag, isNamed } from '../protocol/entity-tags.js';
import { malformed, type Query, readPosition, readQuery } from '../request.js';
import { begin, pour, RUN } from '../send-export.js';
import { TABLES_TYPE } from '../send-tables.js';
import { languageAccepted } from '../problem.js';
import { tablesOf } from '../../report/tables.js';
import { type Asker, type Turns } from '../turns.js';
import { eventText } from './event-text.js';
import { FILTERS, type Filters, type Listing, listingOf } from './filter.js';
import { type Page, readPage } from './page.js';
import { eventsAnswer } from './sheet.js';
import { forwards } from './walk.js';

const NDJSON_TYPE = 'application/x-ndjson; charset=utf-8';
/** Most events of a page, and how many one of JSON has where the client does not say. */
const MOST_EVENTS = 10_000;
/** Most of one that is held in memory before its end is known: filtered, laid out, or read from its end. */
const MOST_LISTED = 1_000;
const USUAL_EVENTS = 100;
/** How many events are in memory at once. */
const BATCH = 500;

/** What events are read from. */
export interface Log {
  readonly ledger: Ledger;
  readonly turns: Turns;
}

/** What is asked for, and by whom. */
interface Asked {
  readonly asker: Asker;
  readonly url: string;
  readonly form: 'json' | 'lines' | 'tables';
  readonly after: number | undefined;
  readonly before: number | undefined;
  /** Infinity: all there is. */
  readonly limit: number;
  readonly filters: Filters;
  /** The end of the log as it was when it was asked for. */
  readonly upTo: number;
}

/** What is sent: its kind, where it goes on, and its text. */
interface Sent {
  readonly type: string;
  readonly link?: string;
  readonly pieces: AsyncIterable<string>;
}

/** Answers a request for events of the log. */
export async function sendEvents(log: Log, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const asked = readAsked(request);
  log.turns.admit(asked.asker, reply.raw);
  const upTo = await log.ledger.store.head();
  const language = languageAccepted(request.headers['accept-language']);
  const etag = entityTag(RUN, upTo, request.url, asked.form, ...(asked.form === 'tables' ? [language] : []));
  const known = { etag, 'x-ledger-position': upTo, 'cache-control': 'no-cache', vary: 'Accept' };
  if (isNamed(request.headers['if-none-match'], etag)) return void reply.code(304).headers(known).send();
  const { type, link, pieces } = await sentOf(log, { ...asked, upTo }, language);
  void reply.headers({ ...known, 'content-type': type, ...(link !== undefined && { link }) });
  await pour(request.method === 'HEAD' ? [] : await begin(pieces), reply);
}

async function sentOf(log: Log, asked: Asked, language: 'zh' | 'en'): Promise<Sent> {
  const { form, after = 0, before, filters, limit, upTo, url } = asked;
  const isPlain = before === undefined && form !== 'tables' && Object.keys(filters).length === 0;
  if (isPlain) return plain(log, asked, { after, upTo, limit });
  const listing = await listingIn(log, asked);
  if (limit === Infinity) return { type: NDJSON_TYPE, pieces: allLines(log, asked, listing) };
  const { ledger, turns } = log;
  const take = <T>(work: () => Promise<T>): Promise<T> => turns.take(asked.asker, work);
  const reading = { store: ledger.store, tables: () => ledger.tables.current(), take };
  const page = await readPage(reading, listing, asked, limit);
  const links = pageLinks(url, page, upTo);
  const { events } = page;
  if (form === 'lines') return { type: NDJSON_TYPE, ...nextOnly(links), pieces: once(linesOf(events)) };
  const looked = { after: page.after, upTo: page.upTo };
  if (form === 'json') {
    const rest = JSON.stringify({ next: page.upTo, looked, links }).slice(1);
    const body = `{"position":${upTo},"events":[${events.map((stored) => eventText(stored)).join(',')}],${rest}`;
    return { type: JSON_TYPE, link: linkHeader(links), pieces: once(body) };
  }
  const answer = eventsAnswer(events, upTo, ledger.reference.current.ever);
  const content = { ...tablesOf(answer, { language }), looked, links };
  return { type: TABLES_TYPE, link: linkHeader(links), pieces: once(JSON.stringify(content)) };
}

/** What is listed. Times, and what stands before a position, are found by the read tables: these must be there. */
async function listingIn({ ledger }: Log, { filters, before, upTo }: Asked): Promise<Listing> {
  const { store, tables } = ledger;
  if (before !== undefined || filters.recordedFrom !== undefined || filters.recordedTo !== undefined)
    await tables.waitFor(upTo, MOST_WAIT_MS);
  return listingOf(filters, { store, tables: () => tables.current(), upTo });
}

/** The log as it is, from a position on: however long a page is, little of it is in memory. */
async function plain(log: Log, { asker, form, url, upTo }: Asked, stretch: Stretch): Promise<Sent> {
  const { batches, last } = await stretchOf(log, asker, stretch);
  const { after } = stretch;
  const page = { after, upTo: last, hasPrevious: after > 0, hasNext: last < upTo };
  const links = pageLinks(url, page, upTo);
  if (form === 'lines') return { type: NDJSON_TYPE, ...nextOnly(links), pieces: lines(batches) };
  return { type: JSON_TYPE, link: linkHeader(links), pieces: document(batches, after, upTo, links) };
}

/** A part of the log: what stands behind a position, up to another, and at most so many. */
interface Stretch {
  readonly after: number;
  readonly upTo: number;
  readonly limit: number;
}

/** A stretch as it is sent, and the position it ends with, which the head of the answer says before. */
async function stretchOf(log: Log, asker: Asker, stretch: Stretch): Promise<{ batches: Batches; last: number }> {
  const { after, upTo, limit } = stretch;
  if (limit === Infinity) return { batches: read(log, asker, stretch, writeBatch), last: upTo };
  if (limit <= BATCH) {
    const batches = await allOf(read(log, asker, stretch, writeBatch));
    return { batches, last: batches.at(-1)?.last ?? after };
  }
  // A longer one is not held in memory: where it ends is found out first.
  const ends = await allOf(read(log, asker, stretch, (events) => events.at(-1)!.position));
  return { batches: read(log, asker, stretch, writeBatch), last: ends.at(-1) ?? after };
}

/** The events of a stretch as something is made of them, a batch in each turn. */
async function* read<T>(
  { ledger, turns }: Log,
  asker: Asker,
  { after, upTo, limit }: Stretch,
  make: (events: readonly StoredEvent[]) => T,
): AsyncIterable<T> {
  const reading = ledger.store.readAll({ after, live: false, batch: Math.min(limit, BATCH) });
  const batches = reading[Symbol.asyncIterator]();
  try {
    for (let left = limit; left > 0;) {
      const made = await turns.take(asker, async () => {
        const { done, value } = await batches.next();
        // What is appended while others are sent is for the next who asks.
        const events = done ? [] : value.slice(0, left).filter(({ position }) => position <= upTo);
        left = events.length < (value?.length ?? 0) ? 0 : left - events.length;
        return events.length === 0 ? undefined : make(events);
      });
      if (made === undefined) return;
      yield made;
    }
  } finally {
    await batches.return?.();
  }
}

/** Some events as they are sent. */
interface Batch {
  readonly texts: readonly string[];
  /** The position of the last. */
  readonly last: number;
}

const writeBatch = (events: readonly StoredEvent[]): Batch => ({
  texts: events.map((stored) => eventText(stored)),
  last: events.at(-1)!.position,
});

async function allOf<T>(reading: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of reading) all.push(one);
  return all;
}

type Batches = Iterable<Batch> | AsyncIterable<Batch>;

const linesOf = (events: readonly StoredEvent[]): string => events.map((stored) => `${eventText(stored)}\n`).join('');

async function* once(piece: string): AsyncIterable<string> {
  yield piece;
}

async function* lines(batches: Batches): AsyncIterable<string> {
  for await (const { texts } of batches) yield texts.map((event) => `${event}\n`).join('');
}

/** All that a listing is of, as lines, some at a time. */
async function* allLines({ ledger, turns }: Log, { asker, after = 0 }: Asked, listing: Listing): AsyncIterable<string> {
  const take = <T>(work: () => Promise<T>): Promise<T> => turns.take(asker, work);
  const reading = { store: ledger.store, tables: () => ledger.tables.current(), take };
  const { range, ...more } = listing;
  const from = { ...range, after: Math.max(after, range.after) };
  for await (const { events } of forwards({ ...reading, ...more, most: BATCH }, from)) yield linesOf(events);
}

/** `next` is what to pass as `after` to go on; the same as before where there is nothing new. */
async function* document(batches: Batches, after: number, head: number, links: Links): AsyncIterable<string> {
  let next = after;
  yield `{"position":${head},"events":[`;
  for await (const { texts, last } of batches) {
    yield `${next === after ? '' : ','}${texts.join(',')}`;
    next = last;
  }
  yield `],"next":${next},"looked":${JSON.stringify({ after, upTo: next })},"links":${JSON.stringify(links)}}`;
}

type Links = Readonly<Partial<Record<'first' | 'previous' | 'next' | 'last', string>>>;

/** The addresses of the pages around one: of the same filters, and stable, since positions never change. */
function pageLinks(url: string, { after, upTo, hasPrevious, hasNext }: Omit<Page, 'events'>, head: number): Links {
  const at = (place: { readonly after?: string; readonly before?: string }): string =>
    withParameters(url, { after: undefined, before: undefined, ...place });
  return {
    first: at({}),
    ...(hasPrevious && { previous: at({ before: String(after + 1) }) }),
    ...(hasNext && { next: at({ after: String(upTo) }) }),
    last: at({ before: String(head + 1) }),
  };
}

const RELATIONS = { next: 'next', previous: 'prev', first: 'first', last: 'last' } as const;

const linkHeader = (links: Links): string =>
  (Object.keys(RELATIONS) as (keyof Links)[])
    .flatMap((name) => (links[name] === undefined ? [] : [`<${links[name]}>; rel="${RELATIONS[name]}"`]))
    .join(', ');

/** Lines are for programs, which go on and never back. */
const nextOnly = ({ next }: Links): { link?: string } => (next === undefined ? {} : { link: linkHeader({ next }) });

function readAsked({ raw, url, query: given, headers }: FastifyRequest): Omit<Asked, 'upTo'> {
  const query = readQuery(given as Query, ['after', 'before', 'limit', 'format', ...FILTERS]);
  const { after, before, limit: written, format, ...filters } = query;
  if (after !== undefined && before !== undefined)
    throw malformed(
      'before',
      'after-and-before',
      text('after 与 before 只给其一', 'either after or before'),
      show(before),
    );
  const form = formOf(format, headers.accept);
  const isListed = before !== undefined || form === 'tables' || Object.keys(filters).length > 0;
  const isEndless = form === 'lines' && before === undefined;
  return {
    asker: raw.socket,
    url,
    form,
    after: readPosition('after', after),
    before: readPosition('before', before),
    limit: readLimit(written, isListed ? MOST_LISTED : MOST_EVENTS) ?? (isEndless ? Infinity : USUAL_EVENTS),
    filters,
  };
}

function formOf(format: string | undefined, accept = ''): Asked['form'] {
  if (format === 'tables' || format === 'json') return format;
  if (format !== undefined)
    throw malformed('format', 'format', text('json、tables 之一', 'one of json, tables'), show(format));
  if (/\bapplication\/vnd\.tongzhang\.tables\+json\b/i.test(accept)) return 'tables';
  return /\bapplication\/x-ndjson\b/i.test(accept) ? 'lines' : 'json';
}

function readLimit(value: string | undefined, most: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^[1-9][0-9]{0,4}$/.test(value) && Number(value) <= most) return Number(value);
  throw malformed('limit', 'limit', text(`1 至 ${most} 的整数`, `a whole number from 1 to ${most}`), show(value));
}
