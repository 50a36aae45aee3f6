import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { readChain, readTransfer } from '../../projections/audit-trail/chain.js';
import { auditTrail } from '../../projections/audit-trail/projection.js';
import { noSuchVoucher, readOneVoucher } from '../../projections/audit-trail/one-voucher.js';
import { becomeOfBody, readBecomeOf } from '../../projections/audit-trail/corrections.js';
import { changesBy } from '../../projections/reference/changes.js';
import { adoptionIn } from '../adopting/adopted-in.js';
import { parseEventId, type StoredEvent } from '../event-store/event-store.js';
import { upcast } from '../event-store/upcast.js';
import { ImportJobs } from '../import/jobs/import-jobs.js';
import { MOST_WAIT_MS } from '../kept-tables.js';
import { REFERENCE_STREAM } from '../kinds/kind.js';
import { type Ledger } from '../ledger.js';
import { eventLinks, type EventPage, eventPageBody } from '../report/event-page.js';
import { renderSheets } from '../report/render.js';
import { printVoucher, voucherBody, voucherSheets } from '../report/voucher.js';
import { JSON_TYPE } from './command.controller.js';
import { eventText } from './log/event-text.js';
import { sendEvents } from './log/send-events.js';
import { languageAccepted } from './problem.js';
import { type Query, readPosition, readQuery } from './request.js';
import { VARY } from './send-export.js';
import { LEDGER } from './tokens.js';
import { Turns } from './turns.js';

const TEXT_TYPE = 'text/plain; charset=utf-8';

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
        : JSON.stringify({ position: voucher.position, ...voucherBody(printed, language) }),
    );
  }

  /**
   * `GET /v1/events`: the log from a position on, or what stands right before one, filtered where that is asked for, as
   * JSON, as a table or, where the client accepts it, as NDJSON. A page says by `Link` how to go on, back, and to both
   * ends; lines without a limit go on to the end of the log, as it was when they were asked for. What cannot be
   * finished ends in a connection that is reset.
   */
  @Get('events')
  async events(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendEvents({ ledger: this.ledger, turns: this.turns }, request, reply);
  }
}
