import { hash } from 'node:crypto';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { readChain, readTransfer } from '../../projections/audit-trail/chain.js';
import { auditTrail } from '../../projections/audit-trail/projection.js';
import { noSuchVoucher, readOneVoucher } from '../../projections/audit-trail/one-voucher.js';
import { becomeOfBody, readBecomeOf } from '../../projections/audit-trail/corrections.js';
import { changesBy } from '../../projections/reference/changes.js';
import { adoptionIn } from '../adopting/adopted-in.js';
import { LedgerError, show, text } from '../errors.js';
import { eventId, parseEventId, type StoredEvent } from '../event-store/event-store.js';
import { upcast } from '../event-store/upcast.js';
import { ImportJobs } from '../import/jobs/import-jobs.js';
import { MOST_WAIT_MS } from '../kept-tables.js';
import { REFERENCE_STREAM } from '../kinds/kind.js';
import { type Ledger } from '../ledger.js';
import { eventLinks, type EventPage, eventPageBody } from '../report/event-page.js';
import { renderSheets } from '../report/render.js';
import { printVoucher, voucherBody, voucherSheets } from '../report/voucher.js';
import { JSON_TYPE } from './command.controller.js';
import { nextLink } from './links.js';
import { languageAccepted } from './problem.js';
import { entityTag, isNamed } from './protocol/entity-tags.js';
import { type Query, readPosition, readQuery } from './request.js';
import { begin, pour, RUN, VARY } from './send-export.js';
import { LEDGER } from './tokens.js';
import { type Asker, Turns } from './turns.js';

const TEXT_TYPE = 'text/plain; charset=utf-8';
const NDJSON_TYPE = 'application/x-ndjson; charset=utf-8';
/** Most events of a page, and how many one of JSON has where the client does not say. */
const MOST_EVENTS = 10_000;
const USUAL_EVENTS = 100;
/** How many events are in memory at once. */
const BATCH = 500;

/** The log itself over HTTP: one event as it is stored, and all of them in their order. */
@Controller('v1')
export class LogController {
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(Turns) private readonly turns: Turns,
    @Inject(ImportJobs) private readonly imports: Pick<ImportJobs, 'ofSource'>,
  ) {}

  /**
   * `GET /v1/vouchers/{id}`: any event of the log as stored, with its stored hash, the meaning of its fields, where it
   * came from, and what it is linked to, as far as the read tables have come, which is the position answered; `after`
   * waits for one.
   */
  @Get('vouchers/:id')
  async voucher(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { after } = readQuery(request.query as Query, ['after']);
    const wanted = readPosition('after', after);
    const place = parseEventId(id);
    const { store, tables: kept, reference } = this.ledger;
    const [stored, following] = place
      ? await store.readStream(place.stream, { from: place.revision, limit: 2, hashes: true })
      : [];
    if (!stored || stored.revision !== place!.revision) throw noSuchVoucher(id);
    if (wanted !== undefined) await kept.waitFor(wanted, MOST_WAIT_MS);
    const tables = kept.current();
    const { position, ...become } = tables.atOneMoment(auditTrail, (shown) => ({
      position: shown,
      ...readBecomeOf(tables, id, shown),
    }));
    const page = await this.pageOf(stored, following !== undefined, position);
    const { sha256, ...body } = eventPageBody(page, reference.current.ever);
    const more = { ...becomeOfBody(become), links: eventLinks(page), shown: position, ...body };
    void reply.headers({ 'content-type': JSON_TYPE, 'x-ledger-position': position });
    void reply.send(eventText(stored, JSON.stringify(more).slice(1, -1), sha256));
  }

  /** All that is known of an event, as far as the read tables show: up to a position. */
  private async pageOf(stored: StoredEvent, hasNext: boolean, until: number): Promise<EventPage> {
    const { store, tables: kept, reference } = this.ledger;
    const reading = { store, tables: kept.current(), until };
    const chain = await readChain(reading, stored);
    const itself = chain.events.find(({ stored: { position } }) => position === stored.position)!;
    const transfer = itself.event.fund === undefined ? [] : await readTransfer(reading, itself);
    const isAdoption = stored.stream === REFERENCE_STREAM;
    const changes = isAdoption ? changesBy(adoptionIn(upcast(stored)), itself.event, reference.current) : undefined;
    const { source } = itself.event;
    const imports = source === undefined ? [] : this.imports.ofSource(source);
    return { stored, itself, chain, transfer, changes, imports, hasNext };
  }

  /**
   * `GET /v1/vouchers/{id}/print`: a voucher as it is printed 记账凭证, as JSON or, where the client asks for plain text,
   * as the sheets that are put in the file.
   */
  @Get('vouchers/:id/print')
  async print(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { after } = readQuery(request.query as Query, ['after']);
    const wanted = readPosition('after', after);
    const { store, tables: kept, reference } = this.ledger;
    if (wanted !== undefined) await kept.waitFor(wanted, MOST_WAIT_MS);
    const voucher = await readOneVoucher({ store, tables: kept.current() }, id);
    const printed = printVoucher(voucher, reference.current.ever);
    const isText = /\btext\/plain\b/i.test(request.headers.accept ?? '');
    const language = languageAccepted(request.headers['accept-language']);
    const known = { 'x-ledger-position': voucher.position, vary: VARY };
    void reply.headers({ ...known, 'content-type': isText ? TEXT_TYPE : JSON_TYPE });
    void reply.send(
      isText
        ? renderSheets(voucherSheets(printed), { language })
        : JSON.stringify({ position: voucher.position, ...voucherBody(printed) }),
    );
  }

  /**
   * `GET /v1/events?after=&limit=`: the log from a position on, as JSON or, where the client accepts it, as NDJSON. A
   * page says by a `Link` how to go on where more follows; lines without a limit go on to the end of the log, as it was
   * when they were asked for. What cannot be finished ends in a connection that is reset.
   */
  @Get('events')
  async events(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = readQuery(request.query as Query, ['after', 'limit']);
    const after = readPosition('after', query.after) ?? 0;
    const asLines = /\bapplication\/x-ndjson\b/i.test(request.headers.accept ?? '');
    const limit = readLimit(query.limit) ?? (asLines ? Infinity : USUAL_EVENTS);
    const { socket } = request.raw;
    this.turns.admit(socket, reply.raw);
    const upTo = await this.ledger.store.head();
    const etag = entityTag(RUN, upTo, request.url, asLines ? 'lines' : 'json');
    const known = { etag, 'x-ledger-position': upTo, 'cache-control': 'no-cache', vary: 'Accept' };
    if (isNamed(request.headers['if-none-match'], etag)) return void reply.code(304).headers(known).send();
    const { batches, last } = await this.page(socket, { after, upTo, limit });
    void reply.headers({
      ...known,
      'content-type': asLines ? NDJSON_TYPE : JSON_TYPE,
      ...(last < upTo && { link: nextLink(request.url, { after: String(last) }) }),
    });
    const answer = asLines ? lines(batches) : document(batches, after, upTo);
    await pour(request.method === 'HEAD' ? [] : await begin(answer), reply);
  }

  /** A stretch as it is sent, and the position it ends with, which the head of the answer says before. */
  private async page(asker: Asker, stretch: Stretch): Promise<{ batches: Batches; last: number }> {
    const { after, upTo, limit } = stretch;
    if (limit === Infinity) return { batches: this.read(asker, stretch, writeBatch), last: upTo };
    if (limit <= BATCH) {
      const batches = await allOf(this.read(asker, stretch, writeBatch));
      return { batches, last: batches.at(-1)?.last ?? after };
    }
    // A longer one is not held in memory: where it ends is found out first.
    const ends = await allOf(this.read(asker, stretch, (events) => events.at(-1)!.position));
    return { batches: this.read(asker, stretch, writeBatch), last: ends.at(-1) ?? after };
  }

  /** The events of a stretch as something is made of them, a batch in each turn. */
  private async *read<T>(
    asker: Asker,
    { after, upTo, limit }: Stretch,
    make: (events: readonly StoredEvent[]) => T,
  ): AsyncIterable<T> {
    const reading = this.ledger.store.readAll({ after, live: false, batch: Math.min(limit, BATCH) });
    const batches = reading[Symbol.asyncIterator]();
    try {
      for (let left = limit; left > 0;) {
        const made = await this.turns.take(asker, async () => {
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
}

/** A part of the log: what stands behind a position, up to another, and at most so many. */
interface Stretch {
  readonly after: number;
  readonly upTo: number;
  readonly limit: number;
}

/** An event with its place and digest; what is stored goes in unchanged, byte for byte. */
function eventText(stored: StoredEvent, more = '', sha256: unknown = hash('sha256', stored.data, 'hex')): string {
  const { position, stream, revision, type, data } = stored;
  const facts = JSON.stringify({ position, id: eventId(stream, revision), stream, revision, type, sha256 });
  return `${facts.slice(0, -1)}${more && `,${more}`},"data":${data}}`;
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

async function* lines(batches: Batches): AsyncIterable<string> {
  for await (const { texts } of batches) yield texts.map((event) => `${event}\n`).join('');
}

/** `next` is what to pass as `after` to go on; the same as before where there is nothing new. */
async function* document(batches: Batches, after: number, head: number): AsyncIterable<string> {
  let next = after;
  yield `{"position":${head},"events":[`;
  for await (const { texts, last } of batches) {
    yield `${next === after ? '' : ','}${texts.join(',')}`;
    next = last;
  }
  yield `],"next":${next}}`;
}

function readLimit(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^[1-9][0-9]{0,4}$/.test(value) && Number(value) <= MOST_EVENTS) return Number(value);
  throw new LedgerError('invalid', 'limit', text('limit 不符合要求', 'limit is not as it must be'), [
    {
      pointer: 'limit',
      code: 'limit',
      expected: text(`1 至 ${MOST_EVENTS} 的整数`, `a whole number from 1 to ${MOST_EVENTS}`),
      got: show(value),
    },
  ]);
}
