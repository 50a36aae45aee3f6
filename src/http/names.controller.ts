import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { FIELDS, names } from '../../projections/names/projection.js';
import { MOST_NAMES, namesInUse } from '../../projections/names/query.js';
import { show, text } from '../errors.js';
import { type Ledger } from '../ledger.js';
import { JSON_TYPE } from './command.controller.js';
import { malformed, type Query, readQuery } from './request.js';
import { LEDGER } from './tokens.js';

/** The longest part of a name that is looked for. */
const LONGEST = 100;

/** The names in use by which lists of vouchers are filtered: for whoever chooses one from a list. */
@Controller('v1/names')
export class NamesController {
  constructor(@Inject(LEDGER) private readonly ledger: Pick<Ledger, 'tables'>) {}

  @Get()
  list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const { of = '', q = '' } = readQuery(request.query as Query, ['of', 'q']);
    const field = FIELDS.find((each) => each === of);
    if (field === undefined)
      throw malformed('of', 'unknown-names', text(FIELDS.join('、'), FIELDS.join(', ')), show(of));
    if (q.length > LONGEST)
      throw malformed('q', 'too-long', text(`不超过 ${LONGEST} 字`, `${LONGEST} characters at most`), show(q));
    const tables = this.ledger.tables.current();
    const { position, found } = tables.atOneMoment(names, (shown) => ({
      position: shown,
      found: namesInUse(tables, field, q),
    }));
    const isWhole = found.length <= MOST_NAMES;
    void reply
      .headers({ 'content-type': JSON_TYPE, 'x-ledger-position': position })
      .send(JSON.stringify({ position, of: field, names: found.slice(0, MOST_NAMES), isWhole }));
  }
}
