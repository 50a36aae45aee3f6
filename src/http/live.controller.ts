import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Ledger } from '../ledger.js';
import { LogEnd } from './log/log-end.js';
import { sendLive } from './log/send-live.js';
import { LEDGER } from './tokens.js';
import { Turns } from './turns.js';

/** The log as it grows. */
@Controller('v1')
export class LiveController {
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(Turns) private readonly turns: Turns,
    @Inject(LogEnd) private readonly end: LogEnd,
  ) {}

  /**
   * `GET /v1/events/live`: what is appended, as server-sent events while it is appended, filtered where that is asked;
   * from a position on, or from the end. It ends when the client leaves, or the service.
   */
  @Get('events/live')
  async live(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendLive({ ledger: this.ledger, turns: this.turns, end: this.end }, request, reply);
  }
}
