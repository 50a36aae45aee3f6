import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { auditTrail } from '../../projections/audit-trail/projection.js';
import { readReversal } from '../../projections/audit-trail/vouchers.js';
import { LedgerError, show, text } from '../errors.js';
import { eventId, parseEventId, type StoredEvent } from '../event-store/event-store.js';
import { type Ledger } from '../ledger.js';
import { JSON_TYPE } from './command.controller.js';
import { MOST_WAIT_MS } from './questions.js';
import { type Query, readPosition, readQuery } from './request.js';
import { LEDGER } from './tokens.js';
import { type Asker, Turns } from './turns.js';

const NDJSON_TYPE = 'application/x-ndjson; charset=utf-8';
/** Most events of one answer, and how many where the client does not say. */
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
  ) {}

  /**
   * `GET /v1/vouchers/{id}`: the event as stored, and what took it back as far as the read tables have come, which is
   * the position answered; `after` waits for one.
   */
  @Get('vouchers/:id')
  async voucher(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { after } = readQuery(request.query as Query, ['after']);
    const wanted = readPosition('after', after);
    const place = parseEventId(id);
    const { store, tables: kept } = this.ledger;
    const [stored] = place ? await store.readStream(place.stream, { from: place.revision, limit: 1 }) : [];
    if (!stored || stored.revision !== place!.revision) throw noSuchVoucher(id);
    if (wanted !== undefined) await kept.waitFor(wanted, MOST_WAIT_MS);
    const tables = kept.current();
    const { position, reversedBy } = tables.atOneMoment(auditTrail, (shown) => ({
      position: shown,
      reversedBy: readReversal(tables, id, shown) ?? null,
    }));
    const more = { reversedBy, links: { event: `/v1/events?after=${stored.position - 1}&limit=1` } };
    void reply.headers({ 'content-type': JSON_TYPE, 'x-ledger-position': position });
    void reply.send(eventText(stored, JSON.stringify(more).slice(1, -1)));
  }

  /** `GET /v1/events?after=&limit=`: the log from a position on, as JSON or, where the client accepts it, as NDJSON. */
  @Get('events')
  async events(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = readQuery(request.query as Query, ['after', 'limit']);
    const after = readPosition('after', query.after) ?? 0;
    const asLines = /\bapplication\/x-ndjson\b/i.test(request.headers.accept ?? '');
    const limit = readLimit(query.limit) ?? (asLines ? MOST_EVENTS : USUAL_EVENTS);
    const { socket } = request.raw;
    this.turns.admit(socket, reply.raw);
    const { store } = this.ledger;
    const head = await store.head();
    void reply.headers({
      'content-type': asLines ? NDJSON_TYPE : JSON_TYPE,
      'x-ledger-position': head,
      vary: 'Accept',
    });
    const batches = this.read(socket, after, limit);
    const answer = asLines ? lines(batches) : document(batches, after, head);
    void reply.send(Readable.from(answer, { objectMode: false }));
  }

  /** The events from a position on, written out, a batch in each turn. */
  private async *read(asker: Asker, after: number, limit: number): AsyncIterable<Batch> {
    const { store } = this.ledger;
    const batches = store.readAll({ after, live: false, batch: Math.min(limit, BATCH) })[Symbol.asyncIterator]();
    try {
      for (let left = limit; left > 0;) {
        const batch = await this.turns.take(asker, async () => {
          const { done, value } = await batches.next();
          return done ? undefined : writeBatch(value.slice(0, left));
        });
        if (!batch) return;
        yield batch;
        left -= batch.texts.length;
      }
    } finally {
      await batches.return?.();
    }
  }
}

/** An event with its place and digest; what is stored goes in unchanged, byte for byte. */
function eventText(stored: StoredEvent, more = ''): string {
  const { position, stream, revision, type, data } = stored;
  const sha256 = hash('sha256', data, 'hex');
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

async function* lines(batches: AsyncIterable<Batch>): AsyncIterable<string> {
  for await (const { texts } of batches) yield texts.map((event) => `${event}\n`).join('');
}

/** `next` is what to pass as `after` to go on; the same as before where there is nothing new. */
async function* document(batches: AsyncIterable<Batch>, after: number, head: number): AsyncIterable<string> {
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

function noSuchVoucher(id: string): LedgerError {
  return new LedgerError('not-found', 'no-such-voucher', text(`没有凭证 ${id}`, `there is no voucher ${id}`), [
    {
      pointer: 'id',
      code: 'no-such-voucher',
      expected: text('已入账的凭证编号', 'the id of an event that is recorded'),
      got: show(id),
    },
  ]);
}
